"""Prints in processes of their own; small programs stand in the place of the real one where that is enough."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, Project, read_picture
from inceptionist_gui.recipe import LayerGoal, Provenance, Recipe, Scale, Strength
from inceptionist_gui.render.print_forecast import Forecast, Needs
from inceptionist_gui.render.print_job import PrintJob
from inceptionist_gui.session import printing as module
from inceptionist_gui.session.printing import Printing

pytestmark = pytest.mark.qt
WAIT = 60_000
RECIPE = Recipe(
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octave_scale=2.0, jitter=4),
    strength=Strength(iterations=2),
)
TELL = "import json, sys, pathlib\ndef tell(**told): print(json.dumps(told), flush=True)\nfile = sys.argv[-1]\n"
FORETELLS = (
    TELL
    + "out = file + '.out'\n"
    + "needs = {'memory': 1, 'scratch': 2, 'beside': 3, 'file': 4}\n"
    + "pathlib.Path(out).write_text(json.dumps({'seconds': 5.0, 'needs': needs}))\n"
    + "tell(output=out, seconds=1)"
)
SLOW = TELL + "tell(done=0.5, text='half')\nfor line in sys.stdin: tell(done=0.6, text=line.strip())"


@pytest.fixture
def printing(qapp: QApplication) -> Iterator[Printing]:
    small = Image.fromarray(np.random.default_rng(5).integers(40, 216, (8, 12, 3), dtype=np.uint8))
    pixels = np.asarray(small.resize((60, 40), Image.Resampling.BICUBIC))
    result = Picture(pixels, provenance=Provenance(recipe=RECIPE))
    printing = Printing(Project(RECIPE, Picture(pixels), result), qapp)
    yield printing
    printing.close()
    assert not printing.source.parent.exists()
    printing.deleteLater()


def job(output: Path) -> PrintJob:
    return PrintJob(source=Path(), output=output, width=61.0, dpi=100.0)


def stand_in(monkeypatch: pytest.MonkeyPatch, program: str) -> list[list[str]]:
    """What it was called with."""
    calls: list[list[str]] = []

    def command(file: Path, *verb: str) -> tuple[str, list[str]]:
        calls.append(list(verb))
        return sys.executable, ["-c", program, str(file)]

    monkeypatch.setattr(module, "command", command)
    return calls


def test_a_print_is_made(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(printing.printed, timeout=WAIT) as made:
        printing.start(job(tmp_path / "a.tif"))
    assert made.args == [tmp_path / "a.tif"]
    assert not printing.busy
    picture = read_picture(tmp_path / "a.tif")
    assert (picture.width, picture.height) == (240, 160)
    assert picture.provenance is not None
    assert picture.provenance.recipe == RECIPE


def test_a_fault_is_told(printing: Printing, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(printing.failed, timeout=WAIT) as told:
        printing.start(job(tmp_path / "none" / "a.tif"))
    assert "there is no folder" in told.args[0]
    assert not printing.busy


def test_a_forecast(printing: Printing, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = stand_in(monkeypatch, FORETELLS)
    with qtbot.waitSignal(printing.foretold, timeout=WAIT) as told:
        printing.foretell(job(tmp_path / "a.tif"))
        assert not printing.busy
    assert told.args == [Forecast(5.0, Needs(1, 2, 3, 4))]
    assert calls == [["print-job", "--forecast"]]


def test_a_spot(printing: Printing, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = stand_in(monkeypatch, TELL + "tell(output='/a/spot.png', seconds=1)")
    with qtbot.waitSignal(printing.looked, timeout=WAIT) as told:
        printing.look(job(tmp_path / "a.tif"), (1, 2, 3, 4))
    assert told.args == [Path("/a/spot.png")]
    assert calls == [["print-job", "--spot", "1,2,3,4"]]


def test_holding_going_on_and_breaking_off(
    printing: Printing, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, SLOW)
    told: list[str] = []
    printing.progressed.connect(lambda _done, text, _left: told.append(text))
    with qtbot.waitSignal(printing.progressed, timeout=WAIT):
        printing.start(job(tmp_path / "a.tif"))
    states = [(printing.busy, printing.held)]
    printing.changed.connect(lambda: states.append((printing.busy, printing.held)))
    with qtbot.waitSignal(printing.progressed, timeout=WAIT):
        printing.hold()
    with qtbot.waitSignal(printing.progressed, timeout=WAIT):
        printing.go_on()
    printing.cancel()
    assert states == [(True, False), (True, True), (True, False), (False, False)]
    assert told == ["half", "hold", "go"]


def test_a_newer_wish_takes_the_place_of_an_older(
    printing: Printing, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, TELL + "tell(output=file, seconds=1)")
    seen: list[Path] = []
    printing.looked.connect(seen.append)
    printing.look(job(tmp_path / "a.tif"), (1, 2, 3, 4))
    with qtbot.waitSignal(printing.looked, timeout=WAIT):
        printing.look(job(tmp_path / "a.tif"), (5, 6, 7, 8))
    assert [path.name for path in seen] == ["2.print"]
