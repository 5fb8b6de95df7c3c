"""The networks: what they say of themselves (no torch), and how one is loaded (`loading`, torch)."""

from inceptionist_gui.engine.networks.catalogue import judge_of, network_named, networks
from inceptionist_gui.engine.networks.checking import check
from inceptionist_gui.engine.networks.classes import Classes
from inceptionist_gui.engine.networks.description import Layer, Network, UnknownNameError

__all__ = ["Classes", "Layer", "Network", "UnknownNameError", "check", "judge_of", "network_named", "networks"]
