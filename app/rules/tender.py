"""Tenders with their lots and bids: from JSON and to JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.rules.awards import awards_to_json, read_awards
from app.rules.mark_form import form_to_json, read_form
from app.rules.marking import MARKING_KEYS, marking_to_json, read_marking
from app.rules.model import (
    Bid,
    BidFile,
    Factor,
    LateRejection,
    Lot,
    OpeningRecord,
    Qualification,
    QualificationResult,
    ReviewItem,
    Tender,
    Ties,
    Track,
)
from app.rules.reading import Node, text_table, unique
from app.rules.refusal import Refusal

_TENDER_KEYS = (
    *("id", "name", "track", "tenderee", "agency", "announced_in", "planned_at", "documents", "opening"),
    *("lots", "labels"),
)
FACTOR_KINDS = ("subjective", "objective", "deduction", "pass_fail")
SCORING_KEYS = (
    *("method", "ceiling", "budget", "judge_trim", "price", "average", "weights", "check_sum", "min_bids"),
    *("places", "rounding", "tie_breakers", "abnormally_low"),
)
"""The keys of a scoring case that a lot fixes: all but track, bids, factors, experts and sheets."""

_OPTIONAL = ("late_rejection", "ties", *MARKING_KEYS)
_ADJUSTMENTS = ("rate", "amount", "score_bonus")


def read_tender(obj: object, where: str = "$") -> Tender:
    """Read a tender from decoded JSON, strictly. Raises `Refusal` with the JSON path of what is wrong."""
    node = Node(obj, where)
    f = node.fields(_TENDER_KEYS, ("awards",))
    lots = f["lots"].each(_lot, at_least=1)
    unique((lot.id, f"{f['lots'].where}[{i}].id") for i, lot in enumerate(lots))
    return Tender(
        id=f["id"].text(),
        name=f["name"].text(),
        track=f["track"].choice(Track),
        tenderee=f["tenderee"].text(),
        agency=f["agency"].text_or_empty(),
        planned_at=f["planned_at"].moment(),
        documents=f["documents"].each(_file, at_least=1),
        opening=_opening(f["opening"]),
        lots=lots,
        labels=f["labels"].each(Node.text),
        announced_in=f["announced_in"].each(Node.text),
        awards=read_awards(f["awards"]) if "awards" in f else None,
    )


def tender_to_json(tender: Tender) -> dict[str, Any]:
    """Return the JSON object that `read_tender` reads back to the same tender."""
    limit = {} if tender.awards is None else {"awards": awards_to_json(tender.awards)}
    return {
        "id": tender.id,
        "name": tender.name,
        "track": tender.track.value,
        "tenderee": tender.tenderee,
        "agency": tender.agency,
        "announced_in": list(tender.announced_in),
        "planned_at": tender.planned_at,
        "documents": [_file_to_json(file) for file in tender.documents],
        "opening": {
            "opened_at": tender.opening.opened_at,
            "place": tender.opening.place,
            "coefficients": dict(tender.opening.coefficients),
            "remarks": tender.opening.remarks,
        },
        "lots": [_lot_to_json(lot) for lot in tender.lots],
        "labels": list(tender.labels),
    } | limit


def bid_to_json(bid: Bid) -> dict[str, Any]:
    """Return one bid as it stands in a tender's JSON."""
    return {
        "id": bid.id,
        "bidder": bid.bidder,
        "uscc": bid.uscc,
        "price": bid.price,
        "adjustments": [dict(adjustment) for adjustment in bid.adjustments],
        "brand": bid.brand,
        "files": [_file_to_json(file) for file in bid.files],
    }


def read_path(node: Node) -> str:
    """Read a path inside a package: relative, `/` between ordinary names, nothing that could climb out."""
    text = node.text()
    if not is_safe_path(text):
        raise Refusal("bad_path", node.where, path=text[:80])
    return text


def is_safe_path(text: str) -> bool:
    """Whether a path stays inside its package on every system: no root, drive, backslash, dot-dot, blanks."""
    parts = text.split("/")
    return len(text) <= 240 and all(
        part not in ("", ".", "..")
        and not set(part) & set('\\:*?"<>|')
        and part == part.strip()
        and not part.endswith(".")
        and part.isprintable()
        for part in parts
    )


def _lot(node: Node) -> Lot:
    f = node.fields(("id", "name", "bids", "factors", "review_items", "scoring", "qualification"), _OPTIONAL)
    bids = f["bids"].each(_bid, at_least=1)
    unique((bid.id, f"{f['bids'].where}[{i}].id") for i, bid in enumerate(bids))
    factors = f["factors"].each(_factor)
    unique((factor.id, f"{f['factors'].where}[{i}].id") for i, factor in enumerate(factors))
    items = f["review_items"].each(_review_item, at_least=1)
    unique((item.id, f"{f['review_items'].where}[{i}].id") for i, item in enumerate(items))
    lot = Lot(
        id=f["id"].id(),
        name=f["name"].text(),
        bids=bids,
        factors=factors,
        review_items=items,
        scoring=_scoring(f["scoring"]),
        qualification=f["qualification"].maybe(_qualification),
        late_rejection=f["late_rejection"].choice(LateRejection) if "late_rejection" in f else LateRejection.RECOMPUTE,
        ties=f["ties"].choice(Ties) if "ties" in f else Ties.SHARED,
    )
    return read_marking(lot, node, f)


