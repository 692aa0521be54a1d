#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# run.sh [ROW…]: measures the release build on the data of data.sh and writes bench/RESULTS.md. Without names: every row.
# With names only these are measured; the others keep what was measured before. README.md says how to read the table.
#
#   rows      fsync start topic topic-coded hot cached signed moderator staff space home profile members search-mid search-common
#             post-1 post-64 memory idle disk import nginx pg grow
#   SECONDS_EACH=8   length of one load; ROUNDS=3 of ROUND_SECONDS=4 for a page      PORT=18080   DUMP=DIR a Stack Exchange dump   PG_TOPICS=2000
#   GROW='2000 200000'   other sizes for the row `grow` (these are the default; the largest takes five to ten minutes and 2.5 GB)
. "$(dirname "$0")/lib.sh"
DATA=$BENCH_DATA/data
PATHS=$BENCH_DATA/paths
ROWS=$BENCH_DATA/rows
CLIENT=$BUILD/bench/bench-client
PORT=${PORT:-18080}
EACH=${SECONDS_EACH:-8}
ROUNDS=${ROUNDS:-3}
ROUND_SECONDS=${ROUND_SECONDS:-4}
URL=http://127.0.0.1:$PORT
SERVE_LOG=$BENCH_DATA/serve.log
mkdir -p "$ROWS"

# --- the server -------------------------------------------------------------------------------------------------------

# CPU of processes in ms so far: utime and stime of all their threads, and of children that ended.
cpu_ms() {
	for pid in "$@"; do
		sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null || :
	done | awk -v t="$TICKS" '{ s += $12 + $13 + $14 + $15 } END { printf "%.0f", s * 1000 / t }'
}

rss_kib() { awk '/^RssAnon|^RssShmem/ { s += $2 } END { print s }' "/proc/$1/status"; }
field() { echo "$2" | tr ' ' '\n' | sed -n "s/^$1=//p"; }
load() { cut -d' ' -f1 /proc/loadavg; }

# --- rows -------------------------------------------------------------------------------------------------------------

# row NAME WORK VALUE MUST AIM DETAIL COMMAND
row() {
	# shellcheck disable=SC2016
	printf '| %s | **%s** | %s | %s | %s | %s | `%s` |\n' "$2" "$3" "$4" "$5" "$6" "$(load), $(date -u +%H:%M)" "$7" >"$ROWS/$1"
	cat "$ROWS/$1"
}

want() {
	[ -z "$ASKED" ] && return 0
	case " $ASKED " in *" $1 "*) return 0 ;; esac
	return 1
}

# hammer PIDS CONNECTIONS PATHS_FILE [HEADER VALUE]…: sets RPS P50 P99 BYTES ERRORS CPU (ms a request)
hammer() {
	pids=$1 connections=$2 file=$3
	shift 3
	# shellcheck disable=SC2086
	before=$(cpu_ms $pids)
	out=$(wrk -t2 -c"$connections" -d"${EACH}s" --timeout 10s -s bench/paths.lua "$URL" -- "$file" "$@" | grep '^WRK')
	# shellcheck disable=SC2086
	after=$(cpu_ms $pids)
	RPS=$(field rps "$out") P50=$(field p50_us "$out") P99=$(field p99_us "$out") BYTES=$(field bytes "$out") ERRORS=$(field errors "$out")
	CPU=$(echo "$before $after $(field requests "$out")" | awk '{ printf "%.4f", $3 ? ($2 - $1) / $3 : 0 }')
	[ -z "$SERVER" ] || PEAK=$(printf '%s\n' "${PEAK:-0}" "$(rss_kib "$SERVER")" | sort -n | tail -n 1)
	DETAIL="$RPS req/s, p50 $P50 µs, p99 $P99 µs, $BYTES bytes, $ERRORS errors"
}

