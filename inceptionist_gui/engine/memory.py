"""How much memory the network may take, what happens when it runs out, and keeping what was freed at hand."""

import ctypes
import os
import platform
from functools import lru_cache

import torch

from inceptionist_gui.engine.devices import free_memory
from inceptionist_gui.words import _

_SHARE = 8
"""The activations get one part in this many of the machine's memory ..."""
_LEAST, _MOST = 512 * 2**20, 3072 * 2**20
"""... and within these bounds, in bytes."""
_ACTIVATIONS, _PICTURES, _BLOCKS = 0.9, 0.25, 0.25
"""Shares of a budget."""
_GPU_SHARE = 0.75
"""Of what is free there: cuDNN needs room to work in."""
_SMALLEST = 2**20
"""Bytes; what does not run with this does not run with less."""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""glibc's names for what `mallopt` sets."""
_KEPT = 4
"""Blocks up to one part in this many of what a dream may take are kept when they are freed."""


class Budget:
    """Bytes that a dream may take beside the program; less after each time that memory ran out.

    Network and blocks of the picture do not work at the same time: the shares may overlap.
    """

    def __init__(self, size: int | None = None) -> None:
        self.size = memory_share() if size is None else size
        self.note = ""
        """What the user should know, where memory ran out."""

    @property
    def activations(self) -> float:
        """Bytes that the network's activations may take."""
        return self.size * _ACTIVATIONS

    @property
    def pictures(self) -> float:
        """Bytes that the whole picture's rasters may take in memory."""
        return self.size * _PICTURES

    @property
    def blocks(self) -> float:
        """Bytes that the part of the picture being worked on may take."""
        return self.size * _BLOCKS

    def halve(self) -> bool:
        """Whether there is less to try."""
        if self.size < 2 * _SMALLEST:
            return False
        self.size //= 2
        self.note = _("Memory ran short: the dream goes on in smaller tiles")
        return True


def gpu_share(place: torch.device) -> int | None:
    """Bytes of a GPU's free memory that a dream may take; None for the CPU."""
    free = free_memory(place)
    return None if free is None else max(_SMALLEST, int(free * _GPU_SHARE))


def memory_share() -> int:
    """Bytes of this machine's memory that the activations may take."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows tells it in another way.
        return _LEAST
    return min(max(memory // _SHARE, _LEAST), _MOST)


@lru_cache(maxsize=1)
def keep_freed_blocks(most: int) -> None:
    """Has glibc keep the large blocks that every iteration frees and takes again: at most so many bytes.

    Given back to the system, each would have to be cleared page by page at the next use: on two cores that cost
    as much time as a third of the network. Elsewhere than on glibc nothing is done.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    library = ctypes.CDLL(None)
    library.mallopt(_M_MMAP_THRESHOLD, most // _KEPT)
    library.mallopt(_M_TRIM_THRESHOLD, most // 2)


def give_up_freed_blocks() -> None:
    """Has glibc give back what it keeps of freed blocks: those of a size that is done with fit no other."""
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).malloc_trim(0)
