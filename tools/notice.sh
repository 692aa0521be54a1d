#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# notice.sh [--check]: writes NOTICE from deps/*.txt, or says whether it is up to date. Also compares deps/npm.txt with
# what package.json pins.
set -eu
cd "${ROOT:-$(dirname "$0")/..}"
LC_ALL=C
export LC_ALL

rows() { sed -e 's/#.*//' "$1" | awk -F ' *[|] *' -v build="$2" 'NF >= 3 && (build == "all" || (($3 ~ /build only/) == (build == "build"))) {
	printf "  %-26s %-34s %s\n", $1, $2, $3 }'; }
data_rows() { sed -e 's/#.*//' deps/data.txt | awk -F ' *[|] *' 'NF >= 3 { printf "  %-26s %s (%s)\n", $1, $3, $2 }'; }
npm_rows() { sed -e 's/#.*//' deps/npm.txt | awk -F ' *[|] *' -v where="$1" 'NF >= 4 && $4 == where { printf "  %-26s %-34s %s\n", $1, $2, $3 }'; }

notice() {
	cat <<-'END'
		Hearth
		Copyright (C) the Hearth authors

		Hearth is free software under the GNU Affero General Public License, version 3 or later (see LICENSE).
		Files whose SPDX line says MIT (the embeddable widget, client modules, rule packs) are under the MIT licence.

		This file is made by tools/notice.sh from the lists in deps/. Hearth contains no code of the projects below; it is
		linked with, or hands out, the following works under their own licences:
	END
	rows deps/apt.txt run
	printf '\nUsed to build:\n'
	rows deps/apt.txt build
	printf '\nUsed to test:\n'
	rows deps/apt-test.txt all
	npm_rows tests
	if [ -f deps/data.txt ]; then
		printf '\nThe model of the text engine (src/text/model, CC BY-SA 4.0) is trained from these works; their texts are not part of it:\n'
		data_rows
	fi
}

pinned=$(sed -n '/"dependencies": {/,/}/p; /"devDependencies": {/,/}/p' package.json | sed -n 's/^[ \t]*"\([^"]*\)": "[0-9].*/\1/p' | sort)
listed=$(sed -e 's/#.*//' deps/npm.txt | awk 'NF { print $1 }' | sort)
if [ "$pinned" != "$listed" ]; then
	echo "deps/npm.txt and package.json do not list the same packages" >&2
	exit 1
fi
if [ "${1:-}" = --check ]; then
	notice | diff - NOTICE >/dev/null || { echo "NOTICE is not up to date: tools/notice.sh" && exit 1; }
else
	notice >NOTICE
fi
