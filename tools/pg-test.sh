#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# pg-test.sh COMMAND…
# Runs a command with a PostgreSQL cluster of its own: made in a temporary folder, reached over a Unix socket (and a
# free loopback port, which names the socket), stopped and removed afterwards, also after a signal. The command finds its
# URL in HEARTH_TEST_PG. PostgreSQL refuses to run as root, so root hands the cluster to the user postgres.
#
#   PG_BIN        folder of initdb and postgres; else the newest of Debian's
#   PG_FSYNC=on   durable commits, for measuring; off otherwise, since the cluster is thrown away
set -u
LC_ALL=C.UTF-8
export LC_ALL
if [ $# -eq 0 ]; then
	echo 'pg-test.sh: give a command to run' >&2
	exit 2
fi
bin=${PG_BIN:-}
if [ -z "$bin" ]; then
	bin=$(for d in /usr/lib/postgresql/*/bin; do [ ! -x "$d/initdb" ] || echo "$d"; done | sort -t/ -k5 -n | tail -n 1)
fi
if [ ! -x "$bin/initdb" ]; then
	echo 'pg-test.sh: PostgreSQL is not installed (apt-get install postgresql)' >&2
	exit 77
fi

dir=$(mktemp -d /tmp/hearth-pg-XXXXXX) # short, since the path of a socket may have 107 bytes only
as=''
if [ "$(id -u)" -eq 0 ]; then
	chown postgres "$dir"
	as='setpriv --reuid=postgres --regid=postgres --init-groups --reset-env'
fi
chmod 711 "$dir"

stop() {
	trap - EXIT INT TERM HUP
	# shellcheck disable=SC2086
	[ ! -f "$dir/data/postmaster.pid" ] || (cd / && $as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1)
	rm -rf "$dir"
}
trap stop EXIT
trap 'stop; exit 130' INT TERM HUP

# shellcheck disable=SC2086
if ! (cd / && $as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$dir/initdb.log" 2>&1); then
	cat "$dir/initdb.log" >&2
	exit 1
fi
# A port that somebody took between the look and the start is tried anew.
tries=0
while :; do
	port=$(od -An -N2 -tu2 /dev/urandom | awk '{ print 20000 + $1 % 12000 }')
	# shellcheck disable=SC2086
	if (cd / && $as "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/data/log" -o "-p $port -k $dir -c listen_addresses=127.0.0.1 \
		-c fsync=${PG_FSYNC:-off} -c full_page_writes=${PG_FSYNC:-off} -c synchronous_commit=on -c max_connections=150 \
		-c shared_buffers=64MB" start >/dev/null 2>&1); then
		break
	fi
	tries=$((tries + 1))
	if [ "$tries" -ge 5 ]; then
		cat "$dir/data/log" >&2
		exit 1
	fi
done
HEARTH_TEST_PG="postgresql://postgres@/postgres?host=$dir&port=$port"
export HEARTH_TEST_PG
"$@"
rc=$?
stop
exit $rc
