"""A print, from a finished picture to a file of any size; what is done is kept, so that it can be gone on with."""

import hashlib
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from inceptionist_gui import __version__
from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.networks import check, network_named
from inceptionist_gui.errors import NotEnoughError, lacks_memory
from inceptionist_gui.media import CannotWriteError, Pixels, check_target
from inceptionist_gui.media.embedding import About
from inceptionist_gui.media.errors import shown
from inceptionist_gui.media.profiles import NAMES, converted, profile_of
from inceptionist_gui.media.strips import Page, check_page, print_format_for, strips_for
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.checkpoint import Checkpoint, is_full
from inceptionist_gui.render.print_job import Layout, PrintJob, gap_of, layout_of
from inceptionist_gui.render.print_source import Original, cut, drawing, original_of

if TYPE_CHECKING:
    from inceptionist_gui.engine.devices import Device
    from inceptionist_gui.engine.frame import Frame
    from inceptionist_gui.engine.raster import Source

WHITE = 65_535
_FORMAT = 1
"""Of what is kept: what another version left cannot be gone on with."""
_BAND_PIXELS = 1_000_000
"""That are brought out at once, about."""
_WRITING = 1.5
"""Iterations over the whole picture that correcting and writing take, about."""
EVERY = 30.0
"""Seconds from one kept state to the next, about."""
_PATIENCE = 2.0
"""Seconds between two looks whether a full disk has room again."""
_SELDOM = 20.0
"""Times the seconds that keeping a state takes: until then no other is kept."""

Waiting = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class PrintProgress:
    """How far a print is."""

    done: float
    """From 0 to 1."""
    text: str
    waiting: bool = False
    """For room on the disk; the text says so."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A job that was found to be possible."""

    job: PrintJob
    layout: Layout
    original: Original
    """The part of it that is printed."""
    recipe: Recipe | None
    """What draws what the preview is too small to show."""
    page: Page


def prepared(job: PrintJob) -> Prepared:
    """Reads the source and checks all that can be checked before any work. Raises UserError."""
    form = print_format_for(job.output)
    check_target(job.output)
    if job.output.exists() and job.output.samefile(job.source):
        raise CannotWriteError(f"{shown(job.output.name)}: this is the source itself; another name would do")
    profile = profile_of(job.profile)
    whole = original_of(job)
    layout = layout_of(job, whole.size)
    original = cut(whole, layout)
    check(original.recipe)
    page = Page(
        width=layout.page[1],
        height=layout.page[0],
        depth=job.depth,
        dpi=job.dpi,
        profile=profile,
        provenance=original.provenance,
        about=About(job.title, job.author, job.copyright),
        compression=job.compression,
        quality=job.quality,
        bleed=layout.bleed,
        outside=layout.outside,
    )
    check_page(page, form)
    return Prepared(job, layout, original, drawing(original, job), page)


def printing(
    work: Prepared,
    *,
    resume: bool = False,
    pause: Waiting = time.sleep,
    every: float = EVERY,
) -> Generator[PrintProgress, None, None]:
    """Makes the file, which appears whole or not at all.

    What is done is kept in a folder beside it, about `every` so many seconds, and when the generator is
    closed: with `resume` another run goes on from there, to the same bytes. Where a disk is full it waits, with
    `pause` between two tries, and says so. Raises UserError, and NotEnoughError where memory will not do.
    """
    checkpoint = Checkpoint(work.job.output)
    checkpoint.begin(_key(work.job), resume=resume)
    while True:
        try:
            yield from _tried(work, checkpoint, every, pause)
            return
        except (OSError, NotEnoughError) as error:
            if not is_full(error):
                raise
        # From the last state, which needs no room of its own.
        yield _full_disk(checkpoint, 0.0)
        pause(_PATIENCE)


def resumable(work: Prepared) -> bool:
    """Whether an unfinished print of the very same lies beside the output."""
    return Checkpoint(work.job.output).holds(_key(work.job))


def _tried(work: Prepared, checkpoint: Checkpoint, every: float, pause: Waiting) -> Iterator[PrintProgress]:
    yield PrintProgress(0.0, "Waking the engine")
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.dream import printed
    from inceptionist_gui.engine.memory import Budget

    device = chosen(work.job.device)
    share, keeper = _drawing_share(work), _Keeper(checkpoint, every, pause)
    try:
        last = None
        for last in _drawn(work, device, checkpoint):
            yield from keeper.keep(last)
            try:
                yield PrintProgress(last.done * share, _told(last))
            except GeneratorExit:
                keeper.keep_at_last(last)
                raise
        if last is not None:
            yield from keeper.keep(last, now=True)
        budget = Budget(last.standing.budget if last and last.standing else work.job.memory)
        picture, photo = work.original.preview, work.original.photo
        yield PrintProgress(share, "Matching it with the preview")
        finished = printed(picture, photo, work.layout.picture, last, budget, device)
        for done in _written(work, finished, checkpoint):
            yield PrintProgress(share + (1.0 - share) * done, "Writing the file")
    except (MemoryError, RuntimeError) as error:
        if not lacks_memory(error):
            raise
        raise NotEnoughError(
            "memory: not enough free memory to print at this size; a smaller --memory would do, or a smaller size"
        ) from error


