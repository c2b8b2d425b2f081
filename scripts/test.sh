#!/bin/sh
# All tests: what may run side by side first, then what needs the machine for itself.
set -eu
cd "$(dirname -- "$0")/.."
.venv/bin/python -m pytest -n 2 --dist loadfile -m "not browser and not faults" "$@"
.venv/bin/python -m pytest -m "browser or faults" -s "$@"
