"""The document of a statement: rules alone beside tables, or the whole evaluation as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NoReturn

from app.exchange.platform_draft import Draft, number
from app.exchange.platform_refusal import PlatformRefusal
from app.exchange.platform_standard import read_committee, shipped_rule
from app.exchange.tables import seen
from app.recompute import Place
from app.rules import Refusal
from app.rules.reading import Node, shown
from app.scoring.refusal import at

KEYS: Final = ("case", "title", "reasons", "committee", "asks", "stated")
STATED: Final = ("benchmark", "bids", "expert_totals", "candidates")
FIGURES: Final = ("evaluated_price", "price_score", "sum", "total", "rank")
"""The figures of a bid that are one number each."""

# Keys of a scoring case whose values are decimal strings: there a JSON number is taken as the decimal it shows.
_DECIMALS: Final = frozenset(
    {
        *("ceiling", "budget", "price", "rate", "amount", "score_bonus", "min", "max", "full", "share", "weight"),
        *("float", "factor", "above", "below", "max_loss_above", "max_loss_below", "floor", "up_to", "score"),
        *("mean", "second_lowest"),
    }
)
_OPEN: Final = frozenset({"weights"})  # objects whose values are all decimals


def decode(data: bytes, file: str) -> Any:
    """The JSON value of a file; fractions as the decimal that a person sees, never as a float.

    Raises `bad_json`, `duplicate_key`, `bad_number`.
    """
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=lambda pairs: _unique(pairs, file),
            parse_float=lambda token: _decimal(token, file),
            parse_constant=lambda token: _no_number(token, file),
        )
    except (ValueError, RecursionError) as error:
        detail = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise PlatformRefusal("bad_json", file, detail=detail) from None


def _unique(pairs: list[tuple[str, Any]], file: str) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise PlatformRefusal("duplicate_key", f"{file} {twice}", key=twice)
    return value


def _decimal(token: str, file: str) -> Decimal:
    plain = seen(token)
    return _no_number(token, file) if plain is None else Decimal(plain)


def _no_number(token: str, file: str) -> NoReturn:
    raise PlatformRefusal("bad_number", file, value=token[:40])


def read_document(value: object, file: str, sheet: str | None = None) -> Draft:
    """Begin a draft with a document. One that is a scoring case itself is taken as the `case` of a document.

    Raises `app.rules.Refusal` with file and JSON path of what is wrong.
    """
    draft = Draft(rules_at=Place(file, sheet))
    try:
        _read(draft, {"case": value} if isinstance(value, dict) and "track" in value else value)
    except PlatformRefusal:
        raise
    except Refusal as refused:
        raise PlatformRefusal(refused.code, f"{file} {refused.where}", **refused.details) from None
    return draft


def _read(draft: Draft, value: object) -> None:
    f = Node(value).fields(("case",), KEYS)
    case = f["case"].table()
    draft.case = {key: node.value for key, node in case.items() if key not in ("bids", "sheets")}
    draft.title = f["title"].text() if "title" in f else ""
    draft.asks = f.get("asks")
    if "committee" in f:
        place = _place(draft, "$.committee")
        draft.committee, draft.least_members = read_committee(f["committee"], place)
    _read_rules(draft, case)
    for i, node in enumerate(_rows(case.get("bids"))):
        _read_bid(draft, node, i)
    if "sheets" in case and case["sheets"].value is not None:
        draft.marks_at = _place(draft, "$.case.sheets")
        _read_sheets(draft, case["sheets"], f.get("reasons"))
    if "stated" in f:
        _read_stated(draft, f["stated"])


def _read_rules(draft: Draft, case: Mapping[str, Node]) -> None:
    """Numbers as decimal strings, names of factors taken out, a shipped price rule put in."""
    price = draft.case.get("price")
    if isinstance(price, str):
        price = {"use": price}
    if isinstance(price, dict) and "use" in price:
        name = case["price"].value if isinstance(case["price"].value, str) else price["use"]
        where = f"{draft.rules_at.file} $.case.price"
        draft.case["price"] = {
            **shipped_rule(name if isinstance(name, str) else "", where),
            **{key: item for key, item in price.items() if key != "use"},
        }
    add_factors(draft, [node.value for node in _rows(case.get("factors"))])
    draft.case = plain(draft.case)


def add_factors(draft: Draft, factors: list[Any]) -> None:
    """Take the factors of a case; `name` and `rule` are none of the scoring core's."""
    listed = []
    for factor in factors:
        if isinstance(factor, dict):
            identity, name = factor.get("id"), factor.get("name")
            if isinstance(identity, str):
                draft.factor_names.names[identity] = name if isinstance(name, str) and name else identity
                if factor.get("kind") == "pass_fail":
                    draft.verdicts.add(identity)
                elif isinstance(factor.get("group"), str):
                    draft.groups.append(factor["group"])
            factor = {key: item for key, item in factor.items() if key not in ("name", "rule")}  # noqa: PLW2901
        listed.append(factor)
    if listed:
        draft.case["factors"] = plain(listed)


