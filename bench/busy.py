"""How much slower the engine runs while another program keeps every core busy: a studio shares its cores."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from bench.figure import Figure, at_most
from bench.speed import _Side

JOB, SIZE = "Lite0 blocks.4", (512, 768)
ROUNDS = 5
RUNS = 5
"""Directions taken one after the other, alone and again beside the load, in each round."""


def measure() -> list[Figure]:
    alone: list[float] = []
    beside: list[float] = []
    side = _Side("ours", JOB, SIZE)
    try:
        side.run()
        with _load() as load:
            for _ in range(ROUNDS):
                alone += _taken(side)
                _tell(load, signal.SIGCONT)
                beside += _taken(side)
                _tell(load, signal.SIGSTOP)
    finally:
        side.end()
    name = f"busy: {JOB}, {SIZE[1]}x{SIZE[0]}, every core loaded by another program, against alone"
    return [at_most(name, median(beside) / median(alone), "x", 2.2)]


def _taken(side: _Side) -> list[float]:
    """Seconds of each run but the first, which still feels the change."""
    return [side.run() for _ in range(RUNS + 1)][1:]


@contextmanager
def _load() -> Iterator[Sequence["subprocess.Popen[bytes]"]]:
    """As many processes that never rest as there are cores, stopped at first."""
    load = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        _tell(load, signal.SIGSTOP)
        yield load
    finally:
        for process in load:
            process.kill()
            process.wait()


def _tell(load: Sequence["subprocess.Popen[bytes]"], what: signal.Signals) -> None:
    for process in load:
        process.send_signal(what)
