"""Commands that look at a picture."""

from pathlib import Path

import click

from inceptionist_gui.cli.dreams import check_output, spare_photo
from inceptionist_gui.cli.options import FILE, placed, speaking
from inceptionist_gui.cli.telling import Telling, table
from inceptionist_gui.cli.verdicts import as_data, as_text
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import judge_of, network_named
from inceptionist_gui.media import (
    Picture,
    as_float32,
    read_picture,
    read_provenance,
    write_picture,
)
from inceptionist_gui.media.errors import shown
from inceptionist_gui.recipe import Recipe, controls, recipe_text
from inceptionist_gui.render.heat import overlaid

METHODS = ("gradcam", "input")


@click.command()
@click.argument("image", type=FILE)
@click.option("--network", default=Recipe().network, show_default=True, metavar="NAME")
@click.option("--top", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many classes.")
@click.option("--of", "label", metavar="CLASS", help="A class to ask for in particular; else the likeliest.")
@click.option("--heatmap", type=FILE, metavar="OUT", help="Save IMAGE with the evidence for that class on it.")
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default=METHODS[0],
    show_default=True,
    help="How evidence is found: by the last convolution (Grad-CAM), or by each pixel (gradient x input).",
)
@placed
@speaking
def look(
    tell: Telling,
    image: Path,
    network: str,
    top: int,
    label: str | None,
    heatmap: Path | None,
    method: str,
    device: str,
) -> None:
    """Tell what a network takes IMAGE for, and a second one beside it."""
    description = network_named(network)
    if label is not None:
        description.class_index(label)
    if heatmap is not None:
        check_output(heatmap, 8)
        spare_photo(image, heatmap)
    picture = read_picture(image)
    photo = as_float32(picture.pixels)
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.evidence import grad_cam, gradient_times_input, predictions, verdict
    from inceptionist_gui.engine.networks.loading import load

    used = chosen(DeviceName(device))
    if used.note:
        tell.note(used.note)
    loaded = load(description, used)
    wanted = label or predictions(photo, loaded, 1)[0].label
    own, judge = (verdict(photo, each, wanted, top) for each in (loaded, load(judge_of(description), used)))
    if heatmap is not None:
        evidence = grad_cam if method == METHODS[0] else gradient_times_input
        write_picture(Picture(overlaid(picture.pixels, evidence(photo, loaded, wanted)), picture.alpha), heatmap)
    told = [as_text(each, asked=label is not None) for each in (own, judge)]
    if heatmap is not None:
        told.append(f"{shown(str(heatmap))}: the evidence for {own.wanted.label}")
    tell.result(
        "\n\n".join(told),
        {
            "image": str(image),
            "network": network,
            "device": used.name.value,
            "classes": as_data(own)["classes"],
            "of": as_data(own)["wanted"],
            "judge": as_data(judge),
            "heatmap": None if heatmap is None else str(heatmap),
        },
    )


@click.command()
@click.argument("image", type=FILE, required=False)
@click.option("--fields", is_flag=True, help="List every field a recipe has instead.")
@speaking
def recipe(tell: Telling, image: Path | None, fields: bool) -> None:
    """Print the recipe inside IMAGE, a picture that Inceptionist saved."""
    if fields:
        _list_fields(tell)
        return
    if image is None:
        raise click.UsageError("recipe: an IMAGE is expected, or --fields")
    provenance = read_provenance(image)
    if provenance.steered:
        tell.note(f"{image.name}: controls were moved in mid-run; this is the recipe as it stood at the end")
    tell.result(recipe_text(provenance.recipe), provenance.model_dump(mode="json"))


def _list_fields(tell: Telling) -> None:
    rows = [
        (c.path, f"{c.minimum:g} to {c.maximum:g}{c.unit and f' {c.unit}'}", f"{c.default:g}", c.tells)
        for c in controls()
    ]
    names = ("path", "minimum", "maximum", "step", "default", "unit", "term", "tells")
    tell.result(table(rows), {"fields": [{name: getattr(c, name) for name in names} for c in controls()]})
