#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run-bench.sh [data]: makes the data of the benchmarks (bench/data.sh), then runs bench/*.bench.sh on the release
# build. bench/README.md says what each measures and how to read it.
set -eu
cd "$(dirname "$0")/.."
BUILD=$PWD/build/release
HEARTH=$BUILD/hearth
BENCH_DATA=$PWD/build/bench
export BUILD HEARTH BENCH_DATA
[ -d bench ] || { echo 'run-bench.sh: there are no benchmarks yet' >&2 && exit 1; }
mkdir -p "$BENCH_DATA"
if [ -f bench/data.sh ]; then sh bench/data.sh; fi
[ "${1:-}" != data ] || exit 0
for b in bench/*.bench.sh; do
	[ ! -f "$b" ] || sh "$b"
done
