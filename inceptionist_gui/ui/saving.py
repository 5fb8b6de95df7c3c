"""Asking where and as what a picture or a project is to be saved."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from inceptionist_gui.media import PROJECT_SUFFIX, READABLE_SUFFIXES, format_named
from inceptionist_gui.recipe import Mode
from inceptionist_gui.words import _, later

MADE = {Mode.DREAM: later("dream"), Mode.IMAGINE: later("imagined"), Mode.FOOL: later("fooled")}
"""What stands behind the name of what it was made of."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A line in the dialog's list of formats."""

    title: str
    format: str
    depth: int = 8
    quality: int = 92

    @property
    def suffixes(self) -> tuple[str, ...]:
        return format_named(self.format).suffixes

    @property
    def filter(self) -> str:
        return f"{_(self.title)} ({' '.join(f'*{suffix}' for suffix in self.suffixes)})"


KINDS = (
    Kind(later("PNG"), "png"),
    Kind(later("PNG, 16 bit"), "png", depth=16),
    Kind(later("TIFF, 16 bit"), "tiff", depth=16),
    Kind(later("TIFF, 8 bit"), "tiff"),
    Kind(later("JPEG, fine"), "jpeg"),
    Kind(later("JPEG, finest"), "jpeg", quality=98),
    Kind(later("JPEG, small file"), "jpeg", quality=80),
    Kind(later("WebP, fine"), "webp"),
    Kind(later("WebP, small file"), "webp", quality=80),
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to save, and as what."""

    path: Path
    kind: Kind


def suggested(folder: Path, source: str, made: str = MADE[Mode.DREAM]) -> Path:
    """A name for what was `made` of `source` that no other file in the folder has."""
    return _free(folder, stem_for(source, made), KINDS[0].suffixes[0])


def suggested_project(folder: Path, source: str) -> Path:
    """A name for the work on `source` that no other file in the folder has."""
    return _free(folder, _stem(source), PROJECT_SUFFIX)


def stem_for(source: str, made: str) -> str:
    """What a file is called, without its suffix, that was `made` of `source`."""
    stem = _stem(source)
    return stem if f" {made}" in stem else f"{stem} {made}"


def _stem(source: str) -> str:
    named = Path(source).suffix.lower() in READABLE_SUFFIXES
    # What was imagined may be called like "blocks.4", and a class like a path.
    return (Path(source).stem if named else source.replace("/", "-")) or "Inceptionist"


def _free(folder: Path, base: str, suffix: str) -> Path:
    names = [base, *(f"{base} {number}" for number in range(2, 1000))]
    paths = [folder / f"{name}{suffix}" for name in names]
    return next((path for path in paths if not path.exists()), paths[0])


def pictures_folder() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()


def kind_for(path: Path, chosen: Kind = KINDS[0]) -> Kind:
    """The kind that the path's suffix asks for: the chosen one where it fits, else the first that does."""
    fitting = [kind for kind in (chosen, *KINDS) if path.suffix.lower() in kind.suffixes]
    return fitting[0] if fitting else chosen


def ask_target(parent: QWidget, suggestion: Path, kind: Kind) -> Target | None:
    """Shows the system's dialog, which asks before writing over a file; None when it was cancelled."""
    dialog = QFileDialog(parent, _("Save the dream"), str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    by_filter = {each.filter: each for each in KINDS}
    dialog.setNameFilters(list(by_filter))
    dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(by_filter[text].suffixes[0][1:]))
    dialog.selectNameFilter(kind.filter)
    dialog.setDefaultSuffix(kind.suffixes[0][1:])
    dialog.selectFile(suggestion.with_suffix(kind.suffixes[0]).name)
    if not dialog.exec():
        return None
    path = Path(dialog.selectedFiles()[0])
    return Target(path, kind_for(path, by_filter.get(dialog.selectedNameFilter(), kind)))


def ask_project(parent: QWidget, suggestion: Path) -> Path | None:
    """Asks where the project is to be saved; None when it was cancelled."""
    kinds = _("Inceptionist project") + f" (*{PROJECT_SUFFIX})"
    name, _chosen = QFileDialog.getSaveFileName(parent, _("Save the project"), str(suggestion), kinds)
    path = Path(name)
    return (path if path.suffix else path.with_name(f"{path.name}{PROJECT_SUFFIX}")) if name else None


def ask_sheet(parent: QWidget, source: str) -> Path | None:
    """Asks where a comparison is to be saved; None when it was cancelled."""
    suggestion = suggested(pictures_folder(), source, "comparison")
    name, _chosen = QFileDialog.getSaveFileName(
        parent, _("Save the comparison"), str(suggestion), _("PNG (*.png);;JPEG (*.jpg)")
    )
    path = Path(name)
    return (path if path.suffix else path.with_name(f"{path.name}.png")) if name else None
