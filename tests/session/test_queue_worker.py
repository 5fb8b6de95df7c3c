"""The process of a job, with small programs in the place of the real one."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from inceptionist_gui.session import queue_worker
from inceptionist_gui.session.queue_worker import Worker, command

pytestmark = pytest.mark.qt
WAIT = 20_000

REPORT = "import json, sys\ndef tell(**told): print(json.dumps(told), flush=True)\n"
MAKES = (
    REPORT + "tell(done=0.5, text='halfway'); print('a library prints'); tell(output='/out/a.png', seconds=1.5)"
)
HEARS = REPORT + "for line in sys.stdin: tell(done=0.5, text=line.strip())"


@pytest.fixture
def worker(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> Iterator[Worker]:
    monkeypatch.setattr(queue_worker, "command", lambda _: (sys.executable, ["-c", request.param]))
    worker = Worker(Path("a.job"), qapp)
    yield worker
    if isValid(worker):
        worker.leave()
        worker.wait()


def given(program: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("worker", [program], indirect=True)


@given(MAKES)
def test_progress_and_the_picture_are_told(worker: Worker, qtbot: QtBot) -> None:
    heard: list[tuple[float, str]] = []
    worker.progressed.connect(lambda done, text, _: heard.append((done, text)))
    with qtbot.waitSignal(worker.done, timeout=WAIT) as made:
        worker.start()
    assert made.args == [Path("/out/a.png"), 1.5]
    assert heard == [(0.5, "halfway")]


@pytest.mark.parametrize(
    ("worker", "line"),
    [
        ("import sys; sys.exit('inceptionist: cat.png: there is no such file')", "cat.png: there is no such file"),
        ("import os; os.abort()", "It was ended from outside"),
        ("print('{\"output\": 3}')", "It was ended from outside"),
        (MAKES + "; sys.exit(1)", "It was ended from outside"),
    ],
    indirect=["worker"],
)
def test_whatever_goes_wrong_is_one_line(worker: Worker, line: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.failed, timeout=WAIT) as failed:
        worker.start()
    assert failed.args is not None
    assert failed.args[0].startswith(line)


def test_a_program_that_is_not_there_is_a_line(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(queue_worker, "command", lambda _: ("/nowhere/program", []))
    worker = Worker(Path("a.job"))
    with qtbot.waitSignal(worker.failed, timeout=WAIT) as failed:
        worker.start()
    assert failed.args is not None
    assert failed.args[0].startswith("It could not be started")


@given(HEARS)
def test_it_is_held_and_goes_on(worker: Worker, qtbot: QtBot) -> None:
    heard: list[str] = []
    worker.progressed.connect(lambda _done, text, _left: heard.append(text))
    worker.start()
    worker.hold()
    worker.go_on()
    qtbot.waitUntil(lambda: heard == ["hold", "go"], timeout=WAIT)


@given(HEARS)
def test_after_leaving_nothing_is_told_and_nothing_stays(worker: Worker, qtbot: QtBot) -> None:
    told: list[object] = []
    worker.failed.connect(told.append)
    worker.start()
    worker.leave()
    qtbot.waitUntil(lambda: not isValid(worker), timeout=WAIT)
    assert not told


def test_a_frozen_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(Path("a.job")) == (sys.executable, ["-m", "inceptionist_gui", "job", "a.job"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command(Path("a.job")) == (sys.executable, ["job", "a.job"])
