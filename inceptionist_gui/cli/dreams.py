"""Commands that make pictures."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inceptionist_gui.cli.options import FILE, bounded, dreaming, placed, recipe_of, speaking
from inceptionist_gui.cli.telling import Telling
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import check
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
@click.option("-o", "--output", type=FILE, required=True, help="Where to save it; the suffix tells the format.")
@click.option("--depth", type=int, default=8, show_default=True, help="Bits per channel: 8 or 16.")
@click.option("--quality", type=click.IntRange(1, 100), default=92, show_default=True, help="For JPEG and WebP.")
@dreaming
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
    **asked: Any,
) -> None:
    """Dream PHOTO, a file or one of the words clouds and noise."""
    generated = photo in (Start.CLOUDS, Start.NOISE)
    recipe = recipe_of(**asked, start=Start(photo) if generated else Start.PHOTO)
    network = check(recipe)
    _check_output(output, depth)
    if not generated:
        _spare_photo(Path(photo), output)
    source = None if generated else _read(Path(photo), tell)
    began = time.monotonic()
    picture, used = _dreamed(recipe, source, still.Means(DeviceName(device), memory), tell)
    write_picture(picture, output, depth=depth, quality=quality)
    seconds = time.monotonic() - began
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


def _check_output(output: Path, depth: int) -> None:
    # A dream takes minutes: what will not be writable is said before it begins.
    form = format_for(output)
    check_target(output)
    if depth not in form.depths:
        depths = " or ".join(map(str, form.depths))
        raise click.BadParameter(
            f"{form.title} holds {depths} bits per channel, not {depth}", param_hint="--depth"
        )


def _spare_photo(photo: Path, output: Path) -> None:
    try:
        same = output.samefile(photo)
    except OSError:
        return
    if same:
        raise CannotWriteError(f"{shown(output.name)}: this is the photo itself; another name would do")


def _read(path: Path, tell: Telling) -> Picture:
    picture = read_picture(path)
    for note in picture.notes:
        tell.note(f"{shown(path.name)}: {note}")
    return picture


def _dreamed(recipe: Recipe, photo: Picture | None, means: still.Means, tell: Telling) -> "tuple[Picture, Device]":
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
    return still.finished(frame.floats(), recipe, photo), used[0]
