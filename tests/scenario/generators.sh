#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# The generators of the build, sqlc and tmplc, on damaged input: ROUNDS (500) mutations of their golden inputs. Each run
# ends with 0 or 1, never by a signal or a sanitizer, and says why when it refuses. SEED=n repeats a choice; SECONDS_MAX (25).
set -u
cd "$(dirname "$0")/../.." || exit 2
exec "${NODE:-node}" tests/scenario/lib-generators.mjs
