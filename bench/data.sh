#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# data.sh: makes the data of the benchmarks under $BENCH_DATA (build/bench), if it is not there for this size and these
# migrations already. tools/run-bench.sh calls it.
#
#   TOPICS=20000       how large; members are as many, posts 10 times, votes 9.5 times
#   BENCH_DATA=DIR     data/ is the site, paths/NAME.txt the addresses, fill.txt what was made and how fast
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-$PWD/build/release}
HEARTH=${HEARTH:-$BUILD/hearth}
BENCH_DATA=${BENCH_DATA:-$PWD/build/bench}
TOPICS=${TOPICS:-20000}
stamp="$TOPICS $(
	{
		cat bench/fill.c bench/plan.c bench/words.c bench/paths.c bench/data.sh
		tools/sources.sh migration-dirs | while read -r d; do cat "$d"/*.sql; done
	} | cksum
)"
[ "$(cat "$BENCH_DATA/stamp" 2>/dev/null || :)" != "$stamp" ] || exit 0
[ -n "${NO_BUILD:-}" ] || ninja -C "$BUILD" --quiet bench/bench-fill bench/bench-client
rm -rf "$BENCH_DATA/data" "$BENCH_DATA/paths" "$BENCH_DATA/stamp"
mkdir -p "$BENCH_DATA/paths"
"$HEARTH" init --data "$BENCH_DATA/data" --name 'Bench community' >"$BENCH_DATA/init.txt"
"$BUILD/bench/bench-fill" "$BENCH_DATA/data" "$TOPICS" "$BENCH_DATA/paths" >"$BENCH_DATA/fill.txt"
# Who signs in and who writes in the benchmarks.
"$HEARTH" user add bencher --data "$BENCH_DATA/data" >"$BENCH_DATA/password"
cat "$BENCH_DATA/fill.txt"
echo "$stamp" >"$BENCH_DATA/stamp"
