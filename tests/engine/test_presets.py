"""The shipped presets on the real network."""

import numpy as np
import pytest

from inceptionist_gui.engine.dream import dream
from inceptionist_gui.engine.networks import check
from inceptionist_gui.engine.networks.loading import load
from inceptionist_gui.recipe import Preset, Recipe, Scale, Strength, presets
from tests.engine.directed import everything


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.name)
def test_a_preset_dreams_without_clipping(preset: Preset) -> None:
    small = {"scale": Scale(octaves=2, jitter=4), "strength": Strength(iterations=3)}
    recipe = preset.applied(Recipe(size=96)).model_copy(update=small)
    photo = np.random.default_rng(1).random((64, 96, 3), dtype=np.float32) * 0.6 + 0.2
    frame = list(dream(photo, recipe, load(check(recipe))))[-1]
    dreamed = frame.floats()
    assert np.abs(dreamed - everything(frame.photo)[0].permute(1, 2, 0).numpy()).mean() > 0.003
    assert ((dreamed <= 0.001) | (dreamed >= 0.999)).mean() < 0.02
