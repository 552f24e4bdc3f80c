"""What a platform exported of a lot that is evaluated there (伴随模式): held against the tender, computed again, told.

The room makes the answer that the journal keeps, and a verification makes it again out of the same bytes; so nothing
enters but the lot as it stands in the journal and the file, which is always read by one and the same name.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from app import scoring
from app.evaluation.matters.accompany.records import MOST_REMARKS
from app.evaluation.model import Evaluation, LotState
from app.evaluation.tally import competing, scoring_case
from app.exchange.platform_draft import refusal
from app.exchange.platform_reading import read_platform
from app.exchange.platform_refusal import CaseRefusal, PlatformRefusal
from app.exchange.platform_standard import read_standard
from app.recompute import (
    Committee,
    Place,
    Remark,
    Severity,
    Statement,
    check,
    extent,
    message,
    note,
    place_text,
    subject,
    title,
    weight,
    work_out,
)
from app.rules.committee import least_members
from app.rules.model import MemberKind
from app.scoring.numbers import exact

_ALIAS: Final = re.compile(r"(评委|专家|成员|代表|[A-Za-z]{1,3})?[-_ ]?[0-9]{1,4}号?")
"""An expert as an export may name one: a number, with a word or a few letters before it; never a person's name."""

_ALWAYS: Final = ("track", "method", "average", "places", "rounding", "weights", "judge_trim", "tie_breakers", "price")
_WHERE_STATED: Final = ("ceiling", "budget")
"""Rules that an export need not repeat; the tender's hold."""


def form_of(data: bytes) -> str:
    """The form of an export by its content: `xlsx`, `zip` or `json`."""
    if not data.startswith(b"PK"):
        return "json"
    return "xlsx" if b"[Content_Types].xml" in data else "zip"


def examine(state: Evaluation, lot_id: str, data: bytes, folder: Path) -> dict[str, Any]:
    """Check an export of a lot; returns the answer that `PlatformChecked` keeps.

    `folder` is private and empty; the file lies in it for the time being, and is gone afterwards. Raises
    `app.rules.Refusal` with code and place for an export that cannot be read, that is of another tender, or in which
    people stand by other words than an alias. Wrong figures are no refusal: they are what a check finds.
    """
    path = folder / f"platform.{form_of(data)}"
    path.write_bytes(data)
    try:
        statement = read_platform(path)
        _only_what_is_read(path, statement)
    finally:
        path.unlink()
    statement = _of_lot(state, state.lots[lot_id], statement)
    try:
        right = work_out(statement)
    except scoring.Refusal as refused:
        raise CaseRefusal(refused, place_text(statement.marks_at, "en")) from None
    remarks = sorted(check(statement, right), key=weight)  # stable
    faults = sum(remark.severity is Severity.FAULT for remark in remarks)
    ranked = right.prices if right.by_price else right.whole
    return {
        "faults": faults,
        "hints": len(remarks) - faults,
        "left_out": max(0, len(remarks) - MOST_REMARKS),
        "remarks": [_told(remark) for remark in remarks[:MOST_REMARKS]],
        **extent(statement, right).to_json(),
        "live": _live(state, state.lots[lot_id], statement),
        "result": None if ranked is None else [_row(row) for row in ranked.to_json()["bids"]],
        "sources": [{"file": source.file, "sha256": source.sha256} for source in statement.sources],
    }


def _only_what_is_read(path: Path, statement: Statement) -> None:
    """A zip is kept as it is: nothing lies in it that nobody looks at."""
    if path.suffix != ".zip":
        return
    read = {source.file for source in statement.sources}
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if not name.endswith("/") and name not in read:
                raise PlatformRefusal("not_read", f"{path.name} {name}")


def _of_lot(state: Evaluation, lot: LotState, statement: Statement) -> Statement:
    """The statement, if it is of this lot: with the tender's own rules, names and citations, and no words of others."""
    for expert in statement.case.experts:
        if not _ALIAS.fullmatch(expert):
            raise refusal("not_an_alias", _marks_of(statement, expert))
    _check_bids(state, lot, statement)
    case = _case(state, lot, statement)
    _check_rules(case, statement)
    rules = state.ruleset
    standard = replace(
        statement.standard,
        citations=read_standard(case.track, case.budget, None, None).citations,
        committee=replace(rules.committee, minimum=least_members(rules.committee, state.tender.lots)),
        most_candidates=rules.candidates,
        candidates_ranked=rules.candidates_ranked,
    )
    return replace(
        statement,
        case=case,
        standard=standard,
        committee=_committee(state, statement),
        names={bid.id: bid.bidder for bid in lot.lot.bids},
        factor_names={factor.id: factor.name for factor in lot.lot.factors},
        title="",
    )


