"""Whether a change of the recipe shows in the picture."""

from inceptionist_gui.recipe import Recipe, counting


def shows(before: Recipe, after: Recipe) -> bool:
    """Whether dreaming with `after` would give another picture than with `before`, in the same way of working.

    What the photo is to be seen through again is put together afterwards, and needs no other dream.
    """
    return before.mode is after.mode and _dreamed(before) != _dreamed(after)


def _dreamed(recipe: Recipe) -> Recipe:
    """What of it is dreamed, its goals in an order of their own."""
    plain = [goal.model_copy(update={"muted": False, "solo": False}) for goal in counting(recipe.goals)]
    goals = tuple(sorted(plain, key=lambda goal: goal.model_dump_json()))
    return recipe.model_copy(update={"goals": goals, "restored": None})
