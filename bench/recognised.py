"""Whether imagined classes are recognised by a network that took no part, and look natural; the peers beside us.

`BENCH_CLASSES`, a number, has only so many of the classes imagined, from the first on. `BENCH_PEERS`, a number,
has the peers imagine so many of them too, each for as long as we took: all of them take an hour. The pictures are
left below `bench/.peers/imagined/` to be looked at.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryFile
from time import perf_counter

import numpy as np
import numpy.typing as npt
import skimage.data
import torch
from PIL import Image

from bench.figure import Figure, at_least, at_most
from bench.peer_runs.imagining import PICTURE, SIZE, WEIGHTS
from bench.peers import CACHE, PEERS, _environment, _Gone, _reason
from inceptionist_gui.engine.evidence import predictions
from inceptionist_gui.engine.imagine import imagine
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import LoadedNetwork, load
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.spectrum import POINTS, points, profile
from inceptionist_gui.engine.surroundings import SURROUNDINGS
from inceptionist_gui.recipe import NO_PRIORS, ClassGoal, Mode, NaturalPriors, Recipe

CLASSES = (
    "banana", "dumbbell", "starfish", "goldfish", "ant", "anemone fish", "parachute", "screw", "measuring cup",
    "bee", "hen", "ladybug", "daisy", "lemon", "jellyfish", "volcano", "mosque", "tarantula", "school bus",
    "broccoli",
)  # fmt: skip
PHOTOS = (
    "astronaut.png", "camera.png", "chelsea.png", "coffee.png", "coins.png", "moon.png", "motorcycle_left.png",
    "motorcycle_right.png", "retina.jpg", "rocket.jpg",
)  # fmt: skip
"""scikit-image's photos of things and places, those that it ships."""
IMAGINING, NAMING, BESIDES = "lite0", "lite2", "lite1"
"""The network that imagines, the one whose word counts, and one more that took no part."""
LONGEST = 45.0
"""Seconds for a picture, on two cores."""
PEERS_ASKED = ("torch-lucent", "torch-dreams", "dreamlens")

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a network says of an imagined picture."""

    rank: int
    """Of the class that was wanted; 1 is first."""
    chance: float


def measure() -> list[Figure]:
    labels = CLASSES[: int(os.environ.get("BENCH_CLASSES", len(CLASSES)))]
    ours, seconds = _imagined("ours", labels, NaturalPriors())
    free, _ = _imagined("without-priors", labels, NO_PRIORS)
    figures = [*_recognised(ours, seconds), *_adversarial(free), *_natural(list(ours.values()))]
    beside = labels[: int(os.environ.get("BENCH_PEERS", 0))]
    if beside:
        figures += _beside_peers({label: ours[label] for label in beside}, median(seconds))
    return figures


def _recognised(pictures: dict[str, Floats], seconds: Sequence[float]) -> list[Figure]:
    named, besides = _all_seen(pictures, NAMING), _all_seen(pictures, BESIDES)
    count = len(pictures)
    return [
        at_least(f"recognised: {NAMING} names first, of {count}", _firsts(named), "", round(0.95 * count)),
        at_most(f"recognised: mean rank by {NAMING}", fmean(seen.rank for seen in named), "", 1.5),
        Figure(f"recognised: {BESIDES} names first, of {count}", _firsts(besides), "", "", None),
        at_most("recognised: median time for a picture", median(seconds), "s", LONGEST),
    ]


def _adversarial(pictures: dict[str, Floats]) -> list[Figure]:
    certain, fooled = _all_seen(pictures, IMAGINING), _all_seen(pictures, NAMING)
    return [
        at_least(f"no priors: least certainty of {IMAGINING}", min(seen.chance for seen in certain), "", 0.9),
        at_most(f"no priors: {NAMING} names first, of {len(pictures)}", _firsts(fooled), "", 2),
    ]


def _natural(pictures: Sequence[Floats]) -> list[Figure]:
    photos = [_slope(_photo(name)) for name in PHOTOS]
    slopes = [_slope(picture) for picture in pictures]
    within = sum(min(photos) <= slope <= max(photos) for slope in slopes)
    clipped = max(float(_clipped(picture)) for picture in pictures)
    return [
        Figure("natural: steepest of ten photos' spectra", round(min(photos), 3), "", "", None),
        Figure("natural: flattest of ten photos' spectra", round(max(photos), 3), "", "", None),
        Figure("natural: mean slope of the imagined", round(fmean(slopes), 3), "", "", None),
        at_least("natural: imagined whose slope is within the photos'", within, "", len(pictures)),
        at_most("natural: most clipped pixels in a picture", 100 * clipped, "%", 2.0),
    ]


def _beside_peers(ours: dict[str, Floats], seconds: float) -> list[Figure]:
    own = _all_seen(ours, NAMING)
    figures = []
    for name in PEERS_ASKED:
        title = f"imagined: {name} {PEERS[name]}"
        try:
            theirs = _all_seen(_by_peer(name, list(ours), seconds), NAMING)
        except _Gone as reason:
            figures.append(Figure(f"{title} no longer {reason}", 0.0, "", "", None))
            continue
        rank = fmean(seen.rank for seen in theirs)
        figures += [
            Figure(f"{title}, {NAMING} names first, of {len(ours)}", _firsts(theirs), "", "", None),
            Figure(f"{title}, mean rank", round(rank, 2), "", "", None),
            at_least(f"{title}, ours named first more often by", _firsts(own) - _firsts(theirs), "", 1),
        ]
    return figures


def _imagined(
    name: str, labels: Sequence[str], priors: NaturalPriors
) -> tuple[dict[str, Floats], Sequence[float]]:
    """The pictures by class, and the seconds each took."""
    network, pictures, seconds = load(network_named(IMAGINING)), {}, []
    for label in labels:
        recipe = Recipe(mode=Mode.IMAGINE, size=SIZE, goals=(ClassGoal(label=label),), natural=priors)
        begun = perf_counter()
        *_, last = imagine(recipe, [network])
        pictures[label] = last.floats()
        seconds.append(perf_counter() - begun)
        _keep(name, label, pictures[label])
        sys.stderr.write(f"{name}: {label} in {seconds[-1]:.0f} s, {_told(pictures[label], label)}\n")
    return pictures, seconds


def _by_peer(name: str, labels: Sequence[str], seconds: float) -> dict[str, Floats]:
    """What a peer makes of the same network in the same time. Raises _Gone."""
    folder = CACHE / "imagining"
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(load(network_named(IMAGINING)).module.state_dict(), folder / WEIGHTS)
    python, module = _environment(name, PEERS[name]), f"bench.peer_runs.imagine_{name.replace('-', '_')}"
    surroundings = os.environ | SURROUNDINGS | {"PYTHONPATH": str(Path(__file__).parents[1])}
    pictures = {}
    with TemporaryFile("w+", encoding="utf-8") as complaints:
        process = subprocess.Popen(
            [python, "-m", module, folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True, env=surroundings,
        )  # fmt: skip
        try:
            for label in labels:
                steps, taken = _asked(process, network_named(IMAGINING).class_index(label), seconds)
                pictures[label] = np.load(folder / PICTURE)
                _keep(name, label, pictures[label])
                told = _told(pictures[label], label)
                sys.stderr.write(f"{name}: {label} in {taken:.0f} s, {steps} steps, {told}\n")
        except (BrokenPipeError, ValueError):
            process.wait()
            complaints.seek(0)
            raise _Gone(f"runs: {_reason(complaints.read())}") from None
        finally:
            process.communicate()
    return pictures


def _asked(process: "subprocess.Popen[str]", index: int, seconds: float) -> tuple[int, float]:
    """The steps that were made and the seconds they took. Raises ValueError or BrokenPipeError."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{index} {seconds}\n")
    process.stdin.flush()
    steps, taken = process.stdout.readline().split()
    return int(steps), float(taken)


