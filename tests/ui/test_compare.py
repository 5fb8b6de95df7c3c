"""Comparing under real mouse and key events."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.ui.canvas import Canvas
from inceptionist_gui.ui.compare import GAP, Compare
from inceptionist_gui.ui.difference import GAIN, SAME

pytestmark = pytest.mark.qt
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
NOW, BEFORE, OTHER = 200, 60, 120


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.activateWindow()
    canvas.setFocus()
    canvas.show_pixels(even(NOW))
    canvas.set_before(even(BEFORE))
    return canvas


def even(level: int, size: tuple[int, int] = (60, 90)) -> npt.NDArray[np.uint8]:
    return np.full((*size, 3), level, np.uint8)


def level(canvas: Canvas, x: float, y: float = 200.0) -> int:
    return canvas.grab().toImage().pixelColor(QPointF(x, y).toPoint()).red()


def test_the_divider_is_dragged(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_W)
    assert canvas.comparison.mode is Compare.WIPE
    assert (level(canvas, 150), level(canvas, 250)) == (BEFORE, NOW)
    QTest.mousePress(canvas, LEFT, NONE, QPoint(200, 250))
    QTest.mouseMove(canvas, QPoint(260, 250))
    QTest.mouseMove(canvas, QPoint(300, 250))
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(300, 250))
    assert (level(canvas, 250), level(canvas, 330)) == (BEFORE, NOW)
    # It stops where the picture ends.
    QTest.mousePress(canvas, LEFT, NONE, QPoint(300, 250))
    QTest.mouseMove(canvas, QPoint(2000, 250))
    QTest.mouseRelease(canvas, LEFT, NONE, QPoint(2000, 250))
    assert canvas.comparison.share == 1.0


def test_arrow_keys_move_the_divider(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_W)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.comparison.share == pytest.approx(0.49)
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.comparison.share == pytest.approx(0.59)


def test_the_divider_can_be_reached_wherever_one_looks(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_W)
    canvas.zoom_to(30.0, QPointF(20, 20))
    assert 0 <= canvas.comparison.divider <= canvas.width()


def test_side_by_side_both_are_zoomed_and_moved_as_one(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Y)
    pane = (400 - GAP) / 2
    assert canvas.viewpoint.view.width() == pane
    assert (level(canvas, pane / 2), level(canvas, pane * 1.5 + GAP)) == (BEFORE, NOW)
    stripes = even(NOW)
    stripes[:, 45:] = 30
    canvas.show_pixels(stripes)
    canvas.set_before(stripes // 2)
    canvas.zoom_to(8.0)
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, NONE, QPoint(300, 150))
    QTest.mouseMove(canvas, QPoint(330, 150))
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, NONE, QPoint(330, 150))
    edge = canvas.viewpoint.to_view(QPointF(45, 0)).x()
    assert edge == pytest.approx(pane / 2 + 30, abs=1)
    assert [level(canvas, edge + x) for x in (-5, 5)] == [NOW // 2, 15]
    assert [level(canvas, edge + pane + GAP + x) for x in (-5, 5)] == [NOW, 30]


def test_ending_side_by_side_gives_the_room_back(canvas: Canvas) -> None:
    before = canvas.viewpoint.target()
    QTest.keyClick(canvas, Qt.Key.Key_Y)
    QTest.keyClick(canvas, Qt.Key.Key_Y)
    assert canvas.comparison.mode is Compare.OFF
    assert canvas.viewpoint.target() == before


def test_a_difference_is_grey_where_there_is_none(canvas: Canvas) -> None:
    now = even(100)
    now[:, 45:] = 110
    canvas.show_pixels(now)
    canvas.set_before(even(100))
    QTest.keyClick(canvas, Qt.Key.Key_D)
    assert (level(canvas, 100), level(canvas, 300)) == (SAME, SAME + 10 * GAIN)
    # Live: with the next frame it is another.
    canvas.show_pixels(even(95))
    assert level(canvas, 300) == SAME - 5 * GAIN


def test_escape_ends_it(canvas: Canvas, qtbot: QtBot) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_D)
    with qtbot.waitSignal(canvas.compare_changed, check_params_cb=lambda mode: mode is Compare.OFF):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert level(canvas, 200) == NOW


def test_holding_shows_the_whole_as_it_was_whatever_the_mode(canvas: Canvas) -> None:
    for mode in Compare:
        canvas.choose_compare(mode)
        QTest.keyPress(canvas, Qt.Key.Key_C)
        assert {level(canvas, 120), level(canvas, 320)} == {BEFORE}, mode
        QTest.keyRelease(canvas, Qt.Key.Key_C)


def test_another_picture_takes_the_place_of_what_was(canvas: Canvas) -> None:
    canvas.compare_with(even(OTHER, (30, 45)))
    assert canvas.comparison.mode is Compare.WIPE
    assert level(canvas, 120) == OTHER
    canvas.compare_with(None)
    assert level(canvas, 120) == BEFORE


def test_with_nothing_to_compare_there_is_no_mode(canvas: Canvas) -> None:
    canvas.choose_compare(Compare.SIDE)
    canvas.compare_with(even(OTHER))
    canvas.set_before(None)
    assert canvas.comparison.mode is Compare.OFF
    QTest.keyClick(canvas, Qt.Key.Key_W)
    assert canvas.comparison.mode is Compare.OFF
    assert canvas.viewpoint.view.width() == canvas.width()


@pytest.mark.parametrize("mode", list(Compare))
def test_frames_change_nothing_but_the_picture(canvas: Canvas, mode: Compare) -> None:
    canvas.choose_compare(mode)
    canvas.zoom_to(12.0, QPointF(30, 40))
    before = canvas.viewpoint.target()
    # The same picture at the size of a dream: nothing jumps.
    canvas.show_pixels(even(NOW, (120, 180)))
    canvas.set_before(even(BEFORE, (120, 180)))
    after = canvas.viewpoint.target()
    for one, other in ((before.topLeft(), after.topLeft()), (before.bottomRight(), after.bottomRight())):
        assert (one.x(), one.y()) == pytest.approx((other.x(), other.y()), abs=1)
    assert canvas.comparison.mode is mode
