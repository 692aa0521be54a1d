#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Abuses the HTTP server of src/net/http over the loopback and prints `ok NAME`, `not ok NAME`, `skip NAME reason`.
#
#   run.sh [address|thread|none]     the sanitiser (address stands for ASan and UBSan); 10 to 60 s
#   HOSTILE_CLIENTS=10320 HOSTILE_IDLE=8000 HOSTILE_THREADS=48 change the load
#
# Builds the server and the clients from the sources by itself: the build of the day may be of another kind.
set -u
cd "$(dirname "$0")/../.."
kind=${1:-address}
clients=${HOSTILE_CLIENTS:-10320}
idle=${HOSTILE_IDLE:-8000}
dir=$(mktemp -d "${TMPDIR:-/tmp}/hostile.XXXXXX")
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null; rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
case $kind in
address) flags='-fsanitize=address,undefined -fno-sanitize-recover=all' ;;
thread) flags='-fsanitize=thread' ;;
none) flags='' ;;
*) echo "run.sh: unknown kind $kind" >&2 && exit 2 ;;
esac
hard=$(ulimit -Hn)
[ "$hard" = unlimited ] || [ "$hard" -ge 1024 ] || { echo "skip hostile/all file limit $hard" && exit 0; }
ulimit -n "$hard" 2>/dev/null || :
# libevent's debug table is written without its lock; it is off, and the rest of libevent stays in one thread.
echo 'race:event_debug_note_' >"$dir/tsan"
TSAN_OPTIONS="suppressions=$dir/tsan halt_on_error=1 exitcode=66"
ASAN_OPTIONS=detect_leaks=1
export TSAN_OPTIONS ASAN_OPTIONS
code=$(find src/base src/net/http -name '*.c' ! -name '*_test.c' ! -name '*_testkit.c' ! -name '*_fuzz.c')
# shellcheck disable=SC2086,SC2046
if ! ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O1 -g $flags -Isrc -o "$dir/server" tests/hostile/server.c $code \
	$(pkg-config --cflags --libs libevent libevent_openssl openssl jansson) -lm -lpthread >"$dir/log" 2>&1 ||
	! ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O2 -o "$dir/abuse" tests/hostile/abuse.c -lpthread >>"$dir/log" 2>&1; then
	cat "$dir/log"
	echo 'not ok hostile/build'
	exit 1
fi
failed=0

# serve: starts the server and sets port
serve() {
	: >"$dir/out" # what the server before said is not to be read
	"$dir/server" "$@" >"$dir/out" 2>"$dir/err" &
	server=$!
	tries=0
	until grep -q '^port' "$dir/out"; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] && kill -0 "$server" 2>/dev/null || { cat "$dir/err" && echo 'not ok hostile/start' && exit 1; }
		sleep 0.1
	done
	port=$(sed -n 's/^port //p' "$dir/out")
}

# ended NAME: the server stops in order, reports nothing, and has given everything back
ended() {
	kill -TERM "$server" 2>/dev/null
	wait "$server"
	rc=$?
	server=
	sed -n 's/^requests/# requests/p; s/^cpu/# cpu/p' "$dir/out"
	if [ $rc -eq 0 ] && grep -q ' connections 0 streams 0 ' "$dir/out" && [ ! -s "$dir/err" ]; then echo "ok hostile/$1"; else
		head -n 60 "$dir/err"
		echo "the server ended with $rc"
		echo "not ok hostile/$1"
		failed=1
	fi
}

serve
timeout 120 "$dir/abuse" "$port" mix "$clients" "${HOSTILE_THREADS:-48}" || failed=1
ended "clean_end_after_abuse_$kind"
serve
timeout 120 "$dir/abuse" "$port" idle "$idle" "$server" || failed=1
ended "clean_end_after_idle_$kind"
# The same rudeness inside TLS, where a handshake can be left half done too.
if openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
	-keyout "$dir/key.pem" -out "$dir/cert.pem" >"$dir/log" 2>&1; then
	serve --cert "$dir/cert.pem" --key "$dir/key.pem"
	timeout 120 "${NODE:-node}" tests/hostile/tls.mjs "$port" "${HOSTILE_TLS:-1500}" || failed=1
	timeout 120 "$dir/abuse" "$port" mix 1000 "${HOSTILE_THREADS:-48}" >"$dir/log" 2>&1 # which speaks no TLS at all: only the end counts
	ended "clean_end_after_tls_$kind"
else
	cat "$dir/log"
	echo 'not ok hostile/certificate'
	failed=1
fi
exit $failed
