"""A party of draws: commits to a nonce of its own as soon as a draw is called, reveals when all have committed.

No person is asked in between: whoever could choose whether to reveal could choose the outcome.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from app import drawing
from app.evaluation.room.decide import commit_message, context_of, reveal_message
from app.evaluation.room.model import Draw
from app.journal import Ed25519Signer
from app.link.safe import Safe


class DrawParty:
    """Watches the room's view and says which commands are due; nonces are kept in the machine's safe."""

    def __init__(self, role: str, signer: Ed25519Signer, safe: Safe) -> None:
        self._role = role
        self._signer = signer
        self._safe = safe

    def due(self, room_view: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the commands (type, data) that this party owes; the caller sends each once per view."""
        for shown in room_view.get("draws", ()):
            if self._role not in shown["parties"]:
                continue
            draw = Draw(shown["number"], shown["purpose"], (), shown["request"])
            if shown["stage"] == "committing" and self._role not in shown["committed"]:
                yield "CommitNonce", self._commit(draw)
            owes = shown["stage"] == "revealing" and self._role not in shown["revealed"]
            if owes or self._role in shown["needs_nonce"]:
                reveal = self._reveal(draw)
                if reveal is not None:
                    yield "RevealNonce", reveal

    def _commit(self, draw: Draw) -> dict[str, Any]:
        context = context_of(draw)
        nonce = self._nonce(context.hex()) or secrets.token_bytes(32)
        self._safe.put(f"nonce/{context.hex()}", nonce.hex())
        commitment = drawing.commitment(context, self._role, nonce).hex()
        signature = self._signer.sign(commit_message(draw, self._role, commitment)).hex()
        return {"draw_no": draw.number, "commitment": commitment, "signature": signature}

    def _reveal(self, draw: Draw) -> dict[str, Any] | None:
        nonce = self._nonce(context_of(draw).hex())
        if nonce is None:
            return None
        signature = self._signer.sign(reveal_message(draw, self._role, nonce)).hex()
        return {"draw_no": draw.number, "nonce": nonce.hex(), "signature": signature}

    def _nonce(self, context: str) -> bytes | None:
        kept = self._safe.get(f"nonce/{context}")
        return None if kept is None else bytes.fromhex(kept)
