#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Finds what the build is made of, so that nobody keeps lists of files by hand. Prints paths relative to the root,
# one a line, sorted; nothing for a folder that does not exist.
#
#   sources.sh code DIR…      .c and .cc files of the library: not *_test.c, *_fuzz.c, *_testkit.c, main.c
#   sources.sh tests DIR…     *_test.c            sources.sh fuzzers DIR…   *_fuzz.c
#   sources.sh testkits DIR… *_testkit.c: helpers for the tests of this folder and of the floors above
#   sources.sh main DIR       DIR/main.c          sources.sh queries DIR    DIR/queries.sql
#   sources.sh views DIR      DIR/views/*.html    sources.sh migrations DIR DIR/migrations/*.sql
#   sources.sh assets DIR     every file under DIR  sources.sh packs DIR      DIR/packs/*.toml
#   sources.sh messages       message catalogues, messages.en.txt of the floors and features
#   sources.sh features       names of the features, each after those it depends on (order of src/features/ORDER)
#   sources.sh deps NAME      the features that NAME may use, and those that they may use (src/features/DEPS)
#   sources.sh migration-dirs all migration folders: floors first, then features in order
#   sources.sh list FILE      writes into FILE what changes when any of the above does, and into FILE.d the folders to watch
#   sources.sh watch          after meson (MESON_BUILD_ROOT): ninja asks for that list when a folder changed, and for a
#                             new build.ninja when the list did; meson by itself knows the files it was given only
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C
export LC_ALL

# Files under the folders that exist, filtered by find's own arguments.
under() {
	dirs=''
	for d in $1; do [ ! -d "$d" ] || dirs="$dirs $d"; done
	shift
	[ -n "$dirs" ] || return 0
	# shellcheck disable=SC2086
	find $dirs -type f ! -path '*/golden/*' ! -path '*/views/*' \( "$@" \) | sort
}

words() { sed -e 's/#.*//' "$1" | awk 'NF { print $1 }'; }

features() {
	{
		[ ! -f src/features/ORDER ] || words src/features/ORDER
		find src/features -mindepth 1 -maxdepth 1 -type d 2>/dev/null | sed 's|.*/||' | sort
	} | awk '!seen[$0]++' | while read -r f; do
		[ -z "$(under "src/features/$f" -name '*.c' -o -name '*.sql')" ] || echo "$f"
	done
}

deps() {
	[ -f src/features/DEPS ] || return 0
	sed -e 's/#.*//' src/features/DEPS | awk -v want="$1" '
		NF >= 2 { for (i = 2; i <= NF; i++) uses[$1] = uses[$1] " " $i }
		END {
			queue[1] = want; n = 1
			for (k = 1; k <= n; k++) {
				m = split(uses[queue[k]], u, " ")
				for (i = 1; i <= m; i++) if (!(u[i] in seen)) { seen[u[i]] = 1; queue[++n] = u[i]; print u[i] }
			}
		}'
}

migration_dirs() {
	for d in src/db src/core src/web $(features | sed 's|^|src/features/|'); do
		[ ! -d "$d/migrations" ] || echo "$d/migrations"
	done
}

verb=$1
shift
case $verb in
code) under "$*" \( -name '*.c' -o -name '*.cc' \) ! -name '*_test.c' ! -name '*_fuzz.c' ! -name '*_testkit.c' \
	! -name main.c ;;
testkits) under "$*" -name '*_testkit.c' ;;
tests) under "$*" -name '*_test.c' ;;
fuzzers) under "$*" -name '*_fuzz.c' ;;
main) under "$1" -path "$1/main.c" ;;
queries) under "$1" -path "$1/queries.sql" ;;
views) find "$1/views" -type f -name '*.html' 2>/dev/null | sort ;;
migrations) under "$1/migrations" -name '*.sql' ;;
packs) find "$1/packs" -type f -name '*.toml' 2>/dev/null | sort ;;
assets) find "$1" -type f ! -name '.*' 2>/dev/null | sort ;;
messages) find src -type f -name messages.en.txt | sort ;;
features) features ;;
deps) deps "$1" ;;
migration-dirs) migration_dirs ;;
list)
	{
		find src tools tests -type f \( -name '*.c' -o -name '*.cc' -o -name '*.sql' -o -path '*/packs/*' -o -path '*/views/*' -o -path '*/assets/*' -o -name '*.en.txt' \) | sort
		cat src/features/ORDER src/features/DEPS 2>/dev/null || :
	} >"$1.new"
	echo "${1##*/}: $(find "$PWD/src" "$PWD/tools" "$PWD/tests" -type d | sed 's/ /\\ /g' | tr '\n' ' ')" \
		"$PWD/src/features/ORDER $PWD/src/features/DEPS" >"$1.d"
	if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
	;;
watch)
	tools/sources.sh list "$MESON_BUILD_ROOT/sources.list"
	sed -i 's/^build build\.ninja: REGENERATE_BUILD /&sources.list /' "$MESON_BUILD_ROOT/build.ninja"
	cat >>"$MESON_BUILD_ROOT/build.ninja" <<-END
		rule LIST_SOURCES
		 command = $PWD/tools/sources.sh list $MESON_BUILD_ROOT/sources.list
		 description = Looking which sources there are
		 depfile = sources.list.d
		 generator = 1
		 restat = 1
		build sources.list: LIST_SOURCES
	END
	;;
*)
	echo "sources.sh: unknown verb $verb" >&2
	exit 2
	;;
esac
