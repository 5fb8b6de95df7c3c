"""Whether a print is its preview: sameness, detail, seams; and what a print takes of memory and time.

Sameness and detail are taken at 4 and 12 times a preview's size, with and without the lock. Memory and time are
those of one iteration at 4, 70 and 400 megapixels with all that follows: matching with the preview, and a TIFF of
16 bits, which goes nowhere. Each size runs in a process of its own.
"""

import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, cast
from unittest.mock import patch

import numpy as np
from PIL import Image
from skimage import data
from skimage.metrics import structural_similarity

from bench.figure import Figure, at_least, at_most
from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.dream import dream, dream_on, printed
from inceptionist_gui.engine.frame import Frame, Shown
from inceptionist_gui.engine.lock import Lock
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import load
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Source
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.tiles import Reach, places
from inceptionist_gui.media.profiles import profile_of
from inceptionist_gui.media.strips import Compression, Page
from inceptionist_gui.recipe import Provenance, Recipe, with_value
from inceptionist_gui.render.print_job import Layout, PrintJob
from inceptionist_gui.render.print_source import Original
from inceptionist_gui.render.printing import Prepared, write_page

PREVIEW = 192
"""px"""
TIMES = (4, 12)
MEGAPIXELS = {4: 0.8, 70: 1.0, 400: 1.2}
"""And how many GB over the idle program they may take."""
GROWTH = 1.15
"""How much longer a megapixel may take than at 4 MP."""
MEMORY = 400_000_000
"""Bytes; what `--memory 400MB` asks for."""
_GRID = (3, 4)


def measure() -> list[Figure]:
    return [*_sameness(), *_means()]


def _sameness() -> list[Figure]:
    network, recipe = load(network_named("lite0")), with_value(Recipe(size=PREVIEW), "scale.octaves", 4)
    photo = data.coffee()  # type: ignore[no-untyped-call]
    preview = _last(dream(photo, recipe, network)).pixels()
    figures = []
    for times in TIMES:
        full = preview.shape[0] * times, preview.shape[1] * times
        last = _last(dream_on(preview, photo, full, recipe, network))
        picture = printed(preview, photo, full, last, Budget())
        same = _ssim(_pixels(picture), preview)
        figures.append(at_least(f"print: sameness with the preview at {times} times its size", same, "", 0.95))
        if times == TIMES[0]:
            with patch.object(Lock, "freed", lambda _, move: move):
                loose = _last(dream_on(preview, photo, full, recipe, network))
            ratio = _new(last, preview) / _new(loose, preview)
            plain = _ssim(_pixels(Shown(loose)), preview)
            figures += [
                Figure("print: sameness without the lock, for comparison", round(plain, 4), "", "", None),
                at_most("print: energy of the new bands, distance from the unlocked", abs(ratio - 1.0), "", 0.1),
                at_most("print: seams, score's distance from 1.00", abs(_seams(preview, recipe) - 1.0), "", 0.02),
            ]
    return figures


def _last(frames: Any) -> Frame:
    *_, last = frames
    return cast(Frame, last)


def _pixels(source: Source) -> Any:
    return source[Block.whole(source.size)][0].permute(1, 2, 0).mul(255).round().byte().numpy()


def _ssim(picture: Any, preview: Any) -> float:
    size = preview.shape[1], preview.shape[0]
    reduced = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS))
    return float(structural_similarity(reduced, preview, channel_axis=2))  # type: ignore[no-untyped-call]


def _new(last: Frame, preview: Any) -> float:
    """RMS of what was drawn in the bands that the preview is too small to show."""
    detail = last.detail[Block.whole(last.detail.size)]
    size = preview.shape[0], preview.shape[1]
    low = resized(resized(detail, size), last.detail.size)
    return float((detail - low).square().mean().sqrt())


def _seams(preview: Any, recipe: Recipe) -> float:
    """Mean change of the detail across the tiles' borders over that elsewhere, beside that of the untiled."""
    return _across(preview, recipe, _GRID) / _across(preview, recipe, (1, 1))


