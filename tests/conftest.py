"""What the tests of several rooms share."""

import os

# Before Qt or torch is imported: no window on anyone's screen (without a screen Qt would end the process),
# torch's idle threads sleep instead of taking the cores from the test that runs, and what an Apple GPU lacks is
# computed on the CPU.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
