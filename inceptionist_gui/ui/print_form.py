"""What a print is to be: the sheet, the file, and how much is drawn."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.media.paper import MM_PER_INCH, PAPERS
from inceptionist_gui.media.profiles import ADOBE_RGB, SRGB, Intent
from inceptionist_gui.recipe import Goal, described
from inceptionist_gui.render.print_job import Orientation, PrintJob, print_job
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

_UNITS = {"cm": 10.0, "in": MM_PER_INCH, "px": 0.0}
"""mm of each; a pixel's follow from the resolution."""
_ORIENTATIONS = {
    Orientation.AUTO: later("As the picture"),
    Orientation.PORTRAIT: later("Upright"),
    Orientation.LANDSCAPE: later("Across"),
}
_INTENTS = {
    Intent.RELATIVE: later("Relative colorimetric"),
    Intent.PERCEPTUAL: later("Perceptual"),
    Intent.SATURATION: later("Saturation"),
    Intent.ABSOLUTE: later("Absolute colorimetric"),
}
_GOALS_SHOWN = 3
"""Rows of the list before it scrolls."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that a print may be."""

    title: str
    suffix: str
    depth: int = 8


FILE_KINDS = (
    FileKind(later("TIFF, 16 bit"), ".tif", 16),
    FileKind(later("TIFF, 8 bit"), ".tif"),
    FileKind(later("PDF page"), ".pdf"),
    FileKind(later("PDF page, 16 bit"), ".pdf", 16),
    FileKind(later("PNG"), ".png"),
    FileKind(later("PNG, 16 bit"), ".png", 16),
    FileKind(later("JPEG"), ".jpg"),
    FileKind(later("WebP"), ".webp"),
)


