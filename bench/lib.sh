# SPDX-License-Identifier: AGPL-3.0-or-later
# What the benchmarks share; sourced from the project's root.

# section NAME FILE [PAGE]: puts the file between the marks of its section of the page, which is bench/RESULTS.md unless named,
# adding the section if there is none.
section() {
	page=${3:-bench/RESULTS.md}
	grep -q "<!-- $1 -->" "$page" || printf '\n<!-- %s -->\n<!-- end of %s -->\n' "$1" "$1" >>"$page"
	awk -v name="$1" -v file="$2" '
		$0 == "<!-- " name " -->" { print; while ((getline line < file) > 0) print line; skip = 1; next }
		$0 == "<!-- end of " name " -->" { skip = 0 }
		!skip' "$page" >"$2.results"
	cat "$2.results" >"$page"
}

# --- a server of $HEARTH at $URL, which is 127.0.0.1:$PORT; its number is in $SERVER, what it says in $SERVE_LOG --------------

SERVER=''
stop() {
	[ -n "$SERVER" ] || return 0
	kill "$SERVER" 2>/dev/null || :
	wait "$SERVER" 2>/dev/null || :
	SERVER=''
}

start() { # options of serve
	stop
	trap stop EXIT
	trap 'exit 130' INT TERM HUP
	"$HEARTH" serve "$@" --listen "127.0.0.1:$PORT" --no-rate-limits 2>"$SERVE_LOG" &
	SERVER=$!
	n=0
	until curl -sf -o /dev/null "$URL/healthz"; do
		n=$((n + 1))
		if [ "$n" -ge 200 ] || ! kill -0 "$SERVER" 2>/dev/null; then
			echo "$0: the server did not come up or died:" >&2
			cat "$SERVE_LOG" >&2
			exit 1
		fi
		sleep 0.05
	done
}

# --- what pages of $ROUTE cost: CPU of their worker, so that what runs in the background meanwhile is not counted --------------

route_us() { curl -s "$URL/metrics" | sed -n "s#^hearth_route_cpu_microseconds_total.*route=\"$ROUTE\"} ##p"; }

# route_pages NAME PATH: the ms of a page, one for each of $ROUNDS rounds of $PAGES, into the file $out/NAME; as whom $COOKIE says, if any
route_pages() {
	rm -f "$out/$1"
	curl -sf -o "$out/$1.html" ${COOKIE:+-H "Cookie: $COOKIE"} "$URL$2"
	r=0
	while [ "$r" -lt "$ROUNDS" ]; do
		before=$(route_us)
		i=0
		while [ "$i" -lt "$PAGES" ]; do
			curl -sf -o "$out/$1.html" ${COOKIE:+-H "Cookie: $COOKIE"} "$URL$2"
			i=$((i + 1))
		done
		echo "$before $(route_us) $PAGES" | awk '{ printf "%.2f\n", ($2 - $1) / $3 / 1000 }' >>"$out/$1"
		r=$((r + 1))
	done
}

# median NAME DIGITS: of the numbers in the file $out/NAME, a line each
median() { sort -n "$out/$1" | awk -v digits="$2" '{ v[NR] = $1 } END { printf "%.*f", digits, v[int((NR + 1) / 2)] }'; }
