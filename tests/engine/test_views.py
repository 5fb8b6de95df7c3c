import pytest
import torch

from inceptionist_gui.engine.views import Views


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def slope(side: int = 40) -> torch.Tensor:
    """Darker to the left, lighter to the right; green darker above."""
    across, down = torch.linspace(0.2, 0.8, side).expand(side, side), torch.linspace(0.2, 0.8, side)[:, None]
    return torch.stack((across, down.expand(side, side), across))[None]


def test_without_robustness_the_picture_is_seen_whole_and_in_its_middle_as_it_is() -> None:
    whole, middle = Views(4, 40, 0.3, robustness=0.0).of(slope(), chance())
    torch.testing.assert_close(whole[None], slope())
    assert middle.shape == whole.shape
    assert 0.2 < float(middle[0, 0, 0]) < float(middle[0, 0, -1]) < 0.8


def test_there_are_as_many_views_as_asked_for_each_another() -> None:
    views = Views(5, 24, 0.5, robustness=0.5).of(slope(), chance())
    assert views.shape == (5, 3, 24, 24)
    assert all(not torch.equal(views[0], view) for view in views[1:])


def test_the_same_chance_gives_the_same_views() -> None:
    views = Views(3, 24, 0.5, robustness=0.5)
    torch.testing.assert_close(views.of(slope(), chance(7)), views.of(slope(), chance(7)), rtol=0, atol=0)


@pytest.mark.parametrize(("smallest", "close"), [(0.25, True), (1.0, False)])
def test_a_close_view_shows_less_of_the_picture(smallest: float, close: bool) -> None:
    views = Views(64, 24, smallest, robustness=1e-6).of(slope(), chance())
    shown = views[:, 0, :, -1].mean(1) - views[:, 0, :, 0].mean(1)
    assert (float(shown.min()) < 0.3) is close
    assert float(shown.max()) > 0.4


def test_views_are_turned_either_way() -> None:
    views = Views(64, 24, 1.0, robustness=0.6).of(slope(), chance())
    leaning = views[:, 0, :8].mean((1, 2)) - views[:, 0, -8:].mean((1, 2))
    assert float(leaning.min()) < -0.03
    assert float(leaning.max()) > 0.03


def test_every_pixel_gets_its_share_of_the_gradient() -> None:
    picture = slope().requires_grad_()
    for seed in range(40):
        Views(8, 40, 0.5, robustness=0.5).of(picture, chance(seed)).sum().backward()  # type: ignore[no-untyped-call]
    assert picture.grad is not None
    assert float(picture.grad.min()) > 0.0


def test_a_large_picture_is_reduced_before_it_is_looked_at() -> None:
    checks = torch.zeros(1, 3, 256, 256)
    checks[..., ::2] = 1.0
    views = Views(8, 16, 1.0, robustness=1e-6).of(checks, chance())
    # Seen through single pixels, the stripes would be black and white.
    assert float(views.std()) < 0.1
