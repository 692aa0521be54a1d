#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# CYCLES (500) kills for `make crash`, in rounds of 50 with a new site each, since every round looks at all its posts
# after every kill. `make test` runs one round of 30: tests/scenario/crash.mjs.
set -u
cd "$(dirname "$0")/../.." || exit 2
left=${CYCLES:-500}
failed=0
while [ "$left" -gt 0 ]; do
	n=$((left < 50 ? left : 50))
	CYCLES=$n "${NODE:-node}" tests/scenario/crash.mjs || failed=1
	[ -z "${TMPDIR:-}" ] || rm -rf "$TMPDIR"/hearth-*
	left=$((left - n))
done
exit $failed
