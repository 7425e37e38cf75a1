# Two commands matter to a newcomer: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := bot handlers scheduler storage workspace tests benchmarks

# Compiled modules are kept: tests start many processes, and each would compile everything again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup demo test check soak bench lock clean

help:
	@echo "make demo    the bot inside a stand-in workspace, at http://127.0.0.1:4200"
	@echo "make test    every check: format, lint, types, layers, tests"
	@echo "make check   the checks without the tests"
	@echo "make soak    a thousand deliveries through kills and storms, years of webinars, every test over the wire in every house: minutes"
	@echo "make bench   how fast it answers, beside a Bolt app that does nothing"
	@echo "make setup   only build .venv"
	@echo "make lock    resolve requirements.lock again from pyproject.toml"

setup: .venv/installed

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Convene needs Python 3.11 or newer: make PYTHON=python3.11 setup")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

demo: setup
	$(BIN)/python -m workspace

check: setup
	$(BIN)/ruff format --check $(PACKAGES)
	$(BIN)/ruff check $(PACKAGES)
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest
	$(BIN)/python -m pytest -m alone --numprocesses=0

soak: setup
	$(BIN)/python -m pytest -m soak --numprocesses=0
	$(BIN)/python -m pytest -m matrix

bench: setup
	$(BIN)/python -m benchmarks

lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate --upgrade --group pyproject.toml:demo --group pyproject.toml:dev \
		pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
