"""Plain functions from picture to picture. Pictures are tensors of shape (1, 3, height, width)."""

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.octaves import Size


def reflected_window(picture: Tensor, top: int, left: int, size: Size) -> Tensor:
    """What a window of `size` sees whose corner lies at (top, left) of the picture; both may be negative.

    Beyond its borders the picture is mirrored, as often as it takes.
    """
    return _seen(_seen(picture, -2, top, size[0]), -1, left, size[1])


def smoothed(picture: Tensor) -> Tensor:
    """The 3x3 mean, the borders repeated."""
    return F.avg_pool2d(F.pad(picture, (1, 1, 1, 1), mode="replicate"), 3, stride=1)


def _seen(picture: Tensor, dim: int, start: int, length: int) -> Tensor:
    """A stretch of one dimension, mirrored beyond its ends: 0 1 2 3 2 1 0 1 ..., edges not doubled."""
    extent, end = picture.shape[dim], start + length
    if start >= 0 and end <= extent:
        return picture.narrow(dim, start, length)
    if -extent < start < extent and 0 < end < 2 * extent:
        return _joined(picture, dim, start, end)
    period = max(1, 2 * (extent - 1))
    steps = torch.arange(start, end, device=picture.device).remainder(period)
    return picture.index_select(dim, torch.minimum(steps, period - steps).clamp_max(extent - 1))


def _joined(picture: Tensor, dim: int, start: int, end: int) -> Tensor:
    """As `_seen` where one mirroring at each end is enough: several times faster than gathering."""
    extent = picture.shape[dim]
    before, after = max(0, -start), max(0, end - extent)
    parts = [picture.narrow(dim, max(0, start), min(extent, end) - max(0, start))]
    if before:
        parts.insert(0, picture.narrow(dim, 1, before).flip(dim))
    if after:
        parts.append(picture.narrow(dim, extent - 1 - after, after).flip(dim))
    return torch.cat(parts, dim)
