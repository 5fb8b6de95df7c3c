"""Painting where to dream, bringing the photo back, and comparing, all by mouse and keys on the real window."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import as_uint8, read_picture
from inceptionist_gui.recipe import LayerGoal, Scale, Strength
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.compare import Compare
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
WAIT = 60_000
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Pixels = npt.NDArray[np.uint8]


@pytest.fixture
def studio(open_studio: OpenStudio, photo: Path, qtbot: QtBot) -> tuple[Window, Session]:
    """Open on the photo, at the photo's size, with a dream of a moment."""
    window, session = open_studio()
    window.resize(1280, 800)
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(photo))
    quick = session.recipe.model_copy(
        update={
            "size": 151,
            "goals": (LayerGoal(layer="blocks.1"),),
            "scale": Scale(octaves=2, jitter=4),
            "strength": Strength(iterations=2),
        }
    )
    session.apply_recipe(quick, "Quick")
    session.undo_stack.clear()
    return window, session


def at(window: Window, across: float, down: float) -> QPoint:
    """A point of the canvas, by its shares of the picture."""
    size = window.canvas.viewpoint.picture
    return window.canvas.viewpoint.to_view(QPointF(across * size.width(), down * size.height())).toPoint()


def drag(window: Window, *points: tuple[float, float]) -> None:
    places = [at(window, *point) for point in points]
    QTest.mousePress(window.canvas, LEFT, NONE, places[0])
    for place in places[1:]:
        QTest.mouseMove(window.canvas, place)
    QTest.mouseRelease(window.canvas, LEFT, NONE, places[-1])


def dream(session: Session, qtbot: QtBot) -> Pixels:
    session.start()
    qtbot.waitUntil(lambda: session.state is State.IDLE and session.result is not None, timeout=WAIT)
    return result(session)


def result(session: Session) -> Pixels:
    assert session.result is not None
    return as_uint8(session.result.pixels)


def same_as(photo: Path, pixels: Pixels) -> npt.NDArray[np.bool_]:
    """Where every colour is the photo's, to the bit."""
    equal: npt.NDArray[np.bool_] = (read_picture(photo).pixels == pixels).all(axis=2)
    return equal


def test_only_what_was_painted_dreams(
    studio: tuple[Window, Session], photo: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    window, session = studio
    QTest.keyClick(window.canvas, Qt.Key.Key_B)
    assert window.tools.bar.isVisible()
    drag(window, (0.2, 0.3), (0.3, 0.3), (0.3, 0.5))
    assert session.undo_stack.undoText() == "Mask stroke"
    dreamed = dream(session, qtbot)
    same = same_as(photo, dreamed)
    assert same[:, 80:].all()
    assert not same[20:50, 35:50].all()

    # Inverted, it is the other way round; a stroke with the eraser keeps one more place.
    QTest.keyClick(window.canvas, Qt.Key.Key_I)
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    drag(window, (0.8, 0.5), (0.82, 0.5))
    same = same_as(photo, dream(session, qtbot))
    assert same[48:52, 120:124].all()
    assert same[30, 45]
    assert not same[:20, 80:].all()

    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert not window.tools.bar.isVisible()
    with qtbot.waitSignal(session.saved, timeout=WAIT):
        session.save(tmp_path / "masked.png")
    provenance = read_picture(tmp_path / "masked.png").provenance
    assert provenance is not None
    assert provenance.recipe.mask == session.recipe.mask


def test_the_photo_comes_back_under_the_brush_and_goes_with_undo(
    studio: tuple[Window, Session], photo: Path, qtbot: QtBot
) -> None:
    window, session = studio
    dreamed = dream(session, qtbot)
    assert not same_as(photo, dreamed)[40:60, 60:90].all()

    QTest.keyClick(window.canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(6):
        QTest.keyClick(window.canvas, Qt.Key.Key_BraceRight, Qt.KeyboardModifier.ShiftModifier)
    drag(window, (0.45, 0.5), (0.55, 0.5))
    qtbot.waitUntil(lambda: bool(same_as(photo, result(session))[48:52, 68:84].all()), timeout=WAIT)
    assert session.state is State.IDLE
    assert (result(session)[:30] == dreamed[:30]).all()
    shown = window.canvas.image
    assert shown is not None
    colour = shown.pixelColor(75, 50)
    assert [colour.red(), colour.green(), colour.blue()] == list(read_picture(photo).pixels[50, 75])

    window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: bool((result(session) == dreamed).all()), timeout=WAIT)
    assert session.recipe.restored is None
    QTest.mouseClick(window.tools.bar.done, LEFT)
    assert session.masking.target is None


def test_the_divider_is_dragged_while_it_dreams(studio: tuple[Window, Session], qtbot: QtBot) -> None:
    window, session = studio
    before = window.canvas.viewpoint.target()
    slow = session.recipe.model_copy(update={"strength": Strength(iterations=100)})
    session.apply_recipe(slow, "Slow")
    session.start()
    qtbot.waitUntil(lambda: window.canvas.can_compare, timeout=WAIT)
    QTest.keyClick(window.canvas, Qt.Key.Key_W)
    assert window.tools.compares.modes[Compare.WIPE].isChecked()
    drag(window, (0.5, 0.8), (0.7, 0.8), (0.75, 0.8))
    assert window.canvas.comparison.share == pytest.approx(0.75, abs=0.02)
    with qtbot.waitSignal(session.viewed, timeout=WAIT):
        pass
    assert window.canvas.viewpoint.target() == before
    session.stop()
    qtbot.waitUntil(lambda: session.state is State.IDLE and session.result is not None, timeout=WAIT)
    assert window.canvas.viewpoint.target() == before
    assert window.canvas.comparison.mode is Compare.WIPE


def test_the_evidence_becomes_a_mask(studio: tuple[Window, Session], qtbot: QtBot) -> None:
    window, session = studio
    look = window.docks.look
    qtbot.waitUntil(lambda: look.classes.likeliest != "", timeout=WAIT)
    QTest.keyClick(window.canvas, Qt.Key.Key_B)
    assert not window.tools.masks.from_heat.isEnabled()
    QTest.mouseClick(look.classes.standings.rows[0], LEFT)
    qtbot.waitUntil(lambda: window.canvas.overlaid, timeout=WAIT)
    window.tools.masks.from_heat.trigger()
    assert session.recipe.mask is not None
    assert 0.02 < (session.recipe.mask.array() > 127).mean() < 0.9
    assert session.undo_stack.undoText() == "Mask from the evidence"
