"""One still picture: what it starts from, the dream, and what comes of it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import Network, check, network_named
from inceptionist_gui.errors import NotEnoughError, UserError, lacks_memory
from inceptionist_gui.media import Picture, as_float32, clouds, noise
from inceptionist_gui.recipe import Magnitudes, Mode, Provenance, Recipe, Start
from inceptionist_gui.recipe.provenance import LONGEST_NAME
from inceptionist_gui.render.restoring import Composed, restored
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from inceptionist_gui.engine.devices import Device
    from inceptionist_gui.engine.frame import Frame

GENERATED_SHAPE = (3, 2)
"""Width to height of the clouds and the noise, so that the recipe alone decides the picture."""

_PROGRAM_BYTES = 1_000_000_000
"""What torch takes before it has seen a picture."""
_DREAM_BYTES = 200
"""Per pixel, about: what a dream holds of the whole picture."""

Floats = npt.NDArray[np.float32]
Telling = Callable[[str], None]
Placing = Callable[["Device"], None]


@dataclass(frozen=True, slots=True)
class Means:
    """What a dream may take of the machine."""

    device: DeviceName = DeviceName.AUTO
    memory: int | None = None
    """Bytes, about, beside the program; None for a share of what there is. What does not fit goes to disk."""


_USUAL = Means()


def starting_picture(recipe: Recipe, photo: Picture | None) -> Picture:
    """What the recipe starts from: the photo, or clouds or noise of its size and seed.

    Raises UserError when the recipe wants a photo and there is none.
    """
    if recipe.start is Start.PHOTO:
        if photo is None:
            raise UserError(_("start: the recipe wants a photo and none is given; give one, or clouds, or noise"))
        return photo
    generate = clouds if recipe.start is Start.CLOUDS else noise
    width, height = GENERATED_SHAPE
    return generate(recipe.size, round(recipe.size * height / width), recipe.seed)


def dreaming(
    recipe: Recipe,
    photo: Picture | None,
    tell: Telling = lambda _: None,
    means: Means = _USUAL,
    placed: Placing = lambda _: None,
) -> "Generator[Frame, Recipe | None, None]":
    """The recipe's way of working, frame by frame, as `engine.dream.dream`; `tell` hears what is being waited for.

    `placed` hears, before the first frame, which device it came to; its note is for the user.
    Raises UserError for a recipe that fits no network or no photo, and NotEnoughError when memory runs out.
    """
    network = check(recipe)
    try:
        yield from _dreaming(recipe, photo, network, tell, means, placed)
    except (MemoryError, RuntimeError, ImportError, OSError) as error:
        if not lacks_memory(error):
            raise
        raise NotEnoughError(
            _("size: not enough free memory to dream at {size} px; {photo} would do, or a smaller size").format(
                size=recipe.size, photo=_memory_for(recipe.size, photo)
            )
        ) from error


def _dreaming(
    recipe: Recipe, photo: Picture | None, network: Network, tell: Telling, means: Means, placed: Placing
) -> "Generator[Frame, Recipe | None, None]":
    start = _start(recipe, photo)
    tell(_("Waking the engine"))
    # Here and not above: torch takes seconds to load, and the window must not wait for it.
    from inceptionist_gui.engine.devices import chosen

    device = chosen(means.device)
    placed(device)
    tell(_("Loading {title}").format(title=network.title))
    try:
        yield from _generator_for(recipe, start, network, device, means)
    except RuntimeError as error:
        if device.name is DeviceName.CPU or not lacks_memory(error):
            raise
        raise NotEnoughError(
            _(
                "size: {title} has not enough free memory to dream at {size} px; a smaller size would do, "
                "or the CPU"
            ).format(title=device.title, size=recipe.size)
        ) from error


def _generator_for(
    recipe: Recipe, start: Picture | None, network: Network, device: "Device", means: Means
) -> "Generator[Frame, Recipe | None, None]":
    """The engine of the recipe's way of working, begun."""
    from inceptionist_gui.engine.dream import dream
    from inceptionist_gui.engine.fool import fool
    from inceptionist_gui.engine.imagine import imagine
    from inceptionist_gui.engine.memory import Budget
    from inceptionist_gui.engine.networks.loading import load

    budget = Budget(means.memory) if means.memory else None
    if recipe.mode is Mode.IMAGINE:
        seeing = [load(each, device) for each in (network, *map(network_named, recipe.imagine.networks))]
        return imagine(recipe, seeing, as_float32(start.pixels) if start else None, budget)
    assert start is not None
    if recipe.mode is Mode.FOOL:
        return fool(start.pixels, recipe, load(network, device))
    return dream(start.pixels, recipe, load(network, device), budget)


def _start(recipe: Recipe, photo: Picture | None) -> Picture | None:
    """What the engine is given: to imagine, the photo whose contrasts are to be had, if any."""
    if recipe.mode is not Mode.IMAGINE:
        return starting_picture(recipe, photo)
    if recipe.imagine.magnitudes is Magnitudes.NATURAL or recipe.imagine.profile:
        return None
    if photo is None:
        raise UserError(
            _(
                "imagine.magnitudes: the recipe wants the contrasts of a photo and none is given; give one, or"
                " choose natural"
            )
        )
    return photo


def _memory_for(size: int, photo: Picture | None) -> str:
    width, height = (photo.width, photo.height) if photo else GENERATED_SHAPE
    pixels = size * size * min(width, height) / max(width, height)
    return _("{pixels:.1f} GB").format(pixels=(_PROGRAM_BYTES + _DREAM_BYTES * pixels) / 1e9)


def composed(frame: "Frame", recipe: Recipe, photo: Picture | None, *, steered: bool = False) -> Composed:
    """As `picture_of`, with what it takes to bring the photo back elsewhere without another dream."""
    dreamed = frame.floats()
    before = None if recipe.mode is Mode.IMAGINE else frame.photo_floats()
    return Composed(finished(dreamed, recipe, photo, before=before, steered=steered), dreamed, before)


def picture_of(frame: "Frame", recipe: Recipe, photo: Picture | None, *, steered: bool = False) -> Picture:
    """A frame as a picture that can be saved: the photo and its alpha put back, the recipe with it."""
    brings_back = recipe.restored is not None and recipe.mode is not Mode.IMAGINE
    before = frame.photo_floats() if brings_back else None
    return finished(frame.floats(), recipe, photo, before=before, steered=steered)


def finished(
    floats: Floats,
    recipe: Recipe,
    photo: Picture | None,
    *,
    before: Floats | None = None,
    steered: bool = False,
) -> Picture:
    """The dreamed pixels as a picture that can be saved: the photo's alpha put back, the recipe with it.

    `before` is what the dream started from, at the same size: it comes back where the recipe says.
    """
    if recipe.mode is Mode.IMAGINE:
        source, alpha = _start(recipe, photo), None
    else:
        source = photo if recipe.start is Start.PHOTO else None
        alpha = source.alpha if source else None
    name = source.name[:LONGEST_NAME] if source else ""
    pixels: Floats = floats if before is None else restored(floats, before, recipe.restored)
    return Picture(
        pixels=pixels,
        alpha=None if alpha is None else _resized(as_float32(alpha), floats.shape[1], floats.shape[0]),
        name=name,
        provenance=Provenance(recipe=recipe, source=name, steered=steered),
    )


def _resized(alpha: Floats, width: int, height: int) -> Floats:
    image = Image.fromarray(alpha).resize((width, height), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(image, dtype=np.float32), 0.0, 1.0)
