"""Half precision, on the CPU: its numbers are those of a GPU, though it is slow."""

from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

from inceptionist_gui.engine.compile import plain
from inceptionist_gui.engine.devices import CPU
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.errors import UserError

HALF = replace(CPU, dtype=torch.float16)
PICTURE = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(1))


def halves(*values: float) -> Tensor:
    return torch.tensor(values, dtype=torch.float16, requires_grad=True)


def in_half(leaf: Tensor, factor: float) -> Tensor:
    """An objective whose gradient passes through half precision as `factor`."""
    return (leaf * 1.0).float().sum() * factor


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 1.0, 1e6, 1e11])
def test_no_size_of_gradient_is_lost(factor: float) -> None:
    scale, leaf = LossScale(), halves(1.0, 2.0)
    for _ in range(8):
        found = scale.gradient(in_half(leaf, factor), leaf)
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, torch.full((2,), factor), rtol=1e-3, atol=0.0)


def test_after_an_overflow_the_scale_does_not_climb_back_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    scale, leaf = LossScale(), halves(1.0)
    taken: list[int] = []
    grad = torch.autograd.grad

    def counted(*args: Any, **options: Any) -> Any:
        taken.append(1)
        return grad(*args, **options)

    monkeypatch.setattr(torch.autograd, "grad", counted)
    # High where it is taken, faint where it arrives: no scale suits both.
    for _ in range(3):
        scale.gradient((leaf * 1e-5).float().sum() * 1e5, leaf)
    first, taken[:] = len(taken), []
    scale.gradient((leaf * 1e-5).float().sum() * 1e5, leaf)
    assert first > 3
    assert len(taken) == 1


def test_nothing_stays_nothing() -> None:
    scale, leaf = LossScale(), halves(1.0)
    assert scale.gradient(in_half(leaf, 0.0), leaf).tolist() == [0.0]


def test_in_single_precision_nothing_is_scaled() -> None:
    leaf = torch.tensor([2.0], requires_grad=True)
    assert LossScale().gradient((leaf**2).sum() * 1e30, leaf).item() == torch.tensor(4e30).item()


def test_outputs_that_overflow_are_told() -> None:
    leaf = halves(300.0)
    with pytest.raises(UserError, match="too large for half precision; the CPU would do"):
        LossScale().gradient(leaf.square().float().square().sum(), leaf)


@pytest.mark.parametrize(("tap", "area"), [("blocks.1", 1.0), ("blocks.4", 1.0), (LOGITS, 1e6)])
def test_a_real_network_goes_the_same_way_in_half_precision(tap: str, area: float) -> None:
    network = network_named("lite0")

    def gradient(loaded: LoadedNetwork) -> Tensor:
        leaf = loaded.normalised(PICTURE).requires_grad_()
        outputs = plain(loaded.module, frozenset({tap}), leaf)[tap].float()
        grown = outputs[0, 281] * area if tap == LOGITS else outputs.square().sum() / 2
        return LossScale().gradient(grown, leaf).flatten()

    found, wanted = gradient(load(network, HALF)), gradient(load(network))
    assert torch.cosine_similarity(found, wanted, dim=0) > 0.95
    assert found.norm() / wanted.norm() == pytest.approx(1.0, abs=0.05)
