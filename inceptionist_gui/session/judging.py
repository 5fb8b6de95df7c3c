"""What the networks say when one of them was fooled, asked without stalling the window."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.media import Picture, as_uint8, write_picture
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.still import Means, dreaming, starting_picture
from inceptionist_gui.session.errands import Errand

if TYPE_CHECKING:
    from inceptionist_gui.engine.fool import Fooled


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A picture with which a network was fooled, and what it was made of."""

    photo: Picture | None
    """What was open; None is right where the start was generated."""
    result: Picture
    recipe: Recipe
    device: DeviceName


class Judging(QObject):
    """Asks the fooled network and its judge; shows all side by side in a picture of their own."""

    judged = Signal(object)
    """A Fooled; None when what was said before no longer belongs to what is shown."""
    comparing = Signal(float)
    """How far the comparison is, from 0 to 1."""
    compared = Signal(object)
    """The Path of the comparison, which was just written."""
    failed = Signal(str)
    """One line; neither a verdict nor a comparison will come."""

    def __init__(self, run: Callable[[Errand], None], parent: QObject | None = None) -> None:
        """`run` has an errand done."""
        super().__init__(parent)
        self._run = run
        self._case: Case | None = None
        self._fooled: Fooled | None = None

    def judge(self, case: Case) -> None:
        """Has `judged` come of it."""
        self.forget()
        self._case = case
        errand = Errand(_judging(case), self)
        errand.done.connect(lambda fooled: self._take(case, fooled))
        errand.failed.connect(self.failed)
        self._run(errand)

    def forget(self) -> None:
        """What was fooled last is no longer shown."""
        self._case, self._fooled = None, None
        self.judged.emit(None)

    def compare(self, path: Path) -> None:
        """Writes the comparison of what was judged last; takes a while, since the class is imagined for it."""
        if self._case is None or self._fooled is None:
            return
        errand = Errand(_comparing(self._case, self._fooled, path), self)
        errand.progressed.connect(self.comparing)
        errand.done.connect(self.compared)
        errand.failed.connect(self.failed)
        self._run(errand)

    def _take(self, case: Case, fooled: "Fooled") -> None:
        # Of an older case nobody wants to hear any more.
        if case is self._case:
            self._fooled = fooled
            self.judged.emit(fooled)


def _judging(case: Case) -> "Generator[float, None, Fooled]":
    from inceptionist_gui.render import fooling

    yield 0.0
    start = starting_picture(case.recipe, case.photo)
    return fooling.outcome(start, as_uint8(case.result.pixels), case.recipe, Means(case.device))


def _comparing(case: Case, fooled: "Fooled", path: Path) -> Generator[float, None, Path]:
    from inceptionist_gui.render import fooling

    means, frame = Means(case.device), None
    for frame in dreaming(fooling.with_priors(case.recipe), None, means=means):
        yield frame.done
    assert frame is not None
    imagined = Picture(frame.pixels())
    verdicts = fooling.verdicts(imagined, case.recipe, means)
    start = starting_picture(case.recipe, case.photo)
    sheet = fooling.sheet(start, as_uint8(case.result.pixels), fooled, (frame.pixels(), verdicts))
    write_picture(Picture(sheet), path)
    return path
