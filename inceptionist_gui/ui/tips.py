"""Tooltips."""

from html import escape


def tip(tells: str, term: str = "", note: str = "") -> str:
    """A tooltip that wraps its lines: a sentence, the field's term, a note. Empty parts are left out."""
    parts = (escape(tells), f"<i>{escape(term)}</i>" if term else "", escape(note))
    return "".join(f"<p style='margin: 2px'>{part}</p>" for part in parts if part)
