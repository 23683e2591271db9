#!/bin/sh
# What `make test` does: look at the code, then run every test. Says loudly what it could not run.
set -eu

PATH="$PWD/.venv/bin:$PATH"

if ! command -v chromium >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the tests of the pages (once)…"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || true
fi
if ! command -v chromium >/dev/null 2>&1; then
    echo "*** NO CHROMIUM: the tests of the pages in a real browser are SKIPPED. ***"
    echo "*** Install Debian's package chromium and run make test again.       ***"
fi

ruff check --no-cache .
ruff format --check .
lint-imports
mypy
pytest -n 2 --dist loadfile "$@"
