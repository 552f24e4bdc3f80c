"""The look: contrast, steps of scale, fonts, and what changes when it is put on again."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from ui.theme import Colour, Contrast, Role, Scale, Tone, apply, contrast, fonts, look
from ui.theme.sheet import sheet
from ui.theme.tokens import SHAPE_PAIRS, TEXT_PAIRS
from ui.widgets.boxes import Column
from ui.widgets.buttons import PrimaryButton
from ui.widgets.contrast_switch import ContrastSwitch
from ui.widgets.header import HeaderBar
from ui.widgets.text import Text


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_reaches_seven_to_one_and_twelve_in_high_contrast(ink, ground):
    assert contrast(ink, ground) >= 7
    assert contrast(ink, ground, Contrast.HIGH) >= 12


@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_reach_three_to_one_and_seven_in_high_contrast(shape, ground):
    assert contrast(shape, ground) >= 3
    assert contrast(shape, ground, Contrast.HIGH) >= 7


def test_high_contrast_is_worn_by_sheet_palette_and_painters_and_can_be_taken_off(qapp, qtbot):
    header, label = HeaderBar("评标室"), Text("评审", soft=True)
    switch = header.add_control(ContrastSwitch())
    window = Column(header, label)
    qtbot.addWidget(window)
    window.resize(1400, 300)
    window.show()
    usual = window.grab().toImage().pixelColor(700, 4).name().upper()
    assert usual == Colour.HEADER.of(Contrast.NORMAL)
    try:
        switch.button.click()
        assert look().contrast is Contrast.HIGH
        assert Colour.INK_SOFT.value == str(Colour.INK_SOFT) == f"{Colour.INK_SOFT}" == "#000000"
        label.ensurePolished()
        assert label.palette().windowText().color().name() == "#000000"
        assert window.grab().toImage().pixelColor(700, 4).name().upper() == Colour.HEADER.of(Contrast.HIGH)
    finally:
        switch.button.setChecked(False)
    assert window.grab().toImage().pixelColor(700, 4).name().upper() == usual
    assert look().contrast is Contrast.NORMAL


def test_contrast_is_that_of_wcag():
    assert contrast(Colour.SURFACE, Colour.SURFACE) == pytest.approx(1)
    assert contrast(Colour.INK, Colour.SURFACE) == pytest.approx(contrast(Colour.SURFACE, Colour.INK))
    # #767676 on white is the well-known 4.54:1; the formula is checked on our own grey of that kind.
    assert 3.5 < contrast(Colour.EDGE, Colour.SURFACE) < 4.5


def test_every_ink_and_ground_of_a_tone_is_among_the_tested_pairs():
    for tone in Tone:
        assert (tone.ink, tone.ground) in TEXT_PAIRS


def test_nothing_is_set_smaller_than_fifteen_px():
    assert min(role.size for role in Role) == 15
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", sheet(lambda size: round(size)))]
    assert min(sizes) >= 15


@pytest.mark.parametrize("scale", Scale)
def test_a_scale_scales_labels_buttons_and_distances(qapp, qtbot, scale):
    apply(qapp, scale)
    label, button = Text("评审"), PrimaryButton("提交")
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.ensurePolished()
    assert label.font().pixelSize() == round(17 * scale.value)
    assert button.sizeHint().height() >= round(44 * scale.value)
    assert look().scale is scale
    assert look().px(8) == round(8 * scale.value)


def test_the_bundled_face_is_what_is_shown(qapp):
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles(fonts.FAMILY))
    assert QFontInfo(look().font(Role.BODY)).family() == fonts.FAMILY
    assert QFontInfo(look().font(Role.MARK)).bold()


def test_a_missing_face_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "_has_both_weights", lambda: False)
    monkeypatch.setattr("resources.path", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.raises(fonts.FontFault, match="make setup"):
        fonts.load()


def test_nothing_blinks(qapp):
    assert QApplication.cursorFlashTime() == 0
