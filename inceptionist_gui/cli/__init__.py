"""The command line. No Qt, and no torch until a command needs it.

`program` tells the commands apart and turns faults into one line and an exit code; `telling` is the only
place that writes to the terminal; each other module holds one family of commands.
"""

import sys

__all__ = ["INTERRUPTED", "main"]

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns the exit code: 0, 2, 3 or 130 as the guide lists them."""
    try:
        # Here and not above: Ctrl+C may come while the program is still being loaded.
        from inceptionist_gui.cli.program import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
