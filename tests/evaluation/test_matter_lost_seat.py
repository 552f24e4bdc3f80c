"""A lost seat: who holds which share, when it may be asked for, who agrees, what each machine is owed and shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, STREAM, WITNESS, Play, member, secret
from evaluation_stages import at, refused
from matter_acts import filled, offered, seen

from app import journal
from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.matters.lost_seat import decisions
from app.evaluation.matters.lost_seat.decisions import share_purpose
from app.evaluation.matters.lost_seat.records import (
    ApproveSheetRelease,
    AskSheetRelease,
    GiveShare,
    KeepShares,
    LostSeats,
    OfferShareKey,
    RefuseSheetRelease,
)
from app.evaluation.matters.lost_seat.seen import report
from app.evaluation.model import SheetKind
from app.evaluation.replay import check
from app.journal.recipients import public_key_of
from app.rules.model import Party

REGULATOR = Actor(Party.REGULATOR, post="regulator-a", device="console-3")
SEEING = replace(WITNESS, device="console-2")
PRIVATE = {"witness": secret("witness share"), "regulator": secret("regulator share")}
OFFERS = {holder: OfferShareKey(public_key_of(private).hex()) for holder, private in PRIVATE.items()}
ACTORS = {"witness": SEEING, "regulator": REGULATOR}
SHARE: dict[str, Any] = {"x": 1}


def offer(it: Play) -> None:
    for holder, actor in ACTORS.items():
        assert it.do(OFFERS[holder], actor) == ["ShareKeyOffered"]


def seal(it: Play, alias: str) -> None:
    it.seal("1", SheetKind.MARKS, 1, alias, it.marks_of("1", alias))


def shares(it: Play, alias: str) -> dict[str, Any]:
    """What a seat makes; the holders' keys as they are offered now."""
    commitment = it.it.lots["1"].marks[-1].sealed[alias].commitment
    made = {}
    for holder in ACTORS:
        publics = [bytes.fromhex(one) for one in it.it.memory(LostSeats).publics(holder)]
        purpose, key = share_purpose(holder, commitment), secret(f"{holder} {alias}")
        box = journal.seal_to(publics, key, key, key[:12], purpose, key)
        made[holder] = {"digest": journal.share_digest(holder, key), "box": box.to_json()}
    return made


def keep(it: Play, alias: str) -> None:
    assert it.do(KeepShares("1", "marks", 1, shares(it, alias)), member(alias)) == ["SharesKept"]


def lost(track: str = "ZC") -> tuple[Play, str]:
    """Everybody has ended, and the room has lost its memory: all but one have given their keys again."""
    it = at("marking", track)
    offer(it)
    for alias in it.it.committee:
        seal(it, alias)
        keep(it, alias)
    it.do(c.OfferSealingKey("k2", secret("sealing 2").hex()))
    gone, *others = it.it.committee
    for alias in others:
        it.do(c.GiveSheetKey("1", "marks", 1, "k2", {"x": 1}), member(alias))
    return it, gone


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_two_release_and_both_consoles_give(track: str) -> None:
    it, gone = lost(track)
    place = ("1", "marks", 1, gone)
    (act,) = offered(it, SEEING, "AskSheetRelease")
    assert act["data"] == {"lot": "1", "kind": "marks", "round": 1, "alias": gone}
    assert it.do(filled(act), SEEING) == ["SheetReleaseAsked"]
    assert offered(it, SEEING, "AskSheetRelease", "ApproveSheetRelease") == []
    assert seen(it, SEEING, "lost_seat")["owes"] == []
    yes, no = offered(it, REGULATOR, "ApproveSheetRelease", "RefuseSheetRelease")
    assert (yes["second"], no["second"]) == (True, False)
    assert it.do(filled(yes), REGULATOR) == ["SheetReleased"]
    assert offered(it, REGULATOR, "ApproveSheetRelease") == []
    for actor in ACTORS.values():
        (owed,) = seen(it, actor, "lost_seat")["owes"]
        assert owed["alias"] == gone
        assert it.do(GiveShare(*place, "k2", SHARE), actor) == ["ShareGiven"]
        assert seen(it, actor, "lost_seat")["owes"] == []
        with refused("already_answered", gone):
            it.do(GiveShare(*place, "k2", SHARE), actor)
    # The memory is gone once more: what was released once is given again, without anybody being asked.
    it.do(c.OfferSealingKey("k3", secret("sealing 3").hex()))
    for actor in ACTORS.values():
        assert [one["alias"] for one in seen(it, actor, "lost_seat")["owes"]] == [gone]
    assert [line.head for line in report(it.it, "1")] == ["席位失联"] * 2
    assert check(it.log.entries) == (it.it, None)


