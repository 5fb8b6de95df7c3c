"""One choice's row: its title and a few words, one of them down."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from inceptionist_gui.recipe import Choice, Magnitudes, Norm, Parameterization
from inceptionist_gui.ui.slider import Title
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

WORDS: dict[str, tuple[str, str]] = {
    Parameterization.PIXELS: (
        later("Pixels"),
        later("Each pixel for itself: turns to noise that only the network can read."),
    ),
    Parameterization.SPECTRUM: (later("Spectrum"), later("Waves of all sizes: grows whole forms.")),
    Parameterization.MACO: (
        later("Phases"),
        later("Waves of fixed strength that only shift: keeps the contrasts of photos."),
    ),
    Magnitudes.NATURAL: (later("Nature"), later("A law that pictures of nature follow: contrasts fall as 1/f.")),
    Magnitudes.PHOTOS: (later("Photo"), later("As measured from the photo that is open.")),
    Norm.LINF: (later("Each value"), later("No value of any pixel changes by more than the bound.")),
    Norm.L2: (
        later("On average"),
        later("All changes together stay within the bound; single ones may be larger."),
    ),
}
"""An artist's words for the fields' own, and what each is."""


class ChoiceRow(QWidget):
    """A field that holds one of a few words; a double click on its title resets it."""

    chosen = Signal(str, str)
    """By hand: the word, and what the undo menu calls the step."""

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self.setAccessibleName(_(choice.title))
        self.title = Title(_(choice.title))
        self.title.reset_wanted.connect(lambda: self._choose(choice.default))
        self._group = QButtonGroup(self)
        self._buttons = {option: self._button(option) for option in choice.options}
        self.setToolTip(
            tip(_(choice.tells), _(choice.term), _("Begins the picture anew.") if choice.restarts else "")
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.title)
        line.addStretch(1)
        for button in self._buttons.values():
            line.addWidget(button)

    def button(self, option: str) -> QToolButton:
        return self._buttons[option]

    def show_word(self, word: str) -> None:
        """Shows a word that came from elsewhere; nothing is emitted."""
        self._buttons[word].setChecked(True)

    def _choose(self, option: str) -> None:
        self.chosen.emit(option, f"{_(self._choice.title)}: {word_of(option)}")

    def _button(self, option: str) -> QToolButton:
        button = QToolButton()
        button.setText(word_of(option))
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(f"{_(self._choice.title)}: {word_of(option)}")
        button.setToolTip(tip(_(WORDS[option][1]), option))
        button.clicked.connect(lambda: self._choose(option))
        self._group.addButton(button)
        return button


def word_of(option: str) -> str:
    """An artist's word for it."""
    return _(WORDS[option][0])
