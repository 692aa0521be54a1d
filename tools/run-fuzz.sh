#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run-fuzz.sh [NAME…]: runs each fuzzer for FUZZ_SECONDS (60; 600 at night) on top of its corpus in tests/fuzz/NAME.
# New inputs go to build/fuzz/corpus/NAME, crashes to build/fuzz/crash-NAME-*; a crash that was mended belongs into
# tests/fuzz/NAME, where `make test` replays it with any compiler.
set -u
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-60}
[ -z "${CI_NIGHTLY:-}" ] || seconds=${FUZZ_SECONDS:-600}
tools/configure.sh fuzz && ninja -C build/fuzz --quiet || exit 1
rc=0
for f in build/fuzz/src/fuzz_* build/fuzz/tests/fuzz_*; do
	[ -f "$f" ] && [ -x "$f" ] || continue
	name=${f##*/fuzz_}
	[ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
	mkdir -p "build/fuzz/corpus/$name" "tests/fuzz/$name"
	if "$f" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="build/fuzz/crash-$name-" "build/fuzz/corpus/$name" "tests/fuzz/$name" >"build/fuzz/$name.log" 2>&1; then
		echo "ok fuzz/$name"
	else
		tail -n 60 "build/fuzz/$name.log"
		echo "not ok fuzz/$name"
		rc=1
	fi
	rmdir "tests/fuzz/$name" 2>/dev/null || :
done
exit $rc
