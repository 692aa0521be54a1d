#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run-assetc.sh ASSETC DIR OUT.h OUT.c: runs assetc over all files that stage-assets.sh gathered in DIR.
set -eu
LC_ALL=C
export LC_ALL
assetc=$1
dir=$2
h=$3
c=$4
cd_files=$(cd "$dir" && find . -type f | sed 's|^\./||' | sort)
# Names of assets have no spaces (checked by assetc), so the list may be split.
# shellcheck disable=SC2086
exec "$assetc" --out-h "$h" --out-c "$c" "$dir" $cd_files
