"""The command that prints."""

import re
import time
from pathlib import Path
from typing import Any

import click

from inceptionist_gui.cli.options import FILE, bounded, placed, speaking
from inceptionist_gui.cli.telling import Telling
from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.surroundings import expect_many_sizes
from inceptionist_gui.media import Picture, write_picture
from inceptionist_gui.media.errors import shown
from inceptionist_gui.media.paper import PAPERS, millimetres, paper_named
from inceptionist_gui.media.profiles import NAMES, SRGB, Intent
from inceptionist_gui.media.strips import Compression
from inceptionist_gui.render.checkpoint import Checkpoint
from inceptionist_gui.render.duration import clock
from inceptionist_gui.render.print_forecast import amounts, check_room, needs_of
from inceptionist_gui.render.print_forecast import forecast as foretold
from inceptionist_gui.render.print_job import Orientation, PrintJob, print_job
from inceptionist_gui.render.print_loupe import Loupe
from inceptionist_gui.render.printing import EVERY, Prepared, prepared, printing

_HUNDREDTHS = 100


class _LengthType(click.ParamType[str]):
    """A length, as in 60cm, 24in, 594mm or 7016px; the command gets the text, for pixels need the dpi."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            millimetres(str(value), 1.0)
        except ValueError:
            self.fail(f"{value!r} is no length, as in 60cm, 24in, 594mm or 7016px", param, ctx)
        return str(value)


class _BoxType(click.ParamType[tuple[float, ...]]):
    """Four numbers with commas between them: left, top, width and height."""

    name = "x,y,w,h"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"\s*(\d+(?:\.\d*)?)" + r"\s*,\s*(\d+(?:\.\d*)?)" * 3 + r"\s*", str(value))
        if not found:
            self.fail(
                f"{value!r} is no place; left, top, width and height are expected, as in 10,10,50,50", param, ctx
            )
        return tuple(map(float, found.groups()))


LENGTH, BOX = _LengthType(), _BoxType()

_OPTIONS = (
    click.option(
        "-o", "--output", type=FILE, required=True, help="Where to save it: .tif, .png, .jpg, .webp, .pdf."
    ),
    click.option("--width", type=LENGTH, help="Of the sheet, as in 60cm, 24in or 7016px."),
    click.option("--height", type=LENGTH, help="With --width as well, the picture is cut to that shape."),
    click.option("--paper", metavar="NAME", help="A size of paper in place of both, as in A1 or 50x70cm."),
    click.option(
        "--orientation",
        type=click.Choice([word.value for word in Orientation]),
        help="Which way the sheet lies; a paper lies as the picture does without it.",
    ),
    click.option(
        "--crop", type=BOX, help="The part of the picture to print: left, top, width, height in percent."
    ),
    click.option(
        "--dpi", type=click.FloatRange(10, 2400), default=300.0, show_default=True, help="Dots to the inch."
    ),
    click.option(
        "--bleed", type=LENGTH, default="0mm", show_default=True, help="Beyond each edge, to be cut off."
    ),
    click.option("--marks", is_flag=True, help="Draw crop marks around the picture."),
    click.option("--depth", type=int, default=8, show_default=True, help="Bits per channel: 8 or 16."),
    click.option(
        "--quality", type=click.IntRange(1, 100), default=92, show_default=True, help="For JPEG and WebP."
    ),
    click.option(
        "--compression",
        type=click.Choice([word.value for word in Compression]),
        default=Compression.DEFLATE.value,
        show_default=True,
        help="For TIFF.",
    ),
    click.option(
        "--icc",
        "profile",
        default=SRGB,
        show_default=True,
        metavar="FILE",
        help=f"{' or '.join(NAMES)}, or a file.",
    ),
    click.option(
        "--intent",
        type=click.Choice([word.value for word in Intent]),
        default=Intent.RELATIVE.value,
        show_default=True,
        help="What becomes of colours that the profile does not have.",
    ),
    click.option(
        "--no-black-point", is_flag=True, help="Leave black where it is, though the profile has none so dark."
    ),
    click.option(
        "--detail",
        type=click.FloatRange(0.0, 2.0),
        default=1.0,
        show_default=True,
        help="How strongly what the preview is too small to show is drawn; 0 only enlarges.",
    ),
    click.option("--goals", metavar="N,...", help="Which of the recipe's goals draw it, from 1; all without it."),
    click.option("--photo", type=FILE, help="What the picture was dreamed from, for its full resolution."),
    click.option("--title", default=""),
    click.option("--author", default=""),
    click.option("--copyright", default=""),
    click.option("--resume", is_flag=True, help="Go on with a print that was broken off."),
    click.option("--forecast", is_flag=True, help="Tell what it would take, and make nothing."),
    click.option(
        "--loupe",
        type=BOX,
        help="Save a spot of the print at 100 % instead: left, top, width, height in its pixels.",
    ),
    click.option(
        "--anyway", is_flag=True, help="Begin though disk or memory may not do; a full disk is waited for."
    ),
    click.option(
        "--keep-every",
        type=click.FloatRange(0.0),
        default=EVERY,
        show_default=True,
        metavar="SECONDS",
        help="How often to keep what is done, for --resume.",
    ),
)


def _asking(command: Any) -> Any:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(name="print")
@click.argument("source", type=FILE)
@_asking
@placed
@bounded
@speaking
def print_(
    tell: Telling,
    source: Path,
    resume: bool,
    keep_every: float,
    forecast: bool,
    loupe: tuple[float, float, float, float] | None,
    anyway: bool,
    **asked: Any,
) -> None:
    """Print SOURCE, a picture with its recipe inside or a project, at any size: the same picture, drawn finer."""
    expect_many_sizes()
    job = _job(source, **asked)
    work = prepared(job)
    if forecast:
        _tell_forecast(work, tell)
        return
    if loupe is not None:
        _look(work, loupe, tell)
        return
    if not anyway:
        check_room(work, needs_of(work))
    _print(work, tell, resume=resume, every=keep_every)


def _job(
    source: Path,
    *,
    output: Path,
    width: str | None,
    height: str | None,
    paper: str | None,
    orientation: str | None,
    crop: tuple[float, float, float, float] | None,
    bleed: str,
    dpi: float,
    no_black_point: bool,
    goals: str | None,
    device: str,
    **plain: Any,
) -> PrintJob:
    sides: dict[str, Any] = {"width": _length(width, dpi), "height": _length(height, dpi)}
    lies = Orientation(orientation or Orientation.GIVEN)
    if paper is not None:
        if width or height:
            raise click.UsageError("print: --paper says both width and height; leave those out")
        found = paper_named(paper)
        if found is None:
            names = ", ".join(each.name for each in PAPERS)
            raise click.BadParameter(f"{paper}: no such paper; there are {names}", param_hint="--paper")
        sides = {"width": found.width, "height": found.height}
        lies = Orientation(orientation or Orientation.AUTO)
    elif not (width or height):
        raise click.UsageError("print: a --width, a --height or a --paper is expected, as in --width 60cm")
    part = (0.0, 0.0, 1.0, 1.0) if crop is None else tuple(min(1.0, side / _HUNDREDTHS) for side in crop)
    return print_job(
        source=source,
        output=output,
        orientation=lies,
        crop=part,
        dpi=dpi,
        bleed=_length(bleed, dpi) or 0.0,
        black_point=not no_black_point,
        goals=_numbers(goals),
        device=DeviceName(device),
        **sides,
        **plain,
    )


def _tell_forecast(work: Prepared, tell: Telling) -> None:
    line = tell.progress()
    line.at(0.0, "Trying a little of it")
    found = foretold(work)
    line.end()
    height, width = work.layout.page
    said = amounts(found.needs)
    tell.result(
        f"{width}x{height} px, about {clock(found.seconds)}, {said['memory']} of memory, {said['disk']} of disk"
        f" while it is made, a file of {said['file']}",
        {
            "width": width,
            "height": height,
            "seconds": round(found.seconds, 1),
            "memory": found.needs.memory,
            "scratch": found.needs.scratch,
            "beside": found.needs.beside,
            "file": found.needs.file,
        },
    )
    check_room(work, found.needs)


def _look(work: Prepared, place: tuple[float, float, float, float], tell: Telling) -> None:
    """Saves a spot of the print."""
    began, output = time.monotonic(), work.job.output
    left, top, width, height = map(int, place)
    line = tell.progress()
    line.at(0.0, "Drawing the spot")
    spot = Loupe(work).at((left, top, width, height))
    line.end()
    write_picture(Picture(spot), output, depth=work.job.depth, quality=work.job.quality, dpi=work.job.dpi)
    seconds = time.monotonic() - began
    tell.summary(
        f"{shown(str(output))}: {spot.shape[1]}x{spot.shape[0]} of the print, in {clock(seconds)}; strokes of the"
        " same kind and strength, not each at its place",
        {
            "output": str(output),
            "width": spot.shape[1],
            "height": spot.shape[0],
            "seconds": round(seconds, 2),
        },
    )


def _length(text: str | None, dpi: float) -> float | None:
    return None if text is None else millimetres(text, dpi)


def _numbers(text: str | None) -> tuple[int, ...] | None:
    """The numbers of goals, counted from 0."""
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,3}(,\d{1,3})*", text) or "0" in text.split(","):
        raise click.BadParameter(f"{text}: numbers from 1 are expected, as in 1,3", param_hint="--goals")
    return tuple(int(number) - 1 for number in text.split(","))


def _print(work: Prepared, tell: Telling, *, resume: bool, every: float) -> None:
    output, checkpoint = work.job.output, Checkpoint(work.job.output)
    if checkpoint.unfinished and not resume:
        tell.note(f"{shown(output.name)}: an unfinished print is begun anew; --resume would have gone on with it")
    began, line = time.monotonic(), tell.progress()
    steps, waiting = printing(work, resume=resume, every=every), False
    try:
        for step in steps:
            if step.waiting and not waiting:
                line.end()
                tell.note(step.text)
            waiting = step.waiting
            line.at(step.done, step.text)
    except KeyboardInterrupt:
        steps.close()
        line.end()
        tell.note(f"{shown(output.name)}: broken off; --resume goes on with it")
        raise
    finally:
        line.end()
    height, width = work.layout.page
    seconds = time.monotonic() - began
    tell.summary(
        f"{shown(str(output))}: {width}x{height}, {width / work.job.dpi * 2.54:.1f} x"
        f" {height / work.job.dpi * 2.54:.1f} cm, in {clock(seconds)}",
        {
            "output": str(output),
            "width": width,
            "height": height,
            "dpi": work.job.dpi,
            "depth": work.job.depth,
            "bytes": output.stat().st_size,
            "seconds": round(seconds, 2),
        },
    )
