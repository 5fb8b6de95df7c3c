"""A convolution with its bias and activation as one operation, whose backward goes to the input alone."""

import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional as F  # noqa: N812

Limits = tuple[float, float]
"""Where an activation cuts off: (0, inf) is ReLU, (0, 6) ReLU6, (-inf, inf) none."""

NONE: Limits = (-math.inf, math.inf)
RELU: Limits = (0.0, math.inf)
RELU6: Limits = (0.0, 6.0)

_NO_DILATION = [1, 1]
_FEW = 4
"""Channels; back to so few, the general way leaves most of the vector units idle."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """How a convolution is done, besides its weights."""

    stride: int
    padding: int
    groups: int
    limits: Limits
    alone: bool
    """Nothing else uses the output, so that its gradient may be overwritten."""
    phases: "Phases | None" = None
    """Where there is a quicker way back to the input."""


class FusedConv(nn.Module):
    """What a convolution, and the batch norm and activation after it, compute; for frozen weights.

    Padding is symmetric, or as TensorFlow's SAME where `same` is true. Inputs of shape (N, C, H, W).
    """

    weight: Tensor
    bias: Tensor

    def __init__(
        self, weight: Tensor, bias: Tensor, stride: int, padding: int, groups: int, *, same: bool = False
    ) -> None:
        super().__init__()
        self.register_buffer("weight", laid_out(weight))
        self.register_buffer("bias", bias)
        self.stride, self.padding, self.groups, self.same = stride, padding, groups, same
        self.limits = NONE
        self.alone = False
        """Nothing else uses the output, so that its gradient may be overwritten."""

    @property
    def mixes_channels_alone(self) -> bool:
        """Whether each output is made of the inputs at its own place, all of them: a 1x1 convolution."""
        return (
            self.weight.shape[-1] == self.weight.shape[-2] == self.stride == self.groups == 1 and not self.padding
        )

    def forward(self, x: Tensor) -> Tensor:
        weight, padding = self.weight, self.padding
        if self.same and self.stride > 1:
            x, weight, padding = self._same(x)
        # Where the picture had to be padded, there are other zeros before it than the phases count on.
        phases = self._phases if padding or not self.same else None
        shape = Shape(self.stride, padding, self.groups, self.limits, self.alone, phases)
        output: Tensor = _Convolve.apply(x, weight, self.bias, shape)
        return output

    def _same(self, x: Tensor) -> tuple[Tensor, Tensor, int]:
        """The input, weight and symmetric padding that come to the same as TensorFlow's padding."""
        kernel = self.weight.shape[-1]
        if self.stride == 2 and kernel % 2 and not (x.shape[-1] % 2 or x.shape[-2] % 2):
            # SAME pads one less before than after: a row and column of zeros in the kernel shift it, which
            # is cheaper than a padded copy of the picture.
            return x, self._shifted, kernel // 2
        rows, columns = (same_padding(side, kernel, self.stride) for side in x.shape[-2:])
        return F.pad(x, (*columns, *rows)), self.weight, 0

    @cached_property
    def _shifted(self) -> Tensor:
        return laid_out(F.pad(self.weight, (1, 0, 1, 0)))

    @cached_property
    def _phases(self) -> "Phases | None":
        if self.stride != 2 or self.groups != 1 or self.weight.shape[1] > _FEW:
            return None
        return Phases.of(self.weight, self.padding - 1 if self.same else self.padding)


def layout_on(device: torch.device) -> torch.memory_format:
    """Channels-last, but on MPS, which has given wrong numbers for it (pytorch#140902, #180984)."""
    return torch.contiguous_format if device.type == "mps" else torch.channels_last


