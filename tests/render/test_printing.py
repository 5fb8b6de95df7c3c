import errno
import itertools
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from inceptionist_gui.engine import standing
from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.media import CannotWriteError, Picture, read_picture, write_picture
from inceptionist_gui.recipe import LayerGoal, Provenance, Recipe, Scale, Strength
from inceptionist_gui.render import print_forecast, printing
from inceptionist_gui.render.checkpoint import Checkpoint
from inceptionist_gui.render.print_forecast import Needs, check_room, forecast, needs_of
from inceptionist_gui.render.print_job import PrintJob
from inceptionist_gui.render.print_loupe import Loupe
from inceptionist_gui.render.printing import Prepared, PrintProgress, prepared

RECIPE = Recipe(
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octave_scale=2.0, jitter=4),
    strength=Strength(iterations=2),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Smooth shapes: what is all noise has nothing that could be the same when it is scaled down."""
    rng = np.random.default_rng(5)
    small = Image.fromarray(rng.integers(40, 216, (8, 12, 3), dtype=np.uint8))
    pixels = np.asarray(small.resize((60, 40), Image.Resampling.BICUBIC))
    path = tmp_path / "source.png"
    write_picture(Picture(pixels, provenance=Provenance(recipe=RECIPE)), path)
    return path


def job(source: Path, name: str = "out.tif", **fields: Any) -> PrintJob:
    asked = {"width": 61.0, "dpi": 100.0, "depth": 16, "memory": 128 * 10**6, **fields}
    return PrintJob(source=source, output=source.with_name(name), **asked)


def run(work: Prepared, **more: Any) -> list[PrintProgress]:
    return list(printing.printing(work, **more))


def test_a_print_is_its_preview(source: Path) -> None:
    steps = run(prepared(job(source)))
    assert steps[-1].done == 1.0
    assert all(a.done <= b.done for a, b in itertools.pairwise(steps))
    found = read_picture(source.with_name("out.tif"))
    assert (found.width, found.height, found.dpi) == (240, 160, 100.0)
    assert found.provenance is not None
    assert found.provenance.recipe == RECIPE
    image = Image.fromarray((found.pixels >> 8).astype(np.uint8))
    reduced = np.asarray(image.resize((60, 40), Image.Resampling.BICUBIC)).astype(int)
    assert np.abs(reduced - read_picture(source).pixels).mean() < 2.0
    assert sorted(path.name for path in source.parent.iterdir()) == ["out.tif", "source.png"]


def test_detail_is_a_matter_of_choice(source: Path) -> None:
    spread = []
    for detail in (0.0, 1.0, 2.0):
        run(prepared(job(source, detail=detail)))
        pixels = read_picture(source.with_name("out.tif")).pixels.astype(float)
        spread.append(float(np.abs(np.diff(pixels, axis=0)).mean()))
    assert spread[0] < spread[1] < spread[2]


def test_marks_and_bleed_are_on_the_page(source: Path) -> None:
    run(prepared(job(source, marks=True, bleed=2.0, detail=0.0, depth=8)))
    page = read_picture(source.with_name("out.tif")).pixels
    outside, bleed = 24, 8
    assert page.shape == (160 + 2 * (outside + bleed), 240 + 2 * (outside + bleed), 3)
    assert (page[:10, outside + bleed - 1] == 0).all()
    assert (page[:10, 5] == 255).all()
    assert page[outside : outside + 20].std() > 5


@pytest.mark.parametrize("every", [0.0, 1000.0])
@pytest.mark.parametrize("at", [1, 2, 3, 5])
def test_what_is_broken_off_is_gone_on_with_to_the_same_bytes(source: Path, at: int, every: float) -> None:
    whole = job(source)
    run(prepared(whole))
    wanted = whole.output.read_bytes()
    whole.output.unlink()
    steps = printing.printing(prepared(whole), every=every)
    for _ in range(at + 1):
        next(steps)
    steps.close()
    assert not whole.output.exists()
    assert Checkpoint(whole.output).unfinished
    again = run(prepared(whole), resume=True)
    assert whole.output.read_bytes() == wanted
    if at > 2:
        assert again[1].done > 0.0


def test_another_job_is_not_gone_on_with(source: Path) -> None:
    steps = printing.printing(prepared(job(source)))
    next(steps)
    steps.close()
    with pytest.raises(UserError, match="of another picture or size"):
        run(prepared(job(source, width=50.0)), resume=True)


@pytest.mark.parametrize("damage", [b"", b"no state at all", b"\x00" * 100])
def test_a_state_that_is_damaged_is_drawn_anew(source: Path, damage: bytes) -> None:
    whole = job(source)
    run(prepared(whole))
    wanted = whole.output.read_bytes()
    steps = printing.printing(prepared(whole), every=0.0)
    for _ in range(5):
        next(steps)
    steps.close()
    state = Checkpoint(whole.output).folder / "state"
    state.write_bytes(damage or state.read_bytes()[:2000])
    run(prepared(whole), resume=True)
    assert whole.output.read_bytes() == wanted


def test_a_full_disk_is_waited_for(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = job(source)
    run(prepared(whole))
    wanted = whole.output.read_bytes()
    full = [3]

    def write(state: Any, file: Any) -> None:
        if full[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        plain(state, file)

    plain = standing.write_standing
    monkeypatch.setattr(standing, "write_standing", write)
    waits = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        full[0] -= 1

    steps = run(prepared(whole), every=0.0, pause=pause)
    waiting = [step for step in steps if step.waiting]
    assert len(waiting) == len(waits) == 3
    assert "disk is full" in waiting[0].text
    assert whole.output.read_bytes() == wanted


def test_a_disk_that_fills_while_the_file_is_written(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = job(source)
    run(prepared(whole))
    wanted = whole.output.read_bytes()
    plain, full = printing.write_page, [True]

    def write(*given: Any) -> Any:
        yield from list(plain(*given))[:1]
        if full.pop() if full else False:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def once(*given: Any) -> Any:
        return write(*given) if full else plain(*given)

    monkeypatch.setattr(printing, "write_page", once)
    steps = run(prepared(whole), pause=lambda _: None)
    assert sum(step.waiting for step in steps) == 1
    assert whole.output.read_bytes() == wanted


def test_what_cannot_be_is_told_before_any_work(source: Path) -> None:
    with pytest.raises(CannotWriteError, match="source itself"):
        prepared(PrintJob(source=source, output=source, width=60.0))
    with pytest.raises(CannotWriteError, match="JPEG has 8 bits"):
        prepared(job(source, "out.jpg"))
    with pytest.raises(CannotWriteError, match="no format to print to"):
        prepared(job(source, "out.bmp"))


def test_the_loupe_shows_what_is_printed(source: Path) -> None:
    work = prepared(job(source, width=121.9))
    run(work)
    whole = read_picture(work.job.output).pixels / 65_535
    loupe = Loupe(work)
    spot = loupe.at((200, 120, 100, 80))
    assert spot.shape == (80, 100, 3)
    there = whole[120:200, 200:300]
    assert np.abs(spot.mean((0, 1)) - there.mean((0, 1))).max() < 0.02
    fine, wanted = (np.abs(np.diff(each, axis=1)).mean() for each in (spot, there))
    assert 0.6 < fine / wanted < 1.6
    assert loupe.at((470, 310, 50, 50)).shape == (10, 10, 3)
    for beside in ((480, 0, 10, 10), (0, 0, 0, 10)):
        with pytest.raises(UserError, match="480 x 320 px"):
            loupe.at(beside)
    with pytest.raises(UserError, match="2048 px"):
        loupe.at((0, 0, 5000, 10))


@pytest.mark.parametrize(("name", "depth"), [("out.tif", 16), ("out.jpg", 8)])
def test_a_forecast_of_the_file(source: Path, name: str, depth: int) -> None:
    work = prepared(job(source, name, depth=depth, width=121.9))
    found = forecast(work)
    run(work)
    assert found.needs.file == pytest.approx(work.job.output.stat().st_size, rel=0.3)
    assert found.seconds > 0.0


def test_larger_prints_need_more(source: Path) -> None:
    small, large = (needs_of(prepared(job(source, width=width, dpi=300.0))) for width in (50.0, 1500.0))
    assert large.memory >= small.memory
    assert large.beside > small.beside
    assert small.scratch == 0 < large.scratch


@pytest.mark.parametrize(("needs", "told"), [(Needs(0, 0, 10**15, 0), "disk"), (Needs(10**15, 0, 0, 0), "memory")])
def test_what_will_not_do_is_told_with_what_would(
    source: Path, needs: Needs, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_forecast, "_free_memory", lambda: 10**9)
    work = prepared(job(source))
    with pytest.raises(NotEnoughError, match=rf"{told}: the print takes 1000000.0 GB"):
        check_room(work, needs)
    check_room(work, Needs(0, 0, 0, 0))
