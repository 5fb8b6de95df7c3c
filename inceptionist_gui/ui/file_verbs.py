"""Opening, saving and what must be asked before a piece of work is let go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inceptionist_gui.media import PROJECT_SUFFIX, READABLE_SUFFIXES, Picture, format_named
from inceptionist_gui.recipe import Mode, Recipe, Start
from inceptionist_gui.session.naming import subject
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import Message, State, Tone
from inceptionist_gui.ui.incoming import FromBytes, FromFile, Unusable, incoming
from inceptionist_gui.ui.questions import Answer, ask_unsaved
from inceptionist_gui.ui.saving import (
    KINDS,
    MADE,
    Target,
    ask_project,
    ask_target,
    kind_for,
    pictures_folder,
    suggested,
    suggested_project,
)
from inceptionist_gui.words import _


class FileVerbs(QObject):
    """What the window does with files, and the questions that go with it.

    `ask_unsaved`, `ask_target`, `ask_project` and `ask_file` put up dialogs; tests answer in their place.
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
        session.project_opened.connect(settings.add_recent)
        session.saved.connect(self._on_saved)
        session.save_failed.connect(self._on_save_failed)

    def name(self) -> str:
        """What is worked on, as the title shows it."""
        file = self._session.project or self._session.path
        return file.name if file is not None else self._subject()

    def _subject(self) -> str:
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
        """Writes the work to its project, and asks where that is to be if it has none yet."""
        if self._session.project is None:
            self.save_as()
        else:
            self._session.save_project(self._session.project)

    def save_as(self) -> None:
        path = self.ask_project(self._suggested_project())
        if path is None:
            self._then = None
        else:
            self._settings.save_folder = path.absolute().parent
            self._session.save_project(path)

    def save_picture(self) -> None:
        """Writes to where the picture was saved before, else asks."""
        if self._session.path is None:
            self.save_picture_as()
        else:
            self._save_to(Target(self._session.path, kind_for(self._session.path, self._kind)))

    def save_picture_as(self) -> None:
        target = self.ask_target(self._suggestion())
        if target is None:
            self._then = None
        else:
            self._save_to(target)

    def save_other(self, picture: Picture) -> None:
        """Asks where a picture is to go that is not the one on the canvas, and writes it there."""
        made = picture.provenance
        source = subject(made.recipe, made.source) if made else picture.name
        target = self.ask_target(suggested(self._folder(), source, MADE[made.recipe.mode if made else Mode.DREAM]))
        if target is not None:
            self._session.save_other(picture, target.path, depth=target.kind.depth, quality=target.kind.quality)

    def _save_work(self) -> None:
        """To whichever file holds it."""
        if self._session.project is None and self._session.path is not None:
            self.save_picture()
        else:
            self.save()

    def _save_to(self, target: Target) -> None:
        self._kind = target.kind
        self._settings.save_folder = target.path.absolute().parent
        if self._recipe().mode is Mode.FOOL and format_named(target.kind.format).lossy:
            title = format_named(target.kind.format).title
            self.said.emit(
                Message(_("{format} blurs away what fools the network; PNG and TIFF keep it").format(format=title))
            )
        self._session.save(target.path, depth=target.kind.depth, quality=target.kind.quality)

    def _suggestion(self) -> Path:
        if self._session.path is not None:
            return self._session.path
        return suggested(self._folder(), self._subject(), MADE[self._recipe().mode])

    def _suggested_project(self) -> Path:
        return self._session.project or suggested_project(self._folder(), self._subject())

    def _folder(self) -> Path:
        return self._settings.save_folder or pictures_folder()

    def _on_saved(self, path: Path) -> None:
        self._settings.add_recent(path)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_save_failed(self) -> None:
        self._then = None

    # Questions

    def settle(self, then: Callable[[], None]) -> None:
        """Calls `then` once the work is in a file or may be let go; never, if the user thinks better of it."""
        answer = self.ask_unsaved() if self._session.unsaved else Answer.DISCARD
        if answer is Answer.SAVE:
            self._then = then
            self._save_work()
        elif answer is Answer.DISCARD:
            then()

    def ask_unsaved(self) -> Answer:
        return ask_unsaved(self._window, self.name(), in_project=self._session.project is not None)

    def ask_target(self, suggestion: Path) -> Target | None:
        return ask_target(self._window, suggestion, self._kind)

    def ask_project(self, suggestion: Path) -> Path | None:
        return ask_project(self._window, suggestion)

    def ask_file(self) -> Path | None:
        every = " ".join(f"*{suffix}" for suffix in (PROJECT_SUFFIX, *READABLE_SUFFIXES))
        folder = str(self._settings.open_folder or pictures_folder())
        kinds = _("Pictures and projects ({every});;All files (*)").format(every=every)
        name, _chosen = QFileDialog.getOpenFileName(self._window, _("Open"), folder, kinds)
        return Path(name) if name else None
