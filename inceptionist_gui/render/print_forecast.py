"""What a print will take: time, memory, disk and the size of its file, told before it is begun."""

import shutil
import time
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.errors import NotEnoughError
from inceptionist_gui.media import Pixels
from inceptionist_gui.media.strips import Page, print_format_for, strips_for
from inceptionist_gui.recipe import Recipe, counting
from inceptionist_gui.render.print_loupe import Loupe
from inceptionist_gui.render.printing import WHITE, Prepared, in_file_colours, write_page

if TYPE_CHECKING:
    from inceptionist_gui.engine.devices import Device

_SAMPLE = 192
"""px; the side of a spot that is drawn to see how well the file packs."""
_SPOTS = (0.25, 0.5, 0.75)
"""Where the spots lie, on the diagonal."""
_TRIED = 1_500_000
"""Pixels of the picture that a step is timed on, at the most."""
_BESIDE = 100_000_000
"""Bytes beside what is counted (measured, as the following)."""
_OF_AN_OCTAVE = 35_000_000
"""Bytes that the network's library keeps for each size that it has seen."""
_OF_A_SIDE = 40_000
"""Bytes for each pixel of a side, where the picture is on disk."""
_KEPT = 1.2
"""Times what is worked with: what was freed is kept for the next step."""
_BYTES_AT_WORK = 150
_FILED, _HELD = 6, 12
"""Bytes of a pixel on disk, where two are taken for a value, and in memory."""
_UNKNOWN = 0.95
"""Of the plain size: what a lossless file comes to before it was tried."""
_UNKNOWN_LOSSY = 0.35


@dataclass(frozen=True, slots=True)
class Needs:
    """In bytes."""

    memory: int
    """Beside the idle program."""
    scratch: int
    """On disk where what does not fit into memory is kept, as long as it is drawn."""
    beside: int
    """On disk beside the output, the file itself included, as long as it takes."""
    file: int


@dataclass(frozen=True, slots=True)
class Forecast:
    seconds: float
    needs: Needs