def laid_out(weight: Tensor) -> Tensor:
    return weight.contiguous(memory_format=layout_on(weight.device))


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and after a row of inputs, so that outputs lie at every `stride`-th, from the first."""
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + kernel - size)
    return total // 2, total - total // 2


@dataclass(frozen=True, slots=True, eq=False)
class Phases:
    """The way back through a convolution of stride 2, as one of stride 1 at half the size.

    Its outputs are the input's four phases: the pixels of even and odd rows and columns (space-to-depth, after
    Shi et al. 2016). Two to three times faster than the general way where the input has few channels.
    """

    weight: Tensor
    """Shape (4 * channels of the input, channels of the output, taps, taps)."""
    padding: int
    skipped: int
    """Rows and columns of the result before the first that counts."""

    @classmethod
    def of(cls, weight: Tensor, before: int) -> "Phases":
        """For a kernel of shape (outputs, inputs, k, k) and so many zeros before each row and column."""
        outputs, inputs, kernel, _ = weight.shape
        # Tap a reaches pixel 2i + a - before: phase and half-size offset of it.
        taps = [divmod(tap - before, 2) for tap in range(kernel)]
        first, last = taps[0][0], taps[-1][0]
        count = last - first + 1
        apart = weight.new_zeros(outputs, 2, 2, inputs, count, count)
        for row, (down, row_phase) in enumerate(taps):
            for column, (right, column_phase) in enumerate(taps):
                apart[:, row_phase, column_phase, :, down - first, right - first] = weight[:, :, row, column]
        back = apart.reshape(outputs, 4 * inputs, count, count).transpose(0, 1).flip(-1, -2)
        padding = max(last, -first)
        return cls(laid_out(back), padding, padding - last)

    def to_input(self, gradient: Tensor) -> Tensor:
        count, _, height, width = gradient.shape
        nothing = gradient.new_zeros(len(self.weight))
        found = convolved(gradient, self.weight, nothing, Shape(1, self.padding, 1, NONE, alone=True))
        wanted = slice(self.skipped, self.skipped + height), slice(self.skipped, self.skipped + width)
        phases = found[..., *wanted].permute(0, 2, 3, 1).reshape(count, height, width, 2, 2, -1)
        return phases.transpose(2, 3).reshape(count, 2 * height, 2 * width, -1).permute(0, 3, 1, 2)


class _Convolve(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, shape: Shape) -> Tensor:
        output = convolved(x, weight, bias, shape)
        # The input itself is not needed again, only its size.
        ctx.save_for_backward(weight, output if shape.limits != NONE else None)
        ctx.shape, ctx.size = shape, x.shape
        return output

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        weight, output = ctx.saved_tensors
        if output is not None:
            gradient = _masked(gradient, output, ctx.shape)
        return _to_input(gradient, ctx.size, weight, ctx.shape), None, None, None


def convolved(x: Tensor, weight: Tensor, bias: Tensor, shape: Shape) -> Tensor:
    """The convolution, its activation done while the output is still in the cache where the backend can."""
    if x.device.type == "cpu" and x.dtype == torch.float32 and one_primitive():
        name, scalars = _PRIMITIVES[shape.limits]
        padding, stride = [shape.padding] * 2, [shape.stride] * 2
        output: Tensor = torch.ops.mkldnn._convolution_pointwise(
            x, weight, bias, padding, stride, _NO_DILATION, shape.groups, name, scalars, None
        )
        return output
    output = F.conv2d(x, weight, bias, shape.stride, shape.padding, groups=shape.groups)
    return output if shape.limits == NONE else output.clamp_(*shape.limits)


_PRIMITIVES: dict[Limits, tuple[str, list[float]]] = {
    NONE: ("none", []),
    RELU: ("relu", []),
    RELU6: ("hardtanh", [0.0, 6.0]),
}


@cache
def one_primitive() -> bool:
    """Whether this torch has oneDNN's fused convolution, found by trying it: it is no public operation."""
    x, weight, bias = torch.ones(1, 2, 4, 4), torch.full((2, 2, 3, 3), 0.5), torch.tensor([-30.0, 0.25])
    x, weight = (tensor.contiguous(memory_format=torch.channels_last) for tensor in (x, weight))
    plain = F.conv2d(x, weight, bias, padding=1)
    try:
        found = [
            torch.ops.mkldnn._convolution_pointwise(
                x, weight, bias, [1, 1], [1, 1], [1, 1], 1, name, scalars, None
            )
            for name, scalars in _PRIMITIVES.values()
        ]
    except (AttributeError, RuntimeError, TypeError):
        return False
    return all(
        torch.allclose(output, plain.clamp(*limits)) for output, limits in zip(found, _PRIMITIVES, strict=True)
    )


def _masked(gradient: Tensor, output: Tensor, shape: Shape) -> Tensor:
    """The gradient before the activation: nothing where the output lies on a limit."""
    # An infinite limit masks nothing: no finite output lies on it.
    if shape.alone:
        torch.ops.aten.hardtanh_backward.grad_input(gradient, output, *shape.limits, grad_input=gradient)
        return gradient
    masked: Tensor = torch.ops.aten.hardtanh_backward(gradient, output, *shape.limits)
    return masked


def _to_input(gradient: Tensor, size: torch.Size, weight: Tensor, shape: Shape) -> Tensor:
    # On MPS neither shortcut: they hand on gradients in a layout for which it has given wrong numbers.
    quick = gradient.device.type != "mps"
    if quick and weight.shape[-1] == weight.shape[-2] == shape.stride == shape.groups == 1 and not shape.padding:
        return _mixed_back(gradient, weight)
    if quick and shape.phases is not None and size[2:] == torch.Size(2 * side for side in gradient.shape[2:]):
        return shape.phases.to_input(gradient)
    # Only its size counts; memory that is not touched is not taken.
    x = torch.empty(size, dtype=gradient.dtype, device=gradient.device, memory_format=layout_on(gradient.device))
    to_input: Tensor = torch.ops.aten.convolution_backward(
        gradient,
        x,
        weight,
        None,
        [shape.stride] * 2,
        [shape.padding] * 2,
        _NO_DILATION,
        False,
        [0, 0],
        shape.groups,
        [True, False, False],
    )[0]
    return to_input


def _mixed_back(gradient: Tensor, weight: Tensor) -> Tensor:
    """Back through a 1x1 convolution: one matrix product over the pixels, faster than the general way."""
    count, channels, height, width = gradient.shape
    rows = gradient.permute(0, 2, 3, 1).reshape(-1, channels) @ weight.reshape(channels, -1)
    return rows.reshape(count, height, width, -1).permute(0, 3, 1, 2)
