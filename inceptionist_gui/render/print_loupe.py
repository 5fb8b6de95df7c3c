"""Any spot of a print at its full size, in seconds: drawn as if there were nothing but it and what lies around."""

from collections.abc import Iterable
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.print_source import drawing, part_of
from inceptionist_gui.render.printing import Prepared

if TYPE_CHECKING:
    from inceptionist_gui.engine.devices import Device
    from inceptionist_gui.engine.frame import Frame

Spot = tuple[int, int, int, int]
"""Left, top, width and height in pixels of the print."""

LARGEST = 2048
"""px, of a spot's side."""
_AROUND = 96
"""px of the print around the spot that are drawn as well."""
_LEAST_AROUND = 12
"""The same, in pixels of the preview."""
_GAINS = 0.2, 5.0


class Loupe:
    """Looks at spots of one print.

    How strongly a step moves is a matter of the whole picture: a first step over all of it tells how strongly the
    spot moves beside the rest, and the spot's own steps are as much longer or shorter. The random shifts are
    others than the print's: it draws the same kind of thing, as strongly, though not each stroke at its place.
    """

    def __init__(self, work: Prepared) -> None:
        self._work = work
        self._first: tuple[npt.NDArray[np.float32], float] | None = None

    def at(self, spot: Spot) -> npt.NDArray[np.float32]:
        """The spot, sRGB in [0, 1], of shape (height, width, 3). Raises UserError for one beside the print."""
        left, top, width, height = self._checked(spot)
        from inceptionist_gui.engine.devices import chosen
        from inceptionist_gui.engine.dream import dream_on, printed
        from inceptionist_gui.engine.memory import Budget
        from inceptionist_gui.engine.networks.loading import load

        work, size = self._work, self._work.original.size
        device = chosen(work.job.device)
        full = work.layout.picture
        rows, columns = _seen(top, height, full[0], size[0]), _seen(left, width, full[1], size[1])
        part = part_of(
            work.original,
            (columns[0] / size[1], rows[0] / size[0], columns[1] / size[1], rows[1] / size[0]),
        )
        scale = full[0] / size[0], full[1] / size[1]
        whole = round(part.size[0] * scale[0]), round(part.size[1] * scale[1])
        recipe, last = drawing(part, work.job), None
        if recipe is not None:
            recipe = _stronger(recipe, self._gain(device, rows, columns))
            network = load(network_named(recipe.network), device)
            last = _last_of(dream_on(part.preview, part.photo, whole, recipe, network))
        finished = printed(part.preview, part.photo, whole, last, Budget(work.job.memory), device)
        y, x = top - round(rows[0] * scale[0]), left - round(columns[0] * scale[1])
        y, x = max(0, min(y, whole[0] - height)), max(0, min(x, whole[1] - width))
        values = finished[Block(slice(y, y + height), slice(x, x + width))]
        return np.ascontiguousarray(values[0].permute(1, 2, 0).cpu().numpy())

    def _checked(self, spot: Spot) -> Spot:
        left, top, width, height = spot
        full = self._work.layout.picture
        if width < 1 or height < 1 or left >= full[1] or top >= full[0]:
            raise UserError(f"loupe: beside the print, which has {full[1]} x {full[0]} px")
        if max(width, height) > LARGEST:
            raise UserError(f"loupe: {width} x {height} px; up to {LARGEST} px a side can be looked at")
        return left, top, min(width, full[1] - left), min(height, full[0] - top)

    def _gain(self, device: "Device", rows: tuple[int, int], columns: tuple[int, int]) -> float:
        """How strongly a part of the preview moves, beside the whole."""
        if self._first is None:
            moved = self._moved(device)
            self._first = moved, float(moved.mean())
        moved, mean = self._first
        across = [
            np.linspace(0, moved.shape[axis], extent + 1) for axis, extent in enumerate(self._work.original.size)
        ]
        (top, bottom), (left, right) = (
            (floor(at[span[0]]), ceil(at[span[1]])) for at, span in zip(across, (rows, columns), strict=True)
        )
        here = float(moved[top:bottom, left:right].mean())
        return min(_GAINS[1], max(_GAINS[0], here / mean)) if mean else 1.0

    def _moved(self, device: "Device") -> npt.NDArray[np.float32]:
        """How far each place moves with the first step."""
        from inceptionist_gui.engine.dream import dream_on
        from inceptionist_gui.engine.lock import print_octaves
        from inceptionist_gui.engine.networks.loading import load

        work = self._work
        recipe = drawing(work.original, work.job)
        assert recipe is not None
        sizes = print_octaves(work.original.size, work.layout.picture, recipe.scale.octave_scale)
        if not sizes:
            return np.ones((1, 1), np.float32)
        network = load(network_named(recipe.network), device)
        frames = dream_on(work.original.preview, work.original.photo, sizes[0], recipe, network)
        detail = next(frames).detail
        found: npt.NDArray[np.float32] = detail[Block.whole(detail.size)][0].abs().mean(0).cpu().numpy()
        frames.close()
        return found


def _last_of(frames: "Iterable[Frame]") -> "Frame | None":
    last = None
    for frame in frames:
        last = frame
    return last


def _stronger(recipe: Recipe, gain: float) -> Recipe:
    strength = recipe.strength.model_copy(update={"step_size": recipe.strength.step_size * gain})
    return recipe.model_copy(update={"strength": strength})


def _seen(start: int, length: int, full: int, preview: int) -> tuple[int, int]:
    """The preview's rows, or columns, that show a stretch of the print and what is around it."""
    scale = full / preview
    around = max(_LEAST_AROUND, ceil(_AROUND / scale))
    return max(0, floor(start / scale) - around), min(preview, ceil((start + length) / scale) + around)
