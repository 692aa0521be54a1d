#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run-quality.sh [reputation|text|properties]: what the engines reach on public data, beside the targets. Needs ../shared/data. Each part prints a table
# that becomes a section of bench/RESULTS.md (between its two marks); the exit code says whether a row fell below its must.
. "$(dirname "$0")/../bench/lib.sh"
DATA=${SHARED_DATA:-../shared/data}
BUILD=build/release
[ -d "$DATA" ] || { echo "run-quality.sh: no $DATA" >&2 && exit 1; }
out=build/quality
rm -rf "$out"
mkdir -p "$out"
failed=0

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
	ninja -C $BUILD --quiet bench/bench-text
	CARD=$out/card.md sh bench/quality.sh >"$out/text.md" || failed=1
	section quality-card "$out/card.md" docs/text-model.md
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

# The properties of reputation.md, on many more histories than `make test` makes; P16 with two compilers, without and with
# optimisation. PROPERTY_OF: number, unit, words that choose its tests, what it says.
HISTORIES=${HEARTH_HISTORIES:-10000}
property_of() {
	cat <<-'END'
		P1|reputation|p1_|facts added by and by give what a replay gives, byte for byte
		P2|reputation|p2_|the order of arrival does not matter
		P3|reputation|p3_|caps are never passed
		P4|reputation|p4_|taking back restores the state before
		P5|reputation|p5_|the same fact twice counts once
		P6|reputation|p6_|nobody earns credibility by what they do alone
		P7|reputation|p7_|puppets, up to 100 and then 10,000, lift nobody above allowance and base
		P8|reputation|p8_|a new accepted answer never lowers its author
		P9|reputation|p9_|the lines of an explanation sum to the score
		P10|reputation|p10_|as of a day gives what was known that day
		P11|standing|p11_|a rank is lost at most once in its time of grace
		P12|core|p12_|windows add up, a quarter is its months
		P13|reputation|p13_|an erased member changes nobody else; two made one keep the totals
		P14|core|p14_|different people of joined windows are exact: there is no sketch whose error could be bounded
		P15|rules|lint property corpus|the linter rejects its corpus of bad rules; random formulas are worked out right (40,000 and 20,000, whatever is asked)
	END
}

# property NUMBER UNIT WORDS TEXT: a row; fails if a test failed or none ran.
property() {
	log=$out/$1.log
	from=$(date +%s)
	# shellcheck disable=SC2086
	HEARTH_HISTORIES=$HISTORIES build/gcc-O3/src/test_"$2" $3 >"$log" 2>&1 || :
	good=$(grep -c '^ok ' "$log" || :)
	bad=$(grep -c '^not ok ' "$log" || :)
	held='holds'
	{ [ "$good" -gt 0 ] && [ "$bad" -eq 0 ]; } || { held='**does not hold**' && failed=1; }
	printf '| %s | %s | %s | %s | %s s |\n' "$1" "$4" "$HISTORIES" "$held" "$(($(date +%s) - from))"
}

same_everywhere() {
	from=$(date +%s)
	for v in gcc-O0 gcc-O3 clang-O0 clang-O3; do
		HEARTH_DIGEST=$out/digest-$v HEARTH_HISTORIES=$HISTORIES build/$v/src/test_reputation p16_ >"$out/P16-$v.log" 2>&1 || failed=1
	done
	held='holds'
	[ "$(cat "$out"/digest-* | sort | uniq -c | awk '{ print NR ":" $1 }')" = 1:4 ] || { held='**does not hold**' && failed=1; }
	printf '| P16 | the same bytes from gcc and clang, without and with optimisation | %s | %s | %s s |\n' "$HISTORIES" "$held" "$(($(date +%s) - from))"
}

properties() {
	for v in gcc-O0 gcc-O3 clang-O0 clang-O3; do
		tools/configure.sh $v && ninja -C build/$v --quiet src/test_reputation
	done
	ninja -C build/gcc-O3 --quiet src/test_core src/test_standing src/test_rules
	{
		printf '## Properties of reputation\n\n`make quality`, %s: over generated histories, of each as many as stand beside it; the time is that of the clock, beside what else ran.\n\n' "$(date -u +%Y-%m-%d)"
		printf '| | property | histories | | took |\n|---|---|---|---|---|\n'
		property_of >"$out/properties"
		while IFS='|' read -r number unit words text; do property "$number" "$unit" "$words" "$text"; done <"$out/properties"
		same_everywhere
	} >"$out/properties.md"
	section quality-properties "$out/properties.md"
	cat "$out/properties.md"
}

case ${1:-all} in
all) reputation && asking && text && prose && properties ;;
reputation | asking | text | prose | properties) "$1" ;;
*) echo "run-quality.sh [reputation|asking|text|prose|properties]" >&2 && exit 2 ;;
esac
exit $failed
