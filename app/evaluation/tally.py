"""From opened sheets to a scoring case, its result, the failing bids and the candidates."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import lru_cache
from typing import Any

from app import drawing, scoring
from app.evaluation.model import Evaluation, LotState, Round
from app.evaluation.refusal import Refused
from app.journal import canonical
from app.rules.marking import with_coefficients
from app.rules.model import Bid, DrawnWhen, LateRejection, Track


def scoring_case(state: Evaluation, lot: LotState) -> dict[str, Any]:
    """Return the input of the scoring core, derived from tender, rule set and the last opened marks."""
    sheets = opened_marks(state, lot)
    out = {bid.id for bid in lot.lot.bids} - set(lot.live_bids()) - set(lot.not_opened)
    return {
        "track": state.tender.track.value,
        **with_coefficients(lot.lot, coefficients(state, lot)),
        "min_bids": state.ruleset.min_bids,
        **_low_price_rates(state, lot),
        "bids": [
            {
                "id": bid.id,
                **_priced(lot, bid),
                "adjustments": [dict(adjustment) for adjustment in bid.adjustments],
                "rejected": bid.id in out,
                "brand": bid.brand,
            }
            | ({"kept_in_benchmark": True} if _kept(lot, bid.id) else {})
            for bid in lot.lot.bids
        ],
        "factors": [
            {"id": f.id, "group": f.group, "kind": f.kind}
            | ({"min": f.min, "max": f.max} if f.kind != "pass_fail" else {})
            for f in lot.lot.factors
        ],
        "experts": sorted(sheets),
        "sheets": {alias: sheets[alias]["marks"] for alias in sorted(sheets)},
    }


def _priced(lot: LotState, bid: Bid) -> dict[str, Any]:
    """A bid whose second envelope stays closed has no price."""
    price = lot.known_price(bid)
    return {"not_opened": True} if price is None else {"price": price}


def coefficients(state: Evaluation, lot: LotState) -> dict[str, str]:
    """The lot's coefficients that are known: of the opening record, of a second opening, drawn here."""
    named = {draw.id for draw in lot.lot.draws if draw.when is DrawnWhen.OPENING}
    stated = {id: value for id, value in state.tender.opening.coefficients.items() if id in named}
    return stated | lot.coefficients


def lacking(state: Evaluation, lot: LotState) -> tuple[str, ...]:
    """Ids of the coefficients without which nothing can be tallied."""
    known = coefficients(state, lot)
    return tuple(draw.id for draw in lot.lot.draws if draw.id not in known)


def first_envelope(state: Evaluation, lot: LotState) -> dict[str, str]:
    """Each live bid's points before prices are opened: the factors that are marked, by the scoring core itself."""
    marked = {factor for phase in lot.lot.marking() if lot.is_done(phase) for factor in phase.factors}
    case = scoring_case(state, lot)
    unpriced: dict[str, Any] = {"price": None, "abnormally_low": None, "tie_breakers": [], "check_sum": False}
    bids = [{"id": bid["id"], "price": "1", "rejected": bid["rejected"]} for bid in case["bids"]]
    factors = [factor for factor in case["factors"] if factor["id"] in marked]
    found = json.loads(result_bytes(canonical(case | unpriced | {"bids": bids, "factors": factors})))
    return {row["id"]: row["total"] for row in found["bids"] if row["total"] is not None}


def opened_marks(state: Evaluation, lot: LotState) -> dict[str, dict[str, Any]]:
    """What each member marked, over all phases and by bid: codes of blind marks are led back to their bids."""
    if not lot.lot.phases:
        return lot.marks[-1].contents() if lot.marks else {}
    made: dict[str, dict[str, Any]] = {}
    for phase in lot.lot.phases:
        found = lot.newest(phase.id)
        for alias, sheet in (found.contents() if found is not None else {}).items():
            whole = made.setdefault(alias, {"marks": {}, "reasons": {}, "basis": {}})
            names = bids_behind(state, lot, found, alias) if found is not None and phase.blind else {}
            for part, rows in whole.items():
                for name, row in sheet.get(part, {}).items():
                    bid = names.get(name, name)
                    rows[bid] = rows.get(bid, {}) | row
    return made


def bids_behind(state: Evaluation, lot: LotState, found: Round, alias: str) -> dict[str, str]:
    """The bid behind each code of a member in a blind round. LookupError before the codes are opened."""
    if lot.codes is None or lot.codes.seed is None:
        raise LookupError("the codes are not opened")
    return drawing.coded_bids(state.stream, lot.lot.id, bytes.fromhex(lot.codes.seed), alias, found.bids)


def _low_price_rates(state: Evaluation, lot: LotState) -> dict[str, Any]:
    """The law's shares for an abnormally low price, where the document names none of its own."""
    rates = state.ruleset.procedure.low_price_rates
    return {"abnormally_low": dict(rates)} if rates and lot.lot.scoring.get("abnormally_low") is None else {}


def _kept(lot: LotState, bid: str) -> bool:
    """Whether a rejected price stays in the benchmark that was computed with it."""
    return lot.lot.late_rejection is LateRejection.KEEP and bid in lot.rejected and bid in lot.rejected_late


def case_bytes(state: Evaluation, lot: LotState) -> bytes:
    """Return the scoring case as the bytes that the evidence package carries (RFC 8785)."""
    return canonical(scoring_case(state, lot))


def result_bytes(case: bytes) -> bytes:
    """Return the result as the bytes that `kawei score` prints for this case."""
    return _result_bytes(case)


@lru_cache(maxsize=64)
def _result_bytes(case: bytes) -> bytes:
    try:
        return scoring.dumps(scoring.score(scoring.parse(case)))
    except scoring.Refusal as refusal:
        raise Refused("not_scorable", str(refusal.where), reason=str(refusal.code)) from refusal


def result(state: Evaluation, lot: LotState) -> dict[str, Any]:
    """Return the result as data."""
    return dict(json.loads(result_bytes(case_bytes(state, lot))))


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def failing_bids(state: Evaluation, lot: LotState) -> dict[str, str]:
    """Return the bids that the last opened review rejects, each with the ground of its first failing item.

    `unanimous`: members who differ on an item are refused (`verdicts_differ`), and the chair has the stage
    repeated; `majority`: an item fails when more members fail it than pass it, and equal votes are refused.
    """
    rejected: dict[str, str] = {}
    sheets = lot.reviews[-1].contents()
    for bid in lot.lot.bids:
        if bid.id in lot.unqualified:
            continue
        for item in lot.lot.review_items:
            votes = Counter(sheet["bids"][bid.id][item.id]["pass"] for sheet in sheets.values())
            unclear = len(votes) > 1 if state.ruleset.preliminary_rule == "unanimous" else votes[True] == votes[False]
            if unclear:
                raise Refused("verdicts_differ", f"{bid.id}.{item.id}", bid=bid.id, item=item.name)
            if votes[False] > votes[True]:
                rejected.setdefault(bid.id, item.ground)
    return rejected


def competing(state: Evaluation, lot: LotState) -> int:
    """How many live bids there are; in procurement bids with one brand of the core product are one (87号令 31)."""
    brands = [bid.brand for bid in lot.lot.bids if bid.id in lot.live_bids()]
    if state.tender.track is not Track.ZC:
        return len(brands)
    return len({brand for brand in brands if brand is not None}) + brands.count(None)


def ranking_is_open(lot: LotState) -> bool:
    """Tell whether sums may be computed at all: all marks are opened, or there was nothing to mark."""
    return lot.tallied
