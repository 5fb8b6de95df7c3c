"""Work kept safe from a crash."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, Project
from inceptionist_gui.recipe import Provenance, Recipe, Start
from inceptionist_gui.session.autosave import Autosave
from inceptionist_gui.session.recovery import Berth, LeftBehind, Note, berth_in, left_behind
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State
from tests.session.conftest import LONG, SMALL
from tests.session.test_session import WAIT, begun, dreamed

pytestmark = pytest.mark.qt

CRASHING = """
import os, sys
from pathlib import Path
from inceptionist_gui.media import Project
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.session.recovery import Note, berth_in
berth = berth_in(Path(sys.argv[1]))
berth.write(Project(Recipe(seed=77)), Note(name="cat.png", time=5.0))
os._exit(9)
"""


def result(level: float) -> Picture:
    return Picture(np.full((8, 12, 3), level, np.float32), provenance=Provenance(recipe=SMALL))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def berth(root: Path) -> Iterator[Berth]:
    berth = berth_in(root)
    yield berth
    berth.leave()


class TestBerth:
    def test_what_is_written_is_read(self, berth: Berth, photo: Picture) -> None:
        berth.write(Project(SMALL, photo, result(0.25), result(0.5)), Note())
        again = berth.read()
        assert again.recipe == SMALL
        for kept, level in ((again.result, 0.25), (again.dreamed, 0.5)):
            assert kept is not None
            np.testing.assert_array_equal(kept.pixels, np.float32(level))
        assert again.photo is not None
        assert again.photo.name == "cat.png"

    def test_what_did_not_change_is_not_written_again(self, berth: Berth, photo: Picture) -> None:
        work = Project(SMALL, photo, result(0.25))
        berth.write(work, Note())
        (file,) = berth.folder.glob("photo-*")
        written = file.stat().st_mtime_ns
        berth.write(Project(LONG, photo, result(0.5)), Note())
        assert file.stat().st_mtime_ns == written
        assert len(list(berth.folder.glob("result-*"))) == 1
        assert berth.read().recipe == LONG

    def test_of_what_is_open_nothing_is_offered(self, berth: Berth, root: Path) -> None:
        berth.write(Project(SMALL), Note())
        assert not list(left_behind(root))

    def test_what_a_crash_left_behind_is_offered_once(self, root: Path) -> None:
        assert subprocess.run([sys.executable, "-c", CRASHING, str(root)], check=False).returncode == 9
        (left,) = left_behind(root)
        assert left.note.name == "cat.png"
        assert left.berth.read().recipe.seed == 77
        assert not list(left_behind(root)), "another studio has it already"
        left.berth.clear()
        left.berth.leave()
        assert not list(root.iterdir())

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"time": "soon"}', '{"name": ' + "[" * 10_000])
    def test_a_note_that_makes_no_sense_is_passed_over(self, root: Path, content: str) -> None:
        (root / "1").mkdir(parents=True)
        (root / "1" / "manifest.json").write_text("{}")
        (root / "1" / "note.json").write_text(content)
        assert not list(left_behind(root))

    def test_damaged_work_is_told_in_a_line(self, berth: Berth, photo: Picture) -> None:
        berth.write(Project(SMALL, photo), Note())
        (file,) = berth.folder.glob("photo-*")
        file.unlink()
        with pytest.raises(UserError, match=r"^The work that was left behind is gone or damaged$"):
            berth.read()

    def test_where_nothing_can_be_written_a_line_tells_it(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(UserError, match="cannot be kept safe"):
            berth_in(tmp_path / "file")


Keeping = Callable[[Session], Autosave]


@pytest.fixture
def keeping(root: Path) -> Iterator[Keeping]:
    made: list[Autosave] = []

    def watched(session: Session) -> Autosave:
        made.append(Autosave(session, session, root=root, soon=0.05, glimpse=0.1))
        return made[-1]

    yield watched
    for autosave in made:
        autosave.close()


def kept(root: Path) -> Project:
    (folder,) = (path for path in root.iterdir() if path.is_dir())
    return Berth(folder, berth_in(root)._lock).read()


def has_result(root: Path) -> bool:
    return root.exists() and bool(list(root.glob("*/manifest.json"))) and kept(root).result is not None


class TestAutosave:
    def test_a_change_is_soon_on_disk(self, ready: Session, keeping: Keeping, root: Path, qtbot: QtBot) -> None:
        autosave = keeping(ready)
        with qtbot.waitSignal(autosave.written, timeout=WAIT):
            ready.set_value("seed", 5)
        assert kept(root).recipe.seed == 5
        with qtbot.waitSignal(autosave.written, timeout=WAIT):
            ready.undo_stack.undo()
        assert kept(root).recipe == SMALL

    def test_the_dream_under_way_is_kept_and_goes_on(
        self, ready: Session, keeping: Keeping, root: Path, qtbot: QtBot
    ) -> None:
        ready.apply_recipe(LONG, "Long")
        keeping(ready)
        shown: list[object] = []
        ready.result_changed.connect(shown.append)
        begun(qtbot, ready)
        qtbot.waitUntil(lambda: has_result(root), timeout=WAIT)
        assert ready.state is State.DREAMING
        assert not shown, "the window is not troubled with it"

    def test_what_was_dreamed_is_kept_to_the_bit(
        self, ready: Session, keeping: Keeping, root: Path, qtbot: QtBot
    ) -> None:
        keeping(ready)
        ready.start()
        picture = dreamed(qtbot, ready)

        def is_kept() -> bool:
            result = kept(root).result if has_result(root) else None
            return result is not None and np.array_equal(result.pixels, picture.pixels)

        qtbot.waitUntil(is_kept, timeout=WAIT)

    def test_a_clean_end_leaves_nothing(self, ready: Session, keeping: Keeping, root: Path, qtbot: QtBot) -> None:
        autosave = keeping(ready)
        with qtbot.waitSignal(autosave.written, timeout=WAIT):
            ready.set_value("seed", 5)
        autosave.close()
        assert not list(root.iterdir())

    def test_ended_without_a_question_it_is_offered(self, ready: Session, keeping: Keeping, root: Path) -> None:
        autosave = keeping(ready)
        ready.set_value("seed", 5)
        autosave.close(keep=True)
        (left,) = left_behind(root)
        assert left.berth.read().recipe.seed == 5
        left.berth.leave()

    def test_a_demonstration_is_nobody_s_work(
        self, session: Session, keeping: Keeping, root: Path, qtbot: QtBot
    ) -> None:
        session.apply_recipe(SMALL.model_copy(update={"start": Start.CLOUDS}), "Clouds")
        autosave = keeping(session)
        with qtbot.waitSignal(autosave.written, timeout=WAIT):
            session.start(demonstration=True)
            dreamed(qtbot, session)
        assert not root.exists()

    def test_a_saved_project_needs_no_keeping(
        self, ready: Session, keeping: Keeping, root: Path, tmp_path: Path, qtbot: QtBot
    ) -> None:
        autosave = keeping(ready)
        with qtbot.waitSignal(autosave.written, timeout=WAIT):
            ready.set_value("seed", 5)
        with qtbot.waitSignals([ready.saved, autosave.written], timeout=WAIT):
            ready.save_project(tmp_path / "cat.dream")
        assert not [path for path in root.iterdir() if path.is_dir()]

    def test_where_nothing_can_be_kept_it_is_told_once(
        self, ready: Session, said: list[Message], keeping: Keeping, root: Path, qtbot: QtBot
    ) -> None:
        root.write_text("")
        keeping(ready)
        for seed in (1, 2):
            ready.set_value("seed", seed)
            qtbot.wait(200)
        assert len(said) == 1
        assert "cannot be kept safe" in said[0].text


class TestBringingBack:
    @pytest.fixture
    def left(self, root: Path, photo: Picture) -> Recipe:
        recipe = SMALL.model_copy(update={"seed": 12})
        berth = berth_in(root)
        berth.write(Project(recipe, photo, result(0.5)), Note(name="cat.png", time=1.0))
        berth.leave()
        return recipe

    def test_it_comes_back_and_is_kept_anew(
        self, session: Session, keeping: Keeping, left: Recipe, root: Path, qtbot: QtBot
    ) -> None:
        autosave = keeping(session)
        offers: list[LeftBehind] = []
        autosave.offered.connect(offers.append)
        autosave.look()
        with qtbot.waitSignal(autosave.written, timeout=WAIT):
            autosave.bring_back(offers[0])
        assert session.recipe == left
        assert session.unsaved
        assert session.result is not None
        np.testing.assert_array_equal(session.result.pixels, np.float32(0.5))
        assert session.photo is not None
        assert session.photo.name == "cat.png"
        assert len([path for path in root.iterdir() if path.is_dir()]) == 1
        assert kept(root).recipe == left

    @pytest.mark.usefixtures("left")
    def test_discarded_it_is_gone(self, session: Session, keeping: Keeping, root: Path) -> None:
        autosave = keeping(session)
        autosave.offered.connect(autosave.discard)
        autosave.look()
        assert not list(root.iterdir())

    @pytest.mark.usefixtures("left")
    def test_older_work_waits_for_the_next_start(
        self, session: Session, keeping: Keeping, root: Path, qtbot: QtBot
    ) -> None:
        older = berth_in(root)
        older.write(Project(LONG), Note(name="older", time=0.5))
        older.leave()
        autosave = keeping(session)
        offers: list[LeftBehind] = []
        autosave.offered.connect(offers.append)
        autosave.look()
        with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
            autosave.bring_back(offers[0])
        autosave.close()
        assert len(offers) == 1
        assert len(list(left_behind(root))) == 1

    @pytest.mark.usefixtures("left")
    def test_unanswered_it_is_offered_again(self, session: Session, keeping: Keeping, root: Path) -> None:
        autosave = keeping(session)
        autosave.look()
        autosave.close()
        assert len(list(left_behind(root))) == 1
