"""Where dreams run: chosen, restarted, told; the engine's part simulated."""

from collections.abc import Generator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from inceptionist_gui.engine.device_names import DeviceName, Offer
from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import Start
from inceptionist_gui.session import devices, dreamer
from inceptionist_gui.session.devices import Devices
from inceptionist_gui.session.exchange import Job
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State
from tests.session.conftest import SMALL

pytestmark = pytest.mark.qt

NOTE = "No CUDA device here: running on the CPU"
OFFERS = (Offer(DeviceName.CPU, "CPU"), Offer(DeviceName.CUDA, "Fake 9000"))


@pytest.fixture
def jobs(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """The dreams that were begun; none really is."""
    begun: list[Job] = []
    monkeypatch.setattr(session._dreamer, "dream", begun.append)
    session.set_start(Start.CLOUDS)
    return begun


def wishes(jobs: list[Job]) -> list[DeviceName]:
    return [job.wish for job in jobs]


class TestChoosing:
    def test_while_nothing_is_dreamed_it_counts_for_the_next_dream(
        self, session: Session, jobs: list[Job]
    ) -> None:
        session.choose_device(DeviceName.CUDA)
        assert jobs == []
        session.start()
        assert wishes(jobs) == [DeviceName.CUDA]

    @pytest.mark.parametrize("state", [State.WAKING, State.DREAMING])
    def test_a_dream_under_way_begins_anew(self, session: Session, jobs: list[Job], state: State) -> None:
        session.start()
        session._set_state(state)
        session.choose_device(DeviceName.CPU)
        assert wishes(jobs) == [DeviceName.AUTO, DeviceName.CPU]
        assert jobs[1].generation > jobs[0].generation
        assert session.state is State.WAKING

    def test_the_same_again_changes_nothing(self, session: Session, jobs: list[Job]) -> None:
        session.start()
        session.choose_device(DeviceName.AUTO)
        assert len(jobs) == 1

    def test_a_paused_dream_begins_anew_when_it_goes_on(self, session: Session, jobs: list[Job]) -> None:
        session.start()
        session.pause()
        session.choose_device(DeviceName.CPU)
        assert len(jobs) == 1
        session.resume()
        assert wishes(jobs) == [DeviceName.AUTO, DeviceName.CPU]

    def test_a_paused_dream_whose_device_was_chosen_back_goes_on(self, session: Session, jobs: list[Job]) -> None:
        session.start()
        session.pause()
        session.choose_device(DeviceName.CPU)
        session.choose_device(DeviceName.AUTO)
        session.resume()
        assert len(jobs) == 1


class TestTelling:
    def test_a_note_is_said_once_for_each_choice(
        self, session: Session, jobs: list[Job], said: list[Message]
    ) -> None:
        for _ in range(2):
            session.start()
            session._dreamer.noted.emit(jobs[-1].generation, NOTE)
        assert said == [Message(NOTE)]
        session.choose_device(DeviceName.CUDA)
        session._dreamer.noted.emit(jobs[-1].generation, NOTE)
        assert said == [Message(NOTE)] * 2

    def test_a_note_on_a_dream_that_was_replaced_is_dropped(
        self, session: Session, jobs: list[Job], said: list[Message]
    ) -> None:
        session.start()
        session.start()
        session._dreamer.noted.emit(jobs[0].generation, NOTE)
        assert said == []

    @pytest.mark.parametrize(("note", "noted"), [(NOTE, [(1, NOTE)]), ("", [])])
    def test_the_dreamer_passes_the_wish_on_and_hands_the_note_back(
        self, note: str, noted: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[DeviceName] = []

        def dreaming(*arguments: Any) -> Generator[None, None, None]:
            *_, means, placed = arguments
            asked.append(means.device)
            placed(SimpleNamespace(note=note))
            yield from ()
            raise UserError("enough")

        monkeypatch.setattr(dreamer, "dreaming", dreaming)
        heard: list[tuple[int, str]] = []
        thread = dreamer.Dreamer()
        thread.noted.connect(lambda generation, line: heard.append((generation, line)))
        with pytest.raises(UserError, match="enough"):
            thread._dream(Job(1, SMALL, None, DeviceName.CUDA))
        assert asked == [DeviceName.CUDA]
        assert heard == noted


class TestAsking:
    def test_the_engine_is_asked_once_and_on_another_thread(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        threads: list[QThread] = []

        def offers() -> tuple[Offer, ...]:
            threads.append(QThread.currentThread())
            return OFFERS

        monkeypatch.setattr(devices, "_offers", offers)
        asking = Devices()
        with qtbot.waitSignal(asking.offered) as answer:
            asking.ask()
            asking.ask()
        asking.ask()
        asking.finish()
        assert answer.args == [OFFERS]
        assert len(threads) == 1
        assert threads[0] is not QThread.currentThread()

    def test_what_goes_wrong_is_told_and_may_be_asked_again(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> tuple[Offer, ...]:
            raise ImportError("no libtorch")

        monkeypatch.setattr(devices, "_offers", broken)
        asking = Devices()
        with qtbot.waitSignal(asking.failed) as told:
            asking.ask()
        assert told.args == ["Something went wrong (ImportError: no libtorch)"]
        monkeypatch.setattr(devices, "_offers", lambda: OFFERS)
        with qtbot.waitSignal(asking.offered):
            asking.ask()
        asking.finish()

    def test_the_real_engine_answers(self) -> None:
        assert [offer.name for offer in devices._offers()] == [DeviceName.CPU, DeviceName.CUDA, DeviceName.MPS]
