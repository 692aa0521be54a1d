#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# The HTTP server under abuse (tests/hostile), with ASan and UBSan; `make nightly` does it with TSan.
exec sh tests/hostile/run.sh address
