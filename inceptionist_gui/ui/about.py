"""What the program says of itself."""

import platform

import PySide6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from inceptionist_gui import __version__
from inceptionist_gui.words import _


def show_about(parent: QWidget) -> None:
    dialog = QDialog(parent)
    dialog.setWindowTitle(_("About Inceptionist"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    emblem = QLabel(dialog)
    emblem.setPixmap(QApplication.windowIcon().pixmap(QSize(96, 96), dialog.devicePixelRatioF()))
    text = QLabel(_text(), dialog, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    versions = QLabel(f"Python {platform.python_version()}, PySide6 {PySide6.__version__}", dialog)
    versions.setProperty("role", "quiet")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    rows = QVBoxLayout(dialog)
    rows.setContentsMargins(24, 24, 24, 16)
    rows.setSpacing(16)
    for part in (emblem, text, versions):
        rows.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
    rows.addWidget(buttons)
    text.setFixedWidth(400)
    dialog.open()


def _text() -> str:
    paragraphs = (
        _("A studio for dreaming with image networks."),
        _(
            "Licensed under the Apache License 2.0. The networks EfficientNet-Lite0, Lite1 and Lite2 carry "
            "weights trained on ImageNet, under the Apache License 2.0. Qt and PySide6 are used under the LGPL 3, "
            "Phosphor icons under the MIT licence."
        ),
        _("After Mordvintsev, Olah and Tyka: Inceptionism, 2015."),
    )
    return f"<h2>Inceptionist {__version__}</h2>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
