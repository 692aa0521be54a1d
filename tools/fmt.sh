#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# fmt.sh [--check] [FILE…]: formats the C and C++ sources, or with --check only names those that differ (exit 1).
set -eu
cd "${ROOT:-$(dirname "$0")/..}"
mode=write
[ "${1:-}" != --check ] || { mode=check && shift; }
[ $# -gt 0 ] || set -- $(find src tools tests -type f \( -name '*.[ch]' -o -name '*.cc' \) ! -path '*/golden/*' | sort)
[ $# -gt 0 ] || exit 0
if [ $mode = write ]; then
	exec clang-format -i "$@"
fi
# Those that differ are found many at a time, on all processors; only they are shown one by one.
found=$(mktemp)
trap 'rm -f "$found"' EXIT
if ! printf '%s\n' "$@" | xargs -P "$(nproc)" -n 32 clang-format --dry-run >"$found" 2>&1; then
	cat "$found"
	exit 1
fi
bad=$(sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: .*clang-format-violations.*/\1/p' "$found" | sort -u)
for f in $bad; do
	echo "$f is not formatted (make fmt):"
	clang-format "$f" | diff -u "$f" - | sed -n '3,12p'
done
[ -z "$bad" ]
