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
printf 'a AND (b\n' >"$T/q"
! run match --queries "$T/q" </dev/null && grep -q 'line 1: query, at character' "$T/err"
it match-says-what-is-wrong

printf 'reset\thow do I reset my password\norder\twhere is my order\n' >"$T/c"
printf 'password reset\n' | run similar --corpus "$T/c" && grep -q '^{"similar":\[{"id":"reset"' "$T/out"
it similar

printf 'pos\ten\tI love this\nneg\ten\tI hate this\n' >"$T/e.tsv"
run evaluate "$T/e.tsv" --task sentiment </dev/null && grep -q '^accuracy *1.0000' "$T/out"
it evaluate
! run evaluate "$T/e.tsv" --task mood </dev/null
it evaluate-refuses-a-task
exit $failed
