"""The bar above the canvas, the mask menu and the ways to compare, in the window."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import ClassGoal, LayerGoal, Mask, Mode
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.targets import Target
from inceptionist_gui.ui.commands import plain
from inceptionist_gui.ui.compare import Compare
from inceptionist_gui.ui.painting import PressureFor, Tool
from inceptionist_gui.ui.painting_bar import PaintingBar
from inceptionist_gui.ui.window import Window
from inceptionist_gui.ui.wrapping import Wrapping

pytestmark = pytest.mark.qt
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(window: Window, session: Session, photo: Picture) -> Window:
    session.adopt(photo)
    session.set_goals((LayerGoal(layer="blocks.2"), ClassGoal(label="banana")), "Goals")
    session.undo_stack.clear()
    return window


@pytest.fixture
def bar(opened: Window) -> PaintingBar:
    QTest.keyClick(opened.canvas, Qt.Key.Key_B)
    return opened.tools.bar


def button(bar: PaintingBar, name: str) -> QToolButton:
    return next(each for each in bar.findChildren(QToolButton) if each.accessibleName() == name)


def held(session: Session) -> Mask | None:
    return session.recipe.mask


def aimed(session: Session) -> Target | None:
    return session.masking.target


def test_without_a_picture_there_is_nothing_to_paint(window: Window) -> None:
    assert not window.tools.masks.paint.isEnabled()
    QTest.keyClick(window.canvas, Qt.Key.Key_B)
    assert window.tools.bar.isHidden()


def test_the_key_the_button_and_the_menu_come_to_the_brush_and_leave_it(opened: Window, session: Session) -> None:
    masks = opened.tools.masks
    QTest.keyClick(opened.canvas, Qt.Key.Key_B)
    assert aimed(session) == Target.dream()
    assert masks.paint.isChecked()
    assert opened.tools.bar.isVisible()
    top = opened.bar.widgetForAction(masks.paint)
    assert isinstance(top, QToolButton)
    QTest.mouseClick(top, LEFT)
    assert aimed(session) is None
    assert opened.tools.bar.isHidden()
    masks.restore.trigger()
    assert aimed(session) == Target.photo()
    assert not masks.paint.isChecked()
    assert opened.canvas.hasFocus()


def test_the_bar_names_every_mask_and_takes_up_another(bar: PaintingBar, session: Session, opened: Window) -> None:
    assert [bar.chooser.itemText(index) for index in range(bar.chooser.count())] == [
        "Where to dream",
        "Where the photo comes back",
        "Where blocks.2 counts",
        "Where banana counts",
    ]
    bar.chooser.setCurrentIndex(3)
    bar.chooser.activated.emit(3)
    assert aimed(session) == Target.goal(1)
    session.set_goals((LayerGoal(layer="blocks.2"),), "Remove banana")
    assert aimed(session) is None
    assert opened.tools.bar.isHidden()


def test_the_menu_lists_the_goals_to_paint_for(opened: Window, session: Session) -> None:
    goals = opened.tools.mask_menu._goals
    goals.aboutToShow.emit()
    assert [plain(entry.text()) for entry in goals.actions()] == ["blocks.2", "banana"]
    goals.actions()[1].trigger()
    assert session.masking.target == Target.goal(1)


def test_tools_sliders_and_keys_agree(bar: PaintingBar, opened: Window) -> None:
    painting = opened.stage.painting
    QTest.mouseClick(button(bar, "Eraser"), LEFT)
    assert painting.tool is Tool.ERASER
    QTest.keyClick(opened.canvas, Qt.Key.Key_G)
    assert button(bar, "Gradient").isChecked()
    # A gradient has no size; it has a strength.
    assert not bar.size_.track.isEnabled()
    assert bar.strength.track.isEnabled()
    bar.strength.number.setValue(40)
    assert painting.brush.strength == pytest.approx(0.4)
    QTest.keyClick(opened.canvas, Qt.Key.Key_7)
    assert bar.strength.number.value() == 70
    opened.tools.masks.pressures[PressureFor.SIZE].trigger()
    assert painting.pressure_for is PressureFor.SIZE


def test_whole_masks_by_their_buttons(bar: PaintingBar, session: Session) -> None:
    assert not button(bar, "Clear").isEnabled()
    QTest.mouseClick(button(bar, "Fill"), LEFT)
    full = held(session)
    assert full is not None
    assert full.array().all()
    QTest.mouseClick(button(bar, "Invert"), LEFT)
    empty = held(session)
    assert empty is not None
    assert not empty.array().any()
    QTest.mouseClick(button(bar, "Clear"), LEFT)
    assert held(session) is None
    assert session.undo_stack.count() == 3
    QTest.mouseClick(bar.done, LEFT)
    assert session.masking.target is None


def test_nothing_is_painted_on_what_is_imagined(bar: PaintingBar, session: Session, opened: Window) -> None:
    session.set_mode(Mode.IMAGINE)
    assert bar.isHidden()
    assert not opened.tools.masks.paint.isEnabled()


def test_another_photo_has_no_mask_of_the_one_before(bar: PaintingBar, session: Session, photo: Picture) -> None:
    QTest.mouseClick(button(bar, "Fill"), LEFT)
    session.adopt(photo)
    assert session.recipe.mask is None


def test_all_of_it_has_a_name_and_a_tip_and_is_reached_by_tab(bar: PaintingBar) -> None:
    for each in bar.findChildren(QToolButton):
        assert each.accessibleName(), each
        assert each.toolTip()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_ways_to_compare_follow_the_canvas(opened: Window) -> None:
    modes = opened.tools.compares.modes
    assert not modes[Compare.WIPE].isEnabled()
    opened.canvas.set_before(np.zeros((60, 90, 3), np.uint8))
    assert modes[Compare.WIPE].isEnabled()
    modes[Compare.SIDE].trigger()
    assert opened.canvas.comparison.mode is Compare.SIDE
    QTest.keyClick(opened.canvas, Qt.Key.Key_D)
    assert modes[Compare.DIFFERENCE].isChecked()
    opened.canvas.set_before(None)
    assert modes[Compare.OFF].isChecked()


def test_a_row_breaks_where_it_has_to_and_ends_at_the_right(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = Wrapping(box, gap=10)
    row.setContentsMargins(0, 0, 0, 0)
    parts = [QWidget() for _ in range(5)]
    for part in parts:
        part.setFixedSize(100, 20)
    row.addWidget(parts[0])
    row.addWidget(parts[1])
    row.add_group(parts[2], parts[3])
    row.addWidget(parts[4])
    places = {}
    for width in (600, 450, 250, 100):
        box.resize(width, row.heightForWidth(width))
        row.setGeometry(box.rect())
        places[width] = [(part.x(), part.y()) for part in parts]
    assert {top for _, top in places[600]} == {0}
    # The group goes down as one.
    assert [top for _, top in places[450]] == [0, 0, 0, 0, 24]
    assert [top for _, top in places[250]] == [0, 0, 24, 24, 48]
    assert len({top for _, top in places[100]}) == 5
    assert all(places[width][-1][0] == width - 100 for width in places)