class PrintForm(QWidget):
    """The fields; `changed` when any of them is another."""

    changed = Signal()

    def __init__(self, picture: Size, goals: tuple[Goal, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self._profile = ""
        """The file of a profile, where one was chosen."""
        self._last_unit = "cm"
        self.paper = QComboBox()
        self.paper.addItem(_("Own size"))
        self.paper.addItems([paper.title for paper in PAPERS])
        self.width_ = _decimal(60.0, 0.1, 100_000.0, _("The sheet's width; the height follows the picture."))
        self.unit = _choice(list(_UNITS), _("The unit of the width."))
        self.orientation = _choice([_(text) for text in _ORIENTATIONS.values()], _("Which way the sheet lies."))
        self.dpi = QSpinBox(minimum=10, maximum=2400, value=300, suffix=" dpi")
        self.dpi.setToolTip(
            tip(_("How many pixels there are to the inch; 300 is sharp in the hand, 150 on a wall."))
        )
        self.bleed = _decimal(
            0.0, 0.0, 100.0, _("How far the picture goes beyond the edge, to be cut off."), " mm"
        )
        self.marks = QCheckBox(_("Crop marks"))
        self.marks.setToolTip(tip(_("Lines around the picture that show where to cut.")))
        self.kind = _choice([_(kind.title) for kind in FILE_KINDS], _("What kind of file it becomes."))
        self.profile = _choice(["sRGB", "Adobe RGB (1998)", _("From a file…")], _("What its colours are told by."))
        self.intent = _choice(
            [_(text) for text in _INTENTS.values()], _("What becomes of colours that the profile does not have.")
        )
        self.black_point = QCheckBox(_("Keep the blacks apart"))
        self.black_point.setChecked(True)
        self.black_point.setToolTip(
            tip(_("The darkest becomes the profile's darkest."), _("black point compensation"))
        )
        self.detail = QSpinBox(minimum=0, maximum=200, value=100, singleStep=5, suffix=" %")
        self.detail.setToolTip(
            tip(_("How strongly what the picture is too small to show is drawn; 0 only enlarges."))
        )
        self.goals = _goal_list(goals)
        self.title = QLineEdit()
        self.author = QLineEdit()
        self.copyright = QLineEdit()
        self._lay_out()
        self._connect()
        self._show_paper()

    def job(self, output: Path) -> PrintJob:
        """Raises UserError for what cannot be."""
        kind = FILE_KINDS[self.kind.currentIndex()]
        wanted = [row for row in range(self.goals.count()) if _checked(self.goals.item(row))]
        return print_job(
            source=Path(),
            output=output,
            dpi=float(self.dpi.value()),
            bleed=self.bleed.value(),
            marks=self.marks.isChecked(),
            depth=kind.depth,
            profile=self._profile or (SRGB, ADOBE_RGB)[min(1, self.profile.currentIndex())],
            intent=list(_INTENTS)[self.intent.currentIndex()],
            black_point=self.black_point.isChecked(),
            detail=self.detail.value() / 100,
            goals=None if len(wanted) == self.goals.count() else tuple(wanted),
            title=self.title.text(),
            author=self.author.text(),
            copyright=self.copyright.text(),
            **self._size(),
        )

    @property
    def suffix(self) -> str:
        return FILE_KINDS[self.kind.currentIndex()].suffix

    def _size(self) -> dict[str, object]:
        if not self.paper.currentIndex():
            return {"width": self.width_.value() * self._millimetres(self.unit.currentText())}
        paper = PAPERS[self.paper.currentIndex() - 1]
        lies = list(_ORIENTATIONS)[self.orientation.currentIndex()]
        return {"width": paper.width, "height": paper.height, "orientation": lies}

    def _millimetres(self, unit: str) -> float:
        return _UNITS[unit] or MM_PER_INCH / self.dpi.value()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.unit.setAccessibleName(_("Unit of the width"))
        form.addRow(_("&Paper"), self.paper)
        form.addRow(_label(_("&Width"), self.width_), _beside(self.width_, self.unit))
        form.addRow(_("&Orientation"), self.orientation)
        form.addRow(_("&Resolution"), self.dpi)
        form.addRow(_label(_("&Bleed"), self.bleed), _beside(self.bleed, self.marks))
        form.addRow(_("&File"), self.kind)
        form.addRow(_("&Colours"), self.profile)
        form.addRow(_("&Intent"), self.intent)
        form.addRow("", self.black_point)
        form.addRow(_("&Detail"), self.detail)
        form.addRow(_("Draw&n by"), self.goals)
        form.addRow(_("&Title"), self.title)
        form.addRow(_("&Author"), self.author)
        form.addRow(_("Cop&yright"), self.copyright)
        self.form = form

    def _connect(self) -> None:
        self.paper.currentIndexChanged.connect(self._show_paper)
        self.unit.currentTextChanged.connect(self._change_unit)
        self.profile.activated.connect(self._choose_profile)
        for signal in (
            self.paper.currentIndexChanged,
            self.width_.valueChanged,
            self.orientation.currentIndexChanged,
            self.dpi.valueChanged,
            self.bleed.valueChanged,
            self.marks.toggled,
            self.kind.currentIndexChanged,
            self.profile.currentIndexChanged,
            self.intent.currentIndexChanged,
            self.black_point.toggled,
            self.detail.valueChanged,
            self.goals.itemChanged,
        ):
            signal.connect(self.changed)

    def _show_paper(self) -> None:
        own = self.paper.currentIndex() == 0
        self.width_.setEnabled(own)
        self.unit.setEnabled(own)
        self.orientation.setEnabled(not own)

    def _change_unit(self, unit: str) -> None:
        """The same width in another unit."""
        length = self.width_.value() * self._millimetres(self._last_unit)
        self._last_unit = unit
        self.width_.setDecimals(0 if unit == "px" else 1)
        self.width_.setValue(length / self._millimetres(unit))

    def _choose_profile(self, index: int) -> None:
        self._profile = ""
        if index == 2:
            self._profile = self.ask_profile()
            if not self._profile:
                self.profile.setCurrentIndex(0)
        self.profile.setToolTip(tip(self._profile or _("What its colours are told by.")))
        self.changed.emit()

    def ask_profile(self) -> str:
        """Puts up a dialog; tests answer in its place."""
        name, _chosen = QFileDialog.getOpenFileName(
            self, _("Colour profile"), "", _("ICC profiles (*.icc *.icm);;All files (*)")
        )
        return name


def _goal_list(goals: tuple[Goal, ...]) -> QListWidget:
    shown = QListWidget()
    shown.setAccessibleName(_("Goals that draw"))
    shown.setToolTip(tip(_("Which of the goals draw what the picture is too small to show.")))
    for goal in goals:
        item = QListWidgetItem(described(goal), shown)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
    row = shown.sizeHintForRow(0) if goals else 0
    shown.setFixedHeight(row * min(_GOALS_SHOWN, max(1, len(goals))) + 2 * shown.frameWidth() + 4)
    return shown


def _checked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked


def _decimal(value: float, least: float, most: float, tells: str, suffix: str = "") -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=least, maximum=most, value=value, decimals=1, suffix=suffix)
    box.setToolTip(tip(tells))
    return box


def _choice(words: list[str], tells: str) -> QComboBox:
    box = QComboBox()
    box.addItems(words)
    box.setToolTip(tip(tells))
    return box


def _label(text: str, field: QWidget) -> QLabel:
    """For a row with more in it than its field."""
    label = QLabel(text)
    label.setBuddy(field)
    return label


def _beside(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 1)
    row.addWidget(second)
    return row
