"""Faults that are the user's to mend, each told in one line."""


class UserError(Exception):
    """A fault told in one line: what, in which file or field, and what would be right.

    The command line prints it and ends with `exit_code`; the studio shows it where the user looks.
    """

    exit_code = 2


class NotEnoughError(UserError):
    """Memory or disk will not do; the line says how much would."""

    exit_code = 3


_WORDS_OF_LACK = (
    "alloc_failed",  # cuBLAS and cuDNN, by the name of their status
    "allocate memory",  # torch on the CPU; the system
    "allocation_failed",  # cuDNN 9
    "could not create a primitive",  # oneDNN, within torch
    "failed to map segment",  # the system's loader, of a library
    "invalid buffer size",  # Metal, of more than it gives in one piece
    "not enough memory",  # torch on Windows
    "out of memory",  # torch on a GPU, CUDA or MPS
)


def lacks_memory(error: BaseException) -> bool:
    """Whether a fault says that memory ran out: torch and the system's loader have no MemoryError of their own."""
    if isinstance(error, MemoryError):
        return True
    told = str(error).lower()
    return isinstance(error, RuntimeError | OSError | ImportError) and any(word in told for word in _WORDS_OF_LACK)
