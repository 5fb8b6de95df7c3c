"""The process of a job, as the studio's queue calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inceptionist_gui.media import read_picture
from inceptionist_gui.recipe import LayerGoal, Recipe, Scale, Start, Strength
from inceptionist_gui.render.job import RenderJob

WAIT = 120
SMALL = Recipe(
    start=Start.CLOUDS,
    size=96,
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octaves=2, jitter=4),
    strength=Strength(iterations=6),
)


def begun(job: RenderJob, folder: Path) -> "subprocess.Popen[bytes]":
    file = folder / "queue" / "key.job"
    file.parent.mkdir()
    file.write_text(job.text())
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "inceptionist_gui", "job", str(file)]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)


def test_held_it_waits_and_then_makes_the_picture_beside_what_is_there(tmp_path: Path) -> None:
    output = tmp_path / "a.png"
    output.write_bytes(b"somebody's")
    with begun(RenderJob(SMALL, output), tmp_path) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert first["done"] == 0.0
        process.stdin.write(b"hold\n")
        process.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(5)
        assert not (tmp_path / "a 2.png").exists()
        process.stdin.write(b"go\n")
        process.stdin.flush()
        told = [json.loads(line) for line in process.stdout.read().splitlines()]
        assert process.wait(WAIT) == 0
    shares = [each["done"] for each in told[:-1]]
    assert shares == sorted(shares)
    assert Path(told[-1]["output"]) == tmp_path / "a 2.png"
    assert output.read_bytes() == b"somebody's"
    made = read_picture(tmp_path / "a 2.png").provenance
    assert made is not None
    assert made.recipe == SMALL
    assert read_picture(tmp_path / "queue" / "key.png").width == 96, "what came of it, small"


def test_when_nobody_waits_any_more_it_leaves(tmp_path: Path) -> None:
    endless = SMALL.model_copy(update={"size": 512, "strength": Strength(iterations=100)})
    with begun(RenderJob(endless, tmp_path / "a.png"), tmp_path) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.close()
        assert process.wait(WAIT) == 130
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize("content", [None, b"{", b'{"recipe": {}}'])
def test_what_is_no_job_is_one_line(
    tmp_path: Path, content: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    from inceptionist_gui.cli import main

    file = tmp_path / "a.job"
    if content is not None:
        file.write_bytes(content)
    assert main(["job", str(file)]) == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_nobody_is_pointed_to_it(capfd: pytest.CaptureFixture[str]) -> None:
    from inceptionist_gui.cli import main

    assert main(["--help"]) == 0
    assert " job " not in capfd.readouterr().out
    assert main(["jop"]) == 2
    assert "job" not in capfd.readouterr().err
