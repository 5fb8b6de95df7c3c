"""Commands that show what a network takes for granted: the least change that fools it, and what it links."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inceptionist_gui.cli.dreams import check_output, dreamed, read_photo, spare_photo
from inceptionist_gui.cli.options import FILE, placed, speaking
from inceptionist_gui.cli.telling import Telling, table
from inceptionist_gui.cli.verdicts import as_data
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import check, network_named
from inceptionist_gui.media import (
    CannotWriteError,
    Picture,
    as_uint8,
    check_target,
    format_for,
    read_picture,
    write_picture,
    write_whole,
)
from inceptionist_gui.media.errors import shown
from inceptionist_gui.recipe import Mode, Norm, Recipe, Start, control_at, with_value
from inceptionist_gui.render import fooling, still
from inceptionist_gui.render.association import SIZE, TIMES, Association, associating, report
from inceptionist_gui.render.duration import clock

if TYPE_CHECKING:
    from inceptionist_gui.engine.evidence import Verdict
    from inceptionist_gui.engine.fool import Fooled

_BOUND, _STEPS = control_at("fool.bound"), control_at("fool.steps")
_REPORTS = (".html", ".htm")


@click.command()
@click.argument("photo")
@click.option("--class", "label", required=True, metavar="NAME", help="What the network is to be made to say.")
@click.option("-o", "--output", type=FILE, required=True, help="Where to save the result, as PNG or TIFF.")
@click.option("--bound", type=float, default=_BOUND.default, show_default=True, help=_BOUND.tells)
@click.option(
    "--norm",
    type=click.Choice([norm.value for norm in Norm]),
    default=Norm.LINF.value,
    show_default=True,
    help="What is bounded and made least: the largest change of a value, or the root mean square of all.",
)
@click.option("--steps", type=int, default=_STEPS.default, show_default=True, help=_STEPS.tells)
@click.option("--network", default=Recipe().network, show_default=True, metavar="NAME")
@click.option("--sheet", type=FILE, metavar="OUT", help="Save photo, difference and result side by side as well.")
@placed
@speaking
def fool(
    tell: Telling,
    photo: str,
    label: str,
    output: Path,
    bound: float,
    norm: str,
    steps: int,
    network: str,
    sheet: Path | None,
    device: str,
) -> None:
    """Change PHOTO as little as turns the network's answer to a class; PHOTO is a file, clouds or noise."""
    start = Start(photo) if photo in (Start.CLOUDS, Start.NOISE) else Start.PHOTO
    recipe = Recipe(mode=Mode.FOOL, start=start)
    asked = {"network": network, "fool.label": label, "fool.bound": bound, "fool.norm": norm, "fool.steps": steps}
    for field, value in asked.items():
        recipe = with_value(recipe, field, value)
    check(recipe)
    _check_outputs(photo if start is Start.PHOTO else None, output, sheet)
    picture = still.starting_picture(recipe, read_photo(Path(photo), tell) if start is Start.PHOTO else None)
    began, means = time.monotonic(), still.Means(DeviceName(device))
    result, used = dreamed(recipe, picture, means, tell)
    write_picture(result, output)
    # What is judged is what the file holds.
    pixels = as_uint8(read_picture(output).pixels)
    fooled = fooling.outcome(picture, pixels, recipe, means)
    imagined = None if sheet is None else _write_sheet(sheet, picture, pixels, fooled, recipe, means, tell)
    seconds = time.monotonic() - began
    tell.summary(
        _in_words(fooled, output, seconds),
        {
            "output": str(output),
            "sheet": None if sheet is None else str(sheet),
            "class": fooled.label,
            "turned": fooled.turned,
            "largest": fooled.largest,
            "rms": fooled.typical,
            "l2": fooled.l2,
            "photo": [as_data(verdict) for verdict in fooled.photo],
            "result": [as_data(verdict) for verdict in fooled.result],
            "with_priors": imagined and [as_data(verdict) for verdict in imagined],
            "seconds": round(seconds, 2),
            "device": used.name.value,
            "recipe": recipe.model_dump(mode="json"),
        },
    )


