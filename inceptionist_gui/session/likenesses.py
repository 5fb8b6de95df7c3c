"""Goals made of pictures: what a layer makes of them becomes what is wanted."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import Network
from inceptionist_gui.media import as_float32, read_picture
from inceptionist_gui.recipe import DirectionGoal
from inceptionist_gui.session.errands import Errand

_LONGEST = 200
"""Characters of a goal's name."""


class Likenesses(QObject):
    """Looks at pictures through a network without stalling the window."""

    found = Signal(object, object)
    """The Network, and the DirectionGoal that is good for it."""
    failed = Signal(str)
    """One line."""

    def __init__(self, run: Callable[[Errand], None], parent: QObject | None = None) -> None:
        """`run` has an errand done."""
        super().__init__(parent)
        self._run = run

    def look(self, paths: Sequence[Path], network: Network, device: DeviceName) -> None:
        """Has `found` come, of the network's last layer."""
        errand = Errand(_looking(tuple(paths), network, device), self)
        errand.done.connect(lambda goal: self.found.emit(network, goal))
        errand.failed.connect(self.failed)
        self._run(errand)


def _looking(
    paths: tuple[Path, ...], network: Network, device: DeviceName
) -> Generator[float, None, DirectionGoal]:
    pictures = []
    for path in paths:
        pictures.append(as_float32(read_picture(path).pixels))
        yield len(pictures) / len(paths)
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.directions import direction_of
    from inceptionist_gui.engine.networks.loading import load

    layer = network.stages[-1].name
    vector = direction_of(pictures, layer, load(network, chosen(device)))
    return DirectionGoal(layer=layer, vector=vector, name=", ".join(path.name for path in paths)[:_LONGEST])
