"""Stepping back behind whatever else the machine is doing."""

import os
import sys

_NICENESS = 10


def lower_priority() -> None:
    """Has this process work on what others leave; where the system will not, it goes on as before."""
    try:
        _step_back()
    except OSError:
        return


if sys.platform == "win32":
    import ctypes

    _BELOW_NORMAL = 0x4000

    def _step_back() -> None:
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)

else:

    def _step_back() -> None:
        os.nice(_NICENESS)
