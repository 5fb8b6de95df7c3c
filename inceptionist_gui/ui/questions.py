"""Questions that must be answered before going on."""

from enum import Enum, auto

from PySide6.QtWidgets import QMessageBox, QWidget

from inceptionist_gui.words import _


class Answer(Enum):
    """What to do with work that no file holds."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


def ask_unsaved(parent: QWidget, name: str, *, in_project: bool = False) -> Answer:
    """Asks whether the dream, or what was changed in a project, is to be saved before it is let go."""
    box = QMessageBox(parent)
    box.setWindowTitle("Inceptionist")
    if in_project:
        box.setText(_("Save what was changed in {name}?").format(name=name))
        box.setInformativeText(_("It is not in the project's file yet and would be lost."))
    else:
        box.setText(_("Save the dream of {name}?").format(name=name))
        box.setInformativeText(_("It is in no file yet and would be lost."))
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers = {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}
    return answers.get(buttons(box.exec()), Answer.CANCEL)