def test_one_no_is_enough_and_it_may_be_asked_again() -> None:
    it, gone = lost()
    ask, place = AskSheetRelease("1", "marks", 1, gone, "席位主机烧毁"), ("1", "marks", 1, gone)
    it.do(ask, REGULATOR)
    with refused("already_requested", gone):
        it.do(ask, SEEING)
    with refused("same_role", "regulator"):
        it.do(ApproveSheetRelease(*place, "同意"), REGULATOR)
    with refused("reason_needed", "$.reason"):
        it.do(RefuseSheetRelease(*place, " "), SEEING)
    assert it.do(RefuseSheetRelease(*place, "硬盘已找到"), SEEING) == ["SheetReleaseRefused"]
    with refused("nothing_requested", gone):
        it.do(ApproveSheetRelease(*place, "同意"), SEEING)
    with refused("nothing_requested", gone):
        it.do(GiveShare(*place, "k2", SHARE), SEEING)
    assert it.do(ask, SEEING) == ["SheetReleaseAsked"]
    it.do(ApproveSheetRelease(*place, "同意"), REGULATOR)
    with refused("already_requested", gone):
        it.do(ask, SEEING)
    with refused("old_key", "$.key_id"):
        it.do(GiveShare(*place, "k1", SHARE), SEEING)


def test_nothing_is_released_while_anything_else_is_missing() -> None:
    it = at("marking")
    offer(it)
    one = it.it.committee[0]
    seal(it, one)
    ask = AskSheetRelease("1", "marks", 1, one, "失联")
    for made in (lambda: keep(it, one), lambda: it.do(c.OfferSealingKey("k2", secret("s2").hex()))):
        with refused("nothing_missing", one):
            it.do(ask, SEEING)
        made()
    with refused("nothing_missing", one):  # the others have not ended
        it.do(ask, SEEING)
    assert offered(it, SEEING, "AskSheetRelease") == []


@pytest.mark.parametrize("who", [CENTRE, AGENCY, Actor(Party.TENDEREE, post="tenderee-a", device="console-5")])
def test_nobody_else_holds_asks_or_gives(who: Actor) -> None:
    it, gone = lost()
    place = ("1", "marks", 1, gone)
    for command in (OFFERS["witness"], AskSheetRelease(*place, "x"), GiveShare(*place, "k2", SHARE)):
        with refused("not_permitted"):
            it.do(command, who)
    assert seen(it, who, "lost_seat") == {}
    assert offered(it, who, "AskSheetRelease") == []


def test_a_console_holds_one_share_only() -> None:
    it = at("marking")
    assert seen(it, SEEING, "lost_seat")["owes_key"]
    with refused("bad_value", "$.public"):
        it.do(OfferShareKey("none"), SEEING)
    offer(it)
    assert not seen(it, SEEING, "lost_seat")["owes_key"]
    with refused("already_answered", "console-2"):
        it.do(OFFERS["witness"], SEEING)
    same_machine = replace(REGULATOR, device="console-2")
    with refused("holds_other_share", "console-2"):
        it.do(OfferShareKey(secret("another").hex()), same_machine)
    with refused("holds_other_share", "console-9"):
        it.do(OFFERS["witness"], replace(REGULATOR, device="console-9"))
    early = at("pledged")
    assert seen(early, SEEING, "lost_seat") == {}
    with refused("no_committee", STREAM):
        early.do(OFFERS["witness"], SEEING)


def test_a_seat_owes_shares_for_the_keys_there_are() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    seal(it, one)
    assert seen(it, member(one), "lost_seat") == {}, "there is nobody to hold a share"
    it.do(OFFERS["witness"], SEEING)
    assert seen(it, member(one), "lost_seat") == {}
    it.do(OFFERS["regulator"], REGULATOR)
    (owed,) = seen(it, member(one), "lost_seat")["owes"]
    assert (owed["alias"], owed["lot"], owed["round"]) == (one, "1", 1)
    keep(it, one)
    assert seen(it, member(one), "lost_seat")["owes"] == []
    assert seen(it, member(other), "lost_seat")["owes"] == []
    # Another console of a holder's: what was sealed to the first alone is sealed anew.
    it.do(OfferShareKey(public_key_of(secret("second console")).hex()), replace(SEEING, device="console-7"))
    assert len(seen(it, member(one), "lost_seat")["owes"]) == 1
    keep(it, one)


def test_shares_that_are_none_are_refused() -> None:
    it = at("marking")
    offer(it)
    one, other = it.it.committee[:2]
    with refused("nothing_sealed", one):
        it.do(KeepShares("1", "marks", 1, {}), member(one))
    seal(it, one)
    seal(it, other)
    good = shares(it, one)
    witness = good["witness"]
    for wrong, code, where in (
        ({"witness": witness}, "bad_value", "$.shares"),
        (good | {"witness": 3}, "bad_value", "$.shares.witness"),
        (good | {"witness": {"digest": "x", "box": {}}}, "bad_value", "$.shares.witness"),
        (good | {"witness": {"box": {}}}, "bad_value", "$.shares.witness"),
        (good | {"witness": witness | {"box": {}}}, "bad_value", "$.shares.witness"),
        (good | {"witness": good["regulator"]}, "old_key", "$.shares.witness"),
        (shares(it, other), "old_key", "$.shares.witness"),
    ):
        with refused(code, where):
            it.do(KeepShares("1", "marks", 1, wrong), member(one))
    it.do(KeepShares("1", "marks", 1, good), member(one))
    with refused("already_answered", one):
        it.do(KeepShares("1", "marks", 1, good), member(one))
    assert decisions.given_purpose("witness", "ab") != share_purpose("witness", "ab")
