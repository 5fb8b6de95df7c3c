"""What the program takes of the machine, cheap enough to be asked every second."""

import os
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")
_RESIDENT = 1
"""The second number in there: pages that lie in memory."""

_RUSAGE_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which getrusage counts."""


def memory_taken() -> int | None:
    """Bytes that the program takes now, or at most so far where that is all it tells; None if unknown."""
    if sys.platform == "win32":
        return None
    try:
        return int(_STATM.read_text("ascii").split()[_RESIDENT]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return _most_taken()


def memory_there() -> int | None:
    """Bytes of memory that the machine has; None where it does not tell."""
    if sys.platform == "win32":
        return None
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None


def cores() -> int:
    """Processors that the program may use."""
    # Not on every system.
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _most_taken() -> int:
    # Here and not above: Windows has none.
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RUSAGE_UNIT
