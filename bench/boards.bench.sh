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
ROUTE='/board'
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
route_pages content '/board?by=content&period=91d&among=everybody&against=previous'
route_pages time '/board?by=time&period=91d&among=everybody&against=previous'
route_pages read '/board?by=read&period=91d&among=everybody&against=previous'
route_pages week '/board?by=time&period=7d&among=customers&against=none'
stop
row() { printf '| %s | **%s ms CPU** | 150 ms | %s; all rounds: %s |\n' "$1" "$(median "$2" 0)" "$3" "$(tr '\n' ' ' <"$out/$2")"; }
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
