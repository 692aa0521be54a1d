# SPDX-License-Identifier: AGPL-3.0-or-later
# The front door. meson and ninja do the building; tools/*.sh do the rest; nothing is decided here.
SHELL = /bin/sh
.SUFFIXES:
export U
.PHONY: help build run test quick unit check bench bench-data crash quality fmt fuzz nightly clean deps deps-test new-feature
.NOTPARALLEL:

help:
	@echo 'make run        build and start a demonstration on http://127.0.0.1:8080'
	@echo 'make build      build/release/hearth'
	@echo 'make test       everything, as CI does it'
	@echo 'make quick      debug build and unit tests; T=words to choose tests, U=base for one unit'
	@echo 'make unit       the same under ASan and UBSan'
	@echo 'make check      gates only'
	@echo 'make fmt        format the sources'
	@echo 'make fuzz       each fuzzer for FUZZ_SECONDS (60)'
	@echo 'make bench      benchmarks; make bench-data makes their data'
	@echo 'make crash      kill and power-loss tests'
	@echo 'make quality    what the engines reach on public data, beside the targets'
	@echo 'make nightly    what is too slow for every change'
	@echo 'make new-feature NAME=x   a new feature, as docs/adding-a-feature.md goes on with'
	@echo 'make deps       install what building needs; make deps-test what testing needs; both only if something lacks'
	@echo 'make clean      remove the build folders'

deps:
	@tools/deps.sh

deps-test:
	@tools/deps.sh --test

build: deps
	@tools/configure.sh release
	@ninja -C build/release --quiet
	@echo 'build/release/hearth'

run: build
	build/release/hearth demo --data build/demo --listen 127.0.0.1:8080

quick: deps-test
	@tools/run-tests.sh quick $(T)

unit: deps-test
	@tools/run-tests.sh unit $(T)

test: deps-test
	@tools/run-tests.sh all

check: deps-test
	@tools/run-tests.sh gates

bench: build
	@tools/run-bench.sh

bench-data: build
	@tools/run-bench.sh data

quality: build deps-test
	@tools/run-quality.sh

crash: build
	@tools/run-tests.sh crash

fuzz: deps-test
	@tools/run-fuzz.sh

nightly: deps-test
	@tools/run-tests.sh nightly

fmt: deps-test
	@tools/fmt.sh

new-feature:
	@tools/new-feature.sh "$(NAME)"

clean:
	rm -rf build/debug build/release build/asan build/tsan build/clang build/fuzz build/coverage
