"""Saving: what is there at once, and what the dreamer has yet to hand over."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from inceptionist_gui.media import Picture, Project, write_picture, write_project
from inceptionist_gui.session.background import Background
from inceptionist_gui.words import _


@dataclass(frozen=True, slots=True)
class Writing:
    """A save that was asked for."""

    path: Path
    generation: int
    """The dream whose picture it is."""
    opened: int
    """What was open, by the session's count."""
    depth: int = 8
    quality: int = 92
    project: Project | None = None
    """What is to be saved around the picture; None for the picture alone."""

    def of(self, picture: Picture | None) -> Project | None:
        """The project with that picture; with the one that it has where there is no other."""
        return self.project and replace(self.project, result=picture or self.project.result)


class Saves:
    """Writes pictures and projects in the background; keeps the saves whose picture is still on its way."""

    def __init__(
        self,
        background: Background,
        written: Callable[[Writing, Picture | None], None],
        failed: Callable[[str], None],
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
        project = writing.of(picture)
        if project is not None:
            self._run(writing, project.result, lambda: write_project(project, writing.path))
        elif picture is not None:
            self._run(writing, picture, lambda: _write(picture, writing))
        else:
            self._failed(_("There is nothing to save yet: dream first"))

    def _run(self, writing: Writing, picture: Picture | None, work: Callable[[], None]) -> None:
        self._background.run(work, lambda _: self._written(writing, picture), self._failed)


def _write(picture: Picture, writing: Writing) -> None:
    write_picture(picture, writing.path, depth=writing.depth, quality=writing.quality)
