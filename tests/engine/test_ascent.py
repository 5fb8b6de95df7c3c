import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.ascent import Ascent, bands_of, joined, levels_of, step_at, with_colour
from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.raster import Held
from inceptionist_gui.engine.store import Store
from inceptionist_gui.recipe import Strength, Texture
from tests.engine.directed import PLENTY, shape


def some(height: int = 32, width: int = 48, seed: int = 0) -> torch.Tensor:
    return torch.randn(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(1e-6, 1e6), st.integers(1, 40), st.integers(1, 40))
def test_whatever_the_gradient_the_move_has_the_steps_length(
    balance: float, colour: float, scale: float, height: int, width: int
) -> None:
    move = shape(some(height, width) * scale, Texture(detail_balance=balance, colour=colour))
    assert float(move.abs().mean()) == pytest.approx(1.0, rel=1e-3)


def test_no_gradient_is_no_move() -> None:
    assert not shape(torch.zeros(1, 3, 16, 16), Texture()).any()


def test_without_colour_the_dream_draws_in_greys() -> None:
    grey = with_colour(some(), 0.0)
    torch.testing.assert_close(grey[:, 0], grey[:, 2])
    assert torch.equal(with_colour(some(), 1.0), some())


def test_balance_evens_out_coarse_and_fine() -> None:
    fine = torch.arange(64).remainder(2).sub(0.5).expand(1, 3, 64, 64)
    coarse = torch.linspace(-1, 1, 64)[:, None].expand(1, 3, 64, 64) * 20
    alone = float(fine.square().mean().sqrt())
    plain, even = (
        shape(coarse + fine, Texture(detail_balance=balance, colour=1.0)) * fine for balance in (0.0, 1.0)
    )
    assert float(plain.mean()) < 0.1 * alone
    assert float(even.mean()) > 2 * float(plain.mean())


@given(st.integers(1, 70), st.integers(1, 70))
def test_the_bands_add_up_to_the_picture(height: int, width: int) -> None:
    levels = levels_of((height, width))
    bands = bands_of(some(height, width), levels)
    assert len(bands) == levels + 1
    torch.testing.assert_close(joined(bands, [1.0] * len(bands)), some(height, width), rtol=0, atol=1e-5)


@pytest.mark.parametrize("balance", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("size", [(200, 333), (97, 640), (640, 90)])
def test_gone_through_in_blocks_the_move_is_that_of_the_whole(balance: float, size: tuple[int, int]) -> None:
    texture, budget = Texture(detail_balance=balance), Budget(6 * 2**20)
    assert len(Store(budget).blocks(size)) > 3
    whole, parts = (shape(some(*size), texture, 0.01, each) for each in (None, budget))
    torch.testing.assert_close(parts, whole, rtol=0, atol=1e-6)


def ascended(ascent: Ascent, gradient: torch.Tensor, iteration: int, strength: Strength) -> torch.Tensor:
    texture = Texture(detail_balance=0.0, colour=1.0)
    move = ascent.move(Held(gradient), iteration, strength, texture)
    return move[Block.whole((gradient.shape[-2], gradient.shape[-1]))]


def test_momentum_carries_a_movement_on() -> None:
    strength = Strength(momentum=0.9, settle=0.0, step_size=0.01)
    ascent = Ascent(Store(Budget(PLENTY)))
    ascended(ascent, some(seed=1), 0, strength)
    carried = ascended(ascent, some(seed=2), 1, strength)
    fresh = ascended(Ascent(Store(Budget(PLENTY))), some(seed=2), 1, strength)
    first = some(seed=1)
    assert float((carried * first).mean()) > 10 * abs(float((fresh * first).mean()))


def test_momentum_survives_the_change_of_octave() -> None:
    ascent = Ascent(Store(Budget(PLENTY)))
    ascended(ascent, some(16, 16), 9, Strength())
    assert ascended(ascent, some(22, 23), 0, Strength()).shape == (1, 3, 22, 23)


def test_steps_fall_evenly_as_far_as_they_settle() -> None:
    assert [round(step_at(i, 5, 0.02, 0.5), 4) for i in range(5)] == [0.02, 0.0175, 0.015, 0.0125, 0.01]
    assert step_at(0, 1, 0.02, 1.0) == 0.02
