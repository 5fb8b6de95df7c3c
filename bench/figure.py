"""A measured figure, and the table of them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, beside what is wanted."""

    name: str
    value: float
    unit: str
    goal: str
    """Empty where none is set."""
    met: bool | None


def at_least(name: str, value: float, unit: str, goal: float) -> Figure:
    return Figure(name, round(value, 4), unit, f">= {goal:g}", value >= goal)


def at_most(name: str, value: float, unit: str, goal: float) -> Figure:
    return Figure(name, round(value, 4), unit, f"<= {goal:g}", value <= goal)


def alternating(runs: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median seconds of each of several ways to do a thing, taken in turns after one warm-up each."""
    for run in runs:
        run()
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, times in zip(runs, taken, strict=True):
            begun = perf_counter()
            run()
            times.append(perf_counter() - begun)
    return [median(times) for times in taken]


def table(figures: Sequence[Figure]) -> str:
    rows = [(fig.name, f"{fig.value:g} {fig.unit}".strip(), fig.goal, _verdict(fig)) for fig in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def write(figures: Sequence[Figure]) -> None:
    """Puts the figures into the file of results; those not measured this time stay as they were."""
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    by_name = {entry["name"]: entry for entry in known} | {figure.name: asdict(figure) for figure in figures}
    RESULTS.write_text(json.dumps(list(by_name.values()), indent=2) + "\n", "utf-8")


def _verdict(figure: Figure) -> str:
    return "" if figure.met is None else "met" if figure.met else "MISSED"
