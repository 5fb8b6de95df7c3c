"""From a dropped photo to a saved picture, and from that picture back to every control."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import read_picture
from inceptionist_gui.recipe import LayerGoal, Scale, Strength, control_at, controls, described, value_at
from inceptionist_gui.session.exchange import View
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.layer_painter import MARK
from inceptionist_gui.ui.saving import KINDS, Target
from inceptionist_gui.ui.slider import ControlRow
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
WAIT = 60_000
LEFT = Qt.MouseButton.LeftButton


def test_every_control_comes_back_with_the_saved_picture(
    open_studio: OpenStudio, photo: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = open_studio()
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(photo))
    make_small(session)
    pick_layer(window, "blocks.2")
    assert [described(goal) for goal in session.recipe.goals] == ["blocks.2"]

    QTest.mouseClick(primary_button(window), LEFT)
    qtbot.waitUntil(lambda: session.state is State.DREAMING, timeout=WAIT)
    generation = session._generation
    drag_slider(window, "texture.colour", 0.2)
    with qtbot.waitSignal(session.viewed, timeout=WAIT, check_params_cb=made_with(session)):
        drag_slider(window, "priors.smoothness", 0.3)
    assert session._generation == generation
    with qtbot.waitSignal(session.viewed, timeout=WAIT, check_params_cb=made_with(session)):
        window.actions_.undo.trigger()
    assert session.recipe.priors.smoothness == control_at("priors.smoothness").default
    assert session.recipe.texture.colour == pytest.approx(0.2)

    with qtbot.waitSignal(session.result_changed, timeout=WAIT):
        QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    assert session.state is State.PAUSED
    target = Target(tmp_path / "cat dream.png", KINDS[0])
    monkeypatch.setattr(window.files, "ask_target", lambda _: target)
    with qtbot.waitSignal(session.saved, timeout=WAIT):
        window.actions_.save_picture.trigger()
    assert not window.isWindowModified()

    again, other_session = open_studio()
    with qtbot.waitSignal(other_session.picture_opened, timeout=WAIT):
        drop(again, files(target.path))
    assert other_session.recipe == session.recipe
    assert shown(again) == shown(window)
    assert again.canvas.image is not None
    assert (again.canvas.image.width(), again.canvas.image.height()) == (160, 106)


@pytest.mark.parametrize("halt_first", [True, False])
def test_saving_at_any_moment_saves_what_is_shown(
    open_studio: OpenStudio, photo: Path, tmp_path: Path, qtbot: QtBot, halt_first: bool
) -> None:
    window, session = open_studio()
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(photo))
    make_small(session)
    session.start()
    qtbot.waitUntil(lambda: session.state is State.DREAMING, timeout=WAIT)
    if halt_first:
        session.pause()
    with qtbot.waitSignal(session.saved, timeout=WAIT):
        session.save(tmp_path / "moment.png")
    assert read_picture(tmp_path / "moment.png").width == 160
    session.stop()
    qtbot.waitUntil(lambda: session.state is State.IDLE and session.result is not None, timeout=WAIT)


def make_small(session: Session) -> None:
    """A dream of seconds that is still under way when the sliders move."""
    small = session.recipe.model_copy(
        update={
            "size": 160,
            "goals": (LayerGoal(layer="blocks.1"),),
            "scale": Scale(octaves=2, jitter=4),
            "strength": Strength(iterations=100),
        }
    )
    session.apply_recipe(small, "Small")


def pick_layer(window: Window, layer: str) -> None:
    tree = window.docks.layers.tree
    rect = tree.visualItemRect(tree.item_of(layer))
    QTest.mouseClick(tree.viewport(), LEFT, pos=QPoint(rect.left() + 60, rect.center().y()))


def primary_button(window: Window) -> QPushButton:
    button = window.bar.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    return button


def slider_row(window: Window, path: str) -> ControlRow:
    row = window.docks.controls.row(path)
    assert isinstance(row, ControlRow)
    return row


def drag_slider(window: Window, path: str, to: float) -> None:
    track = slider_row(window, path).track
    middle = track.height() // 2
    start = track.x_of(slider_row(window, path).number.value())
    QTest.mousePress(track, LEFT, pos=QPoint(start, middle))
    for x in (start + 5, track.x_of(to)):
        QTest.mouseMove(track, QPoint(x, middle))
    QTest.mouseRelease(track, LEFT, pos=QPoint(track.x_of(to), middle))
    assert value_at(window._session.recipe, path) == pytest.approx(to, abs=control_at(path).step)


def made_with(session: Session) -> Callable[[View], bool]:
    """Whether a view was made with the recipe as it now is."""
    return lambda view: view.recipe == session.recipe


def shown(window: Window) -> dict[str, object]:
    """What every control shows."""
    docks = window.docks
    numbers = {c.path: docks.controls.row(c.path).number.value() for c in controls()}
    ticks = {
        layer.name: docks.layers.tree.item_of(layer.name).data(0, MARK)
        for layer in window._session.network.layers()
    }
    return {**numbers, **ticks, "network": docks.layers.chooser.currentText()}
