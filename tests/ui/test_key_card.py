"""The card of keys shows every key, in columns where a window is low."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui.theme import Scale, apply
from ui.widgets.key_card import KeyCard, KeyHelp

KEYS = [KeyHelp(("Ctrl", "Y"), "恢复撤销的"), *(KeyHelp((f"F{k}",), "显示或收起这些按键") for k in range(1, 16))]


@pytest.mark.parametrize(("scale", "columns"), [(Scale.NORMAL, 1), (Scale.LARGEST, 2)])
def test_no_key_is_cut_off_at_1366x768(qapp, qtbot, scale, columns):
    apply(qapp, scale)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(QSize(1366, 768))
    card = KeyCard(window, "本页按键", KEYS)
    window.show()
    card.toggle()
    assert card.size() == card.sizeHint()
    assert window.rect().contains(card.geometry())
    assert -(-len(KEYS) // card._rows_a_column()) == columns
