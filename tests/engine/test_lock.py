import itertools
from io import BytesIO
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.dream import dream_on, printed
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.lock import Lock, print_octaves, reduced
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.raster import Filed, Held
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.standing import write_standing
from inceptionist_gui.engine.store import Store
from inceptionist_gui.recipe import LayerGoal, Mask, Recipe, Scale, Strength
from tests.engine.directed import everything

FULL = 120, 180
RECIPE = Recipe(
    size=64,
    goals=(LayerGoal(layer="edges"),),
    strength=Strength(iterations=3, step_size=0.02),
    scale=Scale(octave_scale=1.5, jitter=4),
)


def picture(height: int = 30, width: int = 45, seed: int = 5) -> "np.ndarray[Any, np.dtype[np.float32]]":
    coarse = np.random.default_rng(seed).random((height // 3, width // 3, 3), dtype=np.float32) * 0.6 + 0.2
    return np.repeat(np.repeat(coarse, 3, axis=0), 3, axis=1)


def store(size: int = 10**8) -> Store:
    return Store(Budget(size))


def scaled_down(source: Any) -> "np.ndarray[Any, np.dtype[np.float32]]":
    return resized(everything(source), (30, 45))[0].permute(1, 2, 0).numpy()


def run(network: LoadedNetwork, recipe: Recipe = RECIPE, **more: Any) -> list[Frame]:
    return list(dream_on(picture(), None, FULL, recipe, network, **more))


@given(st.integers(10, 2000), st.integers(10, 2000), st.floats(0.2, 40.0), st.floats(1.1, 2.0, exclude_max=False))
def test_octaves_lie_between_the_preview_and_the_print(
    height: int, width: int, times: float, scale: float
) -> None:
    full = max(1, round(height * times)), max(1, round(width * times))
    sizes = print_octaves((height, width), full, scale)
    assert bool(sizes) == (max(full) > 1.05 * max(height, width))
    if sizes:
        assert sizes[-1] == full
        assert max(sizes[0]) <= max(height, width) * scale * 1.06 + 1
        assert all(a <= b for a, b in itertools.pairwise(sizes))


def test_what_a_print_starts_from_is_the_preview_scaled_down() -> None:
    ground = Lock(picture(), None, store()).ground(FULL)
    assert ground.size == FULL
    assert np.abs(scaled_down(ground) - picture()).mean() < 0.004


def test_a_larger_photo_gives_what_it_alone_shows() -> None:
    photo = np.random.default_rng(1).random((*FULL, 3), dtype=np.float32) * 0.4 + 0.3
    plain, rich = (Lock(picture(), each, store()).ground(FULL) for each in (None, photo))
    finer = everything(rich) - everything(plain)
    assert float(finer.std()) > 0.05
    assert float(resized(finer, (30, 45)).std()) < 0.02
    wanted = torch.from_numpy(photo).permute(2, 0, 1)[None]
    high = wanted - resized(resized(wanted, (30, 45)), FULL)
    torch.testing.assert_close(finer, high, atol=1e-5, rtol=0)


def test_a_smaller_photo_counts_for_nothing() -> None:
    plain, other = (Lock(picture(), each, store()).ground(FULL) for each in (None, picture(24, 36)))
    assert torch.equal(everything(plain), everything(other))


def test_a_freed_move_changes_the_preview_little_and_keeps_what_is_fine() -> None:
    move = Held(torch.randn(1, 3, *FULL, generator=torch.Generator().manual_seed(0)))
    freed = everything(Lock(picture(), None, store()).freed(move))
    before, after = resized(move.values, (30, 45)), resized(freed, (30, 45))
    assert float(after.std()) < 0.35 * float(before.std())
    assert float(freed.std()) == pytest.approx(float(move.values.std()), rel=0.1)


def test_a_freed_low_move_is_no_move() -> None:
    low = torch.full((1, 3, *FULL), 0.3)
    assert float(everything(Lock(picture(), None, store()).freed(Held(low))).abs().max()) < 1e-5


def test_reducing_in_blocks_is_reducing() -> None:
    source = Held(torch.rand(1, 3, 200, 300, generator=torch.Generator().manual_seed(0)))
    whole, parts = (reduced(source, (33, 50), store(size)).values for size in (10**9, 10**5))
    torch.testing.assert_close(whole, parts)
    torch.testing.assert_close(whole, resized(source.values, (33, 50)))


def test_the_print_scaled_down_is_the_preview(toy: LoadedNetwork) -> None:
    frames = run(toy)
    assert [(frame.octave, frame.iteration) for frame in frames] == [
        (octave, iteration) for octave in range(1, 5) for iteration in (1, 2, 3)
    ]
    finished = printed(picture(), None, FULL, frames[-1], Budget(10**8))
    assert np.abs(scaled_down(finished) - picture()).mean() < 0.006
    assert float(everything(finished).min()) >= 0.0
    assert float(everything(finished).max()) <= 1.0


def test_detail_is_drawn(toy: LoadedNetwork) -> None:
    frames = run(toy)
    finished = everything(printed(picture(), None, FULL, frames[-1], Budget(10**8)))
    plain = everything(printed(picture(), None, FULL, None, Budget(10**8)))
    assert float((finished - plain).std()) > 0.02


def test_nothing_is_drawn_at_the_previews_size(toy: LoadedNetwork) -> None:
    assert list(dream_on(picture(), None, (30, 45), RECIPE, toy)) == []


def test_what_the_mask_leaves_out_is_as_enlarged(toy: LoadedNetwork) -> None:
    left = np.zeros((10, 10), np.uint8)
    left[:, :4] = 255
    frames = run(toy, RECIPE.model_copy(update={"mask": Mask.of(left)}))
    detail = everything(frames[-1].detail)
    assert float(detail[..., 120:].abs().max()) == 0.0
    assert float(detail[..., :60].abs().mean()) > 0.001


@pytest.mark.parametrize("size", [10**8, 2 * 10**6], ids=["in memory", "on disk"])
@pytest.mark.parametrize("at", [0, 2, 5, 10, 11])
def test_a_resumed_run_gives_the_same_bytes(toy: LoadedNetwork, size: int, at: int) -> None:
    kept: list[BytesIO] = []
    for last in dream_on(picture(), None, FULL, RECIPE, toy, Budget(size)):
        assert last.standing is not None
        file = BytesIO()
        write_standing(last.standing, file)
        kept.append(file)
    assert isinstance(last.detail, Held if size == 10**8 else Filed)
    kept[at].seek(0)
    frames = dream_on(picture(), None, FULL, RECIPE, toy, Budget(10**9), resumed=kept[at])
    again = list(frames)
    assert len(again) == len(kept) - at
    assert torch.equal(everything(again[-1].detail), everything(last.detail))


def test_blocks_do_not_show(toy: LoadedNetwork) -> None:
    whole, parts = (run(toy, budget=Budget(size))[-1] for size in (10**8, 2 * 10**6))
    assert float((everything(whole.detail) - everything(parts.detail)).abs().mean()) < 0.002


def test_a_picture_is_read_block_by_block(toy: LoadedNetwork) -> None:
    finished = printed(picture(), None, FULL, run(toy)[-1], Budget(10**8))
    block = Block(slice(40, 60), slice(0, 180))
    torch.testing.assert_close(finished[block], everything(finished)[..., 40:60, :])