# rounds PIDS CONNECTIONS PATHS_FILE [HEADER VALUE]…: hammers some times; CPU and DETAIL are of the round in the middle by CPU, ALL
# has the CPU of each
rounds() {
	done=''
	for _ in $(seq "$ROUNDS"); do
		EACH=$ROUND_SECONDS hammer "$@"
		done="$done$CPU $DETAIL
"
	done
	done=$(printf %s "$done" | sort -n)
	middle=$(echo "$done" | sed -n "$(((ROUNDS + 1) / 2))p")
	CPU=${middle%% *} DETAIL=${middle#* } ALL=$(echo "$done" | cut -d' ' -f1 | paste -sd' ')
}

page() { # NAME WORK PATHS CONNECTIONS MUST AIM [HEADER VALUE]…
	want "$1" || return 0
	name=$1 work=$2 paths=$3 connections=$4 must=$5 aim=$6
	shift 6
	rounds "$SERVER" "$connections" "$PATHS/$paths.txt" "$@"
	echo "$CPU" >"$ROWS/$name.cpu"
	row "$name" "$work" "$CPU ms CPU" "$must" "$aim" "$ALL; $DETAIL" "wrk -t2 -c$connections -d${ROUND_SECONDS}s, $paths.txt"
}

# Waits until the server has no more background work to do, such as reading posts anew for a new model of text.
settle() {
	for _ in $(seq 900); do
		before=$(cpu_ms "$SERVER")
		sleep 1
		[ $(($(cpu_ms "$SERVER") - before)) -gt 20 ] || return 0
	done
	echo 'run.sh: the server is still busy by itself; the rows of pages count that too' >&2
}

# members_paths FILE: the pages of members as the server leads from one to the next. Whether it orders them by places or by published
# figures depends on what it has computed since the data were made.
members_paths() {
	path=/members
	for _ in $(seq 1000); do
		echo "$path"
		path=$(curl -s "$URL$path" | sed -n 's/.*href="\(\/members?after=[^"]*\)" rel="next".*/\1/p')
		[ -n "$path" ] || break
	done | shuf >"$1"
}

# as_role ROLE: gives the bencher a role, as it is until the next; signs in.
as_role() {
	"$HEARTH" user role bencher "$1" --data "$DATA" >/dev/null
	sign_in
	[ -n "$COOKIE" ] || echo 'run.sh: signing in failed' >&2
}

# The pages that only managers and administrators see, and some that they see more of: CPU of each, one after the other.
STAFF_PAGES='/ /board /board?period=365d&against=year /board/superusers /board/rules /board/fairplay /programme /asking /insight
/insight/spam /insight/corrections /reports /admin/settings /reputation /members /tags /sitemap.xml /feed.atom'
staff() {
	list='' worst=0
	for path in $STAFF_PAGES $(head -n 1 "$PATHS/topic.txt") $(head -n 1 "$PATHS/profile.txt") $(head -n 1 "$PATHS/profile.txt")/why; do
		curl -s -o /dev/null -H "Cookie: $COOKIE" "$URL$path"
		before=$(cpu_ms "$SERVER")
		# shellcheck disable=SC2046
		curl -s -H "Cookie: $COOKIE" $(for _ in $(seq 40); do echo "-o /dev/null $URL$path"; done)
		each=$(echo "$before $(cpu_ms "$SERVER")" | awk '{ printf "%.1f", ($2 - $1) / 40 }')
		case $path in /t/*) path='a topic' ;; */why) path='why a score' ;; /m/*) path='a profile' ;; esac
		list="$list $path $each;"
		worst=$(printf '%s\n%s\n' "$worst" "$each" | sort -n | tail -n 1)
	done
	row staff 'pages as an administrator sees them, the slowest' "$worst ms CPU" – – "${list# }" "curl, 40 times each"
}

pages() {
	PEAK=0
	start --data "$DATA" --page-cache 0
	settle
	page topic 'topic page, guest, cache off' topic 8 '0.12 ms' '0.08 ms'
	page topic-coded 'the same, asked for zstd, br, gzip (as browsers do)' topic 8 – – Accept-Encoding 'gzip, deflate, br, zstd'
	page hot 'pages of the 1,200-post topic, guest, cache off' hot 8 – –
	page space 'space list, cache off' space 8 '0.12 ms' '0.08 ms'
	page home 'home, cache off' home 8 '0.12 ms' '0.08 ms'
	page profile 'profile, cache off' profile 8 '0.12 ms' '0.08 ms'
	! want members || members_paths "$PATHS/members.txt"
	page members 'members by reputation, cache off' members 8 '0.12 ms' '0.08 ms'
	page search-mid 'search, a word of 200-600 posts' search-mid 4 '1 ms' '0.5 ms'
	page search-common 'search, a pair in 500-2,000 posts' search-common 4 '5 ms' '2 ms'
	if want signed; then
		as_role member
		page signed 'topic page, signed in' topic 8 '0.2 ms' '0.12 ms' Cookie "$COOKIE"
	fi
	if want moderator; then
		as_role moderator
		page moderator 'topic page, as a moderator' topic 8 – – Cookie "$COOKIE"
	fi
	if want staff; then
		as_role admin
		staff
	fi
	if want moderator || want staff; then as_role member; fi
	start --data "$DATA"
	settle
	head -n 200 "$PATHS/topic.txt" >"$PATHS/topic-few.txt"
	if want cached; then
		EACH=2 hammer "$SERVER" 8 "$PATHS/topic-few.txt"
		page cached 'topic page, guest, cached' topic-few 8 '0.03 ms' '0.015 ms'
	fi
}

posting() { # NAME CLIENTS MUST AIM
	want "$1" || return 0
	# On a copy, so that the data stays what it is.
	rm -rf "$BENCH_DATA/copy"
	cp -r "$DATA" "$BENCH_DATA/copy"
	token=$("$HEARTH" token create --member bencher --data "$BENCH_DATA/copy")
	sync_us=$(field fdatasync_p50_us "$("$CLIENT" fsync "$BENCH_DATA/fsync.tmp" 500)")
	start --data "$BENCH_DATA/copy"
	settle
	before=$(cpu_ms "$SERVER")
	out=$("$CLIENT" post "$PORT" "$token" "$PATHS/topic.txt" "$2" "$EACH")
	after=$(cpu_ms "$SERVER")
	cpu=$(echo "$before $after $(field requests "$out")" | awk '{ printf "%.3f", $3 ? ($2 - $1) / $3 : 0 }')
	row "$1" "posting durably over HTTP, $2 clients" "$(field rps "$out") posts/s" "$3/s" "$4/s" \
		"fdatasync p50 $sync_us µs, p50 $(field p50_us "$out") µs, p99 $(field p99_us "$out") µs, $cpu ms CPU, $(field failed "$out") failed" \
		"bench-client post PORT TOKEN topic.txt $2 $EACH"
	stop
	rm -rf "$BENCH_DATA/copy"
}

fsync_row() {
	want fsync || return 0
	out=$("$CLIENT" fsync "$BENCH_DATA/fsync.tmp" 1000)
	row fsync 'fdatasync of a 4 KiB overwrite (the machine)' "$(field fdatasync_p50_us "$out") µs" – – "p99 $(field fdatasync_p99_us "$out") µs" 'bench-client fsync FILE 1000'
}

start_row() {
	want start || return 0
	for i in 1 2 3 4 5; do
		"$CLIENT" first "$PORT" "$(head -n "$i" "$PATHS/topic.txt" | tail -n 1)" "$HEARTH" serve --data "$DATA" --listen "127.0.0.1:$PORT" 2>/dev/null
	done | sed 's/first_page_ms=\([^ ]*\) stop_ms=\([^ ]*\) exit=\(.*\)/\1 \2 \3/' | sort -n >"$BENCH_DATA/start.txt"
	row start 'start to first page (a topic)' "$(sed -n '3s/ .*//p' "$BENCH_DATA/start.txt") ms" '150 ms' '50 ms' \
		"5 starts: $(cut -d' ' -f1 "$BENCH_DATA/start.txt" | tr '\n' ' ')ms; SIGTERM to exit $(sed -n '3s/^[^ ]* \([^ ]*\) .*/\1/p' "$BENCH_DATA/start.txt") ms; exit codes $(cut -d' ' -f3 "$BENCH_DATA/start.txt" | tr '\n' ' ')" \
		'bench-client first PORT PATH hearth serve'
}

