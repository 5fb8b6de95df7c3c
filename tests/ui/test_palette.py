"""The command palette, by keyboard alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inceptionist_gui.recipe import ClassGoal, LayerGoal, Mode, controls
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.fuzzy import score
from inceptionist_gui.ui.palette import Choice, Palette, ranked
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
WORDS = st.text("abc de", max_size=12)


def best(query: str, *texts: str) -> str:
    return max(texts, key=lambda text: score(query, text) or 0.0)


class TestScore:
    def test_words_begun_with_the_letters_come_first(self) -> None:
        assert best("si", "Basis", "Size") == "Size"
        assert best("dt", "Adult", "Dream on This") == "Dream on This"
        assert best("size", "Simple size", "Size") == "Size"

    def test_letters_in_another_order_are_not_found(self) -> None:
        assert score("ezis", "Size") is None
        assert score("sizes", "Size") is None

    @given(WORDS, WORDS)
    def test_it_is_found_just_where_its_letters_are(self, query: str, text: str) -> None:
        rest = iter(text)
        holds = all(letter in rest for letter in query.replace(" ", ""))
        assert (score(query, text) is not None) is holds

    @given(WORDS)
    def test_everything_finds_itself_and_no_case_counts(self, text: str) -> None:
        assert score(text, text) == score(text.upper(), text)
        assert score(text, text) is not None


def test_what_was_chosen_lately_comes_first_and_rare_things_only_when_asked_for() -> None:
    some = [Choice(title, "", lambda: None, common=title != "rare") for title in ("one", "two", "rare")]
    assert [choice.title for choice in ranked(some, "", ["two"])] == ["two", "one"]
    assert [choice.title for choice in ranked(some, "ra")] == ["rare"]
    assert ranked(some, "xyz") == []


class TestPalette:
    @pytest.fixture
    def palette(self, window: Window) -> Palette:
        window.activateWindow()
        window.canvas.setFocus()
        window.actions_.palette.trigger()
        found = window.findChild(Palette)
        assert isinstance(found, Palette)
        return found

    def choose(self, palette: Palette, query: str) -> None:
        QTest.keyClicks(palette.field, query)
        QTest.keyClick(palette.field, Qt.Key.Key_Return)

    def test_it_opens_over_the_window_and_escape_leaves_it(self, palette: Palette, window: Window) -> None:
        assert palette.isVisible()
        assert window.rect().contains(palette.geometry())
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        assert palette.isHidden()

    def test_every_command_of_the_menus_is_there_with_its_keys(self, palette: Palette) -> None:
        offered = {choice.title: choice for choice in palette._choices}
        assert offered["Find a Command…"].keys == "Ctrl+K"
        assert not offered["Undo"].enabled
        assert {"Reset the Layout", "Full Screen", "About Inceptionist"} <= set(offered)

    def test_a_command_is_done(self, palette: Palette, session: Session) -> None:
        self.choose(palette, "imagine mode")
        assert session.recipe.mode is Mode.IMAGINE
        assert palette.isHidden()

    def test_a_class_goes_where_the_mode_wants_it(self, palette: Palette, session: Session) -> None:
        self.choose(palette, "class banana")
        assert session.recipe.goals == (LayerGoal(layer="blocks.4"), ClassGoal(label="banana"))
        session.set_mode(Mode.FOOL)
        palette.open()
        self.choose(palette, "class goldfish")
        assert session.recipe.fool.label == "goldfish"

    def test_a_layer_is_dreamed_as_one_step(self, palette: Palette, session: Session) -> None:
        self.choose(palette, "layer blocks.2)")
        assert session.recipe.goals == (LayerGoal(layer="blocks.2"),)
        session.undo_stack.undo()
        assert session.recipe.goals == (LayerGoal(layer="blocks.4"),)

    def test_a_preset_is_applied(self, palette: Palette, session: Session) -> None:
        self.choose(palette, "preset engraving")
        assert session.undo_stack.undoText().endswith("Engraving")

    def test_a_control_gets_the_focus(self, palette: Palette, window: Window) -> None:
        self.choose(palette, "control jitter")
        jitter = next(control for control in controls() if control.title == "Jitter")
        assert window.focusWidget() is window.docks.controls.row(jitter.path).number

    def test_arrows_lead_through_what_was_found(self, palette: Palette) -> None:
        QTest.keyClicks(palette.field, "start from")
        usable = [row for row, choice in enumerate(palette.shown()) if choice.enabled]
        assert palette.list.currentRow() == usable[0]
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
        assert palette.list.currentRow() == usable[1]
        assert palette.field.text() == "start from"

    def test_nothing_found_is_nothing_chosen(self, palette: Palette, session: Session) -> None:
        self.choose(palette, "qqqqq")
        assert palette.isVisible()
        assert session.undo_stack.count() == 0
