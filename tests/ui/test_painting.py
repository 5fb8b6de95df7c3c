"""The brush on the canvas under real mouse, pen and key events."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inceptionist_gui.session.asking import Asking
from inceptionist_gui.session.brush import FULL, Levels
from inceptionist_gui.session.masking import Masking
from inceptionist_gui.session.targets import Target
from inceptionist_gui.ui.canvas import Canvas
from inceptionist_gui.ui.compare import Compare
from inceptionist_gui.ui.painting import Painting, PressureFor, Tool

pytestmark = pytest.mark.qt
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MIDDLE = QPoint(200, 150)


@pytest.fixture
def asking(qapp: QApplication) -> Asking:
    return Asking(qapp)


@pytest.fixture
def canvas(qtbot: QtBot, asking: Asking) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.activateWindow()
    canvas.setFocus()
    canvas.show_pixels(np.full((60, 90, 3), 90, np.uint8))
    canvas.take_up(Painting(Masking(asking, asking), canvas.viewpoint, asking))
    return canvas


@pytest.fixture
def painting(canvas: Canvas) -> Painting:
    """In use."""
    painting = canvas._painting
    assert painting is not None
    painting.masking.fit(90, 60)
    painting.masking.begin(Target.dream())
    return painting


def drag(canvas: Canvas, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(canvas, LEFT, modifiers, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, modifiers, end)


def mask(asking: Asking) -> Levels:
    assert asking.recipe.mask is not None
    return asking.recipe.mask.array()


def at(canvas: Canvas, point: QPoint) -> tuple[int, int]:
    """The row and column of the mask that lies under a point of the canvas."""
    place = canvas.viewpoint.to_picture(QPointF(point))
    return int(place.y() / 60 * 683), int(place.x() / 90 * 1024)


def colour(canvas: Canvas, point: QPoint) -> tuple[int, int, int]:
    shown = canvas.grab().toImage().pixelColor(point)
    return shown.red(), shown.green(), shown.blue()


@pytest.mark.usefixtures("painting")
def test_a_drag_paints_and_does_not_move_the_picture(canvas: Canvas, asking: Asking) -> None:
    canvas.zoom_to(20.0)
    before = canvas.viewpoint.target()
    drag(canvas, MIDDLE - QPoint(40, 0), MIDDLE + QPoint(40, 0))
    assert canvas.viewpoint.target() == before
    assert mask(asking)[at(canvas, MIDDLE)] > 250
    assert asking.undo_stack.undoText() == "Mask stroke"


@pytest.mark.usefixtures("painting")
def test_what_is_left_out_is_veiled_until_the_mask_is_hidden(canvas: Canvas) -> None:
    plain = colour(canvas, MIDDLE)
    drag(canvas, MIDDLE - QPoint(40, 0), MIDDLE + QPoint(40, 0))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    away = MIDDLE + QPoint(0, 80)
    assert colour(canvas, MIDDLE) == plain
    assert colour(canvas, away) != plain
    QTest.keyClick(canvas, Qt.Key.Key_O)
    assert colour(canvas, away) == plain


def test_where_the_photo_comes_back_is_tinted(canvas: Canvas, painting: Painting) -> None:
    plain = colour(canvas, MIDDLE)
    painting.masking.begin(Target.photo())
    drag(canvas, MIDDLE - QPoint(40, 0), MIDDLE + QPoint(40, 0))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert colour(canvas, MIDDLE) != plain
    assert colour(canvas, MIDDLE + QPoint(0, 80)) == plain


def test_the_eraser_by_key_and_by_modifier(canvas: Canvas, painting: Painting, asking: Asking) -> None:
    painting.masking.fill()
    QTest.keyClick(canvas, Qt.Key.Key_E)
    assert painting.tool.value == Tool.ERASER
    drag(canvas, MIDDLE, MIDDLE)
    assert mask(asking)[at(canvas, MIDDLE)] == 0
    # The other way round with a modifier: the eraser paints, the brush erases.
    drag(canvas, MIDDLE, MIDDLE, Qt.KeyboardModifier.ControlModifier)
    assert mask(asking)[at(canvas, MIDDLE)] == FULL
    QTest.keyClick(canvas, Qt.Key.Key_E)
    assert painting.tool.value == Tool.BRUSH
    drag(canvas, MIDDLE, MIDDLE, Qt.KeyboardModifier.AltModifier)
    assert mask(asking)[at(canvas, MIDDLE)] == 0


def test_size_hardness_and_strength_have_keys(canvas: Canvas, painting: Painting) -> None:
    before = painting.brush
    QTest.keyClick(canvas, Qt.Key.Key_BracketRight)
    assert painting.brush.diameter > before.diameter
    for _ in range(60):
        QTest.keyClick(canvas, Qt.Key.Key_BracketLeft)
    assert painting.brush.diameter == pytest.approx(0.005)
    QTest.keyClick(canvas, Qt.Key.Key_BraceRight, Qt.KeyboardModifier.ShiftModifier)
    assert painting.brush.hardness == pytest.approx(before.hardness + 0.1)
    zoom = canvas.viewpoint.zoom
    QTest.keyClick(canvas, Qt.Key.Key_2)
    assert painting.brush.strength == pytest.approx(0.2)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert painting.brush.strength == 1.0
    assert canvas.viewpoint.zoom == zoom


@pytest.mark.usefixtures("painting")
def test_half_the_strength_is_half_the_mask(canvas: Canvas, asking: Asking) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_5)
    drag(canvas, MIDDLE, MIDDLE + QPoint(2, 0))
    assert mask(asking)[at(canvas, MIDDLE)] == pytest.approx(FULL / 2, abs=2)


@pytest.mark.usefixtures("painting")
def test_a_gradient_is_dragged(canvas: Canvas, asking: Asking) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_G)
    drag(canvas, MIDDLE - QPoint(100, 0), MIDDLE + QPoint(100, 0))
    assert mask(asking)[at(canvas, MIDDLE - QPoint(95, 0))] > 240
    assert 110 < mask(asking)[at(canvas, MIDDLE)] < 145
    assert mask(asking)[at(canvas, MIDDLE + QPoint(95, 0))] < 15
    assert asking.undo_stack.count() == 1
    QTest.keyClick(canvas, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    drag(canvas, MIDDLE, MIDDLE + QPoint(50, 0))
    assert mask(asking)[at(canvas, MIDDLE)] > 240
    assert mask(asking)[at(canvas, MIDDLE - QPoint(55, 0))] == 0


def test_keys_invert_clear_and_leave(canvas: Canvas, painting: Painting, asking: Asking) -> None:
    drag(canvas, MIDDLE, MIDDLE)
    QTest.keyClick(canvas, Qt.Key.Key_I)
    assert mask(asking)[at(canvas, MIDDLE)] < 5
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert asking.recipe.mask is None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not painting.active


def test_a_key_goes_from_one_mask_to_where_the_photo_comes_back(canvas: Canvas, painting: Painting) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert painting.masking.target == Target.photo()
    drag(canvas, MIDDLE, MIDDLE + QPoint(20, 0))
    QTest.keyClick(canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert painting.masking.target == Target.photo()


def test_escape_gives_up_a_stroke_before_it_leaves(canvas: Canvas, painting: Painting, asking: Asking) -> None:
    QTest.mousePress(canvas, LEFT, NONE, MIDDLE)
    QTest.mouseMove(canvas, MIDDLE + QPoint(20, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, MIDDLE)
    assert painting.active
    assert asking.recipe.mask is None
    assert asking.undo_stack.count() == 0


@pytest.mark.usefixtures("painting")
def test_space_still_taps_and_drags_and_the_right_button_moves(
    canvas: Canvas, asking: Asking, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(canvas.tapped):
        QTest.keyClick(canvas, Qt.Key.Key_Space)
    for button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
        before = canvas.viewpoint.target().topLeft()
        QTest.mousePress(canvas, button, NONE, MIDDLE)
        QTest.mouseMove(canvas, MIDDLE + QPoint(10, 5))
        QTest.mouseRelease(canvas, button, NONE, MIDDLE + QPoint(10, 5))
        assert canvas.viewpoint.target().topLeft() - before == QPointF(10, 5)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, MIDDLE, MIDDLE + QPoint(10, 5))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert asking.recipe.mask is None


@pytest.mark.usefixtures("painting")
def test_two_quick_strokes_are_no_double_click(canvas: Canvas, asking: Asking) -> None:
    zoom = canvas.viewpoint.zoom
    QTest.mouseDClick(canvas, LEFT, NONE, MIDDLE)
    QTest.mouseRelease(canvas, LEFT, NONE, MIDDLE)
    assert canvas.viewpoint.zoom == zoom
    assert mask(asking)[at(canvas, MIDDLE)] > 200


@pytest.mark.usefixtures("painting")
def test_a_frame_is_still_drawn_with_shift(canvas: Canvas, asking: Asking) -> None:
    drag(canvas, MIDDLE, MIDDLE + QPoint(60, 60), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.region.left > 0.4
    assert asking.recipe.mask is None


@pytest.mark.parametrize("tool", list(Tool))
def test_the_tool_is_seen_on_dark_and_on_light(canvas: Canvas, painting: Painting, tool: Tool) -> None:
    painting.take(tool)
    for level in (0, 255):
        canvas.show_pixels(np.full((60, 90, 3), level, np.uint8))
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
        bare = canvas.grab().toImage()
        QTest.mousePress(canvas, LEFT, NONE, MIDDLE)
        QTest.mouseMove(canvas, MIDDLE + QPoint(30, 0))
        marks = _distance(canvas.grab().toImage(), bare)
        QTest.mouseRelease(canvas, LEFT, NONE, MIDDLE + QPoint(30, 0))
        painting.masking.clear()
        assert marks > 100


def _distance(one: QImage, other: QImage) -> int:
    levels: list[npt.NDArray[np.int16]] = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8).astype(np.int16)
        for image in (one, other)
    ]
    return int(np.abs(levels[0] - levels[1]).max())


def send_pen(canvas: Canvas, kind: QEvent.Type, point: QPoint, pressure: float, *, eraser: bool = False) -> None:
    end = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
    device = QPointingDevice("pen", 1, QInputDevice.DeviceType.Stylus, end, QInputDevice.Capability.Pressure, 1, 2)
    down = LEFT if kind != QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
    event = QTabletEvent(
        kind,
        device,
        QPointF(point),
        QPointF(canvas.mapToGlobal(point)),
        pressure,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        NONE,
        Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else LEFT,
        down,
    )
    QApplication.sendEvent(canvas, event)


def pen_stroke(canvas: Canvas, pressure: float, *, eraser: bool = False) -> None:
    send_pen(canvas, QEvent.Type.TabletPress, MIDDLE, pressure, eraser=eraser)
    send_pen(canvas, QEvent.Type.TabletMove, MIDDLE + QPoint(10, 0), pressure, eraser=eraser)
    send_pen(canvas, QEvent.Type.TabletRelease, MIDDLE + QPoint(10, 0), 0.0, eraser=eraser)


@pytest.mark.usefixtures("painting")
def test_a_pen_paints_as_strongly_as_it_is_pressed(canvas: Canvas, asking: Asking) -> None:
    pen_stroke(canvas, 0.4)
    assert mask(asking)[at(canvas, MIDDLE)] == pytest.approx(0.4 * FULL, abs=3)
    assert asking.undo_stack.count() == 1
    pen_stroke(canvas, 1.0, eraser=True)
    assert mask(asking)[at(canvas, MIDDLE)] < 5


def test_pressure_may_change_the_size_or_nothing(canvas: Canvas, painting: Painting, asking: Asking) -> None:
    areas = {}
    for pressure_for in PressureFor:
        painting.press_for(pressure_for)
        pen_stroke(canvas, 0.3)
        areas[pressure_for] = int((mask(asking) > 0).sum()), int(mask(asking).max())
        painting.masking.clear()
    assert areas[PressureFor.SIZE][0] < areas[PressureFor.NOTHING][0] / 3
    assert areas[PressureFor.NOTHING][1] == areas[PressureFor.SIZE][1] == FULL
    assert areas[PressureFor.STRENGTH][1] < FULL / 2


def test_side_by_side_either_picture_is_painted_on(canvas: Canvas, painting: Painting, asking: Asking) -> None:
    canvas.set_before(np.zeros((60, 90, 3), np.uint8))
    canvas.choose_compare(Compare.SIDE)
    drag(canvas, QPoint(98, 150), QPoint(98, 150))
    left = mask(asking)
    painting.masking.clear()
    drag(canvas, QPoint(98 + 204, 150), QPoint(98 + 204, 150))
    assert np.abs(mask(asking).astype(int) - left).max() <= 2


def test_b_asks_for_the_brush(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.painting_wanted) as plain:
        QTest.keyClick(canvas, Qt.Key.Key_B)
    assert plain.args == [False]
    with qtbot.waitSignal(canvas.painting_wanted) as shifted:
        QTest.keyClick(canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert shifted.args == [True]
