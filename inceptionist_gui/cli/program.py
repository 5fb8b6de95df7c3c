"""The program: its commands, and faults turned into one line and an exit code."""

import difflib
import os
import sys
import traceback
from pathlib import Path

import click

from inceptionist_gui import __version__
from inceptionist_gui.cli.dreams import dream
from inceptionist_gui.cli.lists import classes, layers, networks, presets
from inceptionist_gui.cli.looks import look, recipe
from inceptionist_gui.errors import UserError

DONE, BAD_INPUT, INTERRUPTED = 0, 2, 130


class _Program(click.Group):
    """Takes a word that is no command for a file to open in the studio."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if self.get_command(ctx, word) is None and not word.startswith("-"):
            if not Path(word).exists():
                raise click.UsageError(f"{word}: no such file, and no such command{self._nearest(word)}")
            return "open", _open, args
        return super().resolve_command(ctx, args)

    def _nearest(self, word: str) -> str:
        close = difflib.get_close_matches(word, self.commands, n=1)
        return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(self.commands)}"


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


for _command in (dream, look, networks, layers, classes, presets, recipe):
    program.add_command(_command)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns the exit code: 0, 2, 3 or 130 as the guide lists them."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # Spinning threads would fight the window, and other programs, for the cores; read when torch is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        outcome = program.main(arguments, prog_name="inceptionist", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return _said("interrupted; no file was written", INTERRUPTED)
    except (click.ClickException, UserError) as error:
        if "--debug" in arguments:
            traceback.print_exc()
        line = error.format_message() if isinstance(error, click.ClickException) else str(error)
        return _said(" ".join(line.split()), error.exit_code if isinstance(error, UserError) else BAD_INPUT)
    except BrokenPipeError:
        # The reader of stdout went away, as `head` does: nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return outcome if isinstance(outcome, int) else DONE


def _said(line: str, code: int) -> int:
    sys.stderr.write(f"inceptionist: {line}\n")
    return code


def _studio(file: Path | None) -> None:
    # Here and not above: no command but this one needs Qt.
    from inceptionist_gui.app import open_studio

    click.get_current_context().exit(open_studio(file))
