import random

import pytest
import torch
from torch import nn

from inceptionist_gui.engine import ways
from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.compile import compiled_beyond
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.engine.ways import way_through
from inceptionist_gui.recipe import Goal, LayerGoal
from tests.engine.directed import directed

PICTURE = (700, 900)
TIGHT, AMPLE = 150e6, 4e9


@pytest.fixture(scope="module")
def lite() -> LoadedNetwork:
    return load(network_named("lite0"))


def test_what_fits_goes_through_whole(lite: LoadedNetwork) -> None:
    window = torch.randn(1, 3, 64, 96)
    way = way_through(lite, ["blocks.4"], PICTURE, AMPLE)
    outputs = way.run(window, Block.whole((64, 96)))
    assert way.grid == (1, 1)
    assert torch.equal(outputs["blocks.4"], lite.compiled(["blocks.4"])(window)["blocks.4"])


@pytest.mark.parametrize("names", [["blocks.4"], ["blocks.3", "blocks.5"], ["blocks.4", LOGITS]])
def test_with_its_first_half_in_strips_the_network_says_the_same(lite: LoadedNetwork, names: list[str]) -> None:
    way = way_through(lite, names, PICTURE, TIGHT)
    tile = Block(slice(96, 400), slice(64, 320))
    window = torch.randn(1, 3, 512, 448, generator=torch.Generator().manual_seed(1))
    found: list[torch.Tensor] = []
    wanted: list[torch.Tensor] = []
    for run, into in ((lambda x: way.run(x, tile), found), (lite.compiled(names), wanted)):
        leaf = window.clone().contiguous(memory_format=torch.channels_last).requires_grad_()
        outputs = run(leaf)
        (gradient,) = torch.autograd.grad(
            torch.stack([outputs[name].square().sum() for name in names]).sum(), leaf
        )
        into += [*(outputs[name].detach() for name in names), gradient[..., *tile.index]]
    for one, other in zip(found, wanted, strict=True):
        assert float((one - other).norm() / other.norm()) < 0.01


def test_less_memory_is_more_work_and_strips_save_some(
    lite: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    halved = way_through(lite, ["blocks.4"], (6000, 8000), 4e8)
    monkeypatch.setattr(ways, "_middle", lambda *_: None)
    plain = way_through(lite, ["blocks.4"], (6000, 8000), 4e8)
    assert halved.grid[0] * halved.grid[1] < plain.grid[0] * plain.grid[1] / 2
    assert halved.reach.bytes_per_pixel < plain.reach.bytes_per_pixel / 2


@pytest.mark.parametrize("layer", ["blocks.1", "blocks.3", "blocks.4"])
def test_a_tight_budget_changes_the_gradient_by_little(lite: LoadedNetwork, layer: str) -> None:
    picture = torch.rand(1, 3, *PICTURE, generator=torch.Generator().manual_seed(2))
    goals: tuple[Goal, ...] = (LayerGoal(layer=layer),)
    tight, ample = (
        directed(picture, goals, lite, chance=random.Random(4), budget=Budget(int(memory)))
        for memory in (TIGHT, AMPLE)
    )
    inner = (..., slice(40, -40), slice(40, -40))
    assert float((tight[inner] / tight[inner].norm() - ample[inner] / ample[inner].norm()).norm()) < 0.02


def test_what_goes_around_the_middle_cannot_begin_there() -> None:
    class Around(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = nn.Conv2d(3, 3, 1), nn.Conv2d(3, 3, 1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            mixed: torch.Tensor = self.second(self.first(x)) + x
            return mixed

    module = Around().eval().requires_grad_(False)
    assert compiled_beyond(module, "first", frozenset([LOGITS])) is None
    beyond = compiled_beyond(module, "first", frozenset(["second"]))
    assert beyond is not None
    picture = torch.rand(1, 3, 4, 4)
    found = beyond(module.first(picture))["second"]
    torch.testing.assert_close(found, module.second(module.first(picture)))
