"""Reads digits as people key them, whatever the input method made of them."""

from __future__ import annotations

# Full-width digits and points come from a Chinese input method; the full stop 。 is its key for the point.
_PLAIN = str.maketrans("０１２３４５６７８９．。－−", "0123456789..--")


def plain_number(text: str) -> str:
    """`text` in plain digits, point and minus: '８。５' is '8.5'. Other characters stay as they are."""
    return text.translate(_PLAIN)


def typed_characters(text: str) -> str:
    """What of `text` belongs into a number: digits, a point, a minus; '' where nothing does."""
    return "".join(character for character in plain_number(text) if character in "0123456789.-")
