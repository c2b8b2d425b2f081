# Concord. `make` alone lists the targets; each sets up what it needs.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo distributed test faults check lint types imports format lock bench screenshots clean

PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE ?=

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## prepare everything to run (.venv/bin/concord), start nothing
	@scripts/setup.sh run

setup-dev: ## prepare everything to test
	@scripts/setup.sh test

run: setup ## serve on 127.0.0.1:8000: the demonstration, or your Odoo where CONCORD_ODOO_URL is set
	@if [ -n "$$CONCORD_ODOO_URL" ]; then exec .venv/bin/concord run; else exec .venv/bin/concord demo; fi

demo: setup ## serve the demonstration
	@exec .venv/bin/concord demo

distributed: ## serve the demonstration over PostgreSQL and a Redis server, a worker for each queue
	@scripts/setup.sh distributed
	@exec .venv/bin/concord demo --distributed

test: setup-dev ## run all tests
	@scripts/test.sh

faults: setup-dev ## only the fault run: 100 documents while processes are killed
	@$(PY) -m pytest -m faults -s

check: lint types imports ## lint, types and import directions

lint: setup-dev ## ruff
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types: setup-dev ## mypy --strict
	@.venv/bin/mypy

imports: setup-dev ## the design's layers
	@.venv/bin/lint-imports

format: setup-dev ## let ruff format and mend
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

lock: setup-dev ## resolve the dependencies anew into the two lock files
	@scripts/lock.sh

bench: setup-dev ## ratios against the bare libraries, measured in one run
	@$(PY) -m benchmarks

screenshots: setup-dev ## the README's pictures, taken from the demonstration
	@$(PY) scripts/screenshots.py

clean: ## remove the environment and caches (the data folder stays)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
