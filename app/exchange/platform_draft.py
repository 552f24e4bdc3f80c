"""A statement being read: pieces come in from a document and from tables, each with its place, and are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, TypeVar

from app import scoring
from app.exchange.platform_refusal import CaseRefusal, PlatformRefusal
from app.exchange.platform_standard import read_standard
from app.exchange.tables import NOTHING, plain_number
from app.recompute import Candidate, Committee, Figure, Mark, Place, Source, Standard, Statement, by_prices, place_text
from app.recompute.model import Slot
from app.rules import Refusal
from app.rules.reading import Node, shown

_ITEM: Final = re.compile(r"(bids|factors)\[([0-9]+)\]")
Key = TypeVar("Key", str, tuple[str, str])
VERDICTS: Final = {
    **dict.fromkeys(("pass", "合格", "通过", "符合", "√", "✓"), True),
    **dict.fromkeys(("fail", "不合格", "不通过", "不符合", "×", "✗"), False),
}
"""How pass or fail is written."""


@dataclass
class Names:
    """The ids of bids or factors, found by id or by a name that only one of them has."""

    code: str
    """The refusal of an unknown one."""
    names: dict[str, str] = field(default_factory=dict)

    def find(self, text: str) -> str | None:
        """The id that `text` is, or is the one name of; None where there is none."""
        if text in self.names:
            return text
        found = [identity for identity, name in self.names.items() if name == text]
        return found[0] if len(found) == 1 else None

    def need(self, text: str, place: Place) -> str:
        """The same, refused where there is none, or where it is the name of two."""
        found = self.find(text)
        if found is None:
            twice = list(self.names.values()).count(text) > 1
            raise refusal("name_of_two" if twice else self.code, place, value=shown(text))
        return found


@dataclass
class Draft:
    """What has been read so far. Ids are resolved and figures checked as they come in."""

    rules_at: Place
    case: dict[str, Any] = field(default_factory=dict)
    """The scoring case without bids and sheets."""
    bids: list[dict[str, Any]] = field(default_factory=list)
    item_places: dict[str, Place] = field(default_factory=dict)
    """Places of `bids[0]`, `factors[0]` ... where they are not in the document."""
    asks: Node | None = None
    committee: Committee | None = None
    least_members: int | None = None
    title: str = ""
    bid_names: Names = field(default_factory=lambda: Names("unknown_bid"))
    factor_names: Names = field(default_factory=lambda: Names("unknown_factor"))
    verdicts: set[str] = field(default_factory=set)
    """Factors that are passed or failed."""
    groups: list[str] = field(default_factory=list)
    """The groups that give points."""
    experts: list[str] = field(default_factory=list)
    marks: dict[Slot, Mark] = field(default_factory=dict)
    marks_at: Place | None = None
    bids_at: dict[str, Place] = field(default_factory=dict)
    figures_at: dict[str, Place] = field(default_factory=dict)
    rejections: dict[str, str] = field(default_factory=dict)
    expert_totals: dict[tuple[str, str], Figure] = field(default_factory=dict)
    factor_means: dict[tuple[str, str], Figure] = field(default_factory=dict)
    group_scores: dict[tuple[str, str], Figure] = field(default_factory=dict)
    by_bid: dict[str, dict[str, Figure]] = field(default_factory=dict)
    """Figures of bids by their name: evaluated_price, price_score, sum, total, rank."""
    benchmark: Figure | None = None
    candidates: list[tuple[str, Place]] | None = None
    """Bids put forward, by id or name: rules may name them before a table of bids is read."""

    def add_bid(self, bid: dict[str, Any], name: str, reason: str, place: Place) -> None:
        """Take a bid of the scoring case; its name and the reason of its rejection are none of the core's."""
        self.item_places[f"bids[{len(self.bids)}]"] = place
        self.bids.append(bid)
        identity = bid.get("id")
        if isinstance(identity, str):
            self.bid_names.names[identity] = name or identity
            self.bids_at[identity] = place
            if reason:
                self.rejections[identity] = reason

    def add_mark(self, slot: Slot, text: str, place: Place, reason: str) -> None:
        """Take a mark as stated, be it possible or not; nothing and dashes are no mark."""
        if text.strip() in NOTHING:
            return
        before = self.marks.get(slot)
        if before is not None:
            raise refusal("row_twice", place, first=f" {place_text(before.place)} ")
        self.marks[slot] = self._mark(slot, text.strip(), place, reason.strip())

    def _mark(self, slot: Slot, text: str, place: Place, reason: str) -> Mark:
        if slot[2] in self.verdicts:
            verdict = VERDICTS.get(text)
            if verdict is None:
                raise refusal("no_verdict", place, value=shown(text))
            return Mark(verdict, text, place, reason)
        figure = number(text.removesuffix("分"), place)
        return Mark(figure.value, figure.text, place, reason)

    def expert(self, text: str, place: Place) -> str:
        """An expert by alias: one that the rules list, or, where they list none, any."""
        listed = self.case.get("experts")
        if listed and text not in listed:
            raise refusal("unknown_expert", place, value=shown(text))
        if text not in self.experts:
            self.experts.append(text)
        return text

    def set_figure(self, figures: dict[Key, Figure], key: Key, text: str, place: Place) -> None:
        """Take a stated figure once; nothing and dashes are none."""
        if text.strip() in NOTHING:
            return
        if key in figures:
            raise refusal("row_twice", place, first=f" {place_text(figures[key].place)} ")
        figures[key] = number(text, place)

    def statement(self, sources: Iterable[Source]) -> Statement:
        """Put it together. Raises `CaseRefusal` where the scoring core does not take rules, bids or prices."""
        listed = self.case.get("experts")
        document = {**self.case, "bids": self.bids, "experts": listed or self.experts}
        try:
            case = scoring.read_case(document)
            by_prices(case)
        except scoring.Refusal as refused:
            raise CaseRefusal(refused, self._where(refused.where)) from None
        standard = self._standard(case)
        return Statement(
            case=case,
            standard=standard,
            marks=self.marks,
            marks_at=self.marks_at or self.rules_at,
            bids_at=self.bids_at,
            figures_at=self.figures_at,
            expert_totals=self.expert_totals,
            factor_means=self.factor_means,
            group_scores=self.group_scores,
            sums=self.by_bid.get("sum", {}),
            evaluated_prices=self.by_bid.get("evaluated_price", {}),
            price_scores=self.by_bid.get("price_score", {}),
            totals=self.by_bid.get("total", {}),
            ranks=self.by_bid.get("rank", {}),
            benchmark=self.benchmark,
            candidates=None
            if self.candidates is None
            else tuple(Candidate(self.bid_names.need(bid, place), place) for bid, place in self.candidates),
            rejections=self.rejections,
            committee=self.committee,
            names=dict(self.bid_names.names),
            factor_names={key: name for key, name in self.factor_names.names.items() if name != key},
            sources=tuple(sources),
            title=self.title,
        )

    def _standard(self, case: scoring.ScoringCase) -> Standard:
        try:
            return read_standard(case.track, case.budget, self.asks, self.least_members)
        except PlatformRefusal:
            raise
        except Refusal as refused:
            raise PlatformRefusal(refused.code, f"{self.rules_at.file} {refused.where}", **refused.details) from None

    def _where(self, path: str) -> str:
        """The place of a path of the scoring case: a line of a table, else a path in the document."""
        item = _ITEM.match(path)
        if item is not None and item[0] in self.item_places:
            place = self.item_places[item[0]]
            if place.path is None:
                rest = path.removeprefix(item[0]).removeprefix(".")
                return place_text(place, "en") + (f", {rest}" if rest else "")
        return place_text(Place(self.rules_at.file, self.rules_at.sheet, path=f"$.case.{path}"), "en")


def refusal(code: str, place: Place, **details: object) -> PlatformRefusal:
    """A refusal at a place."""
    return PlatformRefusal(code, place_text(place, "en"), **details)


def number(text: str, place: Place) -> Figure:
    """The figure in a text. Raises `no_number`."""
    plain = plain_number(text.strip())
    if plain is None:
        raise refusal("no_number", place, value=shown(text))
    return Figure(Fraction(plain), plain, place)
