#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# phrases.sh SITE: the five phrases that emerged in each week of a site with one imported community, as the table in
# docs/phrases.md, between its two marks.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
HEARTH=${HEARTH:-$PWD/build/release/hearth}
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
"$HEARTH" text phrases --data "$1" --by week --top 5 >"$T/tsv"
awk -F'\t' '
	BEGIN { print "\n| week of | emerging phrases (posts, authors) |\n| --- | --- |" }
	NR == 1 { next }
	$1 != week { if (week) print row " |"; week = $1; row = "| " $1 " | "; sep = "" }
	{ gsub(/\|/, "", $2); row = row sep $2 " (" $4 ", " $6 ")"; sep = ", " }
	END { if (week) print row " |"; print "" }' "$T/tsv" >"$T/table"
awk -v file="$T/table" '
	$0 == "<!-- replay -->" { print; while ((getline line < file) > 0) print line; skip = 1; next }
	$0 == "<!-- end of replay -->" { skip = 0 }
	!skip' docs/phrases.md >"$T/page"
cat "$T/page" >docs/phrases.md
