"""How a field of the recipe describes itself, so that widgets, help and checks agree."""

from typing import Any

from pydantic import Field


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
