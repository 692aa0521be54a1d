#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# stage-assets.sh ASSETS OUT STAMP
# Gathers in OUT every file that the server hands to browsers as it is. OUT holds nothing else, so that a file taken out
# of ASSETS is gone from the binary too.
set -eu
rm -rf "$2"
mkdir -p "$2"
(cd "$1" && find . -type f ! -name '.*' -print) | while read -r f; do
	mkdir -p "$2/$(dirname "$f")"
	cp "$1/$f" "$2/$f"
done
touch "$3"
