"""What the studio's queue calls: one picture in a process of its own.

A process and not a thread, for four reasons. What it takes of memory is given back when the picture is done, and
when it takes too much, the system ends it and not the studio. A fault in a driver or a library ends one picture
instead of all work. It can step back behind the live dream, which threads of one process cannot. And it shares no
torch with the studio, whose dreaming and looking threads take turns at tracing.

It tells one JSON object a line on stdout: `done` from 0 to 1 with `text`, and at the end `output`. It hears lines
on stdin: `hold` and `go`. Where stdin ends, nobody waits for the picture any more, be it that the studio was
killed, and it leaves; that works alike on every system, as signals do not.
"""

import os
import sys
import time
from _thread import interrupt_main
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import click

from inceptionist_gui.cli.dreams import dreamed
from inceptionist_gui.cli.options import FILE
from inceptionist_gui.cli.telling import ProgressLine, Telling
from inceptionist_gui.engine.networks import check
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, check_target, format_for, write_picture
from inceptionist_gui.media.errors import reason, shown
from inceptionist_gui.render import still
from inceptionist_gui.render.job import RenderJob, job_from_text, photo_of, unused
from inceptionist_gui.render.priority import lower_priority
from inceptionist_gui.render.thumbnail import thumbnail

_AT_ONCE = 4096
"""Bytes read from stdin at a time."""


@click.command(hidden=True)
@click.argument("file", type=FILE)
def job(file: Path) -> None:
    """Make the picture that a FILE of the studio's queue asks for."""
    wanted = _job_in(file)
    check(wanted.recipe)
    format_for(wanted.output)
    check_target(wanted.output)
    lower_priority()
    began = time.monotonic()
    tell = Reporting(json=True, reins=Reins(sys.stdin.fileno()))
    picture, _ = dreamed(wanted.recipe, photo_of(wanted), still.Means(wanted.device), tell)
    # Minutes have passed: the name may be another file's by now.
    output = unused(wanted.output)
    write_picture(picture, output, depth=wanted.depth, quality=wanted.quality)
    _show_outcome(picture, file.with_suffix(".png"))
    tell.result("", {"output": str(output), "seconds": round(time.monotonic() - began, 2)})


def _job_in(file: Path) -> RenderJob:
    try:
        return job_from_text(file.read_bytes(), shown(file.name))
    except OSError as error:
        raise UserError(f"{shown(file.name)}: cannot be read ({reason(error)}); a job is expected") from error


def _show_outcome(picture: Picture, path: Path) -> None:
    """The picture is in its place: that it cannot be shown small is no fault."""
    try:
        write_picture(thumbnail(picture), path)
    except UserError:
        return


class Reins:
    """What is said on stdin meanwhile."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._free = Event()
        self._free.set()
        self._left_alone = False
        Thread(target=self._listen, daemon=True).start()

    def wait(self) -> None:
        """Returns at once, or when what is held may go on. Raises KeyboardInterrupt when nobody waits any more."""
        self._free.wait()
        if self._left_alone:
            raise KeyboardInterrupt

    def _listen(self) -> None:
        # Not sys.stdin: its lock, held by a thread that waits, would trouble Python's end.
        words = b""
        while heard := self._read():
            *lines, words = (words + heard).split(b"\n")
            for line in lines:
                (self._free.clear if line.strip() == b"hold" else self._free.set)()
        self._left_alone = True
        self._free.set()
        interrupt_main()

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, _AT_ONCE)
        except OSError:
            return b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting(Telling):
    """Speaks to the studio."""

    reins: Reins

    def progress(self) -> ProgressLine:
        return _Reports(self)


class _Reports(ProgressLine):
    def __init__(self, tell: Reporting) -> None:
        super().__init__(shown=False)
        self._tell = tell
        self._due = 0.0

    def at(self, done: float, text: str) -> None:
        self._tell.reins.wait()
        now = time.monotonic()
        # What is waited for may take long: it is told whatever was told just before.
        if done > 0.0 and now < self._due:
            return
        self._due = now + self._PAUSE
        self._tell.result("", {"done": round(done, 4), "text": text})
