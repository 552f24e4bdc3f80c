"""Every test of the interface starts dressed at scale 1.0 and speaking English, the language of the source."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.theme import Language, Scale, apply, install, look


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    install(qapp, Language.EN)
    # Dressing costs more than most tests: only where the last one left another look, or none.
    if look().scale is not Scale.NORMAL or not qapp.styleSheet():
        apply(qapp, Scale.NORMAL)
