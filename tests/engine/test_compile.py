"""Compiled networks are the plain ones, only faster."""

from threading import Event, Thread

import pytest
import torch
from torch import Tensor, nn

from inceptionist_gui.engine import fused
from inceptionist_gui.engine.compile import Compiled, compiled, plain
from inceptionist_gui.engine.fused import NONE, RELU, RELU6, FusedConv, Limits, Shape, convolved
from inceptionist_gui.engine.networks import Network, networks
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.engine.taps import LOGITS

TAPS = frozenset({"blocks.2", "blocks.4.1.expand", "blocks.5.0.depthwise", "stem", LOGITS})


@pytest.fixture(params=["one primitive", "plain operations"])
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With and without oneDNN's fused convolution, which not every torch has."""
    if request.param == "plain operations":
        monkeypatch.setattr(fused, "one_primitive", lambda: False)
    elif not fused.one_primitive():
        pytest.skip("this torch has no fused convolution")
    return str(request.param)


def some(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def gradients(run: Compiled, picture: Tensor) -> dict[str, Tensor]:
    """Of the mean square of each tap, to the picture."""
    leaf = picture.clone().contiguous(memory_format=torch.channels_last).requires_grad_()
    outputs = run(leaf)
    return {
        name: torch.autograd.grad(outputs[name].square().sum(), leaf, retain_graph=True)[0]
        for name in sorted(outputs)
    }


def relative(found: Tensor, wanted: Tensor) -> float:
    return float((found - wanted).norm() / wanted.norm())


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize("network", networks(), ids=lambda network: network.name)
@pytest.mark.parametrize("size", [(64, 96), (51, 77)])
def test_embedded_networks_are_equal_to_the_plain_ones(network: Network, size: tuple[int, int]) -> None:
    module = load(network).module
    picture = some(1, 3, *size)
    run = compiled(module, TAPS)
    outputs, wanted = run(picture), plain(module, TAPS, picture)
    back = gradients(run, picture)
    back_wanted = gradients(lambda pictures: plain(module, TAPS, pictures), picture)
    for name in TAPS:
        torch.testing.assert_close(outputs[name], wanted[name], rtol=1e-3, atol=1e-4)
        assert relative(back[name], back_wanted[name]) < 1e-4


class Branching(nn.Module):
    """All that the fusing must see through: norms, siblings, an activation of its own kind, additions."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(5)
        self.first = nn.Conv2d(3, 8, 7, stride=2, padding=3, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.relu = nn.ReLU(inplace=True)
        self.left = nn.Conv2d(8, 8, 1)
        self.right = nn.Conv2d(8, 8, 3, padding=1)
        self.dilated = nn.Conv2d(8, 8, 3, padding=2, dilation=2)
        self.pool = nn.MaxPool2d(2)
        self.last = nn.Conv2d(16, 4, (1, 3), padding=(0, 1))
        with torch.no_grad():
            assert self.norm.running_mean is not None
            assert self.norm.running_var is not None
            self.norm.running_mean.copy_(some(8, seed=2))
            self.norm.running_var.copy_(some(8, seed=3).square() + 0.5)

    def forward(self, x: Tensor) -> Tensor:
        x = self.relu(self.norm(self.first(x)))
        left = torch.relu(self.left(x)) + x
        right = nn.functional.relu6(self.right(x)) + self.dilated(left)
        last: Tensor = self.last(self.pool(torch.cat([left, right], 1)))
        return last


class Forking(Branching):
    """Its path depends on the picture, so that it cannot be traced."""

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x if x.mean() > 0 else -x)


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize("kind", [Branching, Forking])
def test_any_module_is_equal_to_itself_compiled(kind: type[Branching]) -> None:
    module = kind().eval().requires_grad_(False)
    taps = frozenset({"norm", "left", "right", "pool", LOGITS})
    picture = some(2, 3, 32, 40)
    run = compiled(module, taps)
    outputs, wanted = run(picture), plain(module, taps, picture)
    back, back_wanted = gradients(run, picture), gradients(lambda p: plain(module, taps, p), picture)
    for name in taps - {"norm"}:
        torch.testing.assert_close(outputs[name], wanted[name], rtol=1e-4, atol=1e-5)
        assert relative(back[name], back_wanted[name]) < 1e-5


class Module(nn.Module):
    """An Inception module (Szegedy et al. 2015): branches that begin alike, one with an activation of its own."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(6)
        self.first = nn.Conv2d(3, 8, 3, padding=1)
        self.plain, self.reduce, self.narrow, self.other = (nn.Conv2d(8, n, 1) for n in (4, 6, 2, 3))
        self.wide, self.wider = nn.Conv2d(6, 8, 3, padding=1), nn.Conv2d(2, 4, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        x = self.first(x).relu()
        plain, reduced, narrow = (torch.relu(conv(x)) for conv in (self.plain, self.reduce, self.narrow))
        return torch.cat([plain, self.wide(reduced), self.wider(narrow), self.other(x)], 1)


@pytest.mark.usefixtures("backend")
def test_branches_that_begin_alike_are_read_together() -> None:
    module, taps = Module().eval().requires_grad_(False), frozenset({"wide", "plain", LOGITS})
    picture = some(1, 3, 12, 20)
    run = compiled(module, frozenset({LOGITS}))
    assert isinstance(run, nn.Module)
    assert sorted(len(part.weight) for part in run.modules() if isinstance(part, FusedConv)) == [3, 4, 8, 8, 12]
    for names in (taps, frozenset({LOGITS})):
        outputs, wanted = compiled(module, names)(picture), plain(module, names, picture)
        back = gradients(compiled(module, names), picture)
        back_wanted = gradients(lambda p, names=names: plain(module, names, p), picture)  # type: ignore[misc]
        for name in names:
            torch.testing.assert_close(outputs[name], wanted[name], rtol=1e-4, atol=1e-5)
            assert relative(back[name], back_wanted[name]) < 1e-5


def test_compiling_leaves_the_network_alone_and_cuts_it() -> None:
    module = Branching().eval()
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    run = compiled(module, frozenset({"left"}))
    assert isinstance(run, nn.Module)
    assert sum(isinstance(part, FusedConv) for part in run.modules()) == 2
    assert not any(isinstance(part, nn.BatchNorm2d | nn.MaxPool2d) for part in run.modules())
    assert all(torch.equal(tensor, before[name]) for name, tensor in module.state_dict().items())
    assert module.get_submodule("norm") is module.norm


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize("limits", [NONE, RELU, RELU6])
@pytest.mark.parametrize(("kernel", "stride", "groups"), [(1, 1, 1), (3, 1, 8), (3, 2, 1), (5, 2, 8), (1, 2, 1)])
def test_a_fused_convolution_is_convolution_then_activation(
    limits: Limits, kernel: int, stride: int, groups: int
) -> None:
    weight, bias = some(8, 8 // groups, kernel, kernel) * 2, some(8, seed=1)
    conv = FusedConv(weight, bias, stride, kernel // 2, groups)
    conv.limits = limits
    picture = some(1, 8, 12, 14).contiguous(memory_format=torch.channels_last)
    leaf, twin = picture.clone().requires_grad_(), picture.clone().requires_grad_()
    found = conv(leaf)
    wanted = nn.functional.conv2d(twin, weight, bias, stride, kernel // 2, groups=groups).clamp(*limits)
    torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-5)
    direction = some(*wanted.shape, seed=4)
    (back,) = torch.autograd.grad(found, leaf, direction)
    (back_wanted,) = torch.autograd.grad(wanted, twin, direction)
    torch.testing.assert_close(back, back_wanted, rtol=1e-4, atol=1e-4)


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize(
    ("kernel", "padding", "same"),
    [(k, p, False) for k, p in ((3, 0), (3, 1), (5, 2), (7, 3), (2, 0), (4, 1))] + [(3, 1, True), (5, 2, True)],
)
@pytest.mark.parametrize("size", [(12, 14), (13, 14), (12, 15), (11, 9)])
def test_the_way_back_to_few_channels_is_the_general_one(
    kernel: int, padding: int, same: bool, size: tuple[int, int]
) -> None:
    conv = FusedConv(some(8, 3, kernel, kernel), some(8, seed=1), 2, padding, 1, same=same)
    conv.limits = RELU
    picture = some(2, 3, *size).contiguous(memory_format=torch.channels_last)
    leaf, twin = picture.clone().requires_grad_(), picture.clone().requires_grad_()
    if same:
        (top, bottom), (left, right) = (fused.same_padding(side, kernel, 2) for side in size)
        wanted = nn.functional.conv2d(
            nn.functional.pad(twin, (left, right, top, bottom)), conv.weight, conv.bias, 2
        )
    else:
        wanted = nn.functional.conv2d(twin, conv.weight, conv.bias, 2, padding)
    wanted, found = wanted.relu(), conv(leaf)
    torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-5)
    direction = some(*wanted.shape, seed=4)
    (back,) = torch.autograd.grad(found, leaf, direction)
    (back_wanted,) = torch.autograd.grad(wanted, twin, direction)
    torch.testing.assert_close(back, back_wanted, rtol=1e-4, atol=1e-4)


def test_a_broken_private_operation_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.ops.mkldnn, "_convolution_pointwise", lambda *_: torch.zeros(1, 2, 4, 4))
    assert not fused.one_primitive.__wrapped__()
    picture, weight = torch.ones(1, 1, 2, 2), torch.ones(1, 1, 1, 1)
    monkeypatch.setattr(fused, "one_primitive", lambda: False)
    assert float(convolved(picture, weight, torch.tensor([9.0]), Shape(1, 0, 1, RELU6, alone=False)).max()) == 6.0


def test_what_a_network_was_compiled_for_is_kept(toy: LoadedNetwork) -> None:
    assert toy.compiled(["edges"]) is toy.compiled(["edges"])
    assert toy.compiled(["edges"]) is not toy.compiled(["edges", LOGITS])


def test_networks_run_on_while_others_are_traced() -> None:
    network = load(networks()[0])
    pictures = some(1, 3, 32, 32)
    with torch.inference_mode():
        wanted = network.module(pictures)
    found: list[Tensor] = []
    faults: list[Exception] = []
    done = Event()

    def run() -> None:
        try:
            with torch.inference_mode():
                while not done.is_set():
                    found.append(network.module(pictures))
        except Exception as error:  # noqa: BLE001  The test is to hear of it.
            faults.append(error)

    def trace() -> None:
        for _ in range(2):
            compiled(network.module, frozenset({"blocks.2"}))

    runner, tracers = Thread(target=run), [Thread(target=trace) for _ in range(2)]
    runner.start()
    for tracer in tracers:
        tracer.start()
    for tracer in tracers:
        tracer.join()
    done.set()
    runner.join()
    assert not faults
    assert found
    assert all(torch.equal(each, wanted) for each in found)
    assert nn.Module.__call__.__module__ == "torch.nn.modules.module"
    assert nn.Module.__call__.__name__ == "_wrapped_call_impl"
