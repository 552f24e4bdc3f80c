"""What a member sees in place of the bids while nobody may know whose they are, and which files may be read then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import drawing
from app.evaluation.actor import Actor
from app.evaluation.model import Evaluation, LotState, SheetKind
from app.evaluation.visibility import is_masked, sees_documents

Json = dict[str, Any]
Seeds = Mapping[str, bytes]
"""The seeds of the codes that are dealt and not opened, by lot: the room alone has them."""


def masked_bids(state: Evaluation, lot: LotState, alias: str, seeds: Seeds) -> list[Json]:
    """The bids by this member's codes, in their order; none before the codes are dealt."""
    seed = seeds.get(lot.lot.id)
    if lot.codes is not None and lot.codes.seed is not None:
        seed = bytes.fromhex(lot.codes.seed)
    if seed is None:
        return []
    current = lot.current(SheetKind.MARKS)
    bids = current.bids if current is not None else lot.live_bids()
    coded = drawing.coded_bids(state.stream, lot.lot.id, seed, alias, bids)
    return [_masked(lot, code, bid) for code, bid in coded.items()]


def _masked(lot: LotState, code: str, bid_id: str) -> Json:
    files = [file for bid in lot.lot.bids if bid.id == bid_id for file in bid.files if file.blind]
    return {
        "id": code,
        "bidder": f"暗标{code}号",
        "price": None,
        "opened_price": None,
        "status": "live",
        "ground": None,
        "files": [
            {"path": f"blind/{code}/{k}.pdf", "sha256": file.sha256, "bytes": file.bytes, "title": f"暗标文件{k}"}
            for k, file in enumerate(files, start=1)
        ],
    }


def readable_files(state: Evaluation, viewer: Actor) -> frozenset[str]:
    """The digests of the files that the viewer may read now."""
    if not sees_documents(state, viewer):
        return frozenset()
    found = {file.sha256 for file in state.tender.documents}
    for lot in state.lots.values():
        masked = is_masked(lot, viewer)
        found |= {file.sha256 for bid in lot.lot.bids for file in bid.files if file.blind or not masked}
        if lot.lot.qualification is not None and not masked:
            found.add(lot.lot.qualification.paper.sha256)
    return frozenset(found)
