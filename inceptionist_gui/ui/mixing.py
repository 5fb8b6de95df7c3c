"""Changes of the goals: plain functions from one mix to the next."""

from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal

Goals = tuple[Goal, ...]


def goal_of_layer(goals: Goals, layer: str) -> LayerGoal | None:
    """The first goal that is this layer."""
    return next((goal for goal in goals if isinstance(goal, LayerGoal) and goal.layer == layer), None)


def only_layer(goals: Goals, layer: str) -> Goals:
    """The layer in place of every other layer and neuron. Classes stay: they were not chosen in the tree."""
    kept = tuple(goal for goal in goals if _is_layer(goal, layer)) or (LayerGoal(layer=layer),)
    return kept + tuple(goal for goal in goals if isinstance(goal, ClassGoal))


def without_layer(goals: Goals, layer: str) -> Goals:
    return tuple(goal for goal in goals if not _is_layer(goal, layer))


def with_channels(goals: Goals, layer: str, channels: tuple[int, ...]) -> Goals:
    """The layer's goal with these channels; where it is none yet, the layer alone with them."""
    goals = goals if goal_of_layer(goals, layer) else only_layer(goals, layer)
    goal = goal_of_layer(goals, layer)
    assert goal is not None
    return with_goal(goals, goals.index(goal), goal.model_copy(update={"channels": channels}))


def with_class(goals: Goals, label: str) -> Goals:
    """The class to be imagined, beside what was chosen; in place of whole layers, which a dream left behind."""
    left = all(isinstance(goal, LayerGoal) and not goal.channels for goal in goals)
    return (*(() if left else goals), ClassGoal(label=label))


def with_goal(goals: Goals, place: int, goal: Goal) -> Goals:
    return (*goals[:place], goal, *goals[place + 1 :])


def without_goal(goals: Goals, place: int) -> Goals:
    return goals[:place] + goals[place + 1 :]


def moved(goals: Goals, place: int, to: int) -> Goals:
    """The goal at one place, at another; beyond the ends is at them."""
    others = without_goal(goals, place)
    to = max(0, min(len(others), to))
    return (*others[:to], goals[place], *others[to:])


def _is_layer(goal: Goal, layer: str) -> bool:
    return isinstance(goal, LayerGoal) and goal.layer == layer
