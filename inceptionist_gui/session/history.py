"""The history: what was finished, paused or saved, to be returned to, compared and branched from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.media import Project
from inceptionist_gui.places import data_folder
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.files import Found, found
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.session.states import HistoryState, States
from inceptionist_gui.words import _, n_

BUDGET = 2_000_000_000
"""Bytes on disk, photos and all."""


@dataclass(frozen=True, eq=False)
class Reopened:
    """A state, and what it holds."""

    state: HistoryState
    found: Found


class History(QObject):
    """The states on disk, read and written in the background."""

    changed = Signal()
    """`states()` gives others, or has others to give for the first time."""
    current_changed = Signal()
    """Another state is shown, or none."""
    opened = Signal(object)
    """A Reopened, which was asked for by `open`."""
    said = Signal(object)
    """A Message."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.budget = BUDGET
        self.current = ""
        """The id of the state that is shown; empty for none."""
        self._kept = States(data_folder() / "history")
        self._states: tuple[HistoryState, ...] = ()
        self._background = Background(self)
        self._turn = 0
        """Counts what was shown."""
        self._loaded = False
        self._complaint = ""
        """What was said of states that could not be kept: once is enough."""

    def states(self) -> tuple[HistoryState, ...]:
        """The oldest first; those of former runs once `load` was called."""
        return self._states

    def state(self, identity: str) -> HistoryState | None:
        return next((state for state in self._states if state.id == identity), None)

    def give(self, budget: int) -> None:
        """Bytes on disk from now on; what is more goes, the oldest first."""
        self.budget, stay = budget, self.current
        self._run(lambda: self._kept.prune(budget, {stay}))

    def load(self) -> None:
        """Has `changed` come with the states of former runs; they are read once."""
        if not self._loaded:
            self._loaded = True
            self._background.run(self._kept.all, self._on_loaded, self._complain)

    def keep(self, project: Project, parent: str, *, pinned: bool = False) -> None:
        """Keeps a dreamed picture with all that it was made of; the oldest states give way to it."""
        self._turn += 1
        turn, budget = self._turn, self.budget

        def work() -> tuple[HistoryState, tuple[HistoryState, ...]]:
            state = self._kept.keep(project, parent, pinned=pinned)
            self._kept.prune(budget, {state.id, parent})
            return state, self._kept.all()

        self._background.run(work, lambda done: self._on_kept(*done, turn), self._on_not_kept)

    def open(self, state: HistoryState) -> None:
        """Has `opened` come."""
        self._turn += 1
        turn = self._turn

        def hand_on(found: Found) -> None:
            if turn == self._turn:
                self.opened.emit(Reopened(state, found))

        self.read(state, hand_on)

    def read(self, state: HistoryState, then: Callable[[Found], None]) -> None:
        """Calls `then` with what the state holds."""
        self._background.run(lambda: found(self._kept.read(state)), then, self._complain)

    def pin(self, states: Iterable[HistoryState], *, on: bool) -> None:
        """Whether they stay, whatever room there is."""
        chosen = tuple(states)
        self._run(lambda: [self._kept.change(state, pinned=on) for state in chosen])

    def rename(self, state: HistoryState, title: str) -> None:
        self._run(lambda: self._kept.change(state, title=title))

    def delete(self, states: Iterable[HistoryState]) -> None:
        chosen = tuple(states)
        self._run(lambda: self._kept.delete(chosen))

    def enter(self, identity: str) -> None:
        """This state is shown from now on."""
        self._turn += 1
        if identity != self.current:
            self.current = identity
            self.current_changed.emit()

    def leave(self) -> None:
        """What is shown from now on is no state."""
        self.enter("")

    def finish(self) -> None:
        """Waits until all is written."""
        self._background.finish()

    def _run(self, work: Callable[[], object]) -> None:
        def working() -> tuple[HistoryState, ...]:
            work()
            return self._kept.all()

        self._background.run(working, self._take, self._complain)

    def _take(self, states: tuple[HistoryState, ...]) -> None:
        self._states = states
        self.changed.emit()

    def _on_loaded(self, states: tuple[HistoryState, ...]) -> None:
        damaged = self._kept.damaged
        if damaged:
            line = n_("{n} damaged state was left out", "{n} damaged states were left out", damaged)
            self._complain(_("History: {what}").format(what=line.format(n=damaged)))
        self._take(states)

    def _on_kept(self, state: HistoryState, states: tuple[HistoryState, ...], turn: int) -> None:
        self._complaint = ""
        self._loaded = True
        self._take(states)
        if turn == self._turn:
            self.enter(state.id)

    def _on_not_kept(self, line: str) -> None:
        if line != self._complaint:
            self._complaint = line
            self._complain(line)

    def _complain(self, line: str) -> None:
        self.said.emit(Message(line, Tone.ERROR))
