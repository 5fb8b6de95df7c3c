"""The dialog that prints what is open, at any size."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Project, as_uint8
from inceptionist_gui.render.duration import clock
from inceptionist_gui.render.print_forecast import Forecast, amounts
from inceptionist_gui.render.print_job import Layout, PrintJob, layout_of
from inceptionist_gui.session.printing import Printing
from inceptionist_gui.ui.pixmaps import pixmap_of
from inceptionist_gui.ui.print_form import PrintForm
from inceptionist_gui.ui.print_spots import SPOT, Spots
from inceptionist_gui.ui.saving import stem_for
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_PARTS = 1000
"""Of the progress bar."""
_NOWHERE = "print"


class PrintDialog(QDialog):
    """Stands beside the window, which may be used meanwhile."""

    said = Signal(str)
    """One line for the window's user."""
    folder_used = Signal(object)
    """The Path of the folder that a print goes to."""

    def __init__(self, work: Project, name: str, folder: Path, parent: QWidget) -> None:
        """`work` has a result; `name` is what the file is called after."""
        super().__init__(parent)
        assert work.result is not None
        self._name, self._folder = name, folder
        self._picture = work.result.height, work.result.width
        self.printing = Printing(work, self)
        made = work.result.provenance
        self.setWindowTitle(_("Print"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = PrintForm(self._picture, (made.recipe if made else work.recipe).goals)
        self.spots = Spots(pixmap_of(as_uint8(work.result.pixels)))
        self.size_line, self.line = QLabel(), QLabel(wordWrap=True)
        self.bar = QProgressBar(maximum=_PARTS, textVisible=False)
        self.forecast = QPushButton(_("Forecast"))
        self.pause = QPushButton(_("Pause"))
        self.cancel = QPushButton(_("Stop"))
        self.close_ = QPushButton(_("Close"))
        self.print_ = QPushButton(_("Print to File…"))
        self.printer = QPushButton(_("Printer…"))
        self._asked_for_printer = False
        self._paper: QPrinter | None = None
        self._lay_out()
        self._connect()
        self._tell_size()
        self._show_state()

    def _lay_out(self) -> None:
        self.bar.setAccessibleName(_("Progress of the print"))
        for line in (self.size_line, self.line):
            line.setProperty("role", "quiet")
        self.line.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        scroll.setMinimumWidth(self.form.sizeHint().width() + 16)
        sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addWidget(scroll, 1)
        sides.addWidget(self.spots)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.close_, self.forecast):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.pause, self.cancel, self.printer, self.print_):
            buttons.addWidget(button)
        for button in (self.close_, self.forecast, self.pause, self.cancel, self.printer):
            button.setAutoDefault(False)
        self.print_.setDefault(True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 24, 24, 16)
        lines.setSpacing(8)
        lines.addLayout(sides, 1)
        lines.addWidget(self.size_line)
        lines.addWidget(self.bar)
        lines.addWidget(self.line)
        lines.addLayout(buttons)
        self.resize(800, 640)

    def _connect(self) -> None:
        self.form.changed.connect(self._tell_size)
        self.forecast.clicked.connect(self._foretell)
        self.print_.clicked.connect(self._print)
        self.printer.clicked.connect(self._print_on_paper)
        self.pause.clicked.connect(self._toggle)
        self.cancel.clicked.connect(self._stop)
        self.close_.clicked.connect(self.close)
        self.spots.pointer.chosen.connect(self._look)
        printing = self.printing
        printing.changed.connect(self._show_state)
        printing.progressed.connect(self._show_progress)
        printing.printed.connect(self._on_printed)
        printing.foretold.connect(self._on_foretold)
        printing.looked.connect(lambda path: self.spots.show_spot(QPixmap(str(path))))
        printing.failed.connect(self._on_failed)

    # What is asked for

    def _asked(self, output: Path) -> tuple[PrintJob, Layout] | None:
        """None where it cannot be, which is said."""
        try:
            job = self.form.job(output)
            return job, layout_of(job, self._picture)
        except UserError as error:
            self.line.setText(str(error))
            return None

    def _somewhere(self) -> Path:
        """An output to ask about, before there is one."""
        return self._folder / f"{_NOWHERE}{self.form.suffix}"

    def _tell_size(self) -> None:
        self.spots.ask()
        asked = self._asked(self._somewhere())
        if asked is None:
            self.size_line.clear()
            return
        job, layout = asked
        height, width = layout.page
        across, down = (side / job.dpi * 2.54 for side in (width, height))
        self.line.clear()
        self.size_line.setText(
            _("{width} x {height} px, {across:.1f} x {down:.1f} cm, {megapixels:.1f} megapixels").format(
                width=width, height=height, across=across, down=down, megapixels=width * height / 1e6
            )
        )

    def _foretell(self) -> None:
        asked = self._asked(self._somewhere())
        if asked is not None:
            self.spots.give_up()
            self.line.setText(_("Trying a little of it…"))
            self.printing.foretell(asked[0])

    def _look(self, x: float, y: float) -> None:
        asked = self._asked(self._somewhere())
        if asked is None or self.printing.busy:
            return
        layout = asked[1]
        width = min(layout.picture[1], round(SPOT.width() * self.devicePixelRatioF()))
        height = min(layout.picture[0], round(SPOT.height() * self.devicePixelRatioF()))
        left, top, right, bottom = layout.part
        # The pointer shows the whole picture, the print perhaps a part of it.
        across = (x * self._picture[1] - left) / (right - left) * layout.picture[1]
        down = (y * self._picture[0] - top) / (bottom - top) * layout.picture[0]
        spot = (
            max(0, min(layout.picture[1] - width, round(across - width / 2))),
            max(0, min(layout.picture[0] - height, round(down - height / 2))),
            width,
            height,
        )
        self.spots.wait()
        self.printing.look(asked[0], spot)

    def _print(self) -> None:
        output = self.ask_output(self._suggestion())
        asked = self._asked(output) if output else None
        if asked is not None:
            self._folder = asked[0].output.parent
            self.folder_used.emit(self._folder)
            self.spots.give_up()
            self.printing.start(asked[0])

    def _print_on_paper(self) -> None:
        """The size is that of the printer's paper; what is drawn goes there when it is done."""
        from inceptionist_gui.ui.print_paper import ask_printer, printable

        self._paper = ask_printer(self)
        if self._paper is None:
            return
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation))
        asked = self._asked(folder / f"inceptionist-{id(self)}.png")
        if asked is not None:
            self._asked_for_printer = True
            self.printing.start(printable(asked[0], self._paper))

    def ask_output(self, suggestion: Path) -> Path | None:
        """Puts up a dialog; tests answer in its place."""
        name, _chosen = QFileDialog.getSaveFileName(self, _("Print to"), str(suggestion), f"*{self.form.suffix}")
        path = Path(name)
        return (path if path.suffix else path.with_suffix(self.form.suffix)) if name else None

    def _suggestion(self) -> Path:
        made = _("print")
        return self._folder / f"{stem_for(self._name, made)}{self.form.suffix}"

    def _toggle(self) -> None:
        if self.printing.held:
            self.printing.go_on()
            self.line.clear()
        else:
            self.printing.hold()
            self.line.setText(_("Paused"))

    def _stop(self) -> None:
        self.printing.cancel()
        self.line.setText(_("Stopped. The same print, begun again, goes on from here"))

    # What comes of it

    def _show_state(self) -> None:
        busy = self.printing.busy
        self.form.setEnabled(not busy)
        self.spots.pointer.setEnabled(not busy)
        for button in (self.forecast, self.print_, self.printer):
            button.setEnabled(not busy)
        for button in (self.pause, self.cancel):
            button.setEnabled(busy)
        self.print_.setDefault(not busy)
        self.pause.setText(_("Go On") if self.printing.held else _("Pause"))
        if not busy:
            self.bar.setValue(0)

    def _show_progress(self, done: float, text: str, left: float | None) -> None:
        if not self.printing.busy or self.printing.held:
            return
        self.bar.setValue(round(done * _PARTS))
        time = _(", {time} left").format(time=clock(left)) if left is not None else ""
        self.line.setText(f"{_(text)}{time}")

    def _on_foretold(self, found: Forecast) -> None:
        words = amounts(found.needs)
        self.line.setText(
            _("About {time}, {memory} of memory, {disk} of disk while it is made, a file of {file}").format(
                time=clock(found.seconds), **words
            )
        )

    def _on_printed(self, path: Path) -> None:
        if self._asked_for_printer:
            from inceptionist_gui.ui.print_paper import paint

            self._asked_for_printer = False
            line = (
                _("Sent to the printer") if self._paper and paint(path, self._paper) else _("It could not be sent")
            )
            path.unlink(missing_ok=True)
        else:
            line = _("Printed {name}").format(name=path.name)
        self.line.setText(line)
        self.said.emit(line)

    def _on_failed(self, line: str) -> None:
        self._asked_for_printer = False
        self.spots.give_up()
        self.line.setText(line)

    def done(self, result: int) -> None:
        # The button, Escape and the frame's cross all come here: what runs must end with the dialog.
        self.printing.close()
        super().done(result)
