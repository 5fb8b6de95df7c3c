import gc
import itertools
import weakref
from typing import Any

import numpy as np
import pytest
import torch

from inceptionist_gui.engine import dream as module
from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.frame import Frame
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.priors import restrained
from inceptionist_gui.engine.raster import Filed, Held
from inceptionist_gui.engine.store import Store
from inceptionist_gui.recipe import ClassGoal, LayerGoal, NeuronGoal, Recipe, Scale, Strength, with_value
from tests.engine.directed import everything

RECIPE = Recipe(
    size=64,
    goals=(LayerGoal(layer="edges"),),
    strength=Strength(iterations=3, step_size=0.02),
    scale=Scale(octaves=3, octave_scale=1.5, jitter=4),
)


def photo(height: int = 40, width: int = 60) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    return np.random.default_rng(5).random((height, width, 3), dtype=np.float32) * 0.4 + 0.3


def run(recipe: Recipe, toy: LoadedNetwork) -> list[Frame]:
    return list(dream(photo(), recipe, toy))


def test_one_frame_for_each_iteration_of_each_octave(toy: LoadedNetwork) -> None:
    frames = run(RECIPE, toy)
    assert [(frame.octave, frame.iteration) for frame in frames] == [(o, i) for o in (1, 2, 3) for i in (1, 2, 3)]
    assert [frame.last for frame in frames] == [False] * 8 + [True]
    assert frames[-1].done == pytest.approx(1.0)
    assert all(a.done < b.done for a, b in itertools.pairwise(frames))


def test_every_frame_shows_the_whole_picture(toy: LoadedNetwork) -> None:
    for frame in run(RECIPE, toy):
        assert frame.full_size == (43, 64)
        assert frame.pixels().shape == frame.photo_pixels().shape == (43, 64, 3)
        assert frame.pixels().dtype == np.uint8
        floats = frame.floats()
        assert 0.0 <= floats.min() <= floats.max() <= 1.0


def test_the_goal_grows(toy: LoadedNetwork) -> None:
    def strength(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> float:
        return float(toy.logits(torch.from_numpy(pixels).permute(2, 0, 1)[None]).sum())

    frames = run(RECIPE, toy)
    before = everything(frames[-1].photo)[0].permute(1, 2, 0).numpy()
    assert strength(frames[-1].floats()) > 1.5 * strength(before)


@pytest.mark.parametrize(
    "goal",
    [ClassGoal(label="level"), NeuronGoal(layer="halves", channel=1), LayerGoal(layer="halves", channels=(1,))],
)
def test_same_recipe_same_bytes(toy: LoadedNetwork, goal: ClassGoal | NeuronGoal | LayerGoal) -> None:
    recipe = RECIPE.model_copy(update={"goals": (goal,)})
    first, second = run(recipe, toy)[-1], run(recipe, toy)[-1]
    np.testing.assert_array_equal(first.floats(), second.floats())


def test_another_seed_is_another_dream(toy: LoadedNetwork) -> None:
    coarse = RECIPE.model_copy(update={"goals": (LayerGoal(layer="halves"),)})
    other = run(with_value(coarse, "seed", 1), toy)[-1]
    assert not np.array_equal(other.floats(), run(coarse, toy)[-1].floats())


def test_a_changed_recipe_counts_from_the_next_iteration(toy: LoadedNetwork) -> None:
    plain, steered = dream(photo(), RECIPE, toy), dream(photo(), RECIPE, toy)
    np.testing.assert_array_equal(next(plain).floats(), next(steered).floats())
    turned = RECIPE.model_copy(update={"goals": (LayerGoal(layer="edges", weight=-1.0),)})
    assert not np.array_equal(next(plain).floats(), steered.send(turned).floats())


def test_the_recipe_that_was_sent_stays(toy: LoadedNetwork) -> None:
    frames = dream(photo(), RECIPE, toy)
    next(frames)
    frames.send(with_value(RECIPE, "strength.iterations", 2))
    assert [(frame.octave, frame.iteration) for frame in frames] == [(o, i) for o in (2, 3) for i in (1, 2)]


def test_closing_frees_everything(toy: LoadedNetwork) -> None:
    frames = dream(photo(), RECIPE, toy)
    detail = weakref.ref(next(frames).detail)
    frames.close()
    gc.collect()
    assert detail() is None
    assert not any(module._forward_hooks for module in toy.module.modules())


@pytest.mark.parametrize("shape", [(1, 1), (1, 200), (300, 2), (7, 9)])
def test_odd_shapes_dream_too(toy: LoadedNetwork, shape: tuple[int, int]) -> None:
    frame = list(dream(photo(*shape), RECIPE, toy))[-1]
    assert max(frame.pixels().shape) == 64
    assert np.isfinite(frame.floats()).all()


def test_a_flat_picture_without_any_slope_stays_finite(toy: LoadedNetwork) -> None:
    flat = np.full((40, 40, 3), 0.5, dtype=np.float32)
    assert np.isfinite(list(dream(flat, RECIPE, toy))[-1].floats()).all()


def test_the_photo_shines_through_sharp_from_the_first_frame(toy: LoadedNetwork) -> None:
    still = with_value(RECIPE, "strength.step_size", 0.001)
    frame = next(dream(photo(), still, toy))
    assert np.abs(frame.pixels().astype(int) - frame.photo_pixels()).max() <= 8


class TestLackOfMemory:
    """Outside the network: within it the tiles grow smaller, which `test_tiles` shows."""

    def test_a_step_is_taken_again_in_smaller_blocks(
        self, toy: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def scarce(detail: torch.Tensor, *rest: Any) -> torch.Tensor:
            if detail.shape[-1] * detail.shape[-2] > 9000:
                raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
            return restrained(detail, *rest)

        large = with_value(RECIPE, "size", 160)
        whole = run(large, toy)
        monkeypatch.setattr(module, "restrained", scarce)
        scant = run(large, toy)
        assert len(scant) == len(whole)
        assert scant[0].note == ""
        assert "Memory ran short" in scant[-1].note
        before = whole[-1].photo_floats()
        lengths = [np.abs(frames[-1].floats() - before).mean() for frames in (scant, whole)]
        assert lengths[0] == pytest.approx(lengths[1], rel=0.2)

    def test_where_nothing_helps_that_is_the_end(
        self, toy: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(*_: Any) -> torch.Tensor:
            raise MemoryError

        monkeypatch.setattr(module, "restrained", gone)
        with pytest.raises(MemoryError):
            run(RECIPE, toy)

    def test_another_fault_is_not_taken_for_it(self, toy: LoadedNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
        tries: list[int] = []

        def broken(*_: Any) -> torch.Tensor:
            tries.append(1)
            raise RuntimeError("sizes do not match")

        monkeypatch.setattr(module, "restrained", broken)
        with pytest.raises(RuntimeError, match="sizes"):
            run(RECIPE, toy)
        assert len(tries) == 1

    def test_a_raster_that_memory_has_no_room_for_goes_to_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: Any) -> Held:
            raise RuntimeError("out of memory")

        store = Store(Budget(2**24))
        assert isinstance(store.raster((128, 128)), Held)
        monkeypatch.setattr(Held, "empty", full)
        assert isinstance(store.raster((128, 128)), Filed)
