"""Puts PySide6 out of reach of every Python process that has this folder in its PYTHONPATH.

Python imports a module of this name by itself at start, in the processes that a test starts too.
"""

import sys

_OUT_OF_REACH = ("PySide6", "shiboken6")


class _NoQt:
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname.partition(".")[0] in _OUT_OF_REACH:
            raise ModuleNotFoundError(f"{fullname} is out of reach here: this must work without Qt", name=fullname)


sys.meta_path.insert(0, _NoQt())
