#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# coverage.sh TRACE: every named query was run and every route's handler was reached by the tests that wrote TRACE
# (src/base/trace.h). What nothing reaches is either untested or dead: write the test, or drop it.
set -eu
LC_ALL=C
export LC_ALL
trace=$(realpath "$1")
cd "$(dirname "$0")/.."
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
rc=0

# verdict NAME: what is wanted and not there
verdict() {
	sort -u "$T/wanted" >"$T/w" && sort -u "$T/hit" >"$T/h"
	if [ -s "$T/w" ] && ! comm -23 "$T/w" "$T/h" | grep .; then echo "ok coverage/$1"; else
		[ -s "$T/w" ] || echo "nothing is known of $1: did the tests write $trace?"
		echo "not ok coverage/$1"
		rc=1
	fi
}

[ -f "$trace" ] || : >"$trace"
find src -name queries.sql -exec sed -n 's/^-- name: \([a-z0-9_]*\) .*/\1/p' {} + >"$T/wanted"
sed -n 's/^query //p' "$trace" >"$T/hit"
verdict queries
sed -n 's/^known-route //p' "$trace" >"$T/wanted"
sed -n 's/^route //p' "$trace" >"$T/hit"
verdict routes
exit $rc
