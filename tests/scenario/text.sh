#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# The text engine from the command line: a line out for each line in, whatever the bytes.
set -u
cd "$(dirname "$0")/../.." || exit 2
HEARTH=${HEARTH:-$PWD/build/debug/hearth}
T=$(mktemp -d "${TMPDIR:-/tmp}/text-XXXXXX")
trap 'rm -rf "$T"' EXIT
failed=0

# it NAME: the verdict of the command before it.
it() {
	rc=$?
	if [ $rc -eq 0 ]; then echo "ok text/$1"; else
		failed=1
		echo "stdout: $(head -c 2000 "$T/out")"
		echo "stderr: $(head -c 2000 "$T/err")"
		echo "not ok text/$1"
	fi
}
run() { timeout 120 "$HEARTH" text "$@" >"$T/out" 2>"$T/err"; }
lines() { [ "$(wc -l <"$T/out")" -eq "$1" ]; }

if [ ! -f src/text/model/hearth.htx ]; then
	echo 'skip text/all no model in this build'
	exit 0
fi

printf 'I love it, thank you!\nDas ist schrecklich\n\n12\n' | run analyse && lines 4 &&
	sed -n 1p "$T/out" | grep -q '"language":"en".*"sentiment":"pos"' && sed -n 2p "$T/out" | grep -q '"language":"de".*"sentiment":"neg"' &&
	sed -n 4p "$T/out" | grep -q '"language":"und"'
it analyse
printf 'hola\n' | run analyse --tasks language --lang es && grep -q '"language":"es"' "$T/out" && ! grep -q sentiment "$T/out"
it analyse-one-task
echo 'this is good' >"$T/in"
run analyse --lang en <"$T/in" && cp "$T/out" "$T/en" && run analyse --lang EN-gb <"$T/in" && cmp "$T/en" "$T/out" &&
	! run analyse --lang english <"$T/in" && grep -q -- '--lang wants a code' "$T/err" && run analyse --lang xx <"$T/in" && grep -q '"language":"xx"' "$T/out"
it analyse-takes-a-language-as-it-is-written
! printf 'x\n' | run analyse --tasks mood && grep -q -- --tasks "$T/err"
it analyse-refuses-a-task
printf 'x\n' | run analyse --model Makefile
[ $? -eq 2 ] && grep -q damaged "$T/err"
it analyse-refuses-another-file

# A line of 300 KiB, bytes that are no text, no newline at the end.
{
	head -c 307200 /dev/zero | tr '\0' 'x'
	printf '\nok then\n\377\376\000\001 a\n'
	head -c 100000 /dev/urandom | tr -d '\n'
	printf '\nlast'
} >"$T/in"
run analyse <"$T/in" && lines 5 && sed -n 1p "$T/out" | grep -q '"cut":true' && sed -n 3p "$T/out" | grep -q '"invalid":true' &&
	sed -n 2p "$T/out" | grep -qv cut
it analyse-any-bytes

printf 'The new phone has a wonderful camera and battery\nsomething else entirely here today\nRT @you: The new phone has a wonderful camera and battery http://t.co/x\n' |
	run duplicates && lines 3 && sed -n 3p "$T/out" | grep -q '"duplicates":\[{"line":1,"percent":100}\]' && sed -n 2p "$T/out" | grep -q '"duplicates":\[\]'
it duplicates

printf 'power\t(batter* OR akku) NEAR/3 dead\n# nothing\nlang:de "guten tag"\n' >"$T/q"
printf 'my battery is dead\nlang=de\tGuten Tag\nlang=en\tguten tag\n' | run match --queries "$T/q" && lines 3 &&
	sed -n 1p "$T/out" | grep -q '"query":"power","because":\["battery"' && sed -n 2p "$T/out" | grep -q '"query":"3"' &&
	sed -n 3p "$T/out" | grep -q '"matches":\[\]'
it match
printf 'c\t"error 404"\n#tag\nauthor:"ada l" -"error 404"\n' >"$T/q"
printf 'error 404 #tag\nerror 500\nauthor=Ada L\ttag\n' | run match --queries "$T/q" && [ "$(tr -d '\n' <"$T/out")" = \
	'{"matches":[{"query":"c","because":["error","404"]},{"query":"2","because":["tag"]}]}{"matches":[]}{"matches":[{"query":"2","because":["tag"]},{"query":"3","because":[]}]}' ]
it match-in-order-of-the-file
printf 'welcome\tquestion\nnone\t"no such words"\n' >"$T/q"
"$HEARTH" init --data "$T/site" --name Site >/dev/null 2>&1
run match --queries "$T/q" --data "$T/site" && lines 2 && grep -q '{"query":"none","texts":[0-9]*,"hits":0,"estimate":0,"low":0,"high":0,"examples":\[\]}' "$T/out"
it match-of-what-is-stored
head -c 70000 /dev/zero | tr '\0' 'a' >"$T/long"
said=0
for verb in duplicates "match --queries $T/q" "similar --corpus $T/q"; do
	# shellcheck disable=SC2086
	run $verb <"$T/long" && lines 1 && grep -q ',"cut":true}$' "$T/out" && said=$((said + 1))
