#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run-quality.sh: what the engines reach on public data, beside the targets. Needs ../shared/data. Each part prints a table
# that becomes a section of bench/RESULTS.md (between its two marks); the exit code says whether a row fell below its must.
set -eu
cd "$(dirname "$0")/.."
DATA=${SHARED_DATA:-../shared/data}
BUILD=build/release
[ -d "$DATA" ] || { echo "run-quality.sh: no $DATA" >&2 && exit 1; }
out=build/quality
rm -rf "$out"
mkdir -p "$out"
failed=0

# section NAME FILE: puts the file between the marks of its section, adding the section if there is none.
section() {
	grep -q "<!-- $1 -->" bench/RESULTS.md || printf '\n<!-- %s -->\n<!-- end of %s -->\n' "$1" "$1" >>bench/RESULTS.md
	awk -v name="$1" -v file="$2" '
		$0 == "<!-- " name " -->" { print; while ((getline line < file) > 0) print line; skip = 1; next }
		$0 == "<!-- end of " name " -->" { skip = 0 }
		!skip' bench/RESULTS.md >"$out/results"
	cat "$out/results" >bench/RESULTS.md
}

reputation() {
	ninja -C $BUILD --quiet bench/bench-quality
	site=$out/site
	$BUILD/hearth init --data "$site" --name Quality >/dev/null
	$BUILD/hearth space create quantum Quantum --data "$site"
	$BUILD/hearth import stackexchange "$DATA/stackexchange/quantumcomputing-2018-09" --data "$site" --space quantum >/dev/null 2>"$out/import.log"
	{
		printf '## Reputation on public data\n\n`make quality`, %s. bench/README.md says what each row is.\n\n' "$(date -u +%Y-%m-%d)"
		$BUILD/bench/bench-quality "$DATA" "$site/sites/main.db"
	} >"$out/reputation.md" || failed=1
	section quality-reputation "$out/reputation.md"
	cat "$out/reputation.md"
}

text() {
	sh bench/quality.sh >"$out/text.md" || failed=1
	section quality-text "$out/text.md"
	cat "$out/text.md"
}

# On the site that reputation() has imported.
asking() {
	ninja -C $BUILD --quiet bench/bench-asking
	{
		printf '## Similar questions while asking\n\n`make quality`, %s. Questions of the imported community that somebody linked to another one: how often that one is suggested.\n\n' "$(date -u +%Y-%m-%d)"
		$BUILD/bench/bench-asking "$out/site/sites/main.db"
	} >"$out/asking.md" || failed=1
	section quality-asking "$out/asking.md"
	cat "$out/asking.md"
	bench/phrases.sh "$out/site" || failed=1 # into docs/phrases.md
}

# Long support prose, apart from tweets: the community that was imported for reputation.
prose() {
	sh bench/quality_insight.sh "$out/site" >"$out/prose.md" || failed=1
	section quality-prose "$out/prose.md"
	cat "$out/prose.md"
}

# The properties of the engine, on many more histories than `make test` makes.
properties() {
	HEARTH_HISTORIES=${HEARTH_HISTORIES:-10000} tools/run-tests.sh quick p1 p2 p3 p4 p5 p6 p7 p8 p9 p10 || failed=1
}

reputation
asking
text
prose
properties
exit $failed
