"""The history, on disk and in a session on the real network."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, Project
from inceptionist_gui.recipe import ClassGoal, Fool, LayerGoal, Mask, Mode, Provenance, Recipe, Start
from inceptionist_gui.session.history import History, Reopened
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State
from inceptionist_gui.session.states import States, title_of
from tests.session.conftest import LONG, SMALL
from tests.session.test_session import WAIT, begun, dreamed


def result(level: int, recipe: Recipe = SMALL) -> Picture:
    pixels = np.full((16, 24, 3), level / 255, np.float32)
    return Picture(pixels, name="cat.png", provenance=Provenance(recipe=recipe, source="cat.png"))


def work(level: int = 7, photo: Picture | None = None) -> Project:
    return Project(SMALL, photo, result(level))


@pytest.fixture
def states(tmp_path: Path) -> States:
    return States(tmp_path / "history")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCEPTIONIST_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


class TestOnDisk:
    def test_a_state_survives_to_the_bit(self, states: States, photo: Picture, tmp_path: Path) -> None:
        kept = states.keep(work(9, photo), "", pinned=False)
        again = States(tmp_path / "history")
        (found,) = again.all()
        assert (found.id, found.number, found.title, found.source) == (kept.id, 1, "strokes", "cat.png")
        assert found.recipe == SMALL
        read = again.read(found)
        assert read.photo is not None
        assert read.result is not None
        np.testing.assert_array_equal(read.photo.pixels, photo.pixels)
        np.testing.assert_array_equal(read.result.pixels, result(9).pixels)
        assert read.result.provenance == result(9).provenance
        assert found.thumbnail.read_bytes().startswith(b"\x89PNG")

    def test_states_share_their_photo(self, states: States, photo: Picture, tmp_path: Path) -> None:
        for level in range(3):
            states.keep(work(level, photo), "", pinned=False)
        assert len(list((tmp_path / "history" / "photos").iterdir())) == 1
        assert [state.number for state in states.all()] == [1, 2, 3]

    def test_the_same_is_kept_once(self, states: States, photo: Picture) -> None:
        first = states.keep(work(1, photo), "", pinned=False)
        states.keep(work(2, photo), "", pinned=False)
        assert states.keep(work(1, photo), "elsewhere", pinned=False) == first
        assert states.keep(work(1, photo), "", pinned=True).pinned
        assert len(states.all()) == 2

    def test_what_the_photo_came_back_through_is_kept_too(self, states: States) -> None:
        recipe = SMALL.model_copy(update={"restored": Mask.of(np.full((2, 2), 255, np.uint8))})
        dreamed = Picture(np.full((16, 24, 3), 0.25, np.float32))
        kept = states.keep(Project(recipe, None, result(3, recipe), dreamed), "", pinned=False)
        again = states.read(kept).dreamed
        assert again is not None
        np.testing.assert_array_equal(again.pixels, dreamed.pixels)

    def test_title_and_pin_are_changed(self, states: States, tmp_path: Path) -> None:
        state = states.keep(work(), "", pinned=False)
        states.change(states.change(state, title="Fur"), pinned=True)
        (found,) = States(tmp_path / "history").all()
        assert (found.title, found.pinned) == ("Fur", True)

    def test_the_oldest_give_way_but_none_that_is_to_stay(self, states: States, tmp_path: Path) -> None:
        kept = [states.keep(work(level), "", pinned=level == 1) for level in range(6)]
        states.prune(sum(state.bytes for state in kept[:4]), {kept[0].id})
        assert [state.number for state in states.all()] == [1, 2, 5, 6]
        assert len(States(tmp_path / "history").all()) == 4

    def test_photos_that_nobody_needs_go(self, states: States, photo: Picture, tmp_path: Path) -> None:
        state = states.keep(work(1, photo), "", pinned=False)
        (file,) = (tmp_path / "history" / "photos").iterdir()
        import os

        os.utime(file, (0, 0))
        states.delete([state])
        assert not file.exists()
        # Gone from disk, it is put there again when the next state needs it.
        again = states.keep(work(2, photo), "", pinned=False)
        assert states.read(again).photo is not None

    @pytest.mark.parametrize("file", ["state.json", "manifest.json"])
    def test_what_is_damaged_is_left_out(self, states: States, tmp_path: Path, file: str) -> None:
        for level in range(3):
            states.keep(work(level), "", pinned=False)
        middle = states.all()[1]
        (middle.folder / "state.json").write_text("{") if file == "state.json" else (middle.folder / file).unlink()
        again = States(tmp_path / "history")
        assert [state.number for state in again.all()] == [1, 3]
        assert again.damaged == 1

    @pytest.mark.parametrize("part", ["result", "manifest"])
    def test_a_damaged_state_is_told_when_it_is_read(self, states: States, part: str) -> None:
        state = states.keep(work(), "", pinned=False)
        (file,) = state.folder.glob(f"{part}*")
        file.write_bytes(b"nothing of use")
        with pytest.raises(UserError, match=r"^State 1") as caught:
            states.read(state)
        assert "\n" not in str(caught.value)

    def test_what_was_begun_and_never_finished_is_no_state(self, states: States, tmp_path: Path) -> None:
        states.keep(work(), "", pinned=False)
        (tmp_path / "history" / ".part-0").mkdir()
        assert len(States(tmp_path / "history").all()) == 1

    def test_a_card_is_not_trusted(self, states: States, tmp_path: Path) -> None:
        state = states.keep(work(), "", pinned=False)
        card = json.loads((state.folder / "state.json").read_text())
        (state.folder / "state.json").write_text(json.dumps({**card, "photo": "../../secret"}))
        assert not States(tmp_path / "history").all()

    def test_a_folder_that_cannot_be_made_gives_a_line(self, tmp_path: Path) -> None:
        (tmp_path / "history").write_text("a file")
        with pytest.raises(UserError, match="history"):
            States(tmp_path / "history").keep(work(), "", pinned=False)

    def test_titles_say_what_was_wanted(self) -> None:
        assert (
            title_of(Recipe(goals=tuple(ClassGoal(label=f"class {n}") for n in range(4)))) == "class 0, class 1 +2"
        )
        assert title_of(Recipe(goals=(LayerGoal(layer="blocks.4", channels=(7,)),))) == "eyes and dogs, channel 7"
        assert len(title_of(Recipe(goals=(LayerGoal(layer="x" * 200),)))) == 120
        assert title_of(Recipe(mode=Mode.FOOL, fool=Fool(label="hen"))) == "hen"


def numbers(session: Session) -> list[int]:
    return [state.number for state in session.history.states()]


def kept(qtbot: QtBot, session: Session, count: int) -> None:
    qtbot.waitUntil(lambda: len(session.history.states()) == count and bool(session.history.current), timeout=WAIT)


def returned(qtbot: QtBot, session: Session, number: int) -> None:
    state = next(state for state in session.history.states() if state.number == number)
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        session.history.open(state)


def pixels(session: Session) -> npt.NDArray[np.float32]:
    assert session.result is not None
    return session.result.pixels


@pytest.mark.qt
class TestInSession:
    @pytest.fixture
    def two(self, ready: Session, qtbot: QtBot) -> Session:
        """Two states, the second dreamed after the first with another seed."""
        for seed in (1, 2):
            ready.set_value("seed", seed)
            ready.end_gesture()
            ready.start()
            kept(qtbot, ready, seed)
        return ready

    def test_what_is_finished_is_kept_with_what_it_came_from(self, two: Session) -> None:
        first, second = two.history.states()
        assert (first.parent, second.parent) == ("", first.id)
        assert second.recipe == two.recipe
        assert two.history.current == second.id

    def test_a_click_returns_and_undo_goes_back(self, two: Session, qtbot: QtBot) -> None:
        later, recipe = pixels(two), two.recipe
        returned(qtbot, two, 1)
        assert two.recipe.seed == 1
        assert two.history.current == two.history.states()[0].id
        assert not np.array_equal(pixels(two), later)
        assert two.undo_stack.undoText() == "State 1"
        two.undo_stack.undo()
        assert two.recipe == recipe
        assert pixels(two) is later
        assert two.history.current == two.history.states()[1].id

    def test_dreaming_on_from_a_state_is_a_branch(self, two: Session, qtbot: QtBot) -> None:
        returned(qtbot, two, 1)
        two.set_value("seed", 3)
        two.start()
        kept(qtbot, two, 3)
        first, _, third = two.history.states()
        assert third.parent == first.id

    def test_the_same_dream_again_is_the_same_state(self, two: Session, qtbot: QtBot) -> None:
        returned(qtbot, two, 1)
        two.start()
        dreamed(qtbot, two)
        two.history.finish()
        qtbot.waitUntil(lambda: two.history.current == two.history.states()[0].id, timeout=WAIT)
        assert numbers(two) == [1, 2]

    def test_returning_from_a_dream_under_way_keeps_how_far_it_was(self, two: Session, qtbot: QtBot) -> None:
        two.apply_recipe(LONG.model_copy(update={"seed": 9}), "Long")
        begun(qtbot, two)
        returned(qtbot, two, 1)
        assert two.state is State.IDLE
        kept(qtbot, two, 3)
        assert two.recipe.seed == 1
        two.undo_stack.undo()
        assert two.recipe.seed == 9
        made = two.result.provenance if two.result else None
        assert made is not None
        assert made.recipe.seed == 9

    def test_a_paused_dream_is_kept(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        ready.pause()
        kept(qtbot, ready, 1)

    def test_a_demonstration_is_not_kept(self, session: Session, qtbot: QtBot) -> None:
        session.apply_recipe(SMALL.model_copy(update={"start": Start.CLOUDS}), "Clouds")
        session.start(demonstration=True)
        dreamed(qtbot, session)
        session.history.finish()
        assert not session.history.states()

    def test_a_moment_is_kept_on_demand_and_the_dream_goes_on(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        ready.keep_state()
        kept(qtbot, ready, 1)
        assert ready.history.states()[0].pinned
        assert ready.state is State.DREAMING

    def test_nothing_to_keep_is_told(self, ready: Session, said: list[Message]) -> None:
        ready.keep_state()
        assert said[-1].text == "There is nothing to keep yet: dream first"

    def test_a_state_of_the_user_s_survives_a_restart(self, two: Session, qtbot: QtBot) -> None:
        before = pixels(two)
        two.history.finish()
        again = Session()
        try:
            again.history.load()
            qtbot.waitUntil(lambda: len(again.history.states()) == 2, timeout=WAIT)
            returned(qtbot, again, 2)
            np.testing.assert_array_equal(pixels(again), before)
            assert again.photo is not None
            assert again.photo.name == "cat.png"
            assert again.recipe == two.recipe
        finally:
            again.close()

    def test_a_state_that_is_gone_is_told_and_nothing_changes(
        self, two: Session, qtbot: QtBot, said: list[Message]
    ) -> None:
        before = two.recipe, two.result
        state = two.history.states()[0]
        for file in state.folder.iterdir():
            file.unlink()
        with qtbot.waitSignal(two.said, timeout=WAIT):
            two.history.open(state)
        assert said[-1].text == "State 1 is gone or damaged"
        assert (two.recipe, two.result) == before

    def test_the_photo_can_come_back_through_a_reopened_state(self, two: Session, qtbot: QtBot) -> None:
        returned(qtbot, two, 1)
        assert two.photo is not None
        everywhere = Mask.of(np.full((8, 8), 255, np.uint8))
        two.apply_recipe(two.recipe.model_copy(update={"restored": everywhere}), "Restore")
        np.testing.assert_array_equal(np.rint(pixels(two) * 255), two.photo.pixels)


@pytest.mark.qt
class TestOrder:
    @pytest.fixture
    def history(self, qtbot: QtBot) -> Iterator[History]:  # noqa: ARG002  Signals need an application.
        history = History()
        yield history
        history.finish()

    def test_the_newest_wish_wins(self, history: History, qtbot: QtBot) -> None:
        opened: list[Reopened] = []
        history.opened.connect(opened.append)
        for level in (1, 2):
            history.keep(work(level), "")
        qtbot.waitUntil(lambda: len(history.states()) == 2, timeout=WAIT)
        for state in history.states():
            history.open(state)
        qtbot.waitUntil(lambda: bool(opened), timeout=WAIT)
        history.finish()
        assert [reopened.state.number for reopened in opened] == [2]

    def test_a_full_disk_is_told_once(
        self, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise UserError("the disk is full")

        said: list[Message] = []
        history.said.connect(said.append)
        monkeypatch.setattr(history._kept, "keep", full)
        for level in (1, 2):
            history.keep(work(level), "")
        qtbot.waitUntil(lambda: bool(said), timeout=WAIT)
        history.finish()
        assert [message.text for message in said] == ["the disk is full"]
