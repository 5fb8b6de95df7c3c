"""What is made only when it is first seen."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from inceptionist_gui.recipe import Mode
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.lazily import Lazily
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
LATE = (
    "render.association",
    "render.fooling",
    "ui.about",
    "ui.fooling",
    "ui.look_association",
    "ui.palette",
    "ui.tour",
)


def test_it_is_made_when_it_is_first_shown_and_is_seen_at_once(qtbot: QtBot) -> None:
    made: list[QLabel] = []

    def make() -> QLabel:
        made.append(QLabel("here"))
        return made[-1]

    stack = QStackedWidget()
    stack.addWidget(QWidget())
    lazily = Lazily(make)
    stack.addWidget(lazily)
    qtbot.addWidget(stack)
    stack.show()
    assert not lazily.made
    stack.setCurrentIndex(1)
    assert len(made) == 1
    assert made[0].isVisible()
    stack.setCurrentIndex(0)
    stack.setCurrentIndex(1)
    assert len(made) == 1


def test_it_is_made_when_it_is_asked_for(qtbot: QtBot) -> None:
    around = QWidget()
    QVBoxLayout(around).addWidget(lazily := Lazily(lambda: QLabel("here")))
    qtbot.addWidget(around)
    assert lazily.content.text() == "here"
    assert lazily.content.isHidden() is False
    assert lazily.content.isVisible() is False


def test_another_modes_rows_are_made_when_it_is_chosen(window: Window, session: Session) -> None:
    panel = window.docks.controls
    assert "imagine.steps" not in panel._rows
    session.set_value("imagine.steps", 33)
    session.set_mode(Mode.IMAGINE)
    assert panel._rows["imagine.steps"].number.value() == 33
    assert panel._rows["imagine.steps"].isVisible()


def test_the_first_window_does_without_what_is_not_seen() -> None:
    asked = "import sys, inceptionist_gui.app; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {f"inceptionist_gui.{name}" for name in LATE}
    assert "imagecodecs" not in loaded
