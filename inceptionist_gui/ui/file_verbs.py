"""Opening, saving and what must be asked before a dream is let go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inceptionist_gui.media import READABLE_SUFFIXES, Picture, format_named
from inceptionist_gui.recipe import Mode, Recipe, Start
from inceptionist_gui.session.naming import subject
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import Message, State, Tone
from inceptionist_gui.ui.incoming import FromBytes, FromFile, Unusable, incoming
from inceptionist_gui.ui.questions import Answer, ask_unsaved
from inceptionist_gui.ui.saving import KINDS, MADE, Target, ask_target, kind_for, pictures_folder, suggested


class FileVerbs(QObject):
    """What the window does with files, and the questions that go with it.

    `ask_unsaved`, `ask_target` and `ask_file` put up dialogs; tests answer in their place.
    """

    said = Signal(object)
    """A Message."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self._kind = KINDS[0]
        self._opening: Path | None = None
        self._then: Callable[[], None] | None = None
        """What waits for a save."""
        session.picture_opened.connect(self._on_opened)
        session.saved.connect(self._on_saved)
        session.save_failed.connect(self._on_save_failed)

    def name(self) -> str:
        """What is worked on, as the title shows it."""
        if self._session.path is not None:
            return self._session.path.name
        return subject(self._recipe(), self._session.photo.name if self._session.photo else "")

    def _recipe(self) -> Recipe:
        """Of the picture that is shown."""
        session = self._session
        made = session.result.provenance if session.result and session.state is State.IDLE else None
        return made.recipe if made else session.recipe

    # In

    def choose_file(self) -> None:
        path = self.ask_file()
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        self.settle(lambda: self._open(path))

    def take(self, mime: QMimeData, name: str) -> None:
        """Opens what was dropped or pasted."""
        match incoming(mime, name):
            case FromFile(path, note):
                if note:
                    self.said.emit(Message(note))
                self.open(path)
            case FromBytes(data, own_name):
                self.settle(lambda: self._session.open_bytes(data, own_name))
            case Unusable(why):
                self.said.emit(Message(why, Tone.ERROR))

    def start_from(self, start: Start) -> None:
        """Begins a dream of the photo, clouds or noise."""
        self.settle(lambda: self._start_from(start))

    def _open(self, path: Path) -> None:
        self._opening = path
        self._settings.open_folder = path.absolute().parent
        self._session.open(path)

    def _start_from(self, start: Start) -> None:
        self._session.set_start(start)
        self._session.start()

    def _on_opened(self, picture: Picture | None) -> None:
        path, self._opening = self._opening, None
        if path is not None and picture is not None and picture.name == path.name:
            self._settings.add_recent(path)

    # Out

    def save(self) -> None:
        """Writes to where the dream was saved before, else asks."""
        if self._session.path is None:
            self.save_as()
        else:
            self._save_to(Target(self._session.path, kind_for(self._session.path, self._kind)))

    def save_as(self) -> None:
        target = self.ask_target(self._suggestion())
        if target is None:
            self._then = None
        else:
            self._save_to(target)

    def _save_to(self, target: Target) -> None:
        self._kind = target.kind
        self._settings.save_folder = target.path.absolute().parent
        if self._recipe().mode is Mode.FOOL and format_named(target.kind.format).lossy:
            title = format_named(target.kind.format).title
            self.said.emit(Message(f"{title} blurs away what fools the network; PNG and TIFF keep it"))
        self._session.save(target.path, depth=target.kind.depth, quality=target.kind.quality)

    def _suggestion(self) -> Path:
        if self._session.path is not None:
            return self._session.path
        folder = self._settings.save_folder or pictures_folder()
        return suggested(folder, self.name(), MADE[self._recipe().mode])

    def _on_saved(self, path: Path) -> None:
        self._settings.add_recent(path)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_save_failed(self) -> None:
        self._then = None

    # Questions

    def settle(self, then: Callable[[], None]) -> None:
        """Calls `then` once the dream is in a file or may be let go; never, if the user thinks better of it."""
        answer = self.ask_unsaved() if self._session.unsaved else Answer.DISCARD
        if answer is Answer.SAVE:
            self._then = then
            self.save()
        elif answer is Answer.DISCARD:
            then()

    def ask_unsaved(self) -> Answer:
        return ask_unsaved(self._window, self.name())

    def ask_target(self, suggestion: Path) -> Target | None:
        return ask_target(self._window, suggestion, self._kind)

    def ask_file(self) -> Path | None:
        every = " ".join(f"*{suffix}" for suffix in READABLE_SUFFIXES)
        folder = str(self._settings.open_folder or pictures_folder())
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open a photo", folder, f"Pictures ({every});;All files (*)"
        )
        return Path(name) if name else None
