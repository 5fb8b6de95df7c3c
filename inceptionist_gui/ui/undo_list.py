"""The steps that can be undone, in a list: a click goes back to one, or forward again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QDialog, QUndoView, QVBoxLayout, QWidget

from inceptionist_gui.words import _


def show_undo_list(stack: QUndoStack, parent: QWidget) -> QDialog:
    """Puts it up beside the window, which stays usable."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Undo List"))
    view = QUndoView(stack, dialog)
    view.setEmptyLabel(_("At the beginning"))
    view.setAccessibleName(_("Undo List"))
    view.setToolTip(_("A click goes back to a step, or forward again"))
    lines = QVBoxLayout(dialog)
    lines.addWidget(view)
    dialog.resize(280, 360)
    dialog.show()
    return dialog
