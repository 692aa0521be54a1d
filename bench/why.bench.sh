#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# why.bench.sh: what it costs to say why somebody has their score, for members with a history; its section of bench/RESULTS.md.
# README.md says what each row is.
#
#   BENCH_DATA=DIR   the site of bench/data.sh      WHY_ROUNDS=5   WHY_PAGES=20 of a round   PORT=18082
. "$(dirname "$0")/lib.sh"
bench_in why 18082 bench/bench-why
ROUNDS=${WHY_ROUNDS:-5}
PAGES=${WHY_PAGES:-20}
ROUTE='/m/{handle}/why'
SIZES='1000 5000 20000'
bench_site_today
for n in $SIZES; do "$BUILD/bench/bench-why" "$out/data" "why$n" "$n" >"$out/made-$n"; done

start --data "$out/data" --page-cache 0
for n in $SIZES; do route_pages "$n" "/m/why$n/why"; done
area=$(sed -n 's#.*href="\(/m/why5000/why?area=[^"]*\)".*#\1#p' "$out/5000.html" | head -n 1)
route_pages area "$area"
older=$(sed -n 's#.*href="\(/m/why5000/why?after=[^"]*\)\#facts" rel="next".*#\1#p' "$out/5000.html" | head -n 1)
route_pages older "$older"
stop
row() { printf '| %s | **%s ms CPU** | %s | %s; all rounds: %s |\n' "$1" "$(median "$2" 1)" "$3" "$4" "$(rounds_of "$2")"; }
{
	printf '## Why somebody has their score\n\n%s, %s; medians of %s rounds of %s pages.\n\n' \
		"$(bench_stamp why.bench.sh)" "$(bench_size)" "$ROUNDS" "$PAGES"
	printf '| page | measured | must | details |\n|---|---|---|---|\n'
	row 'why-page of a member with 5,000 facts' 5000 '20 ms' "$(cat "$out/made-5000")"
	row 'the same in one tag' area '20 ms' 'each line has to be asked whether it belongs there'
	row 'its next page of facts' older '20 ms' 'computed anew, so that the lines sum to the score above them'
	row 'with 1,000 facts' 1000 '20 ms' "$(cat "$out/made-1000")"
	row 'with 20,000 facts' 20000 – "$(cat "$out/made-20000")"
} >"$out/section.md"
bench_done why
