"""A picture as it is seen in several random views at once: cropped, turned, scaled, shifted, under noise."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.evidence import middle_square
from inceptionist_gui.engine.resample import resized

_TURN = math.radians(25.0)
"""Either way, at full robustness."""
_STRETCH = 0.2
_BEYOND = 0.1
"""Of half the picture's side: how far views reach beyond its borders, at full robustness. Else its corners would
be seen by few of them, and stay empty."""
_NOISE = 0.16
"""Its standard deviation in sRGB units, at full robustness."""
_FINEST = 2.0
"""Pixels of the picture for one of the view, from which it is reduced first: else it would alias."""


@dataclass(frozen=True, slots=True)
class Views:
    """How a picture is looked at."""

    count: int
    side: int
    """px; of the square view."""
    smallest: float
    """Of the picture's side: the closest view. The widest shows it whole."""
    robustness: float
    """From 0, whole and as it is, to 1."""

    def of(self, picture: Tensor, chance: torch.Generator) -> Tensor:
        """Shape (count, 3, side, side), from a picture of shape (1, 3, height, width).

        Without robustness there are two views, whatever the count: the picture whole, and its middle as the
        networks were tested on it.
        """
        if not self.robustness:
            middle = middle_square((picture.shape[-2], picture.shape[-1]))
            shown = picture, picture[..., *middle.index]
            return torch.cat([resized(each, (self.side, self.side)) for each in shown])
        # Drawn on the CPU: the same on every device.
        draw = torch.rand(self.count, 5, generator=chance).to(picture.device)
        seen = F.grid_sample(
            self._reduced(picture).expand(self.count, -1, -1, -1),
            F.affine_grid(self._turned(draw), [self.count, 3, self.side, self.side], align_corners=False),
            padding_mode="reflection",
            align_corners=False,
        )
        noise = torch.randn(seen.shape, generator=chance).to(seen.device) * (_NOISE * self.robustness)
        return seen + noise

    def _reduced(self, picture: Tensor) -> Tensor:
        height, width = picture.shape[-2:]
        least = self.side * _FINEST
        if min(height, width) * self.smallest <= least:
            return picture
        scale = least / (min(height, width) * self.smallest)
        size = round(height * scale), round(width * scale)
        return F.interpolate(picture, size, mode="bilinear", antialias=True)

    def _turned(self, draw: Tensor) -> Tensor:
        """Affine maps from the view to the picture, both from -1 to 1; shape (count, 2, 3)."""
        share = self.smallest + (1.0 - self.smallest) * draw[:, 0]
        angle = (draw[:, 1] * 2 - 1) * _TURN * self.robustness
        stretch = torch.exp((draw[:, 2] * 2 - 1) * _STRETCH * self.robustness)
        room = 1.0 - share + _BEYOND * self.robustness
        across, down = ((draw[:, i] * 2 - 1) * room for i in (3, 4))
        cos, sin = angle.cos() * share, angle.sin() * share
        rows = (
            torch.stack((cos * stretch, -sin, across), 1),
            torch.stack((sin, cos / stretch, down), 1),
        )
        return torch.stack(rows, 1)
