"""A member's sheets: sealed at the seat, committed to, their keys kept until the room has opened them; drafts too."""

from __future__ import annotations

import json
import secrets
from typing import Any

from app.evaluation.model import SheetKind
from app.evaluation.sheets import sealed_stage
from app.journal import SealedValue, SealingFault, open_value, seal, seal_to, seal_value
from app.link.safe import Safe

SHEET_BLOCK = 8192
"""Padding of a sealed sheet: 30 bids x 60 factors fit in few blocks, and the length tells nothing."""

_KEY_PURPOSE = "kawei/sheet-key/1 "
_DRAFT_PURPOSE = "draft"


class SheetKeeper:
    """Makes the data of `SealSheet` and `GiveSheetKey` commands. The content key of a sealed sheet stays in the
    machine's safe until the sheet is opened, for a room that lost its memory."""

    def __init__(self, safe: Safe, draft_key: bytes) -> None:
        self._safe = safe
        self._draft_key = draft_key

    def seal(
        self, stream: str, lot: str, kind: SheetKind, number: int, alias: str, sheet: object, room_key: dict[str, str]
    ) -> dict[str, Any]:
        """Return the data of `SealSheet` for this sheet; a second call for the same round returns the same seal."""
        place = _place(stream, lot, kind, number, alias)
        kept = self._safe.get(place)
        if kept is None:
            key = secrets.token_bytes(32)
            sealed = seal(
                key,
                secrets.token_bytes(12),
                stream,
                sealed_stage(lot, kind),
                number,
                alias,
                secrets.token_bytes(32),
                sheet,
                block=SHEET_BLOCK,
            )
            kept = {"key": key.hex(), "sealed": sealed.to_json()}
            self._safe.put(place, kept)
        return self._with_key({"lot": lot, "kind": kind.value, "round": number}, kept, room_key) | {
            "sealed": kept["sealed"]
        }

    def discard(self, stream: str, lot: str, kind: SheetKind, number: int, alias: str) -> None:
        """The room refused the sheet: it was never in the journal, a corrected one gets a new seal."""
        self._safe.drop(_place(stream, lot, kind, number, alias))

    def key_again(
        self, stream: str, lot: str, kind: SheetKind, number: int, alias: str, room_key: dict[str, str]
    ) -> dict[str, Any] | None:
        """Return the data of `GiveSheetKey`, or None where this machine did not seal that sheet."""
        kept = self._safe.get(_place(stream, lot, kind, number, alias))
        if kept is None:
            return None
        return self._with_key({"lot": lot, "kind": kind.value, "round": number}, kept, room_key)

    def _with_key(self, data: dict[str, Any], kept: dict[str, Any], room_key: dict[str, str]) -> dict[str, Any]:
        sealed_key = seal_to(
            [bytes.fromhex(room_key["public"])],
            secrets.token_bytes(32),
            secrets.token_bytes(32),
            secrets.token_bytes(12),
            _KEY_PURPOSE + kept["sealed"]["commitment"],
            bytes.fromhex(kept["key"]),
        )
        return data | {"key_id": room_key["id"], "key": sealed_key.to_json()}

    def seal_draft(self, place: str, content: object) -> str:
        """Seal a draft with a key that never leaves this machine."""
        sealed = seal_value(
            self._draft_key, secrets.token_bytes(12), _DRAFT_PURPOSE, {"place": place}, content, block=SHEET_BLOCK
        )
        return json.dumps(sealed.to_json())

    def open_draft(self, place: str, sealed: str) -> Any:
        """The draft's content, or None where another machine sealed it."""
        try:
            return open_value(
                self._draft_key, SealedValue.from_json(json.loads(sealed)), _DRAFT_PURPOSE, {"place": place}
            )
        except (ValueError, SealingFault):
            return None

    def wipe(self) -> None:
        """Forget every sheet: the member leaves."""
        self._safe.clear()


def _place(stream: str, lot: str, kind: SheetKind, number: int, alias: str) -> str:
    return f"sheet/{stream}/{lot}/{kind.value}/{number}/{alias}"
