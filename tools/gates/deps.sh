#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# NOTICE is what the lists of dependencies make it, and the lock file names no registry.
. "$(dirname "$0")/lib.sh"
lock() { ! grep -nE '"resolved"|https?://[^"]*\.tgz' package-lock.json | head -n 5 | grep .; }
gate notice "$HERE/tools/notice.sh" --check
gate lock lock
exit $failed
