"""The keys that seal drafts: this machine's own, one for each evaluation, and those of the machines before it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.journal import JsonValue, SealedValue, SealingFault, open_value, seal_to, seal_value
from app.link.safe import Safe

SHEET_BLOCK = 8192
"""Padding of what is sealed: 30 bids x 60 factors fit in few blocks, and the length tells nothing."""

MOST_KEPT = 7
"""Keys of machines before this one: nobody is moved more often than that in one evaluation."""

_PURPOSE = "draft"


class DraftKeys:
    """Seals with the own key and opens with any that is here.

    The own key of an evaluation follows from the machine's secret. It leaves this machine only sealed to a key of the
    room's memory, so that another seat can go on with the drafts when this one fails. Safe from several threads.
    """

    def __init__(self, safe: Safe, secret: bytes, unkept: Callable[[], None]) -> None:
        """`unkept` is called where the disk does not take another machine's keys, which are then in memory alone."""
        self._safe, self._secret, self._unkept = safe, secret, unkept
        self._others: dict[str, tuple[bytes, ...]] = {}

    def seal(self, place: str, content: object) -> str:
        """Seal a draft."""
        key = self._own(_evaluation(place))
        chance = secrets.token_bytes(12)
        return json.dumps(seal_value(key, chance, _PURPOSE, {"place": place}, content, block=SHEET_BLOCK).to_json())

    def open(self, place: str, sealed: str) -> JsonValue:
        """The draft's content, or None where no key here opens it."""
        evaluation = _evaluation(place)
        keys = (self._own(evaluation), *self._kept(evaluation))
        return next((found for key in keys if (found := _opened(key, place, sealed)) is not None), None)

    def boxed(self, stream: str, alias: str, public: str) -> dict[str, JsonValue]:
        """Every key of an evaluation (`evaluation/ev1`), the own one first, sealed to the room's key `public`."""
        chance, evaluation = secrets.token_bytes, stream.replace("/", "~")
        keys = b"".join((self._own(evaluation), *self._kept(evaluation)))
        purpose = f"kawei/draft-key/1 {stream} {alias}"
        return seal_to([bytes.fromhex(public)], chance(32), chance(32), chance(12), purpose, keys).to_json()

    def add(self, stream: str, keys: Sequence[bytes]) -> None:
        """Keep other machines' keys of an evaluation until the seat is wiped."""
        evaluation = stream.replace("/", "~")
        found = tuple(dict.fromkeys((*self._kept(evaluation), *keys)))[-MOST_KEPT:]
        self._others[evaluation] = found
        try:
            self._safe.put(_name(evaluation), [key.hex() for key in found])
        except OSError:
            self._unkept()

    def forget(self) -> None:
        """The member leaves; the files go with the safe."""
        self._others.clear()

    def _own(self, evaluation: str) -> bytes:
        return HKDF(SHA256(), 32, None, f"kawei/device/drafts/1 {evaluation}".encode()).derive(self._secret)

    def _kept(self, evaluation: str) -> tuple[bytes, ...]:
        found = self._others.get(evaluation)
        if found is None:
            found = tuple(bytes.fromhex(key) for key in self._safe.get(_name(evaluation)) or ())
            self._others[evaluation] = found
        return found


def _evaluation(place: str) -> str:
    return place.split("/", maxsplit=1)[0]


def _name(evaluation: str) -> str:
    return f"draft-keys/{evaluation}"


def _opened(key: bytes, place: str, sealed: str) -> JsonValue:
    try:
        return open_value(key, SealedValue.from_json(json.loads(sealed)), _PURPOSE, {"place": place})
    except (ValueError, SealingFault):
        return None
