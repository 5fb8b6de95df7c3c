"""The shape of the EfficientNet-Lite networks, by arithmetic alone (Tan & Le 2019; Liu 2020). No torch."""

from dataclasses import dataclass
from math import ceil

from inceptionist_gui.engine.networks.description import Layer

STEM_CHANNELS = 32
HEAD_CHANNELS = 1280
STEM_KERNEL = 3

_STAGES = (
    # kernel, stride, expansion, channels, blocks of the unscaled network
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)

_TELLS = ("grain", "strokes", "weave", "ornament", "eyes and dogs", "faces and fur", "creatures")


@dataclass(frozen=True, slots=True)
class BlockShape:
    """One inverted residual block: expand by 1x1, filter each channel, project by 1x1."""

    kernel: int
    stride: int
    inputs: int
    hidden: int
    outputs: int

    @property
    def expands(self) -> bool:
        return self.hidden != self.inputs

    @property
    def adds_input(self) -> bool:
        return self.stride == 1 and self.inputs == self.outputs


def stage_shapes(width: float, depth: float) -> tuple[tuple[BlockShape, ...], ...]:
    """The blocks of each stage of the network scaled by `width` in channels and `depth` in blocks.

    Unlike in EfficientNet proper, stem, head, and the number of blocks of the first and last stage stay.
    """
    shapes: list[tuple[BlockShape, ...]] = []
    inputs = STEM_CHANNELS
    for number, (kernel, stride, expansion, channels, blocks) in enumerate(_STAGES):
        outputs = _scaled_channels(channels, width)
        count = blocks if number in (0, len(_STAGES) - 1) else ceil(blocks * depth)
        stage = []
        for block in range(count):
            first = block == 0
            stage.append(BlockShape(kernel, stride if first else 1, inputs, inputs * expansion, outputs))
            inputs = outputs
        shapes.append(tuple(stage))
    return tuple(shapes)


def layer_tree(width: float, depth: float) -> tuple[Layer, ...]:
    """The network's layers as a tree in forward order, each with its stride and receptive field."""
    sight = _Sight().through(STEM_KERNEL, 2)
    stem = Layer("stem", "stage", "edges and spots", STEM_CHANNELS, sight.stride, sight.field)
    stages = [stem]
    for number, shapes in enumerate(stage_shapes(width, depth)):
        blocks = []
        for index, shape in enumerate(shapes):
            block, sight = _block(f"blocks.{number}.{index}", shape, sight)
            blocks.append(block)
        last = blocks[-1]
        stages.append(
            Layer(
                f"blocks.{number}",
                "stage",
                _TELLS[number],
                last.channels,
                sight.stride,
                sight.field,
                tuple(blocks),
            )
        )
    stages.append(Layer("head", "stage", "parts of things", HEAD_CHANNELS, sight.stride, sight.field))
    return tuple(stages)


@dataclass(frozen=True, slots=True)
class _Sight:
    """How far one output reaches over the picture."""

    field: int = 1
    stride: int = 1

    def through(self, kernel: int, stride: int = 1) -> "_Sight":
        return _Sight(self.field + (kernel - 1) * self.stride, self.stride * stride)


def _block(name: str, shape: BlockShape, before: _Sight) -> tuple[Layer, _Sight]:
    after = before.through(shape.kernel, shape.stride)
    within = []
    if shape.expands:
        within.append(Layer(f"{name}.expand", "layer", "expand", shape.hidden, before.stride, before.field))
    within.append(Layer(f"{name}.depthwise", "layer", "filter", shape.hidden, after.stride, after.field))
    within.append(Layer(f"{name}.project", "layer", "project", shape.outputs, after.stride, after.field))
    block = Layer(name, "block", "block", shape.outputs, after.stride, after.field, tuple(within))
    return block, after


def _scaled_channels(channels: int, width: float) -> int:
    scaled = channels * width
    rounded = max(8, int(scaled + 4) // 8 * 8)
    return rounded if rounded >= 0.9 * scaled else rounded + 8
