"""What a view says of the seat, against the procedure itself."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_factory import Play, play

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.steps import member_step
from app.evaluation.views import view
from app.rules.model import Party
from ui.seat.steps import OWN_LOT, PageCode, Place, Sight, cell_named, member_number


class Watched(Play):
    """A play that looks through every member's view after every command."""

    def __init__(self, track: str = "ZC", **room: Any) -> None:
        super().__init__(track, **room)
        self.seen: dict[PageCode, int] = {}

    def do(self, command: c.Command, actor: Actor = SYSTEM) -> list[str]:
        names = super().do(command, actor)
        for found in self.it.members.values():
            if found.alias is not None:
                self.look(found.alias)
        return names

    def look(self, alias: str) -> None:
        mine = self.it.by_alias(alias)
        assert mine is not None
        step = member_step(self.it, mine)
        seen = view(self.it, Actor(Party.MEMBER, alias=alias))
        place = Sight({"seat": mine.seat, "evaluations": [seen]}).place()
        if step.code in {"take_phone", "leave", "left"}:
            assert place.code is PageCode.GOODBYE
        elif place.code is not PageCode.WAIT_RELEASE:
            assert place.code.value == step.code
            assert place.lot == (step.lot or "") or place.code is PageCode.WIPE_SEAT
        self.seen[place.code] = self.seen.get(place.code, 0) + 1


@pytest.mark.parametrize(("track", "chair"), [("ZC", "agreement"), ("GC", "ballot"), ("GC", "lot")])
def test_every_view_leads_to_the_page_of_the_members_step(track, chair):
    recused, members = ("p2", 6) if chair == "ballot" else (None, 5)
    lots = ("1",) if chair == "agreement" else ("1", "2")
    options = {"lots": lots, "chair": chair, "dissent": "理由", "recused": recused, "members": members}
    made = play(track, kind=Watched, **options)
    assert isinstance(made, Watched)
    seen = set(made.seen)
    assert PageCode.WAIT_REVIEW in seen or chair != "agreement"
    assert {PageCode.REVIEW, PageCode.MARKS, PageCode.CONFIRM, PageCode.WIPE_SEAT} <= seen
    assert PageCode.BALLOT in seen or chair == "agreement"
    assert PageCode.WAIT_LOT in seen or chair != "lot"


def sight(code: str, lot: str | None = None, **more: object) -> Sight:
    lots = [
        {"id": "1", "stage": "marking", "round": {"number": 2, "mine": None}, "opinions": {}},
        {"id": "2", "stage": "reviewing", "round": {"number": 1, "mine": {"commitment": "ab"}}, "opinions": {}},
    ]
    mine = {"alias": "M3", "chair": "M3", "next": {"code": code, "lot": lot, "act": True}, "lots": lots}
    return Sight({"seat": "A01", "evaluations": [mine | more]})


def test_nobody_has_the_seat():
    empty = Sight({"seat": "A01", "room": {"rehearsal": True}, "evaluations": []})
    assert empty.place() == Place(PageCode.WAITING)
    assert empty.alias == ""
    assert empty.rehearsal
    assert not empty.chairs
    with pytest.raises(LookupError):
        _ = empty.present


def test_a_person_may_switch_between_lots():
    found = sight("marks", "1")
    assert found.place() == Place(PageCode.MARKS, "1", 2)
    assert found.place("2") == Place(PageCode.WAIT_REVIEW, "2", 1)
    assert found.place("9") == Place(PageCode.MARKS, "1", 2)
    assert found.places() == {Place(PageCode.MARKS, "1", 2), Place(PageCode.WAIT_REVIEW, "2", 1)}


def test_before_the_lots_there_is_nothing_to_switch():
    assert sight("read_discipline").place("2") == Place(PageCode.READ_DISCIPLINE)
    assert PageCode.READ_DISCIPLINE not in OWN_LOT


def test_a_new_round_is_another_place():
    again = sight("ballot", election={"ballot": {"number": 2}})
    assert again.place() == Place(PageCode.BALLOT, "", 2)


def test_a_release_that_waits_has_its_own_page():
    assert sight("open_seat", release_waiting=True).place().code is PageCode.WAIT_RELEASE


def test_the_report_of_a_lot_can_be_read_when_all_is_done():
    assert sight("wipe_seat").place() == Place(PageCode.WIPE_SEAT, "1")
    assert sight("wipe_seat", lots=[]).place() == Place(PageCode.WIPE_SEAT)
    assert sight("wipe_seat").place("2") == Place(PageCode.WIPE_SEAT, "2")


def test_a_lot_that_is_not_there_is_told():
    with pytest.raises(LookupError, match="7"):
        sight("marks", "1").lot("7")


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("$.marks.A.T1", ("A", "T1")),
        ("$.bids.A.F1.reason", ("A", "F1")),
        ("$.bids.A.F1.page", ("A", "F1")),
        ("$.marks.A.1.3.2", ("A", "1.3.2")),
        ("$.data.sheet.marks.B.T1", ("B", "T1")),
        ("$.marks.Z.T1", None),
        ("$.sealed", None),
        ("", None),
    ],
)
def test_a_refusal_names_a_cell(where, found):
    assert cell_named(where, ["A", "B"]) == found


def test_aliases_are_told_by_their_number():
    assert member_number("M3") == "3"
    assert member_number("X9") == "X9"
