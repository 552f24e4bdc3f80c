"""The sealed list of members in a package: read strictly, and shown nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.exchange.identity import is_document_number
from app.exchange.refusal import PackageRefusal
from app.rules.model import MemberKind, RuleSet, SealedMember, Tender
from app.rules.reading import Node, unique
from app.rules.tender import read_path

_PHONE = re.compile(r"\+?[0-9][0-9-]{4,19}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_KEYS = ("id", "name", "document", "employer", "kind", "specialities", "phone", "portrait", "authorisation")


@dataclass(frozen=True, repr=False)
class PackageMember:
    """One person on the list. Neither `repr` nor any refusal tells more than the id inside the package."""

    id: str
    """An id inside the package, which says nothing about the person, e.g. `m1`."""
    name: str
    document: str
    employer: str
    kind: MemberKind
    specialities: tuple[str, ...]
    phone: str | None
    portrait: str | None
    """The path of the enrolled picture in the package."""
    authorisation: str | None
    """The path of a delegate's letter of authorisation."""

    def __repr__(self) -> str:
        return f"PackageMember({self.id!r})"

    def sealed(self, ref: str) -> SealedMember:
        """Return what the evaluation may know before arrival, under the opaque reference `ref`."""
        return SealedMember(ref=ref, kind=self.kind, authorised=self.authorisation is not None)


def read_members(obj: object) -> tuple[PackageMember, ...]:
    """Read `members.json`: a salt of 32 random bytes in hex, and the members."""
    f = Node(obj).fields(("salt", "members"))
    f["salt"].sha256()
    rows = f["members"].rows(at_least=1)
    members = tuple(_member(row, number) for number, row in enumerate(rows, 1))
    unique((member.id, f"{rows[i].where}.id") for i, member in enumerate(members))
    first: dict[str, int] = {}
    for i, member in enumerate(members):
        if member.document in first:
            where = f"{rows[i].where}.document"
            raise PackageRefusal("duplicate_member", where, row=i + 1, first=first[member.document])
        first[member.document] = i + 1
    return members


def check_members(ruleset: RuleSet, tender: Tender, members: tuple[PackageMember, ...]) -> None:
    """Refuse a list that the law does not let sit: a delegate without letter, a member of a bidder's staff."""
    bidders = {bid.bidder for lot in tender.lots for bid in lot.bids}
    for i, member in enumerate(members):
        where = f"$.members[{i}]"
        delegate = member.kind is MemberKind.DELEGATE
        if delegate and member.authorisation is None and ruleset.committee.delegate_needs_authorisation:
            raise PackageRefusal("authorisation_missing", f"{where}.authorisation")
        if not delegate and member.authorisation is not None:
            raise PackageRefusal("authorisation_unexpected", f"{where}.authorisation", row=i + 1)
        if member.employer in bidders:
            raise PackageRefusal("member_of_bidder", f"{where}.employer", row=i + 1)


def _member(node: Node, row: int) -> PackageMember:
    f = node.fields(_KEYS)
    document, phone = f["document"].text(), f["phone"].maybe(Node.text)
    if not is_document_number(document):
        raise PackageRefusal("bad_document", f["document"].where, row=row)
    if phone is not None and not _PHONE.fullmatch(phone):
        raise PackageRefusal("bad_phone", f["phone"].where, row=row)
    member_id = f["id"].text()
    if not _ID.fullmatch(member_id):
        raise PackageRefusal("bad_value", f["id"].where, value="…", allowed="A-Z a-z 0-9 . _ - (1-32)")
    return PackageMember(
        id=member_id,
        name=f["name"].text(),
        document=document,
        employer=f["employer"].text(),
        kind=f["kind"].choice(MemberKind),
        specialities=f["specialities"].each(Node.text),
        phone=phone,
        portrait=f["portrait"].maybe(read_path),
        authorisation=f["authorisation"].maybe(read_path),
    )
