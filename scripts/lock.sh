#!/bin/sh
# Resolves pyproject.toml into the two lock files: hashes, no addresses. The test lock contains the run lock.
set -eu
cd "$(dirname -- "$0")/.."
resolve() { .venv/bin/uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-header --quiet "$@"; }
resolve -o requirements.lock
resolve --extra dev -c requirements.lock -o requirements-dev.lock
! grep -nE '^(torch|nvidia)|://' requirements.lock requirements-dev.lock
