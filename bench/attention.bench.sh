#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# attention.bench.sh: what timing costs: the signed-in topic page, what a clock adds to it, the message of a clock, and its seconds on
# their way into the rows; its section of bench/RESULTS.md. README.md says what each row is.
#
#   BENCH_DATA=DIR   the site of bench/data.sh      ATTENTION_ROUNDS=5   ATTENTION_SECONDS=4   PORT=18081
. "$(dirname "$0")/lib.sh"
bench_in attention 18081 bench/bench-attention
ROUNDS=${ATTENTION_ROUNDS:-5}
EACH=${ATTENTION_SECONDS:-4}
bench_site

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
note() { wrk -t2 -c8 -d"${EACH}s" -s bench/note.lua "$URL" -- "$URL" "$1"; }

start --data "$out/data" --page-cache 0
sign_in
consent on
# mark N: that of the page on line N
mark() { curl -s -H "Cookie: $COOKIE" "$URL$(sed -n "$1p" "$BENCH_DATA/paths/topic.txt")" | sed -n 's/.*data-mark="\([^"]*\)".*/\1/p'; }
one="mark=$(mark 1)&read=c40e20&wrote=c20"
four="$one&before=$(mark 2)_c40e20_c20*$(mark 3)_c40e20_c20*$(mark 4)_c40e20_c20"
rm -f "$out/page" "$out/one" "$out/four"
i=0
while [ "$i" -lt "$ROUNDS" ]; do
	load page page
	load one note "$one"
	load four note "$four"
	i=$((i + 1))
done
stop
fold() { # BATCHES MESSAGES VIEWS: of members who have no row yet
	bench_site
	"$BUILD/bench/bench-attention" "$out/data" "$BENCH_DATA/paths/topic.txt" "$1" "$2" "$3" >"$out/fold-$2-$3.txt"
}
"$BUILD/bench/bench-attention" "$out/data" "$BENCH_DATA/paths/topic.txt" 0 1 1 >"$out/clock.txt"
fold 20 1200 1
fold 20 1200 4
fold 60 120 1
of() { sed -n "s/^$2=//p" "$out/$1.txt"; }
ms() { awk -v us="$1" -v n="$2" 'BEGIN { printf "%.4f", us / 1000 / n }'; }
row() { printf '| %s | **%s ms CPU** | %s | %s |\n' "$1" "$2" "$3" "$4"; }
clock=$(ms "$(of clock clock_us)" 1) one=$(median one 4) four=$(median four 4) fold1=$(ms "$(of fold-1200-1 fold_us_each)" 1) fold4=$(ms "$(of fold-1200-4 fold_us_each)" 1)
{
	printf '## What timing costs\n\n%s, %s; medians of %s rounds of %s s, which take turns.\n\n' \
		"$(bench_stamp attention.bench.sh)" "$(bench_size)" "$ROUNDS" "$EACH"
	printf '| work | measured | must | details |\n|---|---|---|---|\n'
	row 'topic page, signed in, with a clock' "$(median page 4)" – "all rounds: $(rounds_of page)"
	row 'what the clock is of that' "$clock" – "median of 3000 pages drawn with one and without; half of the differences are from $(of clock clock_us_from) to $(of clock clock_us_to) µs"
	row 'a message of one page' "$one" – "all rounds: $(rounds_of one)"
	row 'a message of four pages' "$four" – "all rounds: $(rounds_of four)"
	row 'seconds of a message of one page added to the rows, 40 messages a second' "$fold1" – 'all members and topics different, the first of their day, commit included'
	row 'the same of four pages' "$fold4" – 'of a message: four topics, one row'
	row 'the same of one page, 4 messages a second' "$(ms "$(of fold-120-1 fold_us_each)" 1)" – 'the commit is shared by fewer'
	row 'a page view in all, four pages read in turn in a tab' "$(echo "$clock $four $fold4" | awk '{ printf "%.4f", $1 + ($2 + $3) / 4 }')" '0.02 ms' 'clock, a quarter of the message and of adding it up'
	row 'a page view in all, of a tab that reads one page' "$(echo "$clock $one $fold1" | awk '{ printf "%.4f", $1 + $2 + $3 }')" '0.02 ms' 'clock, message, adding it up'
} >"$out/section.md"
bench_done attention
