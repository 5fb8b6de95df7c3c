"""What a network holds to belong to a class: the class imagined several times, and what else is seen in it.

The dumbbell that never comes without an arm (Mordvintsev, Olah & Tyka 2015).
"""

import base64
import html
import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from inceptionist_gui import __version__
from inceptionist_gui.engine.networks import Network, judge_of, network_named
from inceptionist_gui.media import Picture, encoded, format_named
from inceptionist_gui.recipe import ClassGoal, Mode, Recipe, Start
from inceptionist_gui.render.still import Means, dreaming

if TYPE_CHECKING:
    from inceptionist_gui.engine.evidence import Verdict

TIMES = 6
SIZE = 288
"""px; of each picture."""
MOST_COMPANIONS = 8
_FIRST = 5
"""Classes that count as seen in a picture, the imagined one left out."""
_SHARE = 0.98
"""Of the work on a picture that lies in imagining it; the rest is looking."""
_QUALITY = 88
"""Of the pictures inside the report."""
_USUAL = Means()

Levels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Companion:
    """Another class that is seen where the imagined one is."""

    label: str
    network: float
    """How likely the network holds it, on average, with the imagined class left out."""
    judge: float
    """The same, by the network that took no part."""
    pictures: int
    """In how many pictures one of the two has it among its first five."""


@dataclass(frozen=True, slots=True, eq=False)
class Imagined:
    """One of the pictures."""

    seed: int
    pixels: Levels
    verdicts: "tuple[Verdict, ...]"
    """By the network, then by the judge."""
    seen: tuple[dict[str, float], ...]
    """By each of them, of all other classes, by label."""


