"""What a reader typed, or a person, as a card."""

from __future__ import annotations

import re

from app.ports.card import Card, CardFault, DocumentKind, is_resident_id

# Readers of different makers put these between name, sex, number, address ...
_SEPARATORS = re.compile(r"[|,;\t，；]")
_NAME = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff][㐀-鿿豈-﫿\U00020000-\U0003ffff·• ]{1,30}")
_OTHER = re.compile(r"[A-Z0-9][A-Z0-9-]{4,19}")
# Fields that look like a name and are none.
_NOT_NAMES = {"男", "女", "汉族", "姓名", "公民身份号码"}


def card_from_text(text: str) -> Card | CardFault:
    """The card in a line of text.

    Any field that is a 公民身份号码 is the number, the first field in Chinese characters the name. A line that is
    one word of 5 to 20 letters, digits and hyphens is the number of another document.
    """
    fields = [field.strip().upper() for field in _SEPARATORS.split(text) if field.strip()]
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
