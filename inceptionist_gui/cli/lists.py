"""Commands that list what there is."""

import click

from inceptionist_gui.cli.options import speaking
from inceptionist_gui.cli.telling import Telling, table
from inceptionist_gui.engine.networks import Layer, UnknownNameError
from inceptionist_gui.engine.networks import network_named as named
from inceptionist_gui.engine.networks import networks as all_networks
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.recipe import presets as all_presets

_INDENT = {"stage": "", "block": "  ", "layer": "    "}
_NETWORK = click.option("--network", default=Recipe().network, show_default=True, metavar="NAME")


@click.command()
@speaking
def networks(tell: Telling) -> None:
    """List the networks to see through."""
    rows = [(n.name, n.title, f"{n.megabytes} MB", n.licence, n.tells) for n in all_networks()]
    names = ("name", "title", "megabytes", "licence", "tells")
    tell.result(table(rows), {"networks": [{name: getattr(n, name) for name in names} for n in all_networks()]})


@click.command()
@_NETWORK
@speaking
def layers(tell: Telling, network: str) -> None:
    """List a network's layers: channels, stride and receptive field in pixels, and what they bring out."""
    found = tuple(named(network).layers())
    head = ("layer", "channels", "stride", "field", "")
    rows = [(_INDENT[la.kind] + la.name, la.channels, la.stride, la.receptive_field, la.tells) for la in found]
    tell.result(table([head, *rows]), {"network": network, "layers": [_as_data(layer) for layer in found]})


@click.command()
@click.argument("word", default="")
@_NETWORK
@speaking
def classes(tell: Telling, word: str, network: str) -> None:
    """List the classes a network knows, or those in whose names WORD occurs."""
    known = named(network).classes
    found = list(known.search(word))
    if not found:
        raise UnknownNameError(f"{word}: no class has this in its name; `inceptionist classes` lists all")
    rows = [(i, known.labels[i], ", ".join(known.other_names[i])) for i in found]
    data = [{"index": i, "label": known.labels[i], "other_names": list(known.other_names[i])} for i in found]
    tell.result(table(rows), {"network": network, "classes": data})


@click.command()
@speaking
def presets(tell: Telling) -> None:
    """List the presets: looks to begin with."""
    rows = [(preset.name, preset.tells) for preset in all_presets()]
    tell.result(table(rows), {"presets": [preset.model_dump(mode="json") for preset in all_presets()]})


def _as_data(layer: Layer) -> dict[str, object]:
    names = ("name", "kind", "channels", "stride", "receptive_field", "tells")
    return {name: getattr(layer, name) for name in names}
