"""Artists' words for the recipe's own, to be translated where they are shown."""

from inceptionist_gui.recipe import Mode, Start
from inceptionist_gui.words import later

STARTS = {Start.PHOTO: later("Photo"), Start.CLOUDS: later("Clouds"), Start.NOISE: later("Noise")}
MODES = {Mode.DREAM: later("Dream"), Mode.IMAGINE: later("Imagine"), Mode.FOOL: later("Fool")}
