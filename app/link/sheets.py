"""A member's sheets: sealed at the seat, committed to, their keys kept until the room has opened them; drafts too."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app.evaluation.matters.lost_seat.decisions import share_purpose
from app.evaluation.model import SheetKind
from app.evaluation.sheets import sealed_stage
from app.journal import (
    JsonValue,
    SealedSheet,
    open_sealed,
    plain,
    seal,
    seal_to,
    share_digest,
    split_key,
)
from app.link.draft_keys import SHEET_BLOCK, DraftKeys
from app.link.safe import Safe

MOST_SEALS = 8
"""Different sheets of one round whose keys are kept: more than a member corrects between two refusals."""

_KEY_PURPOSE = "kawei/sheet-key/1 "

Seals = list[dict[str, Any]]
"""The seals of one place, the newest last, each `{"key", "sealed"}`."""


@dataclass(frozen=True)
class SheetPlace:
    """Whose sheet it is, and of which round; `lot` is empty for a ballot."""

    stream: str
    lot: str
    kind: SheetKind
    number: int
    alias: str
    phase: str = ""
    """The phase of marking, to which the seal is bound; the number of the round tells the place alone."""

    @property
    def name(self) -> str:
        """The name under which its seals are kept."""
        return f"sheet/{self.stream}/{self.lot}/{self.kind.value}/{self.number}/{self.alias}"


class SheetKeeper:
    """Makes the data of `SealSheet` and `GiveSheetKey` commands. Safe from several threads.

    The content key of a sealed sheet stays in the machine's safe until the sheet is opened, for a room that lost its
    memory. Seals are told apart by their commitments: whichever of them the room took, its key is at hand.
    """

    def __init__(self, safe: Safe, draft_key: bytes, unkept: Callable[[], None]) -> None:
        """`unkept` is called where the disk does not take a key, which is then in memory alone."""
        self._safe, self._unkept = safe, unkept
        self._lock = threading.Lock()
        self._draft_keys = DraftKeys(safe, draft_key, unkept)
        self._in_memory: dict[str, Seals] = {}
        """What the disk did not take."""

    def seal(self, place: SheetPlace, sheet: object, room_key: dict[str, str]) -> dict[str, Any]:
        """Return the data of `SealSheet`; the same sheet of the same round again gets the same seal."""
        content = plain(sheet)
        with self._lock:
            seals = self._kept(place)
            found = next((one for one in seals if _content(one) == content), None)
            if found is None:
                found = _new_seal(place, sheet)
            self._keep(place, [*(one for one in seals if one is not found), found])
        return _with_key(_place_data(place), found, room_key) | {"sealed": found["sealed"]}

    def seal_again(self, stream: str, data: dict[str, Any], room_key: dict[str, str]) -> dict[str, Any] | None:
        """The data of `SealSheet` for a room with another key; None where the sheet's key is not here any more."""
        place, commitment = place_of(stream, data), data["sealed"]["commitment"]
        found = self._find(place, commitment)
        return None if found is None else _with_key(data, found, room_key)

    def refused(self, place: SheetPlace, commitment: str) -> None:
        """The room surely does not have the sheet: the next one gets a new seal."""
        with self._lock:
            seals = self._kept(place)
            left = [one for one in seals if one["sealed"]["commitment"] != commitment]
            if len(left) != len(seals):
                self._keep(place, left)

    def opened(self, place: SheetPlace) -> None:
        """The room has opened the round: its keys are of no use any more."""
        with self._lock:
            self._in_memory.pop(place.name, None)
            with suppress(OSError):
                self._safe.drop(place.name)

    def key_again(self, place: SheetPlace, commitment: str, room_key: dict[str, str]) -> dict[str, Any] | None:
        """Return the data of `GiveSheetKey`, or None where this machine did not seal that sheet."""
        found = self._find(place, commitment)
        return None if found is None else _with_key(_place_data(place), found, room_key)

    def shares_of(self, place: SheetPlace, commitment: str, keys: dict[str, list[str]]) -> dict[str, Any] | None:
        """Return the data of `KeepShares`: the sheet's key in two shares, each sealed to all keys (X25519, hex) of its
        holder; None where this machine did not seal that sheet."""
        found = self._find(place, commitment)
        if found is None:
            return None
        halves = split_key(bytes.fromhex(found["key"]), secrets.token_bytes(32))
        return _place_data(place) | {
            "shares": {
                holder: {
                    "digest": share_digest(holder, share),
                    "box": _boxed(publics, share_purpose(holder, commitment), share),
                }
                for (holder, publics), share in zip(sorted(keys.items()), halves, strict=True)
            }
        }

    def wipe(self) -> None:
        """Forget every sheet: the member leaves. Raises `OSError` where the disk does not let go of one."""
        with self._lock:
            self._in_memory.clear()
            self._draft_keys.forget()
            self._safe.clear()

    # --- drafts

    def seal_draft(self, place: str, content: object) -> str:
        """Seal a draft with this machine's key of that evaluation."""
        return self._draft_keys.seal(place, content)

    def open_draft(self, place: str, sealed: str) -> JsonValue:
        """The draft's content, or None where a machine sealed it whose key is not here."""
        return self._draft_keys.open(place, sealed)

    def draft_key(self, stream: str, alias: str, room_key: dict[str, str]) -> dict[str, Any]:
        """The data of `GiveDraftKey`."""
        return {"key_id": room_key["id"], "key": self._draft_keys.boxed(stream, alias, room_key["public"])}

    def take_over(self, stream: str, alias: str, left: dict[str, Any]) -> None:
        """Keep what the machine of the member's old seat left: keys of drafts, and seals whose round is not opened."""
        self._draft_keys.add(stream, [bytes.fromhex(key) for key in left["drafts"]])
        with self._lock:
            for one in left["sheets"]:
                place = SheetPlace(stream, one["lot"], SheetKind(one["kind"]), one["number"], alias)
                seal = {"key": one["key"], "sealed": one["sealed"]}
                self._keep(place, [*(old for old in self._kept(place) if old != seal), seal])

    # --- underneath

    def _kept(self, place: SheetPlace) -> Seals:
        found = self._in_memory.get(place.name)
        return list(self._safe.get(place.name) or []) if found is None else found

    def _keep(self, place: SheetPlace, seals: Seals) -> None:
        newest = seals[-MOST_SEALS:]
        try:
            self._safe.put(place.name, newest)
        except OSError:
            self._in_memory[place.name] = newest
            self._unkept()
        else:
            self._in_memory.pop(place.name, None)

    def _find(self, place: SheetPlace, commitment: str) -> dict[str, Any] | None:
        with self._lock:
            return next((one for one in self._kept(place) if one["sealed"]["commitment"] == commitment), None)


