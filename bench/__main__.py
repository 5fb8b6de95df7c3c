"""`python -m bench [NAME ...]`."""

import importlib
import os
import sys

from bench.figure import Figure, table, write
from inceptionist_gui.engine.surroundings import prepare_surroundings

NAMES = ("speed", "peers", "reach", "busy", "memory", "prints", "seams", "fooled", "start", "live", "recognised")


def main(wanted: list[str]) -> int:
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        sys.stderr.write(f"bench: {unknown[0]}: no such figure; there are {', '.join(NAMES)}\n")
        return 2
    prepare_surroundings()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    for name in wanted or NAMES:
        sys.stderr.write(f"measuring {name} ...\n")
        figures += importlib.import_module(f"bench.{name}").measure()
    write(figures)
    sys.stdout.write(table(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
