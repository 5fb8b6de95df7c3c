"""What stands in the queue."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from inceptionist_gui.render.job import RenderJob


class Standing(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    """For its turn. It may have begun: its process is held, and goes on where it was."""
    RUNNING = "running"
    PAUSED = "paused"
    """By the user: its turns pass by."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


SETTLED = frozenset({Standing.DONE, Standing.FAILED, Standing.CANCELLED})


@dataclass(frozen=True, slots=True)
class Entry:
    """One job of the queue."""

    key: str
    """Of no other job, ever."""
    job: RenderJob
    standing: Standing = Standing.WAITING
    done: float = 0.0
    """From 0 to 1."""
    stage: str = ""
    """What is being done; empty before it begins."""
    seconds_left: float | None = None
    line: str = ""
    """Why it failed."""
    output: Path | None = None
    """Where the picture lies, once it is done."""
    seconds: float = 0.0
    """That it took."""

    @property
    def settled(self) -> bool:
        """It wants nothing more of anybody."""
        return self.standing in SETTLED


@dataclass(frozen=True, slots=True)
class Tally:
    """How the queue stands."""

    total: int = 0
    done: int = 0
    failed: int = 0
    cancelled: int = 0
    share: float = 0.0
    """Of the work, cancelled jobs aside, from 0 to 1."""


def tally(entries: list[Entry]) -> Tally:
    """Counts them; every job is as much work as any other."""
    by = {standing: sum(e.standing is standing for e in entries) for standing in SETTLED}
    wanted = len(entries) - by[Standing.CANCELLED]
    over = by[Standing.DONE] + by[Standing.FAILED] + sum(e.done for e in entries if not e.settled)
    return Tally(
        total=len(entries),
        done=by[Standing.DONE],
        failed=by[Standing.FAILED],
        cancelled=by[Standing.CANCELLED],
        share=over / wanted if wanted else 0.0,
    )
