"""Runs in a frozen build before anything else of ours."""

import os

# Windows are painted by the processor: no driver of a graphics card has a part in them, so none is loaded.
os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
# The loader has read it. Programs of the system that we start (player, printer) shall find the system's libraries, and
# our own processes set it anew instead of trusting that it is there.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
os.environ.pop("LD_LIBRARY_PATH", None)
if before is not None:
    os.environ["LD_LIBRARY_PATH"] = before
