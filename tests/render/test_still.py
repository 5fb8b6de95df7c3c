from dataclasses import replace

import numpy as np
import pytest

from inceptionist_gui.engine import devices
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.errors import NotEnoughError, UserError
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import (
    ClassGoal,
    Imagine,
    LayerGoal,
    Magnitudes,
    Mode,
    Parameterization,
    Recipe,
    Scale,
    Start,
    Strength,
    with_value,
)
from inceptionist_gui.render.still import Means, dreaming, finished, starting_picture

SMALL = Recipe(
    size=96,
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octaves=2, jitter=4),
    strength=Strength(iterations=2),
)


def photo(alpha: bool = False) -> Picture:
    rng = np.random.default_rng(2)
    pixels = rng.integers(40, 200, (50, 80, 3), dtype=np.uint8)
    return Picture(pixels, rng.integers(0, 256, (50, 80), dtype=np.uint8) if alpha else None, name="cat.png")


def test_a_recipe_for_a_photo_wants_one() -> None:
    with pytest.raises(UserError, match="wants a photo and none is given"):
        starting_picture(SMALL, None)


@pytest.mark.parametrize("start", [Start.CLOUDS, Start.NOISE])
def test_generated_starts_depend_on_the_recipe_alone(start: Start) -> None:
    recipe = SMALL.model_copy(update={"start": start, "seed": 4})
    first, again = starting_picture(recipe, None), starting_picture(recipe, photo())
    assert (first.width, first.height) == (96, 64)
    np.testing.assert_array_equal(first.pixels, again.pixels)
    other = starting_picture(recipe.model_copy(update={"seed": 5}), None)
    assert not np.array_equal(first.pixels, other.pixels)


def test_a_photo_dreams_and_tells_what_is_waited_for() -> None:
    told: list[str] = []
    frames = list(dreaming(SMALL, photo(), told.append))
    assert len(frames) == 4
    assert told == ["Waking the engine", "Loading EfficientNet-Lite0"]


def test_a_recipe_that_fits_no_network_is_told_before_the_engine_wakes() -> None:
    with pytest.raises(UserError, match="layer dogs"):
        next(dreaming(SMALL.model_copy(update={"goals": (LayerGoal(layer="dogs"),)}), photo()))


def test_what_is_not_there_in_memory_is_told_with_what_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object) -> object:
        raise RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr("inceptionist_gui.engine.networks.loading.load", lacking)
    with pytest.raises(NotEnoughError, match=r"^size: .* at 1000 px; 1\.1 GB would do, or a smaller size$"):
        next(dreaming(SMALL.model_copy(update={"size": 1000}), photo()))


def test_the_device_that_a_wish_came_to_is_told_before_the_first_frame() -> None:
    placed: list[devices.Device] = []
    next(dreaming(SMALL, photo(), means=Means(DeviceName.CPU), placed=placed.append))
    assert placed == [devices.CPU]


@pytest.mark.parametrize(
    "lack",
    [
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("MPS backend out of memory (MPS allocated: 5.56 GB, max allowed: 6.80 GB)"),
    ],
    ids=["cuda", "mps"],
)
def test_a_gpu_with_too_little_memory_is_named(lack: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object) -> object:
        raise lack

    gpu = replace(devices.CPU, name=DeviceName.CUDA, title="Fake 9000")
    monkeypatch.setattr(devices, "chosen", lambda _: gpu)
    monkeypatch.setattr("inceptionist_gui.engine.networks.loading.load", lacking)
    line = r"^size: Fake 9000 has not enough free memory to dream at 96 px; a smaller size would do, or the CPU$"
    with pytest.raises(NotEnoughError, match=line):
        next(dreaming(SMALL, photo()))


def test_a_dream_keeps_within_the_memory_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    monkeypatch.setattr("inceptionist_gui.engine.dream.keep_freed_blocks", sizes.append)
    next(dreaming(SMALL, photo(), means=Means(memory=200_000_000)))
    assert sizes == [200_000_000]


