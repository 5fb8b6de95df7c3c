import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.priors import restrained, total_variation_slope, within_gamut
from inceptionist_gui.recipe import Priors

NONE = Priors(total_variation=0.0, smoothness=0.0, keep_photo=0.0, keep_colours=0.0, gamut=0.0)


def some(scale: float = 0.3, seed: int = 0) -> torch.Tensor:
    return scale * torch.randn(1, 3, 24, 24, generator=torch.Generator().manual_seed(seed))


PHOTO = torch.rand(1, 3, 24, 24, generator=torch.Generator().manual_seed(9))


def variation(picture: torch.Tensor) -> float:
    return float(picture.diff(dim=-1).abs().sum() + picture.diff(dim=-2).abs().sum())


def test_with_all_weights_at_zero_nothing_is_held_back() -> None:
    assert torch.equal(restrained(some(), PHOTO, NONE), some())


@pytest.mark.parametrize("prior", ["total_variation", "smoothness"])
def test_grain_melts(prior: str) -> None:
    flat = torch.full_like(PHOTO, 0.5)
    held = restrained(some(), flat, NONE.model_copy(update={prior: 1.0}))
    assert variation(flat + held) < 0.9 * variation(flat + some())


def test_total_variation_leaves_flat_areas_and_slopes_alone() -> None:
    ramp = torch.linspace(0, 1, 24).expand(1, 3, 24, 24)
    assert float(total_variation_slope(ramp)[..., 1:-1].abs().max()) < 1e-5


def test_keeping_the_photo_draws_back_to_it() -> None:
    torch.testing.assert_close(
        restrained(some(), PHOTO, NONE.model_copy(update={"keep_photo": 0.1})), 0.9 * some()
    )


def test_keeping_colours_leaves_only_light_and_dark() -> None:
    held = restrained(some(), PHOTO, NONE.model_copy(update={"keep_colours": 1.0}))
    torch.testing.assert_close(held[:, 0], held[:, 1])
    torch.testing.assert_close(held.mean(1), some().mean(1))


@given(st.floats(0.01, 5.0))
def test_at_full_weight_nothing_leaves_the_gamut(scale: float) -> None:
    held = PHOTO + restrained(some(scale), PHOTO, NONE.model_copy(update={"gamut": 1.0}))
    assert float(held.min()) >= -1e-6
    assert float(held.max()) <= 1.0 + 1e-6


def test_the_photos_own_white_and_black_are_not_greyed() -> None:
    extremes = torch.tensor([0.0, 1.0, 0.5]).reshape(1, 3, 1, 1)
    assert torch.equal(within_gamut(torch.zeros_like(extremes), extremes), torch.zeros_like(extremes))
