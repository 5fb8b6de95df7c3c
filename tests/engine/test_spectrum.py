import numpy as np
import pytest
import torch
from skimage import data

from inceptionist_gui.engine.parameterization import Phases
from inceptionist_gui.engine.spectrum import (
    CONTRAST,
    HIGHEST,
    POINTS,
    POWER,
    amplitudes,
    distance,
    measured,
    natural,
    points,
    profile,
    radii,
)


def waves(power: float, side: int = 256, contrast: float = 0.2) -> torch.Tensor:
    """A grey picture whose amplitudes fall as 1 / f ** power."""
    chance = torch.Generator().manual_seed(3)
    phases = torch.rand(side, side // 2 + 1, generator=chance) * 2 * torch.pi
    falls = radii((side, side)).clamp_min(1.0) ** -power
    falls[0, 0] = 0.0
    picture: torch.Tensor = torch.fft.irfft2(torch.polar(falls, phases), (side, side), norm="forward")
    return (0.5 + picture / picture.std() * contrast).expand(1, 3, -1, -1)


def slope(found: torch.Tensor, frequencies: torch.Tensor) -> float:
    middle = (frequencies > 4) & (frequencies < 100) & ~found.isnan()
    fit = np.polyfit(frequencies[middle].log().numpy(), found[middle].log().numpy(), 1)
    return float(fit[0])


@pytest.mark.parametrize("power", [0.8, 1.2, 1.6])
def test_a_profile_falls_as_the_picture_does(power: float) -> None:
    assert slope(profile(waves(power), POINTS), points(POINTS)) == pytest.approx(-power, abs=0.1)


def test_a_profile_tells_the_contrast() -> None:
    faint, strong = (profile(waves(1.2, contrast=c), POINTS) for c in (0.1, 0.2))
    there = ~faint.isnan()
    torch.testing.assert_close(strong[there], 2 * faint[there], rtol=0.01, atol=1e-6)


def test_a_profile_does_not_depend_on_the_size() -> None:
    large, small = (profile(waves(1.2, side), POINTS) for side in (256, 128))
    low = points(POINTS) < 30
    ratio = (large / small)[low & ~small.isnan() & ~large.isnan()]
    assert ((ratio > 0.4) & (ratio < 2.5)).all()


def test_the_natural_law_is_that_of_a_picture_of_natural_contrast() -> None:
    law = torch.tensor(natural())
    assert slope(law, points(POINTS)) == pytest.approx(-POWER, abs=1e-4)
    assert float(distance(waves(POWER, contrast=CONTRAST), natural())) < 0.15


def test_nearness_to_the_law_is_what_the_distance_measures() -> None:
    near, steep, faint = (
        float(distance(p, natural())) for p in (waves(POWER), waves(2.2), waves(POWER, contrast=0.02))
    )
    assert near < 0.3 < min(steep, faint)


def test_the_distance_has_a_slope_that_lessens_it() -> None:
    picture = waves(0.6, 64).clone().requires_grad_()
    (gradient,) = torch.autograd.grad(distance(picture, natural()), picture)
    with torch.no_grad():
        before = distance(picture, natural())
        after = distance(picture - gradient * (0.2 * before / gradient.square().sum()), natural())
    assert float(after) < 0.95 * float(before)


def test_photos_are_near_the_law() -> None:
    pixels = (data.coffee(), data.chelsea())  # type: ignore[no-untyped-call]
    photos = [np.asarray(photo, dtype=np.float32) / np.float32(255) for photo in pixels]
    found = torch.tensor(measured(photos))
    assert len(found) == POINTS
    assert -1.7 < slope(found, points(POINTS)) < -0.9
    alone = torch.tensor(measured(photos[:1]))
    assert not torch.equal(found, alone)


def test_a_flat_or_tiny_picture_can_be_measured() -> None:
    for picture in (np.full((9, 9, 3), 0.5, np.float32), np.zeros((1, 1, 3), np.float32)):
        assert all(amplitude > 0 for amplitude in measured([picture]))


def test_amplitudes_are_those_of_the_profile_at_its_points_and_its_law_beyond() -> None:
    torch.testing.assert_close(amplitudes(points(POINTS), natural()), torch.tensor(natural()))
    beyond = amplitudes(torch.tensor([2 * HIGHEST]), natural())
    torch.testing.assert_close(beyond, torch.tensor(natural()[-1:]) * 2**-POWER)


def test_phases_alone_keep_the_magnitudes() -> None:
    chance = torch.Generator().manual_seed(1)
    steep, gentle = (tuple((points(POINTS) ** -power * 0.05).tolist()) for power in (2.0, 0.8))
    first, second = (
        slope(profile(Phases((256, 256), law, chance).picture((256, 256)).detach(), POINTS), points(POINTS))
        for law in (steep, gentle)
    )
    assert first < -1.5 < second
