"""Options that take pictures into a recipe: masks and a guide."""

from pathlib import Path

import click

from inceptionist_gui.cli.options import FILE, Command
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.media import read_picture
from inceptionist_gui.recipe import GuideGoal, Recipe, RecipeError, with_value
from inceptionist_gui.render.packing import guide_of, layer_for_guide, mask_of

LONGEST_NAME = 200
"""Characters of a guide's name."""


def masking(command: Command) -> Command:
    """Adds --mask, --restore, --guide and --guide-layer; the command gets them as keywords for `with_pictures`."""
    for option in (
        click.option("--guide-layer", metavar="NAME", help="The layer at which the guide is followed."),
        click.option("--guide", type=FILE, metavar="PICTURE", help="A picture whose features to bring out."),
        click.option(
            "--restore", type=FILE, metavar="PICTURE", help="Where the photo comes back: white in full, black not."
        ),
        click.option(
            "--mask", type=FILE, metavar="PICTURE", help="Where to dream: white in full, black not at all."
        ),
    ):
        command = option(command)
    return command


def with_pictures(
    recipe: Recipe,
    *,
    mask: Path | None,
    restore: Path | None,
    guide: Path | None,
    guide_layer: str | None,
    beside: bool,
) -> Recipe:
    """The recipe with what the pictures add; `beside` keeps its goals beside the guide. Raises UserError."""
    if guide_layer is not None and guide is None:
        raise RecipeError("--guide-layer: there is no guide to follow; name a picture with --guide")
    if mask is not None:
        recipe = recipe.model_copy(update={"mask": mask_of(read_picture(mask))})
    if restore is not None:
        recipe = recipe.model_copy(update={"restored": mask_of(read_picture(restore))})
    if guide is None:
        return recipe
    network = network_named(recipe.network)
    layer = guide_layer or layer_for_guide(recipe, network)
    network.layer(layer)
    goal = GuideGoal(layer=layer, picture=guide_of(read_picture(guide)), name=guide.name[:LONGEST_NAME])
    return with_value(recipe, "goals", (*recipe.goals, goal) if beside else (goal,))
