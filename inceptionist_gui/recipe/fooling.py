"""How a network is fooled: the least change of a picture that turns its answer."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from inceptionist_gui.recipe.fields import Mode, Part, choice, control


class Norm(StrEnum):
    """What is bounded of the change."""

    LINF = "linf"
    """The largest change of any value."""
    L2 = "l2"
    """The root mean square of all changes."""


class Fool(Part):
    heading = "Fooling"
    modes: ClassVar[frozenset[Mode]] = frozenset({Mode.FOOL})

    label: Annotated[str, Field(min_length=1, max_length=200)] = "banana"
    """The class that the network is to name; a name as `inceptionist classes` lists it."""
    bound: float = control(
        4.0,
        0.5,
        64.0,
        step=0.5,
        title="Bound",
        unit="/255",
        tells="How far the picture may be changed, in levels of 8 bits; what can be seen begins at some 8.",
    )
    norm: Norm = choice(
        Norm.LINF,
        title="Bounded",
        term="norm of the perturbation",
        tells="Whether no value may change by more than the bound, or all of them by no more on average.",
    )
    steps: int = control(
        20,
        1,
        500,
        step=1,
        title="Steps",
        tells="How many steps are taken; more turns stubborn answers.",
    )
