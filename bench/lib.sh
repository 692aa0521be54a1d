# SPDX-License-Identifier: AGPL-3.0-or-later
# What the benchmarks share, sourced as it lies beside them:
#
#   . "$(dirname "$0")/lib.sh"                 from here on in the project's root, with $BUILD, $HEARTH and $BENCH_DATA
#   bench_in why 18082 bench/bench-why         results in $out, a server at $URL; that program is built
#   bench_site                                 a copy of the site of data.sh, at $out/data
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C
BUILD=${BUILD:-$PWD/build/release}
HEARTH=${HEARTH:-$BUILD/hearth}
BENCH_DATA=${BENCH_DATA:-$PWD/build/bench}
TICKS=$(getconf CLK_TCK)

# bench_in NAME PORT TARGET…: a folder of its own; the port is this unless the environment has one
bench_in() {
	out=$BENCH_DATA/$1
	PORT=${PORT:-$2}
	URL=http://127.0.0.1:$PORT
	SERVE_LOG=$out/serve.log
	mkdir -p "$out"
	shift 2
	ninja -C "$BUILD" --quiet "$@"
}

bench_site() {
	rm -rf "$out/data"
	cp -r "$BENCH_DATA/data" "$out/data"
}
bench_site_today() { # its tables are those of today as well
	bench_site
	"$HEARTH" doctor --data "$out/data" >/dev/null
}

# What stands below a heading: bench_stamp SCRIPT is the script, when and under which load; bench_size is of the site of data.sh
bench_stamp() { printf '`bench/%s`, %s, load %s' "$1" "$(date -u +%Y-%m-%dT%H:%MZ)" "$(cut -d' ' -f1 /proc/loadavg)"; }
bench_size() { sed -n 's/^\(members=[^ ]* topics=[^ ]*\).*/\1/p' "$BENCH_DATA/fill.txt"; }
rounds_of() { tr '\n' ' ' <"$out/$1"; }

# bench_done NAME: its section of the results is $out/section.md
bench_done() {
	section "bench-$1" "$out/section.md"
	rm -rf "$out/data"
	cat "$out/section.md"
}

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

sign_in() { # who the site of data.sh has for that; into $COOKIE
	COOKIE=$(curl -s -o /dev/null -D - -H "Origin: $URL" --data-urlencode handle=bencher --data-urlencode "password=$(cat "$BENCH_DATA/password")" "$URL/sign-in" |
		sed -n 's/^[Ss]et-[Cc]ookie: \(hearth_session=[^;]*\).*/\1/p')
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
