#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# new-feature.sh NAME: the folder of a new feature with the least that builds, and its line in src/features/ORDER.
# What is then left to do is in docs/adding-a-feature.md.
set -eu
cd "$(dirname "$0")/.."
name=$1
case $name in
'' | *[!a-z0-9]* | [0-9]*) echo 'usage: make new-feature NAME=word (small letters and digits)' >&2 && exit 2 ;;
base | text | db | net | core | web | app | features | helpers) echo "new-feature.sh: $name is a floor" >&2 && exit 2 ;;
esac
dir=src/features/$name
[ ! -e "$dir" ] || { echo "new-feature.sh: $dir exists" >&2 && exit 1; }
spdx='// SPDX-License-Identifier: AGPL-3.0-or-later'
mkdir -p "$dir/migrations" "$dir/views"
cat >"$dir/$name.h" <<END
$spdx
// The public face of $name: say here what it is for, who owns what, and what it refuses to do.
#pragma once
#include "base/ctx.h"
END
cat >"$dir/model.c" <<END
$spdx
// The rules of $name. Never net, never web.
#include "$name/$name.h"
END
cat >"$dir/model_test.c" <<END
$spdx
#include "$name/$name.h"

#include "test.h"

TEST(${name}_begins)
{
	assert_non_null(test_ctx());
}
END
echo "$name" >>src/features/ORDER
echo "$dir: add migrations/0001_$name.sql, queries.sql and feature.c; features it uses go into src/features/DEPS"
