"""A party of draws: commits to a nonce of its own as soon as a draw is called, reveals when all have committed.

No person is asked in between: whoever could choose whether to reveal could choose the outcome.
"""

from __future__ import annotations

import secrets
from typing import Any

from app import drawing
from app.evaluation.room.decide import commit_message, context_of, reveal_message
from app.evaluation.room.model import Draw, DrawStage
from app.journal import Ed25519Signer
from app.link.safe import Safe


class DrawParty:
    """Makes the commands that a party owes to a draw; its nonces are kept in the machine's safe until it is over."""

    def __init__(self, signer: Ed25519Signer, safe: Safe) -> None:
        self._signer = signer
        self._safe = safe
        self._over: set[tuple[str, int]] = set()
        """Draws whose nonces are gone already."""

    def owes(self, role: str, shown: dict[str, Any]) -> str | None:
        """The type of the command that is due by a draw of the room's view, or None."""
        if role not in shown["parties"]:
            return None
        if shown["stage"] == DrawStage.COMMITTING:
            return None if role in shown["committed"] else "CommitNonce"
        # Whatever a room says: before all have committed nobody learns this party's nonce.
        if not set(shown["parties"]) <= set(shown["committed"]):
            return None
        owes = shown["stage"] == DrawStage.REVEALING and role not in shown["revealed"]
        return "RevealNonce" if owes or role in shown["needs_nonce"] else None

    def commit(self, role: str, shown: dict[str, Any]) -> dict[str, Any]:
        """The data of `CommitNonce`; the nonce is on the disk when this returns. Raises `OSError`."""
        draw = _draw(shown)
        nonce = self._nonce(role, draw) or secrets.token_bytes(32)
        self._safe.put(_name(role, draw), nonce.hex())
        commitment = drawing.commitment(context_of(draw), role, nonce).hex()
        signature = self._signer.sign(commit_message(draw, role, commitment)).hex()
        return {"draw_no": draw.number, "commitment": commitment, "signature": signature}

    def reveal(self, role: str, shown: dict[str, Any]) -> dict[str, Any] | None:
        """The data of `RevealNonce`, or None where this machine does not have the nonce (any more)."""
        draw = _draw(shown)
        nonce = self._nonce(role, draw)
        if nonce is None:
            return None
        signature = self._signer.sign(reveal_message(draw, role, nonce)).hex()
        return {"draw_no": draw.number, "nonce": nonce.hex(), "signature": signature}

    def forget(self, role: str, shown: dict[str, Any]) -> None:
        """Let go of the nonce of a draw that is over: it stands in the transcript, or was never used."""
        over = shown["stage"] in (DrawStage.OPENED, DrawStage.CANCELLED)
        if over and role in shown["parties"] and (role, shown["number"]) not in self._over:
            self._safe.drop(_name(role, _draw(shown)))
            self._over.add((role, shown["number"]))

    def _nonce(self, role: str, draw: Draw) -> bytes | None:
        kept = self._safe.get(_name(role, draw))
        return None if kept is None else bytes.fromhex(kept)


def _draw(shown: dict[str, Any]) -> Draw:
    return Draw(shown["number"], shown["purpose"], (), shown["request"])


def _name(role: str, draw: Draw) -> str:
    """By role too: two who log in one after another at one machine are two parties, with a nonce each."""
    return f"nonce/{role}/{context_of(draw).hex()}"
