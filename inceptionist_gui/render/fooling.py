"""What came of fooling a network, and the sheet that shows it."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inceptionist_gui.engine.networks import judge_of, network_named
from inceptionist_gui.media import Picture, as_float32, as_uint8
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.association import imagining
from inceptionist_gui.render.comparison import Panel, Sheet, comparison
from inceptionist_gui.render.still import Means

if TYPE_CHECKING:
    from inceptionist_gui.engine.evidence import Verdict
    from inceptionist_gui.engine.fool import Fooled
    from inceptionist_gui.engine.networks.loading import LoadedNetwork

IMAGINED_SIZE = 288
"""px; of the class with the priors on, where it only stands beside."""
_USUAL = Means()
_GREY, _HALF = 128, 127.0

Levels = npt.NDArray[np.uint8]


def outcome(photo: Picture, result: Levels, recipe: Recipe, means: Means = _USUAL) -> "Fooled":
    """What the recipe's network and its judge say of the photo and of the result, as they are in files of 8 bits.

    Takes a moment: both networks look at both pictures. Raises UnknownNameError for a strange class.
    """
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.fool import judged

    return judged(as_uint8(photo.pixels), result, recipe.fool.label, _networks(recipe, means))


def verdicts(picture: Picture, recipe: Recipe, means: Means = _USUAL) -> "tuple[Verdict, ...]":
    """What the recipe's network and its judge say of any picture, and of the class in it."""
    from inceptionist_gui.engine.evidence import verdict

    photo = as_float32(picture.pixels)
    return tuple(verdict(photo, each, recipe.fool.label) for each in _networks(recipe, means))


def _networks(recipe: Recipe, means: Means) -> "list[LoadedNetwork]":
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.networks.loading import load

    network, device = network_named(recipe.network), chosen(means.device)
    return [load(each, device) for each in (network, judge_of(network))]


def with_priors(recipe: Recipe, size: int = IMAGINED_SIZE) -> Recipe:
    """The recipe that imagines the same class with the same network, with natural-image priors on."""
    return imagining(recipe.fool.label, recipe.network, size, recipe.seed)


def difference(photo: Levels, result: Levels) -> tuple[Levels, int]:
    """What was added, on mid-grey, so many times magnified that the largest change is pure; and how many times."""
    change = result.astype(np.int16) - photo
    factor = int(_HALF // max(1, int(np.abs(change).max(initial=0))))
    return (_GREY + change * factor).clip(0, 255).astype(np.uint8), factor


def sheet(
    photo: Picture, result: Levels, fooled: "Fooled", imagined: "tuple[Levels, tuple[Verdict, ...]]"
) -> Sheet:
    """Photo, difference, result, and the same class imagined, each with what the networks say of it.

    `imagined` is a picture made with `with_priors`, and the verdicts on it.
    """
    before = as_uint8(photo.pixels)
    magnified, factor = difference(before, result)
    pixels, verdicts = imagined
    panels = (
        Panel("Photo", before, said(fooled.photo)),
        Panel(f"Difference, {factor} times", magnified, size_of(fooled)),
        Panel("Photo with the difference", result, said(fooled.result)),
        Panel(f"{fooled.label}, with priors", pixels, said(verdicts)),
    )
    return comparison(panels)


def said(verdicts: "tuple[Verdict, ...]") -> tuple[str, ...]:
    """What each network names first, and how it stands to the class that was wanted, each in a line."""
    lines = []
    for verdict in verdicts:
        first, wanted = first_and_wanted(verdict)
        lines.append(f"{verdict.title}: {first}" if verdict.rank == 1 else f"{verdict.title}: {first}, {wanted}")
    return tuple(lines)


def first_and_wanted(verdict: "Verdict") -> tuple[str, str]:
    """As in "tabby 41%" and "banana 240th"."""
    first = verdict.top[0]
    return f"{first.label} {first.probability:.0%}", f"{verdict.wanted.label} {ordinal(verdict.rank)}"


def size_of(fooled: "Fooled") -> tuple[str, ...]:
    """The size of the change in words."""
    return (
        f"at most {fooled.largest}/255 a value",
        f"{fooled.typical:.2f}/255 root mean square",
        f"L2 {fooled.l2:.2f}",
    )


def ordinal(number: int) -> str:
    """As in 1st, 22nd, 113th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
