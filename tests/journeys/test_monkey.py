"""A monkey at the studio: whatever is clicked and typed, nothing breaks and nothing is left behind.

`MONKEY_EVENTS` says how many events there are; a few hundred by default, since every one costs a repaint.
"""

import os
import random
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from inceptionist_gui.recipe import LayerGoal, Recipe, Scale, Strength
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.questions import Answer
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio

EVENTS = int(os.environ.get("MONKEY_EVENTS", "300"))
SEED = int(os.environ.get("MONKEY_SEED", "1"))
WAIT = 60_000
SETTLED = 100
"""Events after which all that is built when it is first used is there, and memory is looked at."""
GROWTH = 400_000_000
"""Bytes that the rest may add: the pictures of a history, and what the engine keeps for reuse."""
SMALL = Recipe(
    size=96,
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octaves=2, jitter=4),
    strength=Strength(iterations=3),
)
KEYS = (
    Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_B, Qt.Key.Key_E, Qt.Key.Key_W, Qt.Key.Key_Y,
    Qt.Key.Key_D, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_BracketLeft,
    Qt.Key.Key_BracketRight, Qt.Key.Key_F6, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
)  # fmt: skip
CHORDS = (
    Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_K, Qt.Key.Key_Period,
    Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4,
)  # fmt: skip
"""With Ctrl: undo, redo, the palette, stop, and the modes."""


class Monkey:
    """Does something at random to a window, never the same for another seed."""

    def __init__(self, window: Window, seed: int) -> None:
        self._window = window
        self._chance = random.Random(seed)
        self.did: list[str] = []

    def act(self) -> None:
        # Mostly clicks and keys, as people do.
        deeds = (
            self._click, self._click, self._click, self._type, self._type, self._chord, self._drag, self._roll,
        )  # fmt: skip
        widget = self._somewhere()
        deed = self._chance.choice(deeds)
        self.did.append(
            f"{deed.__name__} {type(widget).__name__} {widget.objectName() or widget.accessibleName()}"
        )
        deed(widget)

    def _somewhere(self) -> QWidget:
        shown = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        widgets = [shown, *shown.findChildren(QWidget)]
        return self._chance.choice(
            [each for each in widgets if each.isVisible() and each.isEnabled()] or [self._window]
        )

    def _point(self, widget: QWidget) -> QPoint:
        return QPoint(
            self._chance.randrange(max(1, widget.width())), self._chance.randrange(max(1, widget.height()))
        )

    def _click(self, widget: QWidget) -> None:
        left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
        QTest.mouseClick(widget, self._chance.choice((left, left, left, right)), pos=self._point(widget))

    def _type(self, _: QWidget) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, self._chance.choice(KEYS))

    def _chord(self, _: QWidget) -> None:
        QTest.keyClick(self._window, self._chance.choice(CHORDS), Qt.KeyboardModifier.ControlModifier)

    def _drag(self, _: QWidget) -> None:
        canvas = self._window.canvas
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=self._point(canvas))
        for _step in range(4):
            QTest.mouseMove(canvas, self._point(canvas))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=self._point(canvas))

    def _roll(self, widget: QWidget) -> None:
        at = QPointF(self._point(widget))
        turn = QPoint(0, self._chance.choice((-120, 120)))
        keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        wheel = QWheelEvent(
            at, widget.mapToGlobal(at), QPoint(), turn, Qt.MouseButton.NoButton, keys, phase, False
        )
        QApplication.sendEvent(widget, wheel)


@pytest.fixture
def nobody_asks(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """Dialogs of the system give up at once; those of the program are closed soon after."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("", False))
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_, **__: (0, False))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    monkeypatch.setattr("inceptionist_gui.ui.print_paper.ask_printer", lambda _: None)
    closing = QTimer(qapp)
    closing.timeout.connect(close_dialogs)
    closing.start(400)
    yield
    closing.stop()
    closing.deleteLater()


def close_dialogs() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.mark.usefixtures("nobody_asks")
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read as Linux tells it")
def test_a_monkey_breaks_nothing(
    open_studio: OpenStudio, photo: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = threading.active_count()
    window, session = open_studio()
    # The way out is not to be found; what it asks has a test of its own.
    monkeypatch.setattr(window, "leave", lambda **_: None)
    monkeypatch.setattr(window.files, "ask_unsaved", lambda: Answer.DISCARD)
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        window.files.open(photo)
    session.apply_recipe(SMALL, "Small")
    session.live = True
    monkey, before = Monkey(window, SEED), 0
    for number in range(EVENTS):
        monkey.act()
        QTest.qWait(2)
        # What dreams or imagines for minutes would make the rest wait.
        if session.recipe.size > SMALL.size:
            session.set_value("size", SMALL.size)
        if number == min(SETTLED, EVENTS // 2):
            before = resident()
    grown = resident() - before
    close_dialogs()
    session.stop()
    qtbot.waitUntil(lambda: session.state is State.IDLE, timeout=WAIT)
    assert window.isVisible(), monkey.did[-20:]
    assert grown < GROWTH, f"{grown / 1e6:.0f} MB more than after the first events"
    Window.leave(window, settled=True)
    qtbot.waitUntil(lambda: threading.active_count() <= threads, timeout=WAIT)
