#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# clang-format agrees with every source.
. "$(dirname "$0")/lib.sh"
gate format "$HERE/tools/fmt.sh" --check
exit $failed
