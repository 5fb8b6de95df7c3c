"""Whatever is dropped, the studio stays up and has one line for what it cannot open."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.session.state import Message, Tone
from tests.journeys.conftest import OpenStudio
from tests.media.damaged import odd_files
from tests.ui.drops import drop, files

pytestmark = pytest.mark.qt
WAIT = 60_000


def test_each_opens_or_gets_one_line(open_studio: OpenStudio, photo: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window, session = open_studio()
    outcomes: list[Picture | Message] = []
    session.picture_opened.connect(outcomes.append)
    session.said.connect(lambda message: outcomes.append(message) if message.tone is Tone.ERROR else None)
    folder = tmp_path / "odd"
    folder.mkdir()
    for name, data in odd_files():
        path = folder / name
        path.write_bytes(data)
        outcomes.clear()
        drop(window, files(path))
        qtbot.waitUntil(lambda: bool(outcomes), timeout=WAIT)
        assert len(outcomes) == 1, name
        if isinstance(outcomes[0], Message):
            assert window.stage.messages.lines()[-1].message == outcomes[0], name
    drop(window, files(photo))
    qtbot.waitUntil(lambda: window.windowTitle() == "cat.png[*] - Inceptionist", timeout=WAIT)
