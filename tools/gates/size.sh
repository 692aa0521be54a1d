#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Limits of size: file 600 lines, header 200, a C++ shim 150, function 70 lines and complexity 15 (pmccabe), feature 2,500 lines without
# its tests; each generator 1,200 lines. Exceptions stand in size.allow with a reason; one no longer needed is a failure.
. "$(dirname "$0")/lib.sh"
allow=tools/gates/size.allow

measure() {
	find src -type f \( -name '*.[ch]' -o -name '*.cc' \) -exec wc -l {} + 2>/dev/null | awk '
		$2 != "total" { print $2, $1, ($2 ~ /\.h$/ ? 200 : $2 ~ /\.cc$/ ? 150 : 600), "lines" }'
	for d in src/features/*/; do
		[ -d "$d" ] || continue
		n=$(find "$d" -type f \( -name '*.[ch]' -o -name '*.cc' \) ! -name '*_test.c' ! -name '*_testkit.c' ! -name '*_fuzz.c' -exec cat {} + | wc -l)
		echo "${d%/} $n 2500 lines in all"
	done
	for d in tools/sqlc tools/tmplc tools/assetc; do
		[ -d "$d" ] || continue
		n=$(find "$d" -maxdepth 1 -type f -name '*.[ch]' ! -name '*_fuzz.c' -exec cat {} + | wc -l)
		echo "$d $n 1200 lines in all"
	done
	files=$(find src -type f -name '*.c' ! -name '*_test.c' | sort)
	[ -n "$files" ] || return 0
	# pmccabe: modified complexity, complexity, statements, first line, lines, file(line): function
	# shellcheck disable=SC2086
	pmccabe $files 2>/dev/null | awk '{
		file = $6; sub(/\(.*/, "", file); at = file ":" $NF
		print at, $5, 70, "lines"
		print at, $1, 15, "complexity" }'
}

sizes() {
	measure | awk -v allow="$allow" '
		BEGIN {
			while ((getline l < allow) > 0) {
				if (l ~ /^[ \t]*(#|$)/) continue
				split(l, w, " "); key = w[1] " " w[2]
				if (w[2] !~ /^(lines|complexity)$/ || w[3] !~ /^[0-9]+$/ || w[4] == "") {
					print allow ": `" l "`: want: WHERE lines|complexity LIMIT reason"; bad = 1
				}
				limit[key] = w[3]
			}
		}
		{
			key = $1 " " $4
			if ($2 <= $3) next
			if (key in limit) { used[key] = 1; if ($2 <= limit[key]) next; $3 = limit[key] }
			what = $0; sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", what)
			print $1 ": " $2 " " what ", limit " $3; bad = 1
		}
		END {
			for (key in limit) if (!(key in used)) { print allow ": " key " is no longer needed"; bad = 1 }
			exit bad
		}'
}

gate size sizes
exit $failed
