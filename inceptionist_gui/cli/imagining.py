"""The command that imagines."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inceptionist_gui.cli.dreams import Target, check_output, make, read_photo
from inceptionist_gui.cli.options import FILE, asking, bounded, has_goals, placed, recipe_of, saving, speaking
from inceptionist_gui.cli.telling import Telling
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import check, network_named
from inceptionist_gui.media import as_float32
from inceptionist_gui.recipe import NO_PRIORS, DirectionGoal, Magnitudes, Mode, Recipe, with_value
from inceptionist_gui.render import still

if TYPE_CHECKING:
    from inceptionist_gui.render.still import Floats


@click.command()
@click.argument("classes", nargs=-1, metavar="CLASS[=WEIGHT]...")
@saving
@click.option("--no-priors", is_flag=True, help="Free pixels and the network alone: the honest adversarial case.")
@click.option(
    "--like",
    "likenesses",
    multiple=True,
    type=FILE,
    metavar="PICTURE",
    help="What pictures call up in the network; may be given several times, for what they have in common.",
)
@click.option("--like-layer", metavar="NAME", help="The layer whose outputs are compared; the deepest without it.")
@click.option(
    "--contrasts-of",
    "photos",
    multiple=True,
    type=FILE,
    metavar="PHOTO",
    help="Measure natural contrasts on photos of your own; may be given several times.",
)
@click.option("--with", "others", multiple=True, metavar="NETWORK", help="Another network that must see it, too.")
@asking
@placed
@bounded
@speaking
def imagine(
    tell: Telling,
    output: Path,
    depth: int,
    quality: int,
    no_priors: bool,
    likenesses: tuple[Path, ...],
    like_layer: str | None,
    photos: tuple[Path, ...],
    others: tuple[str, ...],
    device: str,
    memory: int | None,
    **asked: Any,
) -> None:
    """Imagine a CLASS, or several with weights, from nothing.

    Without a class, what --layer, --neuron, --like or --recipe ask for.
    """
    recipe = recipe_of(**asked, mode=Mode.IMAGINE)
    if not (has_goals(asked) or likenesses):
        raise click.UsageError("imagine: a CLASS is expected, as in banana; `inceptionist classes` lists them")
    if no_priors:
        recipe = recipe.model_copy(update={"natural": NO_PRIORS})
    if others:
        recipe = with_value(recipe, "imagine.networks", others)
    check(recipe)
    check_output(output, depth)
    if likenesses:
        only = not has_goals(asked)
        recipe = _alike(recipe, likenesses, like_layer, DeviceName(device), tell, only=only)
    if photos:
        recipe = _contrasted(recipe, photos, tell)
    make(recipe, None, still.Means(DeviceName(device), memory), Target(output, depth, quality), tell)


def _alike(
    recipe: Recipe, paths: tuple[Path, ...], layer: str | None, wish: DeviceName, tell: Telling, *, only: bool
) -> Recipe:
    """The recipe with a goal that is what the pictures call up, beside its others or alone."""
    network = network_named(recipe.network)
    layer = layer or network.stages[-1].name
    network.layer(layer)
    pictures = _floats(paths, tell)
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.directions import direction_of
    from inceptionist_gui.engine.networks.loading import load

    vector = direction_of(pictures, layer, load(network, chosen(wish)))
    name = ", ".join(path.name for path in paths)[:200]
    goal = DirectionGoal(layer=layer, vector=vector, name=name)
    return with_value(recipe, "goals", (goal,) if only else (*recipe.goals, goal))


def _contrasted(recipe: Recipe, paths: tuple[Path, ...], tell: Telling) -> Recipe:
    """The recipe with the contrasts of the photos."""
    pictures = _floats(paths, tell)
    from inceptionist_gui.engine.spectrum import measured

    recipe = with_value(recipe, "imagine.profile", measured(pictures))
    return with_value(recipe, "imagine.magnitudes", Magnitudes.PHOTOS)


def _floats(paths: tuple[Path, ...], tell: Telling) -> "list[Floats]":
    return [as_float32(read_photo(path, tell).pixels) for path in paths]
