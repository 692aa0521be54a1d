#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# What `make bench` runs (tools/run-bench.sh).
exec sh bench/run.sh
