import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.ascent import Ascent, balanced, equalised, shaped, step_at, with_colour
from inceptionist_gui.engine.transforms import root_mean_square
from inceptionist_gui.recipe import Strength, Texture


def some(height: int = 32, width: int = 48, seed: int = 0) -> torch.Tensor:
    return torch.randn(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(1e-6, 1e6), st.integers(1, 40), st.integers(1, 40))
def test_whatever_the_gradient_the_move_has_the_steps_length(
    balance: float, colour: float, scale: float, height: int, width: int
) -> None:
    move = shaped(some(height, width) * scale, Texture(detail_balance=balance, colour=colour))
    assert float(move.abs().mean()) == pytest.approx(1.0, rel=1e-3)


def test_no_gradient_is_no_move() -> None:
    assert not shaped(torch.zeros(1, 3, 16, 16), Texture()).any()


def test_without_colour_the_dream_draws_in_greys() -> None:
    grey = with_colour(some(), 0.0)
    torch.testing.assert_close(grey[:, 0], grey[:, 2])
    assert torch.equal(with_colour(some(), 1.0), some())


def test_balance_evens_out_coarse_and_fine() -> None:
    fine = torch.arange(64).remainder(2).sub(0.5).expand(1, 3, 64, 64)
    coarse = torch.linspace(-1, 1, 64)[:, None].expand(1, 3, 64, 64) * 20
    alone = float(fine.square().mean().sqrt())
    share = [float((balanced(coarse + fine, b) * fine).mean()) / alone for b in (0.0, 1.0)]
    assert share[0] < 0.1
    assert share[1] > 2 * share[0]


def test_equalised_bands_lose_no_size() -> None:
    assert equalised(some(33, 17)).shape == (1, 3, 33, 17)


def test_momentum_carries_a_movement_on() -> None:
    strength, texture = Strength(momentum=0.9, settle=0.0, step_size=0.01), Texture(detail_balance=0.0, colour=1.0)
    ascent = Ascent()
    ascent.move(some(seed=1), 0, strength, texture)
    carried = ascent.move(some(seed=2), 1, strength, texture)
    fresh = Ascent().move(some(seed=2), 1, strength, texture)
    first = some(seed=1)
    assert float((carried * first).mean()) > 10 * abs(float((fresh * first).mean()))


def test_momentum_survives_the_change_of_octave() -> None:
    ascent = Ascent()
    ascent.move(some(16, 16), 9, Strength(), Texture())
    assert ascent.move(some(22, 23), 0, Strength(), Texture()).shape == (1, 3, 22, 23)


def test_steps_fall_evenly_as_far_as_they_settle() -> None:
    assert [round(step_at(i, 5, 0.02, 0.5), 4) for i in range(5)] == [0.02, 0.0175, 0.015, 0.0125, 0.01]
    assert step_at(0, 1, 0.02, 1.0) == 0.02


def test_unit_root_mean_square_before_mixing() -> None:
    assert float(root_mean_square(balanced(some() * 7, 0.0))) == pytest.approx(1.0, rel=1e-5)
