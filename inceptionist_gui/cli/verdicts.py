"""What networks say, for people and for programs."""

from typing import TYPE_CHECKING, Any

from inceptionist_gui.cli.telling import table
from inceptionist_gui.render.fooling import ordinal

if TYPE_CHECKING:
    from inceptionist_gui.engine.evidence import Prediction, Verdict


def as_text(verdict: "Verdict", *, asked: bool) -> str:
    """The likeliest classes under the network's name; if one was `asked` for, it stands there in any case."""
    rows = [(f"{p.probability:6.1%}", p.label) for p in verdict.top]
    if asked and verdict.rank > len(verdict.top):
        rows.append((f"{verdict.wanted.probability:6.1%}", f"{verdict.wanted.label} ({ordinal(verdict.rank)})"))
    return f"{verdict.title}\n{table(rows)}"


def as_data(verdict: "Verdict") -> dict[str, Any]:
    return {
        "network": verdict.network,
        "classes": [_as_data(each) for each in verdict.top],
        "wanted": {**_as_data(verdict.wanted), "rank": verdict.rank},
    }


def _as_data(prediction: "Prediction") -> dict[str, Any]:
    names = ("label", "index", "probability", "logit")
    return {name: getattr(prediction, name) for name in names}
