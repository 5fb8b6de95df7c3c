#!/usr/bin/env bash
# Makes .venv ready for the program (setup.sh run) or for its tests (setup.sh test).
#
# What is there is used again: with nothing changed since the last time this returns at once. pip takes
# everything from where its own configuration says.
#
# Written for bash 3.2 and BSD tools as well, since macOS has no others.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$(pwd -P)               # the same whichever link leads here
venv=.venv
made_in=$venv/made-in         # the checkout this environment was made for
under_way=$venv/under-way     # the process that is installing; left behind when it was interrupted
ready_run=$venv/ready-run     # what was installed for; compared whole, so that no tool for hashing is needed
ready_test=$venv/ready-test

say() { printf 'setup: %s\n' "$1" >&2; }
fail() { say "$1"; exit 1; }

# The range of requires-python in pyproject.toml.
suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1; }
version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

find_python() {
  local name version seen="" names=(python3 python3.13 python3.12 python3.11)
  [ -z "${PYTHON:-}" ] || names=("$PYTHON")
  for name in "${names[@]}"; do
    # A name may be on the PATH and yet start nothing, as with version switchers.
    version=$(version_of "$name" 2>/dev/null) || continue
    if suits "$name"; then
      python=$name
      return
    fi
    seen="$seen${seen:+, }$name is $version"
  done
  fail "Inceptionist needs Python 3.11, 3.12 or 3.13, but ${seen:-there is no ${names[0]}}; install one of them, \
or name one: make run PYTHON=/path/to/python3"
}

# Installs Debian packages, or says how to.
install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    say "with this system's package manager, install what Debian calls: $*"
  elif [ "$(id -u)" = 0 ]; then
    say "installing $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -q update </dev/null >&2 &&
      apt-get -q install --yes --no-install-recommends "$@" </dev/null >&2 && return
    say "apt-get could not install $*; its own words stand above"
  else
    say "to install what is missing: sudo apt-get install --no-install-recommends $*"
  fi
  return 1
}

# What the environment must have been made from to be used as it is.
wanted() {
  printf '%s\n' "$(version_of "$venv/bin/python")"
  cat pyproject.toml
}

is_ready() {
  is_ours && [ ! -e "$under_way" ] && [ -f "$1" ] && suits "$venv/bin/python" && [ "$(cat "$1")" = "$(wanted)" ]
}

# An environment of another checkout, copied here, would run that one's code.
is_ours() { [ ! -f "$made_in" ] || [ "$(cat "$made_in")" = "$root" ]; }

# Whether pip can work on from what is there.
is_sound() {
  is_ours && [ ! -e "$under_way" ] && suits "$venv/bin/python" &&
    { "$venv/bin/python" -m pip --version || "$venv/bin/python" -m ensurepip; } >/dev/null 2>&1
}

make_environment() {
  find_python
  if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    install_packages "python$(version_of "$python")-venv" || fail "$python cannot make an environment without that"
  fi
  [ ! -e "$venv" ] || say "$venv is unfinished or not for this checkout and Python: making it anew"
  rm -rf "$venv"
  mkdir "$venv"
  echo "$$" >"$under_way"
  "$python" -m venv "$venv" || fail "$python could not make an environment in $venv"
}

install() {
  local extra=$1
  if [ -e "$under_way" ] && kill -0 "$(cat "$under_way")" 2>/dev/null; then
    fail "process $(cat "$under_way") is setting up already; wait for it, or remove $under_way if that is not so"
  fi
  is_sound || make_environment
  say "installing into $venv; the first time this takes minutes, for torch is large"
  echo "$$" >"$under_way"
  if ! PIP_USER=0 "$venv/bin/python" -m pip install --disable-pip-version-check --editable ".$extra"; then
    # pip ended by itself and has put back what it replaced: nothing to mend next time.
    rm -f "$under_way"
    fail "pip could not install what is needed; its own words stand above"
  fi
  echo "$root" >"$made_in"
  wanted >"$ready_run"
  [ -z "$extra" ] || wanted >"$ready_test"
  rm -f "$under_way"
}

# Pairs of a shared library that Qt loads and the Debian package that has it.
qt_always="libGL.so.1:libgl1 libEGL.so.1:libegl1 libdbus-1.so.3:libdbus-1-3 libfontconfig.so.1:libfontconfig1
  libglib-2.0.so.0:libglib2.0-0 libxkbcommon.so.0:libxkbcommon0"
qt_x11="libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1
  libxcb-shape.so.0:libxcb-shape0 libxkbcommon-x11.so.0:libxkbcommon-x11-0"
qt_wayland="libwayland-client.so.0:libwayland-client0 libwayland-cursor.so.0:libwayland-cursor0"

missing_packages() {
  local known pair
  # ldconfig lies outside an ordinary user's PATH.
  known=$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null) || return 0
  # Some systems keep no list of libraries, and then nothing can be said.
  case $known in *libc.so*) ;; *) return 0 ;; esac
  for pair in "$@"; do
    case $known in *"${pair%%:*} "*) ;; *) printf '%s ' "${pair#*:}" ;; esac
  done
}

# Never fatal: what needs no window works without them.
install_qt_libraries() {
  [ "$(uname -s)" = Linux ] || return 0
  local pairs=$qt_always missing
  [ -z "${DISPLAY:-}" ] || pairs="$pairs $qt_x11"
  [ -z "${WAYLAND_DISPLAY:-}" ] || pairs="$pairs $qt_wayland"
  # shellcheck disable=SC2086  # a list of words
  missing=$(missing_packages $pairs)
  [ -n "$missing" ] || return 0
  say "the studio's windows need system libraries that are not here"
  # shellcheck disable=SC2086
  install_packages $missing || true
}

# Without these an interrupt that pip catches would look like a failure of pip's own.
trap 'exit 130' INT
trap 'exit 143' TERM

case ${1:-} in
  run) is_ready "$ready_run" || install "" ;;
  test) is_ready "$ready_test" || install "[dev]" ;;
  *) fail "usage: packaging/setup.sh run|test" ;;
esac
install_qt_libraries