def _all_seen(pictures: dict[str, Floats], name: str) -> list[Seen]:
    network = load(network_named(name))
    return [_seen(picture, label, network) for label, picture in pictures.items()]


def _seen(picture: Floats, label: str, network: LoadedNetwork) -> Seen:
    # As a file would hold it, not as the optimiser does.
    rounded = np.round(picture * 255.0).astype(np.float32) / 255.0
    found = predictions(rounded, network, top=len(network.description.classes))
    wanted = network.description.class_index(label)
    rank = next(place for place, each in enumerate(found, 1) if each.index == wanted)
    return Seen(rank, found[rank - 1].probability)


def _told(picture: Floats, label: str) -> str:
    parts = []
    for name in (IMAGINING, BESIDES, NAMING):
        seen = _seen(picture, label, load(network_named(name)))
        parts.append(f"{name} {seen.rank} at {seen.chance:.2f}")
    return ", ".join(parts)


def _firsts(seen: Sequence[Seen]) -> int:
    return sum(each.rank == 1 for each in seen)


def _clipped(picture: Floats) -> float:
    """The share of pixels with a colour at either end of 8 bits."""
    levels = np.round(picture * 255.0)
    return float(((levels <= 0) | (levels >= 255)).any(axis=-1).mean())


def _slope(picture: Floats) -> float:
    """Of the amplitudes' logarithms against the frequencies', from 4 to 100 cycles per side."""
    tensor = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1)[None]
    found, frequencies = profile(resized(tensor, (256, 256)), POINTS), points(POINTS)
    fitted = (frequencies > 4) & (frequencies < 100) & ~found.isnan()
    return float(np.polyfit(frequencies[fitted].log().numpy(), found[fitted].log().numpy(), 1)[0])


def _photo(name: str) -> Floats:
    """Its middle square."""
    image = Image.open(Path(skimage.data.__file__).parent / name).convert("RGB")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    square = image.crop((left, top, left + side, top + side))
    return np.asarray(square, dtype=np.float32) / 255.0


def _keep(name: str, label: str, picture: Floats) -> None:
    folder = CACHE / "imagined" / name
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.round(picture * 255.0).astype(np.uint8)).save(folder / f"{label}.png")
