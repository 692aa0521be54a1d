#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run-unit.sh LOG BINARY [WORD…]: runs a unit test binary into LOG and exits 0. A test that crashes or hangs is written
# down as `not ok`, and the tests after it still run.
set -u
log=$1
binary=$2
shift 2
export ASAN_OPTIONS="detect_stack_use_after_return=1:strict_string_checks=1:${ASAN_OPTIONS:-}"
export UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS:-}"
timeout -k 5 "${TEST_TIMEOUT:-300}" "$binary" "$@" >"$log" 2>&1
rc=$?
while :; do
	# The last test that began without a verdict.
	open=$(awk '/^# run / { open = $3 } /^(ok|not ok|skip) / { open = "" } END { print open }' "$log")
	if [ -z "$open" ]; then
		# A leak is reported when all have run; a failed test has its own line.
		if [ $rc -gt 1 ] || { [ $rc -ne 0 ] && ! grep -q '^not ok ' "$log"; }; then
			echo "not ok $(basename "$binary") exited with $rc after its tests" >>"$log"
		fi
		exit 0
	fi
	echo "not ok $open died with $rc (124: time limit)" >>"$log"
	[ $# -eq 0 ] || exit 0
	timeout -k 5 "${TEST_TIMEOUT:-300}" "$binary" --after "${open#*/}" >>"$log" 2>&1
	rc=$?
done
