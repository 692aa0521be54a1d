#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# What the objects say: who calls the databases and the network, and that there are no mutable globals. Looks at the
# static libraries of the debug build.
. "$(dirname "$0")/lib.sh"
allow=$ROOT/tools/gates/globals.allow
libs=$(find "$BUILD/src" -maxdepth 1 -name 'lib*.a' 2>/dev/null | sort)

# foreign UNIT PATTERN: libraries other than UNIT that leave a symbol of that pattern undefined
foreign() {
	! for lib in $libs; do
		unit=$(basename "$lib" .a | sed 's/^lib//')
		[ "$unit" != "$1" ] || continue
		nm -A -u "$lib" 2>/dev/null | awk -v unit="$unit" -v pattern="$2" '$NF ~ pattern { o = $1; sub(/.*:/, "", o); print unit ": " $0 }'
	done | sed "s|$BUILD/||" | sort -u | head -n 20 | grep .
}

globals() {
	for lib in $libs; do
		unit=$(basename "$lib" .a | sed 's/^lib//')
		objdump -t "$lib" 2>/dev/null | awk -v unit="$unit" '
			/file format/ { object = $1; sub(/:$/, "", object) }
			# address flags section size name; thread-local ones (.tbss, .tdata) are globals too
			$0 ~ / O? *\.(t?bss|t?data)(\.|[ \t])/ && $0 !~ /\.data\.rel\.ro/ {
				name = $NF; sub(/\.[0-9]+$/, "", name)
				if (name !~ /^\./ && $(NF - 1) !~ /^0+$/) print unit, name, object
			}'
	done | awk -v allow="$allow" '
		BEGIN {
			while ((getline l < allow) > 0) {
				if (l ~ /^[ \t]*(#|$)/) continue
				split(l, w, " ")
				if (w[3] == "") { print allow ": `" l "`: no reason"; bad = 1 }
				may[w[1] " " w[2]] = 1
			}
		}
		{ key = $1 " " $2; if (key in may) { used[key] = 1; next } print $3 " in " $1 ": " $2 " can change"; bad = 1 }
		END {
			for (key in may) if (!(key in used)) { print "globals.allow: " key " is no longer needed"; bad = 1 }
			exit bad
		}'
}

if [ -z "$libs" ]; then
	echo "there are no libraries in the build folder"
	echo "not ok gate/symbols"
	exit 1
fi
gate symbols-db foreign db '^(sqlite3_|PQ[a-z])'
gate symbols-net foreign net '^(event_|event_base|evtimer_|bufferevent_|evbuffer_|evconnlistener_|evhttp_|curl_)'
gate globals globals
exit $failed
