"""How a field of the recipe describes itself, so that widgets, help and checks agree."""

import os
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

# Before the first model is made. Other programs' plugins have no say in what a recipe is, and to look for them
# takes pydantic nearly as long as to make all of the recipe's models.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class Mode(StrEnum):
    """What is made of the network: the ways of working, each an engine of its own."""

    DREAM = "dream"
    """A picture that becomes more of what the network sees in it."""
    IMAGINE = "imagine"
    """A goal made a picture, from nothing."""
    FOOL = "fool"
    """The least change of a picture that turns the network's answer."""


EVERY_MODE = frozenset(Mode)


class Part(BaseModel):
    """A group of controls; its title heads them in the studio."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    heading: ClassVar[str]
    modes: ClassVar[frozenset[Mode]] = EVERY_MODE
    """The ways of working in which its controls matter."""


def control(
    default: float,
    minimum: float,
    maximum: float,
    *,
    step: float,
    title: str,
    tells: str,
    term: str = "",
    unit: str = "",
    restarts: bool = False,
) -> Any:
    """A number the user may set, with all that a slider needs to know.

    `title` is an artist's word and `term` the field's; `tells` is one sentence of what moving it does.
    `restarts` marks what cannot change within a run: a dream under way begins anew with it.
    """
    return Field(
        default=default,
        ge=minimum,
        le=maximum,
        title=title,
        description=tells,
        json_schema_extra={"step": step, "unit": unit, "term": term or title.lower(), "restarts": restarts},
    )


def choice(default: StrEnum, *, title: str, tells: str, term: str = "", restarts: bool = False) -> Any:
    """One of a few words that the user may choose; as `control`."""
    return Field(
        default=default,
        title=title,
        description=tells,
        json_schema_extra={"term": term or title.lower(), "restarts": restarts},
    )
