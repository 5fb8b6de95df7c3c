"""A convolution with its bias and activation as one operation, whose backward goes to the input alone."""

import math
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
        self.register_buffer("weight", weight.contiguous(memory_format=torch.channels_last))
        self.register_buffer("bias", bias)
        self.stride, self.padding, self.groups, self.same = stride, padding, groups, same
        self.limits = NONE
        self.alone = False
        """Nothing else uses the output, so that its gradient may be overwritten."""

    def forward(self, x: Tensor) -> Tensor:
        weight, padding = self.weight, self.padding
        if self.same and self.stride > 1:
            x, weight, padding = self._same(x)
        output: Tensor = _Convolve.apply(
            x, weight, self.bias, self.stride, padding, self.groups, self.limits, self.alone
        )
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
        return F.pad(self.weight, (1, 0, 1, 0)).contiguous(memory_format=torch.channels_last)


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and after a row of inputs, so that outputs lie at every `stride`-th, from the first."""
    outputs = -(-size // stride)
    total = max(0, (outputs - 1) * stride + kernel - size)
    return total // 2, total - total // 2


class _Convolve(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        weight: Tensor,
        bias: Tensor,
        stride: int,
        padding: int,
        groups: int,
        limits: Limits,
        alone: bool,
    ) -> Tensor:
        output = convolved(x, weight, bias, stride, padding, groups, limits)
        ctx.save_for_backward(x, weight, output if limits != NONE else None)
        ctx.shape = stride, padding, groups, limits, alone
        return output

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, output = ctx.saved_tensors
        stride, padding, groups, limits, alone = ctx.shape
        if output is not None:
            gradient = _masked(gradient, output, limits, alone)
        return (_to_input(gradient, x, weight, stride, padding, groups), *(None,) * 7)


def convolved(
    x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int, groups: int, limits: Limits
) -> Tensor:
    """The convolution, its activation done while the output is still in the cache where the backend can."""
    if x.device.type == "cpu" and one_primitive():
        name, scalars = _PRIMITIVES[limits]
        output: Tensor = torch.ops.mkldnn._convolution_pointwise(
            x, weight, bias, [padding] * 2, [stride] * 2, _NO_DILATION, groups, name, scalars, None
        )
        return output
    output = F.conv2d(x, weight, bias, stride, padding, groups=groups)
    return output if limits == NONE else output.clamp_(*limits)


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


def _masked(gradient: Tensor, output: Tensor, limits: Limits, alone: bool) -> Tensor:
    """The gradient before the activation: nothing where the output lies on a limit."""
    # An infinite limit masks nothing: no finite output lies on it.
    if alone:
        torch.ops.aten.hardtanh_backward.grad_input(gradient, output, *limits, grad_input=gradient)
        return gradient
    masked: Tensor = torch.ops.aten.hardtanh_backward(gradient, output, *limits)
    return masked


def _to_input(gradient: Tensor, x: Tensor, weight: Tensor, stride: int, padding: int, groups: int) -> Tensor:
    if weight.shape[-1] == weight.shape[-2] == stride == groups == 1 and not padding:
        return _mixed_back(gradient, weight)
    to_input: Tensor = torch.ops.aten.convolution_backward(
        gradient,
        x,
        weight,
        None,
        [stride] * 2,
        [padding] * 2,
        _NO_DILATION,
        False,
        [0, 0],
        groups,
        [True, False, False],
    )[0]
    return to_input


def _mixed_back(gradient: Tensor, weight: Tensor) -> Tensor:
    """Back through a 1x1 convolution: one matrix product over the pixels, faster than the general way."""
    count, channels, height, width = gradient.shape
    rows = gradient.permute(0, 2, 3, 1).reshape(-1, channels) @ weight.reshape(channels, -1)
    return rows.reshape(count, height, width, -1).permute(0, 3, 1, 2)
