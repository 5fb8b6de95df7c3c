"""What the program writes to the terminal: results to stdout, everything else to stderr."""

import errno
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.media.errors import reason
from inceptionist_gui.render.duration import clock

LINES = 8
"""Progress lines over a whole run where stderr is a file."""


class ReaderGoneError(Exception):
    """Nobody reads stdout any more."""


def open_missing_streams() -> None:
    """Where the program was started without stdout or stderr, what it says goes nowhere."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")


def tell_apart(text: str, end: str = "\n") -> None:
    """Writes to stderr; that it cannot be written is no reason to break off."""
    try:
        sys.stderr.write(text + end)
        sys.stderr.flush()
    except OSError:
        sys.stderr = _nowhere("w")


def _print(text: str) -> None:
    """Writes to stdout; signs that it cannot hold are written as numbers."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stdout.flush()
    except OSError as error:
        # What Python has not got rid of would trouble its end.
        sys.stdout = _nowhere("w")
        if isinstance(error, BrokenPipeError):
            raise ReaderGoneError from error
        fault = NotEnoughError if error.errno == errno.ENOSPC else UserError
        raise fault(f"stdout: cannot be written ({reason(error)}); the output is not whole") from error


def _as_json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        # File names that are no text, and terminals that know few signs.
        return json.dumps(data, allow_nan=False)
    return text


def _nowhere(mode: str) -> TextIO:
    file = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  It stays open to the end.
    assert isinstance(file, TextIOWrapper)
    return file


@dataclass(frozen=True, slots=True)
class Telling:
    """How a command was asked to speak."""

    json: bool = False
    quiet: bool = False

    def result(self, text: str, data: Any) -> None:
        """What was asked for: `text` for people, or `data` as the one JSON object on stdout."""
        _print(_as_json(data) if self.json else text)

    def summary(self, text: str, data: Any) -> None:
        """What was done, where the result is a file: as `result`, but the text goes with --quiet."""
        if self.json or not self.quiet:
            self.result(text, data)

    def note(self, text: str) -> None:
        if not self.quiet:
            tell_apart(text)

    def progress(self) -> "ProgressLine":
        return ProgressLine(shown=not self.quiet)


class ProgressLine:
    """One line on stderr that tells how far it is and how long it will take; few lines where that is a file."""

    _PAUSE = 0.1
    """Seconds between two writings."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._live = sys.stderr.isatty()
        self._began = time.monotonic()
        self._next = 0.0
        self._told = 0

    def at(self, done: float, text: str) -> None:
        """`done` runs from 0 to 1."""
        now = time.monotonic()
        if not self._shown or (now < self._next if self._live else done * LINES < self._told):
            return
        self._next = now + self._PAUSE
        self._told = int(done * LINES) + 1
        line = f"{text}, {done:.0%}{self._left(done, now - self._began)}"
        tell_apart(f"\r\x1b[K{line}" if self._live else line, end="" if self._live else "\n")

    def end(self) -> None:
        """Clears the line."""
        if self._shown and self._live:
            tell_apart("\r\x1b[K", end="")

    def _left(self, done: float, passed: float) -> str:
        if passed < 1.0 or done < 0.02:
            return ""
        return f", {clock(passed / done * (1.0 - done))} left"


def table(rows: Sequence[Sequence[object]]) -> str:
    """Columns as wide as their widest cell; numbers to the right, the last column as long as it is."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            text.rjust(width) if isinstance(cell, int | float) else text.ljust(width)
            for cell, text, width in zip(row, texts, widths, strict=True)
        ).rstrip()
        for row, texts in zip(rows, cells, strict=True)
    )
