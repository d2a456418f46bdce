# Everything a newcomer needs. Each target sets up what it wants in .venv; only `make system` touches the machine.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := help
PYTHON ?= python3
export PYTHON

BIN := .venv/bin
# No build isolation: what builds is locked too, so nothing comes without its hash.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --no-build-isolation

.PHONY: help setup dev run test system check prove bench assets lock

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(BIN)/portal ## the virtual environment, hashed dependencies and the command .venv/bin/portal

run: setup ## serve the portal on http://127.0.0.1:8000, worker beside it (PORT=8001 for another port)
	@exec $(BIN)/portal run --demo-if-empty $(if $(PORT),--port $(PORT))

test: may-system dev ## every test, real parts included; ARGS="-k notice" for some
	$(BIN)/python -m pytest $(ARGS)

system: ## Debian packages for PDF letters, scanning and browser tests: says which and why, asks first
	@.ci/system

check: dev ## format, lint, types, import contracts, page templates, locks and vendored files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint templates
	$(BIN)/python -m pytest --quiet -m "not slow and not prove" tests/house

prove: may-system dev ## the long proofs at full size
	$(BIN)/python -m pytest -m prove $(ARGS)

bench: dev ## speeds beside others' on this machine
	@$(BIN)/portal bench all

assets: setup ## rebuild the pages' stylesheet and script from the published package (needs node and npm)
	@$(BIN)/python portal/web/assets/vendor.py

lock: dev ## write the hashed locks anew from pyproject.toml
	@.ci/lock $(ARGS)

dev: $(BIN)/portal .venv/.dev

.PHONY: may-system
may-system:
	@.ci/system --where-it-may

.venv/.made:
	@.ci/venv

.venv/.build: requirements-build.txt .venv/.made
	@echo "Installing what builds"
	@$(INSTALL) --require-hashes -r requirements-build.txt
	@touch $@

.venv/.runtime: requirements.txt .venv/.build
	@echo "Installing what the portal runs on (about a minute)"
	@$(INSTALL) --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Installing what tests and checks it (about a minute)"
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

$(BIN)/portal: pyproject.toml .venv/.runtime
	@$(INSTALL) --no-deps --editable .
	@touch $@