def _lot_to_json(lot: Lot) -> dict[str, Any]:
    q = lot.qualification
    kept = {"late_rejection": lot.late_rejection.value} if lot.late_rejection is LateRejection.KEEP else {}
    kept |= {"ties": lot.ties.value} if lot.ties is Ties.LOT else {}
    return kept | {
        "id": lot.id,
        "name": lot.name,
        "bids": [bid_to_json(bid) for bid in lot.bids],
        "factors": [_factor_to_json(factor) for factor in lot.factors],
        "review_items": [vars(item).copy() for item in lot.review_items],
        "scoring": lot.scoring,
        "qualification": None
        if q is None
        else {
            "signed_by": q.signed_by,
            "signed_at": q.signed_at,
            "paper": _file_to_json(q.paper),
            "results": [vars(result).copy() for result in q.results],
        },
        **marking_to_json(lot),
    }


def _bid(node: Node) -> Bid:
    f = node.fields(("id", "bidder", "uscc", "price", "adjustments", "brand", "files"))
    return Bid(
        id=f["id"].id(),
        bidder=f["bidder"].text(),
        uscc=f["uscc"].text_or_empty(),
        price=f["price"].maybe(Node.price),
        adjustments=f["adjustments"].each(_adjustment),
        brand=f["brand"].maybe(Node.text),
        files=f["files"].each(_bid_file, at_least=1),
    )


def _adjustment(node: Node) -> dict[str, str]:
    f = node.fields(("kind",), _ADJUSTMENTS)
    if len(f) != 2:
        raise node.wrong_type("kind 与 rate、amount、score_bonus 之一", "kind and one of rate, amount, score_bonus")
    return {key: item.text() if key == "kind" else item.number() for key, item in f.items()}


def _file(node: Node) -> BidFile:
    return _file_of(node.fields(("path", "sha256", "bytes", "title")))


def _bid_file(node: Node) -> BidFile:
    f = node.fields(("path", "sha256", "bytes", "title"), ("blind",))
    return replace(_file_of(f), blind="blind" in f and f["blind"].flag())


def _file_of(f: dict[str, Node]) -> BidFile:
    return BidFile(
        path=read_path(f["path"]),
        sha256=f["sha256"].sha256(),
        bytes=f["bytes"].whole(1),
        title=f["title"].text(),
    )


def _file_to_json(file: BidFile) -> dict[str, Any]:
    made = {"path": file.path, "sha256": file.sha256, "bytes": file.bytes, "title": file.title}
    return made | {"blind": True} if file.blind else made


def _factor(node: Node) -> Factor:
    f = node.fields(("id", "group", "kind", "name", "rule", "min", "max"), ("form",))
    kind = f["kind"].one_of(FACTOR_KINDS)
    marked = kind != "pass_fail"
    made = Factor(
        id=f["id"].id(),
        group=f["group"].text(),
        kind=kind,
        name=f["name"].text(),
        rule=f["rule"].text(),
        min=_points(f["min"], marked),
        max=_points(f["max"], marked),
    )
    if "form" not in f:
        return made
    if made.min is None or made.max is None:
        raise f["form"].wrong_type("没有这个键（合格制因素不计分）", "left out (a pass-or-fail factor has no points)")
    return replace(made, form=read_form(f["form"], made.min, made.max))


def _factor_to_json(factor: Factor) -> dict[str, Any]:
    plain = {key: value for key, value in vars(factor).items() if key != "form"}
    return plain if factor.form is None else plain | {"form": form_to_json(factor.form)}


def _points(node: Node, marked: bool) -> str | None:
    if marked:
        return node.number()
    if node.value is not None:
        raise node.wrong_type("null（合格制因素不计分）", "null (a pass-or-fail factor has no points)")
    return None


def _review_item(node: Node) -> ReviewItem:
    f = node.fields(("id", "group", "name", "clause", "ground"))
    return ReviewItem(
        id=f["id"].id(),
        group=f["group"].text(),
        name=f["name"].text(),
        clause=f["clause"].text(),
        ground=f["ground"].text(),
    )


def _scoring(node: Node) -> dict[str, Any]:
    node.fields(("method",), SCORING_KEYS[1:])
    scoring: dict[str, Any] = node.plain()
    return scoring


def _qualification(node: Node) -> Qualification:
    f = node.fields(("signed_by", "signed_at", "paper", "results"))
    return Qualification(
        signed_by=f["signed_by"].text(),
        signed_at=f["signed_at"].moment(),
        paper=_file(f["paper"]),
        results=f["results"].each(_qualification_result, at_least=1),
    )


def _qualification_result(node: Node) -> QualificationResult:
    f = node.fields(("bid", "passed", "reason"))
    return QualificationResult(bid=f["bid"].id(), passed=f["passed"].flag(), reason=f["reason"].maybe(Node.text))


def _opening(node: Node) -> OpeningRecord:
    f = node.fields(("opened_at", "place", "coefficients", "remarks"))
    return OpeningRecord(
        opened_at=f["opened_at"].moment(),
        place=f["place"].text(),
        coefficients=text_table(f["coefficients"]),
        remarks=f["remarks"].text_or_empty(),
    )
