"""Identity documents as a reader or a keyboard gives them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol, runtime_checkable

from app.ports.device import Device, Unsubscribe

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class DocumentKind(Enum):
    """Which document a number belongs to."""

    RESIDENT_ID = "resident_id"  # 居民身份证 (also the residence permits numbered in the same way)
    OTHER = "other"  # passport, travel permit, expert's certificate


def is_resident_id(number: str) -> bool:
    """Whether this is a well-formed 公民身份号码: 18 places, a real date, GB 11643's check character."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[17] == "10X98765432"[total % 11]


@dataclass(frozen=True, slots=True)
class Card:
    """What a document said: personal data, so a log never shows it. `chip_photo` is JPEG or BMP bytes."""

    kind: DocumentKind
    number: str = field(repr=False)
    name: str | None = field(default=None, repr=False)
    chip_photo: bytes | None = field(default=None, repr=False)


class CardFault(Enum):
    """Why a reading is no card."""

    UNREADABLE = "unreadable"  # nothing that looks like a document's number
    CHECK_FAILED = "check_failed"  # an ID number whose date or check character is wrong


class CardReader(Device, Protocol):
    """A reader at the door: it tells of each card laid on it, and of each reading that failed."""

    def subscribe(self, on_card: Callable[[Card], None], on_fault: Callable[[CardFault], None]) -> Unsubscribe:
        """Get every card and every failed reading."""
        ...

    def enter(self, text: str) -> None:
        """A number typed by a person where the card cannot be read: checked and told in the same way."""
        ...


@runtime_checkable
class KeyboardFed(Protocol):
    """A reader that types like a keyboard, so that a window has to hand it the keys it gets."""

    def type(self, text: str) -> None:
        """The characters of one key press; a line's end (`\\r` or `\\n`) closes a card."""
        ...
