"""The goals panel and the class picker, by mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.recipe import ClassGoal, LayerGoal, NeuronGoal, described
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.classes import NEAR, NOTHING, ClassPicker
from inceptionist_gui.ui.goal_row import GoalRow, LayerRow, NeuronRow
from inceptionist_gui.ui.goals import ALL_SEEN, GoalsPanel

pytestmark = pytest.mark.qt

LEFT = Qt.MouseButton.LeftButton
BANANA = ClassGoal(label="banana")
DOGS = LayerGoal(layer="blocks.4")


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> GoalsPanel:
    panel = GoalsPanel(session)
    panel.resize(260, 500)
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


@pytest.fixture
def picker(panel: GoalsPanel, qtbot: QtBot) -> ClassPicker:
    picker = panel.pick_class()
    qtbot.waitExposed(picker)
    return picker


def drag_weight(row: GoalRow, *weights: float) -> None:
    track = row.weight.track
    places = [QPoint(track.x_of(weight), track.height() // 2) for weight in weights]
    QTest.mousePress(track, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(track, place)
    QTest.mouseRelease(track, LEFT, pos=places[-1])


def entry(menu: QMenu, *texts: str) -> QAction:
    """The action whose text begins with the last of `texts`, in the submenus named by the others."""
    for text in texts[:-1]:
        within = next(action for action in menu.actions() if action.text().startswith(text)).menu()
        assert isinstance(within, QMenu)
        menu = within
    return next(action for action in menu.actions() if action.text().startswith(texts[-1]))


def test_a_row_says_what_its_goal_is(panel: GoalsPanel, session: Session) -> None:
    session.set_goals((DOGS, BANANA, LayerGoal(layer="blocks.5.1")), "Mix")
    assert [row.title.text() for row in panel.rows] == ["eyes and dogs", "banana", "faces and fur, block 2"]
    assert [row.name.text() for row in panel.rows] == ["blocks.4", "class", "blocks.5.1"]


def test_one_drag_of_a_weight_is_one_named_step(panel: GoalsPanel, session: Session) -> None:
    session.set_goals((DOGS, BANANA), "Add banana")
    row = panel.rows[1]
    drag_weight(row, 1.0, 0.8, 0.5, 0.3)
    assert session.recipe.goals == (DOGS, BANANA.model_copy(update={"weight": 0.3}))
    assert session.undo_stack.undoText() == "Weight of banana 0.30"
    assert session.undo_stack.count() == 2
    assert panel.rows[1] is row, "the row under the pointer stays"
    session.undo_stack.undo()
    assert row.weight.number.value() == 1.0


def test_a_double_click_resets_a_weight(panel: GoalsPanel, session: Session) -> None:
    session.set_goals((LayerGoal(layer="blocks.4", weight=-1.5),), "Avoid")
    QTest.mouseDClick(panel.rows[0].weight.track, LEFT)
    assert session.recipe.goals == (DOGS,)


def test_removing_a_goal(panel: GoalsPanel, session: Session) -> None:
    session.set_goals((DOGS, BANANA), "Add banana")
    QTest.mouseClick(panel.rows[0].remove, LEFT)
    assert session.recipe.goals == (BANANA,)
    assert session.undo_stack.undoText() == "Remove blocks.4"
    session.undo_stack.undo()
    assert [row.title.text() for row in panel.rows] == ["eyes and dogs", "banana"]


def test_the_last_goal_cannot_be_removed(panel: GoalsPanel, session: Session) -> None:
    only = panel.rows[0].remove
    assert not only.isEnabled()
    assert "add another" in only.toolTip()
    QTest.mouseClick(only, LEFT)
    assert session.recipe.goals == (DOGS,)


def test_channels_of_a_layer(panel: GoalsPanel, session: Session) -> None:
    row = panel.rows[0]
    assert isinstance(row, LayerRow)
    row.channels.field.setText("7, 9")
    QTest.keyClick(row.channels.field, Qt.Key.Key_Return)
    assert session.recipe.goals == (LayerGoal(layer="blocks.4", channels=(7, 9)),)
    assert session.undo_stack.undoText() == "Channels of blocks.4: 7, 9"
    row.channels.field.setText("500")
    QTest.keyClick(row.channels.field, Qt.Key.Key_Return)
    assert row.channels.fault.isVisible()
    assert session.undo_stack.count() == 1


def test_adding_a_layer_from_the_menu(panel: GoalsPanel, session: Session) -> None:
    panel.menu.aboutToShow.emit()
    entry(panel.menu, "Layer", "strokes").trigger()
    assert session.recipe.goals == (DOGS, LayerGoal(layer="blocks.1"))
    assert session.undo_stack.undoText() == "Add blocks.1"


def test_adding_and_placing_a_neuron(panel: GoalsPanel, session: Session, qtbot: QtBot) -> None:
    panel.menu.aboutToShow.emit()
    entry(panel.menu, "Neuron", "ornament").trigger()
    row = panel.rows[-1]
    assert isinstance(row, NeuronRow)
    qtbot.waitUntil(row.channel.hasFocus)
    for number, text in ((row.channel, "12"), (row.across, "25"), (row.down, "75")):
        number.selectAll()
        QTest.keyClicks(number, text)
        QTest.keyClick(number, Qt.Key.Key_Return)
    assert session.recipe.goals[-1] == NeuronGoal(layer="blocks.3", channel=12, x=0.25, y=0.75)
    assert panel.rows[-1] is row


def test_a_full_mix_offers_no_more(panel: GoalsPanel, session: Session) -> None:
    session.set_goals((BANANA,) * MOST_GOALS, "Many")
    assert not panel.add.isEnabled()
    assert str(MOST_GOALS) in panel.add.toolTip()


def test_banana_by_keyboard(picker: ClassPicker, panel: GoalsPanel, session: Session) -> None:
    QTest.keyClicks(picker.search, "banan")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert [described(goal) for goal in session.recipe.goals] == ["blocks.4", "banana"]
    assert session.undo_stack.undoText() == "Add banana"
    assert panel.rows[1].title.text() == "banana"


def test_the_arrows_choose_among_what_was_found(picker: ClassPicker, session: Session) -> None:
    classes = network_named("lite0").classes
    QTest.keyClicks(picker.search, "dog")
    third = classes.labels[list(classes.search("dog"))[2]]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(picker.search, key)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert session.recipe.goals[-1] == ClassGoal(label=third)


def test_a_class_is_found_by_another_name_and_by_the_mouse(picker: ClassPicker, session: Session) -> None:
    QTest.keyClicks(picker.search, "husky")
    labels = [picker.list.model().index(row, 0).data() for row in range(picker.list.model().rowCount())]
    row = labels.index("Eskimo dog")
    rect = picker.list.visualRect(picker.list.model().index(row, 0))
    QTest.mouseClick(picker.list.viewport(), LEFT, pos=rect.center())
    assert session.recipe.goals[-1] == ClassGoal(label="Eskimo dog")


def test_the_nearest_names_are_offered(picker: ClassPicker, session: Session) -> None:
    QTest.keyClicks(picker.search, "bananna")
    assert picker.nothing.text() == NEAR
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert session.undo_stack.count() == 0, "what is only near is not taken by mistake"
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert session.recipe.goals[-1] == BANANA


def test_what_no_network_names_is_said(picker: ClassPicker, session: Session) -> None:
    QTest.keyClicks(picker.search, "xylograph of qualms")
    assert picker.nothing.text() == NOTHING
    assert picker.nothing.isVisible()
    assert not picker.list.isVisible()
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert session.undo_stack.count() == 0
    QTest.keyClick(picker.search, Qt.Key.Key_Escape)
    assert picker.isHidden()


def test_nothing_is_clipped_in_a_narrow_dock(panel: GoalsPanel, session: Session) -> None:
    long = max(network_named("lite0").classes.labels, key=len)
    deep = "blocks.5.1.depthwise"
    mixed = (ClassGoal(label=long), LayerGoal(layer=deep), NeuronGoal(layer=deep, channel=9))
    session.set_goals(mixed, "Mix")
    assert panel.minimumSizeHint().width() <= 260


def test_it_is_as_high_as_its_goals_up_to_a_limit(panel: GoalsPanel, session: Session, qtbot: QtBot) -> None:
    one = panel.sizeHint().height()
    session.set_goals((BANANA, DOGS), "Two")
    qtbot.waitUntil(lambda: panel.minimumSizeHint().height() > one)
    session.set_goals((BANANA,) * MOST_GOALS, "Many")
    qtbot.waitUntil(lambda: panel.minimumSizeHint().height() == ALL_SEEN)


def test_what_was_added_is_seen(panel: GoalsPanel, session: Session, qtbot: QtBot) -> None:
    panel.resize(260, 200)
    session.set_goals((BANANA,) * 5, "Five")
    panel.menu.aboutToShow.emit()
    entry(panel.menu, "Layer", "ornament").trigger()
    row = panel.rows[-1]
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect() == row.rect())
