"""What a dream can be asked to run on. No torch."""

from dataclasses import dataclass
from enum import StrEnum


class DeviceName(StrEnum):
    """A wish; what comes of it, `devices.chosen` tells."""

    AUTO = "auto"
    """The quickest that there is."""
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


@dataclass(frozen=True, slots=True)
class Offer:
    """A device as a menu shows it."""

    name: DeviceName
    title: str
    lack: str = ""
    """Why it cannot be had on this machine, in one line; empty where it can."""
