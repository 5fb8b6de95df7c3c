"""Asks how several pictures are to be made: how large, from how many seeds, as what and where."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from inceptionist_gui.recipe import control_at
from inceptionist_gui.ui.saving import KINDS, Kind
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, n_

MOST_SEEDS = 100


@dataclass(frozen=True, slots=True)
class Manner:
    """How pictures are to be made."""

    size: int
    seeds: int
    """How many pictures of each photo, each with a seed of its own."""
    kind: Kind
    folder: Path


class QueueDialog(QDialog):
    """Stands before the window; `asked` brings a Manner."""

    asked = Signal(object)

    def __init__(self, manner: Manner, photos: int, parent: QWidget) -> None:
        """`manner` is what it proposes, and `photos` how many there are."""
        super().__init__(parent)
        self._photos = photos
        self._folder = manner.folder
        self.setWindowTitle(_("Add to the queue"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.size_ = _number("size", manner.size)
        self.seeds = QSpinBox(minimum=1, maximum=MOST_SEEDS, value=manner.seeds)
        self.seeds.setToolTip(tip(_("How many pictures of each photo; the first has the recipe's own seed.")))
        self.kind = QComboBox()
        self.kind.addItems([each.title for each in KINDS])
        self.kind.setCurrentIndex(KINDS.index(manner.kind))
        self.folder = QPushButton()
        self.folder.setObjectName("chooser")
        self.folder.setAutoDefault(False)
        self.line = QLabel()
        self.line.setProperty("role", "quiet")
        self._lay_out()
        self._tell()

    def manner(self) -> Manner:
        return Manner(self.size_.value(), self.seeds.value(), KINDS[self.kind.currentIndex()], self._folder)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("Si&ze"), self.size_)
        form.addRow(_("&Variants"), self.seeds)
        form.addRow(_("&Format"), self.kind)
        form.addRow(_("F&older"), self.folder)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add = buttons.addButton(_("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.asked.emit(self.manner()))
        self.folder.clicked.connect(self._choose_folder)
        self.seeds.valueChanged.connect(self._tell)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 24, 24, 16)
        lines.setSpacing(16)
        lines.addLayout(form)
        lines.addWidget(self.line)
        lines.addWidget(buttons)
        self.setMinimumWidth(400)

    def _tell(self) -> None:
        pictures = self.seeds.value() * self._photos
        text = n_("Makes {count} picture", "Makes {count} pictures", pictures).format(count=pictures)
        of = n_(" of {count} photo", " of {count} photos", self._photos).format(count=self._photos)
        self.line.setText(text + (of if self._photos > 1 else ""))
        self.folder.setText((self._folder.name or str(self._folder)).replace("&", "&&"))
        self.folder.setToolTip(str(self._folder))

    def _choose_folder(self) -> None:
        folder = self.ask_folder()
        if folder is not None:
            self._folder = folder
            self._tell()

    def ask_folder(self) -> Path | None:
        """Puts up a dialog; tests answer in its place."""
        name = QFileDialog.getExistingDirectory(self, _("Save the pictures in"), str(self._folder))
        return Path(name) if name else None


def _number(path: str, value: int) -> QSpinBox:
    control = control_at(path)
    box = QSpinBox(minimum=int(control.minimum), maximum=int(control.maximum), singleStep=int(control.step))
    box.setSuffix(f" {control.unit}" if control.unit else "")
    box.setValue(value)
    box.setToolTip(tip(_(control.tells)))
    return box
