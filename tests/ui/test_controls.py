"""The controls panel, by mouse, wheel and keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Start, control_at, controls, value_at
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.controls import ControlsPanel, SeedRow
from inceptionist_gui.ui.slider import ControlRow
from inceptionist_gui.ui.track import Track, stops_of

pytestmark = pytest.mark.qt

SETTLE = "strength.settle"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> ControlsPanel:
    panel = ControlsPanel(session)
    panel.resize(300, 700)
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


@pytest.fixture
def settle(panel: ControlsPanel) -> ControlRow:
    return slider_row(panel, SETTLE)


def slider_row(panel: ControlsPanel, path: str) -> ControlRow:
    row = panel.row(path)
    assert isinstance(row, ControlRow)
    return row


def at(track: Track, value: float) -> QPoint:
    return QPoint(track.x_of(value), track.height() // 2)


def drag(track: Track, *values: float) -> None:
    first, *others = values
    QTest.mousePress(track, LEFT, pos=at(track, first))
    for value in others:
        QTest.mouseMove(track, at(track, value))
    QTest.mouseRelease(track, LEFT, pos=at(track, values[-1]))


def turn_wheel(widget: QWidget, notches: int) -> bool:
    """Whether the widget kept the turn for itself."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_every_control_has_a_row_with_its_names(panel: ControlsPanel) -> None:
    for control in controls():
        row = panel.row(control.path)
        assert control.tells.split("'")[0] in row.toolTip()
        assert ("begins the picture anew" in row.toolTip().casefold()) is control.restarts
        assert row.number.accessibleName() == control.title


def test_one_drag_is_one_undo_step(settle: ControlRow, session: Session) -> None:
    drag(settle.track, 0.5, 0.6, 0.7, 0.8)
    assert session.recipe.strength.settle == 0.8
    assert session.undo_stack.count() == 1
    assert session.undo_stack.undoText() == "Settle 0.80"
    session.undo_stack.undo()
    assert session.recipe.strength.settle == 0.5
    assert settle.number.value() == 0.5
    assert settle.track.x_of(0.5) == settle.track.x_of(settle.number.value())


def test_two_drags_are_two_steps(settle: ControlRow, session: Session) -> None:
    drag(settle.track, 0.5, 0.7)
    drag(settle.track, 0.7, 0.9)
    assert session.undo_stack.count() == 2


def test_a_press_beside_the_handle_brings_it_there(settle: ControlRow, session: Session) -> None:
    QTest.mouseClick(settle.track, LEFT, pos=at(settle.track, 0.2))
    assert session.recipe.strength.settle == 0.2


def test_typing_a_number(settle: ControlRow, session: Session) -> None:
    settle.number.selectAll()
    QTest.keyClicks(settle.number, "0,35")
    assert session.recipe.strength.settle == 0.5, "nothing before Enter"
    QTest.keyClick(settle.number, Qt.Key.Key_Return)
    assert session.recipe.strength.settle == 0.35
    assert settle.track.value() == stops_of(control_at(SETTLE)).index(0.35)


