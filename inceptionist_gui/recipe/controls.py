"""The recipe's numbers as a list of controls, and a recipe with one of them changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from inceptionist_gui.recipe.reading import RecipeError, explained
from inceptionist_gui.recipe.recipe import Part, Recipe

_WORDS = ("network", "start")
"""Fields that are set like controls but hold a word."""

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Control:
    """One number of the recipe with all that a slider, a help text or a check needs."""

    path: str
    """Dotted, as in `priors.smoothness`."""
    group: str
    title: str
    term: str
    tells: str
    unit: str
    minimum: float
    maximum: float
    step: float
    default: float
    whole: bool
    restarts: bool

    @property
    def decimals(self) -> int:
        """Digits behind the point that tell two neighbouring steps apart."""
        return 0 if self.whole else len(f"{self.step:.6f}".rstrip("0").split(".")[1])

    def shown(self, value: float) -> str:
        """The value as text with its unit."""
        return f"{value:.{self.decimals}f}{f' {self.unit}' if self.unit else ''}"


@cache
def controls() -> tuple[Control, ...]:
    """Every control, in the order in which the studio shows them."""
    return tuple(_controls_of(Recipe, ""))


def control_at(path: str) -> Control:
    """The control at a dotted path, or of the last name of one. Raises RecipeError with what there is."""
    for control in controls():
        if path in (control.path, control.path.rpartition(".")[2]):
            return control
    raise RecipeError(f"{path}: no such field; there are {', '.join([*_WORDS, *(c.path for c in controls())])}")


def value_at(recipe: Recipe, path: str) -> float:
    """The number at a dotted path."""
    value: Any = recipe
    for name in path.split("."):
        value = getattr(value, name)
    assert isinstance(value, int | float)
    return value


def with_value(recipe: Recipe, path: str, value: object) -> Recipe:
    """The recipe with the number at a dotted path changed.

    Raises RecipeError when the value is out of range or of the wrong kind.
    """
    return _replaced(recipe, path, value, within="")


def assigned(recipe: Recipe, assignment: str) -> Recipe:
    """The recipe with `field=value` carried out, as the command line writes it. Raises RecipeError."""
    field, equals, text = (part.strip() for part in assignment.partition("="))
    if not equals:
        raise RecipeError(f"{assignment}: not an assignment; write field=value, as in scale.octaves=5")
    if field in _WORDS:
        return with_value(recipe, field, text)
    return with_value(recipe, control_at(field).path, text)


def restarts(before: Recipe, after: Recipe) -> bool:
    """Whether a dream under way must begin anew for the change to show."""
    if (before.network, before.start) != (after.network, after.start):
        return True
    return any(value_at(before, c.path) != value_at(after, c.path) for c in controls() if c.restarts)


def _replaced(part: P, path: str, value: object, within: str) -> P:
    name, _, rest = path.partition(".")
    if rest:
        value = _replaced(getattr(part, name), rest, value, within=f"{within}{name}.")
    try:
        return type(part).model_validate({**dict(part), name: value})
    except ValidationError as error:
        raise RecipeError(explained(error, within.rstrip("."))) from error


def _controls_of(part: type[Part], prefix: str) -> Iterator[Control]:
    for name, field in part.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Part):
            yield from _controls_of(kind, f"{prefix}{name}.")
        elif isinstance(field.json_schema_extra, dict):
            yield _control(f"{prefix}{name}", part.heading, field, field.json_schema_extra)


def _control(path: str, group: str, field: FieldInfo, extra: dict[str, Any]) -> Control:
    bounds = {type(limit).__name__: limit for limit in field.metadata}
    return Control(
        path=path,
        group=group,
        title=field.title or path,
        term=extra["term"],
        tells=field.description or "",
        unit=extra["unit"],
        minimum=bounds["Ge"].ge,
        maximum=bounds["Le"].le,
        step=extra["step"],
        default=field.default,
        whole=field.annotation is int,
        restarts=extra["restarts"],
    )
