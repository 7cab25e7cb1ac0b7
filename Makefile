# Everything is done from here; `make` alone lists it. Needs Python 3.11 or newer, pip and make.

PYTHON ?= python3
CASES ?= tests/conformance/cases
KILLS ?= 1000
ATTACKS ?= 2000
EXAMPLES ?= 20000
DEMO_SERVE ?= 1
LOCK := requirements-dev.txt
BIN := .venv/bin
UV := build/uv
JOBS ?= logical
PIP = $(PYTHON) -m pip --python
QUIETLY := --quiet --disable-pip-version-check --no-input

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup environment install demo serve test lint check conformance crash tamper fuzz bench screenshots lock
export DEMO_SERVE

# Beside the tree, not in it: the tests also run for somebody who may only read the tree.
export MYPY_CACHE_DIR ?= $(if $(shell test -w . && echo yes),.mypy_cache,/dev/null)

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

# What was installed stands in .venv, and where: contents are compared, not ages, so a second run
# installs nothing, and somebody who may only read this folder can run the tests.
setup: ## Install what is locked into .venv, unless it is there
	@{ echo "$(CURDIR)"; cat $(LOCK); } | cmp -s - .venv/locked || $(MAKE) environment
	@cmp -s pyproject.toml .venv/installed.toml || $(MAKE) install

environment:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is too old: Python 3.11 or newer is needed; make PYTHON=... names one"; exit 1; }
	$(PYTHON) -m venv --clear --without-pip .venv
	$(PIP) $(BIN)/python install $(QUIETLY) --require-hashes -r $(LOCK)
	@{ echo "$(CURDIR)"; cat $(LOCK); } > .venv/locked

install:
	$(PIP) $(BIN)/python install $(QUIETLY) --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q timeline projections api
	@cp pyproject.toml .venv/installed.toml

demo: setup ## The Omigard read-out: import the sample, ask, show the page (DEMO_SERVE=0: ends there)
	@$(BIN)/timeline demo

serve: setup ## Serve the store that TIMELINE_DATABASE_URL names
	@$(BIN)/timeline serve

test: setup ## The whole test suite, on SQLite and PostgreSQL (ARGS=... goes to pytest, JOBS=0: in one process)
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile $(ARGS)

lint: setup ## Style, format, types and the lock, without running the code
	$(BIN)/python -m ruff check --no-cache .
	$(BIN)/python -m ruff format --no-cache --check .
	$(BIN)/python -m mypy
	@$(PIP) $(BIN)/python check

check: ## All that CI checks, the test suite last
	@$(MAKE) lint
	@$(MAKE) demo DEMO_SERVE=0
	@$(MAKE) conformance
	@$(MAKE) test

conformance: setup ## Hold the core and both stores to recorded cases (CASES=file or folder)
	@$(BIN)/python -m tests.conformance $(CASES)

crash: setup ## Kill writers, then followers, KILLS times on each database; look for what was lost
	@TIMELINE_CRASH_KILLS=$(KILLS) $(BIN)/python -m tests.durability.crash --kills $(KILLS) --database both
	@$(BIN)/python -m tests.durability.following --kills $(KILLS) --database both

tamper: setup ## Change what is stored ATTACKS times on each database, and see it found
	@$(BIN)/python -m tests.tampering --attacks $(ATTACKS)

fuzz: setup ## Read documents of chance, EXAMPLES of each sort; look for what is neither read nor refused
	@TIMELINE_FUZZ_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q tests/property/test_documents.py $(ARGS)

bench: setup ## Measure beside others, in one run (ARGS="read --quick" a part; see docs/bench.md)
	@$(BIN)/python -m benchmarks $(ARGS)

screenshots: setup ## Take the pictures of the pages anew, from the sample (needs a Chromium)
	@$(BIN)/python scripts/take_screenshots.py

lock: ## Lock the newest allowed dependencies anew, with hashes
	@$(PYTHON) -m venv --clear --without-pip $(UV)
	@$(PIP) $(UV)/bin/python install $(QUIETLY) uv
	@$(UV)/bin/uv lock --quiet --upgrade
	@$(UV)/bin/uv export --quiet --frozen --no-emit-project --no-emit-index-url --no-header \
		--no-dev --all-extras --output-file requirements.txt
	@$(UV)/bin/uv export --quiet --frozen --no-emit-project --no-emit-index-url --no-header \
		--output-file requirements-dev.txt
	@rm -rf $(UV)
