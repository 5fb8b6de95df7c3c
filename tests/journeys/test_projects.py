"""Work saved in a project, closed and opened again; a history with branches that outlives the studio."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, write_picture
from inceptionist_gui.recipe import LayerGoal, Mask, Recipe, Scale, Strength
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.filmstrip_model import BRANCH
from inceptionist_gui.ui.questions import Answer
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
WAIT = 60_000


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCEPTIONIST_DATA", str(tmp_path / "data"))


def source(folder: Path, kind: str) -> Path:
    random = np.random.default_rng(2)
    bits = np.uint16 if kind == "16 bit" else np.uint8
    pixels = random.integers(0, np.iinfo(bits).max, (40, 60, 3), dtype=bits)
    alpha = random.integers(0, 200, (40, 60), dtype=bits) if kind == "alpha" else None
    path = folder / "cat.png"
    write_picture(Picture(pixels, alpha), path, depth=16 if kind == "16 bit" else 8)
    return path


def opened(qtbot: QtBot, window: Window, session: Session, path: Path) -> None:
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(path))


def small(session: Session, **others: object) -> None:
    recipe = Recipe(
        size=96,
        goals=(LayerGoal(layer="blocks.1"),),
        scale=Scale(octaves=1, jitter=4),
        strength=Strength(iterations=4),
        mask=Mask.of(np.eye(16, dtype=np.uint8) * 255),
    )
    session.apply_recipe(recipe.model_copy(update=others), "Small")


def dream(qtbot: QtBot, window: Window, session: Session) -> None:
    states = len(session.history.states())
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: session.state is State.IDLE and len(session.history.states()) == states + 1, timeout=WAIT
    )


def shown(window: Window) -> tuple[int, int, bytes]:
    image = window.canvas.image
    assert image is not None
    return image.width(), image.height(), bytes(image.constBits())


@pytest.mark.parametrize("kind", ["8 bit", "16 bit", "alpha"])
def test_a_project_comes_back_pixel_for_pixel(
    open_studio: OpenStudio, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    window, session = open_studio()
    photo = source(tmp_path, kind)
    opened(qtbot, window, session, photo)
    small(session)
    dream(qtbot, window, session)
    monkeypatch.setattr(window.files, "ask_project", lambda _: tmp_path / "cat.dream")
    with qtbot.waitSignal(session.saved, timeout=WAIT):
        window.actions_.save.trigger()
    assert not window.isWindowModified()
    assert window.windowTitle() == "cat.dream[*] - Inceptionist"
    picture, original, before = session.result, session.photo, shown(window)
    photo.unlink()

    again, other = open_studio()
    opened(qtbot, again, other, tmp_path / "cat.dream")
    assert other.recipe == session.recipe
    assert shown(again) == before
    for mine, yours in ((picture, other.result), (original, other.photo)):
        assert mine is not None
        assert yours is not None
        np.testing.assert_array_equal(mine.pixels, yours.pixels)
        assert (mine.alpha is None) == (yours.alpha is None) == (kind != "alpha")
        if mine.alpha is not None:
            np.testing.assert_array_equal(mine.alpha, yours.alpha)
        assert (mine.name, mine.provenance) == (yours.name, yours.provenance)
    assert not again.isWindowModified()
    assert again.bar.compare.isEnabled(), "it can be compared with what it was dreamed of"
    assert again._settings.recent_files()[0] == tmp_path / "cat.dream"

    other.set_value("scale.octaves", 3)
    assert again.isWindowModified()
    again.actions_.undo.trigger()
    assert not again.isWindowModified()
    other.set_value("scale.octaves", 3)
    monkeypatch.setattr(again.files, "ask_unsaved", lambda: Answer.SAVE)
    with qtbot.waitSignal(again.left, timeout=WAIT):
        again.close()
    third, last = open_studio()
    opened(qtbot, third, last, tmp_path / "cat.dream")
    assert last.recipe.scale.octaves == 3


def test_a_damaged_project_gives_a_line_and_changes_nothing(
    open_studio: OpenStudio, tmp_path: Path, qtbot: QtBot
) -> None:
    window, session = open_studio()
    opened(qtbot, window, session, source(tmp_path, "8 bit"))
    photo, recipe = session.photo, session.recipe
    (tmp_path / "bad.dream").write_bytes(b"PK\x03\x04 and no more")
    with qtbot.waitSignal(session.said, timeout=WAIT):
        drop(window, files(tmp_path / "bad.dream"))
    line = window.stage.messages.lines()[0].message.text
    assert line.startswith("bad.dream: not a project, or cut short")
    assert (session.photo, session.recipe) == (photo, recipe)


def test_a_history_is_branched_and_outlives_the_studio(
    open_studio: OpenStudio, tmp_path: Path, qtbot: QtBot
) -> None:
    window, session = open_studio()
    opened(qtbot, window, session, source(tmp_path, "8 bit"))
    small(session)
    dream(qtbot, window, session)
    first = shown(window)
    session.set_value("seed", 7)
    dream(qtbot, window, session)
    assert shown(window) != first

    strip = window.docks.history.strip
    place = strip.visualRect(window.docks.history.model.index(0)).center()
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.recipe.seed == 0
    assert shown(window) == first
    session.set_value("seed", 8)
    dream(qtbot, window, session)
    model = window.docks.history.model
    assert [model.index(row).data(BRANCH) for row in range(3)] == ["", "", "from 1"]
    session.history.finish()

    again, other = open_studio()
    qtbot.waitUntil(lambda: len(other.history.states()) == 3, timeout=WAIT)
    with qtbot.waitSignal(other.picture_opened, timeout=WAIT):
        other.history.open(other.history.states()[0])
    assert shown(again) == first
