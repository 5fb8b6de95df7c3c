"""What a session is doing, and what it says."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What the session is doing."""

    IDLE = "idle"
    WAKING = "waking"
    """The dream was asked for; its first frame is on its way."""
    DREAMING = "dreaming"
    PAUSED = "paused"


class Tone(StrEnum):
    """How weighty a message is."""

    INFO = "info"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One line for the user."""

    text: str
    tone: Tone = Tone.INFO
