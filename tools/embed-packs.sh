#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# embed-packs.sh NAME OUT.c FILE.toml…
# Writes the texts of a folder's rule packs, byte for byte, as NAME/packs.h and NAME/NAME.h declare them: NAME_PACKS
# (their names, those of the files), NAME_PACK_TEXTS and NAME_PACKS_N, the name in capitals.
set -eu
LC_ALL=C
export LC_ALL
name=$1
out=$2
shift 2
capitals=$(printf '%s' "$name" | tr '[:lower:]' '[:upper:]')
{
	printf '// Generated from the packs of %s; do not edit.\n' "$name"
	printf '// SPDX-License-Identifier: MIT\n#include "%s/packs.h"\n' "$name"
	i=0
	for f; do
		i=$((i + 1))
		printf '\nstatic const unsigned char pack_%d[] = {\n' "$i"
		od -An -v -tu1 "$f" | sed -e 's/^ *//' -e 's/  */, /g' -e 's/$/,/'
		printf '0};\n'
	done
	printf '\nconst Str %s_PACKS[] = {\n' "$capitals"
	for f; do printf '\tS_INIT("%s"),\n' "$(basename "$f" .toml)"; done
	printf '};\nconst Str %s_PACK_TEXTS[] = {\n' "$capitals"
	i=0
	for f; do
		i=$((i + 1))
		printf '\t{(const char *)pack_%d, sizeof(pack_%d) - 1},\n' "$i" "$i"
	done
	printf '};\nconst size_t %s_PACKS_N = sizeof(%s_PACKS) / sizeof(%s_PACKS[0]);\n' "$capitals" "$capitals" "$capitals"
} >"$out.tmp"
mv "$out.tmp" "$out"
