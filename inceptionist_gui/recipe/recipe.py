"""The recipe: everything that decides a picture, apart from the photo."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from inceptionist_gui.recipe.fields import Mode, Part, control
from inceptionist_gui.recipe.fooling import Fool
from inceptionist_gui.recipe.goals import MOST_GOALS, Goal, LayerGoal
from inceptionist_gui.recipe.imagining import Imagine, NaturalPriors
from inceptionist_gui.recipe.packed import Mask

VERSION = 3
"""2 brought the ways of working beside the dream, 3 masks and guides."""
DREAMS = frozenset({Mode.DREAM})


class Start(StrEnum):
    """What the dream starts from."""

    PHOTO = "photo"
    CLOUDS = "clouds"
    NOISE = "noise"


class Strength(Part):
    heading = "Strength"
    modes: ClassVar[frozenset[Mode]] = DREAMS

    step_size: float = control(
        0.009,
        0.001,
        0.06,
        step=0.001,
        title="Step size",
        tells="How far the picture moves with each iteration; more is bolder, too much is harsh.",
    )
    iterations: int = control(
        10,
        1,
        100,
        step=1,
        title="Iterations",
        tells="How many steps each octave gets; more grows the forms out further.",
    )
    momentum: float = control(
        0.5,
        0.0,
        0.95,
        step=0.05,
        title="Momentum",
        tells="How long a movement carries on; more grows whole forms, less keeps to what each step sees.",
    )
    settle: float = control(
        0.5,
        0.0,
        1.0,
        step=0.05,
        title="Settle",
        term="step size decay",
        tells="How much smaller the steps grow within an octave; more ends in finer, calmer drawing.",
    )


class Scale(Part):
    heading = "Scale"
    modes: ClassVar[frozenset[Mode]] = DREAMS

    octaves: int = control(
        6,
        1,
        12,
        step=1,
        title="Octaves",
        restarts=True,
        tells="How many sizes of the picture are dreamed, from small to full; more brings larger forms.",
    )
    octave_scale: float = control(
        1.4,
        1.1,
        2.0,
        step=0.05,
        title="Octave scale",
        unit="x",
        restarts=True,
        tells="How much each octave is larger than the one before; less lets sizes flow into each other.",
    )
    jitter: int = control(
        16,
        0,
        64,
        step=1,
        title="Jitter",
        unit="px",
        tells="How far the picture is shifted at random before each step; it hides the network's own grid.",
    )


class Texture(Part):
    heading = "Texture and colour"
    modes: ClassVar[frozenset[Mode]] = DREAMS

    detail_balance: float = control(
        0.6,
        0.0,
        1.0,
        step=0.05,
        title="Detail balance",
        term="Laplacian gradient normalisation",
        tells="How evenly coarse and fine forms grow; at 1 every size gets its share.",
    )
    colour: float = control(
        0.25,
        0.0,
        1.0,
        step=0.05,
        title="Colour",
        term="colour part of the gradient",
        tells="How freely the dream paints in colours of its own; at 0 it draws in light and dark alone.",
    )


class Priors(Part):
    heading = "Natural-image priors"
    modes: ClassVar[frozenset[Mode]] = DREAMS

    total_variation: float = control(
        0.0,
        0.0,
        1.0,
        step=0.05,
        title="Flatness",
        term="total variation",
        tells="Melts fine grain into flat areas with crisp borders, like paint.",
    )
    smoothness: float = control(
        0.1,
        0.0,
        1.0,
        step=0.01,
        title="Smoothness",
        tells="Blends what was dreamed into its surroundings a little after every step.",
    )
    keep_photo: float = control(
        0.004,
        0.0,
        0.1,
        step=0.002,
        title="Keep the photo",
        term="decay",
        tells="Draws the picture back to the photo with every step.",
    )
    keep_colours: float = control(
        0.0,
        0.0,
        1.0,
        step=0.05,
        title="Keep colours",
        tells="Holds to the photo's own colours and lets only light and dark dream.",
    )
    gamut: float = control(
        0.5,
        0.0,
        1.0,
        step=0.05,
        title="Tame highlights",
        term="gamut",
        tells="Draws back what is about to turn pure white, pure black or a blinding colour.",
    )


class Recipe(Part):
    """Everything that decides a picture, apart from the photo: frozen, validated, versioned.

    Same recipe, photo and machine: the same bytes.
    """

    heading = "Picture"

    version: Annotated[int, Field(ge=1, le=VERSION)] = VERSION
    mode: Mode = Mode.DREAM
    network: Annotated[str, Field(min_length=1, max_length=200)] = "lite0"
    """A name as `inceptionist networks` lists it."""
    start: Start = Start.PHOTO
    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=MOST_GOALS)] = (LayerGoal(layer="blocks.4"),)
    mask: Mask | None = None
    """Where to dream, and how strongly, whatever the goal; None is everywhere."""
    restored: Mask | None = None
    """Where the photo comes back through what was dreamed, and how strongly; None is nowhere."""
    size: int = control(
        768,
        64,
        8192,
        step=32,
        title="Size",
        unit="px",
        restarts=True,
        tells="The longer side of the dreamed picture.",
    )
    seed: int = control(
        0,
        0,
        999_999,
        step=1,
        title="Seed",
        restarts=True,
        tells="Another number gives another dream of the same kind; the same number the same dream.",
    )
    strength: Strength = Strength()
    scale: Scale = Scale()
    texture: Texture = Texture()
    priors: Priors = Priors()
    imagine: Imagine = Imagine()
    natural: NaturalPriors = NaturalPriors()
    fool: Fool = Fool()
