"""Saving dreams: those that are there at once, and those that the dreamer has yet to hand over."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inceptionist_gui.media import Picture, write_picture
from inceptionist_gui.session.background import Background


@dataclass(frozen=True, slots=True)
class Writing:
    """A save that was asked for."""

    path: Path
    depth: int
    quality: int
    generation: int
    """The dream whose picture it is."""
    opened: int
    """What was open, by the session's count."""


class Saves:
    """Writes pictures in the background; keeps the saves whose picture is still on its way."""

    def __init__(
        self, background: Background, written: Callable[[Writing, Picture], None], failed: Callable[[str], None]
    ) -> None:
        self._background = background
        self._written = written
        self._failed = failed
        self._waiting: list[Writing] = []

    def wait(self, writing: Writing) -> None:
        """Keeps the save until `hand_over` brings the picture of its dream."""
        self._waiting.append(writing)

    def hand_over(self, generation: int, picture: Picture | None) -> None:
        """Writes what was to be saved of that dream; of one before it nothing will come any more."""
        waiting, self._waiting = self._waiting, [w for w in self._waiting if w.generation > generation]
        for writing in waiting:
            if writing.generation <= generation:
                self.write(writing, picture if writing.generation == generation else None)

    def write(self, writing: Writing, picture: Picture | None) -> None:
        if picture is None:
            self._failed("There is nothing to save yet: dream first")
            return
        self._background.run(
            lambda: write_picture(picture, writing.path, depth=writing.depth, quality=writing.quality),
            lambda _: self._written(writing, picture),
            self._failed,
        )
