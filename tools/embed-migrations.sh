#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# embed-migrations.sh NAME OUT.c FILE.sql…
# Writes the text of a folder's migrations, in the order of their numbers, as `const Migration NAME_migrations[]` and
# `const size_t NAME_migrations_n` (struct of db/db.h). A file is called NNNN_words.sql. The text is embedded byte
# for byte, since its checksum is stored in every database that ran it.
set -eu
LC_ALL=C
export LC_ALL
name=$1
out=$2
shift 2
if [ $# -eq 0 ]; then
	echo "embed-migrations.sh: $name has no migrations" >&2
	exit 2
fi
for f; do
	case ${f##*/} in
	[0-9][0-9][0-9][0-9]_*.sql) ;;
	*) echo "$f: a migration is called NNNN_words.sql" >&2 && exit 1 ;;
	esac
done
{
	printf '// Generated from the migrations of %s; do not edit.\n' "$name"
	printf '// SPDX-License-Identifier: AGPL-3.0-or-later\n#include "db/db.h"\n\n'
	printf 'extern const Migration %s_migrations[];\nextern const size_t %s_migrations_n;\n' "$name" "$name"
	for f; do
		number=$(basename "$f" | sed 's/_.*//')
		printf '\nstatic const unsigned char sql_%s[] = {\n' "$number"
		od -An -v -tu1 "$f" | sed -e 's/^ *//' -e 's/  */, /g' -e 's/$/,/'
		printf '0};\n'
	done
	printf '\nconst Migration %s_migrations[] = {\n' "$name"
	for f; do
		base=$(basename "$f" .sql)
		number=${base%%_*}
		printf '\t{.owner = "%s", .number = %d, .name = "%s", .sql = (const char *)sql_%s, .sql_len = sizeof(sql_%s) - 1},\n' \
			"$name" "$(echo "$number" | sed 's/^0*\(.\)/\1/')" "$base" "$number" "$number"
	done
	printf '};\nconst size_t %s_migrations_n = sizeof(%s_migrations) / sizeof(%s_migrations[0]);\n' "$name" "$name" "$name"
} >"$out.tmp"
mv "$out.tmp" "$out"
