"""The command line. No Qt, and no torch until a command needs it.

`program` tells the commands apart and turns faults into one line and an exit code; `telling` is the only
place that writes to the terminal; each other module holds one family of commands.
"""

from inceptionist_gui.cli.program import main

__all__ = ["main"]
