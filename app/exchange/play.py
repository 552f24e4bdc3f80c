"""The play of a rehearsal: what scripted people do, say and mark, read strictly and checked against a package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from app import scoring
from app.exchange.package import Package
from app.exchange.refusal import PackageRefusal
from app.rules.model import Factor, Lot, MemberKind
from app.rules.reading import Node, unique

VERSION = 1
T = TypeVar("T")


class Admission(StrEnum):
    """How a member gets past the kiosk: known by face, or let in by two people."""

    FACE = "face"
    TWO_PEOPLE = "two_people"


@dataclass(frozen=True)
class Recusal:
    """A member withdraws because of an interest in a bidder."""

    bidder: str
    reason: str


@dataclass(frozen=True)
class PlayMember:
    """One scripted member; `member` is the id in the package's list of members."""

    member: str
    arrival: int
    """1 for the first to arrive."""
    admission: Admission
    portrait: str | None
    """The enrolled picture, a file name among the demo's faces."""
    live: str | None
    """What the camera sees, a file name among the demo's faces; None for a picture without a face."""
    recusal: Recusal | None


@dataclass(frozen=True)
class Election:
    """Who puts whom forward as chair; an objection leads to the ballots, one mapping of voter to vote a round."""

    proposed_by: str
    candidate: str
    objection_by: str | None
    ballots: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Failure:
    """A review item that a member fails, with reason and page in the bid."""

    reason: str
    page: str


Failures = Mapping[str, Mapping[str, Mapping[str, Failure]]]
Marks = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class PlayLot:
    """What the members do in one lot; the keys are member, bid, then item or factor."""

    lot: str
    failures: Failures
    """Everything not named here passes."""
    marks: Marks
    findings_note: str
    """What the chair notes about the findings."""
    dissents: Mapping[str, str]
    """Members who do not agree with the result, with their reasons."""

    def rejected(self, bids: tuple[str, ...]) -> tuple[str, ...]:
        """Return the bids that more than half of the marking members fail on one item."""
        half = len(self.marks) / 2
        return tuple(bid for bid in bids if any(count > half for count in self._votes(bid).values()))

    def _votes(self, bid: str) -> Counter[str]:
        return Counter(item for by_bid in self.failures.values() for item in by_bid.get(bid, {}))


@dataclass(frozen=True)
class Play:
    """A whole evaluation as scripted people act it out."""

    members: tuple[PlayMember, ...]
    election: Election
    lots: tuple[PlayLot, ...]


def read_play(obj: object) -> Play:
    """Read a play from decoded JSON, strictly. Raises `Refusal` with the JSON path of what is wrong."""
    f = Node(obj).fields(("version", "members", "election", "lots"))
    if f["version"].whole() != VERSION:
        raise PackageRefusal("bad_value", "$.version", value=str(f["version"].value), allowed=str(VERSION))
    members = f["members"].each(_member, at_least=1)
    unique((member.member, f"$.members[{i}].member") for i, member in enumerate(members))
    if sorted(member.arrival for member in members) != list(range(1, len(members) + 1)):
        raise _differs("$.members", "到场次序不是 1 至人数各一次", "arrivals are not 1 to the number of members")
    lots = f["lots"].each(_lot, at_least=1)
    unique((lot.lot, f"$.lots[{i}].lot") for i, lot in enumerate(lots))
    return Play(members=members, election=_election(f["election"]), lots=lots)


def check_play(play: Play, package: Package) -> None:
    """Refuse a play that cannot be acted out with this package (`play_differs`, or the mark's own refusal)."""
    for fault in _faults(play, package):
        raise fault


def _faults(play: Play, package: Package) -> Iterator[PackageRefusal]:
    known = {member.id: member for member in package.members}
    if {member.member for member in play.members} != set(known):
        yield _differs("$.members", "成员不是名单中的成员", "its members are not those of the list")
    kinds = {member.id: member.kind for member in package.members}
    for candidate in (play.election.candidate, *_votes(play.election)):
        delegate = kinds.get(candidate) is MemberKind.DELEGATE
        if candidate not in known or (delegate and not package.ruleset.committee.delegate_may_chair):
            yield _differs("$.election", f"“{candidate}”不能担任", f'"{candidate}" may not chair')
    lots = {lot.id: lot for lot in package.tender.lots}
    if [lot.lot for lot in play.lots] != list(lots):
        yield _differs("$.lots", "标段不同", "its lots differ")
        return
    sitting = {member.member for member in play.members if member.recusal is None}
    for i, played in enumerate(play.lots):
        yield from _lot_faults(played, lots[played.lot], sitting, f"$.lots[{i}]")