memory_row() {
	want memory || return 0
	start --data "$DATA"
	for n in topic home search-mid; do curl -s -o /dev/null "$URL$(head -n 1 "$PATHS/$n.txt")"; done
	idle=$(rss_kib "$SERVER")
	most=$idle
	for n in topic space search-common profile; do
		wrk -t2 -c64 -d4s -s bench/paths.lua "$URL" -- "$PATHS/$n.txt" >/dev/null &
		w=$!
		while kill -0 "$w" 2>/dev/null; do
			now=$(rss_kib "$SERVER")
			[ "$now" -le "$most" ] || most=$now
			sleep 0.2
		done
	done
	row memory 'memory with this data (RssAnon + RssShmem), idle / under load' "$(echo "$idle $most" | awk '{ printf "%.1f / %.1f MB", $1 / 1024, $2 / 1024 }')" '60 / 120 MB' '40 / 80 MB' \
		"64 connections over topic, space, search-common, profile with the 16 MiB page cache on; after it $(($(rss_kib "$SERVER") / 1024)) MB" "/proc/PID/status"
}

idle_row() {
	want idle || return 0
	start --data "$DATA"
	files=$(awk '/^Max open files/ { print $5 == "unlimited" ? 1000000 : $5 }' /proc/self/limits) # the hard limit; both sides raise theirs
	n=5000
	[ "$files" -gt 5200 ] || n=$((files - 200))
	wrk -t2 -c64 -d2s -s bench/paths.lua "$URL" -- "$PATHS/topic.txt" >/dev/null # so that pools have grown already
	sleep 1
	before=$(rss_kib "$SERVER")
	rm -f "$BENCH_DATA/idle.txt" # of a run before
	mkfifo "$BENCH_DATA/hold" 2>/dev/null || :
	"$CLIENT" idle "$PORT" "$n" /healthz <"$BENCH_DATA/hold" >"$BENCH_DATA/idle.txt" &
	exec 9>"$BENCH_DATA/hold"
	i=0
	until [ -s "$BENCH_DATA/idle.txt" ] || [ "$i" -gt 300 ]; do
		sleep 0.1
		i=$((i + 1))
	done
	sleep 0.5
	after=$(rss_kib "$SERVER")
	exec 9>&-
	open=$(field open "$(cat "$BENCH_DATA/idle.txt")")
	rm -f "$BENCH_DATA/hold"
	row idle "$open idle keep-alive connections" "$(echo "$before $after $open" | awk '{ printf "%.2f KiB", ($2 - $1) / $3 }') each" '8 KB' '3 KB' "$before KiB before, $after KiB with them" "bench-client idle PORT $n /healthz"
}

