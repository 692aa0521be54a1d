#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# What may not stand in a source: banned functions, a missing licence line, private paths and hosts, loose FIXMEs.
. "$(dirname "$0")/lib.sh"

# Outside base, tests, fuzzers, tools and helpers. A member of that name (x->free(…)) is something else.
banned() {
	files=$(product src | grep -v -e '^src/base/' -e '^src/helpers/' || :)
	headers=$(find src -name '*.h' ! -path 'src/base/*' ! -path 'src/helpers/*' | sort)
	[ -n "$files$headers" ] || return 0
	# shellcheck disable=SC2086
	! awk -f "$HERE/tools/gates/strip.awk" $files $headers | grep -E \
		'(^|[^A-Za-z0-9_.>])(strcpy|strcat|sprintf|vsprintf|strtok|gets|atoi|atol|strtol|gmtime|localtime|strdup|strndup|malloc|calloc|realloc|free|printf|assert|exit)[ 	]*\('
}

spdx() {
	! find src tools tests -type f \( -name '*.[ch]' -o -name '*.cc' -o -name '*.toml' -o -name '*.sh' -o -name '*.awk' -o -name '*.mjs' -o -name '*.js' -o \
		-name '*.css' -o -name meson.build -o \
		-name queries.sql -o -name '*.en.txt' -o -path '*/views/*.html' \) ! -path '*/golden/*' ! -path '*/fuzz/*' -exec sh -c '
		for f; do head -n 5 "$f" | grep -q "SPDX-License-Identifier: " || echo "$f: no SPDX line"; done' sh {} + | grep .
}

# Files that are committed name neither somebody'\''s machine nor the registry a package came from.
private() {
	list=$(find . \( -path ./build -o -path ./node_modules -o -path ./.git \) -prune -o -type f -print)
	# shellcheck disable=SC2086
	! grep -nIE '"resolved":|(^|[^A-Za-z0-9_.-])/(work|home|root|Users)/[A-Za-z0-9_.-]+' $list | grep -v '^./tools/gates/' | head -n 20 | grep .
}

fixme() {
	! grep -rnE 'TODO|XXX|FIXME' src --include='*.[ch]' --include='*.cc' | grep -v 'FIXME(#[0-9]*)' | grep .
}

gate banned banned
gate spdx spdx
gate private private
gate fixme fixme
exit $failed
