"""How a picture is imagined: a goal made a picture from nothing, under natural-image priors."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from inceptionist_gui.recipe.fields import Mode, Part, choice, control

MOST_NETWORKS = 4
"""That may join the recipe's own."""
MOST_POINTS = 256
"""Of a measured spectrum."""

NetworkName = Annotated[str, Field(min_length=1, max_length=200)]
Amplitude = Annotated[float, Field(gt=0.0, le=1e6, allow_inf_nan=False)]


class Parameterization(StrEnum):
    """What the optimiser moves."""

    PIXELS = "pixels"
    """Each pixel for itself."""
    SPECTRUM = "spectrum"
    """Fourier coefficients scaled by 1/f, in decorrelated colours (Olah, Mordvintsev & Schubert 2017)."""
    MACO = "maco"
    """The phases alone; the magnitudes stay those of natural pictures (Fel et al. 2023)."""


class Magnitudes(StrEnum):
    """Whose power spectrum is held to be natural."""

    NATURAL = "natural"
    """An analytic law: amplitudes fall as 1/f."""
    PHOTOS = "photos"
    """As measured from the user's own: `Imagine.profile`, or, where that is empty, the photo that is open."""


class Imagine(Part):
    heading = "Imagining"
    modes: ClassVar[frozenset[Mode]] = frozenset({Mode.IMAGINE})

    parameterization: Parameterization = choice(
        Parameterization.SPECTRUM,
        title="Made of",
        term="parameterization",
        restarts=True,
        tells="Pixels turn to noise, a spectrum grows whole forms, and phases alone keep the contrasts of photos.",
    )
    steps: int = control(
        180,
        20,
        2000,
        step=10,
        title="Steps",
        tells="How many steps the picture is given; more works the forms out further.",
    )
    rate: float = control(
        0.03,
        0.005,
        0.2,
        step=0.005,
        title="Step size",
        term="learning rate of Adam",
        tells="How far each step goes; more finds bolder forms, too much never settles.",
    )
    purity: float = control(
        0.5,
        0.0,
        1.0,
        step=0.05,
        title="Purity",
        term="share of the other logits taken off",
        tells="How much a class must stand out from all others; more leaves one plain thing, less a rich scene.",
    )
    crops: int = control(
        4,
        1,
        16,
        step=1,
        title="Views a step",
        term="crops in a batch",
        tells="In how many random views the network sees the picture at each step; more agrees on calmer forms.",
    )
    smallest_crop: float = control(
        0.5,
        0.1,
        1.0,
        step=0.05,
        title="Closest view",
        term="smallest crop",
        tells="How close a view may come, as a share of the side; less fills it with details, 1 sees it whole.",
    )
    octaves: int = control(
        3,
        1,
        5,
        step=1,
        title="Coarse to fine",
        term="octaves",
        restarts=True,
        tells="In how many sizes the picture is found, from small to full; more settles the large forms first.",
    )
    working_size: int = control(
        288,
        96,
        768,
        step=32,
        title="Found at",
        term="working size",
        unit="px",
        restarts=True,
        tells="The size at which the forms are found; a larger picture is grown on from there.",
    )
    growth: float = control(
        0.5,
        0.0,
        1.0,
        step=0.05,
        title="Finer detail",
        term="growth",
        tells="How boldly a larger picture gets detail of its own while it grows on; at 0 it is enlarged alone.",
    )
    spectrum_power: float = control(
        1.4,
        0.0,
        2.0,
        step=0.05,
        title="Softness",
        term="power of 1/f",
        restarts=True,
        tells="How steeply the amplitudes fall towards fine detail; more paints in large soft forms.",
    )
    magnitudes: Magnitudes = choice(
        Magnitudes.NATURAL,
        title="Contrasts of",
        term="magnitudes of the spectrum",
        restarts=True,
        tells="Whether contrasts follow the law of natural pictures or are measured from photos of your own.",
    )
    profile: Annotated[tuple[Amplitude, ...], Field(max_length=MOST_POINTS)] = ()
    """Mean amplitudes measured from photos, at frequencies evenly spaced in the logarithm, lowest first.

    `engine.spectrum.measured` makes it of any number of pictures. Empty where none were measured.
    """
    networks: Annotated[tuple[NetworkName, ...], Field(max_length=MOST_NETWORKS)] = ()
    """Others that look too: a class counts by the mean of their logits, and the picture holds for all of them."""


class NaturalPriors(Part):
    """What a natural picture is like, each with its weight. All at zero, the network alone decides.

    That is the honest adversarial case: free pixels, seen as they are, certain to the network and nothing to
    anybody else.
    """

    heading = "What pictures are like"
    modes: ClassVar[frozenset[Mode]] = frozenset({Mode.IMAGINE})

    total_variation: float = control(
        0.5,
        0.0,
        1.0,
        step=0.05,
        title="Flatness",
        term="total variation",
        tells="Asks for flat areas with crisp borders, like paint; the picture holds for other eyes, too.",
    )
    smoothness: float = control(
        0.0,
        0.0,
        1.0,
        step=0.05,
        title="Smoothness",
        term="squared gradient",
        tells="Asks neighbouring pixels to be alike, edges included: softer all over.",
    )
    spectrum: float = control(
        0.4,
        0.0,
        1.0,
        step=0.05,
        title="Natural contrasts",
        term="radially averaged power spectrum",
        tells="Holds coarse and fine contrasts to the proportions that they have in photos.",
    )
    colour: float = control(
        0.1,
        0.0,
        1.0,
        step=0.05,
        title="Natural colours",
        term="colour covariance",
        tells="Holds colours to the strength that they have in photos: mostly light and dark, seldom garish.",
    )
    gamut: float = control(
        0.2,
        0.0,
        1.0,
        step=0.05,
        title="Tame highlights",
        term="gamut",
        tells="Draws back what is about to turn pure white, pure black or a blinding colour.",
    )
    robustness: float = control(
        0.5,
        0.0,
        1.0,
        step=0.05,
        title="Sturdiness",
        term="transformation robustness",
        tells="Shows the network the picture cropped, turned and under noise; only what survives that counts.",
    )

    @property
    def absent(self) -> bool:
        """Whether all weights are zero: the picture is then free pixels, whatever its parameterization."""
        return not any(getattr(self, name) for name in type(self).model_fields)


NO_PRIORS = NaturalPriors(total_variation=0.0, smoothness=0.0, spectrum=0.0, colour=0.0, gamut=0.0, robustness=0.0)
