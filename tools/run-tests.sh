#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run-tests.sh all|quick|unit|gates|scenario|browser|crash|nightly [WORD…]
# (corpora, corpus and script are of its own: it runs itself)
# With U=NAME, quick and unit build and run one floor or feature only; WORDs choose tests by name.
# Runs suites and adds up what they print. Everything that is tested speaks one protocol, a line each:
#     ok NAME          not ok NAME          skip NAME reason
# and whatever stands before a `not ok` is shown as its explanation. A suite that exits non-zero without a `not ok`, or
# prints no verdict at all, is one failure. Logs stay in build/test/. The last line is `N passed, N failed, N skipped`.
#
# Scripts (tools/*/golden/run.sh, tests/scenario/*.sh|*.mjs, tests/browser/*.mjs, tests/crash/*) are run from the root
# with: HEARTH (the binary), BUILD (its build folder), SQLC, TMPLC, ASSETC (host tools), TMPDIR (theirs, removed afterwards), NODE (a command).
set -u
cd "$(dirname "$0")/.."
LC_ALL=C.UTF-8
export LC_ALL
mode=$1
shift
out=build/test
if [ "$mode" != corpora ] && [ "$mode" != corpus ] && [ "$mode" != script ]; then
	rm -rf "$out"
	mkdir -p "$out/tmp"
	: >"$out/counts"
fi
NODE="$PWD/tools/node.sh"
export NODE

# tally NAME LOG RC [SECONDS]: shows failures, adds to the counts.
tally() {
	awk -v name="$1" -v rc="$3" -v took="${4:+ $4 s}" -v counts="$out/counts" '
		function keep(line) { held[n++ % 200] = line }
		function show(  i) { for (i = n > 200 ? n - 200 : 0; i < n; i++) print "    " held[i % 200]; n = 0 }
		/^ok / { p++; n = 0; next }
		/^skip / { s++; n = 0; print; next }
		/^not ok / { show(); print; f++; next }
		/^\[ *(=+|RUN|OK|PASSED|FAILED) *\]|^ *[0-9]+ FAILED TEST|^$/ { next } # cmocka says it in its own way too
		{ keep($0) }
		END {
			if (rc != 0 && !f) { show(); print "not ok " name " exited with " rc; f++ }
			else if (p + f + s == 0) { show(); print "not ok " name " ran no test"; f++ }
			printf "%-28s %4d passed %3d failed %3d skipped%s\n", name, p, f, s, took
			print p + 0, f + 0, s + 0 >> counts
		}' "$2"
}

log_of() { echo "$out/$(echo "$1" | tr '/' '-').log"; }

# run_logged NAME COMMAND…: what it prints, how it ended and how many seconds it took are kept.
run_logged() {
	log=$(log_of "$1")
	shift
	TMPDIR=$(mktemp -d "$PWD/$out/tmp/XXXXXX")
	export TMPDIR
	began=$(date +%s)
	timeout -k 10 "${SUITE_TIMEOUT:-900}" "$@" >"$log" 2>&1 </dev/null
	echo "$? $(($(date +%s) - began))" >"$log.end"
	rm -rf "$TMPDIR"
	unset TMPDIR
}

tally_logged() {
	log=$(log_of "$1")
	read -r rc seconds <"$log.end"
	tally "$1" "$log" "$rc" "$seconds"
}

# suite NAME COMMAND…
suite() {
	run_logged "$@"
	tally_logged "$1"
}

# build VARIANT [TARGET…]: a build that fails is a failed test.
build() {
	variant=$1
	shift
	if tools/configure.sh "$variant" >"$out/build-$variant.log" 2>&1 &&
		ninja -C "build/$variant" "$@" >>"$out/build-$variant.log" 2>&1; then
		echo '1 0 0' >>"$out/counts"
		grep -n 'warning:' "$out/build-$variant.log" | head -n 20
		return 0
	fi
	grep -vE '^(\[[0-9]*/[0-9]*\]|(ccache )?(gcc|clang|cc) )' "$out/build-$variant.log" | head -n 200
	echo "not ok build/$variant"
	echo '0 1 0' >>"$out/counts"
	return 1
}

