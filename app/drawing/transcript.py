"""A draw and its transcript."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from app.drawing import protocol
from app.drawing.refusal import Refusal
from app.drawing.request import NONCE_BYTES, Request, SeatingRequest
from app.drawing.seating import Seating, find_seating
from app.drawing.shuffling import WordStream

VERSION = 1


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything that a stranger needs to recompute a draw, and what came out: a seating or an order."""

    core: Mapping[str, object]
    context: bytes
    commitments: Mapping[str, bytes]
    nonces: Mapping[str, bytes]
    seed: bytes
    result: Seating | tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The transcript as a JSON object: the request without its nonces, then what was made of it."""
        found: dict[str, object] = {
            **self.core,
            "version": VERSION,
            "context": self.context.hex(),
            "commitments": {party: value.hex() for party, value in self.commitments.items()},
            "nonces": {party: value.hex() for party, value in self.nonces.items()},
            "seed": self.seed.hex(),
        }
        if isinstance(self.result, Seating):
            found["attempts"] = self.result.attempts
            found["relaxed"] = self.result.relaxed
            found["seating"] = dict(self.result.seats)
        else:
            found["order"] = list(self.result)
        return found

    def digest(self) -> bytes:
        """`digest` of the transcript."""
        return digest(self.to_json())


def digest(transcript: object) -> bytes:
    """SHA-256 over the RFC 8785 form of a correct transcript; slips show it by `slip_code`."""
    return sha256(protocol.canonical(transcript)).digest()


def slip_code(digest: bytes) -> str:
    """The first 80 bits of a digest for a slip or screen: sixteen base32 letters in groups of four."""
    letters = base64.b32encode(digest[:10]).decode()
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def draw(request: Request, nonces: Mapping[str, bytes]) -> Transcript:
    """Carry a draw out with one 32-byte nonce of each party.

    Raises `Refusal`: `missing_nonce`, `unknown_party` or `bad_nonce`.
    """
    for party in request.parties:
        if party not in nonces:
            raise Refusal("missing_nonce", f"$.nonces.{party}", party)
        if len(nonces[party]) != NONCE_BYTES:
            raise Refusal("bad_nonce", f"$.nonces.{party}", party)
    for party in nonces:
        if party not in request.parties:
            raise Refusal("unknown_party", f"$.nonces.{party}", party)
    context = protocol.context(request)
    seed = protocol.seed(context, nonces)
    words = WordStream(seed)
    return Transcript(
        request.core,
        context,
        {party: protocol.commitment(context, party, nonces[party]) for party in request.parties},
        {party: nonces[party] for party in request.parties},
        seed,
        find_seating(request, words) if isinstance(request, SeatingRequest) else tuple(words.shuffled(request.items)),
    )
