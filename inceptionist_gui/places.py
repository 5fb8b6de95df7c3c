"""Where the program keeps what lies in no file of the user's choosing."""

import os
from pathlib import Path

import platformdirs

OVERRIDE = "INCEPTIONIST_DATA"
"""An environment variable: another folder for the user's data, as for a program on a stick."""
_NAME = "inceptionist"


def data_folder() -> Path:
    """For what must not be lost: history, presets, recovery, queue. It need not be there yet."""
    chosen = os.environ.get(OVERRIDE, "")
    return Path(chosen) if chosen else platformdirs.user_data_path(_NAME, appauthor=False)


def cache_folder() -> Path:
    """For what can be made again. It need not be there yet."""
    return platformdirs.user_cache_path(_NAME, appauthor=False)
