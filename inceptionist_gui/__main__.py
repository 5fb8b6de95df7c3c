"""`python -m inceptionist_gui` is `inceptionist`."""

import sys

from inceptionist_gui.cli import main

sys.exit(main())
