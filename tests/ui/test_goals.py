"""The goals panel and the class picker, by mouse and keyboard."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.media import Picture, write_picture
from inceptionist_gui.recipe import (
    ClassGoal,
    Goal,
    Guide,
    GuideGoal,
    LayerGoal,
    Mask,
    Mode,
    NeuronGoal,
    described,
    preset_named,
)
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.recipe.taste import GOALS
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.session.targets import Target
from inceptionist_gui.ui.classes import NEAR, NOTHING, ClassPicker
from inceptionist_gui.ui.goal_row import GoalRow, GuideRow, LayerRow, NeuronRow
from inceptionist_gui.ui.goals import ALL_SEEN, GoalsPanel
from tests.ui.drops import drag_over, drop, files

pytestmark = pytest.mark.qt

LEFT = Qt.MouseButton.LeftButton
BANANA = ClassGoal(label="banana")
DOGS = LayerGoal(layer="blocks.4")
STROKES = LayerGoal(layer="blocks.1")
HALF = Mask.of(np.repeat(np.array([[0, 255]], np.uint8), 8, axis=1).repeat(8, axis=0))
GUIDE = GuideGoal(layer="blocks.3", picture=Guide.of(np.full((6, 8, 3), 90, np.uint8)), name="fern.png")


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
        within = next(action for action in menu.actions() if plain(action).startswith(text)).menu()
        assert isinstance(within, QMenu)
        menu = within
    return next(action for action in menu.actions() if plain(action).startswith(texts[-1]))


def plain(action: QAction) -> str:
    return action.text().replace("&", "")


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
    mixed = (ClassGoal(label=long), LayerGoal(layer=deep), NeuronGoal(layer=deep, channel=9), GUIDE)
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


def kinds(session: Session) -> list[str]:
    return [described(goal) for goal in session.recipe.goals]


class TestOrder:
    @pytest.fixture(autouse=True)
    def three(self, panel: GoalsPanel, session: Session, qtbot: QtBot) -> None:
        session.set_goals((DOGS, BANANA, STROKES), "Three")
        qtbot.waitUntil(lambda: panel.rows[2].y() > panel.rows[1].y() > panel.rows[0].y())

    def drag(self, panel: GoalsPanel, place: int, pointer: QPoint) -> None:
        grip = panel.rows[place].grip
        QTest.mousePress(grip, LEFT)
        QTest.mouseMove(grip, grip.mapFromGlobal(pointer))
        assert panel.order.line.isVisible()
        QTest.mouseRelease(grip, LEFT, pos=grip.mapFromGlobal(pointer))
        assert not panel.order.line.isVisible()

    def edge_of(self, row: GoalRow, *, below: bool) -> QPoint:
        return row.mapToGlobal(QPoint(8, row.height() - 1 if below else 1))

    @pytest.mark.parametrize(
        ("taken", "over", "below", "order"),
        [
            (0, 2, True, ["banana", "blocks.1", "blocks.4"]),
            (0, 1, True, ["banana", "blocks.4", "blocks.1"]),
            (2, 0, False, ["blocks.1", "blocks.4", "banana"]),
            (2, 1, False, ["blocks.4", "blocks.1", "banana"]),
        ],
    )
    def test_by_the_mouse(
        self, panel: GoalsPanel, session: Session, taken: int, over: int, below: bool, order: list[str]
    ) -> None:
        name = described(session.recipe.goals[taken])
        self.drag(panel, taken, self.edge_of(panel.rows[over], below=below))
        assert kinds(session) == order
        assert session.undo_stack.undoText() == f"Move {name}"
        session.undo_stack.undo()
        assert kinds(session) == ["blocks.4", "banana", "blocks.1"]

    def test_dropped_where_it_was_it_is_no_step(self, panel: GoalsPanel, session: Session) -> None:
        self.drag(panel, 1, self.edge_of(panel.rows[1], below=True))
        assert session.undo_stack.count() == 1

    def test_a_click_on_the_grip_moves_nothing(self, panel: GoalsPanel, session: Session) -> None:
        QTest.mouseClick(panel.rows[0].grip, LEFT)
        assert session.undo_stack.count() == 1

    def test_by_keyboard(self, panel: GoalsPanel, session: Session, qtbot: QtBot) -> None:
        track = panel.rows[0].weight.track
        track.setFocus()
        qtbot.waitUntil(track.hasFocus)
        QTest.keyClick(track, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        assert kinds(session) == ["banana", "blocks.4", "blocks.1"]
        grip = panel.rows[1].grip
        qtbot.waitUntil(grip.hasFocus)
        for _ in range(3):
            QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        assert kinds(session) == ["banana", "blocks.1", "blocks.4"]
        assert session.undo_stack.count() == 3, "at the end it goes no further"


class TestMuteAndSolo:
    def test_each_is_one_step(self, panel: GoalsPanel, session: Session) -> None:
        session.set_goals((DOGS, BANANA), "Two")
        QTest.mouseClick(panel.rows[1].mute, LEFT)
        assert [goal.muted for goal in session.recipe.goals] == [False, True]
        assert session.undo_stack.undoText() == "Mute banana"
        QTest.mouseClick(panel.rows[0].solo, LEFT)
        assert [goal.solo for goal in session.recipe.goals] == [True, False]
        assert session.undo_stack.undoText() == "Solo blocks.4"
        session.undo_stack.undo()
        session.undo_stack.undo()
        assert not panel.rows[1].mute.isChecked()

    def test_what_does_not_count_is_quiet(self, panel: GoalsPanel, session: Session) -> None:
        session.set_goals((DOGS, BANANA, STROKES.model_copy(update={"muted": True})), "Three")
        assert [row.title.property("role") for row in panel.rows] == ["", "", "quiet"]
        QTest.mouseClick(panel.rows[1].solo, LEFT)
        assert [row.title.property("role") for row in panel.rows] == ["quiet", "", "quiet"]

    def test_by_keyboard(self, panel: GoalsPanel, session: Session, qtbot: QtBot) -> None:
        panel.rows[0].mute.setFocus()
        qtbot.waitUntil(panel.rows[0].mute.hasFocus)
        QTest.keyClick(panel.rows[0].mute, Qt.Key.Key_Space)
        assert session.recipe.goals[0].muted


def test_locked_goals_say_so_and_are_unlocked_there(panel: GoalsPanel, session: Session) -> None:
    assert not panel.lock.isVisible()
    session.looks.lock(GOALS, True)
    assert panel.lock.isVisible()
    session.apply_preset(preset_named("strokes"))
    assert session.recipe.goals == (DOGS,)
    QTest.mouseClick(panel.lock, LEFT)
    assert session.looks.locked == frozenset()
    assert not panel.lock.isVisible()


class TestMask:
    def test_the_button_begins_and_ends_painting(self, panel: GoalsPanel, session: Session) -> None:
        session.set_goals((DOGS, BANANA), "Two")
        button = panel.rows[1].mask_button
        QTest.mouseClick(button, LEFT)
        assert session.masking.target == Target.goal(1)
        assert [row.mask_button.isChecked() for row in panel.rows] == [False, True]
        QTest.mouseClick(button, LEFT)
        assert [row.mask_button.isChecked() for row in panel.rows] == [False, False]
        session.masking.begin(Target.goal(0))
        assert [row.mask_button.isChecked() for row in panel.rows] == [True, False]

    def test_it_shows_the_mask_and_its_menu_takes_it_away(self, panel: GoalsPanel, session: Session) -> None:
        button = panel.rows[0].mask_button
        plain = button.grab().toImage()
        assert not entry(button.menu_of_mask(), "Remove").isEnabled()
        session.set_goals((DOGS.model_copy(update={"mask": HALF}),), "Mask")
        assert button.grab().toImage() != plain
        entry(button.menu_of_mask(), "Remove").trigger()
        assert session.recipe.goals == (DOGS,)
        assert session.undo_stack.undoText() == "Remove the mask of blocks.4"

    def test_only_a_dream_has_places_to_paint(self, panel: GoalsPanel, session: Session) -> None:
        session.set_mode(Mode.IMAGINE)
        assert not panel.rows[0].mask_button.isVisible()
        session.undo_stack.undo()
        assert panel.rows[0].mask_button.isVisible()


class TestGuide:
    @pytest.fixture
    def fern(self, tmp_path: Path) -> Path:
        path = tmp_path / "fern.png"
        write_picture(Picture(np.random.default_rng(2).integers(0, 255, (200, 400, 3), dtype=np.uint8)), path)
        return path

    def waited(self, qtbot: QtBot, session: Session) -> GuideGoal:
        qtbot.waitUntil(lambda: isinstance(session.recipe.goals[-1], GuideGoal))
        goal = session.recipe.goals[-1]
        assert isinstance(goal, GuideGoal)
        return goal

    def test_a_picture_dropped_on_the_goals_guides(
        self, panel: GoalsPanel, session: Session, qtbot: QtBot, fern: Path
    ) -> None:
        assert drag_over(panel, files(fern))
        assert panel.hint.isVisible()
        assert "guide the dream" in panel.hint.text
        drop(panel, files(fern))
        assert not panel.hint.isVisible()
        goal = self.waited(qtbot, session)
        assert (goal.name, goal.layer) == ("fern.png", "blocks.4")
        assert goal.picture.array().shape == (128, 256, 3)
        assert session.undo_stack.undoText() == "Guide by fern.png"

    def test_what_is_no_picture_is_the_windows(self, panel: GoalsPanel, tmp_path: Path) -> None:
        assert not drag_over(panel, files(tmp_path / "work.dream"))
        text = QMimeData()
        text.setText("fern")
        assert not drag_over(panel, text)
        assert not panel.hint.isVisible()

    def test_one_from_the_menu(
        self, panel: GoalsPanel, session: Session, qtbot: QtBot, fern: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session.set_goals((BANANA,), "Banana")
        monkeypatch.setattr(panel, "ask_guide", lambda: fern)
        panel.menu.aboutToShow.emit()
        entry(panel.menu, "Guide").trigger()
        assert self.waited(qtbot, session).layer == "blocks.3", "a class has no layer that could be taken"

    def test_a_file_that_cannot_be_read_is_said(self, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
        broken, said = tmp_path / "broken.png", list[Message]()
        broken.write_bytes(b"no picture")
        session.said.connect(said.append)
        session.guides.add(broken)
        qtbot.waitUntil(lambda: said[-1].tone is Tone.ERROR)
        assert "broken.png" in said[-1].text
        assert session.recipe.goals == (DOGS,)

    def test_a_full_mix_takes_no_guide(self, session: Session, qtbot: QtBot, fern: Path) -> None:
        full: tuple[Goal, ...] = (BANANA,) * MOST_GOALS
        said: list[Message] = []
        session.said.connect(said.append)
        session.set_goals(full, "Many")
        session.guides.add(fern)
        qtbot.waitUntil(lambda: said[-1].tone is Tone.ERROR)
        assert session.recipe.goals == full

    def test_its_row_has_its_picture_and_its_layer(self, panel: GoalsPanel, session: Session) -> None:
        session.set_goals((DOGS, GUIDE), "Guide")
        row = panel.rows[1]
        assert isinstance(row, GuideRow)
        assert row.title.text() == "fern.png"
        assert "<img" in row.thumb.toolTip()
        assert row.layer.currentData() == "blocks.3"
        QTest.keyClick(row.layer, Qt.Key.Key_Down)
        assert session.recipe.goals[1] == GUIDE.model_copy(update={"layer": "blocks.4"})
        assert panel.rows[1] is row
        assert "blocks.4" in session.undo_stack.undoText()
        session.undo_stack.undo()
        assert row.layer.currentData() == "blocks.3"
