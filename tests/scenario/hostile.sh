#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# The HTTP server under abuse (tests/hostile), with ASan and UBSan; at night with TSan too.
rc=0
sh tests/hostile/run.sh address || rc=1
[ -z "${CI_NIGHTLY:-}" ] || sh tests/hostile/run.sh thread || rc=1
exit $rc
