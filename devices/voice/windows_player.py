"""Plays one WAV file on Windows and ends with it: a process of its own, so that it can be broken off."""

from __future__ import annotations

import sys

if __name__ == "__main__" and sys.platform == "win32":
    import winsound

    winsound.PlaySound(sys.argv[1], winsound.SND_FILENAME)