def _drawn(work: Prepared, device: "Device", checkpoint: Checkpoint) -> "Generator[Frame, Recipe | None, None]":
    """The frames of the dream that goes on; none where nothing is to be drawn."""
    from inceptionist_gui.engine.dream import dream_on
    from inceptionist_gui.engine.memory import Budget
    from inceptionist_gui.engine.networks.loading import load

    if work.recipe is None:
        return
    network, job = load(network_named(work.recipe.network), device), work.job
    budget = Budget(job.memory) if job.memory else None
    inputs = work.original.preview, work.original.photo, work.layout.picture, work.recipe, network, budget
    state = checkpoint.state()
    if state is not None:
        with state:
            frames = dream_on(*inputs, resumed=state)
            try:
                yield next(frames)
            except (ValueError, KeyError, TypeError):
                # What a disk has damaged is drawn anew: the bytes are the same.
                checkpoint.forget()
            else:
                yield from frames
                return
    yield from dream_on(*inputs)


class _Keeper:
    """Keeps states, as often as is worth it."""

    def __init__(self, checkpoint: Checkpoint, every: float, pause: Waiting) -> None:
        self._checkpoint, self._every, self._pause = checkpoint, every, pause
        self._due = time.monotonic() + every
        self._kept: Frame | None = None

    def keep(self, frame: "Frame", *, now: bool = False) -> Iterator[PrintProgress]:
        """Keeps it where that is due, or `now`; waits while the disk is full."""
        while now or time.monotonic() >= self._due:
            try:
                return self._save(frame)
            except OSError as error:
                if not is_full(error):
                    raise
            yield _full_disk(self._checkpoint, frame.done)
            self._pause(_PATIENCE)

    def keep_at_last(self, frame: "Frame") -> None:
        """Keeps it if there is room."""
        try:
            self._save(frame)
        except OSError:
            return

    def _save(self, frame: "Frame") -> None:
        from inceptionist_gui.engine.standing import write_standing

        standing = frame.standing
        if standing is None or frame is self._kept:
            return
        begun = time.monotonic()
        self._checkpoint.save(lambda file: write_standing(standing, file))
        self._kept = frame
        ended = time.monotonic()
        # To be kept at every iteration is asked for in so many words; else the work comes first.
        self._due = ended + (max(self._every, _SELDOM * (ended - begun)) if self._every else 0.0)


def _written(work: Prepared, finished: "Source", checkpoint: Checkpoint) -> Iterator[float]:
    """Writes the draft and puts it in the file's place."""
    with checkpoint.draft.open("wb") as file:
        yield from write_page(work, finished, file)
    checkpoint.finish()


def write_page(work: Prepared, finished: "Source", file: BinaryIO) -> Iterator[float]:
    """Writes a whole file, and tells how far it is from 0 to 1."""
    page = work.page
    strips = strips_for(print_format_for(work.job.output), page, file)
    step = strips.rows * -(-_BAND_PIXELS // (page.width * strips.rows))
    for top in range(0, page.height, step):
        strips.write(_band(work, finished, top, min(page.height, top + step)))
        yield top / page.height
    strips.finish()
    yield 1.0


def _band(work: Prepared, finished: "Source", top: int, bottom: int) -> Pixels:
    """Rows of the page as the file is to have them."""
    layout, page = work.layout, work.page
    band = np.full((bottom - top, page.width, 3), WHITE, np.uint16)
    first, last = max(top, layout.outside), min(bottom, page.height - layout.outside)
    if first < last:
        rows = slice(first - layout.outside, last - layout.outside)
        values = finished[Block(rows, slice(0, layout.picture[1]))][0].permute(1, 2, 0).cpu().numpy()
        columns = slice(layout.outside, layout.outside + layout.picture[1])
        band[first - top : last - top, columns] = np.rint(values * WHITE).astype(np.uint16)
    for rows, columns in layout.marks(gap_of(work.job)):
        band[max(0, rows.start - top) : max(0, rows.stop - top), columns] = 0
    return in_file_colours(work, band)


def in_file_colours(work: Prepared, band: Pixels) -> Pixels:
    """sRGB pixels of 16 bits as the file is to have them."""
    job, page = work.job, work.page
    there = converted(band, page.profile, job.intent, black_point=job.black_point, name=job.profile)
    return there if page.depth == 16 else ((there.astype(np.uint32) * 255 + 32_767) // 65_535).astype(np.uint8)


def _drawing_share(work: Prepared) -> float:
    """Of the whole work."""
    from inceptionist_gui.engine.lock import print_octaves

    if work.recipe is None:
        return 0.0
    sizes = print_octaves(work.original.size, work.layout.picture, work.recipe.scale.octave_scale)
    drawn = sum(height * width for height, width in sizes) * work.recipe.strength.iterations
    return drawn / (drawn + _WRITING * work.layout.picture[0] * work.layout.picture[1])


def _told(frame: "Frame") -> str:
    said = f"octave {frame.octave} of {frame.octaves}, iteration {frame.iteration} of {frame.iterations}"
    return f"{said} ({frame.note})" if frame.note else said


def _full_disk(checkpoint: Checkpoint, done: float) -> PrintProgress:
    from inceptionist_gui.engine.raster import scratch_folder

    folders = " or ".join(dict.fromkeys(map(str, (checkpoint.folder.parent, scratch_folder()))))
    return PrintProgress(
        done, f"Waiting: the disk is full; it goes on when there is room in {folders}", waiting=True
    )


def _key(job: PrintJob) -> str:
    """The same for the same bytes."""
    digest = hashlib.sha256(f"{__version__} {_FORMAT}".encode())
    anywhere = {"source": Path(), "photo": job.photo and Path(), "output": Path(job.output.suffix.lower())}
    decides = job.model_copy(update=anywhere)
    digest.update(decides.text().encode())
    profile = () if job.profile in NAMES else (Path(job.profile),)
    for path in (job.source, *([job.photo] if job.photo else ()), *profile):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
