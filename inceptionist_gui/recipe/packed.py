"""Small pictures inside a recipe: masks and guides, as text that JSON can hold."""

import base64
import binascii
import zlib
from functools import lru_cache
from typing import Annotated, ClassVar, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, model_validator

from inceptionist_gui.words import _

_MOST_TEXT = 1_500_000
"""Characters: the largest mask there may be, were it noise."""


class Packed(BaseModel):
    """Values from 0 to 255 in rows, compressed (zlib) and written in letters (base64)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    channels: ClassVar[int]
    longest: ClassVar[int]
    """Pixels; of its longer side."""

    width: Annotated[int, Field(ge=1, le=1024)]
    height: Annotated[int, Field(ge=1, le=1024)]
    packed: Annotated[str, Field(min_length=1, max_length=_MOST_TEXT)]

    @classmethod
    def of(cls, values: npt.NDArray[np.uint8]) -> Self:
        """Of an array of shape (height, width), with three channels (height, width, 3)."""
        packed = base64.b64encode(zlib.compress(np.ascontiguousarray(values).tobytes(), 6)).decode("ascii")
        return cls(width=values.shape[1], height=values.shape[0], packed=packed)

    def array(self) -> npt.NDArray[np.uint8]:
        """The values, not to be written to; of shape (height, width), with three channels (height, width, 3)."""
        return _unpacked(self.packed, (self.height, self.width, self.channels)[: 2 if self.channels == 1 else 3])

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if max(self.width, self.height) > self.longest:
            raise ValueError(_("at most {longest} px wide and high").format(longest=self.longest))
        self.array()
        return self


class Mask(Packed):
    """Where, and how strongly: 0 is not at all, 255 in full. It is stretched over the whole picture."""

    channels: ClassVar[int] = 1
    longest: ClassVar[int] = 1024


class Guide(Packed):
    """A picture whose features a dream is to find in its own."""

    channels: ClassVar[int] = 3
    longest: ClassVar[int] = 256


@lru_cache(maxsize=32)
def _unpacked(text: str, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    wanted = int(np.prod(shape))
    unpacking = zlib.decompressobj()
    try:
        # One more than there should be, and no more than that: a bomb is found out before it goes off.
        data = unpacking.decompress(base64.b64decode(text, validate=True), wanted + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise ValueError(_("not a packed picture (base64 of zlib)")) from error
    if len(data) != wanted:
        raise ValueError(
            _("{shape} values are needed, and there are not as many").format(shape=" x ".join(map(str, shape)))
        )
    return np.frombuffer(data, dtype=np.uint8).reshape(shape)
