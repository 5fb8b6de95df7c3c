"""Where a dream stands between two iterations, as bytes: read again, it goes on to the same picture."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import torch

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Raster
from inceptionist_gui.engine.store import Store

_HEAD = struct.Struct(">Q")
_LONGEST_HEAD = 1_000_000
_PIXELS = 2**20
"""That are read or written at once, about."""
_KINDS = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """All that is carried on from one iteration to the next."""

    octave: int
    """From 0."""
    iteration: int
    """How many of the octave are done."""
    detail: Raster
    velocity: Raster | None
    chance: Any
    """As `random.Random.getstate` gives it."""
    budget: int
    """Bytes; with another the blocks would be others, and so the last digits."""


def write_standing(standing: Standing, file: BinaryIO) -> None:
    rasters = [raster for raster in (standing.detail, standing.velocity) if raster is not None]
    head = json.dumps(
        {
            "octave": standing.octave,
            "iteration": standing.iteration,
            "chance": standing.chance,
            "budget": standing.budget,
            "rasters": [{"size": raster.size, "kind": str(raster.kind).split(".")[-1]} for raster in rasters],
        }
    ).encode()
    file.write(_HEAD.pack(len(head)) + head)
    for raster in rasters:
        for strip in _strips(raster.size):
            values = raster[strip].to(raster.kind).contiguous().cpu()
            file.write(values.view(torch.uint8).numpy().tobytes())


class Written:
    """A standing in a file. What is damaged raises ValueError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        (length,) = _HEAD.unpack(_exactly(file, _HEAD.size))
        if length > _LONGEST_HEAD:
            raise ValueError("no standing of a dream")
        self._head: dict[str, Any] = json.loads(_exactly(file, length))
        self.budget = int(self._head["budget"])

    def read(self, store: Store) -> Standing:
        """The store's budget must be the one that it was written with. Raises NotEnoughError."""
        detail, *others = [self._raster(store, entry) for entry in self._head["rasters"]]
        version, numbers, gauss = self._head["chance"]
        return Standing(
            octave=int(self._head["octave"]),
            iteration=int(self._head["iteration"]),
            detail=detail,
            velocity=others[0] if others else None,
            chance=(version, tuple(numbers), gauss),
            budget=self.budget,
        )

    def _raster(self, store: Store, entry: dict[str, Any]) -> Raster:
        kind = _KINDS[entry["kind"]]
        height, width = entry["size"]
        raster = store.raster((height, width), torch.float16 if kind is torch.float32 else kind)
        for strip in _strips(raster.size):
            values = torch.frombuffer(
                bytearray(_exactly(self._file, 3 * strip.size[0] * strip.size[1] * kind.itemsize)), dtype=kind
            )
            raster[strip] = values.reshape(1, 3, *strip.size).to(store.device, torch.float32)
        return raster


def _strips(size: Size) -> Iterator[Block]:
    height, width = size
    rows = max(1, _PIXELS // width)
    for top in range(0, height, rows):
        yield Block(slice(top, min(height, top + rows)), slice(0, width))


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise ValueError("cut short")
    return data