def plain(value: Any, decimal: bool = False, each: bool = False) -> Any:
    """The same JSON value with decimal strings where the scoring contract wants them.

    `decimal`: this value is one; `each`: all the values of this object are.
    """
    if isinstance(value, dict):
        return {key: plain(item, each or key in _DECIMALS, key in _OPEN) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if decimal and type(value) is int else value


def _read_bid(draft: Draft, node: Node, position: int) -> None:
    path = f"$.case.bids[{position}]"
    if not isinstance(node.value, dict):
        raise node.wrong_type("对象", "an object")
    own = {key: node.value.get(key) or "" for key in ("name", "reason")}
    for key, text in own.items():
        if not isinstance(text, str):
            raise Node(text, f"{path}.{key}").wrong_type("文字", "a text")
    bid = plain({key: item for key, item in node.value.items() if key not in own})
    draft.add_bid(bid, own["name"], own["reason"], _place(draft, path))


def _read_sheets(draft: Draft, sheets: Node, reasons: Node | None) -> None:
    why = _texts(reasons)
    for expert, sheet in sheets.table().items():
        where = at("$.case.sheets", expert)
        draft.expert(expert, _place(draft, where))
        for bid, entry in _table(sheet).items():
            bid_at = at(where, bid)
            identity = draft.bid_names.need(bid, _place(draft, bid_at))
            for name, node in _table(entry).items():
                place = _place(draft, at(bid_at, name))
                factor = draft.factor_names.need(name, place)
                slot = (expert, identity, factor)
                reason = why.pop((expert, bid, name), "")
                if isinstance(node.value, dict):
                    f = node.fields(("mark",), ("reason",))
                    reason = f["reason"].text_or_empty() if "reason" in f and f["reason"].value is not None else reason
                    node = f["mark"]  # noqa: PLW2901
                if node.value is not None:
                    draft.add_mark(slot, _written(node, place), place, reason)
    for expert, bid, name in why:
        place = _place(draft, at(at(at("$.reasons", expert), bid), name))
        draft.expert(expert, place)
        draft.bid_names.need(bid, place)
        draft.factor_names.need(name, place)


def _texts(node: Node | None) -> dict[tuple[str, str, str], str]:
    """Reasons by expert, bid and factor as written."""
    return {
        (expert, bid, name): text.text()
        for expert, sheet in _table(node).items()
        for bid, entry in _table(sheet).items()
        for name, text in _table(entry).items()
    }


def _read_stated(draft: Draft, node: Node) -> None:
    f = node.fields((), STATED)
    if "benchmark" in f and f["benchmark"].value is not None:
        place = _place(draft, "$.stated.benchmark")
        draft.benchmark = number(_written(f["benchmark"], place), place)
    for bid, figures in _table(f.get("bids")).items():
        where = at("$.stated.bids", bid)
        identity = draft.bid_names.need(bid, _place(draft, where))
        draft.figures_at[identity] = _place(draft, where)
        _read_figures(draft, identity, figures, where)
    for expert, totals in _table(f.get("expert_totals")).items():
        where = at("$.stated.expert_totals", expert)
        draft.expert(expert, _place(draft, where))
        for bid, total in _table(totals).items():
            place = _place(draft, at(where, bid))
            identity = draft.bid_names.need(bid, place)
            if total.value is not None:
                draft.expert_totals[expert, identity] = number(_written(total, place), place)
    if "candidates" in f and f["candidates"].value is not None:
        draft.candidates = [
            (row.text(), _place(draft, f"$.stated.candidates[{i}]")) for i, row in enumerate(f["candidates"].rows())
        ]


def _read_figures(draft: Draft, bid: str, figures: Node, where: str) -> None:
    f = figures.fields((), ("factor_means", "group_scores", *FIGURES))
    for name in FIGURES:
        if name in f and f[name].value is not None:
            place = _place(draft, f"{where}.{name}")
            draft.set_figure(draft.by_bid.setdefault(name, {}), bid, _written(f[name], place), place)
    for name, mean in _table(f.get("factor_means")).items():
        place = _place(draft, at(f"{where}.factor_means", name))
        factor = draft.factor_names.need(name, place)
        if mean.value is not None:
            draft.factor_means[bid, factor] = number(_written(mean, place), place)
    for group, score in _table(f.get("group_scores")).items():
        place = _place(draft, at(f"{where}.group_scores", group))
        if group not in draft.groups:
            raise PlatformRefusal("unknown_group", f"{place.file} {place.path}", value=shown(group))
        if score.value is not None:
            draft.group_scores[bid, group] = number(_written(score, place), place)


def _written(node: Node, place: Place) -> str:
    """A figure as written: a text, or a JSON number as the decimal it shows."""
    value = node.value
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal) or type(value) is int:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    raise PlatformRefusal("no_number", f"{place.file} {place.path}", value=shown(value))


def _rows(node: Node | None) -> list[Node]:
    return [] if node is None or node.value is None else node.rows()


def _table(node: Node | None) -> dict[str, Node]:
    return {} if node is None or node.value is None else node.table()


def _place(draft: Draft, path: str) -> Place:
    return Place(draft.rules_at.file, draft.rules_at.sheet, path=path)
