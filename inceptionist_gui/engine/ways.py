"""How a picture goes through a network within a budget of memory: whole, in tiles, or half of it in strips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.compile import Compiled, Outputs
from inceptionist_gui.engine.networks.description import Layer, Network
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.engine.tiles import UNIT, Reach, grid_for, work

_FINEST = 8
"""px; the coarsest stride of a first half's outputs: what lies before takes most of the memory."""
_MARGIN = 0.7
"""Of the receptive field of the first half's outputs: nearer to a strip's edge the gradient is not yet right."""
_STRIPS = 0.5
"""The share of the activations' memory that a strip may take; the second half's may be held beside it."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way through a network."""

    grid: Size
    """Rows and columns of tiles."""
    reach: Reach
    run: Callable[[Tensor, Block], Outputs]
    """Takes a normalised window of shape (1, 3, height, width) and where its tile lies in it. The gradient with
    respect to the window need be right within the tile alone."""


def way_through(network: LoadedNetwork, names: Sequence[str], picture: Size, memory: float) -> Way:
    """The way to the named layers' outputs that means least work with so many bytes for activations."""
    reach = Reach.of(network.description, names, network.dtype.itemsize)
    run, grid = network.compiled(names), grid_for(picture, memory / reach.bytes_per_pixel, reach)
    plain = Way(grid, reach, lambda window, _: run(window))
    middle = None if grid == (1, 1) else _middle(network.description, names)
    second = network.compiled_beyond(middle.name, names) if middle else None
    if middle is None or second is None:
        return plain
    first = Reach.of(network.description, [middle.name], network.dtype.itemsize)
    held = reach.bytes_per_pixel - first.bytes_per_pixel
    # Besides: the outputs of the first half and the window, each with its gradient.
    held += 2 * network.dtype.itemsize * (middle.channels / middle.stride**2 + 3)
    later = replace(reach, bytes_per_pixel=held)
    grid = grid_for(picture, memory / held, later)
    share = first.bytes_per_pixel / reach.bytes_per_pixel
    # The first half goes forward over every window and once more, with the way back, over every tile.
    taken = work(picture, grid, later) * (1 - share * 2 / 3) + share * picture[0] * picture[1]
    if taken >= work(picture, plain.grid, reach):
        return plain
    margin = ceil(middle.receptive_field * _MARGIN / middle.stride) * middle.stride
    pixels = memory * _STRIPS / first.bytes_per_pixel
    strips = _FirstHalf(network.compiled([middle.name]), middle, margin, pixels)
    return Way(grid, later, lambda window, tile: second(_Strips.apply(window, strips, tile)))


def _middle(network: Network, names: Sequence[str]) -> Layer | None:
    """The last stage before the named layers whose outputs are fine enough; None where there is none."""
    before = []
    for stage in network.stages:
        if any(layer.name in names for layer in stage.walk()):
            break
        before.append(stage)
    known = all(name == LOGITS or name in {layer.name for layer in network.layers()} for name in names)
    fine = [stage for stage in before if stage.stride <= _FINEST]
    return fine[-1] if known and fine else None


@dataclass(frozen=True, slots=True, eq=False)
class _FirstHalf:
    """A network as far as its middle."""

    run: Compiled
    middle: Layer
    margin: int
    """Pixels around a strip; a multiple of the middle's stride."""
    pixels: float
    """Of a strip with its margin, at the most."""

    def strips(self, part: Block, window: Size) -> list[tuple[Block, Block]]:
        """Strips that cover a part of the window, each beside itself with its margin."""
        rows, columns = (
            slice(span.start // UNIT * UNIT, min(-(-span.stop // UNIT) * UNIT, extent))
            for span, extent in zip(part.index, window, strict=True)
        )
        width = columns.stop - columns.start + 2 * self.margin
        height = max(1, int(self.pixels / width - 2 * self.margin) // UNIT) * UNIT
        found = []
        for start in range(rows.start, rows.stop, height):
            strip = Block(slice(start, min(start + height, rows.stop)), columns)
            found.append((strip, strip.grown(self.margin, window)))
        return found

    def outputs(self, window: Tensor, wide: Block) -> Tensor:
        part = window[..., *wide.index].contiguous(memory_format=torch.channels_last)
        return self.run(part)[self.middle.name]

    def scaled(self, block: Block) -> Block:
        """Where the block lies in the outputs."""
        stride = self.middle.stride
        rows, columns = (slice(span.start // stride, -(-span.stop // stride)) for span in block.index)
        return Block(rows, columns)


class _Strips(torch.autograd.Function):
    """The first half, strip by strip; run again on the way back instead of being kept (Chen et al. 2016)."""

    @staticmethod
    def forward(ctx: Any, window: Tensor, half: _FirstHalf, tile: Block) -> Tensor:
        ctx.save_for_backward(window)
        ctx.half, ctx.tile = half, tile
        size = window.shape[-2], window.shape[-1]
        found: Tensor | None = None
        for strip, wide in half.strips(Block.whole(size), size):
            outputs = half.outputs(window, wide)
            if found is None:
                whole = half.scaled(Block.whole(size)).size
                found = outputs.new_empty(1, outputs.shape[1], *whole).contiguous(
                    memory_format=torch.channels_last
                )
            there = half.scaled(strip)
            found[..., *there.index] = outputs[..., *there.within(half.scaled(wide)).index]
        assert found is not None
        return found

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None]:
        (window,) = ctx.saved_tensors
        half: _FirstHalf = ctx.half
        found = torch.zeros_like(window)
        for strip, wide in half.strips(ctx.tile, (window.shape[-2], window.shape[-1])):
            leaf = window[..., *wide.index].detach().requires_grad_()
            with torch.enable_grad():
                outputs = half.outputs(leaf, Block.whole(wide.size))
            (back,) = torch.autograd.grad(outputs, leaf, gradient[..., *half.scaled(wide).index])
            found[..., *strip.index] = back[..., *strip.within(wide).index]
        return found, None, None
