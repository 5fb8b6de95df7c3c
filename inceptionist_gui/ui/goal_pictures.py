"""Pictures on their way to become goals: asked for in a dialog, or dropped."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from inceptionist_gui.media import READABLE_SUFFIXES
from inceptionist_gui.recipe import Mode
from inceptionist_gui.ui.incoming import local_files
from inceptionist_gui.words import _, n_


def ask_guide(parent: QWidget) -> Path | None:
    """One that is to guide the dream."""
    name, _kind = QFileDialog.getOpenFileName(parent, _("Guide picture"), "", _kinds())
    return Path(name) if name else None


def ask_pictures(parent: QWidget) -> list[Path]:
    """Those that the goal is to be like."""
    names, _kind = QFileDialog.getOpenFileNames(parent, _("Pictures to be like"), "", _kinds())
    return [Path(name) for name in names]


def pictures_in(mime: QMimeData) -> list[Path]:
    """The files that may be pictures; a project or a preset is the window's to open."""
    return [path for path in local_files(mime) if path.suffix.lower() in READABLE_SUFFIXES]


def drop_line(mode: Mode, count: int) -> str:
    """What becomes of so many pictures that are dropped on the goals."""
    if mode is not Mode.IMAGINE:
        return n_("Drop it here to guide the dream", "Drop them here to guide the dream", count)
    return n_("Drop it here to imagine its like", "Drop them here to imagine their like", count)


def _kinds() -> str:
    every = " ".join(f"*{suffix}" for suffix in READABLE_SUFFIXES)
    return _("Pictures ({every});;All files (*)").format(every=every)
