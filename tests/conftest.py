"""What the tests of several rooms share."""

import os

from inceptionist_gui.engine.surroundings import prepare_surroundings

# Before Qt or torch is imported: no window on anyone's screen (without a screen Qt would end the process).
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
prepare_surroundings()
