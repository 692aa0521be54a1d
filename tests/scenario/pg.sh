#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Two servers on one PostgreSQL: what one takes the other shows within a second, also to guests with the page cache on,
# and killing either loses nothing that was acknowledged. A cluster of its own, by tools/pg-test.sh.
cd "$(dirname "$0")/../.." || exit 2
tools/pg-test.sh "${NODE:-node}" tests/scenario/lib-pg.mjs "$@"
rc=$?
[ $rc -ne 77 ] || { echo 'skip pg PostgreSQL is not installed (apt-get install postgresql)' && exit 0; }
exit $rc
