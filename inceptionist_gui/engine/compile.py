"""A network made ready for ascent: cut at the deepest tap, batch norms folded, convolutions fused."""

import operator
from collections.abc import Callable
from threading import Lock, get_ident
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.fused import RELU, RELU6, FusedConv, Limits
from inceptionist_gui.engine.networks.lite import SameConv
from inceptionist_gui.engine.taps import LOGITS, tapped

Outputs = dict[str, Tensor]
Compiled = Callable[[Tensor], Outputs]
"""Takes normalised pictures (N, 3, H, W); gives the outputs of the taps by name."""

_ACTIVATIONS: dict[Any, Limits] = {
    nn.ReLU: RELU,
    nn.ReLU6: RELU6,
    F.relu: RELU,
    torch.relu: RELU,
    torch.relu_: RELU,
    F.relu6: RELU6,
}
"""By the type of a module or by the function called."""


def compiled(module: nn.Module, taps: frozenset[str]) -> Compiled:
    """The module as far as the taps need it, equal to it within float tolerance; it is left as it is.

    A module whose forward cannot be traced is run as it is.
    """
    try:
        graph = _cut(module, taps)
    except (fx.proxy.TraceError, TypeError, RuntimeError, NotImplementedError, KeyError):
        return lambda pictures: plain(module, taps, pictures)
    assert graph is not None
    return _fused(graph)


def compiled_beyond(module: nn.Module, layer: str, taps: frozenset[str]) -> Compiled | None:
    """What takes the outputs of a layer and gives those of the taps; None where there is another way to them."""
    try:
        graph = _cut(module, taps, layer)
    except (fx.proxy.TraceError, TypeError, RuntimeError, NotImplementedError, KeyError):
        return None
    return _fused(graph) if graph else None


def plain(module: nn.Module, taps: frozenset[str], pictures: Tensor) -> Outputs:
    """The taps' outputs by hooks on the module itself: what `compiled` must be equal to."""
    with tapped(module, taps) as outputs:
        outputs.run(pictures)
        return {name: outputs[name] for name in taps}


_TRACING = Lock()
"""A trace patches torch for the whole process: of two at once, the first to end would leave the other's."""


