"""The peak resident set of a dream over the idle program, and how time per megapixel grows, at 4, 70 and 400 MP.

One iteration on a photo of four megapixels brought to the size, within the memory that is asked for; the picture
is read out block by block as a file's writer would. Each size runs in a process of its own; the largest under a
hard limit of 3 GB, by a control group where the system lets us make one, else of the process's own data.
"""

import os
import re
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np

from bench.figure import Figure, at_most

MEGAPIXELS = {4: 0.7, 70: 0.8, 400: 1.0}
"""And how many GB over the idle program they may take."""
GROWTH = {70: 1.10, 400: 1.20}
"""How much longer a megapixel may take than at 4 MP."""
MEMORY = 400_000_000
"""Bytes; what `--memory 400MB` asks for."""
LIMIT = 3 * 2**30
"""Bytes for the run under a limit."""
_GROUPS, _GROUP = Path("/sys/fs/cgroup/memory"), "inceptionist-bench-"
_SHAPE = (3, 4)


def measure() -> list[Figure]:
    figures, rates = [], {}
    for megapixels, goal in MEGAPIXELS.items():
        under = "in 3 GB" if megapixels == max(MEGAPIXELS) else ""
        seconds, peak = _run(megapixels, limited=bool(under))
        rates[megapixels] = seconds / megapixels
        label = f"memory: {megapixels} MP {under}".strip()
        figures.append(at_most(f"{label}, --memory 400MB, over the idle program", peak / 1e9, "GB", goal))
    for megapixels, goal in GROWTH.items():
        growth = rates[megapixels] / rates[min(MEGAPIXELS)]
        figures.append(at_most(f"growth: a megapixel at {megapixels} MP over one at 4 MP", growth, "x", goal))
    return figures


def _run(megapixels: int, *, limited: bool) -> tuple[float, float]:
    """Seconds of the iteration, and bytes over the idle program."""
    command = [sys.executable, "-m", "bench.memory", str(megapixels), *(["limited"] if limited else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    finally:
        # A group outlives its process; one that still has any is not ours.
        for group in _GROUPS.glob(f"{_GROUP}*"):
            with suppress(OSError):
                group.rmdir()
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def _limit() -> None:
    """Lets this process have no more than 3 GB: a lack ends it.

    Its data without the libraries where no control group can be made: their addresses alone are more than 3 GB.
    """
    group = _GROUPS / f"{_GROUP}{os.getpid()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(LIMIT))
        (group / "cgroup.procs").write_text(str(os.getpid()))
    except OSError:
        resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT))
        sys.stderr.write("limit: of the process's data\n")
    else:
        sys.stderr.write("limit: of a control group\n")


def _dream(megapixels: int, *, limited: bool) -> None:
    from inceptionist_gui.engine.blocks import blocks
    from inceptionist_gui.engine.dream import dream
    from inceptionist_gui.engine.memory import Budget
    from inceptionist_gui.engine.networks import network_named
    from inceptionist_gui.engine.networks.loading import load
    from inceptionist_gui.recipe import Recipe, Scale, Strength

    network = load(network_named("lite0"))
    # The idle program: torch, the network, and the photo.
    photo = np.random.default_rng(0).integers(0, 256, (1728, 2304, 3), dtype=np.uint8)
    idle = _resident("VmRSS")
    if limited:
        _limit()
    size = round((megapixels * 1e6 * _SHAPE[1] / _SHAPE[0]) ** 0.5)
    recipe = Recipe().model_copy(
        update={"size": size, "strength": Strength(iterations=1), "scale": Scale(octaves=1)}
    )
    frames = dream(photo, recipe, network, Budget(MEMORY))
    begun = time.perf_counter()
    frame = next(frames)
    seconds = time.perf_counter() - begun
    written = sum(float(frame.part(block).mean()) for block in blocks(frame.full_size, 2**20))
    assert written > 0
    sys.stdout.write(f"{seconds} {_resident('VmHWM') - idle}\n")


def _resident(what: str) -> int:
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1]) * 1024


if __name__ == "__main__":
    _dream(int(sys.argv[1]), limited="limited" in sys.argv[2:])