def test_a_double_click_takes_the_whole_number(settle: ControlRow, session: Session) -> None:
    field = settle.number.lineEdit()
    QTest.mouseDClick(field, LEFT, pos=QPoint(field.width() - 8, field.height() // 2))
    QTest.keyClicks(field, "0,25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert value_at(session.recipe, SETTLE) == 0.25


def test_space_is_not_typed_into_a_number(settle: ControlRow) -> None:
    before = settle.number.text()
    settle.number.setFocus()
    settle.number.selectAll()
    QTest.keyClick(settle.number, Qt.Key.Key_Space)
    assert settle.number.text() == before


def test_escape_gives_typing_up(settle: ControlRow, session: Session, qtbot: QtBot) -> None:
    settle.number.setFocus()
    qtbot.waitUntil(settle.number.hasFocus)
    settle.number.selectAll()
    QTest.keyClicks(settle.number, "0.9")
    QTest.keyClick(settle.number, Qt.Key.Key_Escape)
    assert settle.number.value() == 0.5
    assert not settle.number.hasFocus()
    assert session.undo_stack.count() == 0


def test_a_double_click_on_the_slider_resets_in_one_step(settle: ControlRow, session: Session) -> None:
    session.set_value(SETTLE, 0.9)
    # As a hand does it: the first click already moves the handle.
    QTest.mouseClick(settle.track, LEFT, pos=at(settle.track, 0.2))
    QTest.mouseDClick(settle.track, LEFT, pos=at(settle.track, 0.2))
    assert session.recipe.strength.settle == 0.5
    session.undo_stack.undo()
    assert session.recipe.strength.settle == 0.9


def test_title_and_arrow_reset(settle: ControlRow, session: Session) -> None:
    assert settle.reset.isHidden()
    session.set_value(SETTLE, 0.9)
    assert settle.reset.isVisible()
    QTest.mouseClick(settle.reset, LEFT)
    assert session.recipe.strength.settle == 0.5
    assert settle.reset.isHidden()
    session.set_value(SETTLE, 0.8)
    QTest.mouseDClick(settle.title, LEFT)
    assert session.recipe.strength.settle == 0.5


def test_the_wheel_scrolls_the_panel_unless_the_slider_has_the_focus(
    settle: ControlRow, session: Session, qtbot: QtBot
) -> None:
    assert not turn_wheel(settle.track, 1)
    assert not turn_wheel(settle.number, 1)
    assert session.recipe.strength.settle == 0.5
    settle.track.setFocus()
    qtbot.waitUntil(settle.track.hasFocus)
    assert turn_wheel(settle.track, 1)
    assert session.recipe.strength.settle == 0.55


def test_keys_move_it_and_one_run_of_keys_is_one_step(settle: ControlRow, session: Session, qtbot: QtBot) -> None:
    settle.track.setFocus()
    qtbot.waitUntil(settle.track.hasFocus)
    for _ in range(3):
        QTest.keyClick(settle.track, Qt.Key.Key_Right)
    assert session.recipe.strength.settle == 0.65
    assert session.undo_stack.count() == 1
    settle.track.clearFocus()
    settle.track.setFocus()
    QTest.keyClick(settle.track, Qt.Key.Key_PageDown)
    assert session.undo_stack.count() == 2


def test_what_comes_from_elsewhere_moves_every_row(panel: ControlsPanel, session: Session, qtbot: QtBot) -> None:
    recipe = session.recipe
    for control in controls():
        session.set_value(control.path, control.maximum)
    for control in controls():
        assert panel.row(control.path).number.value() == pytest.approx(control.maximum)
    steps = session.undo_stack.count()
    with qtbot.waitSignal(session.recipe_changed):
        session.apply_recipe(recipe, "Back")
    assert session.undo_stack.count() == steps + 1, "showing a value is not changing it"
    assert all(panel.row(c.path).number.value() == value_at(recipe, c.path) for c in controls())


def test_a_value_between_two_stops_stays_as_it_is(panel: ControlsPanel, session: Session) -> None:
    session.set_value("size", 777)
    assert slider_row(panel, "size").number.value() == 777
    assert session.recipe.size == 777


def test_size_has_fine_stops_below_and_coarse_ones_above() -> None:
    stops = stops_of(control_at("size"))
    assert {64, 96, 512, 768, 8192} <= set(stops)
    assert len(stops) < 120
    assert all(stop % 32 == 0 for stop in stops)
    assert list(stops) == sorted(set(stops))


def test_dice_throw_another_seed(panel: ControlsPanel, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    row = panel.row("seed")
    assert isinstance(row, SeedRow)
    thrown: Callable[[int, int], int] = lambda _, most: most - 1  # noqa: E731
    monkeypatch.setattr("inceptionist_gui.ui.controls.randint", thrown)
    QTest.mouseClick(row.dice, LEFT)
    assert session.recipe.seed == 999_998
    assert row.number.value() == 999_998
    session.undo_stack.undo()
    assert session.recipe.seed == 0


def test_choosing_the_start(panel: ControlsPanel, session: Session) -> None:
    QTest.mouseClick(panel.start.button(Start.CLOUDS), LEFT)
    assert session.recipe.start is Start.CLOUDS
    session.undo_stack.undo()
    assert panel.start.button(Start.PHOTO).isChecked()
    assert session.undo_stack.count() == 1


def test_nothing_is_clipped_in_a_narrow_dock(panel: ControlsPanel) -> None:
    assert panel.minimumSizeHint().width() <= 260


def test_a_photo_is_offered_once_there_is_one(panel: ControlsPanel, session: Session, photo: Picture) -> None:
    assert not panel.start.button(Start.PHOTO).isEnabled()
    session.adopt(photo)
    assert panel.start.button(Start.PHOTO).isEnabled()