unit_tests() {
	variant=$1
	shift
	mkdir -p "$out/unit"
	# shellcheck disable=SC2086
	find "build/$variant/src" -maxdepth 1 -type f -name "test_${U:-*}" -perm -u+x -printf '%f\n' | sort >"$out/unit/list"
	# Model tests run on both engines; the inner loop (quick) does with SQLite.
	with=tools/pg-test.sh
	[ "$mode" != quick ] || with=
	# shellcheck disable=SC2086
	$with xargs -a "$out/unit/list" -r -P 2 -I '{}' tools/run-unit.sh "$out/unit/{}.log" "build/$variant/src/{}" "$@"
	for log in "$out"/unit/*.log; do
		[ -f "$log" ] || continue
		# With words to choose by, a unit without such a test is no news.
		[ $# -eq 0 ] || grep -q '^# run ' "$log" || continue
		tally "$(basename "$log" .log | sed 's/^test_/unit\//')" "$log" 0
	done
}

# fuzz_corpus FUZZER
fuzz_corpus() {
	corpus=tests/fuzz/${1##*/fuzz_}
	files=$(find "$corpus" -type f 2>/dev/null | sort)
	if [ -z "$files" ]; then
		echo "tests/fuzz/${1##*/fuzz_} has no inputs to begin with"
		echo "not ok ${1##*/}"
		return
	fi
	# shellcheck disable=SC2086
	if FUZZ_INPUT=$out/${1##*/}.input FUZZ_REPLAY_MS=${FUZZ_REPLAY_MS:-2000} timeout 300 "$1" $files >"$out/${1##*/}.log" 2>&1; then
		rm -f "$out/${1##*/}.input"
		echo "ok ${1##*/}"
	else
		tail -n 60 "$out/${1##*/}.log"
		echo "the input, after its length in 8 bytes: $out/${1##*/}.input"
		echo "not ok ${1##*/}"
	fi
}

fuzz_corpora() {
	find "build/$1/src" "build/$1/tests" -maxdepth 1 -type f -name 'fuzz_*' -perm -u+x | sort | xargs -r -P 2 -n 1 "$0" corpus
}

# Two at once: each mostly waits for a server of its own.
scripts() {
	for s in tests/"$1"/*.sh tests/"$1"/*.mjs; do
		[ -f "$s" ] || continue
		case ${s##*/} in _* | lib.* | lib-*) continue ;; esac
		echo "${s#tests/}"
	done >"$out/scripts"
	xargs -a "$out/scripts" -r -P 2 -n 1 "$0" script
	while read -r s; do tally_logged "$s"; done <"$out/scripts"
}

golden() {
	for s in tools/*/golden/run.sh; do
		[ -f "$s" ] || continue
		suite "$(echo "$s" | sed 's|/golden/run.sh||')" sh "$s"
	done
}

# What may include and call what comes first: the rest means little where that is broken.
gates() {
	for g in floors symbols $(find tools/gates -name '*.sh' | sed 's|.*/||; s|\.sh$||' | grep -vx -e lib -e floors -e symbols | sort); do
		suite "gate/$g" sh "tools/gates/$g.sh"
	done
}

use() {
	BUILD=$PWD/build/$1
	HEARTH=$BUILD/hearth
	SQLC=$BUILD/tools/sqlc
	TMPLC=$BUILD/tools/tmplc
	ASSETC=$BUILD/tools/assetc
	export BUILD HEARTH SQLC TMPLC ASSETC
}

# What ninja makes for U: its tests, or its library while it has none.
unit_target() {
	[ -n "${U:-}" ] || return 0
	for d in "src/$U" "src/features/$U"; do
		[ -z "$(tools/sources.sh tests "$d")" ] || { echo "src/test_$U" && return 0; }
	done
	echo "src/lib$U.a"
}

case $mode in
quick)
	# shellcheck disable=SC2046
	build debug $(unit_target) && use debug && unit_tests debug "$@"
	;;
unit)
	# shellcheck disable=SC2046
	build asan $(unit_target) && use asan && unit_tests asan "$@"
	;;
gates)
	build debug && use debug
	build clang
	gates
	;;
scenario | browser | crash)
	[ "$mode" != crash ] || export SUITE_TIMEOUT="${SUITE_TIMEOUT:-3600}" # ten rounds of a minute, or two beside other work
	build asan && use asan && scripts "$mode"
	;;
all)
	build debug && use debug
	build clang
	gates
	if build asan; then
		use asan
		HEARTH_TRACE=$PWD/$out/trace # what is used from here on is added up by coverage.sh
		export HEARTH_TRACE
		unit_tests asan
		[ -z "$(tools/sources.sh fuzzers src)" ] || suite fuzz/corpora "$0" corpora
		golden
		scripts scenario
		scripts browser
		suite coverage tools/coverage.sh "$HEARTH_TRACE"
		unset HEARTH_TRACE
	fi
	build release hearth bench-tools
	;;
corpora)
	fuzz_corpora asan
	exit 0
	;;
corpus)
	fuzz_corpus "$1"
	exit 0
	;;
script)
	case $1 in
	*.mjs) run_logged "$1" "$NODE" "tests/$1" ;;
	*) run_logged "$1" sh "tests/$1" ;;
	esac
	exit 0
	;;
nightly)
	export CI_NIGHTLY=1
	build tsan && unit_tests tsan
	suite fuzz tools/run-fuzz.sh
	if build debug; then
		for t in build/debug/src/test_*; do
			[ -x "$t" ] && [ -f "$t" ] || continue
			suite "valgrind/${t##*/}" valgrind -q --error-exitcode=9 --leak-check=full "$t"
		done
	fi
	;;
*)
	echo "run-tests.sh: unknown mode $mode" >&2
	exit 2
	;;
esac
rm -rf "$out/tmp"

awk '
	{ p += $1; f += $2; s += $3 }
	END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 || p == 0 }' "$out/counts"
