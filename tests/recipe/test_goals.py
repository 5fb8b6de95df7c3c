"""Which goals count."""

import pytest

from inceptionist_gui.recipe import LayerGoal, counting, described


def goal(layer: str, *marks: str) -> LayerGoal:
    return LayerGoal(layer=layer, muted="muted" in marks, solo="solo" in marks)


@pytest.mark.parametrize(
    ("goals", "count"),
    [
        ((goal("a"), goal("b")), "ab"),
        ((goal("a", "muted"), goal("b")), "b"),
        ((goal("a", "muted"), goal("b", "muted")), ""),
        ((goal("a"), goal("b", "solo"), goal("c", "solo")), "bc"),
        # To listen to one alone is the stronger wish.
        ((goal("a", "muted", "solo"), goal("b")), "a"),
    ],
)
def test_solo_goals_count_alone_and_muted_ones_do_not(goals: tuple[LayerGoal, ...], count: str) -> None:
    assert "".join(map(described, counting(goals))) == count
