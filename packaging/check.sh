#!/usr/bin/env bash
# The one check: format, lint, types, rooms, the tests of the rooms without Qt, then all tests.
# It stops at the first failure. `make test` sets up first and then calls this.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$PWD/.venv/bin
if [ ! -x "$bin/pytest" ]; then
  echo "The tools are not installed: run make test, or packaging/setup.sh test before this." >&2
  exit 1
fi

step() {
  local heading=$1
  shift
  printf '\n==> %s\n' "$heading"
  "$@" && return
  printf '\nThe check stopped at: %s\n' "$heading" >&2
  exit 1
}

# The rooms below the session, and the command line, work on a machine that has no Qt.
without_qt() {
  local room rooms=()
  for room in recipe engine media render cli; do
    [ ! -d "tests/$room" ] || rooms+=("tests/$room")
  done
  PYTHONPATH="$PWD/packaging/without_qt${PYTHONPATH:+:$PYTHONPATH}" \
    "$bin/python" -m pytest -p no:pytest-qt -p without_qt -m "not qt" "${rooms[@]}"
}

step "format" "$bin/ruff" format --check .
step "lint" "$bin/ruff" check .
step "types" "$bin/mypy"
step "rooms look down only" "$bin/lint-imports"
step "tests of the rooms without Qt, PySide6 out of reach" without_qt
step "all tests" "$bin/python" -m pytest
printf '\nEverything passed.\n'