disk_row() {
	want disk || return 0
	# The views that the benchmark's own readers left are no part of a post.
	seen=$(sqlite3 "$DATA/sites/main.db" "SELECT sum(pgsize) FROM dbstat WHERE name = 'observation' AND aggregate = TRUE")
	bytes=$(($(stat -c %s "$DATA/sites/main.db") - seen))
	posts=$(sed -n 's/.* posts=\([0-9]*\).*/\1/p' "$BENCH_DATA/fill.txt")
	row disk 'disk a post, index included' "$(echo "$bytes $posts" | awk '{ printf "%.0f bytes", $1 / $2 }')" '1.3 KB' '1.0 KB' "$bytes bytes of database after checkpoint, without $seen bytes of views that the benchmark left; $posts posts" 'stat main.db'
}

import_row() {
	want import || return 0
	dump=${DUMP:-../shared/data/stackexchange/quantumcomputing-2018-09}
	rm -rf "$BENCH_DATA/import"
	"$HEARTH" init --data "$BENCH_DATA/import" >/dev/null
	begin=$(date +%s%N)
	"$HEARTH" import stackexchange "$dump" --data "$BENCH_DATA/import" >"$BENCH_DATA/import.log" 2>&1 &
	pid=$!
	peak=0 cpu=0
	while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
		peak=$now
		cpu=$(cpu_ms "$pid")
		sleep 0.02
	done
	if wait "$pid"; then
		ms=$((($(date +%s%N) - begin) / 1000000))
		rows=$(cat "$dump"/*.xml | grep -c '<row ')
		row import 'import of a Stack Exchange dump' "$(echo "$rows $ms" | awk '{ printf "%.0f rows/s", $1 * 1000 / $2 }')" '30,000 rows/s, 64 MB' '60,000 rows/s' "$rows rows in $ms ms, $cpu ms CPU, peak RSS $((peak / 1024)) MB, files mapped included" 'hearth import stackexchange'
	else
		row import 'import of a Stack Exchange dump' 'not measured' '30,000 rows/s, 64 MB' '60,000 rows/s' "$(tail -n 1 "$BENCH_DATA/import.log" | tr '|' ' ')" 'hearth import stackexchange'
	fi
	rm -rf "$BENCH_DATA/import"
}

nginx_row() {
	want nginx || return 0
	stop
	dir=$BENCH_DATA/nginx
	mkdir -p "$dir/root"
	start --data "$DATA" --page-cache 0
	: >"$dir/sizes"
	head -n 50 "$PATHS/topic.txt" | while read -r p; do curl -s "$URL$p" | wc -c >>"$dir/sizes"; done
	stop
	size=$(awk '{ s += $1 } END { printf "%d", s / NR }' "$dir/sizes")
	head -c "$size" /dev/zero | tr '\0' x >"$dir/root/page.html"
	cat >"$dir/nginx.conf" <<-END
		worker_processes 2;
		daemon off;
		pid $dir/pid;
		error_log $dir/error.log;
		events { worker_connections 1024; }
		http {
			access_log off; sendfile on; keepalive_requests 100000000; default_type text/html;
			client_body_temp_path $dir/t; proxy_temp_path $dir/t; fastcgi_temp_path $dir/t; uwsgi_temp_path $dir/t; scgi_temp_path $dir/t;
			server { listen 127.0.0.1:$PORT reuseport; root $dir/root; }
		}
	END
	chmod 755 "$BENCH_DATA" "$dir" "$dir/root"
	nginx -c "$dir/nginx.conf" -p "$dir" -g 'user root;' 2>/dev/null &
	master=$!
	sleep 1
	echo /page.html >"$dir/path.txt"
	SERVER='' rounds "$(cat /proc/$master/task/$master/children)" 8 "$dir/path.txt"
	kill "$master"
	wait "$master" 2>/dev/null || :
	ratio=''
	for r in topic cached; do
		[ ! -f "$ROWS/$r.cpu" ] || ratio="$ratio $r = $(echo "$(cat "$ROWS/$r.cpu") $CPU" | awk '{ printf "%.1f", $2 ? $1 / $2 : 0 }') ×;"
	done
	row nginx "nginx, a static file of the size of a topic page ($size bytes)" "$CPU ms CPU" – – "$ALL; $DETAIL; ours to it:$ratio" "wrk -t2 -c8 -d${ROUND_SECONDS}s"
}

pg_row() {
	want pg || return 0
	if ! PG_FSYNC=on tools/pg-test.sh sh bench/run.sh pg-inside; then
		row pg 'topic page on PostgreSQL, CPU of server and database' 'not measured' '1 ms' '0.5 ms' "$(tail -n 1 "$BENCH_DATA/pg.log" | cut -c1-200 | tr '|' ' ')" 'tools/pg-test.sh'
	fi
}

pg_inside() { # with a cluster of its own
	topics=${PG_TOPICS:-2000}
	mkdir -p "$BENCH_DATA/pg-paths"
	"$HEARTH" init --db "$HEARTH_TEST_PG" >"$BENCH_DATA/pg.log" 2>&1
	"$BUILD/bench/bench-fill" "$HEARTH_TEST_PG" "$topics" "$BENCH_DATA/pg-paths" >>"$BENCH_DATA/pg.log" 2>&1
	psql -q "$HEARTH_TEST_PG" -c 'VACUUM ANALYZE'
	start --db "$HEARTH_TEST_PG" --page-cache 0
	PATHS=$BENCH_DATA/pg-paths
	EACH=1 hammer "$SERVER" 8 "$PATHS/topic.txt" # opens the connections
	postmaster=$(psql -qAt "$HEARTH_TEST_PG" -c "SELECT pg_read_file('postmaster.pid')" | head -n 1)
	pids="$SERVER $(cat "/proc/$postmaster/task/$postmaster/children")"
	hammer "$pids" 8 "$PATHS/topic.txt"
	row pg "topic page on PostgreSQL ($topics topics), CPU of server and database" "$CPU ms CPU" '1 ms' '0.5 ms' "$DETAIL" "wrk -t2 -c8 -d${EACH}s, topic.txt"
	hammer "$pids" 4 "$PATHS/search-mid.txt"
	row pg-search "search of a word of 200-600 posts on PostgreSQL ($topics topics)" "$CPU ms CPU" – – "$DETAIL" "wrk -t2 -c4 -d${EACH}s, search-mid.txt"
}

grow_row() {
	want grow || return 0
	stop
	for topics in ${GROW-2000 200000}; do
		BENCH_DATA=$BENCH_DATA-$topics TOPICS=$topics sh bench/data.sh >/dev/null
		start --data "$BENCH_DATA-$topics/data" --page-cache 0
		settle
		text=''
		for n in topic space home profile members search-mid search-common; do
			connections=8
			[ "${n#search}" = "$n" ] || connections=4
			[ "$n" != members ] || members_paths "$BENCH_DATA-$topics/paths/members.txt"
			rounds "$SERVER" "$connections" "$BENCH_DATA-$topics/paths/$n.txt"
			text="$text $n $CPU;"
		done
		row "grow-$topics" "the pages at $topics topics, cache off, CPU ms" "see beside" – – "$text" "GROW=$topics bench/run.sh grow"
	done
	stop
}

results() {
	kept=$(sed -n '2,${/^<!-- /,$p}' bench/RESULTS.md 2>/dev/null) # sections of others
	{
		echo '<!-- Written by bench/run.sh: do not edit. bench/README.md says how to read it. -->'
		echo '# Measured'
		echo
		echo "$(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(uname -sr), SQLite $(sqlite3 --version 2>/dev/null | cut -d' ' -f1), $(date -u +%Y-%m-%dT%H:%MZ). \`hearth\` is \`build/release/hearth\`; server and load generator share the cores. A row keeps its figure until it is measured anew: those without a time beside the load are of an earlier build of the day."
		echo
		echo '```'
		cat "$BENCH_DATA/fill.txt"
		echo '```'
		echo
		echo '| work | measured | must | aim | details | load 1 min, UTC | command |'
		echo '|---|---|---|---|---|---|---|'
		for r in topic topic-coded cached signed moderator staff hot space home profile members search-mid search-common post-1 post-64 fsync import memory start disk idle pg pg-search nginx grow-2000 grow-20000 grow-200000; do
			[ ! -f "$ROWS/$r" ] || cat "$ROWS/$r"
		done
		[ -z "$kept" ] || printf '\n%s\n' "$kept"
	} >bench/RESULTS.md
}

ASKED="$*"
if [ "$ASKED" = pg-inside ]; then
	ASKED=''
	pg_inside
	exit 0
fi
[ -n "${NO_BUILD:-}" ] || ninja -C "$BUILD" --quiet bench/bench-client bench/bench-fill
fsync_row
start_row
case " $ASKED " in
'  ' | *topic* | *hot* | *cached* | *signed* | *moderator* | *staff* | *space* | *home* | *profile* | *members* | *search*) pages ;;
esac
stop
memory_row
idle_row
stop
disk_row
nginx_row
posting post-1 1 400 700
posting post-64 64 2,500 6,000
import_row
pg_row
grow_row
results
echo "bench/RESULTS.md is written"
