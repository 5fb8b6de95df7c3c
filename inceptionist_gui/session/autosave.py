"""The open work, kept safe from a crash while it is worked on, and offered back after one."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, Project
from inceptionist_gui.places import data_folder
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.files import Found, found
from inceptionist_gui.session.naming import subject
from inceptionist_gui.session.recovery import Berth, LeftBehind, Note, berth_in, left_behind
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State, Tone
from inceptionist_gui.words import _

SOON, GLIMPSE = 2.0, 6.0
"""Seconds from a change until it is on disk, about, and between two looks at the dream under way."""
_SHARE = 10
"""How many times as long as a writing took it is left alone: a large picture takes its time."""


class Autosave(QObject):
    """Watches a session and keeps what it works on; a clean end takes it away."""

    offered = Signal(object)
    """A LeftBehind, to be brought back or discarded."""
    written = Signal()
    """What was to be kept is on disk."""

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
        *,
        root: Path | None = None,
        soon: float = SOON,
        glimpse: float = GLIMPSE,
    ) -> None:
        """`root` is where all studios keep their work; without one, the user's own."""
        super().__init__(parent)
        self._session = session
        self._root = root or data_folder() / "recovery"
        self._berth: Berth | None = None
        self._waiting: list[LeftBehind] = []
        self._taken_over: list[LeftBehind] = []
        """It was brought back, and is let go when it is kept anew."""
        self._newest: Picture | None = session.result
        self._writing = False
        self._complained = False
        self._background = Background(self)
        self._soon = QTimer(self, singleShot=True, interval=int(soon * 1000))
        self._soon.timeout.connect(self._write)
        self._least = int(glimpse * 1000)
        self._glimpses = QTimer(self, interval=self._least)
        self._glimpses.timeout.connect(session.glimpse)
        self._listen()

    def _listen(self) -> None:
        session = self._session
        session.recipe_changed.connect(self._touch)
        session.file_changed.connect(self._touch)
        session.picture_opened.connect(self._touch)
        session.result_changed.connect(self._see)
        session.glimpsed.connect(self._see)
        session.state_changed.connect(self._on_state)

    # What was left behind

    def look(self) -> None:
        """Has the newest work that was left behind be `offered`, if there is any."""
        self._waiting = list(left_behind(self._root))
        self._offer()

    def bring_back(self, left: LeftBehind) -> None:
        """Opens it in place of what is open; older work that was left behind waits for the next start."""
        self._background.run(
            lambda: found(left.berth.read()), lambda work: self._take_over(left, work), self._complain
        )

    def discard(self, left: LeftBehind) -> None:
        left.berth.clear()
        left.berth.leave()
        self._offer()

    def _offer(self) -> None:
        if self._waiting:
            self.offered.emit(self._waiting.pop(0))

    def _take_over(self, left: LeftBehind, work: Found) -> None:
        project = Path(left.note.project) if left.note.project else None
        if self._session.adopt_work(work, project, in_file=False):
            self._taken_over.append(left)
            self._session.said.emit(Message(_("Your work is back")))

    # What is worked on

    def _see(self, picture: Picture | None) -> None:
        self._newest = picture
        self._touch()

    def _touch(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _on_state(self, state: State) -> None:
        if state is State.DREAMING and not self._session.demonstrating:
            self._glimpses.start()
        else:
            self._glimpses.stop()

    @property
    def _worth_keeping(self) -> bool:
        session = self._session
        if session.demonstrating or (session.project is not None and not session.unsaved):
            return False
        return session.photo is not None or session.unsaved or session.undo_stack.canUndo()

    def _write(self) -> None:
        if self._writing:
            self._touch()
            return
        began, keep = time.monotonic(), self._worth_keeping
        work, note = self._work(), self._note()
        self._writing = True
        self._background.run(
            lambda: self._keep(work, note) if keep else self._clear(),
            lambda _none: self._on_written(time.monotonic() - began),
            self._on_unwritten,
        )

    def _work(self) -> Project:
        work = self._session.work()
        if self._newest is work.result:
            return work
        return Project(work.recipe, work.photo, self._newest)

    def _note(self) -> Note:
        session = self._session
        name = subject(session.recipe, session.photo.name if session.photo else "")
        if session.project is not None:
            name = session.project.name
        return Note(name=name[:1000], time=time.time(), project=str(session.project or ""))

    def _keep(self, work: Project, note: Note) -> None:
        if self._berth is None:
            self._berth = berth_in(self._root)
        self._berth.write(work, note)

    def _clear(self) -> None:
        if self._berth is not None:
            self._berth.clear()

    def _on_written(self, took: float) -> None:
        self._writing, self._complained = False, False
        self._glimpses.setInterval(max(self._least, int(took * 1000) * _SHARE))
        self._let_go()
        self.written.emit()

    def _let_go(self) -> None:
        for left in self._taken_over:
            left.berth.clear()
            left.berth.leave()
        self._taken_over = []

    def _on_unwritten(self, line: str) -> None:
        self._writing = False
        if not self._complained:
            self._complained = True
            self._complain(line)

    def _complain(self, line: str) -> None:
        self._session.said.emit(Message(line, Tone.ERROR))

    # The end

    def close(self, *, keep: bool = False) -> None:
        """Lets go of what was kept; with `keep` it stays, to be offered at the next start."""
        self._soon.stop()
        self._glimpses.stop()
        self._background.finish()
        if keep and self._worth_keeping:
            self._keep_at_last()
        else:
            self._clear()
            self._let_go()
        for left in self._waiting:
            left.berth.leave()
        if self._berth is not None:
            self._berth.leave()

    def _keep_at_last(self) -> None:
        try:
            self._keep(self._work(), self._note())
        except UserError as error:
            self._complain(str(error))
