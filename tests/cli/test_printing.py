"""`inceptionist print` as its user meets it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inceptionist_gui.cli import main
from inceptionist_gui.media import Picture, read_picture, write_picture
from inceptionist_gui.recipe import LayerGoal, Provenance, Recipe, Scale, Strength
from inceptionist_gui.render import print_forecast
from tests.cli.test_program import fault, said

RECIPE = Recipe(
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octave_scale=2.0, jitter=4),
    strength=Strength(iterations=2),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    small = Image.fromarray(np.random.default_rng(5).integers(40, 216, (8, 12, 3), dtype=np.uint8))
    path = tmp_path / "source.png"
    pixels = np.asarray(small.resize((60, 40), Image.Resampling.BICUBIC))
    write_picture(Picture(pixels, provenance=Provenance(recipe=RECIPE)), path)
    return path


def test_a_picture_becomes_a_print(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.with_name("out.tif")
    text = said(
        capsys, "print", source, "-o", out, "--width", "240px", "--dpi", 96, "--depth", 16,
        "--icc", "adobe-rgb", "--title", "A title",
    )  # fmt: skip
    assert "out.tif: 240x160, 6.3 x 4.2 cm" in text
    picture = read_picture(out)
    assert (picture.width, picture.height, picture.dpi) == (240, 160, 96.0)
    assert picture.pixels.dtype == np.uint16


def test_as_json(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.with_name("out.pdf")
    told = json.loads(said(capsys, "print", source, "-o", out, "--paper", "A5", "--dpi", 30, "--json"))
    assert (told["width"], told["height"], told["depth"]) == (248, 175, 8)
    assert told["bytes"] == out.stat().st_size


def test_a_forecast_makes_nothing(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.with_name("out.png")
    text = said(capsys, "print", source, "-o", out, "--height", "160px", "--forecast")
    assert "240x160 px, about 0:0" in text
    assert "a file of" in text
    assert not out.exists()
    told = json.loads(said(capsys, "print", source, "-o", out, "--height", "160px", "--forecast", "--json"))
    assert told["file"] > 0


def test_the_loupe_saves_a_spot(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.with_name("crop.png")
    said(capsys, "print", source, "-o", out, "--width", "480px", "--loupe", "200,100,64,48")
    picture = read_picture(out)
    assert (picture.width, picture.height) == (64, 48)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "a --width, a --height or a --paper is expected"),
        (("--width", "60"), "no length"),
        (("--width", "0cm"), "width: "),
        (("--paper", "a11"), "no such paper; there are a5, a4"),
        (("--paper", "a4", "--width", "3cm"), "leave those out"),
        (("--width", "3cm", "--goals", "0"), "numbers from 1"),
        (("--width", "3cm", "--goals", "2"), "there are 1 goals"),
        (("--width", "3cm", "--crop", "1,2,3"), "no place"),
        (("--width", "3cm", "--icc", "none.icc"), "none.icc: cannot be read"),
        (("--width", "3cm", "--depth", "12"), "TIFF has 8 or 16 bits"),
        (("--width", "20m"), "megapixels"),
    ],
)
def test_what_is_asked_for_wrongly(
    source: Path, options: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in fault(capsys, "print", source, "-o", source.with_name("out.tif"), *options)


def test_a_picture_without_a_recipe(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = source.with_name("plain.png")
    Image.new("RGB", (20, 20)).save(plain)
    assert "no recipe inside" in fault(capsys, "print", plain, "-o", source.with_name("a.tif"), "--width", "3cm")


def test_what_will_not_do_ends_with_3(
    source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_forecast, "_free_memory", lambda: 10**6)
    out = source.with_name("out.tif")
    assert main(["print", str(source), "-o", str(out), "--width", "200px"]) == 3
    told = capsys.readouterr().err
    assert "memory: the print takes" in told
    assert "1 MB are free" in told
    said(capsys, "print", source, "-o", out, "--width", "200px", "--anyway")
    assert out.exists()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_what_was_ended_in_the_middle_goes_on_to_the_same_bytes(source: Path, end: signal.Signals) -> None:
    out = source.with_name("out.tif")
    command = [sys.executable, "-m", "inceptionist_gui", "print", str(source), "-o", str(out)]
    command += ["--width", "480px", "--keep-every", "0", "--memory", "128MB", "--quiet"]
    subprocess.run(command, check=True)
    wanted = out.read_bytes()
    out.unlink()
    running = subprocess.Popen(command)
    state = out.with_name(f".{out.name}.print") / "state"
    while not state.exists() and running.poll() is None:
        time.sleep(0.01)
    os.kill(running.pid, end)
    running.wait()
    assert not out.exists()
    subprocess.run([*command, "--resume"], check=True)
    assert out.read_bytes() == wanted
