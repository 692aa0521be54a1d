#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# boards.bench.sh: what a board costs on a day on which nearly all members were timed: its rows of time are not sealed yet. Its section
# of bench/RESULTS.md; README.md says what each row is.
#
#   BENCH_DATA=DIR   the site of bench/data.sh      BOARDS_ROUNDS=5   BOARDS_PAGES=4 of a round   PORT=18083
. "$(dirname "$0")/lib.sh"
bench_in boards 18083 bench/bench-attention
ROUNDS=${BOARDS_ROUNDS:-5}
PAGES=${BOARDS_PAGES:-4}
ROUTE='/board'
bench_site_today
"$HEARTH" user role bencher manager --data "$out/data" >/dev/null
"$BUILD/bench/bench-attention" "$out/data" "$BENCH_DATA/paths/topic.txt" 16 1200 4 >"$out/fold.txt"
# The first pass gives badges, which are facts; once it is over they are sealed with the rest.
start --data "$out/data"
until curl -s "$URL/m/bencher" >/dev/null && [ -f "$out/data/sites/main.cells" ]; do sleep 0.5; done
sleep "${BOARDS_WAIT:-20}"
stop
"$HEARTH" board --data "$out/data" --by content --window 7d --tsv >/dev/null
start --data "$out/data" --page-cache 0
sign_in
route_pages content '/board?by=content&period=91d&among=everybody&against=previous'
route_pages time '/board?by=time&period=91d&among=everybody&against=previous'
route_pages read '/board?by=read&period=91d&among=everybody&against=previous'
route_pages week '/board?by=time&period=7d&among=customers&against=none'
stop
row() { printf '| %s | **%s ms CPU** | 150 ms | %s; all rounds: %s |\n' "$1" "$(median "$2" 0)" "$3" "$(rounds_of "$2")"; }
{
	printf '## Boards on a day on which everybody was timed\n\n%s, %s; 19,200 members read four topics each today; medians of %s rounds of %s pages.\n\n' \
		"$(bench_stamp boards.bench.sh)" "$(bench_size)" "$ROUNDS" "$PAGES"
	printf '| page | measured | aim | details |\n|---|---|---|---|\n'
	row 'most content, 91 days, compared' content 'time is among its columns'
	row 'most time with customers, 91 days, compared' time 'nearly all of it is of today'
	row 'was read longest, 91 days, compared' read 'shared among who wrote in 5,000 topics'
	row 'most time with customers, 7 days' week 'customers alone'
} >"$out/section.md"
bench_done boards
