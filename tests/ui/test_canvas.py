"""The canvas under real mouse, wheel and key events."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.ui.canvas import Canvas

pytestmark = pytest.mark.qt
Pixels = npt.NDArray[np.uint8]


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.activateWindow()
    canvas.setFocus()
    return canvas


@pytest.fixture
def filled(canvas: Canvas, pixels: Pixels) -> Canvas:
    canvas.show_pixels(pixels)
    return canvas


def turn_wheel(canvas: Canvas, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def drag(canvas: Canvas, button: Qt.MouseButton, by: QPoint) -> None:
    start = QPoint(200, 150)
    QTest.mousePress(canvas, button, pos=start)
    QTest.mouseMove(canvas, start + by)
    QTest.mouseRelease(canvas, button, pos=start + by)


def colour_at(canvas: Canvas, point: QPointF) -> tuple[int, int, int]:
    colour = canvas.grab().toImage().pixelColor(point.toPoint())
    return colour.red(), colour.green(), colour.blue()


def test_at_100_percent_it_shows_the_very_pixels(filled: Canvas, pixels: Pixels) -> None:
    QTest.keyClick(filled, Qt.Key.Key_1)
    assert filled.viewpoint.zoom == 1.0
    corner = filled.viewpoint.target().topLeft().toPoint()
    for x, y in ((0, 0), (89, 59), (40, 30)):
        shown = colour_at(filled, QPointF(corner.x() + x, corner.y() + y))
        assert shown == tuple(int(level) for level in pixels[y, x])


def test_what_is_zoomed_far_in_shows_single_pixels(filled: Canvas, pixels: Pixels) -> None:
    filled.zoom_to(32.0)
    for x, y in ((44, 29), (46, 31)):
        middle = filled.viewpoint.to_view(QPointF(x + 0.5, y + 0.5))
        assert colour_at(filled, middle) == tuple(int(level) for level in pixels[y, x])


def test_a_large_picture_made_small_keeps_its_mean(canvas: Canvas) -> None:
    stripes = np.zeros((1600, 1600, 3), np.uint8)
    stripes[:, ::2] = 255
    canvas.show_pixels(stripes)
    red, _, _ = colour_at(canvas, QPointF(200, 150))
    assert 110 < red < 145


def test_the_surround_is_neutral(filled: Canvas) -> None:
    red, green, blue = colour_at(filled, QPointF(2, 2))
    assert red == green == blue


def test_the_wheel_zooms_about_the_pointer(filled: Canvas) -> None:
    pointer = QPoint(150, 120)
    held = filled.viewpoint.to_picture(QPointF(pointer))
    before = filled.viewpoint.zoom
    turn_wheel(filled, pointer, 3)
    assert filled.viewpoint.zoom == pytest.approx(before * 1.25**3)
    now = filled.viewpoint.to_view(held)
    assert (now.x(), now.y()) == pytest.approx((150, 120), abs=1)
    turn_wheel(filled, pointer, -3)
    assert filled.viewpoint.zoom == pytest.approx(before)


def test_plus_and_minus_zoom(filled: Canvas) -> None:
    before = filled.viewpoint.zoom
    QTest.keyClick(filled, Qt.Key.Key_Plus)
    assert filled.viewpoint.zoom == pytest.approx(before * 1.25)
    QTest.keyClick(filled, Qt.Key.Key_Minus)
    QTest.keyClick(filled, Qt.Key.Key_Minus)
    assert filled.viewpoint.zoom == pytest.approx(before / 1.25)


def test_a_double_click_goes_between_fit_and_100_percent(filled: Canvas) -> None:
    QTest.mouseDClick(filled, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert filled.viewpoint.zoom == 1.0
    QTest.mouseDClick(filled, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert filled.viewpoint.fitted


def test_middle_drag_pans(filled: Canvas) -> None:
    before = filled.viewpoint.target().topLeft()
    drag(filled, Qt.MouseButton.MiddleButton, QPoint(30, -20))
    assert filled.viewpoint.target().topLeft() - before == QPointF(30, -20)


def test_left_drag_pans_only_what_is_larger_than_the_view(filled: Canvas) -> None:
    before = filled.viewpoint.target()
    drag(filled, Qt.MouseButton.LeftButton, QPoint(30, -20))
    assert filled.viewpoint.target() == before
    filled.zoom_to(20.0)
    before = filled.viewpoint.target()
    drag(filled, Qt.MouseButton.LeftButton, QPoint(30, -20))
    assert filled.viewpoint.target().topLeft() - before.topLeft() == QPointF(30, -20)


def test_a_tap_of_space_is_told(filled: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(filled.tapped):
        QTest.keyClick(filled, Qt.Key.Key_Space)


def test_space_held_for_a_drag_pans_and_is_no_tap(filled: Canvas, qtbot: QtBot) -> None:
    before = filled.viewpoint.target().topLeft()
    with qtbot.assertNotEmitted(filled.tapped):
        QTest.keyPress(filled, Qt.Key.Key_Space)
        drag(filled, Qt.MouseButton.LeftButton, QPoint(10, 10))
        QTest.keyRelease(filled, Qt.Key.Key_Space)
    assert filled.viewpoint.target().topLeft() - before == QPointF(10, 10)


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_Backslash])
def test_before_is_shown_while_the_key_is_held(filled: Canvas, key: Qt.Key) -> None:
    filled.set_before(np.full((60, 90, 3), 77, np.uint8))
    middle = QPointF(200, 150)
    QTest.keyPress(filled, key)
    assert filled.comparing
    assert colour_at(filled, middle) == (77, 77, 77)
    QTest.keyRelease(filled, key)
    assert colour_at(filled, middle) != (77, 77, 77)


def test_without_a_before_there_is_nothing_to_compare(filled: Canvas) -> None:
    QTest.keyPress(filled, Qt.Key.Key_C)
    assert not filled.comparing


def test_another_frame_is_asked_for_after_painting_and_once(filled: Canvas, pixels: Pixels, qtbot: QtBot) -> None:
    filled.repaint()
    painted: list[int] = []
    filled.painted.connect(lambda: painted.append(1))
    filled.repaint()
    filled.show_pixels(pixels)
    assert painted == []
    qtbot.waitUntil(lambda: painted == [1])
    filled.repaint()
    assert painted == [1]


def test_a_hidden_canvas_asks_for_nothing(filled: Canvas, pixels: Pixels, qtbot: QtBot) -> None:
    filled.repaint()
    filled.hide()
    with qtbot.assertNotEmitted(filled.painted, wait=20):
        filled.show_pixels(pixels)
    with qtbot.waitSignal(filled.painted):
        filled.show()


def test_live_frames_do_not_move_the_view(filled: Canvas, pixels: Pixels) -> None:
    filled.zoom_to(3.0, QPointF(10, 10))
    before = filled.viewpoint.target()
    filled.show_pixels(pixels[::-1].copy())
    assert filled.viewpoint.target() == before


def test_it_says_what_it_is(filled: Canvas) -> None:
    assert filled.accessibleName() == "Canvas"
    assert "space" in filled.accessibleDescription()


def draw_frame(canvas: Canvas, start: QPointF, end: QPointF) -> None:
    shift, left = Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, shift, start.toPoint())
    QTest.mouseMove(canvas, (start / 2 + end / 2).toPoint())
    QTest.mouseMove(canvas, end.toPoint())
    QTest.mouseRelease(canvas, left, shift, end.toPoint())


def test_what_is_laid_over_can_be_seen_through_and_is_not_the_picture(filled: Canvas, pixels: Pixels) -> None:
    filled.show_pixels(np.full_like(pixels, 200))
    before = filled.image
    filled.lay_over(np.zeros_like(pixels))
    middle = QPointF(200, 150)
    assert colour_at(filled, middle) == (0, 0, 0)
    filled.set_opacity(0.5)
    assert 95 < colour_at(filled, middle)[0] < 105
    assert filled.image == before
    filled.lay_over(None)
    assert colour_at(filled, middle) == (200, 200, 200)


def test_what_was_before_is_shown_without_what_is_laid_over(filled: Canvas, pixels: Pixels) -> None:
    filled.set_before(np.full_like(pixels, 77))
    filled.lay_over(np.zeros_like(pixels))
    filled.compare(True)
    assert colour_at(filled, QPointF(200, 150)) == (77, 77, 77)


def test_a_part_is_chosen_with_shift_and_a_drag(filled: Canvas, qtbot: QtBot) -> None:
    target = filled.viewpoint.target()
    with qtbot.waitSignal(filled.region_changed):
        draw_frame(filled, target.center(), target.bottomRight() + QPointF(40, 40))
    region = filled.region
    shares = (region.left, region.top, region.right, region.bottom)
    assert shares == pytest.approx((0.5, 0.5, 1.0, 1.0), abs=0.02)
    # It stays on its part of the picture.
    filled.zoom_to(1.0)
    assert filled.region == region
    red, green, blue = colour_at(filled, QPointF(2, 2))
    assert red == green == blue


def test_a_click_with_shift_and_escape_choose_the_whole_again(filled: Canvas) -> None:
    target = filled.viewpoint.target()
    draw_frame(filled, target.topLeft(), target.center())
    assert filled.region != WHOLE
    draw_frame(filled, target.center(), target.center())
    chosen: list[Region] = []
    filled.region_changed.connect(chosen.append)
    draw_frame(filled, target.topLeft(), target.center())
    QTest.keyClick(filled, Qt.Key.Key_Escape)
    assert chosen[-1] == WHOLE
    assert filled.region == WHOLE


def test_escape_lets_go_the_part_first_and_then_what_is_laid_over(
    filled: Canvas, pixels: Pixels, qtbot: QtBot
) -> None:
    target = filled.viewpoint.target()
    filled.lay_over(pixels)
    draw_frame(filled, target.topLeft(), target.center())
    with qtbot.assertNotEmitted(filled.overlay_dismissed):
        QTest.keyClick(filled, Qt.Key.Key_Escape)
    with qtbot.waitSignal(filled.overlay_dismissed):
        QTest.keyClick(filled, Qt.Key.Key_Escape)