def _votes(election: Election) -> Iterator[str]:
    for ballot in election.ballots:
        yield from ballot.values()


def _lot_faults(played: PlayLot, lot: Lot, sitting: set[str], where: str) -> Iterator[PackageRefusal]:
    bids = tuple(bid.id for bid in lot.bids)
    items = {item.id for item in lot.review_items}
    for member, by_bid in played.failures.items():
        for bid, failures in by_bid.items():
            if member not in sitting or bid not in bids or not set(failures) <= items:
                place = f"{where}.failures.{member}.{bid}"
                yield _differs(place, "成员、投标或评审项不存在", "no such member, bid or review item")
    unqualified = () if lot.qualification is None else [r.bid for r in lot.qualification.results if not r.passed]
    live = [bid for bid in bids if bid not in played.rejected(bids) and bid not in unqualified]
    if set(played.marks) != sitting:
        yield _differs(f"{where}.marks", "评分的成员不对", "the marking members differ")
        return
    for member, by_bid_marks in played.marks.items():
        if sorted(by_bid_marks) != sorted(live):
            place = f"{where}.marks.{member}"
            yield _differs(place, "所评的投标不是有效投标", "the marked bids are not the live ones")
            continue
        for bid, row in by_bid_marks.items():
            yield from _mark_faults(row, lot, f"{where}.marks.{member}.{bid}")


def _mark_faults(row: Mapping[str, str], lot: Lot, where: str) -> Iterator[PackageRefusal]:
    if set(row) != {factor.id for factor in lot.factors}:
        yield _differs(where, "所评的因素不对", "the marked factors differ")
        return
    for factor in lot.factors:
        refusal = scoring.check_mark(scoring_factor(factor), row[factor.id], places_of(lot))
        if refusal is not None:
            yield _differs(f"{where}.{factor.id}", refusal.message("zh"), refusal.message("en"))


def scoring_factor(factor: Factor) -> scoring.Factor:
    """Return a tender's factor as the scoring core knows it."""
    points = {} if factor.kind == "pass_fail" else {"min": factor.min, "max": factor.max}
    return scoring.read_factor({"id": factor.id, "group": factor.group, "kind": factor.kind, **points})


def places_of(lot: Lot) -> int:
    """Return how many decimals a mark of the lot may have (2 where the lot does not say)."""
    places = lot.scoring.get("places")
    return 2 if places is None else int(places)


def _differs(where: str, zh: str, en: str) -> PackageRefusal:
    return PackageRefusal("play_differs", where, detail_zh=zh, detail_en=en)


def _member(node: Node) -> PlayMember:
    f = node.fields(("member", "arrival", "admission", "portrait", "live", "recusal"))
    return PlayMember(
        member=f["member"].text(),
        arrival=f["arrival"].whole(1),
        admission=f["admission"].choice(Admission),
        portrait=f["portrait"].maybe(_file_name),
        live=f["live"].maybe(_file_name),
        recusal=f["recusal"].maybe(_recusal),
    )


def _file_name(node: Node) -> str:
    text = node.text()
    if "/" in text or "\\" in text or text.startswith("."):
        raise PackageRefusal("bad_path", node.where, path=text[:80])
    return text


def _recusal(node: Node) -> Recusal:
    f = node.fields(("bidder", "reason"))
    return Recusal(f["bidder"].text(), f["reason"].text())


def _election(node: Node) -> Election:
    f = node.fields(("proposed_by", "candidate", "objection_by", "ballots"))
    return Election(
        proposed_by=f["proposed_by"].text(),
        candidate=f["candidate"].text(),
        objection_by=f["objection_by"].maybe(Node.text),
        ballots=f["ballots"].each(lambda n: _mapping(n, Node.text)),
    )


def _lot(node: Node) -> PlayLot:
    f = node.fields(("lot", "failures", "marks", "findings_note", "dissents"))
    return PlayLot(
        lot=f["lot"].text(),
        failures=_mapping(f["failures"], lambda m: _mapping(m, lambda b: _mapping(b, _failure))),
        marks=_mapping(f["marks"], lambda m: _mapping(m, lambda b: _mapping(b, Node.text))),
        findings_note=f["findings_note"].text_or_empty(),
        dissents=_mapping(f["dissents"], Node.text),
    )


def _failure(node: Node) -> Failure:
    f = node.fields(("reason", "page"))
    return Failure(f["reason"].text(), f["page"].text())


def _mapping(node: Node, read: Callable[[Node], T]) -> dict[str, T]:
    return {key: read(item) for key, item in node.table().items()}
