"""Where the files that ship with the program lie."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a file or folder below `resources/`, in a wheel as in a checkout."""
    inside_wheel = _PACKAGE / "resources"
    root = inside_wheel if inside_wheel.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
