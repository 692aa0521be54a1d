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
bad=0
for f; do
	clang-format "$f" | diff -u "$f" - >/tmp/fmt.$$ || { bad=1 && echo "$f is not formatted (make fmt):" && sed -n '3,12p' /tmp/fmt.$$; }
done
rm -f /tmp/fmt.$$
exit $bad
