#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# clang-tidy over what changed: files that differ from TIDY_BASE (the commit before HEAD); TIDY=all for every file.
. "$(dirname "$0")/lib.sh"

changed() {
	if [ "${TIDY:-}" = all ]; then
		product src
	elif git rev-parse -q --verify "${TIDY_BASE:-HEAD~1}" >/dev/null 2>&1; then
		{
			git diff --name-only --diff-filter=d "${TIDY_BASE:-HEAD~1}" -- src
			git ls-files --others --exclude-standard -- src
		} | grep '\.cc\?$' | grep -v -e '_test\.c$' -e '_testkit\.c$' -e '_fuzz\.c$' | sort -u
	fi
}

tidy() {
	files=$(changed || :)
	[ -n "$files" ] || return 0
	# Only files that the build knows: a new one is known after the next configure.
	# shellcheck disable=SC2086
	printf '%s\n' $files | xargs -P 2 -n 4 clang-tidy --quiet -p "$HERE/build/clang" 2>/dev/null
}

if [ ! -f "$HERE/build/clang/compile_commands.json" ]; then
	echo "build/clang is not configured"
	echo "not ok gate/tidy"
	exit 1
fi
gate tidy tidy
exit $failed
