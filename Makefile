# Waymark: everything a person types. `make demo` and `make test` set themselves up.
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= python3
PORT ?= 8000
STAMP = $(VENV)/.stamp-$(1)-$(shell cat requirements/$(1).txt requirements/uv.txt requirements/build_fonts.py src/waymark/interfaces/ui/fonts.py pyproject.toml 2>/dev/null | $(PYTHON) -c 'import hashlib,sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest()[:12])')
BASE := $(call STAMP,base)
DEV := $(call STAMP,dev)

.PHONY: help setup demo test quick hooks check types lint contracts migrations-check assurance coverage plant bench pictures docs clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/bin/uv: requirements/uv.txt
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/uv.txt

$(BASE): $(VENV)/bin/uv
	$(VENV)/bin/uv pip install -q --require-hashes --python $(PY) -r requirements/base.txt
	$(VENV)/bin/uv pip install -q --no-deps --no-build-isolation --python $(PY) -e .
	@touch $@

$(DEV): $(VENV)/bin/uv
	$(VENV)/bin/uv pip install -q --require-hashes --python $(PY) -r requirements/dev.txt
	$(VENV)/bin/uv pip install -q --no-deps --no-build-isolation --python $(PY) -e .
	@touch $@ $(BASE)

setup: $(BASE)  ## install what Waymark needs into .venv

demo: setup  ## serve a synthetic clinic on http://127.0.0.1:$(PORT)
	$(VENV)/bin/waymark demo --port $(PORT)

test: $(DEV)  ## check, then every test on SQLite and on PostgreSQL
	$(PY) -m tests

ROOM ?= people
quick: $(DEV) lint types  ## one room's loop: make quick ROOM=safety
	$(PY) -m tests --quick $(ROOM)

hooks:  ## let git run `make check` before each commit
	git config core.hooksPath .githooks

check: $(DEV) lint types contracts migrations-check  ## lint, types, contracts, migrations
	@echo "check: all fine"

lint: $(DEV)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .

types: $(DEV)
	$(VENV)/bin/mypy

contracts: $(DEV)
	$(VENV)/bin/lint-imports

migrations-check: $(DEV)
	$(PY) manage.py makemigrations --check --dry-run

assurance: $(DEV)  ## the full-size security and reliability figures (long)
	$(PY) -m tests --full

coverage: $(DEV)  ## every line and branch that the tests reach, told where one is left out (long)
	$(PY) -m tests --reached

plant: $(DEV)  ## plant faults in a copy, one at a time: would the tests notice? (long)
	$(PY) -m tests.planting

bench: $(DEV)  ## print cost ratios on this machine
	$(PY) -m bench

pictures: $(DEV)  ## take the pictures of the README anew (needs Chromium)
	$(PY) -m tests.pictures

docs: $(DEV)  ## write the generated reference pages
	$(VENV)/bin/waymark docs

clean:  ## remove the environment and the demo's data
	rm -rf $(VENV) var/demo

.PHONY: dev
dev: $(DEV)  ## install what tests and checks need
