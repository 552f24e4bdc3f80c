"""What the sealed sheets hold, and what makes one complete and possible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import scoring
from app.evaluation.model import Evaluation, LotState, Round, SheetKind
from app.evaluation.refusal import Refused
from app.rules.model import Factor

# A ballot sheet   {"candidate": "M2"}
# A review sheet   {"bids": {bid: {item: {"pass": true} | {"pass": false, "reason": "...", "page": "12"}}}}
# A marks sheet    {"marks": {bid: {factor: "8.5"}}, "reasons": {bid: {factor: "..."}}}


def sealed_stage(lot: str, kind: SheetKind) -> str:
    """Return the `stage` that a sheet's commitment is bound to."""
    return f"{lot}/{kind.value}" if lot else kind.value


def current_round(state: Evaluation, lot: str, kind: SheetKind) -> Round:
    """Return the newest round of a kind, or refuse (`no_such_round`)."""
    rounds = state.ballots if kind is SheetKind.BALLOT else lot_of(state, lot).rounds(kind)
    if not rounds:
        raise Refused("no_such_round", lot)
    return rounds[-1]


def lot_of(state: Evaluation, lot: str) -> LotState:
    """Return a lot, or refuse (`unknown_lot`)."""
    if lot not in state.lots:
        raise Refused("unknown_lot", lot)
    return state.lots[lot]


def check_sheet(state: Evaluation, lot: str, kind: SheetKind, sheet: object) -> None:
    """Refuse a sheet that is incomplete or impossible, naming the first place."""
    if not isinstance(sheet, Mapping):
        raise Refused("bad_value", "$")
    if kind is SheetKind.BALLOT:
        _check_ballot(current_round(state, lot, kind), sheet)
    elif kind is SheetKind.REVIEW:
        _check_review(lot_of(state, lot), sheet)
    else:
        _check_marks(lot_of(state, lot), sheet)


def _check_ballot(ballot: Round, sheet: Mapping[str, Any]) -> None:
    if set(sheet) != {"candidate"}:
        raise Refused("bad_value", "$")
    if sheet["candidate"] not in ballot.candidates:
        raise Refused("not_a_candidate", "$.candidate")


def _check_keys(found: object, wanted: tuple[str, ...], where: str, missing: str) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise Refused("bad_value", where)
    for key in found:
        if key not in wanted:
            raise Refused("unknown_key", f"{where}.{key}")
    for key in wanted:
        if key not in found:
            raise Refused(missing, f"{where}.{key}")
    return found


def _check_review(lot: LotState, sheet: Mapping[str, Any]) -> None:
    _check_keys(sheet, ("bids",), "$", "missing_key")
    items = tuple(item.id for item in lot.lot.review_items)
    live = tuple(bid.id for bid in lot.lot.bids if bid.id not in lot.unqualified)
    bids = _check_keys(sheet["bids"], live, "$.bids", "absent_verdict")
    for bid in live:
        verdicts = _check_keys(bids[bid], items, f"$.bids.{bid}", "absent_verdict")
        for item in items:
            _check_verdict(verdicts[item], f"$.bids.{bid}.{item}")


def _check_verdict(verdict: object, where: str) -> None:
    if not isinstance(verdict, Mapping) or not isinstance(verdict.get("pass"), bool):
        raise Refused("bad_value", where)
    if verdict["pass"]:
        _check_keys(verdict, ("pass",), where, "missing_key")
        return
    _check_keys(verdict, ("pass", "reason", "page"), where, "reason_needed")
    for key in ("reason", "page"):
        if not isinstance(verdict[key], str) or not verdict[key].strip():
            raise Refused("reason_needed", f"{where}.{key}")


def _check_marks(lot: LotState, sheet: Mapping[str, Any]) -> None:
    _check_keys(sheet, ("marks", "reasons"), "$", "missing_key")
    live = lot.live_bids()
    factors = {factor.id: _scored(factor) for factor in lot.lot.factors}
    places = _places(lot)
    marks = _check_keys(sheet["marks"], live, "$.marks", "absent_mark")
    for bid in live:
        row = _check_keys(marks[bid], tuple(factors), f"$.marks.{bid}", "absent_mark")
        for factor in factors.values():
            where = f"$.marks.{bid}.{factor.id}"
            if not isinstance(row[factor.id], str):
                raise Refused("bad_number", where)
            fault = scoring.check_mark(factor, row[factor.id], places)
            if fault is not None:
                raise Refused(fault.code, where)
    _check_reasons(sheet["reasons"], live, tuple(factors))


def _places(lot: LotState) -> int:
    """Most decimals of a mark; a lot that names none (or `null`) takes the scoring core's own two."""
    given = lot.lot.scoring.get("places")
    return 2 if given is None else int(given)


def _scored(factor: Factor) -> scoring.Factor:
    """The factor as the scoring core knows it."""
    limits = {"min": factor.min, "max": factor.max} if factor.kind != "pass_fail" else {}
    return scoring.read_factor({"id": factor.id, "group": factor.group, "kind": factor.kind} | limits)


def _check_reasons(reasons: object, live: tuple[str, ...], factors: tuple[str, ...]) -> None:
    if not isinstance(reasons, Mapping):
        raise Refused("bad_value", "$.reasons")
    for bid, row in reasons.items():
        if bid not in live or not isinstance(row, Mapping):
            raise Refused("unknown_key", f"$.reasons.{bid}")
        for factor, text in row.items():
            if factor not in factors or not isinstance(text, str):
                raise Refused("unknown_key", f"$.reasons.{bid}.{factor}")