def _marks_of(statement: Statement, expert: str) -> Place:
    """Where an expert stands first."""
    return next((mark.place for slot, mark in statement.marks.items() if slot[0] == expert), statement.marks_at)


def _check_bids(state: Evaluation, lot: LotState, statement: Statement) -> None:
    """The same bids at the prices in force, and out there whoever is out here."""
    known = {bid.id: bid for bid in lot.lot.bids}
    stated = {bid.id: bid for bid in statement.case.bids}
    for bid in stated:
        if bid not in known:
            raise refusal("not_of_tender", statement.bids_at[bid], value=bid)
    for bid, one in known.items():
        if bid not in stated:
            raise refusal("bid_missing", statement.marks_at, bid=bid)
        price, right = stated[bid].price, lot.price(one)
        if price is None or price != Fraction(right):
            told = "—" if price is None else exact(price)
            raise refusal("price_differs", statement.bids_at[bid], bid=bid, stated=told, right=right)
    live = lot.live_bids()
    for bid, item in stated.items():
        if item.live and bid not in live:
            raise refusal("bid_is_out", statement.bids_at[bid], bid=bid)
        if not item.live and bid in live and state.ruleset.procedure.carries_review:
            raise refusal("bid_is_live", statement.bids_at[bid], bid=bid)


def _case(state: Evaluation, lot: LotState, statement: Statement) -> scoring.ScoringCase:
    """The lot's own scoring case, with the platform's experts and rejections, and no marks."""
    document = scoring_case(state, lot)
    by_id = {bid.id: bid for bid in statement.case.bids}
    for bid in document["bids"]:
        stated = by_id[bid["id"]]
        bid["rejected"] = stated.rejected
        if stated.kept_in_benchmark:
            bid["kept_in_benchmark"] = True
    experts = list(statement.case.experts)
    return scoring.read_case({**document, "experts": experts, "sheets": {}})


def _check_rules(case: scoring.ScoringCase, statement: Statement) -> None:
    """The platform computes by the tender's rules, else its figures could not be held against them."""
    for key in _differing(case, statement.case):
        raise refusal("rule_differs", Place(statement.sources[-1].file), key=key)


def _differing(case: scoring.ScoringCase, stated: scoring.ScoringCase) -> Iterator[str]:
    yield from (key for key in _ALWAYS if getattr(stated, key) != getattr(case, key))
    for key in _WHERE_STATED:
        if getattr(stated, key) not in (None, getattr(case, key)):
            yield key
    if {factor.id: factor for factor in stated.factors} != {factor.id: factor for factor in case.factors}:
        yield "factors"


def _committee(state: Evaluation, statement: Statement) -> Committee:
    """Who sits here; what the platform states of it has to be the same."""
    seats = [member.kind for member in state.pledged]
    delegates = sum(kind is not MemberKind.EXPERT for kind in seats)
    here = Committee(len(seats) - delegates, delegates, statement.marks_at)
    stated = statement.committee
    if stated is not None and (stated.experts, stated.delegates) != (here.experts, here.delegates):
        told, right = (f"{one.experts}+{one.delegates}" for one in (stated, here))
        raise refusal("committee_differs", stated.place, stated=told, right=right)
    return here


def _live(state: Evaluation, lot: LotState, statement: Statement) -> int:
    """How many bids compete on the platform."""
    out = {bid.id: "" for bid in statement.case.bids if not bid.live}
    return competing(state, replace(lot, rejected=lot.rejected | out))


def _told(remark: Remark) -> dict[str, Any]:
    """A remark as the journal keeps it: in both languages, and in the words of the checklist's row."""
    return {
        "code": remark.kind.value,
        "severity": remark.severity.value,
        "expert": remark.expert,
        "bid": remark.bid,
        "factor": remark.factor,
        "stated": remark.stated,
        "right": remark.right,
        "rule": remark.rule,
        "title": title(remark.kind),
        "subject": subject(remark),
        "note": note(remark),
        "place": {"zh": place_text(remark.place), "en": place_text(remark.place, "en")},
        "message": {"zh": message(remark), "en": message(remark, "en")},
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    keys: Sequence[str] = ("id", "rank", "total", "price_score", "evaluated_price")
    return {key: row[key] for key in keys}
