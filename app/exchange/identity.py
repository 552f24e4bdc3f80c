"""Document numbers of persons: what a well-formed one is."""

from __future__ import annotations

import re
from datetime import date

_ID_CARD = re.compile(r"[1-9][0-9]{16}[0-9X]")
_OTHER = re.compile(r"[A-Z][A-Z0-9]{5,19}|[0-9]{8}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"


def is_document_number(text: str) -> bool:
    """Whether a text is a resident identity number, a passport or a travel permit, as far as its form tells.

    18 digits are an identity number and must have a real birthday and the right check digit (GB 11643-1999);
    other documents begin with a letter, a mainland travel permit for Taiwan residents has 8 digits.
    """
    if text[:1].isdigit() and len(text) != 8:
        return is_id_card_number(text)
    return _OTHER.fullmatch(text) is not None


def is_id_card_number(text: str) -> bool:
    """Whether a resident identity number has a real birthday and the right check digit (GB 11643-1999)."""
    if not _ID_CARD.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text[6:10]}-{text[10:12]}-{text[12:14]}")
    except ValueError:
        return False
    return check_digit(text[:17]) == text[17]


def check_digit(first_seventeen: str) -> str:
    """Return the 18th sign of an identity number from its first 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_seventeen, strict=True))
    return _CHECK_SIGNS[total % 11]
