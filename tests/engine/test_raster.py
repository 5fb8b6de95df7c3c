import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from inceptionist_gui.engine import raster
from inceptionist_gui.engine.blocks import Block, blocks
from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.raster import Filed, Given, Held, Sum, scratch_folder
from inceptionist_gui.engine.store import Store
from inceptionist_gui.errors import NotEnoughError
from inceptionist_gui.recipe import LayerGoal, Recipe, Scale, Strength
from tests.engine.directed import everything

CPU = torch.device("cpu")
VALUES = torch.rand(1, 3, 45, 37, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_what_is_put_on_disk_comes_back(kind: torch.dtype) -> None:
    filed = Filed((45, 37), CPU, kind)
    for block in blocks((45, 37), 200):
        filed[block] = VALUES[..., *block.index]
    torch.testing.assert_close(everything(filed), VALUES, rtol=0.005, atol=0)
    part = Block(slice(7, 20), slice(30, 37))
    assert torch.equal(filed[part], everything(filed)[..., *part.index])


def test_in_memory_and_added() -> None:
    held, part = Held.empty((45, 37), CPU), Block(slice(40, 45), slice(0, 9))
    held[Block.whole((45, 37))] = VALUES
    assert torch.equal(Sum(held, held)[part], 2 * VALUES[..., 40:45, :9])


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_a_photo_is_read_as_it_is(kind: type) -> None:
    whole = np.iinfo(kind).max if kind is not np.float32 else 1
    pixels: np.ndarray[tuple[int, ...], np.dtype[Any]] = (VALUES[0].permute(1, 2, 0).numpy() * whole).astype(kind)
    assert float((everything(Given(pixels, CPU)) - VALUES).abs().max()) <= 1 / 255


def test_the_file_has_no_name_and_a_killed_program_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raster, "scratch_folder", lambda: tmp_path)
    filed = Filed((400, 400), CPU)
    filed[Block.whole((400, 400))] = torch.zeros(1, 3, 400, 400)
    if os.name == "posix":
        assert not list(tmp_path.iterdir())
    script = (
        "import os, torch; from inceptionist_gui.engine.raster import Filed;"
        "filed = Filed((900, 900), torch.device('cpu')); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", script], env=os.environ | {"TMPDIR": str(tmp_path)}, check=False)
    assert done.returncode != 0
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(NotEnoughError, match=r"0\.3 GB on disk.*No space left"):
        Filed((7000, 7000), CPU)


def test_the_scratch_folder_is_the_users_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert scratch_folder() == tmp_path


def test_small_pictures_stay_in_memory_and_large_ones_do_not() -> None:
    store = Store(Budget(2**26))
    assert isinstance(store.raster((200, 200)), Held)
    assert isinstance(store.raster((2000, 2000)), Filed)


def test_a_dream_on_disk_is_the_one_in_memory(toy: LoadedNetwork) -> None:
    photo = np.random.default_rng(5).random((260, 300, 3), dtype=np.float32) * 0.4 + 0.3
    recipe = Recipe(
        size=640,
        goals=(LayerGoal(layer="edges"), LayerGoal(layer="halves", weight=0.3)),
        strength=Strength(iterations=2),
        scale=Scale(octaves=2, octave_scale=1.5, jitter=0),
    )
    tight = Budget(2**24)
    assert isinstance(Store(tight).raster((555, 640)), Filed)
    assert len(Store(tight).blocks((555, 640))) > 4
    here, there = (list(dream(photo, recipe, toy, budget))[-1].floats() for budget in (Budget(2**31), tight))
    assert np.abs(here - there).mean() < 0.002
    assert np.abs(here - there).max() < 0.03
