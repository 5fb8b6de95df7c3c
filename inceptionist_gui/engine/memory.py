"""How much memory the network may take, what happens when it runs out, and keeping what was freed at hand."""

import ctypes
import os
import platform
from functools import cache

_SHARE = 8
"""The activations get one part in this many of the machine's memory ..."""
_LEAST, _MOST = 512 * 2**20, 3072 * 2**20
"""... and within these bounds, in bytes."""
_SMALLEST = 2**20
"""Bytes; what does not run with this does not run with less."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""glibc's names for what `mallopt` sets."""
_KEPT = 4
"""Blocks up to one part in this many of the activations' share are kept when they are freed."""


class Budget:
    """Bytes that the network's activations may take; less after each time that memory ran out."""

    def __init__(self, size: int | None = None) -> None:
        self.size = memory_share() if size is None else size
        self.note = ""
        """What the user should know, where memory ran out."""

    def halve(self) -> bool:
        """Whether there is less to try."""
        if self.size < 2 * _SMALLEST:
            return False
        self.size //= 2
        self.note = "Memory ran short: the dream goes on in smaller tiles"
        return True


def memory_share() -> int:
    """Bytes of this machine's memory that the activations may take."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows tells it in another way.
        return _LEAST
    return min(max(memory // _SHARE, _LEAST), _MOST)


@cache
def keep_freed_blocks() -> None:
    """Has glibc keep the large blocks that every iteration frees and takes again.

    Given back to the system, each would have to be cleared page by page at the next use: on two cores that cost
    as much time as a third of the network. Elsewhere than on glibc nothing is done.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    library = ctypes.CDLL(None)
    library.mallopt(_M_MMAP_THRESHOLD, memory_share() // _KEPT)
    library.mallopt(_M_TRIM_THRESHOLD, memory_share() // 2)
