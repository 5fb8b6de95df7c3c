"""The layers panel, by mouse and keyboard."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, as_uint8
from inceptionist_gui.recipe import ClassGoal, LayerGoal, NeuronGoal, RecipeError, described
from inceptionist_gui.render.sheets import StageTile
from inceptionist_gui.session.previews import Previews
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.channels import channels_from_text, channels_text
from inceptionist_gui.ui.layer_painter import MARK, PICTURE, ROW
from inceptionist_gui.ui.layers import LayersPanel

pytestmark = pytest.mark.qt

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> LayersPanel:
    panel = LayersPanel(session)
    panel.resize(260, 700)
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


def click(
    panel: LayersPanel,
    layer: str,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    *,
    on_box: bool = False,
) -> None:
    rect = panel.tree.visualItemRect(panel.tree.item_of(layer))
    place = QPoint(rect.left() + (8 if on_box else 60), rect.center().y())
    QTest.mouseClick(panel.tree.viewport(), LEFT, modifier, place)


def marks(panel: LayersPanel) -> dict[str, Qt.CheckState]:
    every = {layer.name: panel.tree.item_of(layer.name).data(0, MARK) for layer in panel._session.network.layers()}
    return {name: mark for name, mark in every.items() if mark != Qt.CheckState.Unchecked}


def goals(session: Session) -> list[str]:
    return [described(goal) for goal in session.recipe.goals]


def test_a_click_wants_this_layer_alone(panel: LayersPanel, session: Session) -> None:
    click(panel, "blocks.1")
    assert goals(session) == ["blocks.1"]
    assert marks(panel) == {"blocks.1": Qt.CheckState.Checked}
    session.undo_stack.undo()
    assert goals(session) == ["blocks.4"]
    assert marks(panel) == {"blocks.4": Qt.CheckState.Checked}


def test_a_click_keeps_classes_but_no_other_layer_or_neuron(panel: LayersPanel, session: Session) -> None:
    mixed = (LayerGoal(layer="blocks.3"), NeuronGoal(layer="blocks.5", channel=2), ClassGoal(label="banana"))
    session.set_goals(mixed, "Mix")
    click(panel, "blocks.1")
    assert goals(session) == ["blocks.1", "banana"]


def test_a_click_on_the_only_goal_changes_nothing(panel: LayersPanel, session: Session) -> None:
    session.set_goals((LayerGoal(layer="blocks.4", channels=(3,), weight=0.4),), "Channel 3")
    click(panel, "blocks.4")
    assert session.undo_stack.count() == 1


@pytest.mark.parametrize("on_box", [True, False])
def test_ctrl_click_and_the_tick_box_add_and_take_out(panel: LayersPanel, session: Session, on_box: bool) -> None:
    modifier = Qt.KeyboardModifier.NoModifier if on_box else CTRL
    click(panel, "blocks.1", modifier, on_box=on_box)
    assert goals(session) == ["blocks.4", "blocks.1"]
    assert set(marks(panel)) == {"blocks.4", "blocks.1"}
    click(panel, "blocks.4", modifier, on_box=on_box)
    assert goals(session) == ["blocks.1"]
    session.undo_stack.undo()
    assert set(marks(panel)) == {"blocks.4", "blocks.1"}


def test_the_last_goal_stays_and_the_panel_says_why(panel: LayersPanel, session: Session) -> None:
    click(panel, "blocks.4", CTRL)
    assert goals(session) == ["blocks.4"]
    assert "only goal" in panel.note.text()


def test_a_goal_within_opens_and_half_ticks_what_it_lies_in(panel: LayersPanel, session: Session) -> None:
    session.set_goals((LayerGoal(layer="blocks.5.1.expand"),), "Deep")
    assert panel.tree.item_of("blocks.5").isExpanded()
    assert marks(panel)["blocks.5"] == Qt.CheckState.PartiallyChecked
    assert marks(panel)["blocks.5.1"] == Qt.CheckState.PartiallyChecked
    assert marks(panel)["blocks.5.1.expand"] == Qt.CheckState.Checked


def test_the_search_finds_names_and_meanings(panel: LayersPanel) -> None:
    QTest.keyClicks(panel.search, "orna")
    assert not panel.tree.item_of("blocks.3").isHidden()
    assert panel.tree.item_of("blocks.4").isHidden()
    panel.search.setText("5.2.depth")
    found = panel.tree.item_of("blocks.5.2.depthwise")
    assert not found.isHidden()
    assert panel.tree.item_of("blocks.5").isExpanded()
    assert panel.tree.item_of("blocks.5.2").isExpanded()
    assert panel.tree.item_of("blocks.5.1").isHidden()
    panel.search.clear()
    assert not panel.tree.item_of("blocks.5").isExpanded()
    assert not panel.tree.item_of("blocks.5.1").isHidden()


def test_what_is_not_there_is_said(panel: LayersPanel) -> None:
    panel.search.setText("zebra")
    assert panel.nothing.isVisible()
    assert panel.tree.isHidden()
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.nothing.isHidden()
    assert panel.tree.isVisible()


def test_search_and_enter_adopt_the_first_hit(panel: LayersPanel, session: Session) -> None:
    QTest.keyClicks(panel.search, "weave")
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert goals(session) == ["blocks.2"]


def test_the_tree_by_keyboard(panel: LayersPanel, session: Session, qtbot: QtBot) -> None:
    panel.tree.setFocus()
    qtbot.waitUntil(panel.tree.hasFocus)
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    assert goals(session) == ["blocks.4"], "the arrows only look"
    assert panel.note.text().startswith("80 channels, each sees 147 px")
    QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert goals(session) == ["blocks.3"]
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    QTest.keyClick(panel.tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert goals(session) == ["blocks.3", "blocks.2"]
    QTest.keyClicks(panel.tree, "g")
    QTest.keyClicks(panel.search, "rain")
    assert panel.search.text() == "grain"


def test_after_a_click_the_arrows_work_and_other_keys_are_the_windows(
    panel: LayersPanel, session: Session, qtbot: QtBot
) -> None:
    click(panel, "blocks.1")
    qtbot.waitUntil(panel.tree.hasFocus)
    QTest.keyClicks(panel.tree, " b")
    assert panel.search.text() == ""
    assert goals(session) == ["blocks.1"]
    QTest.keyClick(panel.tree, Qt.Key.Key_Down)
    QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert goals(session) == ["blocks.2"]


def test_channels_of_a_goal(panel: LayersPanel, session: Session) -> None:
    field = panel.channels.field
    field.setText("3, 17, 40-44")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.recipe.goals == (LayerGoal(layer="blocks.4", channels=(3, 17, 40, 41, 42, 43, 44)),)
    session.undo_stack.undo()
    assert field.text() == "all"


def test_channels_of_another_layer_make_it_the_goal(panel: LayersPanel, session: Session) -> None:
    panel.tree.setCurrentItem(panel.tree.item_of("blocks.3"))
    panel.channels.field.setText("12")
    QTest.keyClick(panel.channels.field, Qt.Key.Key_Return)
    assert goals(session) == ["blocks.3, channel 12"]


def test_wrong_channels_are_said_below_the_field(panel: LayersPanel, session: Session) -> None:
    panel.channels.field.setText("3, 112")
    QTest.keyClick(panel.channels.field, Qt.Key.Key_Return)
    assert panel.channels.fault.text() == "There is no channel 112: they are 0 to 111"
    assert panel.channels.fault.isVisible()
    assert session.undo_stack.count() == 0
    QTest.keyClick(panel.channels.field, Qt.Key.Key_Escape)
    assert panel.channels.field.text() == "all"
    assert panel.channels.fault.isHidden()


def test_another_network(panel: LayersPanel, session: Session) -> None:
    panel.chooser.setFocus()
    QTest.keyClick(panel.chooser, Qt.Key.Key_Down)
    assert session.recipe.network == "lite1"
    assert marks(panel) == {"blocks.4": Qt.CheckState.Checked}
    session.undo_stack.undo()
    assert panel.chooser.currentText() == "EfficientNet-Lite0"


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("all", ()),
        ("  ", ()),
        ("3, 17, 40-44", (3, 17, 40, 41, 42, 43, 44)),
        ("44 - 42 ; 3 3", (3, 42, 43, 44)),
        ("0-79", ()),
        ("5,", (5,)),
    ],
)
def test_channels_as_they_are_typed(text: str, channels: tuple[int, ...]) -> None:
    assert channels_from_text(text, 80) == channels
    assert channels_from_text(channels_text(channels), 80) == channels


@pytest.mark.parametrize("text", ["80", "-3", "3-", "1.5", "banana", "70-80", "1000000000"])
def test_what_are_no_channels(text: str) -> None:
    with pytest.raises(RecipeError):
        channels_from_text(text, 80)


class TestPictures:
    @pytest.fixture
    def pictured(self, session: Session, previews: Previews, photo: Picture, qtbot: QtBot) -> LayersPanel:
        session.adopt(photo)
        panel = LayersPanel(session, previews)
        panel.resize(260, 700)
        qtbot.addWidget(panel)
        panel.show()
        previews.stages_begun.emit()
        return panel

    def test_a_stage_shows_what_it_makes_of_the_photo(
        self, pictured: LayersPanel, previews: Previews, photo: Picture
    ) -> None:
        tree = pictured.tree
        before = tree.grab().toImage()
        previews.staged.emit(StageTile("blocks.1", "strokes", as_uint8(photo.pixels)))
        previews.staged.emit(StageTile("of another network", "", as_uint8(photo.pixels)))
        assert tree.grab().toImage() != before
        assert "<img" in tree.item_of("blocks.1").toolTip(0)
        assert tree.visualItemRect(tree.item_of("blocks.1")).height() > ROW
        previews.stages_begun.emit()
        assert tree.item_of("blocks.1").data(0, PICTURE) is None

    def test_what_lies_within_a_stage_has_none(self, pictured: LayersPanel) -> None:
        tree = pictured.tree
        tree.item_of("blocks.5").setExpanded(True)
        assert tree.visualItemRect(tree.item_of("blocks.5.1")).height() == ROW

    def test_without_a_photo_there_is_no_place_for_any(self, session: Session, previews: Previews) -> None:
        panel = LayersPanel(session, previews)
        previews.stages_begun.emit()
        assert not panel.tree.pictured
        panel.deleteLater()

    def test_they_are_wanted_while_they_are_seen(
        self, pictured: LayersPanel, previews: Previews, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted: list[bool] = []
        monkeypatch.setattr(previews, "want_stages", wanted.append)
        pictured.hide()
        pictured.show()
        assert wanted == [False, True]
