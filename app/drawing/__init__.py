"""Draws that anyone can recompute: seats for slots, orders of items, and the transcripts that prove them.

Law of this package: it belongs to the ground storey. Plain Python and RFC 8785; no Qt, SQL, network, clock or
randomness: every party's nonce is handed in, and the same request and nonces give the same transcript, byte
for byte, for ever. The algorithm is version 1; it is never changed, only followed by a version 2.
"""

from app.drawing.bid_order import ordered_bids
from app.drawing.codes import SEED_BYTES, coded_bids, codes_commitment
from app.drawing.document import decode
from app.drawing.protocol import commitment, context, seed
from app.drawing.refusal import Refusal
from app.drawing.replaying import Replay, replay
from app.drawing.request import (
    NONCE_BYTES,
    Binding,
    OrderRequest,
    Request,
    SeatingRequest,
    read_request,
)
from app.drawing.transcript import Transcript, digest, draw, slip_code
from app.drawing.verification import Failure, verify

__all__ = [
    "NONCE_BYTES",
    "SEED_BYTES",
    "Binding",
    "Failure",
    "OrderRequest",
    "Refusal",
    "Replay",
    "Request",
    "SeatingRequest",
    "Transcript",
    "coded_bids",
    "codes_commitment",
    "commitment",
    "context",
    "decode",
    "digest",
    "draw",
    "ordered_bids",
    "read_request",
    "replay",
    "seed",
    "slip_code",
    "verify",
]
