#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Includes go one way only.
. "$(dirname "$0")/lib.sh"
gate floors "$HERE/tools/floors" "$ROOT"
exit $failed
