"""Reading a network's inner layers while a picture passes through."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from torch import Tensor, nn

LOGITS = "logits"
"""The tap for a network's last output."""


class _Enough(Exception):  # noqa: N818  Not an error: it ends the forward pass at the deepest tap.
    pass


class Taps:
    """The outputs of chosen layers in the last forward pass."""

    def __init__(self, module: nn.Module, names: frozenset[str]) -> None:
        self._module = module
        self._missing = names
        self._names = names
        self._outputs: dict[str, Tensor] = {}

    def __getitem__(self, name: str) -> Tensor:
        return self._outputs[name]

    def __contains__(self, name: str) -> bool:
        return name in self._outputs

    def run(self, pictures: Tensor) -> None:
        """Sends normalised pictures through the network, no deeper than the deepest tap."""
        self._outputs.clear()
        self._missing = self._names
        try:
            self._outputs[LOGITS] = self._module(pictures)
        except _Enough:
            return

    def _catch(self, name: str, output: Tensor) -> None:
        self._outputs[name] = output
        self._missing -= {name}
        if not self._missing:
            raise _Enough


@contextmanager
def tapped(module: nn.Module, names: Iterable[str]) -> Iterator[Taps]:
    """Taps on the named layers, or on `LOGITS`; the module is as it was once the context is left."""
    taps = Taps(module, frozenset(names))
    hooks = []
    try:
        for name in taps._names - {LOGITS}:

            def catch(_module: nn.Module, _inputs: Any, output: Tensor, name: str = name) -> None:
                taps._catch(name, output)

            hooks.append(module.get_submodule(name).register_forward_hook(catch))
        yield taps
    finally:
        for hook in hooks:
            hook.remove()
