"""The processes that the program starts of itself, from a source tree and from a frozen build alike.

A frozen build has no interpreter to say `-m` to: its own executable takes `-m` in its place, for these modules alone
(`setup_steps/frozen.py`). So a command made here is right in both.
"""

from __future__ import annotations

import sys
from typing import Final

CHILDREN: Final = (
    "app",
    "app.demo.child",
    "devices.call.engine",
    "devices.sound.child",
    "devices.voice.windows_player",
    "ui.reader.child",
)
"""Every module that is run as a process; `app` is the command `kawei` itself."""


def is_frozen() -> bool:
    """Whether this is a frozen build, as an installed package has it, and no source tree."""
    return bool(getattr(sys, "frozen", False))


def own_command(module: str) -> tuple[str, ...]:
    """The command that runs one of `CHILDREN`; what it is to be told goes behind it."""
    if module not in CHILDREN:
        raise ValueError(f"{module} is no process of this program")
    return (sys.executable, "-m", module)
