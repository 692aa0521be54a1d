#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# stage-assets.sh ASSETS VENDOR OUT STAMP
# Gathers in OUT every file that the server hands to browsers as it is: our own from ASSETS, htmx from VENDOR (an
# unpacked node_modules) and icons.svg, one sprite made of the icons that ASSETS/icons.txt names, one a line.
set -eu
assets=$1
vendor=$2
out=$3
stamp=$4
htmx=$vendor/htmx.org/dist
icons=$vendor/lucide-static/icons
for d in "$htmx" "$icons"; do
	[ -d "$d" ] || { echo "stage-assets.sh: ${d#"$PWD"/} is not there; 'make deps' unpacks it" >&2 && exit 1; }
done

rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)
(cd "$assets" && find . -type f ! -name '.*' ! -name icons.txt | while read -r f; do
	mkdir -p "$out/$(dirname "$f")"
	cp "$f" "$out/$f"
done)
for f in htmx.min.js ext/hx-sse.min.js; do
	sed '/^\/\/# sourceMappingURL=/d' "$htmx/$f" >"$out/$(basename "$f")"
done

if [ -f "$assets/icons.txt" ]; then
	{
		echo '<svg xmlns="http://www.w3.org/2000/svg">'
		sed -e 's/#.*//' "$assets/icons.txt" | awk 'NF { print $1 }' | while read -r name; do
			[ -f "$icons/$name.svg" ] || { echo "icons.txt: there is no icon $name" >&2 && exit 1; }
			awk -v name="$name" '
				/<svg/ { in_svg = 1 }
				in_svg && />/ && !body { body = 1; print "<symbol id=\"i-" name "\" viewBox=\"0 0 24 24\">"; next }
				/<\/svg>/ { print "</symbol>"; exit }
				body { gsub(/^ +/, ""); print }' "$icons/$name.svg"
		done
		echo '</svg>'
	} >"$out/icons.svg"
fi
date >"$stamp"
