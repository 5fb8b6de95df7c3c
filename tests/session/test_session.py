"""The session on the real network, without a window."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, read_picture, write_picture
from inceptionist_gui.recipe import ClassGoal, LayerGoal, Provenance, Recipe, Start, presets
from inceptionist_gui.render.still import dreaming
from inceptionist_gui.session.exchange import View
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State, Tone
from tests.session.conftest import LONG, SMALL

pytestmark = pytest.mark.qt
WAIT = 30_000


def begun(qtbot: QtBot, session: Session) -> None:
    session.start()
    qtbot.waitUntil(lambda: session.state is State.DREAMING, timeout=WAIT)


def dreamed(qtbot: QtBot, session: Session) -> Picture:
    qtbot.waitUntil(lambda: session.state is State.IDLE and session.result is not None, timeout=WAIT)
    assert session.result is not None
    return session.result


class TestRecipe:
    def test_one_drag_is_one_undo_step(self, session: Session) -> None:
        for octaves in (7, 8, 9):
            session.set_value("scale.octaves", octaves)
        session.end_gesture()
        session.set_value("scale.octaves", 3)
        assert session.undo_stack.count() == 2
        assert session.undo_stack.undoText() == "Octaves 3"
        session.undo_stack.undo()
        assert session.recipe.scale.octaves == 9
        session.undo_stack.undo()
        assert session.recipe == Recipe()
        session.undo_stack.redo()
        assert session.recipe.scale.octaves == 9

    def test_two_controls_in_one_gesture_are_two_steps(self, session: Session) -> None:
        session.set_value("scale.octaves", 7)
        session.set_value("scale.jitter", 7)
        assert session.undo_stack.count() == 2

    def test_a_drag_back_to_where_it_began_leaves_no_step(self, session: Session) -> None:
        for octaves in (7, 6):
            session.set_value("scale.octaves", octaves)
        assert session.undo_stack.count() == 0
        assert session.recipe == Recipe()

    def test_what_the_network_does_not_have_is_refused_with_a_line(
        self, session: Session, said: list[Message]
    ) -> None:
        session.set_goals((ClassGoal(label="bananna"),), "Add bananna")
        assert session.recipe == Recipe()
        assert [message.tone for message in said] == [Tone.ERROR]
        assert "nearest are banana" in said[0].text

    def test_goals_that_another_network_does_not_know_give_way(self, session: Session) -> None:
        session.set_network("lite2")
        session.set_goals((LayerGoal(layer="blocks.5.4"), ClassGoal(label="banana")), "Mix")
        session.set_network("lite0")
        assert session.recipe.goals == (ClassGoal(label="banana"),)
        session.undo_stack.undo()
        assert len(session.recipe.goals) == 2

    def test_resetting_keeps_the_picture_and_can_be_undone(self, session: Session) -> None:
        session.apply_recipe(presets()[3].applied(Recipe(start=Start.NOISE, size=96, seed=5)), "Some")
        before = session.recipe
        session.reset()
        assert session.recipe == Recipe(start=Start.NOISE, size=96, seed=5)
        session.undo_stack.undo()
        assert session.recipe == before

    def test_presets_are_undoable(self, session: Session) -> None:
        session.apply_preset(presets()[0])
        assert presets()[0].fits(session.recipe)
        assert session.undo_stack.undoText() == f"Preset {presets()[0].title}"
        session.undo_stack.undo()
        assert session.recipe == Recipe()


class TestOpening:
    def test_a_photo_is_opened_and_keeps_the_recipe(
        self, session: Session, photo: Picture, tmp_path: Path, qtbot: QtBot
    ) -> None:
        write_picture(photo, tmp_path / "cat.png")
        session.set_value("scale.octaves", 3)
        session.set_start(Start.CLOUDS)
        with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
            session.open(tmp_path / "cat.png")
        assert session.photo is not None
        assert session.photo.name == "cat.png"
        assert (session.recipe.start, session.recipe.scale.octaves) == (Start.PHOTO, 3)
        assert not session.undo_stack.canUndo()

    def test_a_dreamed_picture_brings_its_recipe(
        self, session: Session, photo: Picture, tmp_path: Path, qtbot: QtBot, said: list[Message]
    ) -> None:
        write_picture(Picture(photo.pixels, provenance=Provenance(recipe=SMALL)), tmp_path / "dream.png")
        with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
            session.open(tmp_path / "dream.png")
        assert session.recipe == SMALL
        assert [message.text for message in said] == ["Recipe restored from the picture"]
        assert session.undo_stack.undoText() == "Recipe of dream.png"
        session.undo_stack.undo()
        assert session.recipe == Recipe()

    def test_a_recipe_for_an_unknown_network_is_told_and_left(
        self, session: Session, photo: Picture, said: list[Message]
    ) -> None:
        strange = Provenance(recipe=Recipe(network="vgg99"))
        session.adopt(Picture(photo.pixels, name="dream.png", provenance=strange))
        assert session.recipe == Recipe()
        assert "dream.png: its recipe does not fit: network vgg99" in said[0].text

    def test_what_cannot_be_read_leaves_everything_as_it_was(
        self, ready: Session, tmp_path: Path, qtbot: QtBot, said: list[Message]
    ) -> None:
        photo = ready.photo
        (tmp_path / "bad.png").write_text("no picture")
        with qtbot.waitSignal(ready.said, timeout=WAIT):
            ready.open(tmp_path / "bad.png")
        assert said[0].tone is Tone.ERROR
        assert "bad.png" in said[0].text
        assert ready.photo is photo
        assert ready.recipe == SMALL


class TestDreaming:
    def test_without_a_photo_it_says_what_to_do(self, session: Session, said: list[Message]) -> None:
        session.start()
        assert session.state is State.IDLE
        assert "drop one anywhere" in said[0].text

    def test_a_dream_runs_to_its_end(self, ready: Session, qtbot: QtBot) -> None:
        views: list[View] = []
        ready.viewed.connect(views.append)
        ready.start()
        assert ready.state is State.WAKING
        result = dreamed(qtbot, ready)
        assert (result.width, result.height) == (96, 64)
        assert result.provenance is not None
        assert result.provenance.recipe == SMALL
        assert not result.provenance.steered
        assert ready.unsaved
        assert views[-1].progress.done == pytest.approx(1.0)
        np.testing.assert_array_equal(views[-1].pixels, np.rint(result.pixels * 255).astype(np.uint8))

    def test_no_frame_is_made_that_the_canvas_has_not_asked_for(self, qtbot: QtBot, photo: Picture) -> None:
        session = Session()
        views: list[View] = []
        session.viewed.connect(views.append)
        session.adopt(photo)
        session.apply_recipe(SMALL, "Small")
        session.start()
        dreamed(qtbot, session)
        session.close()
        assert len(views) == 2  # The first, and the last that is always shown.

    def test_a_control_moved_in_mid_run_counts_at_once(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        generation = ready._generation
        with qtbot.waitSignal(
            ready.viewed, timeout=WAIT, check_params_cb=lambda view: view.recipe.texture.colour == 0.0
        ):
            ready.set_value("texture.colour", 0.0)
        assert ready._generation == generation
        ready.stop()
        assert dreamed(qtbot, ready).provenance == Provenance(recipe=ready.recipe, source="cat.png", steered=True)

    def test_another_size_begins_the_dream_anew(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(
            ready.viewed, timeout=WAIT, check_params_cb=lambda view: view.pixels.shape[1] == 128
        ):
            ready.set_value("size", 128)
        ready.stop()
        result = dreamed(qtbot, ready)
        assert result.width == 128
        assert result.provenance is not None
        assert not result.provenance.steered

    def test_pause_shows_a_result_and_resume_goes_on(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(ready.result_changed, timeout=WAIT):
            ready.toggle()
        assert ready.state is State.PAUSED
        with qtbot.waitSignals([ready.viewed, ready.state_changed], timeout=WAIT):
            ready.toggle()

    def test_what_cannot_change_in_mid_run_begins_anew_on_resuming(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        ready.pause()
        ready.set_value("size", 128)
        assert ready.state is State.PAUSED
        with qtbot.waitSignal(
            ready.viewed, timeout=WAIT, check_params_cb=lambda view: view.pixels.shape[1] == 128
        ):
            ready.resume()

    def test_stop_keeps_what_was_dreamed(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        ready.stop()
        assert ready.state is State.IDLE
        assert dreamed(qtbot, ready).width == 96

    def test_stopping_a_paused_dream_keeps_its_result(self, ready: Session, qtbot: QtBot) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(ready.result_changed, timeout=WAIT):
            ready.pause()
        ready.stop()
        assert ready.state is State.IDLE
        assert ready.result is not None

    def test_opening_another_photo_ends_the_dream(self, ready: Session, qtbot: QtBot, photo: Picture) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        ready.adopt(Picture(photo.pixels[:32], name="dog.png"))
        assert ready.state is State.IDLE
        stale: list[object] = []
        ready.viewed.connect(stale.append)
        ready.start()
        qtbot.waitUntil(lambda: bool(stale), timeout=WAIT)
        assert all(view.pixels.shape[0] == 32 for view in stale if isinstance(view, View))

    def test_a_demonstration_asks_nobody_to_save_it(self, session: Session, qtbot: QtBot) -> None:
        session.apply_recipe(SMALL.model_copy(update={"start": Start.CLOUDS}), "Clouds")
        session.start(demonstration=True)
        dreamed(qtbot, session)
        assert not session.unsaved

    def test_a_fault_in_the_dream_is_told_and_the_next_dream_runs(
        self, ready: Session, qtbot: QtBot, said: list[Message], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> object:
            raise RuntimeError("the engine coughed")

        with monkeypatch.context() as patch:
            patch.setattr("inceptionist_gui.session.dreamer.dreaming", broken)
            ready.start()
            qtbot.waitUntil(lambda: bool(said), timeout=WAIT)
        assert said[0] == Message("The dream broke off (RuntimeError: the engine coughed)", Tone.ERROR)
        assert ready.state is State.IDLE
        ready.start()
        dreamed(qtbot, ready)

    def test_what_the_engine_has_to_say_is_said(
        self, ready: Session, qtbot: QtBot, said: list[Message], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = dreaming

        def noting(*asked: Any) -> Any:
            for frame in real(*asked):
                yield replace(frame, note="Memory ran short")

        monkeypatch.setattr("inceptionist_gui.session.dreamer.dreaming", noting)
        ready.start()
        dreamed(qtbot, ready)
        assert said == [Message("Memory ran short")]

    def test_closing_while_it_dreams_ends_the_thread(self, qtbot: QtBot, photo: Picture) -> None:
        session = Session()
        session.adopt(photo)
        session.apply_recipe(LONG, "Long")
        begun(qtbot, session)
        session.close()
        assert session._dreamer.isFinished()

    def test_a_paused_dream_goes_on_when_what_would_restart_it_was_undone(
        self, ready: Session, qtbot: QtBot
    ) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        generation = ready._generation
        ready.pause()
        ready.set_value("size", 128)
        ready.undo_stack.undo()
        with qtbot.waitSignal(
            ready.viewed, timeout=WAIT, check_params_cb=lambda view: view.generation == generation
        ):
            ready.resume()
        assert ready.state is State.DREAMING


class TestSaving:
    def test_a_moment_is_saved_though_the_dream_begins_anew_at_once(
        self, ready: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(ready.saved, timeout=WAIT):
            ready.save(tmp_path / "moment.png")
            ready.set_value("size", 128)
        assert read_picture(tmp_path / "moment.png").width == 96

    def test_a_moment_is_saved_though_another_photo_is_opened_at_once(
        self, ready: Session, qtbot: QtBot, photo: Picture, tmp_path: Path
    ) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(ready.saved, timeout=WAIT):
            ready.save(tmp_path / "moment.png")
            ready.adopt(Picture(photo.pixels[:32], name="dog.png"))
        assert read_picture(tmp_path / "moment.png").height == 64
        # Saved again, the dream of the dog must not take the place of the cat's.
        assert ready.path is None

    def test_two_saves_in_a_row_are_two_files(self, ready: Session, qtbot: QtBot, tmp_path: Path) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignals([ready.saved, ready.saved], timeout=WAIT):
            ready.save(tmp_path / "one.png")
            ready.save(tmp_path / "two.png")
        assert read_picture(tmp_path / "one.png").width == read_picture(tmp_path / "two.png").width == 96

    def test_a_save_of_a_dream_that_never_began_is_answered(
        self, ready: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        ready.start()
        ready.pause()
        ready.save(tmp_path / "moment.png")
        with qtbot.waitSignal(ready.save_failed, timeout=WAIT):
            ready.start()

    def test_saved_is_what_was_dreamed(self, ready: Session, qtbot: QtBot, tmp_path: Path) -> None:
        ready.start()
        result = dreamed(qtbot, ready)
        with qtbot.waitSignal(ready.saved, timeout=WAIT):
            ready.save(tmp_path / "dream.png", depth=16)
        assert not ready.unsaved
        assert ready.path == tmp_path / "dream.png"
        file = read_picture(tmp_path / "dream.png")
        assert file.provenance == result.provenance
        np.testing.assert_allclose(file.pixels / 65535, result.pixels, atol=1e-4)

    def test_saving_while_it_dreams_takes_this_moment_and_goes_on(
        self, ready: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(ready.saved, timeout=WAIT):
            ready.save(tmp_path / "moment.png")
        assert ready.state is State.DREAMING
        assert read_picture(tmp_path / "moment.png").width == 96

    def test_what_was_dreamed_after_saving_is_unsaved_again(
        self, ready: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        ready.apply_recipe(LONG, "Long")
        begun(qtbot, ready)
        with qtbot.waitSignal(ready.saved, timeout=WAIT):
            ready.save(tmp_path / "moment.png")
        ready.stop()
        dreamed(qtbot, ready)
        qtbot.waitUntil(lambda: ready.unsaved, timeout=WAIT)

    def test_another_start_is_another_picture_and_no_file_is_written_over(
        self, ready: Session, tmp_path: Path
    ) -> None:
        ready.path = tmp_path / "cat dream.png"
        ready.set_value("scale.octaves", 2)
        assert ready.path is not None
        ready.set_start(Start.CLOUDS)
        assert ready.path is None

    def test_there_must_be_something_to_save(self, ready: Session, said: list[Message], tmp_path: Path) -> None:
        ready.save(tmp_path / "dream.png")
        assert said[0] == Message("There is nothing to save yet: dream first", Tone.ERROR)

    def test_a_path_that_cannot_be_written_is_told(
        self, ready: Session, qtbot: QtBot, said: list[Message], tmp_path: Path
    ) -> None:
        ready.start()
        dreamed(qtbot, ready)
        with qtbot.waitSignal(ready.said, timeout=WAIT):
            ready.save(tmp_path / "nowhere" / "dream.png")
        assert said[-1].tone is Tone.ERROR
        assert ready.unsaved
