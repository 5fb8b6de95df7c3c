"""What the window says of network, device and memory."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.device_names import DeviceName, Offer
from inceptionist_gui.session.devices import Devices
from inceptionist_gui.session.machine import cores, memory_taken, memory_there
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.status import StatusLine, device_words, memory_words
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
CPU = Offer(DeviceName.CPU, "CPU")
GPU = Offer(DeviceName.CUDA, "GeForce")
NONE = Offer(DeviceName.MPS, "Apple GPU", "No MPS device here")


@pytest.fixture
def status(session: Session, qtbot: QtBot) -> StatusLine:
    status = StatusLine(session, Devices(session))
    status.resize(600, 24)
    qtbot.addWidget(status)
    status.show()
    return status


class TestMachine:
    def test_it_tells_what_is_taken(self) -> None:
        taken, there = memory_taken(), memory_there()
        assert taken is not None
        assert there is not None
        assert 10 * 2**20 < taken < there
        assert cores() >= 1

    def test_without_proc_the_system_tells_the_most_so_far(self, monkeypatch: pytest.MonkeyPatch) -> None:
        taken = memory_taken()
        monkeypatch.setattr("inceptionist_gui.session.machine._STATM", Path("/nowhere"))
        most = memory_taken()
        assert taken is not None
        assert most is not None
        assert most > taken / 2


class TestWords:
    def test_of_memory(self) -> None:
        assert memory_words(int(1.2 * 2**30), 24 * 2**30) == "1.2 of 24 GB"
        assert memory_words(2**29, None) == "0.5 GB"
        assert memory_words(None, None) == ""

    @pytest.mark.parametrize(
        ("wish", "offers", "begins"),
        [
            (DeviceName.AUTO, (), ""),
            (DeviceName.AUTO, (CPU, NONE), "CPU, "),
            (DeviceName.AUTO, (CPU, GPU), "GeForce"),
            (DeviceName.CUDA, (), "CUDA"),
            (DeviceName.CUDA, (CPU, GPU), "GeForce"),
            (DeviceName.MPS, (CPU, NONE), "CPU, "),
            (DeviceName.CPU, (), "CPU, "),
        ],
    )
    def test_of_the_device(self, wish: DeviceName, offers: tuple[Offer, ...], begins: str) -> None:
        words = device_words(wish, offers)
        assert words.startswith(begins)
        assert bool(words) is bool(begins)


class TestLine:
    def test_it_follows_the_network_and_the_device(self, status: StatusLine, session: Session) -> None:
        assert status.text().startswith("Lite0")
        assert status.text().endswith("GB")
        session.set_network("lite2")
        assert status.text().startswith("Lite2")
        session.choose_device(DeviceName.CPU)
        session.set_network("lite1")
        assert "core" in status.text()

    def test_where_there_is_little_room_the_memory_alone_stays(self, status: StatusLine) -> None:
        status.resize(120, 24)
        assert status.text().endswith("GB")
        assert "Lite0" not in status.text()
        status.resize(8, 24)
        assert status.text() == ""
        assert status.minimumSizeHint().width() == 0

    def test_it_weighs_only_while_it_is_seen(self, status: StatusLine) -> None:
        assert status._beat.isActive()
        status.hide()
        assert not status._beat.isActive()

    def test_it_stands_in_the_line_below_the_picture(self, window: Window) -> None:
        line = window.findChild(StatusLine)
        assert isinstance(line, StatusLine)
        assert window.stage.isAncestorOf(line)
