#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Golden tests of sqlc. Prints `ok NAME` or `not ok NAME`; exit code 1 if any failed.
#   ok/NAME.sql                 accepted against migrations/; the output equals ok/NAME_sql.{h,c} and compiles cleanly.
#                               run.sh --update rewrites those
#   refuse/NAME.sql             `-- expect: TEXT` in its first line: sqlc fails, and what it says holds TEXT after the
#                               name of the file (so `4: …` also checks the line)
#   refuse_migration/NAME.sql   the same for a migration
# SQLC and CC may name the programs; without SQLC it is built first.
set -u
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cc=${CC:-cc}
src=../../../src
failed=0
flags="-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
	-Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings -Wswitch-enum -fno-common -Werror
	-I$src -I$tmp"
case $($cc --version) in *clang*) flags="$flags -Wno-gnu" ;; esac

say() { # outcome name
	[ "$1" = ok ] || failed=1
	echo "$1 $2"
}

sqlc=${SQLC:-}
if [ -z "$sqlc" ]; then
	sqlc=$tmp/sqlc
	$cc -std=gnu17 -D_GNU_SOURCE -O1 -I$src -o "$sqlc" ../*.c $src/db/dialect.c $src/db/snowball.c $src/db/stem.c \
		-lsqlite3 -lstemmer -lutf8proc || exit 1
fi
case $sqlc in
/*) ;;
*/*) [ -x "$sqlc" ] || sqlc=../../../$sqlc ;;
esac

accepted() { # name
	"$sqlc" --name "$1" --queries "ok/$1.sql" --migrations migrations --out-h "$tmp/$1_sql.h" --out-c "$tmp/$1_sql.c" || return 1
	if [ "${update:-}" ]; then cp "$tmp/$1_sql.h" "$tmp/$1_sql.c" ok/ || return 1; fi
	for e in h c; do diff -u "ok/$1_sql.$e" "$tmp/$1_sql.$e" || return 1; done
	# shellcheck disable=SC2086
	$cc $flags -c -o "$tmp/$1.o" "$tmp/$1_sql.c"
}

refused() { # file migrations...
	file=$1
	shift
	expect=$(sed -n '1s/^-- expect: //p' "$file")
	queries=$file
	case $file in refuse_migration/*) queries=ok/kinds.sql ;; esac
	if "$sqlc" --name x --queries "$queries" "$@" --out-h "$tmp/x.h" --out-c "$tmp/x.c" 2>"$tmp/said"; then
		echo "accepted, wanted: $expect"
		return 1
	fi
	case $expect in
	[0-9]*) want="${file##*/}:$expect" ;;
	*) want=$expect ;;
	esac
	grep -qF -- "$want" "$tmp/said" && return 0
	echo "wanted: $want"
	cat "$tmp/said"
	return 1
}

update=
[ "${1:-}" != --update ] || update=yes
for f in ok/*.sql; do
	name=$(basename "$f" .sql)
	if accepted "$name"; then say ok "sqlc/ok/$name"; else say 'not ok' "sqlc/ok/$name"; fi
done
for f in refuse/*.sql; do
	if refused "$f" --migrations migrations; then say ok "sqlc/${f%.sql}"; else say 'not ok' "sqlc/${f%.sql}"; fi
done
for f in refuse_migration/*.sql; do
	dir=$tmp/$(basename "$f" .sql)
	mkdir "$dir"
	cp "$f" "$dir/"
	if refused "$f" --migrations "$dir"; then say ok "sqlc/${f%.sql}"; else say 'not ok' "sqlc/${f%.sql}"; fi
done
exit $failed
