"""Straight to a printer, by the system's dialog."""

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImageReader, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from inceptionist_gui.media.profiles import SRGB
from inceptionist_gui.render.print_job import Orientation, PrintJob


def ask_printer(parent: QWidget) -> QPrinter | None:
    """The printer with its paper; None when it was cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    return printer if QPrintDialog(printer, parent).exec() else None


def printable(job: PrintJob, printer: QPrinter) -> PrintJob:
    """The job on the paper that is in the printer, as large as that can print."""
    page = printer.pageLayout().paintRect(QPageLayout.Unit.Millimeter)
    return job.model_copy(
        update={
            "width": page.width(),
            "height": page.height(),
            "orientation": Orientation.GIVEN,
            "bleed": 0.0,
            "marks": False,
            "depth": 8,
            "profile": SRGB,
        }
    )


def paint(path: Path, printer: QPrinter) -> bool:
    """Prints the picture in a file over the whole page; whether the printer took it."""
    reader = QImageReader(str(path))
    # Prints are larger than what Qt thinks a picture may be.
    reader.setAllocationLimit(0)
    image = reader.read()
    painter = QPainter()
    if image.isNull() or not painter.begin(printer):
        return False
    painter.drawImage(QRectF(painter.viewport()), image)
    return painter.end()
