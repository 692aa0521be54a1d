#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# The HTTP server under abuse (tests/hostile): with ASan and UBSan, then with TSan.
cd "$(dirname "$0")/../.." || exit 2
failed=0
for kind in address thread; do sh tests/hostile/run.sh $kind || failed=1; done
exit $failed
