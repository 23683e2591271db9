SHELL := /bin/sh
PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python

.PHONY: help venv dev demo test check figures run lock clean

help: ## Show this help
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: .venv/.runtime ## Make .venv with what the product needs to run

dev: .venv/.dev

.venv/.runtime: requirements/runtime.txt
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@echo "Installing what Seintje needs (once)…"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@echo "Installing what the tests need (once)…"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: venv ## Run the whole story on this machine: no accounts, no keys (PORT=8000)
	@exec $(PY) app.py demo --port $(PORT)

run: venv ## Run the real thing: web and worker, settings from .env
	@exec $(PY) app.py serve

test: dev ## Lint, type-check and run every test, on SQLite and on PostgreSQL
	@sh tests/run.sh

check: dev ## Lint, type-check and hold the import directions, without running tests
	@.venv/bin/ruff check --no-cache .
	@.venv/bin/ruff format --check .
	@.venv/bin/lint-imports
	@.venv/bin/mypy

figures: dev ## Measure start-up, push latency, memory and idle cost on this machine
	@$(PY) tests/figures.py

lock: dev ## Pin every requirement again, with hashes
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements/runtime.txt
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt

clean: ## Remove what the make commands made
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache
