"""Sheets of small pictures to choose from: every stage of a network, the channels of a layer, looks.

Each is a generator: of tiles, in their order, and of None after every step on a tile under way, so that it can be
stopped or done beside something else. What was made before comes from the disk at once.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import (
    Picture,
    UnreadablePictureError,
    as_float32,
    as_uint8,
    encoded,
    format_named,
    picture_from_bytes,
)
from inceptionist_gui.recipe import Imagine, LayerGoal, Mode, NaturalPriors, Preset, Recipe, Start
from inceptionist_gui.render.cache import Cache, key_of
from inceptionist_gui.render.still import Means, dreaming

STAGE_SIDE = 192
"""px; the longer side of a stage's tile."""
CHANNEL_SIDE = 112
"""px; a channel's tile is square."""
PRESET_SIDE = 160
"""px; the longer side of a preset's tile."""
CHANNELS = 24
_MOST_OCTAVES = 4
"""Of a tile: it is small enough."""
_MOST_ITERATIONS = 12
"""Of a preset's tile, in each octave."""

Tiny = npt.NDArray[np.uint8]
Making = Generator[None, None, Tiny]
"""Steps to a picture, and the picture at their end."""
_USUAL = Means()


@dataclass(frozen=True, slots=True, eq=False)
class StageTile:
    """A stage of the network, and the user's picture dreamed with it."""

    layer: str
    tells: str
    """What the stage brings out, in an artist's words."""
    pixels: Tiny
    """Shape (height, width, 3)."""

    def adopted(self, recipe: Recipe) -> Recipe:
        """The recipe with this stage as its goal."""
        return recipe.model_copy(update={"goals": (LayerGoal(layer=self.layer),)})


@dataclass(frozen=True, slots=True, eq=False)
class PresetTile:
    """A preset, by its name, and the user's picture with its look."""

    name: str
    pixels: Tiny


@dataclass(frozen=True, slots=True, eq=False)
class ChannelTile:
    """A channel of a layer, how strongly it answers to the picture, and what it is like by itself."""

    layer: str
    channel: int
    strength: float
    pixels: Tiny

    def adopted(self, recipe: Recipe) -> Recipe:
        """The recipe with this channel as its goal."""
        goal = LayerGoal(layer=self.layer, channels=(self.channel,))
        return recipe.model_copy(update={"goals": (goal,)})


def contact_sheet(
    recipe: Recipe, photo: Picture, means: Means = _USUAL, cache: Cache | None = None, side: int = STAGE_SIDE
) -> Generator[StageTile | None, None, None]:
    """Every stage of the recipe's network dreaming on the photo, with the recipe's sliders, in forward order."""
    cache = cache or Cache()
    small = _reduced(photo, side)
    scale = recipe.scale.model_copy(update={"octaves": min(recipe.scale.octaves, _MOST_OCTAVES)})
    # Tiles show what a stage makes of the whole photo, whatever is masked.
    whole = {"mode": Mode.DREAM, "start": Start.PHOTO, "mask": None, "restored": None}
    asked = recipe.model_copy(update={**whole, "size": side, "scale": scale})
    for stage in network_named(recipe.network).stages:
        each = asked.model_copy(update={"goals": (LayerGoal(layer=stage.name),)})
        yield StageTile(stage.name, stage.tells, (yield from _dreamed(each, small, means, cache)))


def preset_sheet(
    presets: Sequence[Preset],
    photo: Picture,
    means: Means = _USUAL,
    cache: Cache | None = None,
    side: int = PRESET_SIDE,
) -> Generator[PresetTile | None, None, None]:
    """The photo with each of the looks; one that cannot be made, as for want of its network, is left out."""
    cache = cache or Cache()
    small = _reduced(photo, side)
    for preset in presets:
        try:
            pixels = yield from _dreamed(_tiled(preset, side), small, means, cache)
        except UserError:
            continue
        yield PresetTile(preset.name, pixels)


