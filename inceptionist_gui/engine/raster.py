"""A picture's values, in memory or on disk, read and written block by block."""

import os
import tempfile
import weakref
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.errors import NotEnoughError
from inceptionist_gui.words import _

COLOURS = 3


class Source(Protocol):
    """What can be read: float32 tensors of shape (1, 3, rows, columns), a mask's (1, 1, rows, columns); not to be
    changed in place."""

    @property
    def size(self) -> Size: ...

    def __getitem__(self, block: Block) -> Tensor: ...


class Raster(Source, Protocol):
    """What can be written too."""

    @property
    def kind(self) -> torch.dtype:
        """Of the numbers that it keeps."""
        ...

    def __setitem__(self, block: Block, values: Tensor) -> None: ...


class Held:
    """In memory, as float32."""

    kind = torch.float32

    def __init__(self, values: Tensor) -> None:
        self.values = values
        """Shape (1, 3, height, width)."""

    @classmethod
    def empty(cls, size: Size, device: torch.device) -> "Held":
        return cls(torch.empty(1, COLOURS, *size, device=device))

    @property
    def size(self) -> Size:
        return self.values.shape[-2], self.values.shape[-1]

    def __getitem__(self, block: Block) -> Tensor:
        return self.values if block.size == self.size else self.values[..., *block.index]

    def __setitem__(self, block: Block, values: Tensor) -> None:
        if block.size == self.size:
            self.values = values
        else:
            self.values[..., *block.index] = values


class Filed:
    """In a file of no name, mapped into memory a block at a time, with two bytes a value.

    The file is gone when the raster is, also after a crash: it has no name from the start (on Windows the system
    deletes it). Its whole size is taken at once, so that a full disk is found before the work and not within it.
    """

    def __init__(self, size: Size, device: torch.device, kind: torch.dtype = torch.float16) -> None:
        """`kind`: float16 for what is of the order of 1, bfloat16 for what may be of any order.

        Raises NotEnoughError.
        """
        self.size, self._device, self.kind = size, device, kind
        self._file = tempfile.TemporaryFile(prefix="inceptionist-", dir=scratch_folder())  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        needed = size[0] * size[1] * COLOURS * kind.itemsize
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(self._file.fileno(), 0, needed)
            else:
                self._file.truncate(needed)
        except OSError as error:
            raise NotEnoughError(
                _(
                    "size: the dream needs {needed:.1f} GB on disk for each of up to five pictures, and {folder} "
                    "has no room for another ({reason}); free some, name another folder in TMPDIR, or choose a "
                    "smaller size"
                ).format(needed=needed / 1e9, folder=scratch_folder(), reason=error.strerror)
            ) from error

    def __getitem__(self, block: Block) -> Tensor:
        return self._mapped(block).permute(1, 0, 2)[None].to(self._device, torch.float32, copy=True)

    def __setitem__(self, block: Block, values: Tensor) -> None:
        self._mapped(block).copy_(values[0].permute(1, 0, 2))

    def _mapped(self, block: Block) -> Tensor:
        """Shape (rows, 3, columns): whole rows lie together, so that a block touches few pages."""
        width = self.size[1]
        row = COLOURS * width * self.kind.itemsize
        mapped: Any = np.memmap(
            self._file,
            dtype=np.int16,
            mode="r+",
            offset=block.rows.start * row,
            shape=(block.size[0], COLOURS, width),
        )
        return torch.from_numpy(mapped).view(self.kind)[..., block.columns]


class Given:
    """The photo as it came: an array of shape (height, width, 3), uint8, uint16, or float32 in [0, 1]."""

    def __init__(self, pixels: npt.NDArray[Any], device: torch.device) -> None:
        self.size = pixels.shape[0], pixels.shape[1]
        self._pixels, self._device = pixels, device

    def __getitem__(self, block: Block) -> Tensor:
        part = np.ascontiguousarray(self._pixels[*block.index].transpose(2, 0, 1))
        values = torch.from_numpy(part).to(self._device, torch.float32)
        return (values if part.dtype == np.float32 else values / np.iinfo(part.dtype).max)[None]


class Sum:
    """Two pictures of one size, added as they are read."""

    def __init__(self, first: Source, second: Source) -> None:
        self.size = first.size
        self._parts = first, second

    def __getitem__(self, block: Block) -> Tensor:
        first, second = self._parts
        return first[block] + second[block]


def weights_at(where: Source | None, block: Block) -> Tensor | None:
    """The weights of a block; None where all count alike."""
    return None if where is None else where[block]


def scratch_folder() -> Path:
    """Where pictures that do not fit into memory are kept: TMPDIR, or else what is on disk where /tmp is not."""
    lasting = Path("/var/tmp")
    if "TMPDIR" not in os.environ and lasting.is_dir() and os.access(lasting, os.W_OK):
        return lasting
    return Path(tempfile.gettempdir())
