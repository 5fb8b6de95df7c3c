"""What the window does with the queue: puts pictures into it, and shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from inceptionist_gui.media import READABLE_SUFFIXES, Picture, format_named
from inceptionist_gui.media.errors import shown
from inceptionist_gui.places import data_folder
from inceptionist_gui.recipe import Mode, Recipe, Start, control_at
from inceptionist_gui.render.job import RenderJob, unused, wants_photo
from inceptionist_gui.session.naming import subject
from inceptionist_gui.session.queue import Queue
from inceptionist_gui.session.queue_line import Asked
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.ui.queue_notice import QueueNotice
from inceptionist_gui.ui.saving import KINDS, MADE, pictures_folder, stem_for
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.words import _, n_

if TYPE_CHECKING:
    from inceptionist_gui.ui.queue import QueuePanel
    from inceptionist_gui.ui.queue_dialog import Manner, QueueDialog

FOLDER = "queue"
"""Among the user's data."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What pictures are made of."""

    name: str
    file: Path | None = None


class QueueVerbs(QObject):
    """The queue of a window. `ask_photos` puts up a dialog; tests answer in its place."""

    said = Signal(object)
    """A Message."""
    picture_wanted = Signal(object)
    """The Path of a picture to be opened in the studio."""
    wanted = Signal()
    """The queue is to be seen: there is something in it now."""

    def __init__(self, session: Session, settings: Settings, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._theme = theme
        self._window = window
        self.queue = Queue(data_folder() / FOLDER, self)
        self.queue.said.connect(self.said)
        self.notice = QueueNotice(self.queue, window)
        self.notice.said.connect(self.said)

    def panel(self) -> "QueuePanel":
        """A panel that shows the queue, newly made."""
        # Here and not above: the window is there before anything is queued.
        from inceptionist_gui.ui.queue import QueuePanel

        panel = QueuePanel(self.queue, lambda: self._theme.tones)
        panel.opened.connect(self._open)
        panel.shown.connect(self._show_folder)
        self._theme.changed.connect(panel.list.viewport().update)
        return panel

    def wake(self) -> None:
        """Goes on with what an earlier session left."""
        self.queue.wake()
        if any(not entry.settled for entry in self.queue.entries):
            self.wanted.emit()

    def close(self) -> None:
        self.queue.close()

    # In

    def add(self) -> None:
        """The picture as it is to be made now, as the last ones were."""
        recipe = self._session.recipe
        if not self._lacks_photo(recipe):
            self._add_open(recipe, self._manner(recipe.size))

    def add_with(self) -> "QueueDialog | None":
        """Asks how; the picture that is open, in as many variants as wanted."""
        recipe = self._session.recipe
        if self._lacks_photo(recipe):
            return None
        return self._ask(recipe, 1, lambda manner: self._add_open(recipe, manner))

    def add_photos(self) -> "QueueDialog | None":
        """Asks for photos, and how; each gets the recipe as it is now."""
        paths = self.ask_photos()
        if not paths:
            return None
        self._settings.open_folder = paths[0].absolute().parent
        now = self._session.recipe
        # Nothing is imagined of photos.
        mode = Mode.DREAM if now.mode is Mode.IMAGINE else now.mode
        recipe = now.model_copy(update={"start": Start.PHOTO, "mode": mode})
        sources = [_Source(path.name, path.absolute()) for path in paths]
        return self._ask(recipe, len(paths), lambda manner: self._add(recipe, manner, sources))

    def _ask(self, recipe: Recipe, photos: int, then: "Callable[[Manner], None]") -> "QueueDialog":
        from inceptionist_gui.ui.queue_dialog import QueueDialog

        dialog = QueueDialog(self._manner(recipe.size), photos, self._window)
        dialog.asked.connect(self._remember)
        dialog.asked.connect(then)
        dialog.open()
        return dialog

    def _manner(self, size: int) -> "Manner":
        """As the last ones were."""
        from inceptionist_gui.ui.queue_dialog import Manner

        title = self._settings.queue_format
        kind = next((each for each in KINDS if each.title == title), KINDS[0])
        folder = self._settings.queue_folder or self._settings.save_folder or pictures_folder()
        return Manner(size, 1, kind, folder)

    def _remember(self, manner: "Manner") -> None:
        self._settings.queue_folder = manner.folder
        self._settings.queue_format = manner.kind.title

    def _lacks_photo(self, recipe: Recipe) -> bool:
        lacks = wants_photo(recipe) and self._session.photo is None
        if lacks:
            self.said.emit(Message(_("There is no photo to queue yet: drop one anywhere"), Tone.ERROR))
        return lacks

    def _add_open(self, recipe: Recipe, manner: "Manner") -> None:
        photo = self._session.photo if wants_photo(recipe) else None
        self._add(recipe, manner, [_Source(photo.name if photo else "")], photo)

    def _add(
        self, recipe: Recipe, manner: "Manner", sources: Sequence[_Source], photo: Picture | None = None
    ) -> None:
        jobs = self._jobs(recipe.model_copy(update={"size": manner.size}), manner, sources)
        idle = all(entry.settled for entry in self.queue.entries)
        if not self.queue.add(Asked(jobs, photo)):
            return
        if idle:
            self.wanted.emit()
        self.said.emit(Message(self._added(jobs)))
        form = format_named(manner.kind.format)
        if recipe.mode is Mode.FOOL and form.lossy:
            text = _("{format} blurs away what fools the network; PNG and TIFF keep it")
            self.said.emit(Message(text.format(format=form.title)))

    def _jobs(self, recipe: Recipe, manner: "Manner", sources: Sequence[_Source]) -> tuple[RenderJob, ...]:
        taken = {entry.job.output for entry in self.queue.entries if not entry.settled}
        jobs = []
        for source in sources:
            stem = stem_for(subject(recipe, source.name), MADE[recipe.mode])
            for seed in _seeds(recipe.seed, manner.seeds):
                output = unused(manner.folder / f"{stem}{manner.kind.suffixes[0]}", taken)
                taken.add(output)
                jobs.append(
                    RenderJob(
                        recipe=recipe.model_copy(update={"seed": seed}),
                        output=output,
                        photo=source.file,
                        source=source.name,
                        depth=manner.kind.depth,
                        quality=manner.kind.quality,
                        device=self._session.device,
                    )
                )
        return tuple(jobs)

    def _added(self, jobs: Sequence[RenderJob]) -> str:
        text = n_("Added to the queue: {name}", "Added {count} pictures to the queue", len(jobs))
        told = text.format(name=shown(jobs[0].output.name), count=len(jobs))
        return told if self.queue.going else _("{told}, which is paused").format(told=told)

    def ask_photos(self) -> list[Path]:
        every = " ".join(f"*{suffix}" for suffix in READABLE_SUFFIXES)
        folder = str(self._settings.open_folder or pictures_folder())
        names, _kind = QFileDialog.getOpenFileNames(
            self._window, _("Photos for the queue"), folder, _("Pictures ({every})").format(every=every)
        )
        return [Path(name) for name in names]

    # Out

    def _open(self, path: Path) -> None:
        if self._is_there(path):
            self.picture_wanted.emit(path)

    def _show_folder(self, path: Path) -> None:
        if self._is_there(path):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _is_there(self, path: Path) -> bool:
        there = path.is_file()
        if not there:
            text = _("{name} is no longer where it was saved; make it once more from the queue")
            self.said.emit(Message(text.format(name=shown(path.name)), Tone.ERROR))
        return there


def _seeds(first: int, count: int) -> list[int]:
    """So many different seeds, beginning with this one."""
    most = int(control_at("seed").maximum)
    return [(first + number) % (most + 1) for number in range(count)]
