#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# attention.bench.sh: what timing costs: the signed-in topic page without a clock and with one, the message of a clock, and its
# seconds on their way into the rows; its section of bench/RESULTS.md. README.md says what each row is.
#
#   BENCH_DATA=DIR   the site of bench/data.sh      ATTENTION_ROUNDS=5   ATTENTION_SECONDS=4   PORT=18081
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
BUILD=${BUILD:-$PWD/build/release}
HEARTH=${HEARTH:-$BUILD/hearth}
BENCH_DATA=${BENCH_DATA:-$PWD/build/bench}
ROUNDS=${ATTENTION_ROUNDS:-5}
EACH=${ATTENTION_SECONDS:-4}
PORT=${PORT:-18081}
URL=http://127.0.0.1:$PORT
TICKS=$(getconf CLK_TCK)
out=$BENCH_DATA/attention
SERVE_LOG=$out/serve.log
mkdir -p "$out"
. bench/lib.sh
ninja -C "$BUILD" --quiet bench/bench-attention
rm -rf "$out/data"
cp -r "$BENCH_DATA/data" "$out/data"

cpu_ms() { sed 's/.*) //' "/proc/$SERVER/stat" | awk -v t="$TICKS" '{ printf "%.0f", ($12 + $13) * 1000 / t }'; }
# consent off|on: until the server has taken it over
consent() {
	"$HEARTH" setting set attention.consent "$1" --data "$out/data" >/dev/null
	n=0
	while
		curl -s -H "Cookie: $COOKIE" "$URL$(head -n 1 "$BENCH_DATA/paths/topic.txt")" >"$out/topic.html"
		if grep -q data-mark "$out/topic.html"; then now=on; else now=off; fi
		[ "$now" != "$1" ]
	do
		n=$((n + 1))
		[ "$n" -lt 1200 ] || { echo "attention.bench.sh: consent did not become $1" >&2 && exit 1; }
		sleep 0.1
	done
}
# load NAME COMMAND…: adds the CPU ms a request to the file NAME
load() {
	name=$1
	shift
	before=$(cpu_ms)
	n=$("$@" | sed -n 's/^WRK requests=\([0-9]*\).*errors=0$/\1/p')
	[ -n "$n" ] || { echo "attention.bench.sh: $name had errors" >&2 && exit 1; }
	echo "$before $(cpu_ms) $n" | awk '{ printf "%.5f\n", ($2 - $1) / $3 }' >>"$out/$name"
}
page() { wrk -t2 -c8 -d"${EACH}s" -s bench/paths.lua "$URL" -- "$BENCH_DATA/paths/topic.txt" Cookie "$COOKIE"; }
note() { wrk -t2 -c8 -d"${EACH}s" -s bench/note.lua "$URL" -- "$URL" "$BODY"; }
median() { sort -n "$out/$1" | awk '{ v[NR] = $1 } END { printf "%.4f", v[int((NR + 1) / 2)] }'; }

start --data "$out/data" --page-cache 0
COOKIE=$(curl -s -o /dev/null -D - -H "Origin: $URL" --data-urlencode handle=bencher --data-urlencode "password=$(cat "$BENCH_DATA/password")" "$URL/sign-in" |
	sed -n 's/^[Ss]et-[Cc]ookie: \(hearth_session=[^;]*\).*/\1/p')
consent on
mark=$(sed -n 's/.*data-mark="\([^"]*\)".*/\1/p' "$out/topic.html")
BODY="mark=$mark&read=c40e20&wrote=c20"
rm -f "$out/without" "$out/with" "$out/note"
i=0
while [ "$i" -lt "$ROUNDS" ]; do
	consent off
	load without page
	consent on
	load with page
	load note note
	i=$((i + 1))
done
stop
"$BUILD/bench/bench-attention" "$out/data" "$BENCH_DATA/paths/topic.txt" 60 60 >"$out/few.txt"
"$BUILD/bench/bench-attention" "$out/data" "$BENCH_DATA/paths/topic.txt" 60 600 >"$out/many.txt"
of() { sed -n "s/^$2=//p" "$out/$1.txt"; }
row() { printf '| %s | **%s** | %s | %s |\n' "$1" "$2" "$3" "$4"; }
without=$(median without) with=$(median with) note=$(median note)
{
	printf '## What timing costs\n\n`bench/attention.bench.sh`, %s, load %s, %s; medians of %s rounds of %s s, which take turns.\n\n' \
		"$(date -u +%Y-%m-%dT%H:%MZ)" "$(cut -d' ' -f1 /proc/loadavg)" "$(sed -n 's/^\(members=[^ ]* topics=[^ ]*\).*/\1/p' "$BENCH_DATA/fill.txt")" "$ROUNDS" "$EACH"
	printf '| work | measured | must | details |\n|---|---|---|---|\n'
	row 'topic page, signed in, without a clock (attention.consent off)' "$without ms CPU" – 'all rounds: '"$(tr '\n' ' ' <"$out/without")"
	row 'the same with one' "$with ms CPU" – 'all rounds: '"$(tr '\n' ' ' <"$out/with")"
	row 'the message of a clock' "$note ms CPU" – 'all rounds: '"$(tr '\n' ' ' <"$out/note")"
	row 'its seconds added to the rows, 40 messages a second' "$(of many fold_us_each | awk '{ printf "%.4f", $1 / 1000 }') ms CPU" – 'all members and topics different, commit included'
	row 'the same, 4 messages a second' "$(of few fold_us_each | awk '{ printf "%.4f", $1 / 1000 }') ms CPU" – 'mostly the commit, every fifteen seconds'
	row 'a page view in all: clock, one message, 40 a second' "$(echo "$without $with $note $(of many fold_us_each)" | awk '{ d = $2 - $1; printf "%.4f", (d > 0 ? d : 0) + $3 + $4 / 1000 }') ms CPU" '0.02 ms' 'the sum of the rows above'
} >"$out/section.md"
section bench-attention "$out/section.md"
rm -rf "$out/data"
cat "$out/section.md"
