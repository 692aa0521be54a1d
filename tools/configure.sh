#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# configure.sh VARIANT: makes build/VARIANT ready for ninja, and reconfigures it when files appeared or went.
# Variants: debug release asan tsan clang fuzz coverage; gcc-O0 gcc-O3 clang-O0 clang-O3, which must compute the same.
set -eu
cd "$(dirname "$0")/.."
variant=$1
dir=build/$variant
compiler=${CC:-gcc}
compiler_cpp=${CXX:-g++}
case $variant in
debug) set -- --buildtype=debug ;;
release) set -- --buildtype=debugoptimized -Dhardening=true -Dtests=false ;;
asan) set -- -Doptimization=1 -Ddebug=true -Db_sanitize=address,undefined -Dwerror=true ;;
tsan) set -- -Doptimization=1 -Ddebug=true -Db_sanitize=thread ;;
coverage) set -- --buildtype=debug -Db_coverage=true ;;
clang)
	compiler=clang
	compiler_cpp=clang++
	set -- --buildtype=debug -Dwerror=true
	;;
gcc-O[03]) set -- -Doptimization="${variant#gcc-O}" -Ddebug=true ;;
clang-O[03])
	compiler=clang
	compiler_cpp=clang++
	set -- -Doptimization="${variant#clang-O}" -Ddebug=true
	;;
fuzz)
	compiler=clang
	compiler_cpp=clang++
	set -- -Doptimization=1 -Ddebug=true -Db_sanitize=address,undefined -Db_lundef=false -Dfuzz=true \
		-Dtests=false
	;;
*)
	echo "configure.sh: unknown variant $variant" >&2
	exit 2
	;;
esac

if command -v ccache >/dev/null; then
	compiler="ccache $compiler"
	compiler_cpp="ccache $compiler_cpp"
fi
stamp="$compiler $compiler_cpp $*"
log=build/configure-$variant.log
mkdir -p build
if [ -f "$dir/build.ninja" ] && [ "$(head -n 1 "$dir/.stamp" 2>/dev/null)" = "$stamp" ]; then
	set -- ninja -C "$dir" build.ninja # which knows what it is made of (sources.sh watch)
else
	rm -rf "$dir"
	set -- meson setup "$dir" "$@"
fi
if ! CC="$compiler" CXX="$compiler_cpp" "$@" >"$log" 2>&1; then
	cat "$log"
	exit 1
fi
grep WARNING "$log" || :
printf '%s\n' "$stamp" >"$dir/.stamp"
