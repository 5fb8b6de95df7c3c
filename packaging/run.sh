#!/usr/bin/env bash
# Opens the studio; on a machine without a screen, dreams a first picture instead.
# FILE in the environment names a picture or a project to begin with.
set -euo pipefail
cd "$(dirname "$0")/.."

program=.venv/bin/inceptionist
picture=out/first-dream.png

has_screen() { [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

if has_screen; then
  exec "$program" ${FILE:+"$FILE"}
fi

echo "There is no screen here to open the studio on: dreaming ${FILE:-the built-in clouds} instead." >&2
mkdir -p out
"$program" dream "${FILE:-clouds}" -o "$picture"
echo "The picture is in $PWD/$picture" >&2
