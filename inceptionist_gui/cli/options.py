"""The options that commands share."""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from inceptionist_gui.cli.goals import class_goal, layer_goal, neuron_goal
from inceptionist_gui.cli.telling import Telling
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.recipe import (
    Mode,
    Recipe,
    RecipeError,
    assigned,
    control_at,
    preset_named,
    recipe_from_text,
    with_value,
)
from inceptionist_gui.recipe.reading import LONGEST_TEXT

Command = Callable[..., None]
FILE = click.Path(path_type=Path)


def speaking(command: Command) -> Command:
    """Adds --json, --quiet and --debug; the command gets a Telling as its first argument."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
    @click.option("--quiet", is_flag=True, help="Print no progress and no notes.")
    @click.option("--debug", is_flag=True, help="Show the whole traceback of a fault.", expose_value=False)
    @wraps(command)
    def wrapped(as_json: bool, quiet: bool, **arguments: Any) -> None:
        command(Telling(as_json, quiet), **arguments)

    return wrapped


def placed(command: Command) -> Command:
    """Adds --device; the command gets it as the keyword `device`, a word of DeviceName."""
    return click.option(
        "--device",
        type=click.Choice([name.value for name in DeviceName]),
        default=DeviceName.AUTO.value,
        show_default=True,
        help="What to compute on; auto is a GPU where there is one, else the CPU.",
    )(command)


class MemoryType(click.ParamType[int]):
    """An amount of memory, as in 800MB or 2GB; the command gets bytes."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([MG])i?B?", str(value).strip(), re.IGNORECASE)
        size = float(found[1]) * _UNITS[found[2].upper()] if found else 0
        if not _LEAST_MEMORY <= size <= _MOST_MEMORY:
            self.fail(f"{value!r} is no amount of memory from 128MB to 1000GB, as in 2GB", param, ctx)
        return round(size)


_UNITS = {"M": 10**6, "G": 10**9}
_LEAST_MEMORY, _MOST_MEMORY = 128 * 10**6, 1000 * 10**9


def bounded(command: Command) -> Command:
    """Adds --memory; the command gets it as the keyword `memory`, in bytes, or None."""
    return click.option(
        "--memory",
        type=MemoryType(),
        help="About how much to take beside the program, as in 2GB; what does not fit goes to disk.",
    )(command)


def saving(command: Command) -> Command:
    """Adds --output, --depth and --quality; the command gets them as keywords."""
    for option in (
        click.option(
            "--quality", type=click.IntRange(1, 100), default=92, show_default=True, help="For JPEG and WebP."
        ),
        click.option("--depth", type=int, default=8, show_default=True, help="Bits per channel: 8 or 16."),
        click.option(
            "-o", "--output", type=FILE, required=True, help="Where to save it; the suffix tells the format."
        ),
    ):
        command = option(command)
    return command


def dreaming(command: Command) -> Command:
    """Adds the options that make a recipe; the command gets them as keywords for `recipe_of`."""
    classes = click.option(
        "--class",
        "classes",
        multiple=True,
        metavar="NAME[=WEIGHT]",
        help="A class to bring out, as in banana or banana=0.3; may be given several times.",
    )
    preset = click.option("--preset", metavar="NAME", help="A look to begin with; see `inceptionist presets`.")
    return preset(classes(asking(command)))


def asking(command: Command) -> Command:
    """Adds the options that make a recipe, whatever the way of working; see `recipe_of`."""
    size, seed = control_at("size"), control_at("seed")
    for option in reversed(
        (
            click.option("--recipe", "recipe_file", type=FILE, help="A recipe, or a picture with one inside."),
            click.option("--network", metavar="NAME", help="See `inceptionist networks`."),
            click.option(
                "--layer",
                "layers",
                multiple=True,
                metavar="NAME[:CHANNELS][=WEIGHT]",
                help="What to amplify, as in blocks.3 or blocks.3:4,7=0.5; may be given several times.",
            ),
            click.option(
                "--neuron",
                "neurons",
                multiple=True,
                metavar="LAYER:CHANNEL[@X,Y][=WEIGHT]",
                help="One neuron, at a place in percent of the picture, as in blocks.4:7@50,30.",
            ),
            click.option(
                "--set",
                "assignments",
                multiple=True,
                metavar="FIELD=VALUE",
                help="A field of the recipe, as in octaves=5; `inceptionist recipe --fields` lists them.",
            ),
            click.option("--size", metavar=size.unit.upper(), help=size.tells),
            click.option("--seed", metavar="N", help=seed.tells),
        )
    ):
        command = option(command)
    return command


def recipe_of(
    recipe_file: Path | None,
    network: str | None,
    layers: tuple[str, ...],
    classes: tuple[str, ...],
    neurons: tuple[str, ...],
    assignments: tuple[str, ...],
    size: str | None,
    seed: str | None,
    preset: str | None = None,
    mode: Mode = Mode.DREAM,
    **words: object,
) -> Recipe:
    """The recipe that the options ask for, each refining those before it; `words` are further fields.

    Raises UserError.
    """
    recipe = recipe_in(recipe_file) if recipe_file else Recipe()
    if preset:
        recipe = preset_named(preset).applied(recipe)
    recipe = recipe.model_copy(update={"mode": mode, **words})
    named = {"network": network, "size": size, "seed": seed}
    wanted = [f"{field}={value}" for field, value in named.items() if value is not None]
    for assignment in (*wanted, *assignments):
        recipe = assigned(recipe, assignment)
    goals = (*map(layer_goal, layers), *map(class_goal, classes), *map(neuron_goal, neurons))
    if goals:
        recipe = with_value(recipe, "goals", goals)
    return recipe.model_copy(update={"mode": mode, **words})


def has_goals(asked: dict[str, Any]) -> bool:
    """Whether the options for `recipe_of` say what is to be brought out."""
    return any(asked[name] for name in ("classes", "layers", "neurons", "recipe_file"))


def recipe_in(path: Path) -> Recipe:
    """The recipe in a JSON file or inside a picture. Raises UserError."""
    from inceptionist_gui.media import read_provenance

    if path.suffix.lower() != ".json":
        return read_provenance(path).recipe
    try:
        # Before opening: a pipe would wait for somebody to write, and a device may never end.
        if path.exists() and not path.is_file():
            raise RecipeError(f"{path}: a folder, device or pipe; a recipe is expected")
        with path.open("rb") as file:
            return recipe_from_text(file.read(LONGEST_TEXT + 1), path.name)
    except OSError as error:
        raise RecipeError(f"{path}: cannot be read ({error.strerror}); a recipe is expected") from error
