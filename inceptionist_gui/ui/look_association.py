"""What goes with a class: asks for one, imagines it several times, and shows the report."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import write_whole
from inceptionist_gui.recipe import Control
from inceptionist_gui.render.association import TIMES, Association, Progress, report
from inceptionist_gui.session.looking import Looking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.classes import ClassPicker
from inceptionist_gui.ui.number import Number
from inceptionist_gui.words import _, later

_PARTS = 1000
_COUNT = Control(
    path="look",
    group=later("Look"),
    title=later("Times"),
    term="times",
    tells=later("How often the class is imagined, each time from another seed."),
    unit="",
    minimum=1.0,
    maximum=24.0,
    step=1.0,
    default=float(TIMES),
    whole=True,
    restarts=False,
)
_TELLS = later(
    "A network that never saw a dumbbell without an arm imagines them together. Choose a class: it is imagined"
    " several times, and two networks tell what else they see in the pictures."
)


class AssociationDialog(QDialog):
    """Stands beside the window, which may be used meanwhile."""

    def __init__(self, session: Session, looking: Looking, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self._label = label
        self._found: Association | None = None
        self._working = False
        self.setWindowTitle(_("What goes with a class"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.class_ = QPushButton(label)
        self.times = Number(_COUNT, self)
        self.bar = QProgressBar(maximum=_PARTS, textVisible=False)
        self.line = QLabel(wordWrap=True)
        self.begin = QPushButton(_("Imagine"))
        self.show_ = QPushButton(_("Open Report"))
        self.save = QPushButton(_("Save…"))
        self.close_ = QPushButton(_("Close"))
        self._lay_out()
        self._connect()
        self._tell()

    def _lay_out(self) -> None:
        self.times.show_value(_COUNT.default)
        self.times.setToolTip(_(_COUNT.tells))
        self.class_.setAutoDefault(False)
        self.begin.setDefault(True)
        self.bar.setAccessibleName(_("Progress of the imagining"))
        self.line.setProperty("role", "quiet")
        self.line.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop)
        tells = QLabel(_(_TELLS), wordWrap=True)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.addRow(_("Class"), self.class_)
        form.addRow(_("Times"), self.times)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.close_)
        buttons.addStretch(1)
        for button in (self.save, self.show_, self.begin):
            buttons.addWidget(button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 24, 24, 16)
        lines.setSpacing(16)
        lines.addWidget(tells)
        lines.addLayout(form)
        lines.addWidget(self.bar)
        lines.addWidget(self.line)
        lines.addLayout(buttons)
        self.setFixedWidth(480)

    def _connect(self) -> None:
        self.class_.clicked.connect(lambda: self.pick_class())
        self.begin.clicked.connect(self._toggle)
        self.show_.clicked.connect(self._open_report)
        self.save.clicked.connect(self._save_report)
        self.close_.clicked.connect(self.reject)
        self._looking.associated.connect(self._on_progress)
        self._looking.failed.connect(self._on_failed)
        self._session.state_changed.connect(self._tell)

    def done(self, result: int) -> None:
        if self._working:
            self._looking.give_up_association()
        super().done(result)

    def pick_class(self) -> ClassPicker:
        """Opens the class picker below the button."""
        picker = ClassPicker(self._session.network.classes, self)
        picker.chosen.connect(self._choose)
        picker.open_at(self.class_.mapToGlobal(QPoint(0, self.class_.height())))
        return picker

    def _choose(self, label: str) -> None:
        self._label = label
        self.class_.setText(label.replace("&", "&&"))

    def _toggle(self) -> None:
        if self._working:
            self._looking.give_up_association()
            self._working = False
        else:
            self._working, self._found = True, None
            self.bar.setValue(0)
            self._looking.associate(self._label, int(self.times.value()))
        self._tell()

    def _on_progress(self, progress: Progress) -> None:
        self._working = progress.done < 1.0
        self._found = progress.association
        self.bar.setValue(round(progress.done * _PARTS))
        self._tell()

    def _on_failed(self, what: str, line: str) -> None:
        if what == "association":
            self._working = False
            self._tell()
            self.line.setText(line)

    def _tell(self) -> None:
        pictures = len(self._found.pictures) if self._found else 0
        self.begin.setText(_("Cancel") if self._working else _("Imagine"))
        for part in (self.class_, self.times):
            part.setEnabled(not self._working)
        # What was made before a cancel is worth a look, too.
        for button in (self.show_, self.save):
            button.setEnabled(pictures > 0 and not self._working)
        self.line.setText(self._standing(pictures))

    def _standing(self, pictures: int) -> str:
        if self._working and self._session.state in (State.WAKING, State.DREAMING):
            return _("Goes on when the dream rests.")
        if self._working:
            return _("Imagining picture {n} of {all}").format(n=pictures + 1, all=int(self.times.value()))
        if self._found is None or not pictures:
            return ""
        seen = ", ".join(companion.label for companion in self._found.companions(3))
        return _("With {label} go {seen}").format(label=self._found.label, seen=seen)

    # The report

    def _open_report(self) -> None:
        path = Path(tempfile.mkdtemp(prefix="inceptionist-")) / self._name()
        if self._write(path):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _save_report(self) -> None:
        path = self.ask_file()
        if path is not None and self._write(path):
            self.line.setText(_("Saved {name}").format(name=path.name))

    def ask_file(self) -> Path | None:
        """Asks where to; tests answer in its place."""
        name, _filter = QFileDialog.getSaveFileName(self, _("Save the report"), self._name(), _("Page (*.html)"))
        return Path(name) if name else None

    def _name(self) -> str:
        label = self._found.label if self._found else ""
        return _("What goes with {label}.html").format(label="".join(c if c.isalnum() else " " for c in label))

    def _write(self, path: Path) -> bool:
        if self._found is None:
            return False
        try:
            write_whole(path, report(self._found).encode())
        except UserError as error:
            self.line.setText(str(error))
            return False
        return True
