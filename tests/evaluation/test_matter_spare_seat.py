"""A spare seat: who moves whom where, what stays, what the new machine is owed, who hears of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_factory import AGENCY, ALIVE, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import seen

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.evolve import evolve
from app.evaluation.matters.leave.records import AskLeave
from app.evaluation.matters.presence.records import LockSeat, UnlockSeat
from app.evaluation.matters.spare_seat import GiveDraftKey, MoveSeat, SeatMoved, Spares, TakeOverSeat, report
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told

HERE = UnlockSeat("0.71", "sface")


def moving(it: Play, alias: str, seat: str = "Z09") -> MoveSeat:
    return MoveSeat(alias, seat, "主机断电")


def machine(alias: str, device: str) -> Actor:
    return replace(member(alias), device=device)


def key_id(it: Play) -> str:
    return next(reversed(it.it.sealing_keys))


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_alias_stays_and_only_the_face_opens_the_new_seat(track: str) -> None:
    it = at("marking", track)
    one, before = it.it.committee[0], it.it
    left = it.it.by_alias(one)
    assert left is not None
    assert it.do(moving(it, one), CENTRE) == ["SeatMoved", "SeatLocked"]
    now = it.it.by_alias(one)
    assert now == replace(left, seat="Z09")
    assert it.it.lots == before.lots
    with refused("presence_locked", one):
        it.do(AskLeave("washroom", ""), member(one))
    assert it.do(HERE, member(one)) == ["SeatUnlocked"]
    (line,) = report(it.it, "1")
    assert line.head == "更换席位"
    for said in (one, str(left.seat), "Z09", "主机断电"):
        assert said in line.text
    assert check(it.log.entries) == (it.it, None)


def test_what_is_refused() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    for who in (WITNESS, AGENCY, member(one)):
        with refused("not_permitted", who.role.value):
            it.do(moving(it, one), who)
    with refused("not_seated", "M99"):
        it.do(moving(it, "M99"), CENTRE)
    theirs = it.it.by_alias(other)
    assert theirs is not None
    with refused("seat_taken", str(theirs.seat)):
        it.do(moving(it, one, str(theirs.seat)), CENTRE)
    with refused("reason_needed", "$.reason"):
        it.do(MoveSeat(one, "Z09", " "), CENTRE)


def test_a_seat_that_is_locked_already_stays_as_it_is() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    it.do(LockSeat("absent", 61), member(one))
    it.do(c.RequestRelease("unlock", it.it.by_alias(one).ref, "人脸不符"), member(one))  # type: ignore[union-attr]
    assert it.it.releases
    assert it.do(moving(it, one), CENTRE) == ["SeatMoved"]
    assert not it.it.releases  # it was asked at the seat that is left
    assert it.do(HERE, member(one)) == ["SeatUnlocked"]
    it.do(AskLeave("washroom", ""), member(other))
    assert it.do(moving(it, other, "Z10"), CENTRE) == ["SeatMoved"]


def test_who_has_not_opened_the_seat_yet_just_goes_to_another() -> None:
    it = at("drawn")
    it.do(c.CheckIn("p2", "0.71", "sface", ALIVE), KIOSK)
    it.do(c.StorePhone("p2", "02"), KIOSK)
    it.do(c.TakeSlot("p2", *it.place(0)), KIOSK)
    alias = it.it.members["p2"].alias or ""
    assert it.do(moving(it, alias), CENTRE) == ["SeatMoved"]
    assert it.do(c.OpenSeat("0.7", "sface"), member(alias)) == ["SeatOpened"]


def test_keys_are_owed_by_each_machine_and_taken_over_after_a_move_alone() -> None:
    it = at("marking")
    one = it.it.committee[0]
    old, new = machine(one, "seat-old"), machine(one, "seat-new")
    assert seen(it, old, "spare_seat") == {"owes_key": True, "take_over": False}
    with refused("old_key", "$.key_id"):
        it.do(GiveDraftKey("k0", {}), old)
    assert it.do(GiveDraftKey(key_id(it), {"box": 1}), old) == ["DraftKeyGiven"]
    with refused("already_answered", one):
        it.do(GiveDraftKey(key_id(it), {"box": 1}), old)
    assert seen(it, old, "spare_seat") == {"owes_key": False, "take_over": False}
    with refused("nothing_requested", one):
        it.do(TakeOverSeat(), old)
    it.do(moving(it, one), CENTRE)
    assert seen(it, new, "spare_seat") == {}  # locked
    it.do(HERE, new)
    assert seen(it, new, "spare_seat") == {"owes_key": False, "take_over": True}
    assert it.do(TakeOverSeat(), new) == ["SeatTakenOver"]
    assert seen(it, new, "spare_seat") == {"owes_key": True, "take_over": False}
    it.do(moving(it, one, "Z10"), CENTRE)
    it.do(HERE, old)
    assert seen(it, old, "spare_seat") == {"owes_key": False, "take_over": True}
    assert seen(it, CENTRE, "spare_seat") == {}
    assert len(report(it.it, "1")) == 2


def test_who_hears_of_it() -> None:
    it = at("marking")
    one, other = it.it.committee[:2]
    event = SeatMoved(one, "A01", "Z09", "主机断电")
    levels = [told(it.it, event, who) for who in (CENTRE, WITNESS, member(one), member(other), AGENCY)]
    assert levels == [Told.WHOLE, Told.WHOLE, Told.WHOLE, Told.NOTHING, Told.NOTHING]


def test_an_entry_about_nobody_changes_nothing() -> None:
    it = at("marking")
    after = evolve(it.it, SeatMoved("M99", "A01", "Z09", "x"), SYSTEM, "2026-11-24T10:00:00+08:00", it.it.stream)
    assert after.memory(Spares) == Spares()