done
[ $said -eq 3 ]
it long-lines-are-cut-and-say-so
printf 'a AND (b\n' >"$T/q"
! run match --queries "$T/q" </dev/null && grep -q 'line 1: query, at character' "$T/err"
it match-says-what-is-wrong

printf 'reset\thow do I reset my password\norder\twhere is my order\n' >"$T/c"
printf 'password reset\n' | run similar --corpus "$T/c" && grep -q '^{"similar":\[{"id":"reset"' "$T/out"
it similar

# Twenty days of five posts each, in made-up words; on the 15th twelve more of five authors about one thing, on the 17th of one.
awk '
	function word(  w, i) {
		for (i = 0; i < 6; i++) {
			seed = (seed * 1103515245 + 12345) % 2147483648
			w = w substr("bcdfghjklmnpqrtvwxz", int(seed / 65536) % 19 + 1, 1)
		}
		return w
	}
	function post(day, who, about) {
		printf "2026-01-%02dT10:00:00Z\t%s\t%s %s %s %s %s %s %s\n", day, who, word(), word(), word(), about, word(), word(), word()
	}
	BEGIN {
		for (day = 1; day <= 20; day++) for (who = 1; who <= 5; who++) post(day, "m" who, "or")
		for (i = 1; i <= 12; i++) { post(15, "w" i % 5, "the purple screen is"); post(17, "x", "the green screen is") }
	}' >"$T/posts"
run phrases --top 3 <"$T/posts" && lines 2 && sed -n 2p "$T/out" | grep -q '^2026-01-15	purple screen	12.00	12	0.00	5	[0-9.]*	101,103,105$'
it phrases
run phrases --by week --json <"$T/posts" && lines 4 && sed -n 3p "$T/out" | grep -q '"from":"2026-01-12T00:00:00Z",.*"phrase":"screen","z":24.*"authors":6,.*"examples":\[101,103,105\]'
it phrases-weeks-json
printf 'yesterday\ta\thello\n' >"$T/posts"
! run phrases <"$T/posts" && grep -q 'line 1 is not' "$T/err" && ! run phrases --by month </dev/null && grep -q -- --by "$T/err"
it phrases-says-what-is-wrong
printf 'mail ada@example.org\n\nnothing\n' | run entities && lines 3 &&
	sed -n 1p "$T/out" | grep -q '^{"entities":\[{"kind":"mail","at":5,"end":20,"text":"ada@example.org","value":"ada@example.org"}\]}$' &&
	sed -n 2p "$T/out" | grep -q '^{"entities":\[\]}$'
it entities
printf 'Aurora X100\tX100\n' >"$T/products"
printf 'my x100 of +44 20 7946 0958\n' | run entities --catalogue "$T/products" && grep -q '"kind":"product".*"value":"Aurora X100"' "$T/out"
it entities-of-a-catalogue
run redact <"$T/in" && lines 5
it redact-any-bytes
printf 'I am ada@example.org\n' | run analyse --tasks entities,redact && grep -q '"entities":\[{"kind":"mail".*"redacted":"I am \[mail\]"' "$T/out"
it analyse-entities

printf 'pos\ten\tI love this\nneg\ten\tI hate this\n' >"$T/e.tsv"
run evaluate "$T/e.tsv" --task sentiment </dev/null && grep -q '^accuracy *1.0000' "$T/out"
it evaluate
! run evaluate "$T/e.tsv" --task mood </dev/null
it evaluate-refuses-a-task
printf '\357\273\277pos\ten\tI love this\r\n\nneg\tI hate this\nneg\ten\tI hate this' >"$T/e.tsv"
run evaluate "$T/e.tsv" --task sentiment </dev/null && grep -q '^accuracy *1.0000' "$T/out" && grep -q '^1 lines .* left out' "$T/out"
it evaluate-says-what-it-leaves-out

# What the phrase lists reach on the sentences written for them (tests/text); below it a change has broken something.
floor() {
	run evaluate "tests/text/$1.tsv" --task "$1" </dev/null && awk -v floor="$2" '$1 == "macro-F1" { ok = $2 >= floor } END { exit !ok }' "$T/out"
	it "floor-$1"
}
floor urgency .80
floor churn .85
floor praise .79
floor thanks .90
floor offensive .84
floor purchase .72
floor style .90

cut -f3 tests/text/risk.kept.tsv >"$T/lines"
run analyse --tasks risk <"$T/lines" && sed 's/.*"risk":{"class":"\([a-z-]*\)".*/\1/' "$T/out" | paste - tests/text/risk.kept.tsv |
	awk '$2 != "harmless" { n++; hit += $1 != "harmless" } $2 == "harmless" { rest++; wrong += $1 != "harmless" } END { exit !(hit / n >= .90 && wrong / rest <= .30) }'
it floor-risk
printf 'I love the camera because it works in the dark\n> not my words, awful\n' >"$T/in2"
run analyse --tasks aspects,style,sentences <"$T/in2" && grep -q '"aspect":{"at":11,"end":17,"words":"camera"}.*"reason":{"at":26,"end":46,"words":"it works in the dark"}' "$T/out"
it analyse-aspects
exit $failed