@dataclass(frozen=True, slots=True, eq=False)
class Association:
    """The pictures of a class made so far, and what else is seen in them."""

    label: str
    network: Network
    judge: Network
    pictures: tuple[Imagined, ...]

    def companions(self, most: int = MOST_COMPANIONS) -> tuple[Companion, ...]:
        """The other classes, the likeliest by both networks together first."""
        if not self.pictures:
            return ()
        means = [_mean([picture.seen[who] for picture in self.pictures]) for who in (0, 1)]
        firsts = [{label for seen in picture.seen for label in _likeliest(seen)} for picture in self.pictures]
        known = [label for label in means[0] if label in means[1]]
        known.sort(key=lambda label: means[0][label] + means[1][label], reverse=True)
        return tuple(
            Companion(label, means[0][label], means[1][label], sum(label in first for first in firsts))
            for label in known[:most]
        )

    def data(self) -> dict[str, Any]:
        """All but the pixels, as JSON holds it."""
        return {
            "class": self.label,
            "network": self.network.name,
            "judge": self.judge.name,
            "pictures": [
                {
                    "seed": picture.seed,
                    "rank": picture.verdicts[0].rank,
                    "judge_rank": picture.verdicts[1].rank,
                    "judge_says": picture.verdicts[1].top[0].label,
                }
                for picture in self.pictures
            ],
            "companions": [
                {"label": c.label, "network": c.network, "judge": c.judge, "pictures": c.pictures}
                for c in self.companions()
            ],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """How far the imagining is, and what it gave so far."""

    done: float
    """The share of the whole work that lies behind."""
    association: Association


def imagining(label: str, network: str, size: int = SIZE, seed: int = 0) -> Recipe:
    """The recipe of one picture of the class, from noise, with the usual natural-image priors."""
    goals = (ClassGoal(label=label),)
    return Recipe(mode=Mode.IMAGINE, start=Start.NOISE, network=network, goals=goals, size=size, seed=seed)


def associating(
    label: str, network: str, times: int = TIMES, *, size: int = SIZE, seed: int = 0, means: Means = _USUAL
) -> Generator[Progress, None, None]:
    """Imagines the class so many times, with seeds from `seed` on; yields with every step of every picture.

    Raises UnknownNameError for a strange network or class.
    """
    description = network_named(network)
    own = description.classes.labels[description.class_index(label)]
    found = Association(own, description, judge_of(description), ())
    for number in range(times):
        recipe = imagining(own, network, size, seed + number)
        frame = None
        for frame in dreaming(recipe, None, means=means):
            yield Progress((number + frame.done * _SHARE) / times, found)
        assert frame is not None
        picture = _looked_at(frame.pixels(), seed + number, found, means)
        found = Association(own, description, found.judge, (*found.pictures, picture))
        yield Progress((number + 1) / times, found)


def _looked_at(pixels: Levels, seed: int, so_far: Association, means: Means) -> Imagined:
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.evidence import companions, verdict
    from inceptionist_gui.engine.networks.loading import load

    photo, device = pixels.astype(np.float32) / np.float32(255.0), chosen(means.device)
    networks = [load(each, device) for each in (so_far.network, so_far.judge)]
    return Imagined(
        seed,
        pixels,
        tuple(verdict(photo, each, so_far.label) for each in networks),
        tuple(companions(photo, each, so_far.label) for each in networks),
    )


def report(association: Association) -> str:
    """A page of HTML that needs nothing beside it: the pictures, the table, and the data to read by program."""
    title = f"{association.label}, imagined by {association.network.title}"
    rows = "\n".join(_row(each, len(association.pictures)) for each in association.companions())
    pictures = "\n".join(map(_figure, association.pictures))
    # What could end the element early is written as a number.
    data = json.dumps(association.data(), ensure_ascii=True).replace("<", "\\u003c")
    return _PAGE.format(
        title=html.escape(title),
        judge=html.escape(association.judge.title),
        network=html.escape(association.network.title),
        times=len(association.pictures),
        label=html.escape(association.label),
        pictures=pictures,
        rows=rows,
        data=data,
        program=f"Inceptionist {__version__}",
    )


def _row(companion: Companion, times: int) -> str:
    cells = "".join(
        f'<td class="bar"><i style="width:{share:.1%}"></i><b>{share:.1%}</b></td>'
        for share in (companion.network, companion.judge)
    )
    return f"<tr><th>{html.escape(companion.label)}</th>{cells}<td>{companion.pictures} of {times}</td></tr>"


def _figure(picture: Imagined) -> str:
    data = base64.b64encode(encoded(Picture(picture.pixels), format_named("jpeg"), quality=_QUALITY)).decode()
    judge = picture.verdicts[1]
    said = f"seed {picture.seed}; {judge.title}: {judge.top[0].label} {judge.top[0].probability:.0%}"
    return (
        f'<figure><img src="data:image/jpeg;base64,{data}" alt="seed {picture.seed}">'
        f"<figcaption>{html.escape(said)}</figcaption></figure>"
    )


def _mean(seen: Sequence[dict[str, float]]) -> dict[str, float]:
    return {label: sum(each[label] for each in seen) / len(seen) for label in seen[0]}


def _likeliest(seen: dict[str, float]) -> list[str]:
    return sorted(seen, key=lambda label: seen[label], reverse=True)[:_FIRST]


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ margin: 40px auto; max-width: 960px; padding: 0 24px; background: #18181a; color: #e8e8e6;
  font: 16px/1.5 system-ui, sans-serif; }}
h1 {{ font-size: 24px; font-weight: 500; margin: 0 0 8px; }}
p, figcaption, td, footer {{ color: #9e9ea0; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 24px; margin: 24px 0; }}
figure {{ margin: 0; }}
img {{ display: block; width: 100%; }}
figcaption {{ font-size: 14px; margin-top: 8px; }}
table {{ border-collapse: collapse; width: 100%; }}
th {{ font-weight: 400; text-align: left; padding: 6px 16px 6px 0; white-space: nowrap; }}
td {{ padding: 6px 16px 6px 0; }}
thead th {{ color: #9e9ea0; font-size: 14px; }}
.bar {{ width: 34%; }}
.bar i {{ display: inline-block; height: 8px; min-width: 1px; background: #c8643c; margin-right: 8px;
  max-width: calc(100% - 64px); }}
.bar b {{ font-weight: 400; font-variant-numeric: tabular-nums; font-size: 14px; }}
footer {{ margin-top: 32px; font-size: 14px; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>Made {times} times from noise, each time with another seed. Below: what else is seen in the pictures, {label}
itself left out, by the network that made them and by one that took no part.</p>
<main>
{pictures}
</main>
<table>
<thead><tr><th>also seen</th><th>{network}</th><th>{judge}</th><th>among the first five</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<script type="application/json" id="data">{data}</script>
<footer>{program}</footer>
</body>
</html>
"""
