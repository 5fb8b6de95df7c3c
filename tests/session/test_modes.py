"""Ways of working that share a picture, a recipe and an undo stack, on the real network."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, read_picture, write_picture
from inceptionist_gui.recipe import (
    ClassGoal,
    DirectionGoal,
    Fool,
    Imagine,
    LayerGoal,
    Magnitudes,
    Mode,
    Parameterization,
    Provenance,
    Recipe,
    Start,
)
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State, Tone
from tests.session.conftest import LONG
from tests.session.test_session import WAIT, begun, dreamed

pytestmark = pytest.mark.qt

SMALL_IMAGINE = Recipe(
    mode=Mode.IMAGINE,
    size=96,
    goals=(ClassGoal(label="banana"),),
    imagine=Imagine(steps=20, crops=1, octaves=1, working_size=96),
)
SMALL_FOOL = Recipe(mode=Mode.FOOL, fool=Fool(bound=8.0, steps=6))


class TestChanging:
    def test_the_mode_is_an_undoable_step(self, session: Session) -> None:
        session.set_mode(Mode.IMAGINE)
        assert session.recipe == Recipe(mode=Mode.IMAGINE)
        assert session.undo_stack.undoText() == "Mode Imagine"
        session.undo_stack.undo()
        assert session.recipe == Recipe()

    def test_a_dream_ends_with_its_mode_and_its_picture_stays(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        ready.set_mode(Mode.IMAGINE)
        assert ready.state is State.IDLE
        made = dreamed(qtbot, ready).provenance
        assert made is not None
        assert made.recipe.mode is Mode.DREAM

    def test_resetting_keeps_the_mode(self, session: Session) -> None:
        session.apply_recipe(SMALL_IMAGINE, "Small")
        session.reset()
        assert session.recipe == Recipe(mode=Mode.IMAGINE, size=96)

    def test_a_word_is_set(self, session: Session) -> None:
        session.set_word("imagine.parameterization", "maco", "Made of phases")
        assert session.recipe.imagine.parameterization is Parameterization.MACO
        assert session.undo_stack.undoText() == "Made of phases"

    @pytest.mark.parametrize(("mode", "then"), [(Mode.IMAGINE, Mode.DREAM), (Mode.FOOL, Mode.FOOL)])
    def test_to_start_from_clouds_is_not_to_imagine(self, session: Session, mode: Mode, then: Mode) -> None:
        session.set_mode(mode)
        session.set_start(Start.CLOUDS)
        assert session.recipe.mode is then

    @pytest.mark.parametrize(
        ("mode", "contrasts", "then"),
        [
            (Mode.IMAGINE, Magnitudes.NATURAL, Mode.DREAM),
            (Mode.IMAGINE, Magnitudes.PHOTOS, Mode.IMAGINE),
            (Mode.FOOL, Magnitudes.NATURAL, Mode.FOOL),
        ],
    )
    def test_a_photo_is_opened_for_what_can_be_done_with_it(
        self, session: Session, photo: Picture, mode: Mode, contrasts: Magnitudes, then: Mode
    ) -> None:
        session.apply_recipe(Recipe(mode=mode, imagine=Imagine(magnitudes=contrasts)), "Some")
        session.adopt(photo)
        assert session.recipe.mode is then


class TestImagining:
    def test_no_photo_is_needed(self, session: Session, qtbot: QtBot, tmp_path: Path) -> None:
        session.apply_recipe(SMALL_IMAGINE, "Small")
        session.start()
        result = dreamed(qtbot, session)
        assert (result.width, result.height) == (96, 96)
        assert result.provenance == Provenance(recipe=SMALL_IMAGINE)
        with qtbot.waitSignal(session.saved, timeout=WAIT):
            session.save(tmp_path / "banana.png")
        again = Session()
        with qtbot.waitSignal(again.picture_opened, timeout=WAIT):
            again.open(tmp_path / "banana.png")
        assert again.recipe == SMALL_IMAGINE
        again.close()

    def test_contrasts_of_a_photo_want_one(self, session: Session, said: list[Message]) -> None:
        session.apply_recipe(Recipe(mode=Mode.IMAGINE, imagine=Imagine(magnitudes=Magnitudes.PHOTOS)), "Photo")
        session.start()
        assert session.state is State.IDLE
        assert "contrasts" in said[0].text

    def test_pictures_become_a_goal(
        self, session: Session, photo: Picture, qtbot: QtBot, tmp_path: Path, said: list[Message]
    ) -> None:
        write_picture(photo, tmp_path / "cat.png")
        session.set_mode(Mode.IMAGINE)
        with qtbot.waitSignal(session.recipe_changed, timeout=WAIT):
            session.add_likeness([tmp_path / "cat.png"])
        goal = session.recipe.goals[-1]
        assert isinstance(goal, DirectionGoal)
        assert (goal.layer, goal.name) == ("head", "cat.png")
        assert session.undo_stack.undoText() == "Add head, like cat.png"
        assert [message.text for message in said] == ["Looking at cat.png"]

    def test_pictures_are_looked_at_while_it_dreams(
        self, ready: Session, photo: Picture, qtbot: QtBot, tmp_path: Path
    ) -> None:
        write_picture(photo, tmp_path / "cat.png")
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(ready.recipe_changed, timeout=WAIT):
            ready.add_likeness([tmp_path / "cat.png"] * 2)
        assert ready.state is State.DREAMING
        assert len(ready.recipe.goals) == 2

    def test_what_cannot_be_looked_at_is_told(
        self, session: Session, qtbot: QtBot, tmp_path: Path, said: list[Message]
    ) -> None:
        (tmp_path / "bad.png").write_text("no picture")
        session.add_likeness([tmp_path / "bad.png"])
        qtbot.waitUntil(lambda: len(said) == 2, timeout=WAIT)
        assert said[1].tone is Tone.ERROR
        assert "bad.png" in said[1].text

    def test_a_network_changed_meanwhile_gets_no_goal_of_another(
        self, session: Session, photo: Picture, qtbot: QtBot, tmp_path: Path, said: list[Message]
    ) -> None:
        write_picture(photo, tmp_path / "cat.png")
        session.add_likeness([tmp_path / "cat.png"])
        session.set_network("lite1")
        qtbot.waitUntil(lambda: len(said) == 2, timeout=WAIT)
        assert "network was changed" in said[1].text
        assert len(session.recipe.goals) == 1

    def test_a_direction_is_one_networks_alone(self, session: Session) -> None:
        goal = DirectionGoal(layer="head", vector=(0.5,) * 1280, name="cat.png")
        session.set_goals((goal, ClassGoal(label="banana")), "Like")
        session.set_network("lite1")
        assert session.recipe.goals == (ClassGoal(label="banana"),)


class TestFooling:
    def test_both_networks_are_asked_and_the_comparison_is_written(
        self, session: Session, photo: Picture, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session.adopt(photo)
        session.apply_recipe(SMALL_FOOL, "Small")
        verdicts: list[object] = []
        session.judging.judged.connect(verdicts.append)
        with qtbot.waitSignal(
            session.judging.judged, timeout=WAIT, check_params_cb=lambda fooled: fooled is not None
        ) as judged:
            session.start()
        fooled = judged.args[0]
        assert [verdict.network for verdict in fooled.result] == ["lite0", "lite2"]
        assert fooled.label == "banana"
        assert fooled.largest <= 8
        assert session.result is not None
        assert session.result.width == photo.width
        monkeypatch.setattr("inceptionist_gui.render.fooling.with_priors", lambda _: SMALL_IMAGINE)
        with qtbot.waitSignal(session.judging.compared, timeout=WAIT):
            session.judging.compare(tmp_path / "sheet.png")
        assert read_picture(tmp_path / "sheet.png").width > 1000
        session.start()
        assert verdicts[-1] is None, "what was said of the last result is not said of the next"

    def test_without_a_photo_it_says_what_to_do(self, session: Session, said: list[Message]) -> None:
        session.set_mode(Mode.FOOL)
        session.start()
        assert session.state is State.IDLE
        assert "drop one anywhere" in said[0].text


class TestDreamingOnIt:
    def test_what_was_made_becomes_the_photo_of_a_dream(self, session: Session, photo: Picture) -> None:
        session.adopt(photo)
        session.apply_recipe(SMALL_IMAGINE, "Small")
        session.result = Picture(photo.pixels[:32].copy(), provenance=Provenance(recipe=SMALL_IMAGINE))
        session.dream_on_result()
        assert session.photo is not None
        assert (session.photo.name, session.photo.height) == ("banana", 32)
        assert session.photo.provenance == Provenance(recipe=SMALL_IMAGINE)
        assert (session.recipe.mode, session.recipe.start) == (Mode.DREAM, Start.PHOTO)
        assert session.undo_stack.undoText() == "Dream on this"
        session.undo_stack.undo()
        assert session.photo is photo
        assert session.recipe == SMALL_IMAGINE
        session.undo_stack.redo()
        assert session.photo.name == "banana"

    def test_a_dream_under_way_is_halted_for_it(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        before = ready.photo
        begun(qtbot, ready)
        ready.dream_on_result()
        qtbot.waitUntil(lambda: ready.photo is not before, timeout=WAIT)
        assert ready.state is State.IDLE
        assert ready.photo is not None
        assert ready.photo.pixels.dtype == np.float32
        assert ready.photo.name == "cat.png"

    def test_it_is_dreamed_on(self, session: Session, qtbot: QtBot, photo: Picture) -> None:
        session.result = Picture(photo.pixels, provenance=Provenance(recipe=SMALL_IMAGINE))
        session.dream_on_result()
        small = LONG.model_copy(update={"goals": (LayerGoal(layer="blocks.0"),)})
        session.apply_recipe(small, "Small")
        begun(qtbot, session)
        with qtbot.waitSignal(session.result_changed, timeout=WAIT):
            session.stop()
        assert session.result is not None
        assert session.result.provenance == Provenance(recipe=small, source="banana")
