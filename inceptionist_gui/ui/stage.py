"""The middle of the window: the canvas, what is laid over it and the line below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Mode
from inceptionist_gui.session.exchange import Before, View
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, State
from inceptionist_gui.ui.canvas import Canvas
from inceptionist_gui.ui.invitation import Invitation
from inceptionist_gui.ui.messages import Messages
from inceptionist_gui.ui.painting import Painting
from inceptionist_gui.ui.progress import HEIGHT, ProgressLine
from inceptionist_gui.ui.tones import Tones

_STATUS = 1
"""The place behind the progress."""
_ROOM_FOR_BOTH = 640
"""Pixels in which progress and look have place side by side."""


class Stage(QWidget):
    """Shows the session's picture, its progress and its messages."""

    def __init__(self, session: Session, tones: Tones, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.canvas = Canvas(self)
        self.painting = Painting(session.masking, self.canvas.viewpoint, self)
        self.canvas.take_up(self.painting)
        self.progress = ProgressLine(session, self)
        self.messages = Messages(self.canvas, tones)
        # Not the canvas's, which is no arrow while it is painted on.
        self.messages.setCursor(Qt.CursorShape.ArrowCursor)
        self.invitation = Invitation(self.canvas)
        self._look = QLabel(self)
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._listen()
        self._invite()

    def _lay_out(self) -> None:
        self._look.setProperty("role", "quiet")
        self._strip = strip = QHBoxLayout()
        strip.setContentsMargins(16, 0, 16, 0)
        strip.setSpacing(16)
        strip.addWidget(self.progress)
        strip.addWidget(self._look)
        # Always of this height: the picture must not move when a dream begins.
        strip.addStrut(HEIGHT)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.canvas, 1)
        self._rows.addLayout(strip)

    def put_beside_progress(self, status: QWidget) -> None:
        """Puts words into the line below the canvas that give way to all others there."""
        self._strip.insertWidget(_STATUS, status, 1)

    def put_above(self, bar: QWidget) -> None:
        """Puts a bar above the canvas, where it covers nothing of the picture."""
        self._rows.insertWidget(0, bar)

    def _listen(self) -> None:
        session, canvas = self._session, self.canvas
        session.picture_opened.connect(self._show_photo)
        session.began.connect(self._show_before)
        session.viewed.connect(self._show_view)
        session.result_changed.connect(self._show_result)
        session.said.connect(self.say)
        session.state_changed.connect(self._invite)
        session.state_changed.connect(self._make_room)
        session.recipe_changed.connect(self._invite)
        canvas.changed.connect(self._invite)
        canvas.changed.connect(self._fit_masks)
        canvas.painted.connect(session.take_next)
        canvas.tapped.connect(session.toggle)
        canvas.zoom_changed.connect(self._show_look)

    def say(self, message: Message) -> None:
        self.messages.say(message)

    def _show_photo(self, picture: Picture | None) -> None:
        if picture is None:
            self.canvas.clear()
        else:
            self.canvas.set_before(None)
            self.canvas.show_pixels(picture.pixels)

    def _show_before(self, before: Before) -> None:
        # What is imagined comes from nothing.
        imagined = self._session.recipe.mode is Mode.IMAGINE
        self.canvas.set_before(None if imagined else before.pixels)

    def _show_view(self, view: View) -> None:
        self.canvas.show_pixels(view.pixels)

    def _show_result(self, picture: Picture | None) -> None:
        # A dream that was halted may be one iteration further than its last view.
        if picture is not None:
            self.canvas.show_pixels(picture.pixels)

    def _fit_masks(self) -> None:
        image = self.canvas.image
        self._session.masking.fit(image.width() if image else 0, image.height() if image else 0)

    def _show_look(self, zoom: float) -> None:
        image = self.canvas.image
        self._look.setText(f"{image.width()} x {image.height()} px    {zoom * 100:.0f} %" if image else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Under way, its progress comes before how it is looked at."""
        self._look.setVisible(self._session.state is State.IDLE or self.width() >= _ROOM_FOR_BOTH)

    def _invite(self) -> None:
        session = self._session
        mode = session.recipe.mode
        # What is imagined was chosen when it is under way.
        choosing = mode is not Mode.IMAGINE or session.state is State.IDLE
        self.invitation.invite(
            mode,
            empty=self.canvas.image is None and choosing,
            demonstrating=session.demonstrating and session.photo is None and mode is not Mode.IMAGINE,
        )
