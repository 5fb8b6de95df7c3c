from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from inceptionist_gui.engine.natural import excess, garishness, roughness, total_variation, unnaturalness
from inceptionist_gui.engine.spectrum import natural
from inceptionist_gui.recipe import NO_PRIORS, NaturalPriors

Loss = Callable[[Tensor], Tensor]


def noise(side: int = 48, strength: float = 0.1) -> Tensor:
    return 0.5 + strength * torch.randn(1, 3, side, side, generator=torch.Generator().manual_seed(2))


def test_without_priors_nothing_is_unnatural() -> None:
    assert float(unnaturalness(noise(), NO_PRIORS, natural())) == 0.0


@pytest.mark.parametrize("name", sorted(set(NaturalPriors.model_fields) - {"robustness"}))
def test_each_prior_counts_by_its_weight(name: str) -> None:
    garish = noise(strength=0.5).clamp(0.0, 1.0)
    once, twice = (
        float(unnaturalness(garish, NO_PRIORS.model_copy(update={name: weight}), natural()))
        for weight in (0.4, 0.8)
    )
    assert once > 0.0
    assert twice == pytest.approx(2 * once, rel=1e-4)


@pytest.mark.parametrize("loss", [total_variation, roughness])
def test_a_flat_picture_has_no_variation_and_noise_has(loss: Loss) -> None:
    assert float(loss(torch.full((1, 3, 8, 8), 0.3))) == 0.0
    assert float(loss(noise(strength=0.2))) > 1.5 * float(loss(noise(strength=0.1))) > 0.0


def test_an_edge_costs_smoothness_more_than_a_slope_but_total_variation_the_same() -> None:
    slope = torch.linspace(0, 1, 33).expand(1, 3, 33, 33)
    edge = (slope > 0.5).float()
    assert float(total_variation(edge)) == pytest.approx(float(total_variation(slope)))
    assert float(roughness(edge)) > 20 * float(roughness(slope))


def test_grey_noise_is_not_garish_and_coloured_noise_is() -> None:
    grey = noise(strength=0.3).mean(1, keepdim=True).expand(-1, 3, -1, -1)
    assert float(garishness(grey)) == pytest.approx(0.0, abs=1e-6)
    assert float(garishness(noise(strength=0.3))) > 0.01


def test_only_what_is_about_to_clip_is_in_excess() -> None:
    assert float(excess(torch.full((1, 3, 4, 4), 0.9))) == 0.0
    assert float(excess(torch.full((1, 3, 4, 4), 1.0))) > 0.0
    assert float(excess(torch.full((1, 3, 4, 4), 0.0))) > 0.0
