"""Messages: read, kept, gone."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.ui.messages import MOST, MessageLine, Messages
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt


@pytest.fixture
def messages(window: Window) -> Messages:
    return window.stage.messages


def texts(messages: Messages) -> list[str]:
    return [line.message.text for line in messages.lines()]


def timer(line: MessageLine) -> QTimer:
    found = line.findChild(QTimer)
    assert found is not None
    return found


def test_what_the_session_says_is_shown(messages: Messages, session: Session) -> None:
    session.said.emit(Message("Saved cat.png"))
    assert texts(messages) == ["Saved cat.png"]
    assert messages.isVisible()


def test_several_stand_together_and_the_oldest_go(messages: Messages) -> None:
    for number in range(MOST + 2):
        messages.say(Message(f"line {number}"))
    assert texts(messages) == [f"line {number}" for number in range(2, MOST + 2)]


def test_the_same_line_stands_there_once(messages: Messages) -> None:
    messages.say(Message("bad.png: empty", Tone.ERROR))
    messages.say(Message("bad.png: empty", Tone.ERROR))
    assert texts(messages) == ["bad.png: empty"]


def test_an_error_stays_longer(messages: Messages) -> None:
    messages.say(Message("done"))
    messages.say(Message("wrong", Tone.ERROR))
    info, error = messages.lines()
    assert timer(error).interval() > 2 * timer(info).interval()


def test_it_goes_by_itself(messages: Messages, qtbot: QtBot) -> None:
    messages.say(Message("done"))
    timer(messages.lines()[0]).start(1)
    qtbot.waitUntil(lambda: not messages.isVisible())
    assert texts(messages) == []


def test_it_can_be_closed(messages: Messages, qtbot: QtBot) -> None:
    messages.say(Message("wrong", Tone.ERROR))
    button = messages.lines()[0].findChild(QToolButton)
    assert isinstance(button, QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not messages.isVisible())


def test_its_text_can_be_selected_and_a_long_one_stays_in_the_window(messages: Messages, window: Window) -> None:
    messages.say(Message("word " * 100, Tone.ERROR))
    label = next(label for label in messages.findChildren(QLabel) if label.text())
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert messages.width() <= window.canvas.width()
    assert label.height() > 2 * label.fontMetrics().height()
    assert messages.lines()[0].height() >= label.heightForWidth(label.width())
