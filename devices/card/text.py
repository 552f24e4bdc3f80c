"""What a reader typed, or a person, as a card."""

from __future__ import annotations

import re

from app.ports.card import Card, CardFault, DocumentKind, is_resident_id

# Readers of different makers put these between name, sex, number, address ..., some a label before each.
_SEPARATORS = re.compile(r"[|,;\t、]")
_LABEL = re.compile(r"[^:0-9]{1,10}:\s*(?=\S)")
# A Chinese input method that is left on makes digits, letters and separators twice as wide.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LOOSE_NUMBER = re.compile(r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9A-Z])")
_NAME = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff][㐀-鿿豈-﫿\U00020000-\U0003ffff·• ]{1,30}")
_OTHER = re.compile(r"[A-Z0-9][A-Z0-9-]{4,19}")
# Fields that look like a name and are none.
_NOT_NAMES = {"男", "女", "汉族", "姓名", "公民身份号码"}


def card_from_text(text: str) -> Card | CardFault:
    """The card in a line of text.

    Any field that is a 公民身份号码 is the number, the first field in Chinese characters the name; where a maker puts
    nothing but blanks between the fields, they are told apart by these. A line that is one word of 5 to 20 letters,
    digits and hyphens is the number of another document.
    """
    line = text.translate(_WIDE).upper()
    fields = [_LABEL.sub("", field.strip(), count=1) for field in _SEPARATORS.split(line) if field.strip()]
    if len(fields) == 1 and _LOOSE_NUMBER.search(fields[0]):
        fields = [_LABEL.sub("", field, count=1) for field in fields[0].split()]
    number = next((field for field in fields if is_resident_id(field)), None)
    if number is not None:
        return Card(DocumentKind.RESIDENT_ID, number, _name(fields))
    if any(re.fullmatch(r"[0-9]{17}[0-9X]", field) for field in fields):
        return CardFault.CHECK_FAILED
    if len(fields) == 1 and _OTHER.fullmatch(fields[0]):
        return Card(DocumentKind.OTHER, fields[0])
    return CardFault.UNREADABLE


def _name(fields: list[str]) -> str | None:
    return next((f for f in fields if _NAME.fullmatch(f) and f not in _NOT_NAMES), None)
