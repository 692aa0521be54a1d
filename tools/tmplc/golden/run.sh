#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Golden tests of tmplc. Prints `ok NAME` or `not ok NAME`; exit code 1 if any failed.
#   ok/NAME.html      rendered with the values of main.c, equals ok/NAME.out        run.sh --update rewrites those
#   refuse/NAME.html  {# expect: LINE TEXT #} in its first line: tmplc fails there, saying TEXT
#   types/NAME.html   {# expect: LINE #}: tmplc accepts, the C compiler fails at that line of the template
# TMPLC and CC may name the programs; without TMPLC it is built first.
set -u
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cc=${CC:-cc}
src=../../../src
failed=0
flags="-std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
	-Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings -Wswitch-enum -fno-common -Werror
	-I$src -I. -I$tmp"
case $($cc --version) in *clang*) flags="$flags -Wno-gnu" ;; esac

say() { # outcome name
	[ "$1" = ok ] || failed=1
	echo "$1 $2"
}

tmplc=${TMPLC:-}
if [ -z "$tmplc" ]; then
	tmplc=$tmp/tmplc
	$cc -std=gnu17 -D_GNU_SOURCE -O1 -o "$tmplc" ../*.c || exit 1
fi

expect() { sed -n '1s/.*{# expect: \(.*\) #}.*/\1/p' "$1"; }

# --- accepted -----------------------------------------------------------------------------------------------------------
"$tmplc" --name golden --catalogue messages.en.txt --out-h "$tmp/golden_html.h" --out-c "$tmp/golden_html.c" ok/*.html ||
	exit 1
"$tmplc" --messages --catalogue messages.en.txt --out-c "$tmp/messages_gen.c" || exit 1
for f in ok/*.html; do
	n=$(basename "$f" .html)
	echo "{\"$n\", html_golden_$n},"
done >"$tmp/cases.inc"
echo '#define ICON_CHECK "/assets/icons.0123456789.svg#i-check"' >"$tmp/assets_gen.h"
# shellcheck disable=SC2086
if ! $cc $flags -o "$tmp/render" main.c "$tmp/golden_html.c" "$tmp/messages_gen.c" $src/web/html.c $src/web/i18n.c \
	$src/base/buf.c $src/base/str.c $src/base/arena.c $src/base/time.c $src/base/id.c $src/base/status.c; then
	echo 'not ok compile'
	exit 1
fi
for f in ok/*.html; do
	n=$(basename "$f" .html)
	"$tmp/render" "$n" >"$tmp/$n.out"
	[ "${1:-}" != --update ] || cp "$tmp/$n.out" "ok/$n.out"
	if cmp -s "$tmp/$n.out" "ok/$n.out"; then
		say ok "$n"
	else
		diff "ok/$n.out" "$tmp/$n.out" | sed 's/^/# /'
		say 'not ok' "$n"
	fi
done

# --- refused by the tool --------------------------------------------------------------------------------------------------
for f in refuse/*.html; do
	n=$(basename "$f" .html)
	want=$(expect "$f")
	line=${want%% *}
	text=${want#* }
	if "$tmplc" --name golden --catalogue messages.en.txt --out-h "$tmp/r.h" --out-c "$tmp/r.c" "$f" 2>"$tmp/err"; then
		echo '# accepted'
		say 'not ok' "refuse_$n"
	elif grep -qF "$f:$line: error: " "$tmp/err" && grep -qF -- "$text" "$tmp/err"; then
		say ok "refuse_$n"
	else
		sed 's/^/# /' "$tmp/err"
		say 'not ok' "refuse_$n"
	fi
done

# --- refused by the C compiler -----------------------------------------------------------------------------------------
for f in types/*.html; do
	n=$(basename "$f" .html)
	line=$(expect "$f")
	"$tmplc" --name golden --catalogue messages.en.txt --out-h "$tmp/t_html.h" --out-c "$tmp/t_html.c" "$f" || {
		say 'not ok' "types_$n"
		continue
	}
	# shellcheck disable=SC2086
	if $cc $flags -fsyntax-only "$tmp/t_html.c" 2>"$tmp/err"; then
		echo '# compiled'
		say 'not ok' "types_$n"
	elif grep -qE "^$f:$line:.*(error|in expansion of macro)" "$tmp/err"; then
		say ok "types_$n"
	else
		sed 's/^/# /' "$tmp/err"
		say 'not ok' "types_$n"
	fi
done
exit $failed
