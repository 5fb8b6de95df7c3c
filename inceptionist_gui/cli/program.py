"""The program: its commands, and faults turned into one line and an exit code."""

import difflib
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import click

from inceptionist_gui import __version__
from inceptionist_gui.cli import INTERRUPTED
from inceptionist_gui.cli.dreams import dream
from inceptionist_gui.cli.fooling import associate, fool
from inceptionist_gui.cli.imagining import imagine
from inceptionist_gui.cli.jobs import job
from inceptionist_gui.cli.lists import classes, layers, networks, presets
from inceptionist_gui.cli.looks import look, recipe
from inceptionist_gui.cli.print_jobs import print_job_
from inceptionist_gui.cli.printing import print_
from inceptionist_gui.cli.telling import ReaderGoneError, open_missing_streams, tell_apart
from inceptionist_gui.engine.surroundings import prepare_surroundings
from inceptionist_gui.errors import NotEnoughError, UserError, lacks_memory
from inceptionist_gui.media.errors import reason, shown

DONE, UNFORESEEN, BAD_INPUT = 0, 1, 2


class _Interrupted(Exception):  # noqa: N818  Asked for, not an error.
    pass


class _Program(click.Group):
    """Takes a word that is no command for a file to open in the studio."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if self.get_command(ctx, word) is None and not word.startswith("-"):
            if not _is_there(word):
                raise click.UsageError(f"{shown(word)}: no such file, and no such command{self._nearest(word)}")
            return "open", _open, args
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            # click would put an empty line before ours.
            raise _Interrupted from error

    def _nearest(self, word: str) -> str:
        names = [name for name, command in self.commands.items() if not command.hidden]
        close = difflib.get_close_matches(word, names, n=1)
        return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(names)}"


def _is_there(word: str) -> bool:
    try:
        return Path(word).exists()
    except OSError as error:
        raise click.UsageError(f"{shown(word)[:80]}: no file can be so named ({reason(error)})") from error


@click.group(
    cls=_Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Without a command the studio opens, on a FILE if one is named.",
)
@click.version_option(__version__, prog_name="Inceptionist")
@click.pass_context
def program(context: click.Context) -> None:
    """Inceptionist: dream with image networks."""
    if context.invoked_subcommand is None:
        _studio(None)


@click.command(hidden=True)
@click.argument("file", type=click.Path(path_type=Path))
def _open(file: Path) -> None:
    _studio(file)


_MAKING = (dream, imagine, fool, print_, look, associate, job, print_job_)
for _command in (*_MAKING, networks, layers, classes, presets, recipe):
    program.add_command(_command)


def run(arguments: list[str]) -> int:
    """Runs the command line and returns the exit code; whatever goes wrong is told in one line."""
    prepare_surroundings()
    open_missing_streams()
    try:
        with _ended_gently():
            outcome = program.main(arguments, prog_name="inceptionist", standalone_mode=False)
    except BaseException as error:
        if isinstance(error, SystemExit):
            raise
        if "--debug" in arguments:
            traceback.print_exc()
        return _told(error)
    return outcome if isinstance(outcome, int) else DONE


def _told(error: BaseException) -> int:
    match error:
        case _Interrupted() | KeyboardInterrupt() | click.Abort():
            return _said("interrupted; no file was written", INTERRUPTED)
        case ReaderGoneError():
            # As `head` does, with what it wanted: nobody is left to tell.
            return DONE
        case click.ClickException():
            return _said(error.format_message(), BAD_INPUT)
        case UserError():
            return _said(str(error), error.exit_code)
    if lacks_memory(error):
        return _said("not enough free memory; a smaller size, or more memory, would do", NotEnoughError.exit_code)
    return _said(f"something went wrong ({type(error).__name__}: {error}); --debug tells where", UNFORESEEN)


@contextmanager
def _ended_gently() -> Iterator[None]:
    """Has a polite request to end, as by `kill`, clean up as Ctrl+C does."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _said(line: str, code: int) -> int:
    tell_apart(" ".join(f"inceptionist: {line}".split()))
    return code


def _studio(file: Path | None) -> None:
    # Here and not above: no command but this one needs Qt.
    from inceptionist_gui.app import open_studio

    click.get_current_context().exit(open_studio(file))
