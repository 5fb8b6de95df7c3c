"""Where a dream keeps its pictures: in memory while they fit the budget, on disk beyond."""

import torch

from inceptionist_gui.engine.blocks import Block, blocks
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import COLOURS, Filed, Held, Raster, Source
from inceptionist_gui.engine.resample import resampled
from inceptionist_gui.errors import lacks_memory

_CPU = torch.device("cpu")
_RASTERS = 5
"""How many there are at once: the photo, the detail and its next state, the gradient, its running sum."""
_BYTES_AT_WORK = 150
"""Per pixel of a block, at the worst of the steps."""


class Store:
    """Gives out rasters, in memory while they fit the budget and on disk beyond, and the blocks to work in."""

    def __init__(self, budget: Budget, device: torch.device = _CPU) -> None:
        self.budget, self.device = budget, device

    def raster(self, size: Size, kind: torch.dtype = torch.float16) -> Raster:
        """With values yet to be written; `kind` is what it has on disk. Raises NotEnoughError."""
        while self._fits(size):
            try:
                return Held.empty(size, self.device)
            except (RuntimeError, MemoryError) as error:
                if not lacks_memory(error) or not self.budget.halve():
                    raise
        return Filed(size, self.device, kind)

    def blank(self, size: Size) -> Raster:
        raster = self.raster(size)
        for block in self.blocks(size):
            raster[block] = torch.zeros(1, COLOURS, *block.size, device=self.device)
        return raster

    def blocks(self, size: Size) -> list[Block]:
        """What a picture of this size is worked on in: in one piece where the budget allows."""
        return list(blocks(size, self.budget.blocks / _BYTES_AT_WORK))

    def resampled(self, raster: Raster, size: Size, kind: torch.dtype = torch.float16) -> Raster:
        """The raster at another size; itself where it has that already."""
        return raster if raster.size == size else self._copied(raster, size, kind)

    def at_hand(self, photo: Source, size: Size) -> Source:
        """The photo at this size, in memory where it fits: it is looked at often."""
        return photo if photo.size == size and not self._fits(size) else self._copied(photo, size, torch.float16)

    def _copied(self, source: Source, size: Size, kind: torch.dtype) -> Raster:
        raster = self.raster(size, kind)
        for block in self.blocks(size):
            raster[block] = resampled(source, size, block)
        return raster

    def _fits(self, size: Size) -> bool:
        return size[0] * size[1] * _RASTERS * COLOURS * 4 <= self.budget.pictures
