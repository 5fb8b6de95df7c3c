from collections.abc import Callable

import pytest
import torch

from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.parameterization import Parameters, Phases, Pixels, Spectrum
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.spectrum import natural

Making = Callable[[Size], Parameters]


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


each = pytest.mark.parametrize(
    "make",
    [
        lambda size: Pixels(size, chance()),
        lambda size: Spectrum(size, 1.2, chance()),
        lambda size: Phases(size, natural(), chance()),
    ],
    ids=["pixels", "spectrum", "phases"],
)


@each
@pytest.mark.parametrize("size", [(32, 32), (33, 31), (48, 20)])
def test_a_picture_of_every_size_up_to_its_own(make: Making, size: Size) -> None:
    parameters = make(size)
    for shown in (size, (size[0] - 1, size[1] - 3), (size[0] // 2, size[1] // 2)):
        picture = parameters.picture(shown).detach()
        assert picture.shape == (1, 3, *shown)
        assert 0.0 <= float(picture.min()) <= float(picture.max()) <= 1.0


@each
def test_a_coarse_picture_is_the_fine_one_made_smaller(make: Making) -> None:
    parameters = make((64, 64))
    descend(parameters, (64, 64), steps=40)
    with torch.no_grad():
        fine, coarse = parameters.picture((64, 64)), parameters.picture((32, 32))
    error = (resized(fine, (32, 32)) - coarse).square().mean().sqrt()
    assert float(error) < 0.25 * float(coarse.std())


@each
def test_the_picture_can_be_moved_towards_another(make: Making) -> None:
    parameters = make((32, 32))
    before = float((parameters.picture((32, 32)).detach() - target(32)).square().mean())
    # Phases cannot change how strong each frequency is.
    left = 0.9 if isinstance(parameters, Phases) else 0.4
    assert descend(parameters, (32, 32), steps=80) < left * before


def test_a_steep_spectrum_begins_and_stays_softer() -> None:
    rough, soft = (Spectrum((64, 64), power, chance()).picture((64, 64)).detach() for power in (0.5, 1.5))
    assert roughness(soft) < 0.5 * roughness(rough)


def test_all_begin_near_grey_but_phases() -> None:
    for parameters in (Pixels((64, 64), chance()), Spectrum((64, 64), 1.2, chance())):
        assert float((parameters.picture((64, 64)).detach() - 0.5).abs().max()) < 0.06


def test_another_seed_is_another_picture() -> None:
    first, second = (Spectrum((16, 16), 1.0, chance(seed)).picture((16, 16)) for seed in (1, 2))
    assert not torch.equal(first, second)


def target(side: int) -> torch.Tensor:
    across = torch.linspace(0, 2 * torch.pi, side).sin() * 0.3 + 0.5
    return across.expand(1, 3, side, side)


def roughness(picture: torch.Tensor) -> float:
    return float(picture.diff(dim=-1).square().mean() / picture.var())


def descend(parameters: Parameters, size: Size, steps: int) -> float:
    optimiser = torch.optim.Adam([parameters.moved()], lr=0.1)
    for _ in range(steps):
        optimiser.zero_grad()
        loss = (parameters.picture(size) - target(size[0])).square().mean()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return float(loss.detach())
