# SPDX-License-Identifier: AGPL-3.0-or-later
# Sourced by the gates. ROOT: the tree that is judged (the self-test judges trees of its own). BUILD: its debug build.
set -eu
HERE=$(cd "$(dirname "$0")/../.." && pwd)
ROOT=${ROOT:-$HERE}
BUILD=${BUILD:-$HERE/build/debug}
LC_ALL=C
export LC_ALL ROOT BUILD
cd "$ROOT"
failed=0

# gate NAME COMMAND…: one verdict; what the command prints explains a failure.
gate() {
	gate_name=$1
	shift
	if "$@"; then echo "ok gate/$gate_name"; else
		echo "not ok gate/$gate_name"
		failed=1
	fi
}

# C and C++ files of the product: not tests, test kits or fuzzers.
product() { find "$@" -type f \( -name '*.c' -o -name '*.cc' \) ! -name '*_test.c' ! -name '*_testkit.c' ! -name '*_fuzz.c' 2>/dev/null | sort; }