class _Tracer(fx.Tracer):
    """Notes which node is the output of which submodule.

    While it traces, the modules that other threads run call it, too. It lets those pass.
    """

    def __init__(self) -> None:
        super().__init__()
        self.outputs: dict[str, fx.Node] = {}
        self._thread = get_ident()

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return isinstance(m, nn.Conv2d) or super().is_leaf_module(m, module_qualified_name)

    def call_module(
        self, m: nn.Module, forward: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        if get_ident() != self._thread:
            return forward(*args, **kwargs)
        output = super().call_module(m, forward, args, kwargs)
        if isinstance(output, fx.Proxy):
            self.outputs[self.path_of_module(m)] = output.node
        return output

    def getattr(self, attr: str, attr_val: Any, parameter_proxy_cache: dict[str, fx.Proxy]) -> Any:
        if get_ident() != self._thread:
            return attr_val
        return super().getattr(attr, attr_val, parameter_proxy_cache)


def _cut(module: nn.Module, taps: frozenset[str], beyond: str | None = None) -> fx.GraphModule | None:
    """The module's graph as far as the taps, from the picture or from a layer's outputs on."""
    tracer = _Tracer()
    with _TRACING:
        graph = tracer.trace(module)
    (end,) = (node for node in graph.nodes if node.op == "output")
    logits = end.args[0]
    end.args = ({name: logits if name == LOGITS else tracer.outputs[name] for name in sorted(taps)},)
    cut = fx.GraphModule(module, graph)
    if beyond is not None and not _begun_at(graph, tracer.outputs[beyond]):
        return None
    graph.eliminate_dead_code()
    return cut


def _begun_at(graph: fx.Graph, node: fx.Node) -> bool:
    """Makes the node's outputs what the graph takes; whether nothing else of what it took is still needed."""
    (picture,) = (node for node in graph.nodes if node.op == "placeholder")
    with graph.inserting_before(picture):
        middle = graph.placeholder("middle")
    node.replace_all_uses_with(middle)
    graph.eliminate_dead_code()
    if picture.users:
        return False
    graph.erase_node(picture)
    return True


def _fused(graph: fx.GraphModule) -> Compiled:
    _fuse(graph)
    graph.graph.lint()
    graph.recompile()
    run: Compiled = graph
    return run


def _fuse(module: fx.GraphModule) -> None:
    for node in list(module.graph.nodes):
        if node.op == "call_module" and isinstance(module.get_submodule(node.target), nn.Conv2d):
            _fuse_at(module, node)
    for node in list(module.graph.nodes):
        _merge_users(module, node)
    module.delete_all_unused_submodules()


def _fuse_at(module: fx.GraphModule, node: fx.Node) -> None:
    conv = module.get_submodule(str(node.target))
    assert isinstance(conv, nn.Conv2d)
    if not _fusable(conv):
        return
    norm = _only_user(module, node, nn.BatchNorm2d)
    fused = _folded(conv, module.get_submodule(str(norm.target)) if norm else None)
    end = norm or node
    activation = _activation_after(module, end)
    if activation is not None:
        fused.limits = _ACTIVATIONS[_kind(module, activation)]
        end = activation
    fused.alone = _gets_fresh_gradient(module, end)
    name = f"fused_{node.name}"
    module.add_submodule(name, fused)
    with module.graph.inserting_before(node):
        replacement = module.graph.call_module(name, node.args)
    end.replace_all_uses_with(replacement)
    for done in (activation, norm, node):
        if done is not None:
            module.graph.erase_node(done)


def _merge_users(module: fx.GraphModule, node: fx.Node) -> None:
    """Makes the 1x1 convolutions of a node's outputs one: an Inception module then reads them once, not thrice."""
    alike: dict[Limits, list[tuple[fx.Node, FusedConv]]] = {}
    for user in node.users:
        conv = module.get_submodule(str(user.target)) if user.op == "call_module" else None
        if isinstance(conv, FusedConv) and conv.mixes_channels_alone:
            alike.setdefault(conv.limits, []).append((user, conv))
    for siblings in alike.values():
        if len(siblings) > 1:
            _merge(module, node, siblings)


def _merge(module: fx.GraphModule, node: fx.Node, siblings: list[tuple[fx.Node, FusedConv]]) -> None:
    convs = [conv for _, conv in siblings]
    merged = FusedConv(
        torch.cat([conv.weight for conv in convs]), torch.cat([conv.bias for conv in convs]), 1, 0, 1
    )
    # What comes back through the split is memory of its own.
    merged.limits, merged.alone = convs[0].limits, True
    name = f"merged_{siblings[0][0].name}"
    module.add_submodule(name, merged)
    with module.graph.inserting_after(node):
        outputs = module.graph.call_module(name, (node,))
    with module.graph.inserting_after(outputs):
        parts = module.graph.call_function(torch.split, (outputs, [len(conv.bias) for conv in convs], 1))
    for index, (user, _) in enumerate(siblings):
        with module.graph.inserting_after(parts):
            part = module.graph.call_function(operator.getitem, (parts, index))
        user.replace_all_uses_with(part)
        module.graph.erase_node(user)


def _fusable(conv: nn.Conv2d) -> bool:
    square = len(set(conv.stride)) == 1 and not isinstance(conv.padding, str) and len(set(conv.padding)) == 1
    return square and set(conv.dilation) == {1} and conv.padding_mode == "zeros"


def _folded(conv: nn.Conv2d, norm: nn.Module | None) -> FusedConv:
    weight = conv.weight.detach()
    bias = weight.new_zeros(len(weight)) if conv.bias is None else conv.bias.detach()
    if isinstance(norm, nn.BatchNorm2d):
        assert norm.running_mean is not None
        assert norm.running_var is not None
        scale = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
        weight = weight * scale.reshape(-1, 1, 1, 1)
        bias = (bias - norm.running_mean) * scale + norm.bias.detach()
    same = isinstance(conv, SameConv)
    padding = conv.kernel_size[0] // 2 if same else int(conv.padding[0])
    return FusedConv(weight, bias, conv.stride[0], padding, conv.groups, same=same)


def _gets_fresh_gradient(module: fx.GraphModule, node: fx.Node) -> bool:
    """Whether the gradient that comes back to the node is memory of its own: additions hand one to both sides."""
    users = [module.get_submodule(str(user.target)) for user in node.users if user.op == "call_module"]
    return len(node.users) == len(users) == 1 and isinstance(users[0], nn.Conv2d | nn.MaxPool2d)


def _activation_after(module: fx.GraphModule, node: fx.Node) -> fx.Node | None:
    if len(node.users) != 1:
        return None
    (user,) = node.users
    return user if _kind(module, user) in _ACTIVATIONS else None


def _only_user(module: fx.GraphModule, node: fx.Node, kind: type[nn.Module]) -> fx.Node | None:
    if len(node.users) != 1:
        return None
    (user,) = node.users
    return user if _kind(module, user) is kind else None


def _kind(module: fx.GraphModule, node: fx.Node) -> Any:
    """The type of the module that the node calls, or the function."""
    return type(module.get_submodule(str(node.target))) if node.op == "call_module" else node.target
