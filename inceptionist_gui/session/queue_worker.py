"""The process that makes one picture of the queue; `cli.jobs` is what runs in it, and says why it is one."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from inceptionist_gui.session.clock import Clock
from inceptionist_gui.words import _

_PATIENCE = 3000
"""Milliseconds in which a process that was asked to leave may do so by itself."""
_PREFIX = "inceptionist: "


def command(file: Path, *verb: str) -> tuple[str, list[str]]:
    """Program and arguments that make the picture of a job's file, in an installed program as in a frozen one."""
    package = [] if getattr(sys, "frozen", False) else ["-m", "inceptionist_gui"]
    return sys.executable, [*package, *(verb or ("job",)), str(file)]


class Worker(QObject):
    """Makes one picture. Of what ends it, exactly one is told: `done` or `failed`, or nothing after `leave`."""

    progressed = Signal(float, str, object)
    """How much is done, from 0 to 1, what is being done, and the seconds left, or None."""
    done = Signal(object, float)
    """The Path of the picture, and the seconds it took."""
    failed = Signal(str)
    """One line."""

    def __init__(
        self, file: Path, parent: QObject | None = None, called: tuple[str, list[str]] | None = None
    ) -> None:
        """`called` are program and arguments, where they are not those for a job of the queue."""
        super().__init__(parent)
        self._clock = Clock()
        self._held = False
        self._output: Path | None = None
        self._seconds = 0.0
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_surroundings())
        program, arguments = called or command(file)
        self._process.setProgram(program)
        self._process.setArguments(arguments)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        self._process.start()

    def hold(self) -> None:
        """Pauses before the next iteration; what was made so far stays in memory."""
        self._held = True
        self._process.write(b"hold\n")

    def go_on(self) -> None:
        self._held = False
        # The time that it was held tells nothing of the time left.
        self._clock = Clock()
        self._process.write(b"go\n")

    def leave(self) -> None:
        """Has it give up, if it is not done; nothing more is told, and it is deleted when the process is gone."""
        self.blockSignals(True)
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self.deleteLater()
            return
        self._process.finished.connect(self.deleteLater)
        self._process.closeWriteChannel()
        QTimer.singleShot(_PATIENCE, self, self._process.kill)

    def wait(self) -> None:
        """After `leave`: returns when the process is gone."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            return
        if not self._process.waitForFinished(_PATIENCE):
            self._process.kill()
            self._process.waitForFinished(_PATIENCE)

    def _read(self) -> None:
        while self._process.canReadLine():
            self._hear(bytes(self._process.readLine().data()))

    def _hear(self, line: bytes) -> None:
        try:
            told = json.loads(line)
            if "output" in told:
                self._output, self._seconds = Path(told["output"]), float(told["seconds"])
            else:
                self._tell(float(told["done"]), str(told["text"]))
        except (ValueError, KeyError, TypeError):
            # A library that prints is not ours to mend.
            return

    def _tell(self, done: float, text: str) -> None:
        left = None if self._held or done <= 0.0 else self._clock.left(done)
        self.progressed.emit(done, text, left)

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        if status is QProcess.ExitStatus.NormalExit and code == 0 and self._output is not None:
            self.done.emit(self._output, self._seconds)
        else:
            self.failed.emit(self._fault(status))

    def _fault(self, status: QProcess.ExitStatus) -> str:
        told = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").splitlines()
        last = next((line for line in reversed(told) if line.startswith(_PREFIX)), "")
        if last and status is QProcess.ExitStatus.NormalExit:
            return last.removeprefix(_PREFIX)
        return _("It was ended from outside, as happens when memory runs out; a smaller size may do")

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(_("It could not be started: {reason}").format(reason=self._process.errorString()))


def _surroundings() -> QProcessEnvironment:
    surroundings = QProcessEnvironment.systemEnvironment()
    # What it says is read as such, whatever the system's own.
    surroundings.insert("PYTHONIOENCODING", "utf-8")
    return surroundings