def place_of(stream: str, data: dict[str, Any]) -> SheetPlace:
    """Where the sheet of a `SealSheet` command belongs."""
    return SheetPlace(stream, data["lot"], SheetKind(data["kind"]), data["round"], data["sealed"]["alias"])


def _place_data(place: SheetPlace) -> dict[str, Any]:
    return {"lot": place.lot, "kind": place.kind.value, "round": place.number}


def _new_seal(place: SheetPlace, sheet: object) -> dict[str, Any]:
    key, nonce, salt = secrets.token_bytes(32), secrets.token_bytes(12), secrets.token_bytes(32)
    stage = sealed_stage(place.lot, place.kind, place.phase)
    sealed = seal(key, nonce, place.stream, stage, place.number, place.alias, salt, sheet, block=SHEET_BLOCK)
    return {"key": key.hex(), "sealed": sealed.to_json()}


def _content(kept: dict[str, Any]) -> JsonValue:
    return open_sealed(bytes.fromhex(kept["key"]), SealedSheet.from_json(kept["sealed"])).sheet


def _with_key(data: dict[str, Any], kept: dict[str, Any], room_key: dict[str, str]) -> dict[str, Any]:
    purpose = _KEY_PURPOSE + kept["sealed"]["commitment"]
    box = _boxed([room_key["public"]], purpose, bytes.fromhex(kept["key"]))
    return data | {"key_id": room_key["id"], "key": box}


def _boxed(publics: list[str], purpose: str, content: bytes) -> dict[str, JsonValue]:
    chance = secrets.token_bytes
    recipients = [bytes.fromhex(public) for public in publics]
    return seal_to(recipients, chance(32), chance(32), chance(12), purpose, content).to_json()
