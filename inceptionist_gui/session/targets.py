"""Which of a recipe's masks is meant."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from inceptionist_gui.recipe import Mask, Recipe


class Kind(StrEnum):
    """What a mask is for."""

    DREAM = "dream"
    """Where to dream at all."""
    PHOTO = "photo"
    """Where the photo comes back."""
    GOAL = "goal"
    """Where one goal counts."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which of a recipe's masks is painted."""

    kind: Kind
    number: int = 0
    """Of the goal, from 0."""

    @classmethod
    def dream(cls) -> Self:
        """Where to dream at all."""
        return cls(Kind.DREAM)

    @classmethod
    def photo(cls) -> Self:
        """Where the photo comes back."""
        return cls(Kind.PHOTO)

    @classmethod
    def goal(cls, number: int) -> Self:
        return cls(Kind.GOAL, number)

    @property
    def everywhere(self) -> bool:
        """Without a mask it is everywhere, rather than nowhere."""
        return self.kind is not Kind.PHOTO

    def fits(self, recipe: Recipe) -> bool:
        """Whether the recipe has what is to be masked."""
        return self.kind is not Kind.GOAL or self.number < len(recipe.goals)

    def mask(self, recipe: Recipe) -> Mask | None:
        match self.kind:
            case Kind.DREAM:
                return recipe.mask
            case Kind.PHOTO:
                return recipe.restored
        return recipe.goals[self.number].mask

    def masked(self, recipe: Recipe, mask: Mask | None) -> Recipe:
        """The recipe with this mask in the place of the one that it had."""
        match self.kind:
            case Kind.DREAM:
                return recipe.model_copy(update={"mask": mask})
            case Kind.PHOTO:
                return recipe.model_copy(update={"restored": mask})
        goals = list(recipe.goals)
        goals[self.number] = goals[self.number].model_copy(update={"mask": mask})
        return recipe.model_copy(update={"goals": tuple(goals)})


def unmasked(recipe: Recipe) -> Recipe:
    """The recipe for another picture: what was painted on the one before means nothing there."""
    goals = tuple(goal.model_copy(update={"mask": None}) for goal in recipe.goals)
    return recipe.model_copy(update={"mask": None, "restored": None, "goals": goals})
