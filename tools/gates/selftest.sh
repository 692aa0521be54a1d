#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# A gate that never fails proves nothing: plants one violation of each kind in a small tree and expects the refusal, and
# expects the same tree without it to pass.
. "$(dirname "$0")/lib.sh"
if [ "$ROOT" != "$HERE" ]; then exit 0; fi
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

fresh() {
	rm -rf "${tree:?}"/*
	mkdir -p "$tree/src/base" "$tree/src/db" "$tree/src/net" "$tree/src/core" "$tree/src/features/a" "$tree/src/features/b" \
		"$tree/tools/gates" "$tree/tests" "$tree/deps" "$tree/build/src"
	cp "$HERE"/deps/*.txt "$tree/deps/"
	cp "$HERE/package.json" "$HERE/package-lock.json" "$HERE/NOTICE" "$HERE/.clang-format" "$tree/"
	: >"$tree/tools/gates/size.allow"
	: >"$tree/tools/gates/globals.allow"
	printf 'b\na\n' >"$tree/src/features/ORDER"
	printf 'a b\n' >"$tree/src/features/DEPS"
	put src/base/x.h '#pragma once' 'int base_x(int v);'
	put src/base/x.c '#include "base/x.h"' '' 'int base_x(int v) { return v; }'
	put src/net/n.h '#pragma once' 'int net_n(void);'
	put src/core/c.h '#pragma once' '#include "base/x.h"'
	put src/features/b/b.h '#pragma once' '#include "core/c.h"'
	put src/features/b/secret.h '#pragma once'
	put src/features/b/model.c '#include "b/b.h"' '#include "secret.h"'
	put src/features/a/a.h '#pragma once' '#include "b/b.h"'
	put src/features/a/model.c '#include "a/a.h"'
	put src/features/a/pages.c '#include "a/a.h"'
}

# put FILE LINE…: a source with its licence line
put() {
	put_to=$tree/$1
	shift
	{
		echo '// SPDX-License-Identifier: AGPL-3.0-or-later'
		for put_line; do printf '%s\n' "$put_line"; done
	} >"$put_to"
}

# compile UNIT LINE…: a library of the build with one object
compile() {
	unit=$1
	shift
	{ for l; do printf '%s\n' "$l"; done; } >"$tree/build/$unit.c"
	gcc -c -fPIC -o "$tree/build/$unit.o" "$tree/build/$unit.c" && ar rcs "$tree/build/src/lib$unit.a" "$tree/build/$unit.o"
}

judge() { ROOT=$tree BUILD=$tree/build sh "$HERE/tools/gates/$1.sh"; }

# refuses NAME GATE PATTERN: the gate of the planted tree fails, and says what is wrong
refuses() {
	if out=$(judge "$2" 2>&1); then
		echo "$out"
		echo "the planted violation went through"
		echo "not ok selftest/$1"
		failed=1
	elif echo "$out" | grep -qE "$3"; then
		echo "ok selftest/$1"
	else
		echo "$out"
		echo "it fails without saying $3"
		echo "not ok selftest/$1"
		failed=1
	fi
	fresh
}

fresh
compile db 'extern int sqlite3_open(const char *, void **); int f(void); int f(void) { return sqlite3_open("", 0); }'
compile net 'extern void event_free(void *); void g(void); void g(void) { event_free(0); }'
compile core 'static const char *const NAMES[] = {"a", "b"}; const char *name(int i); const char *name(int i) { return NAMES[i]; }'
for g in floors source format size symbols deps; do
	if out=$(judge $g 2>&1); then echo "ok selftest/clean-$g"; else
		echo "$out"
		echo "not ok selftest/clean-$g"
		failed=1
	fi
done
fresh

put src/base/y.c '#include "core/c.h"'
refuses base-includes-ours floors 'base includes nothing'
put src/core/y.c '#include "a/a.h"'
refuses floor-above floors 'is above floor'
put src/features/a/model.c '#include "net/n.h"'
refuses model-net floors 'knows neither net nor web'
put src/features/a/pages.c '#include "net/n.h"'
refuses pages-net floors 'never include net'
put src/features/a/model.c '#include "b/secret.h"'
refuses private-header floors 'is public'
put src/features/a/model.c '#include "b_sql.h"'
refuses private-generated floors 'private to b'
: >"$tree/src/features/DEPS"
refuses undeclared-feature floors 'DEPS does not say'
echo 'b a' >>"$tree/src/features/DEPS"
refuses cycle floors 'cycle'
echo b >"$tree/src/features/ORDER"
refuses not-in-order floors 'does not name a'
put src/core/y.c '#include <sqlite3.h>'
refuses sqlite-header floors 'only src/db'
put src/core/y.c '#include <event2/event.h>'
refuses libevent-header floors 'only src/net'

put src/core/y.c 'void *y(void);' 'void *y(void) { return malloc(1); }'
refuses banned source 'malloc'
put src/core/y.h '#pragma once' '#define Y(s) strcpy(s, s)'
refuses banned-in-header source 'strcpy'
put src/core/y.c '// an exit(1) in a comment, and "exit(2)" in a text, are nothing' 'const char *y = "printf(";'
if judge source >/dev/null; then echo 'ok selftest/banned-not-in-text'; else echo 'not ok selftest/banned-not-in-text' && failed=1; fi
fresh
echo 'int y;' >"$tree/src/core/y.c"
refuses spdx source 'no SPDX'
echo 'a = 1' >"$tree/src/core/y.toml"
refuses spdx-toml source 'no SPDX'
put src/core/y.c '// see /''home/somebody/notes'
refuses private-path source 'somebody'
put src/core/y.c '// TO''DO later'
refuses fixme source 'later'
put src/core/y.c 'int  y( void ) {return 1;}'
refuses format format 'not formatted'
put src/core/y.cc 'int  y( void ) {return 1;}'
refuses format-shim format 'not formatted'

{ echo '// SPDX-License-Identifier: AGPL-3.0-or-later' && yes '' | head -n 600; } >"$tree/src/core/y.c"
refuses file-size size '601 lines, limit 600|601 lines'
{ echo '// SPDX-License-Identifier: AGPL-3.0-or-later' && yes '' | head -n 200; } >"$tree/src/core/y.h"
refuses header-size size 'y.h: 201 lines'
{ echo '// SPDX-License-Identifier: AGPL-3.0-or-later' && yes '' | head -n 150; } >"$tree/src/core/y.cc"
refuses shim-size size 'y.cc: 151 lines'
{ echo 'int y(int x)' && echo '{' && yes '	x++;' | head -n 70 && echo '	return x;' && echo '}'; } >"$tree/src/core/y.c"
refuses function-size size 'y: 7[0-9] lines'
{ echo 'int y(int x)' && echo '{' && yes '	if (x > 1) x--;' | head -n 15 && echo '	return x;' && echo '}'; } >"$tree/src/core/y.c"
refuses complexity size '16 complexity'
for i in 1 2 3 4 5; do yes '' | head -n 500 >"$tree/src/features/a/part$i.c"; done
refuses feature-size size 'features/a: 25'
echo 'src/core/c.h lines 300' >"$tree/tools/gates/size.allow"
refuses exception-without-reason size 'reason'
echo 'src/core/c.h lines 300 it was long once' >"$tree/tools/gates/size.allow"
refuses exception-unused size 'no longer needed'

compile core 'extern int sqlite3_open(const char *, void **); int f(void); int f(void) { return sqlite3_open("", 0); }'
refuses sqlite-symbol symbols 'sqlite3_open'
compile web 'extern void *PQexec(void *, const char *); void *f(void); void *f(void) { return PQexec(0, ""); }'
refuses libpq-symbol symbols 'PQexec'
compile core 'extern void curl_easy_init(void); void g(void); void g(void) { curl_easy_init(); }'
refuses curl-symbol symbols 'curl_easy_init'
compile core 'int counter;'
refuses global symbols 'counter can change'
compile core 'int f(void); int f(void) { static int calls = 3; return ++calls; }'
refuses global-static symbols 'calls can change'
compile core 'static _Thread_local int here; int f(void); int f(void) { return ++here; }'
refuses global-thread symbols 'here can change'

echo 'another | MIT | nothing' >>"$tree/deps/apt.txt"
refuses notice deps 'not up to date'
sed -i 's|"integrity"|"resolved": "x", &|' "$tree/package-lock.json"
refuses lock deps 'resolved'
# What the tests used is added up after them (tools/coverage.sh): a query that none ran, a route that none reached.
used() {
	find "$HERE/src" -name queries.sql -exec sed -n 's/^-- name: \([a-z0-9_]*\) .*/query \1/p' {} +
	printf 'known-route GET /\nknown-route GET /x\nroute GET /\nroute GET /x\n'
}
used >"$tree/trace"
if "$HERE/tools/coverage.sh" "$tree/trace" >/dev/null; then echo 'ok selftest/coverage-clean'; else echo 'not ok selftest/coverage-clean' && failed=1; fi
for lost in 'query setting_find' 'route GET /x'; do
	used | grep -vx "$lost" >"$tree/trace"
	if "$HERE/tools/coverage.sh" "$tree/trace" >"$tree/out" || ! grep -qx "${lost#* }" "$tree/out"; then
		echo "not ok selftest/coverage-without-$(echo "$lost" | tr ' /' '--')"
		failed=1
	else echo "ok selftest/coverage-without-$(echo "$lost" | tr ' /' '--')"; fi
done
exit $failed
