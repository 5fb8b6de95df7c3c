"""What is remembered from one start to the next."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.recipe.taste import LOCKABLE

MOST_RECENT = 10
USUAL_HISTORY, LEAST_HISTORY, MOST_HISTORY = 2000, 50, 1_000_000
"""MB"""


class ThemeChoice(StrEnum):
    """The look that was chosen."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Settings:
    """The user's settings. What is missing or makes no sense reads as the default."""

    def __init__(self, path: Path | None = None) -> None:
        """With a path they live in that file, as tests want it."""
        self._kept = (
            QSettings(str(path), QSettings.Format.IniFormat)
            if path
            else QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Inceptionist", "Inceptionist")
        )

    def sync(self) -> None:
        """Writes to the file now, rather than soon."""
        self._kept.sync()

    @property
    def theme(self) -> ThemeChoice:
        try:
            return ThemeChoice(self._text("theme"))
        except ValueError:
            return ThemeChoice.DARK

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._kept.setValue("theme", choice.value)

    @property
    def device(self) -> DeviceName:
        """What dreams are to run on."""
        try:
            return DeviceName(self._text("device"))
        except ValueError:
            return DeviceName.AUTO

    @device.setter
    def device(self, name: DeviceName) -> None:
        self._kept.setValue("device", name.value)

    @property
    def live(self) -> bool:
        """The picture follows every change by itself."""
        return self._text("live") != "off"

    @live.setter
    def live(self, on: bool) -> None:
        self._kept.setValue("live", "on" if on else "off")

    @property
    def history_megabytes(self) -> int:
        """What the history may take on disk."""
        try:
            return min(MOST_HISTORY, max(LEAST_HISTORY, int(self._text("history/megabytes"))))
        except ValueError:
            return USUAL_HISTORY

    @history_megabytes.setter
    def history_megabytes(self, most: int) -> None:
        self._kept.setValue("history/megabytes", str(most))

    @property
    def language(self) -> str:
        """The code of the language to speak from the next start on; empty for the system's."""
        return self._text("language")

    @language.setter
    def language(self, code: str) -> None:
        self._kept.setValue("language", code)

    @property
    def toured(self) -> bool:
        """The tour was shown once, or done without."""
        return self._text("toured") == "yes"

    @toured.setter
    def toured(self, done: bool) -> None:
        self._kept.setValue("toured", "yes" if done else "no")

    @property
    def locks(self) -> frozenset[str]:
        """Dotted paths of controls, and `goals`, that no preset, mix or variation changes."""
        return frozenset(path for path in self._text("locks").split(" ") if path in LOCKABLE)

    @locks.setter
    def locks(self, paths: frozenset[str]) -> None:
        self._kept.setValue("locks", " ".join(sorted(paths)))

    @property
    def geometry(self) -> QByteArray:
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, state: QByteArray) -> None:
        self._kept.setValue("window/geometry", state)

    @property
    def layout(self) -> QByteArray:
        return self._bytes("window/layout")

    @layout.setter
    def layout(self, state: QByteArray) -> None:
        self._kept.setValue("window/layout", state)

    @property
    def open_folder(self) -> Path | None:
        return self._folder("folders/open")

    @open_folder.setter
    def open_folder(self, folder: Path) -> None:
        self._kept.setValue("folders/open", str(folder))

    @property
    def save_folder(self) -> Path | None:
        return self._folder("folders/save")

    @save_folder.setter
    def save_folder(self, folder: Path) -> None:
        self._kept.setValue("folders/save", str(folder))

    @property
    def queue_folder(self) -> Path | None:
        """Where the queue's pictures go."""
        return self._folder("folders/queue")

    @queue_folder.setter
    def queue_folder(self, folder: Path) -> None:
        self._kept.setValue("folders/queue", str(folder))

    @property
    def queue_format(self) -> str:
        """The title of the kind of file that the queue's pictures are saved as; empty for the usual one."""
        return self._text("queue/format")

    @queue_format.setter
    def queue_format(self, title: str) -> None:
        self._kept.setValue("queue/format", title)

    def recent_files(self) -> list[Path]:
        """The last opened or saved first; those that are gone are left out."""
        return [path for path in self._recent() if _is_file(path)][:MOST_RECENT]

    def add_recent(self, path: Path) -> None:
        path = path.absolute()
        paths = [path, *(known for known in self._recent() if known != path)]
        self._kept.setValue("recent", [str(each) for each in paths[:MOST_RECENT]])

    def forget_recent(self) -> None:
        self._kept.remove("recent")

    def _recent(self) -> list[Path]:
        kept = self._kept.value("recent")
        # One entry comes back as a string, none as None.
        texts = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [Path(text) for text in texts if isinstance(text, str) and text]

    def _text(self, key: str) -> str:
        kept = self._kept.value(key)
        return kept if isinstance(kept, str) else ""

    def _bytes(self, key: str) -> QByteArray:
        kept = self._kept.value(key)
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def _folder(self, key: str) -> Path | None:
        text = self._text(key)
        return Path(text) if text and _is_folder(Path(text)) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