def needs_of(work: Prepared, packed: float | None = None) -> Needs:
    """`packed` is the file's bytes for each of its plain ones, where that is known."""
    from inceptionist_gui.engine.lock import print_octaves
    from inceptionist_gui.engine.memory import memory_share
    from inceptionist_gui.engine.objectives import tap_of
    from inceptionist_gui.engine.tiles import Reach

    budget = work.job.memory or memory_share()
    pixels = work.layout.picture[0] * work.layout.picture[1]
    page = work.page
    form = print_format_for(work.job.output)
    plain = page.row_bytes * page.height
    file = round(plain * (packed or (_UNKNOWN_LOSSY if form.lossy else _UNKNOWN)))
    whole = plain if form.name == "webp" else 0
    preview = work.original.size[0] * work.original.size[1] * _HELD * 6
    if work.recipe is None:
        return Needs(round(_BESIDE + preview + whole), 0, file, file)
    goals = counting(work.recipe.goals)
    held = pixels * _HELD * 5 <= budget / 4
    reach = Reach.of(network_named(work.recipe.network), sorted({tap_of(goal) for goal in goals}))
    drawing = max(min(budget * 0.9, reach.bytes_per_pixel * pixels), min(budget / 4, _BYTES_AT_WORK * pixels))
    rasters = pixels * _HELD * (4 + len(goals)) if held else _OF_A_SIDE * pixels**0.5
    sizes = print_octaves(work.original.size, work.layout.picture, work.recipe.scale.octave_scale)
    beside = _BESIDE + _OF_AN_OCTAVE * len(sizes) + preview + whole
    filed = 0 if held else pixels * _FILED * (3 + len(goals))
    # Two states: the last is only taken away when the next is whole.
    states = 2 * 2 * pixels * (_HELD if held else _FILED)
    return Needs(round(beside + _KEPT * drawing + rasters), filed, max(states, states // 2 + file), file)


def forecast(work: Prepared) -> Forecast:
    """Tries a few seconds' worth of the work. Raises UserError as the work itself."""
    from inceptionist_gui.engine.devices import chosen

    device = chosen(work.job.device)
    loupe = Loupe(work)
    packed = _packed(work, loupe)
    drawing, writing = _timed(work, device)
    return Forecast(drawing + writing, needs_of(work, packed))


def check_room(work: Prepared, needs: Needs) -> None:
    """Raises NotEnoughError, saying how much would do, where disk or memory will not."""
    from inceptionist_gui.engine.raster import scratch_folder

    scratch, beside = scratch_folder(), work.job.output.resolve().parent
    wanted = {beside: needs.beside}
    if needs.scratch and _same_disk(scratch, beside):
        wanted[beside] += needs.scratch
    elif needs.scratch:
        wanted[scratch] = needs.scratch
    for folder, size in wanted.items():
        free = shutil.disk_usage(folder).free
        if free < size:
            raise NotEnoughError(
                f"disk: the print takes {_amount(size)} in {folder} while it is made, and {_amount(free)} are"
                " free; a smaller size would do, or --anyway, which waits for room when the disk is full"
            )
    memory = _free_memory()
    if memory is not None and memory < needs.memory:
        raise NotEnoughError(
            f"memory: the print takes {_amount(needs.memory)}, and {_amount(memory)} are free; a smaller --memory"
            " would do, or --anyway"
        )


def amounts(needs: Needs) -> dict[str, str]:
    """In words."""
    return {
        "memory": _amount(needs.memory),
        "disk": _amount(needs.scratch + needs.beside),
        "file": _amount(needs.file),
    }


def _packed(work: Prepared, loupe: Loupe) -> float:
    """Bytes of the file for each of its plain ones."""
    height, width = work.layout.picture
    found, plain = 0, 0
    for share in _SPOTS:
        spot = (
            max(0, round(width * share) - _SAMPLE // 2),
            max(0, round(height * share) - _SAMPLE // 2),
            min(_SAMPLE, width),
            min(_SAMPLE, height),
        )
        pixels = in_file_colours(work, np.rint(loupe.at(spot) * WHITE).astype(np.uint16))
        found += _body(work, pixels)
        plain += pixels.nbytes
    return found / plain


def _body(work: Prepared, pixels: Pixels) -> int:
    """Bytes that the pixels take in the file, apart from what stands around them."""
    form = print_format_for(work.job.output)

    def size(rows: int) -> int:
        page = _small_page(work.page, pixels.shape[1], rows)
        file = BytesIO()
        strips = strips_for(form, page, file)
        strips.write(pixels[:rows])
        strips.finish()
        return len(file.getvalue())

    return max(1, size(len(pixels)) - size(1))


def _small_page(page: Page, width: int, height: int) -> Page:
    return replace(page, width=width, height=height, bleed=0, outside=0)


def _timed(work: Prepared, device: "Device") -> tuple[float, float]:
    """Seconds of the drawing, and of the matching and writing."""
    from inceptionist_gui.engine.dream import dream_on, printed
    from inceptionist_gui.engine.lock import print_octaves
    from inceptionist_gui.engine.memory import Budget
    from inceptionist_gui.engine.networks.loading import load

    original, full = work.original, work.layout.picture
    scale = work.recipe.scale.octave_scale if work.recipe else 2.0
    sizes = print_octaves(original.size, full, scale)
    tried = max((size for size in sizes if _area(size) <= _TRIED), default=sizes[0] if sizes else full)
    last, drawing, budget = None, 0.0, Budget(work.job.memory)
    if work.recipe is not None and sizes:
        network = load(network_named(work.recipe.network), device)
        once = _one_octave(work.recipe)
        frames = dream_on(original.preview, original.photo, tried, once, network, Budget(work.job.memory))
        seconds, last = _second_step(frames)
        windows = [_windows(work.recipe, size, budget, network) for size in (tried, *sizes)]
        drawing = seconds / windows[0] * sum(windows[1:]) * work.recipe.strength.iterations
    begun = time.perf_counter()
    finished = printed(original.preview, original.photo, tried, last, budget, device)
    tried_work = _at_size(work, tried)
    for _ in write_page(tried_work, finished, BytesIO()):
        pass
    return drawing, (time.perf_counter() - begun) * _area(full) / _area(tried)


def _second_step(frames: Any) -> tuple[float, Any]:
    """The first step also makes the network ready."""
    next(frames)
    begun = time.perf_counter()
    last = next(frames)
    return time.perf_counter() - begun, last


def _one_octave(recipe: Recipe) -> Recipe:
    scale = recipe.scale.model_copy(update={"octave_scale": 1e6})
    strength = recipe.strength.model_copy(update={"iterations": 2})
    return recipe.model_copy(update={"scale": scale, "strength": strength})


def _windows(recipe: Recipe, size: Size, budget: Any, network: Any) -> float:
    """Pixels that the network sees of a picture of this size in a step."""
    from inceptionist_gui.engine.objectives import tap_of
    from inceptionist_gui.engine.tiles import work as tiled
    from inceptionist_gui.engine.ways import way_through

    names = sorted({tap_of(goal) for goal in counting(recipe.goals)})
    way = way_through(network, names, size, budget.activations)
    return tiled(size, way.grid, way.reach) + 60_000


def _at_size(work: Prepared, size: Size) -> Prepared:
    layout = replace(work.layout, picture=size, bleed=0, outside=0)
    return replace(work, layout=layout, page=_small_page(work.page, size[1], size[0]))


def _area(size: Size) -> int:
    return size[0] * size[1]


def _same_disk(first: Path, second: Path) -> bool:
    try:
        return first.stat().st_dev == second.stat().st_dev
    except OSError:
        return False


def _free_memory() -> int | None:
    """What Linux says is to be had; None elsewhere."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    found = next((line for line in lines if line.startswith("MemAvailable:")), "")
    return int(found.split()[1]) * 1024 if found else None


def _amount(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"
