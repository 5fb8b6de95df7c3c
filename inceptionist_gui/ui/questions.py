"""Questions that must be answered before going on."""

from enum import Enum, auto

from PySide6.QtWidgets import QMessageBox, QWidget


class Answer(Enum):
    """What to do with a dream that no file holds."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


def ask_unsaved(parent: QWidget, name: str) -> Answer:
    """Asks whether the dream is to be saved before it is let go."""
    box = QMessageBox(parent)
    box.setWindowTitle("Inceptionist")
    box.setText(f"Save the dream of {name}?")
    box.setInformativeText("It is in no file yet and would be lost.")
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers = {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}
    return answers.get(buttons(box.exec()), Answer.CANCEL)
