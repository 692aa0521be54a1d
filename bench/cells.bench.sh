#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# cells.bench.sh: how fast day cells are sealed, how large they are, how fast boards are over them; its section of
# bench/RESULTS.md. README.md says what each row is.
#
#   CELLS_FACTS=100000000 CELLS_MEMBERS=1000000   the invented history: 7 GB of memory, 1.3 GB of file
#   CELLS_DAYS=730   BENCH_DATA=DIR   the site of bench/data.sh, for the journal's row
#   DAILY_FACTS=3000000 DAILY_MEMBERS=100000   the site of the whole daily pass: 200 bytes of disk a fact
#   PASS_FACTS=… PASS_MEMBERS=…   the same with most of it sealed at once, if not of the first history's size: 18 GB of memory
#   SCORES_FACTS=… SCORES_MEMBERS=…   what scores are taken of, if not the same: 140 bytes a fact
. "$(dirname "$0")/lib.sh"
bench_in cells 18084 bench/bench-cells bench/bench-scores bench/bench-daily hearth
FACTS=${CELLS_FACTS:-100000000}
MEMBERS=${CELLS_MEMBERS:-1000000}
DAYS=${CELLS_DAYS:-730}
D_FACTS=${DAILY_FACTS:-3000000}
D_MEMBERS=${DAILY_MEMBERS:-100000}
P_FACTS=${PASS_FACTS:-$FACTS}
P_MEMBERS=${PASS_MEMBERS:-$MEMBERS}
S_FACTS=${SCORES_FACTS:-$FACTS}
S_MEMBERS=${SCORES_MEMBERS:-$MEMBERS}
"$BUILD/bench/bench-cells" made "$FACTS" "$MEMBERS" "$DAYS" "$out/made.cells" >"$out/made.txt"
"$BUILD/bench/bench-cells" journal "$BENCH_DATA/data/sites/main.db" "$out/journal.cells" >"$out/journal.txt"
"$BUILD/bench/bench-scores" "$S_FACTS" "$S_MEMBERS" "$DAYS" 1 "$out/made.history" >"$out/scores.txt"
daily() { # NAME fill|seal FACTS MEMBERS
	rm -rf "$out/daily"
	"$HEARTH" init --data "$out/daily" --name 'Daily pass' >/dev/null
	"$BUILD/bench/bench-daily" "$2" "$out/daily" "$3" "$4" "$DAYS" >"$out/$1.txt"
	"$BUILD/bench/bench-daily" pass "$out/daily" "$DAYS" >>"$out/$1.txt"
	rm -rf "$out/daily"
}
daily daily fill "$D_FACTS" "$D_MEMBERS"
daily pass seal "$P_FACTS" "$P_MEMBERS"
rm -f "$out/made.cells" "$out/journal.cells" "$out/made.history"

of() { sed -n "s/^$2=//p" "$out/$1.txt"; }
million() { awk -v n="$1" 'BEGIN { printf "%.2f M", n / 1e6 }'; }
row() { printf '| %s | **%s** | %s | %s |\n' "$1" "$2" "$3" "$4"; }
board() { # NAME WORK MUST
	row "$2" "$(of made "board_$1_cpu_ms") ms CPU" "$3" "$(of made "board_$1_ms") ms with what ran beside it, $(of made "board_$1_members") members have any"
}
{
	printf '## Day cells and boards\n\n%s: %s facts, %s members, %s days; medians of 9, of sealing of 5.\n\n' \
		"$(bench_stamp cells.bench.sh)" "$FACTS" "$MEMBERS" "$DAYS"
	printf '| work | measured | must | details |\n|---|---|---|---|\n'
	row 'cells sealed from facts in memory, one core' "$(million "$(of made facts_per_cpu_s)") facts/s" '10 M/s' \
		"$(of made seal_cpu_s) s CPU ($(of made seal_cpu_s_from) to $(of made seal_cpu_s_to)); $(of made day_cells) cells of days, each fact in 4 areas on average"
	row 'the same from the tables of a site, all anew, credibility included' "$(million "$(of journal journal_facts_per_cpu_s)") facts/s" '1 M/s' \
		"$(of journal journal_facts) facts, $(of journal journal_cpu_s) s CPU of all threads, in $(of journal journal_wall_s) s"
	row 'the same as a server does it from then on: the sealed history, and what came since from the tables' "$(million "$(of journal sealed_facts_per_cpu_s)") facts/s" '1 M/s' \
		"$(of journal sealed_facts) facts, the newest $(of journal sealed_tail) from the tables, $(of journal sealed_cpu_s) s CPU of all threads, in $(of journal sealed_wall_s) s"
	row 'bytes a cell' "$(of made day_bytes_each)" '3' "months $(of made month_bytes_each), years $(of made year_bytes_each); file $(of made file_bytes) bytes"
	board 91 '91-day board, all columns, compared with the 91 days before' '50 ms'
	board 91_alone 'the same, compared with nothing' '50 ms'
	board 91_tag 'the same in one tag' '50 ms'
	board 91_helped 'by different people helped' –
	board 365 '365-day board, compared with the year before' '150 ms'
	pass=$(awk -v a="$(of scores score_cpu_s)" -v b="$(of scores rows_cpu_s)" -v c="$(of scores history_load_cpu_s)" 'BEGIN { printf "%.1f", a + b + c }')
	row "the guard's daily pass, read and computed: the sealed history, everybody's scores, trust, evidence; $S_FACTS facts of $S_MEMBERS members" "$pass s CPU" '60 s with 1,000,000 members' \
		"history $(of scores history_load_cpu_s) s CPU in $(of scores history_load_wall_s) s, scores $(of scores score_cpu_s) s CPU in $(of scores score_wall_s) s on $(of scores processors) processors; evidence $(of scores rows_cpu_s) s; without writing rows"
	row 'the sealed history of the same, bytes a fact' "$(awk -v n="$(of scores history_bytes)" -v f="$S_FACTS" 'BEGIN { printf "%.1f", n / f }')" – \
		"written in $(of scores history_seal_cpu_s) s CPU, once a thirty-second part came since"
	row "the pass whole, as the server does it: sealed history and newest facts read, computed, rows written; $D_FACTS facts of $D_MEMBERS members" \
		"$(of daily pass_3_cpu_s) s CPU" – "$(of daily pass_3_wall_s) s until durable; the first, of all that is new, from the tables, $(of daily pass_1_cpu_s) s CPU; memory $(of daily memory_mib) MiB"
	row "the same at full size; $P_FACTS facts of $P_MEMBERS members, the newest $((P_FACTS - $(of pass sealed))) in tables, $(of pass posts_in_tables) posts" \
		"$(of pass pass_2_cpu_s) s CPU" '60 s with 1,000,000 members' "$(of pass pass_2_wall_s) s until durable, the history sealed anew; the day after, when nothing came since, $(of pass pass_3_cpu_s) s CPU in $(of pass pass_3_wall_s) s; the first, with everybody's first row, $(of pass pass_1_cpu_s) s CPU; memory $(of pass memory_mib) MiB"
	row 'what-if of one changed weight over the same: everybody under both rules, and who moves' "$(of scores whatif_cpu_s) s CPU" '60 s with 100,000,000 facts' \
		"in $(of scores whatif_wall_s) s on $(of scores processors) processors, with what ran beside it; $(of scores whatif_moved) members move; without forecast and price of attack"
} >"$out/section.md"
bench_done cells
