"""One window for dreaming, imagining and fooling: what each shows, and what it leaves out."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.evidence import Prediction, Verdict
from inceptionist_gui.engine.fool import Fooled
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import (
    NO_PRIORS,
    ClassGoal,
    DirectionGoal,
    LayerGoal,
    Mode,
    NaturalPriors,
    Norm,
    Parameterization,
    Provenance,
    Recipe,
    Start,
    choices,
    choices_of,
    controls,
    controls_of,
    described,
)
from inceptionist_gui.session.exchange import Before
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.goal_row import DirectionRow
from inceptionist_gui.ui.saving import KINDS, MADE, Target, suggested
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
LEFT = Qt.MouseButton.LeftButton
BANANA = ClassGoal(label="banana")


def mode_button(window: Window, mode: Mode) -> QAction:
    return window.actions_.modes[mode]


def shelf(window: Window) -> QDockWidget:
    return next(dock for dock in window.findChildren(QDockWidget) if dock.windowTitle() == "Presets")


def fooled(*, turned: bool = True) -> Fooled:
    """A photo of a cat with which the first of two networks was fooled."""

    def verdict(title: str, first: str, probability: float, rank: int) -> Verdict:
        top = (Prediction(first, 281, probability, 9.0),)
        return Verdict(title, f"EfficientNet-{title}", top, Prediction("banana", 954, 0.01, 1.0), rank)

    photo = verdict("Lite0", "tabby", 0.62, 240), verdict("Lite2", "tabby", 0.88, 300)
    first = verdict("Lite0", "banana", 0.97, 1) if turned else photo[0]
    return Fooled("banana", turned, 2, 0.84, 1.5, photo, (first, photo[1]))


class TestSwitch:
    def test_a_click_a_key_and_undo_change_the_mode(self, window: Window, session: Session) -> None:
        QTest.mouseClick(window.bar.modes.buttons[1], LEFT)
        assert session.recipe.mode is Mode.IMAGINE
        assert window.actions_.dream.text() == "Imagine"
        QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        assert session.recipe == Recipe(mode=Mode.FOOL)
        assert window.actions_.undo.text() == "Undo: Mode Fool"
        window.actions_.undo.trigger()
        assert mode_button(window, Mode.IMAGINE).isChecked()
        assert window.actions_.dream.text() == "Imagine"

    def test_under_way_the_verb_is_to_pause(self, window: Window, session: Session) -> None:
        session.set_mode(Mode.FOOL)
        session._set_state(State.DREAMING)
        assert window.actions_.dream.text() == "Pause"
        session._set_state(State.IDLE)
        assert window.actions_.dream.text() == "Fool"

    def test_it_has_names(self, window: Window) -> None:
        names = [button.accessibleName() for button in window.bar.modes.buttons]
        assert names == ["Mode Dream", "Mode Imagine", "Mode Fool"]
        assert "Ctrl+2" in mode_button(window, Mode.IMAGINE).toolTip()

    def test_a_narrow_bar_keeps_every_button(self, window: Window) -> None:
        window.resize(1280, 800)
        assert window.actions_.open in window.bar.actions()
        wordy = window.bar.compare.toolButtonStyle()
        window.resize(820, 500)
        assert window.bar.compare.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        assert window.bar.sizeHint().width() <= 820
        window.resize(1280, 800)
        assert window.bar.compare.toolButtonStyle() is wordy

    @pytest.mark.parametrize("mode", list(Mode))
    def test_the_window_stays_as_small_as_it_was(self, window: Window, session: Session, mode: Mode) -> None:
        window.resize(820, 560)
        session.set_mode(mode)
        session._set_state(State.WAKING)
        session.waiting_for.emit("Loading EfficientNet-Lite0, which may take some while")
        assert window.minimumSizeHint().width() <= 820
        session._set_state(State.IDLE)


class TestControls:
    @pytest.mark.parametrize("mode", list(Mode))
    def test_only_what_matters_is_shown(self, window: Window, session: Session, mode: Mode) -> None:
        session.apply_recipe(Recipe(mode=mode, start=Start.NOISE), "Some")
        panel = window.docks.controls
        rows = {c.path for c in controls() if panel.row(c.path).isVisibleTo(panel)}
        assert rows == {c.path for c in controls_of(mode)}
        words = {c.path for c in choices() if panel.choice(c.path).isVisibleTo(panel)}
        assert words == {c.path for c in choices_of(mode)}
        assert panel.start.isVisibleTo(panel) is (mode is not Mode.IMAGINE)

    @pytest.mark.parametrize("mode", list(Mode))
    def test_nothing_is_clipped_in_a_narrow_dock(
        self, window: Window, session: Session, mode: Mode, qtbot: QtBot
    ) -> None:
        session.set_mode(mode)
        qtbot.wait(10)
        for panel in (window.docks.controls, window.docks.goals, window.docks.fooling):
            assert panel.minimumSizeHint().width() <= 288

    def test_a_photo_is_fooled_with_at_its_own_size(self, window: Window, session: Session) -> None:
        session.set_mode(Mode.FOOL)
        panel = window.docks.controls
        assert not panel.row("size").isVisibleTo(panel)
        assert not panel.row("seed").isVisibleTo(panel)

    def test_a_word_is_chosen_and_reset(self, window: Window, session: Session) -> None:
        session.set_mode(Mode.IMAGINE)
        row = window.docks.controls.choice("imagine.parameterization")
        QTest.mouseClick(row.button("maco"), LEFT)
        assert session.recipe.imagine.parameterization is Parameterization.MACO
        assert session.undo_stack.undoText() == "Made of: Phases"
        QTest.mouseDClick(row.title, LEFT)
        assert session.recipe == Recipe(mode=Mode.IMAGINE)
        assert row.button("spectrum").isChecked()
        session.undo_stack.undo()
        assert row.button("maco").isChecked()

    def test_every_choice_says_what_it_is(self, window: Window) -> None:
        for choice in choices():
            row = window.docks.controls.choice(choice.path)
            assert choice.tells.split("'")[0] in row.toolTip()
            assert ("begins the picture anew" in row.toolTip().casefold()) is choice.restarts
            for option in choice.options:
                assert row.button(option).accessibleName().startswith(choice.title)
        assert "On average" in window.docks.controls.choice("fool.norm").button(Norm.L2).text()

    def test_all_priors_go_off_and_come_back_in_one_step(self, window: Window, session: Session) -> None:
        session.set_mode(Mode.IMAGINE)
        priors = window.docks.controls.priors
        assert not priors.back.isVisibleTo(priors)
        priors.off.click()
        assert session.recipe.natural == NO_PRIORS
        assert session.undo_stack.undoText() == "Priors all off"
        assert not priors.off.isVisibleTo(priors)
        priors.back.click()
        assert session.recipe.natural == NaturalPriors()


class TestGoals:
    def test_the_first_class_takes_the_place_of_the_dreams_layer(
        self, window: Window, session: Session, qtbot: QtBot
    ) -> None:
        session.set_mode(Mode.IMAGINE)
        goals = window.docks.goals
        for word in ("banan", "starfish"):
            QTest.mouseClick(goals.add_class, LEFT)
            picker = window.findChildren(type(goals.pick_class()))[-1]
            qtbot.waitExposed(picker)
            QTest.keyClicks(picker.search, word)
            QTest.keyClick(picker.search, Qt.Key.Key_Return)
        assert [described(goal) for goal in session.recipe.goals] == ["banana", "starfish"]
        assert session.undo_stack.undoText() == "Imagine starfish"

    def test_channels_stay_beside_a_class(self, window: Window, session: Session) -> None:
        chosen = LayerGoal(layer="blocks.4", channels=(3,))
        session.apply_recipe(Recipe(mode=Mode.IMAGINE, goals=(chosen,)), "Some")
        window.docks.goals.pick_class().chosen.emit("banana")
        assert session.recipe.goals == (chosen, BANANA)

    def test_to_dream_a_class_joins_the_layer(self, window: Window, session: Session) -> None:
        assert not window.docks.goals.add_class.isVisibleTo(window.docks.goals)
        window.docks.goals.pick_class().chosen.emit("banana")
        assert session.recipe.goals == (LayerGoal(layer="blocks.4"), BANANA)

    def test_pictures_are_picked_or_dropped(
        self, window: Window, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        wanted: list[list[Path]] = []
        monkeypatch.setattr(session, "add_likeness", wanted.append)
        goals, paths = window.docks.goals, [tmp_path / "a.png", tmp_path / "b.png"]
        session.set_mode(Mode.IMAGINE)
        drop(goals, files(*paths))
        monkeypatch.setattr(goals, "ask_pictures", lambda: paths[:1])
        goals.menu.aboutToShow.emit()
        entries = {action.text().replace("&", ""): action for action in goals.menu.actions()}
        entries["Like Pictures…"].trigger()
        assert wanted == [paths, paths[:1]]

    def test_a_direction_has_a_row(self, window: Window, session: Session) -> None:
        goal = DirectionGoal(layer="blocks.1", vector=(0.5,) * 24, name="cat.jpg")
        session.set_goals((goal, goal.model_copy(update={"name": "dog.jpg"})), "Like")
        rows = window.docks.goals.rows
        assert [row.title.text() for row in rows] == ["like cat.jpg", "like dog.jpg"]
        assert isinstance(rows[0], DirectionRow)


class TestFooling:
    def test_a_class_is_chosen_by_typing(self, window: Window, session: Session, qtbot: QtBot) -> None:
        session.set_mode(Mode.FOOL)
        panel = window.docks.fooling
        assert not window.docks.goals.isVisible()
        picker = panel.pick_class()
        qtbot.waitExposed(picker)
        QTest.keyClicks(picker.search, "espresso")
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
        assert session.recipe.fool.label == "espresso"
        assert session.undo_stack.undoText() == "Fool into espresso"
        assert panel.chooser.text() == "espresso"

    def test_both_networks_are_heard(self, window: Window, session: Session) -> None:
        session.set_mode(Mode.FOOL)
        panel = window.docks.fooling
        assert "EfficientNet-Lite2" in panel.says.text()
        session.set_network("lite2")
        assert "EfficientNet-Lite0" in panel.says.text()
        session.judging.judged.emit(fooled())
        said = [row.said for row in (*panel.photo.rows, *panel.result.rows)]
        assert said == [
            "EfficientNet-Lite0: tabby 62 %",
            "EfficientNet-Lite2: tabby 88 %",
            "EfficientNet-Lite0: banana 97 %",
            "EfficientNet-Lite2: tabby 88 %",
        ]
        assert "300th" in panel.result.rows[1].toolTip()
        assert panel.says.text() == "No value changed by more than 2 of 255; 0.8 on average."
        session.judging.judged.emit(fooled(turned=False))
        assert panel.says.text().startswith("The network does not name banana yet.")
        assert len(panel.result.rows) == 2
        session.judging.forget()
        assert not panel.compare.isVisible()

    def test_the_comparison_says_how_far_it_is(
        self, window: Window, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        session.set_mode(Mode.FOOL)
        panel, asked = window.docks.fooling, list[Path]()
        monkeypatch.setattr(session.judging, "compare", asked.append)
        monkeypatch.setattr(panel, "ask_sheet", lambda: tmp_path / "sheet.png")
        session.judging.judged.emit(fooled())
        QTest.mouseClick(panel.compare, LEFT)
        session.judging.comparing.emit(0.4)
        assert panel.compare.text() == "Imagining it with priors, 40 %"
        assert not panel.compare.isEnabled()
        session.judging.compared.emit(tmp_path / "sheet.png")
        assert panel.compare.text() == "Comparison…"
        assert asked == [tmp_path / "sheet.png"]
        assert window.stage.messages.lines()[0].message.text == "Saved sheet.png"

    def test_what_would_blur_the_change_is_warned_of(
        self, window: Window, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(session, "save", lambda *_, **__: None)
        monkeypatch.setattr(window.files, "ask_target", lambda _: Target(tmp_path / "a.jpg", KINDS[4]))
        window.files.save_picture_as()
        assert not window.stage.messages.lines()
        session.set_mode(Mode.FOOL)
        window.files.save_picture_as()
        assert "PNG and TIFF keep it" in window.stage.messages.lines()[0].message.text

    def test_the_layers_are_left_out(self, window: Window, session: Session) -> None:
        layers = window.docks.layers
        session.set_mode(Mode.FOOL)
        assert not any(part.isVisible() for part in (layers.tree, layers.search, layers.channels, layers.nothing))
        assert layers.judge.isVisible()
        session.set_mode(Mode.IMAGINE)
        assert layers.tree.isVisible()
        assert not layers.judge.isVisible()


class TestPresets:
    def test_they_are_looks_of_a_dream(self, window: Window, session: Session) -> None:
        session.set_mode(Mode.IMAGINE)
        assert not shelf(window).isVisible()
        session.set_mode(Mode.DREAM)
        assert shelf(window).isVisible()

    def test_a_shelf_put_away_by_hand_stays_away(self, window: Window, session: Session) -> None:
        shelf(window).hide()
        for mode in (Mode.FOOL, Mode.DREAM):
            session.set_mode(mode)
        assert not shelf(window).isVisible()

    def test_hidden_panels_come_back_as_the_mode_wants_them(self, window: Window, session: Session) -> None:
        window.actions_.hide_panels.trigger()
        session.set_mode(Mode.IMAGINE)
        session.set_mode(Mode.DREAM)
        assert not shelf(window).isVisible()
        session.set_mode(Mode.IMAGINE)
        window.actions_.hide_panels.trigger()
        assert not shelf(window).isVisible()
        session.set_mode(Mode.DREAM)
        assert shelf(window).isVisible()

    def test_left_in_another_mode_it_is_there_next_time(
        self, window: Window, session: Session, settings: Settings, theme: Theme, qtbot: QtBot
    ) -> None:
        session.set_mode(Mode.FOOL)
        window.close()
        again = Window(Session(), settings, theme)
        qtbot.addWidget(again, before_close_func=lambda _: again.leave())
        again.show()
        assert shelf(again).isVisible()


class TestPicture:
    def test_an_empty_canvas_says_what_to_do(self, window: Window, session: Session) -> None:
        invitation = window.stage.invitation
        session.set_mode(Mode.IMAGINE)
        assert invitation.isVisible()
        assert invitation._drop.text() == "Choose what to imagine"
        session.set_mode(Mode.DREAM)
        assert invitation._drop.text() == "Drop a photo anywhere"

    def test_nothing_came_before_what_is_imagined(self, window: Window, session: Session) -> None:
        session.set_mode(Mode.IMAGINE)
        window.canvas.show_pixels(np.zeros((60, 90, 3), np.uint8))
        session.began.emit(Before(0, np.zeros((60, 90, 3), np.uint8)))
        assert not window.bar.compare.isEnabled()

    def test_an_imagined_picture_is_dreamed_on(
        self, window: Window, session: Session, photo: Picture, tmp_path: Path
    ) -> None:
        assert not window.actions_.dream_on.isEnabled()
        recipe = Recipe(mode=Mode.IMAGINE, goals=(BANANA,))
        session.apply_recipe(recipe, "Imagine banana")
        session.result = Picture(photo.pixels, provenance=Provenance(recipe=recipe))
        session.result_changed.emit(session.result)
        assert window.windowTitle() == "banana[*] - Inceptionist"
        assert suggested(tmp_path, window.files.name(), MADE[Mode.IMAGINE]).name == "banana imagined.png"
        assert window.actions_.dream_on in window.canvas.actions()
        window.actions_.dream_on.trigger()
        assert session.photo is not None
        assert session.photo.name == "banana"
        assert mode_button(window, Mode.DREAM).isChecked()
        assert window.actions_.undo.text() == "Undo: Dream on this"
        window.actions_.undo.trigger()
        assert not window.actions_.from_photo.isEnabled()
        assert window.canvas.image is not None

    def test_names_of_layers_stay_whole(self, tmp_path: Path) -> None:
        assert suggested(tmp_path, "blocks.4", MADE[Mode.IMAGINE]).name == "blocks.4 imagined.png"
        assert suggested(tmp_path, "cat.jpg", MADE[Mode.FOOL]).name == "cat fooled.png"
