#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# boards.bench.sh: what a board costs on a day on which nearly all members were timed: its rows of time are not sealed yet. Its section
# of bench/RESULTS.md; README.md says what each row is.
#
#   BENCH_DATA=DIR   the site of bench/data.sh      BOARDS_ROUNDS=5   BOARDS_PAGES=4 of a round   PORT=18083
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
BUILD=${BUILD:-$PWD/build/release}
HEARTH=${HEARTH:-$BUILD/hearth}
BENCH_DATA=${BENCH_DATA:-$PWD/build/bench}
ROUNDS=${BOARDS_ROUNDS:-5}
PAGES=${BOARDS_PAGES:-4}
PORT=${PORT:-18083}
URL=http://127.0.0.1:$PORT
out=$BENCH_DATA/boards
SERVE_LOG=$out/serve.log
mkdir -p "$out"
. bench/lib.sh
ninja -C "$BUILD" --quiet bench/bench-attention
rm -rf "$out/data"
cp -r "$BENCH_DATA/data" "$out/data"
"$HEARTH" doctor --data "$out/data" >/dev/null # its tables are those of today
"$HEARTH" user role bencher manager --data "$out/data" >/dev/null
"$BUILD/bench/bench-attention" "$out/data" "$BENCH_DATA/paths/topic.txt" 16 1200 4 >"$out/fold.txt"
# The first pass gives badges, which are facts; once it is over they are sealed with the rest.
start --data "$out/data"
until curl -s "$URL/m/bencher" >/dev/null && [ -f "$out/data/sites/main.cells" ]; do sleep 0.5; done
sleep "${BOARDS_WAIT:-20}"
stop
"$HEARTH" board --data "$out/data" --by content --window 7d --tsv >/dev/null
start --data "$out/data" --page-cache 0
COOKIE=$(curl -s -o /dev/null -D - -H "Origin: $URL" --data-urlencode handle=bencher --data-urlencode "password=$(cat "$BENCH_DATA/password")" "$URL/sign-in" |
	sed -n 's/^[Ss]et-[Cc]ookie: \(hearth_session=[^;]*\).*/\1/p')
cpu_us() { curl -s "$URL/metrics" | sed -n 's#^hearth_route_cpu_microseconds_total.*route="/board"} ##p'; }
# pages NAME QUERY: the ms of a page, one for each round, into the file NAME
pages() {
	rm -f "$out/$1"
	curl -sf -o "$out/$1.html" -H "Cookie: $COOKIE" "$URL/board?$2"
	r=0
	while [ "$r" -lt "$ROUNDS" ]; do
		before=$(cpu_us)
		i=0
		while [ "$i" -lt "$PAGES" ]; do
			curl -sf -o "$out/$1.html" -H "Cookie: $COOKIE" "$URL/board?$2"
			i=$((i + 1))
		done
		echo "$before $(cpu_us) $PAGES" | awk '{ printf "%.1f\n", ($2 - $1) / $3 / 1000 }' >>"$out/$1"
		r=$((r + 1))
	done
}
pages content 'by=content&period=91d&among=everybody&against=previous'
pages time 'by=time&period=91d&among=everybody&against=previous'
pages read 'by=read&period=91d&among=everybody&against=previous'
pages week 'by=time&period=7d&among=customers&against=none'
stop
median() { sort -n "$out/$1" | awk '{ v[NR] = $1 } END { printf "%.0f", v[int((NR + 1) / 2)] }'; }
row() { printf '| %s | **%s ms CPU** | 150 ms | %s; all rounds: %s |\n' "$1" "$(median "$2")" "$3" "$(tr '\n' ' ' <"$out/$2")"; }
{
	printf '## Boards on a day on which everybody was timed\n\n`bench/boards.bench.sh`, %s, load %s, %s; 19,200 members read four topics each today; medians of %s rounds of %s pages.\n\n' \
		"$(date -u +%Y-%m-%dT%H:%MZ)" "$(cut -d' ' -f1 /proc/loadavg)" "$(sed -n 's/^\(members=[^ ]* topics=[^ ]*\).*/\1/p' "$BENCH_DATA/fill.txt")" "$ROUNDS" "$PAGES"
	printf '| page | measured | aim | details |\n|---|---|---|---|\n'
	row 'most content, 91 days, compared' content 'time is among its columns'
	row 'most time with customers, 91 days, compared' time 'nearly all of it is of today'
	row 'was read longest, 91 days, compared' read 'shared among who wrote in 5,000 topics'
	row 'most time with customers, 7 days' week 'customers alone'
} >"$out/section.md"
section bench-boards "$out/section.md"
rm -rf "$out/data"
cat "$out/section.md"
