"""Where a picture is dreamed, and how strongly: a recipe's masks at any size, block by block."""

from collections.abc import Sequence

import torch
from torch import Tensor

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Held
from inceptionist_gui.engine.resample import Kernel, resampled
from inceptionist_gui.recipe import Goal, Mask

_FULL = 255
_RECENT = 2
"""Blocks whose weights are kept: a block and the same with its margin take turns."""
_SIZES = 2
"""Whose coverage is kept: the octave's and the finished picture's."""


class Stretched:
    """A mask over a whole picture of any size: values from 0 to 1, of shape (1, 1, rows, columns).

    A place is 0 where all of the mask that is seen in it is.
    """

    def __init__(self, mask: Mask, size: Size, device: torch.device) -> None:
        values = torch.from_numpy(mask.array().copy()).to(device, torch.float32) / _FULL
        self.size = size
        self._held = Held(values[None, None])

    def __getitem__(self, block: Block) -> Tensor:
        return resampled(self._held, self.size, block, Kernel.LINEAR)


class Coverage:
    """How strongly each place of a picture is to change, and which part each goal has in that.

    A place changes as strongly as the goal that counts most there, times the mask of the whole dream; the others
    count there in proportion. So goals that are masked alike only fade together.
    """

    def __init__(self, masks: Sequence[Mask | None], whole: Mask | None, size: Size, device: torch.device) -> None:
        """`masks` are the goals'; None is everywhere in full."""
        self.size, self._device = size, device
        self._masks = [None if mask is None else Stretched(mask, size, device) for mask in masks]
        self._whole = None if whole is None else Stretched(whole, size, device)
        self.nowhere = _empty(whole) or all(map(_empty, masks))
        """Nothing is to change at all."""
        self._recent: list[tuple[Block, tuple[Tensor, list[Tensor]]]] = []

    def __getitem__(self, block: Block) -> Tensor:
        """How strongly each place is to change; from 0 to 1, of shape (1, 1, rows, columns)."""
        return self._at(block)[0]

    def share(self, goal: int, block: Block) -> Tensor:
        """What part a goal has in the change; from 0 to 1, of shape (1, 1, rows, columns)."""
        return self._at(block)[1][goal]

    def kept(self, detail: Tensor, block: Block) -> Tensor:
        """The detail, without what lies where nothing is to change."""
        return detail * (self[block] > 0.0)

    def _at(self, block: Block) -> tuple[Tensor, list[Tensor]]:
        for known, weights in self._recent:
            if known == block:
                return weights
        weights = self._fresh(block)
        self._recent = [*self._recent[1 - _RECENT :], (block, weights)]
        return weights

    def _fresh(self, block: Block) -> tuple[Tensor, list[Tensor]]:
        everywhere = torch.ones(1, 1, *block.size, device=self._device)
        parts = [everywhere if mask is None else mask[block] for mask in self._masks]
        most = torch.stack(parts).amax(0)
        strength = most if self._whole is None else most * self._whole[block]
        # Where none counts all do: what goes nowhere in the end must have no edge there on its way.
        return strength, [torch.where(most > 0.0, part / most, 1.0) for part in parts]


class Coverages:
    """The coverage of each size that a dream works at, made anew when the masks are others."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._masks: tuple[Mask | None, ...] = ()
        self._known: dict[Size, Coverage] = {}

    def of(self, goals: Sequence[Goal], whole: Mask | None, size: Size) -> Coverage | None:
        """None where everything counts in full, or no goal does."""
        masks = tuple(map(_limiting, (whole, *(goal.mask for goal in goals))))
        if not goals or all(mask is None for mask in masks):
            return None
        if masks != self._masks:
            self._masks, self._known = masks, {}
        if size not in self._known:
            kept = list(self._known.items())[1 - _SIZES :]
            self._known = {**dict(kept), size: Coverage(masks[1:], masks[0], size, self._device)}
        return self._known[size]


def _limiting(mask: Mask | None) -> Mask | None:
    """None for a mask that leaves nothing out."""
    return None if mask is None or mask.array().min() == _FULL else mask


def _empty(mask: Mask | None) -> bool:
    return mask is not None and not mask.array().any()