def _across(preview: Any, recipe: Recipe, grid: Size) -> float:
    full = preview.shape[0] * 6, preview.shape[1] * 6
    once = with_value(with_value(recipe, "strength.iterations", 4), "scale.octave_scale", 2.0)
    once = once.model_copy(update={"scale": once.scale.model_copy(update={"octave_scale": 1e6})})
    scores, names = [], ["blocks.4"]
    reach = Reach.of(network_named("lite0"), names)
    with patch("inceptionist_gui.engine.ways.grid_for", lambda *_: grid):
        chance = random.Random(recipe.seed)
        for frame in dream_on(preview, None, full, once, load(network_named("lite0"))):
            detail = frame.detail[Block.whole(full)]
            # The grid that the step drew, from an equal source of chance.
            drawn = list(places(full, _GRID, reach, recipe.scale.jitter, chance))
            for dim, borders in zip((-2, -1), _borders(drawn), strict=True):
                change = detail.diff(dim=dim).abs().movedim(dim, 0).flatten(1).mean(1)
                scores.append(float(change[borders].mean() / change.mean()))
    return sum(scores) / len(scores)


def _borders(drawn: Any) -> tuple[list[int], list[int]]:
    return sorted({p.row - 1 for p in drawn if p.row}), sorted({p.column - 1 for p in drawn if p.column})


def _means() -> list[Figure]:
    figures, rates = [], {}
    for megapixels, goal in MEGAPIXELS.items():
        command = [sys.executable, "-m", "bench.prints", str(megapixels)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds, peak = map(float, done.stdout.split())
        rates[megapixels] = seconds / megapixels
        figures.append(
            at_most(f"print: {megapixels} MP, --memory 400MB, over the idle program", peak / 1e9, "GB", goal)
        )
    for megapixels in list(MEGAPIXELS)[1:]:
        growth = rates[megapixels] / rates[min(MEGAPIXELS)]
        figures.append(at_most(f"print: a megapixel at {megapixels} MP over one at 4 MP", growth, "x", GROWTH))
    return figures


class _Nowhere:
    """A file that keeps nothing."""

    def __init__(self) -> None:
        self._at = 0

    def write(self, data: bytes) -> int:
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def seek(self, at: int, whence: int = 0) -> int:
        return at + whence


def _print(megapixels: int) -> None:
    network = load(network_named("lite0"))
    preview = np.random.default_rng(0).integers(0, 256, (576, 768, 3), dtype=np.uint8)
    height = round((megapixels * 1e6 * 3 / 4) ** 0.5)
    full = height, round(height * 4 / 3)
    idle = _resident("VmRSS")
    recipe = with_value(Recipe(), "strength.iterations", 1)
    recipe = recipe.model_copy(update={"scale": recipe.scale.model_copy(update={"octave_scale": 1e6})})
    made = Provenance(recipe=recipe)
    page = Page(full[1], full[0], 16, 300.0, profile_of("srgb"), made, compression=Compression.DEFLATE)
    job = PrintJob(source=Path("preview.png"), output=Path("print.tif"), width=600, depth=16, memory=MEMORY)
    layout = Layout(full, 0, 0, 1, (0, 0, 768, 576))
    work = Prepared(job, layout, Original(preview, None, made), recipe, page)
    begun = time.perf_counter()
    last = _last(dream_on(preview, None, full, recipe, network, Budget(MEMORY)))
    drawn = time.perf_counter()
    for _ in write_page(work, printed(preview, None, full, last, Budget(MEMORY)), cast(BinaryIO, _Nowhere())):
        pass
    sys.stderr.write(
        f"{megapixels} MP: {drawn - begun:.1f} s drawn, {time.perf_counter() - drawn:.1f} s written\n"
    )
    sys.stdout.write(f"{time.perf_counter() - begun} {_resident('VmHWM') - idle}\n")


def _resident(what: str) -> int:
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1]) * 1024


if __name__ == "__main__":
    _print(int(sys.argv[1]))
