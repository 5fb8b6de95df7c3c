"""What the studio's print dialog calls: a print, its forecast or a spot of it, in a process of its own.

As `jobs`, and for the same reasons; it speaks and hears the same lines.
"""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import click

from inceptionist_gui.cli.jobs import Reins, Reporting
from inceptionist_gui.cli.options import FILE
from inceptionist_gui.cli.printing import BOX
from inceptionist_gui.engine.surroundings import expect_many_sizes
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, write_picture, write_whole
from inceptionist_gui.media.errors import reason, shown
from inceptionist_gui.render.print_forecast import check_room, forecast, needs_of
from inceptionist_gui.render.print_job import PrintJob, print_job_from_text
from inceptionist_gui.render.print_loupe import Loupe
from inceptionist_gui.render.printing import Prepared, prepared, printing, resumable
from inceptionist_gui.render.priority import lower_priority


@click.command(name="print-job", hidden=True)
@click.option("--forecast", "foretell", is_flag=True)
@click.option("--spot", type=BOX)
@click.argument("file", type=FILE)
def print_job_(foretell: bool, spot: tuple[float, float, float, float] | None, file: Path) -> None:
    """Make the print that a FILE of the studio asks for; or tell what it takes, or show a spot of it."""
    lower_priority()
    expect_many_sizes()
    work = prepared(_job_in(file))
    began = time.monotonic()
    tell = Reporting(json=True, reins=Reins(sys.stdin.fileno()))
    if foretell:
        output = _foretold(work, file)
    elif spot is not None:
        left, top, width, height = map(int, spot)
        output = file.with_suffix(".png")
        write_picture(Picture(Loupe(work).at((left, top, width, height))), output)
    else:
        output = _printed(work, tell)
    tell.result("", {"output": str(output), "seconds": round(time.monotonic() - began, 2)})


def _job_in(file: Path) -> PrintJob:
    try:
        return print_job_from_text(file.read_bytes(), shown(file.name))
    except OSError as error:
        raise UserError(f"{shown(file.name)}: cannot be read ({reason(error)}); a print is expected") from error


def _foretold(work: Prepared, file: Path) -> Path:
    output = file.with_suffix(".forecast")
    found = forecast(work)
    write_whole(output, json.dumps(asdict(found)).encode())
    check_room(work, found.needs)
    return output


def _printed(work: Prepared, tell: Reporting) -> Path:
    resume = resumable(work)
    if not resume:
        check_room(work, needs_of(work))
    line, steps = tell.progress(), printing(work, resume=resume)
    try:
        for step in steps:
            line.at(step.done, step.text)
    finally:
        steps.close()
    return work.job.output
