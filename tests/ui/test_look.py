"""What it sees: the panel by mouse and keyboard, on a session in which nothing is really looked at."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.evidence import Prediction, Response, Verdict
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import ClassGoal, LayerGoal, described
from inceptionist_gui.render.association import Association, Imagined, Progress
from inceptionist_gui.render.sheets import StageTile
from inceptionist_gui.session.looker import Heat, Looker, Method, Opinion, Sight, Standing, Wanted
from inceptionist_gui.session.looking import Feature, Looking, Ranking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.look import LookPanel
from inceptionist_gui.ui.look_association import AssociationDialog
from inceptionist_gui.ui.look_classes import percent
from inceptionist_gui.ui.tiles import CHOSEN, FITS, PICTURE, Tiles
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHARES = (("Egyptian cat", 0.38, 0.53), ("tabby", 0.26, 0.14), ("tiger cat", 0.22, 0.13), ("lynx", 0.03, 0.002))
OPINION = Opinion(
    "EfficientNet-Lite0",
    "EfficientNet-Lite2",
    tuple(Standing(label, own, judge, first=judge > 0.5) for label, own, judge in SHARES),
)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sight | None]:
    """What the looker is asked to look at; its thread stays away."""
    sights: list[Sight | None] = []
    monkeypatch.setattr(Looker, "start", lambda _: None)
    monkeypatch.setattr(Looker, "look", lambda _, sight: sights.append(sight))
    return sights


@pytest.fixture
def looking(window: Window) -> Looking:
    return window._looking


@pytest.fixture
def panel(window: Window, session: Session, photo: Picture) -> LookPanel:
    """A photo is open and was looked at."""
    session.adopt(photo)
    window._looking.opined.emit(OPINION)
    return window.docks.look


def open_tab(panel: LookPanel, name: str) -> None:
    tabs = panel.tabs
    (place,) = (i for i in range(tabs.count()) if tabs.tabText(i) == name)
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(place).center())


def click_tile(tiles: Tiles, item: QModelIndex, modifier: Qt.KeyboardModifier | None = None) -> None:
    place = tiles.visualRect(item).center()
    QTest.mouseClick(tiles.viewport(), LEFT, modifier or Qt.KeyboardModifier.NoModifier, place)


def tile_of(tiles: Tiles, stands_for: object) -> QModelIndex:
    (item,) = (tiles.at(i) for i in range(tiles.count()) if tiles.at(i).data(CHOSEN) == stands_for)
    return item


def overlaid(window: Window) -> bool:
    return window.canvas.overlaid


def heat(photo: Picture) -> Heat:
    return Heat(
        Wanted("tabby", Method.AREAS), photo.pixels[::-1].copy(), np.zeros(photo.pixels.shape[:2], np.float32)
    )


class TestClasses:
    def test_nothing_is_said_before_there_is_a_picture(self, window: Window) -> None:
        classes = window.docks.look.classes
        assert classes.nothing.isVisible()
        assert not classes.standings.isVisible()
        assert not classes.evidence.isVisible()

    def test_the_classes_stand_there_with_both_shares(self, panel: LookPanel) -> None:
        rows = panel.classes.standings.rows
        assert [row.accessibleName() for row in rows][:2] == [
            "Egyptian cat, 38 %, judge 53 %",
            "tabby, 26 %, judge 14 %",
        ]
        assert not rows[4].isEnabled()
        assert panel.classes.likeliest == "Egyptian cat"
        assert panel.classes.standings.grab().width() > 0

    def test_a_click_asks_for_the_evidence_and_another_hides_it(
        self, panel: LookPanel, window: Window, looking: Looking, asked: list[Sight | None], photo: Picture
    ) -> None:
        row = panel.classes.standings.rows[1]
        QTest.mouseClick(row, LEFT)
        assert asked[-1] is not None
        assert asked[-1].wanted == Wanted("tabby", Method.AREAS)
        assert row.isChecked()
        assert panel.classes.evidence.isVisible()
        looking._on_heated(heat(photo))
        assert overlaid(window)
        QTest.mouseClick(row, LEFT)
        assert not row.isChecked()
        assert not overlaid(window)
        assert not panel.classes.evidence.isVisible()

    def test_the_evidence_leaves_no_trace_in_the_picture(
        self, panel: LookPanel, window: Window, looking: Looking, photo: Picture
    ) -> None:
        before = window.canvas.image
        QTest.mouseClick(panel.classes.standings.rows[1], LEFT)
        looking._on_heated(heat(photo))
        assert window.canvas.image == before

    def test_escape_hides_the_evidence(
        self, panel: LookPanel, window: Window, looking: Looking, photo: Picture
    ) -> None:
        QTest.mouseClick(panel.classes.standings.rows[1], LEFT)
        looking._on_heated(heat(photo))
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        assert looking.wanted is None
        assert not overlaid(window)

    def test_the_other_method(self, panel: LookPanel, asked: list[Sight | None]) -> None:
        evidence = panel.classes.evidence
        QTest.mouseClick(panel.classes.standings.rows[0], LEFT)
        QTest.mouseClick(evidence.methods[Method.POINTS], LEFT)
        assert asked[-1] is not None
        assert asked[-1].wanted == Wanted("Egyptian cat", Method.POINTS)

    def test_the_opacity_is_the_canvas_own(self, panel: LookPanel, window: Window) -> None:
        QTest.mouseClick(panel.classes.standings.rows[0], LEFT)
        number = panel.classes.evidence.opacity.number
        number.selectAll()
        QTest.keyClicks(number, "40")
        QTest.keyClick(number, Qt.Key.Key_Return)
        assert window.canvas._opacity == pytest.approx(0.4)

    def test_a_class_that_sinks_out_of_sight_keeps_its_evidence(self, panel: LookPanel, looking: Looking) -> None:
        QTest.mouseClick(panel.classes.standings.rows[1], LEFT)
        looking.opined.emit(Opinion("a", "b", (Standing("lynx", 0.9, 0.9, first=True),)))
        assert not any(row.isChecked() for row in panel.classes.standings.rows)
        assert panel.classes.evidence.title.text() == "Evidence for tabby"

    def test_the_button_and_its_key_show_and_hide_the_panel(self, panel: LookPanel, window: Window) -> None:
        look = window.actions_.look
        assert look.isChecked()
        assert look.shortcut().toString() == "Ctrl+4"
        QTest.mouseClick(panel.classes.standings.rows[1], LEFT)
        look.trigger()
        assert not panel.isVisible()
        assert window._looking.wanted is None
        look.trigger()
        assert panel.isVisible()
        window.actions_.hide_panels.trigger()
        assert not look.isChecked()

    def test_nobody_looks_where_nobody_sees(
        self, panel: LookPanel, window: Window, looking: Looking, asked: list[Sight | None]
    ) -> None:
        window.actions_.look.trigger()
        assert asked[-1] is None
        assert panel.isHidden() or not panel.isVisible()
        assert not looking._watched

    @pytest.mark.parametrize(
        ("share", "text"), [(0.0, "0 %"), (0.0004, "< 1 %"), (0.006, "1 %"), (0.994, "99 %"), (1.0, "100 %")]
    )
    def test_shares_as_one_reads_them(self, share: float, text: str) -> None:
        assert percent(share) == text


class TestStages:
    def test_without_a_photo_it_says_what_would_be_here(self, window: Window) -> None:
        open_tab(window.docks.look, "Stages")
        assert window.docks.look.stages.note.text().startswith("Open a photo")
        assert not window.docks.look.stages.tiles.isVisible()

    def test_a_click_takes_a_stage_up_and_can_be_undone(
        self, panel: LookPanel, session: Session, looking: Looking, photo: Picture
    ) -> None:
        open_tab(panel, "Stages")
        tiles = panel.stages.tiles
        assert tiles.count() == len(session.network.stages)
        looking.staged.emit(StageTile("blocks.1", "strokes", photo.pixels))
        item = tile_of(tiles, "blocks.1")
        assert item.data(PICTURE).width() == photo.width
        session.set_goals((ClassGoal(label="banana"),), "Banana")
        click_tile(tiles, item)
        assert [described(goal) for goal in session.recipe.goals] == ["blocks.1"]
        assert item.data(FITS)
        session.undo_stack.undo()
        assert not item.data(FITS)

    def test_while_it_dreams_it_says_why_pictures_are_missing(self, panel: LookPanel, session: Session) -> None:
        open_tab(panel, "Stages")
        session.state = State.DREAMING
        session.state_changed.emit(session.state)
        assert "rests" in panel.stages.note.text()
        session.state = State.IDLE
        session.state_changed.emit(session.state)
        assert not panel.stages.note.isVisible()


class TestChannels:
    @pytest.fixture
    def channels(self, window: Window, panel: LookPanel) -> LookPanel:
        """Opened from the layers' own button."""
        QTest.mouseClick(window.docks.layers.pictures, LEFT)
        assert panel.channels.isVisible()
        return panel

    def order(self, panel: LookPanel) -> list[int]:
        tiles = panel.channels.tiles
        return [tiles.at(row).data(CHOSEN) for row in range(tiles.count())]

    def rank(self, looking: Looking, layer: str, order: list[int]) -> None:
        looking.ranked.emit(Ranking(layer, tuple(Response(channel, 1.0 / (1 + channel)) for channel in order)))

    def test_they_are_those_of_the_layer_that_is_looked_at(self, channels: LookPanel, window: Window) -> None:
        assert self.order(channels) == list(range(112))
        tree = window.docks.layers.tree
        tree.setCurrentItem(tree.item_of("blocks.1"))
        assert channels.channels.tiles.count() == 24

    def test_the_strongest_come_first_unless_they_are_not_to(self, channels: LookPanel, looking: Looking) -> None:
        self.rank(looking, "blocks.4", list(reversed(range(112))))
        assert self.order(channels)[:3] == [111, 110, 109]
        QTest.mouseClick(channels.channels.strongest, LEFT)
        assert self.order(channels)[:3] == [0, 1, 2]

    def test_only_those_in_sight_are_made(
        self, channels: LookPanel, looking: Looking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted: list[tuple[int, ...]] = []
        monkeypatch.setattr(looking, "want_features", lambda _, channels: wanted.append(channels))
        qtbot.waitUntil(lambda: bool(wanted))
        assert wanted[-1][0] == 0
        assert len(wanted[-1]) < 60
        bar = channels.channels.tiles.verticalScrollBar()
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda: 111 in wanted[-1])
        assert 0 not in wanted[-1]

    def test_a_picture_arrives(self, channels: LookPanel, looking: Looking, photo: Picture) -> None:
        looking.featured.emit(Feature("blocks.4", 7, photo.pixels))
        looking.featured.emit(Feature("blocks.1", 8, photo.pixels))
        assert tile_of(channels.channels.tiles, 7).data(PICTURE) is not None
        assert tile_of(channels.channels.tiles, 8).data(PICTURE) is None

    def test_a_click_wants_one_alone_and_with_ctrl_a_mix(self, channels: LookPanel, session: Session) -> None:
        tiles = channels.channels.tiles
        click_tile(tiles, tile_of(tiles, 1))
        assert [described(goal) for goal in session.recipe.goals] == ["blocks.4, channel 1"]
        click_tile(tiles, tile_of(tiles, 0), CTRL)
        assert [described(goal) for goal in session.recipe.goals] == ["blocks.4, 2 channels"]
        assert tile_of(tiles, 0).data(FITS)
        click_tile(tiles, tile_of(tiles, 1), CTRL)
        assert [described(goal) for goal in session.recipe.goals] == ["blocks.4, channel 0"]
        session.undo_stack.undo()
        assert tile_of(tiles, 1).data(FITS)

    def test_by_keyboard_channels_are_taken_into_the_mix_and_out(
        self, channels: LookPanel, session: Session, qtbot: QtBot
    ) -> None:
        tiles = channels.channels.tiles
        tiles.setFocus()
        qtbot.waitUntil(tiles.hasFocus)
        for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Return):
            QTest.keyClick(tiles, key)
        assert session.recipe.goals == (LayerGoal(layer="blocks.4", channels=(1, 2)),)
        QTest.keyClick(tiles, Qt.Key.Key_Space)
        assert session.recipe.goals == (LayerGoal(layer="blocks.4", channels=(1,)),)
        assert session.undo_stack.count() == 3

    def test_a_number_finds_its_channel(
        self, channels: LookPanel, session: Session, looking: Looking, qtbot: QtBot
    ) -> None:
        self.rank(looking, "blocks.4", list(range(112)))
        tiles, number = channels.channels.tiles, channels.channels.number
        tiles.setFocus()
        qtbot.waitUntil(tiles.hasFocus)
        QTest.keyClicks(tiles, "1")
        qtbot.waitUntil(number.hasFocus)
        QTest.keyClicks(number, "01")
        assert tiles.current() == 101
        assert tiles.viewport().rect().contains(tiles.visualRect(tile_of(tiles, 101)).center())
        QTest.keyClick(number, Qt.Key.Key_Return)
        assert session.recipe.goals == (LayerGoal(layer="blocks.4", channels=(101,)),)
        number.setText("500")
        QTest.keyClick(number, Qt.Key.Key_Return)
        assert session.undo_stack.count() == 1, "there is no such channel"
        QTest.keyClick(number, Qt.Key.Key_Escape)
        assert number.text() == ""

    def test_of_thousands_only_those_in_sight_are_asked_for(
        self, channels: LookPanel, looking: Looking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted: list[tuple[int, ...]] = []
        monkeypatch.setattr(looking, "want_features", lambda _layer, asked: wanted.append(asked))
        # No network of so many is at hand, and there is nothing to rank.
        monkeypatch.setattr(looking, "want_channels", lambda _layer: looking._give_up("ranking"))
        layer = network_named("lite0").layer("blocks.4")
        channels.channels.show_layer(replace(layer, channels=4096))
        tiles = channels.channels.tiles
        assert tiles.count() == 4096
        QTest.keyClicks(channels.channels.number, "4000")
        qtbot.waitUntil(lambda: bool(wanted) and 4000 in wanted[-1])
        assert len(wanted[-1]) < 60

    def test_a_part_of_the_canvas_is_what_they_answer_to(
        self, channels: LookPanel, window: Window, looking: Looking
    ) -> None:
        assert channels.isVisible()
        target = window.canvas.viewpoint.target().toRect()
        quarter = QRect(target.topLeft(), target.size() / 2)
        draw_frame(window, quarter)
        region = looking._region
        assert (region.left, region.top) == pytest.approx((0.0, 0.0), abs=0.02)
        assert (region.right, region.bottom) == pytest.approx((0.5, 0.5), abs=0.02)
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
        assert looking._region != region


def draw_frame(window: Window, part: QRect) -> None:
    shift, canvas = Qt.KeyboardModifier.ShiftModifier, window.canvas
    QTest.mousePress(canvas, LEFT, shift, part.topLeft())
    QTest.mouseMove(canvas, part.center())
    QTest.mouseMove(canvas, part.bottomRight() + QPoint(1, 1))
    QTest.mouseRelease(canvas, LEFT, shift, part.bottomRight() + QPoint(1, 1))


class TestAssociation:
    @pytest.fixture
    def dialog(self, panel: LookPanel, window: Window, qtbot: QtBot) -> AssociationDialog:
        assert panel.isVisible()
        dialog = window.associate()
        qtbot.addWidget(dialog)
        return dialog

    def found(self, photo: Picture) -> Association:
        network, judge = network_named("lite0"), network_named("lite2")
        hit = Prediction("banana", 954, 0.9, 12.0)
        verdicts = tuple(Verdict(each.name, each.title, (hit,), hit, 1) for each in (network, judge))
        seen = ({"lemon": 0.7, "plate": 0.3}, {"lemon": 0.5, "plate": 0.5})
        return Association("banana", network, judge, (Imagined(0, photo.pixels, verdicts, seen),))

    def test_it_begins_with_the_likeliest_class(self, dialog: AssociationDialog) -> None:
        assert dialog.class_.text() == "Egyptian cat"
        assert not dialog.isModal()
        assert not dialog.show_.isEnabled()

    def test_from_the_question_to_the_report(
        self,
        dialog: AssociationDialog,
        looking: Looking,
        photo: Picture,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> None:
        begun: list[tuple[str, int]] = []
        monkeypatch.setattr(looking, "associate", lambda label, times: begun.append((label, times)))
        picker = dialog.pick_class()
        QTest.keyClicks(picker.search, "banana")
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
        QTest.mouseClick(dialog.begin, LEFT)
        assert begun == [("banana", 6)]
        assert dialog.begin.text() == "Cancel"
        looking.associated.emit(Progress(0.5, self.found(photo)))
        assert dialog.line.text() == "Imagining picture 2 of 6"
        looking.associated.emit(Progress(1.0, self.found(photo)))
        assert dialog.line.text() == "With banana go lemon, plate"
        opened: list[str] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
        QTest.mouseClick(dialog.show_, LEFT)
        assert opened[0].endswith("What goes with banana.html")
        path = tmp_path_factory.mktemp("reports") / "banana.html"
        monkeypatch.setattr(dialog, "ask_file", lambda: path)
        QTest.mouseClick(dialog.save, LEFT)
        assert "lemon" in path.read_text("utf-8")

    def test_cancel_and_a_fault(
        self, dialog: AssociationDialog, looking: Looking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given_up: list[bool] = []
        monkeypatch.setattr(looking, "associate", lambda *_: None)
        monkeypatch.setattr(looking, "give_up_association", lambda: given_up.append(True))
        QTest.mouseClick(dialog.begin, LEFT)
        QTest.mouseClick(dialog.begin, LEFT)
        assert given_up == [True]
        assert dialog.begin.text() == "Imagine"
        QTest.mouseClick(dialog.begin, LEFT)
        looking.failed.emit("association", "No memory")
        assert dialog.line.text() == "No memory"
        assert dialog.begin.text() == "Imagine"
