"""Plain functions from picture to picture. Pictures are tensors of shape (1, 3, height, width)."""

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.octaves import Size


def resized(picture: Tensor, size: Size) -> Tensor:
    """The picture at another size, without aliasing on the way down."""
    if tuple(picture.shape[-2:]) == size:
        return picture
    return F.interpolate(picture, size, mode="bicubic", antialias=True, align_corners=False)


def reflected_window(picture: Tensor, top: int, left: int, size: Size) -> Tensor:
    """What a window of `size` sees whose corner lies at (top, left) of the picture; both may be negative.

    Beyond its borders the picture is mirrored, as often as it takes.
    """
    rows, columns = (
        _mirrored(start, length, extent)
        for start, length, extent in zip((top, left), size, picture.shape[-2:], strict=True)
    )
    return picture.index_select(-2, rows.to(picture.device)).index_select(-1, columns.to(picture.device))


def smoothed(picture: Tensor) -> Tensor:
    """The 3x3 mean, the borders repeated."""
    return F.avg_pool2d(F.pad(picture, (1, 1, 1, 1), mode="replicate"), 3, stride=1)


def root_mean_square(tensor: Tensor) -> Tensor:
    """A scalar, never zero, so that it can be divided by."""
    return tensor.square().mean().sqrt().clamp_min(1e-12)


def _mirrored(start: int, length: int, extent: int) -> Tensor:
    """Indices of a row of `extent` as seen from `start` on: 0 1 2 3 2 1 0 1 ..., edges not doubled."""
    if extent == 1:
        return torch.zeros(length, dtype=torch.long)
    period = 2 * (extent - 1)
    steps = torch.arange(start, start + length).remainder(period)
    return torch.minimum(steps, period - steps)