def test_other_faults_stay_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("the engine coughed")

    monkeypatch.setattr("inceptionist_gui.engine.networks.loading.load", broken)
    with pytest.raises(RuntimeError, match="coughed"):
        next(dreaming(SMALL, photo()))


def test_what_is_finished_says_how_it_was_made_and_has_its_alpha_back() -> None:
    source = photo(alpha=True)
    floats = list(dreaming(SMALL, source))[-1].floats()
    picture = finished(floats, SMALL, source, steered=True)
    assert picture.alpha is not None
    assert picture.alpha.shape == picture.pixels.shape[:2] == (60, 96)
    assert source.alpha is not None
    assert picture.alpha.mean() == pytest.approx(source.alpha.mean() / 255, abs=0.02)
    assert picture.provenance is not None
    assert (picture.provenance.recipe, picture.provenance.source) == (SMALL, "cat.png")
    assert picture.provenance.steered


def test_generated_pictures_borrow_nothing_from_an_open_photo() -> None:
    picture = finished(
        np.zeros((4, 6, 3), np.float32), SMALL.model_copy(update={"start": Start.NOISE}), photo(True)
    )
    assert picture.alpha is None
    assert picture.provenance is not None
    assert picture.provenance.source == ""


def test_a_name_of_any_length_does_not_spoil_the_dream_at_its_end() -> None:
    picture = finished(np.zeros((4, 6, 3), np.float32), SMALL, Picture(photo().pixels, name="n" * 1000))
    assert picture.provenance is not None
    assert picture.provenance.source == "n" * 400


@pytest.mark.parametrize("lacking", ["objectives.reflected_window", "ascent.joined", "dream.restrained"])
def test_a_dream_that_does_not_fit_says_how_much_would_do(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(f"inceptionist_gui.engine.{lacking}", lacks)
    with pytest.raises(NotEnoughError, match=r"dream at 96 px; \d\.\d GB would do, or a smaller size"):
        list(dreaming(SMALL, photo()))


IMAGINED = Recipe(
    mode=Mode.IMAGINE, size=64, goals=(ClassGoal(label="ant"),), imagine=Imagine(steps=20, octaves=1, crops=1)
)


def test_imagining_needs_no_photo_and_takes_nothing_of_one() -> None:
    *_, last = dreaming(IMAGINED, None)
    *_, beside = dreaming(IMAGINED, photo(alpha=True))
    np.testing.assert_array_equal(last.floats(), beside.floats())
    picture = finished(last.floats(), IMAGINED, photo(alpha=True))
    assert (picture.width, picture.height) == (64, 64)
    assert picture.alpha is None
    assert picture.name == ""


def test_the_contrasts_of_a_photo_want_one() -> None:
    wanted = IMAGINED.imagine.model_copy(
        update={"magnitudes": Magnitudes.PHOTOS, "parameterization": Parameterization.MACO}
    )
    recipe = IMAGINED.model_copy(update={"imagine": wanted})
    with pytest.raises(UserError, match=r"imagine\.magnitudes: .*none is given"):
        next(dreaming(recipe, None))
    natural = with_value(recipe, "imagine.magnitudes", Magnitudes.NATURAL)
    *_, last = dreaming(recipe, photo())
    *_, other = dreaming(natural, photo())
    assert not np.array_equal(last.floats(), other.floats())
    assert finished(last.floats(), recipe, photo()).name == "cat.png"


def test_networks_that_join_are_loaded_and_checked() -> None:
    alone, joined = (
        list(dreaming(with_value(IMAGINED, "imagine.networks", names), None))[-1] for names in ((), ("lite1",))
    )
    assert not np.array_equal(alone.floats(), joined.floats())
    with pytest.raises(UserError, match="network lite9"):
        next(dreaming(with_value(IMAGINED, "imagine.networks", ("lite9",)), None))
