"""Closing while it dreams."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import read_project
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.questions import Answer
from inceptionist_gui.ui.window import Window
from tests.journeys.conftest import OpenStudio
from tests.journeys.test_photo_to_picture import make_small

pytestmark = pytest.mark.qt
WAIT = 60_000


@pytest.fixture
def dreaming(open_studio: OpenStudio, photo: Path, qtbot: QtBot) -> tuple[Window, Session]:
    window, session = open_studio()
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        window.files.open(photo)
    make_small(session)
    session.start()
    qtbot.waitUntil(lambda: session.state is State.DREAMING, timeout=WAIT)
    return window, session


def test_what_is_being_dreamed_counts_as_unsaved(dreaming: tuple[Window, Session]) -> None:
    window, session = dreaming
    assert session.unsaved
    assert window.isWindowModified()


def test_discarding_ends_the_thread(dreaming: tuple[Window, Session], monkeypatch: pytest.MonkeyPatch) -> None:
    window, session = dreaming
    monkeypatch.setattr(window.files, "ask_unsaved", lambda: Answer.DISCARD)
    window.close()
    assert not window.isVisible()
    assert session._dreamer.isFinished()


def test_thinking_better_of_it_dreams_on(
    dreaming: tuple[Window, Session], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window, session = dreaming
    monkeypatch.setattr(window.files, "ask_unsaved", lambda: Answer.CANCEL)
    window.close()
    assert window.isVisible()
    with qtbot.waitSignal(session.viewed, timeout=WAIT):
        pass


def test_saving_writes_this_moment_and_then_closes(
    dreaming: tuple[Window, Session], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    window, session = dreaming
    monkeypatch.setattr(window.files, "ask_unsaved", lambda: Answer.SAVE)
    monkeypatch.setattr(window.files, "ask_project", lambda _: tmp_path / "moment.dream")
    with qtbot.waitSignal(window.left, timeout=WAIT):
        window.close()
    saved = read_project(tmp_path / "moment.dream").result
    assert saved is not None
    assert saved.width == 160
    assert saved.provenance is not None
    assert saved.provenance.recipe == session.recipe
    assert session._dreamer.isFinished()
