"""Large pictures are made ready for the canvas off the window's thread."""

import numpy as np
import numpy.typing as npt
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.ui import builder
from inceptionist_gui.ui.canvas import Canvas

pytestmark = pytest.mark.qt


def grey(level: int, side: int) -> npt.NDArray[np.uint8]:
    return np.full((side, side, 3), level, np.uint8)


@pytest.fixture
def canvas(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Canvas:
    """For which all above 100 x 100 pixels is large."""
    monkeypatch.setattr(builder, "AT_ONCE", 10_000)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    return canvas


def level(canvas: Canvas) -> int | None:
    return None if canvas.image is None else canvas.image.pixelColor(5, 5).red()


def test_a_small_picture_is_there_at_once(canvas: Canvas) -> None:
    canvas.show_pixels(grey(7, 100))
    assert level(canvas) == 7


def test_a_large_one_comes_by_itself(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.changed):
        canvas.show_pixels(grey(7, 101))
        assert canvas.image is None
    assert level(canvas) == 7
    with qtbot.waitSignal(canvas.changed):
        canvas.set_before(grey(3, 101))
        assert not canvas.can_compare
    assert canvas.can_compare


def test_the_newest_wins(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_pixels(grey(1, 1500))
    canvas.show_pixels(grey(2, 100))
    assert level(canvas) == 2
    qtbot.wait(300)
    assert level(canvas) == 2


def test_what_was_cleared_does_not_come_back(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_pixels(grey(1, 300))
    canvas.set_before(grey(1, 300))
    canvas.clear()
    qtbot.wait(200)
    assert canvas.image is None
    assert not canvas.can_compare
