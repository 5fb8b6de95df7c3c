"""The recipe's numbers as a list of controls, and a recipe with one of them changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from inceptionist_gui.recipe.fields import EVERY_MODE, Mode, Part
from inceptionist_gui.recipe.reading import RecipeError, explained
from inceptionist_gui.recipe.recipe import Recipe
from inceptionist_gui.words import _

_WORDS = ("mode", "network", "start", "fool.label")
"""Fields that are set like controls but hold a word."""
_SHAPING = ("mode", "network", "start", "imagine.networks", "imagine.profile", "fool.label")
"""Fields without a control that a run under way cannot take up."""
_LISTS = ("imagine.networks",)
"""Fields that are set as words with commas between them."""

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
    modes: frozenset[Mode] = EVERY_MODE
    """The ways of working in which it matters."""

    @property
    def decimals(self) -> int:
        """Digits behind the point that tell two neighbouring steps apart."""
        return 0 if self.whole else len(f"{self.step:.6f}".rstrip("0").split(".")[1])

    def shown(self, value: float) -> str:
        """The value as text with its unit."""
        return f"{value:.{self.decimals}f}{f' {self.unit}' if self.unit else ''}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the recipe's fields that hold one of a few words, with all that a list of them needs."""

    path: str
    """Dotted, as in `imagine.parameterization`."""
    group: str
    title: str
    term: str
    tells: str
    options: tuple[str, ...]
    default: str
    restarts: bool
    modes: frozenset[Mode]
    """The ways of working in which it matters."""


@cache
def controls() -> tuple[Control, ...]:
    """Every control, in the order in which the studio shows them."""
    return tuple(
        _control(path, part, field, extra) for path, part, field, extra in _described() if not _words_of(field)
    )


@cache
def choices() -> tuple[Choice, ...]:
    """Every field that holds one of a few words, in the order in which the studio shows them."""
    return tuple(
        _choice(path, part, field, extra) for path, part, field, extra in _described() if _words_of(field)
    )


def controls_of(mode: Mode) -> tuple[Control, ...]:
    """The controls that matter in a way of working."""
    return tuple(control for control in controls() if mode in control.modes)


def choices_of(mode: Mode) -> tuple[Choice, ...]:
    """The fields of few words that matter in a way of working."""
    return tuple(choice for choice in choices() if mode in choice.modes)


def control_at(path: str, mode: Mode = Mode.DREAM) -> Control:
    """The control at a dotted path, or of the last name of one. Raises RecipeError with what there is.

    Where several have that last name, the one that matters in this way of working.
    """
    for control in (*controls_of(mode), *controls()):
        if path in (control.path, control.path.rpartition(".")[2]):
            return control
    others = (*_WORDS, *_LISTS, *(c.path for c in choices()), *(c.path for c in controls()))
    raise RecipeError(_("{path}: no such field; there are {others}").format(path=path, others=", ".join(others)))


def value_at(recipe: Recipe, path: str) -> float:
    """The number at a dotted path."""
    value = _at(recipe, path)
    assert isinstance(value, int | float)
    return value


def word_at(recipe: Recipe, path: str) -> str:
    """The word at a dotted path."""
    return str(_at(recipe, path))


def with_value(recipe: Recipe, path: str, value: object) -> Recipe:
    """The recipe with the number at a dotted path changed.

    Raises RecipeError when the value is out of range or of the wrong kind.
    """
    return _replaced(recipe, path, value, within="")


def assigned(recipe: Recipe, assignment: str) -> Recipe:
    """The recipe with `field=value` carried out, as the command line writes it. Raises RecipeError."""
    field, equals, text = (part.strip() for part in assignment.partition("="))
    if not equals:
        raise RecipeError(
            _("{assignment}: not an assignment; write field=value, as in scale.octaves=5").format(
                assignment=assignment
            )
        )
    for path in (*_WORDS, *(c.path for c in choices()), *_LISTS):
        if field in (path, path.rpartition(".")[2]):
            words = tuple(word.strip() for word in text.split(",") if word.strip())
            return with_value(recipe, path, words if path in _LISTS else text)
    return with_value(recipe, control_at(field, recipe.mode).path, text)


def restarts(before: Recipe, after: Recipe) -> bool:
    """Whether a dream under way must begin anew for the change to show."""
    wholes = [*_SHAPING, *(c.path for c in choices() if c.restarts), *(c.path for c in controls() if c.restarts)]
    return any(_at(before, path) != _at(after, path) for path in wholes)


def _replaced(part: P, path: str, value: object, within: str) -> P:
    name, _, rest = path.partition(".")
    if rest:
        value = _replaced(getattr(part, name), rest, value, within=f"{within}{name}.")
    try:
        return type(part).model_validate({**dict(part), name: value})
    except ValidationError as error:
        raise RecipeError(explained(error, within.rstrip("."))) from error


def _at(recipe: Recipe, path: str) -> Any:
    value: Any = recipe
    for name in path.split("."):
        value = getattr(value, name)
    return value


_Described = tuple[str, type[Part], FieldInfo, dict[str, Any]]


@cache
def _described() -> tuple[_Described, ...]:
    """Every field that describes itself: its path, its part, itself and what it says beside pydantic's own."""
    return tuple(_described_in(Recipe, ""))


def _described_in(part: type[Part], prefix: str) -> Iterator[_Described]:
    for name, field in part.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Part):
            yield from _described_in(kind, f"{prefix}{name}.")
        elif isinstance(field.json_schema_extra, dict):
            yield f"{prefix}{name}", part, field, field.json_schema_extra


def _words_of(field: FieldInfo) -> tuple[str, ...]:
    """The words that the field may hold; empty for a number."""
    kind = field.annotation
    return tuple(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()


def _choice(path: str, part: type[Part], field: FieldInfo, extra: dict[str, Any]) -> Choice:
    return Choice(
        path=path,
        group=part.heading,
        title=field.title or path,
        term=extra["term"],
        tells=field.description or "",
        options=tuple(str(word) for word in _words_of(field)),
        default=str(field.default),
        restarts=extra["restarts"],
        modes=part.modes,
    )


def _control(path: str, part: type[Part], field: FieldInfo, extra: dict[str, Any]) -> Control:
    bounds = {type(limit).__name__: limit for limit in field.metadata}
    return Control(
        path=path,
        group=part.heading,
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
        modes=part.modes,
    )
