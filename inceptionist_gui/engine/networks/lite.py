"""The EfficientNet-Lite networks as torch modules, made for looking through: batch norm folded away."""

from collections.abc import Iterable, Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  The name under which the field knows it.

from inceptionist_gui.engine.fused import same_padding
from inceptionist_gui.engine.networks.lite_shape import (
    HEAD_CHANNELS,
    STEM_CHANNELS,
    STEM_KERNEL,
    BlockShape,
    stage_shapes,
)

_EPSILON = 1e-3
"""Of the batch norms, as they were trained."""


class SameConv(nn.Conv2d):
    """A convolution padded as TensorFlow's SAME: outputs lie at every `stride`-th input, from the first."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  nn.Conv2d names it so.
        top_bottom, left_right = (
            same_padding(input.shape[i], self.kernel_size[0], self.stride[0]) for i in (2, 3)
        )
        if top_bottom[0] == top_bottom[1] == left_right[0] == left_right[1]:
            return F.conv2d(input, self.weight, self.bias, self.stride, top_bottom[0], groups=self.groups)
        padded = F.pad(input, (*left_right, *top_bottom))
        return F.conv2d(padded, self.weight, self.bias, self.stride, groups=self.groups)


class ConvReLU6(nn.Module):
    """A convolution with its folded batch norm, then ReLU6."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__()
        self.conv = SameConv(inputs, outputs, kernel, stride, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu6(self.conv(x), inplace=True)


class Block(nn.Module):
    """An inverted residual block."""

    def __init__(self, shape: BlockShape) -> None:
        super().__init__()
        self.expand = ConvReLU6(shape.inputs, shape.hidden, 1) if shape.expands else None
        self.depthwise = ConvReLU6(shape.hidden, shape.hidden, shape.kernel, shape.stride, shape.hidden)
        self.project = SameConv(shape.hidden, shape.outputs, 1)
        self.adds_input = shape.adds_input

    def forward(self, x: Tensor) -> Tensor:
        hidden = x if self.expand is None else self.expand(x)
        projected: Tensor = self.project(self.depthwise(hidden))
        return projected + x if self.adds_input else projected


class EfficientNetLite(nn.Module):
    """Normalised pictures (N, 3, H, W) in, logits (N, 1000) out."""

    def __init__(self, width: float, depth: float, classes: int) -> None:
        super().__init__()
        shapes = stage_shapes(width, depth)
        self.stem = ConvReLU6(3, STEM_CHANNELS, STEM_KERNEL, 2)
        self.blocks = nn.Sequential(*(nn.Sequential(*map(Block, stage)) for stage in shapes))
        self.head = ConvReLU6(shapes[-1][-1].outputs, HEAD_CHANNELS, 1)
        self.logits = nn.Linear(HEAD_CHANNELS, classes)

    def forward(self, x: Tensor) -> Tensor:
        features = self.head(self.blocks(self.stem(x)))
        logits: Tensor = self.logits(features.mean((2, 3)))
        return logits

    def take_weights(self, weights: Mapping[str, Tensor]) -> None:
        """Takes a training checkpoint: convolutions, each with its batch norm, in forward order.

        Names are not looked at, the order alone. Raises ValueError when the count or a shape differs.
        """
        tensors = iter(weights.values())
        with torch.no_grad():
            for conv in self._convolutions():
                _take(conv, *folded(tensors))
            _take(self.logits, _next(tensors), _next(tensors))
        if next(tensors, None) is not None:
            raise ValueError("more weights than the network has")

    def _convolutions(self) -> Iterator[nn.Conv2d]:
        return (module for module in self.modules() if isinstance(module, nn.Conv2d))


def folded(tensors: Iterable[Tensor]) -> tuple[Tensor, Tensor]:
    """The weight and bias of a convolution that does what one without bias and its batch norm do.

    Takes the next six tensors: weight, then the norm's weight, bias, mean, variance, count.
    """
    weight, gain, bias, mean, variance, _ = (_next(tensors) for _ in range(6))
    scale = gain / torch.sqrt(variance + _EPSILON)
    return weight * scale.reshape(-1, 1, 1, 1), bias - mean * scale


def _take(module: nn.Conv2d | nn.Linear, weight: Tensor, bias: Tensor) -> None:
    if module.weight.shape != weight.shape:
        raise ValueError(f"a weight of shape {tuple(weight.shape)} where {tuple(module.weight.shape)} fits")
    module.weight.copy_(weight)
    assert module.bias is not None
    module.bias.copy_(bias)


def _next(tensors: Iterable[Tensor]) -> Tensor:
    for tensor in tensors:
        return tensor
    raise ValueError("fewer weights than the network has")
