"""Commands that make pictures."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inceptionist_gui.cli.masking import masking, with_pictures
from inceptionist_gui.cli.options import bounded, dreaming, has_goals, placed, recipe_of, saving, speaking
from inceptionist_gui.cli.telling import Telling
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import check, network_named
from inceptionist_gui.media import (
    CannotWriteError,
    Picture,
    check_target,
    format_for,
    read_picture,
    write_picture,
)
from inceptionist_gui.media.errors import shown
from inceptionist_gui.recipe import Recipe, Start
from inceptionist_gui.render import still
from inceptionist_gui.render.duration import clock

if TYPE_CHECKING:
    from inceptionist_gui.engine.devices import Device


@click.command()
@click.argument("photo")
@saving
@dreaming
@masking
@placed
@bounded
@speaking
def dream(
    tell: Telling,
    photo: str,
    output: Path,
    depth: int,
    quality: int,
    device: str,
    memory: int | None,
    mask: Path | None,
    restore: Path | None,
    guide: Path | None,
    guide_layer: str | None,
    **asked: Any,
) -> None:
    """Dream PHOTO, a file or one of the words clouds and noise."""
    generated = photo in (Start.CLOUDS, Start.NOISE)
    recipe = recipe_of(**asked, start=Start(photo) if generated else Start.PHOTO)
    recipe = with_pictures(
        recipe, mask=mask, restore=restore, guide=guide, guide_layer=guide_layer, beside=has_goals(asked)
    )
    check(recipe)
    check_output(output, depth)
    if not generated:
        spare_photo(Path(photo), output)
    source = None if generated else read_photo(Path(photo), tell)
    make(recipe, source, still.Means(DeviceName(device), memory), Target(output, depth, quality), tell)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a picture goes, and how."""

    output: Path
    depth: int
    """Bits per channel."""
    quality: int


def make(recipe: Recipe, photo: Picture | None, means: still.Means, target: Target, tell: Telling) -> None:
    """Runs the recipe, puts the picture in its place and says so."""
    began = time.monotonic()
    picture, used = dreamed(recipe, photo, means, tell)
    write_picture(picture, target.output, depth=target.depth, quality=target.quality)
    output, seconds = target.output, time.monotonic() - began
    network = network_named(recipe.network)
    tell.summary(
        f"{shown(str(output))}: {picture.width}x{picture.height}, {network.title}, in {clock(seconds)}",
        {
            "output": str(output),
            "width": picture.width,
            "height": picture.height,
            "seconds": round(seconds, 2),
            "device": used.name.value,
            "recipe": recipe.model_dump(mode="json"),
        },
    )


def check_output(output: Path, depth: int) -> None:
    """Raises UserError where the picture could not be written there."""
    # A dream takes minutes: what will not be writable is said before it begins.
    form = format_for(output)
    check_target(output)
    if depth not in form.depths:
        depths = " or ".join(map(str, form.depths))
        raise click.BadParameter(
            f"{form.title} holds {depths} bits per channel, not {depth}", param_hint="--depth"
        )


def spare_photo(photo: Path, output: Path) -> None:
    """Raises CannotWriteError where the output would be written over the photo."""
    try:
        same = output.samefile(photo)
    except OSError:
        return
    if same:
        raise CannotWriteError(f"{shown(output.name)}: this is the photo itself; another name would do")


def read_photo(path: Path, tell: Telling) -> Picture:
    """The photo; what had to be put up with is told."""
    picture = read_picture(path)
    for note in picture.notes:
        tell.note(f"{shown(path.name)}: {note}")
    return picture


def dreamed(recipe: Recipe, photo: Picture | None, means: still.Means, tell: Telling) -> "tuple[Picture, Device]":
    """The finished picture and the device it came from, progress told meanwhile."""
    line = tell.progress()
    used: list[Device] = []

    def note_device(device: "Device") -> None:
        used.append(device)
        if device.note:
            line.end()
            tell.note(device.note)

    frames = still.dreaming(recipe, photo, lambda text: line.at(0.0, text), means, note_device)
    try:
        for frame in frames:
            line.at(
                frame.done,
                f"octave {frame.octave} of {frame.octaves}, iteration {frame.iteration} of {frame.iterations}",
            )
    finally:
        line.end()
        frames.close()
    if frame.note:
        tell.note(frame.note)
    return still.picture_of(frame, recipe, photo), used[0]
