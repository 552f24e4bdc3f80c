"""What the sealed sheets hold, and what makes one complete and possible."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app import scoring
from app.evaluation.basis import asked, check_basis, most_files
from app.evaluation.model import Evaluation, LotState, Round, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.rules.model import Basis, Factor

_WORKED_AT = {LotStage.REVIEWING: SheetKind.REVIEW, LotStage.MARKING: SheetKind.MARKS}

# A ballot sheet   {"candidate": "M2"}
# A review sheet   {"bids": {bid: {item: {"pass": true} | {"pass": false, "reason": "...", "page": "12"}}}}
# A marks sheet    {"marks": {bid: {factor: "8.5"}}, "reasons": {bid: {factor: "..."}}}
# A verdict may carry "basis", a marks sheet "basis": {bid: {factor: ...}}; what a basis is says `basis`.


def sealed_stage(lot: str, kind: SheetKind, phase: str = "") -> str:
    """Return the `stage` that a sheet's commitment is bound to."""
    stage = f"{lot}/{kind.value}" if lot else kind.value
    return f"{stage}/{phase}" if phase else stage


def current_round(state: Evaluation, lot: str, kind: SheetKind) -> Round:
    """Return the round of a kind that is at work or was last, or refuse (`no_such_round`)."""
    if kind is SheetKind.BALLOT:
        found = state.ballots[-1] if state.ballots else None
    else:
        found = lot_of(state, lot).current(kind)
    if found is None:
        raise Refused("no_such_round", lot)
    return found


def unopened_rounds(state: Evaluation) -> list[tuple[str, Round]]:
    """The rounds that are at work and not opened, with their lots ('' for a ballot)."""
    rounds = [("", state.ballots[-1])] if state.ballots and state.chair is None else []
    for lot_id, lot in state.lots.items():
        kind = _WORKED_AT.get(lot.stage)
        current = None if kind is None else lot.current(kind)
        if current is not None:
            rounds.append((lot_id, current))
    return [(lot, found) for lot, found in rounds if not found.opened]


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
        _check_review(lot_of(state, lot), sheet, state.ruleset.procedure.basis)
    else:
        _check_marks(lot_of(state, lot), current_round(state, lot, kind), sheet, state.ruleset.procedure.basis)


def _check_ballot(ballot: Round, sheet: Mapping[str, Any]) -> None:
    if set(sheet) != {"candidate"}:
        raise Refused("bad_value", "$")
    if sheet["candidate"] not in ballot.candidates:
        raise Refused("not_a_candidate", "$.candidate")


def _check_keys(
    found: object, wanted: tuple[str, ...], where: str, missing: str, besides: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise Refused("bad_value", where)
    for key in found:
        if key not in wanted and key not in besides:
            raise Refused("unknown_key", f"{where}.{key}")
    for key in wanted:
        if key not in found:
            raise Refused(missing, f"{where}.{key}")
    return found


def _check_review(lot: LotState, sheet: Mapping[str, Any], rule: Basis) -> None:
    _check_keys(sheet, ("bids",), "$", "missing_key")
    items = tuple(item.id for item in lot.lot.review_items)
    live = tuple(bid.id for bid in lot.lot.bids if bid.id not in lot.unqualified)
    bids = _check_keys(sheet["bids"], live, "$.bids", "absent_verdict")
    for bid in live:
        verdicts = _check_keys(bids[bid], items, f"$.bids.{bid}", "absent_verdict")
        files = most_files(lot, bid, blind=False)
        for item in items:
            where = f"$.bids.{bid}.{item}"
            verdict = _check_verdict(verdicts[item], where)
            if "basis" in verdict:
                check_basis(verdict["basis"], files, f"{where}.basis")
            elif asked(rule, not verdict["pass"]):
                raise Refused("basis_needed", f"{where}.basis")


def _check_verdict(verdict: object, where: str) -> Mapping[str, Any]:
    if not isinstance(verdict, Mapping) or not isinstance(verdict.get("pass"), bool):
        raise Refused("bad_value", where)
    if verdict["pass"]:
        return _check_keys(verdict, ("pass",), where, "missing_key", ("basis",))
    _check_keys(verdict, ("pass", "reason", "page"), where, "reason_needed", ("basis",))
    for key in ("reason", "page"):
        if not isinstance(verdict[key], str) or not verdict[key].strip():
            raise Refused("reason_needed", f"{where}.{key}")
    return verdict


def codes_of(bids: tuple[str, ...]) -> tuple[str, ...]:
    """The codes by which members know so many bids while they mark blind."""
    return tuple(str(k) for k in range(1, len(bids) + 1))


def _check_marks(lot: LotState, found: Round, sheet: Mapping[str, Any], rule: Basis) -> None:
    _check_keys(sheet, ("marks", "reasons"), "$", "missing_key", ("basis",))
    live, begun = lot.live_bids(), found.bids  # a bid rejected meanwhile may be marked; it does not count
    if lot.phase.blind:
        live = begun = codes_of(found.bids)
    to_mark = lot.lot.factors_of(found.phase)
    factors = tuple(factor.id for factor in to_mark)
    marks = _check_keys(sheet["marks"], live, "$.marks", "absent_mark", begun)
    for bid in marks:
        row = _check_keys(marks[bid], factors, f"$.marks.{bid}", "absent_mark")
        for factor in to_mark:
            check_mark(lot, factor, row[factor.id], f"$.marks.{bid}.{factor.id}")
    _check_reasons(sheet["reasons"], tuple(marks), factors)
    for bid in marks:
        for factor in to_mark:
            given = sheet["reasons"].get(bid, {}).get(factor.id, "")
            if factor.form is not None and factor.form.asks(marks[bid][factor.id]) and not given.strip():
                raise Refused("reason_needed", f"$.reasons.{bid}.{factor.id}")
    _check_bases(lot, sheet, rule)


def _check_bases(lot: LotState, sheet: Mapping[str, Any], rule: Basis) -> None:
    """Every basis stands beside a mark, and where the rule set asks every such mark has one."""
    marks, given = sheet["marks"], sheet.get("basis", {})
    _check_keys(given, (), "$.basis", "missing_key", tuple(marks))
    for bid, row in marks.items():
        files = most_files(lot, bid, lot.phase.blind)
        bases = _check_keys(given.get(bid, {}), (), f"$.basis.{bid}", "missing_key", tuple(row))
        for factor, mark in row.items():
            if factor in bases:
                check_basis(bases[factor], files, f"$.basis.{bid}.{factor}")
            elif asked(rule, mark == "fail"):
                raise Refused("basis_needed", f"$.basis.{bid}.{factor}")


def check_mark(lot: LotState, factor: Factor, mark: object, where: str) -> None:
    """Refuse a mark that the factor cannot have."""
    if not isinstance(mark, str):
        raise Refused("bad_number", where)
    fault = scoring.check_mark(_scored(factor), mark, _places(lot))
    if fault is not None:
        raise Refused(fault.code, where)
    if factor.form is not None and not factor.form.allows(mark, factor.min or "0", factor.max or "0"):
        raise Refused("not_in_table", where)


def _places(lot: LotState) -> int:
    """Most decimals of a mark; a lot that names none (or `null`) takes the scoring core's own two."""
    given = lot.lot.scoring.get("places")
    return 2 if given is None else int(given)


@lru_cache(maxsize=1024)
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
