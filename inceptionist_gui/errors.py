"""Faults that are the user's to mend, each told in one line."""


class UserError(Exception):
    """A fault told in one line: what, in which file or field, and what would be right.

    The command line prints it and ends with `exit_code`; the studio shows it where the user looks.
    """

    exit_code = 2


class NotEnoughError(UserError):
    """Memory or disk will not do; the line says how much would."""

    exit_code = 3
