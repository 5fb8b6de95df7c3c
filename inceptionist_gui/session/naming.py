"""What a picture is called that no file holds yet."""

from inceptionist_gui.recipe import Mode, Provenance, Recipe, Start, counting, described
from inceptionist_gui.session.wording import STARTS
from inceptionist_gui.words import _

_MOST_GOALS = 3
"""That a name tells."""


def subject(recipe: Recipe, source: str) -> str:
    """What is worked on; `source` is the photo's name."""
    if recipe.mode is Mode.IMAGINE:
        return ", ".join(described(goal) for goal in (counting(recipe.goals) or recipe.goals)[:_MOST_GOALS])
    if recipe.start is not Start.PHOTO:
        return _(STARTS[recipe.start])
    return source


def name_of(provenance: Provenance) -> str:
    """What a picture made so is called."""
    return subject(provenance.recipe, provenance.source)