def _tiled(preset: Preset, side: int) -> Recipe:
    """A recipe for a tile with this look."""
    recipe = preset.without_masks().applied(Recipe(size=side))
    scale = recipe.scale.model_copy(update={"octaves": min(recipe.scale.octaves, _MOST_OCTAVES)})
    iterations = min(recipe.strength.iterations, _MOST_ITERATIONS)
    strength = recipe.strength.model_copy(update={"iterations": iterations})
    return recipe.model_copy(update={"scale": scale, "strength": strength})


def channel_sheet(
    network: str,
    layer: str,
    photo: Picture,
    region: Region = WHOLE,
    *,
    count: int = CHANNELS,
    means: Means = _USUAL,
    cache: Cache | None = None,
    side: int = CHANNEL_SIDE,
) -> Generator[ChannelTile | None, None, None]:
    """The channels that answer to the photo, or a region of it, most strongly, strongest first.

    Raises UnknownNameError for a strange network or layer.
    """
    network_named(network).layer(layer)
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.evidence import responses
    from inceptionist_gui.engine.networks.loading import load

    cache = cache or Cache()
    loaded = load(network_named(network), chosen(means.device))
    for response in responses(as_float32(photo.pixels), loaded, layer, region)[:count]:
        pixels = yield from _featured(network, layer, response.channel, means, cache, side)
        yield ChannelTile(layer, response.channel, response.strength, pixels)


def feature_picture(
    network: str,
    layer: str,
    channel: int,
    means: Means = _USUAL,
    cache: Cache | None = None,
    side: int = CHANNEL_SIDE,
) -> Tiny:
    """What a channel is like by itself: imagined from noise, in about a second; shape (side, side, 3)."""
    steps = _featured(network, layer, channel, means, cache or Cache(), side)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            pixels: Tiny = end.value
            return pixels


def _featured(network: str, layer: str, channel: int, means: Means, cache: Cache, side: int) -> Making:
    goal = LayerGoal(layer=layer, channels=(channel,))
    found = _FEATURE.imagine.model_copy(update={"working_size": side})
    asked = _FEATURE.model_copy(update={"network": network, "goals": (goal,), "size": side, "imagine": found})
    return _dreamed(asked, None, means, cache)


_FEATURE = Recipe(
    mode=Mode.IMAGINE,
    start=Start.NOISE,
    # In one size and one view a step, which is quick; the priors are faint, for a channel's say is faint.
    imagine=Imagine(steps=50, crops=1, smallest_crop=0.9, octaves=1, spectrum_power=1.3),
    natural=NaturalPriors(
        total_variation=0.003, smoothness=0.0, spectrum=0.0, colour=0.0, gamut=0.02, robustness=0.5
    ),
)
"""How a channel's own picture is made."""


def _dreamed(recipe: Recipe, picture: Picture | None, means: Means, cache: Cache) -> Making:
    """The recipe's picture, from the disk where it was made before."""
    seen = (str(picture.pixels.shape), picture.pixels.tobytes()) if picture else ()
    key = key_of(recipe.model_dump_json(), *seen)
    kept = _kept(cache.get(key))
    if kept is not None:
        return kept
    frame = None
    for frame in dreaming(recipe, picture, means=means):  # noqa: B007  The last is wanted.
        yield None
    assert frame is not None
    pixels = frame.pixels()
    cache.put(key, encoded(Picture(pixels), format_named("png"), depth=8))
    return pixels


def _kept(data: bytes | None) -> Tiny | None:
    try:
        return None if data is None else as_uint8(picture_from_bytes(data, "cache").pixels)
    except UnreadablePictureError:
        return None


def _reduced(photo: Picture, side: int) -> Picture:
    """The photo with its longer side at so many pixels: it need not be read whole for every tile."""
    scale = side / max(photo.width, photo.height)
    size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    image = Image.fromarray(as_uint8(photo.pixels)).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return Picture(np.asarray(image))