@click.command()
@click.argument("label", metavar="CLASS")
@click.option("-o", "--output", type=FILE, required=True, help="Where to save the report, a page of HTML.")
@click.option("--times", type=click.IntRange(1, 100), default=TIMES, show_default=True, help="How many pictures.")
@click.option("--network", default=Recipe().network, show_default=True, metavar="NAME")
@click.option("--size", type=click.IntRange(64, 1024), default=SIZE, show_default=True, help="Of each, in pixels.")
@click.option("--seed", type=click.IntRange(0, 900_000), default=0, show_default=True, help="Of the first.")
@placed
@speaking
def associate(
    tell: Telling, label: str, output: Path, times: int, network: str, size: int, seed: int, device: str
) -> None:
    """Imagine CLASS several times, and report what else the network and a second one see in it."""
    network_named(network).class_index(label)
    if output.suffix.lower() not in _REPORTS:
        raise CannotWriteError(f"{shown(output.name)}: a report is a page of HTML; the suffix .html would do")
    check_target(output)
    began = time.monotonic()
    means = still.Means(DeviceName(device))
    line, found = tell.progress(), None
    steps = associating(label, network, times, size=size, seed=seed, means=means)
    try:
        for step in steps:
            found = step.association
            line.at(step.done, f"picture {min(times, len(found.pictures) + 1)} of {times}")
    finally:
        line.end()
        steps.close()
    assert found is not None
    write_whole(output, report(found).encode())
    seconds = time.monotonic() - began
    tell.summary(
        f"{_links(found)}\n{shown(str(output))}: {times} pictures, in {clock(seconds)}",
        {"output": str(output), "seconds": round(seconds, 2), **found.data()},
    )


def _check_outputs(photo: str | None, output: Path, sheet: Path | None) -> None:
    """Raises UserError where a file cannot be as it should: fooling takes a while."""
    form = format_for(output)
    if form.lossy:
        raise CannotWriteError(
            f"{shown(output.name)}: {form.title} would blur away what fools the network; PNG and TIFF keep it"
        )
    for target in filter(None, (output, sheet)):
        check_output(target, 8)
        if photo is not None:
            spare_photo(Path(photo), target)
    if sheet is not None and sheet.absolute() == output.absolute():
        raise CannotWriteError(
            f"{shown(sheet.name)}: the sheet would be written over the result; another name would do"
        )


def _write_sheet(
    sheet: Path,
    photo: Picture,
    pixels: fooling.Levels,
    fooled: "Fooled",
    recipe: Recipe,
    means: still.Means,
    tell: Telling,
) -> "tuple[Verdict, ...]":
    """Saves the comparison; what the networks say of the class with the priors on."""
    imagined, _ = dreamed(fooling.with_priors(recipe), None, means, tell)
    verdicts = fooling.verdicts(imagined, recipe, means)
    whole = fooling.sheet(photo, pixels, fooled, (as_uint8(imagined.pixels), verdicts))
    write_picture(Picture(whole), sheet)
    return verdicts


def _in_words(fooled: "Fooled", output: Path, seconds: float) -> str:
    turned = f"turned to {fooled.label}" if fooled.turned else f"not turned to {fooled.label}"
    size = ", ".join(fooling.size_of(fooled))
    rows = [
        (f"  {what}", verdict.title, *fooling.first_and_wanted(verdict))
        for what, verdicts in (("photo", fooled.photo), ("result", fooled.result))
        for verdict in verdicts
    ]
    return f"{shown(str(output))}: {turned}, {size}, in {clock(seconds)}\n{table(rows)}"


def _links(found: Association) -> str:
    head = ("", found.network.title, found.judge.title, "")
    rows = [
        (each.label, f"{each.network:.1%}", f"{each.judge:.1%}", f"in {each.pictures} of {len(found.pictures)}")
        for each in found.companions()
    ]
    return f"also seen in {found.label}\n{table([head, *rows])}"
