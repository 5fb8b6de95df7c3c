"""Commands that look at a picture."""

from pathlib import Path

import click

from inceptionist_gui.cli.options import FILE, placed, speaking
from inceptionist_gui.cli.telling import Telling, table
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.media import as_float32, read_picture, read_provenance
from inceptionist_gui.recipe import Recipe, controls, recipe_text


@click.command()
@click.argument("image", type=FILE)
@click.option("--network", default=Recipe().network, show_default=True, metavar="NAME")
@click.option("--top", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many classes.")
@placed
@speaking
def look(tell: Telling, image: Path, network: str, top: int, device: str) -> None:
    """Tell what a network takes IMAGE for."""
    description = network_named(network)
    picture = read_picture(image)
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.evidence import predictions
    from inceptionist_gui.engine.networks.loading import load

    used = chosen(DeviceName(device))
    if used.note:
        tell.note(used.note)
    found = predictions(as_float32(picture.pixels), load(description, used), top)
    rows = [(f"{p.probability:6.1%}", p.label) for p in found]
    data = [{"label": p.label, "index": p.index, "probability": p.probability, "logit": p.logit} for p in found]
    tell.result(
        table(rows),
        {"image": str(image), "network": network, "device": used.name.value, "classes": data},
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
