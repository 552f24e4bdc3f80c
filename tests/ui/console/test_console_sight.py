"""What a console reads out of real views: what waits for whom, seats, tables; and never more than the view holds."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest

from app.rules.model import Party
from ui.console import alias_tables
from ui.console.names import Name, PageName, part
from ui.console.pages.evaluations import rail_of, summary
from ui.console.seat_sights import seat_sights
from ui.console.side import waiting
from ui.console.sight import Kind, Matter, Sight, Target
from ui.console.telling import LOUD, MACHINERY, Teller
from ui.theme import Tone
from ui.widgets.rail import StageState

ROLES = [Party.CENTRE, Party.WITNESS, Party.REGULATOR, Party.TENDEREE, Party.AGENCY]


def names(view: dict[str, object], away: Matter | None = None) -> list[str]:
    """The object names of all buttons at the side."""
    return [one.name for one in waiting(Sight(view), [] if away is None else [away])]


def test_nothing_imported_means_import() -> None:
    assert names(ground.empty_room(Party.CENTRE)) == [part(Name.TODO, "import_package")]
    assert names(ground.empty_room(Party.WITNESS)) == []


@pytest.mark.parametrize(
    ("maker", "todo"),
    [
        (ground.opened, "call_draw"),
        (ground.seated, "constitute_committee"),
    ],
)
def test_the_next_step_is_the_views(maker: object, todo: str) -> None:
    assert names(ground.seen(maker, Party.CENTRE)) == [part(Name.TODO, todo)]
    assert names(ground.seen(maker, Party.WITNESS)) == []


def test_two_evaluations_are_drawn_together() -> None:
    view = ground.seen(ground.opened, Party.CENTRE)
    other = ground.seen(ground.opened, Party.CENTRE)["evaluations"][0] | {"stream": "evaluation/ev2"}
    view["evaluations"].append(other)
    assert names(view) == [part(Name.TODO, "call_draw")]


def test_incidents_come_before_next_steps() -> None:
    found = waiting(Sight(ground.seen(ground.gathering, Party.CENTRE)), ())
    assert [one.name for one in found] == [part(Name.INCIDENT, "release"), part(Name.INCIDENT, "help")]
    assert found[0].target == Target(PageName.RELEASE, ground.STREAM, what="admission", member="p2")
    assert found[1].target is not None
    assert found[1].target.page is PageName.SEAT


def test_a_release_waits_for_the_one_who_has_not_decided() -> None:
    view = ground.seen(ground.gathering, Party.CENTRE)
    view["evaluations"][0]["releases"][0]["approvals"] = {"centre": "查验身份证原件"}
    assert part(Name.INCIDENT, "release_waiting") in names(view)
    assert part(Name.INCIDENT, "release") in names(view | {"role": "witness"})
    assert part(Name.INCIDENT, "release_waiting") in names(view | {"role": "regulator"})


def test_a_seat_that_locked_itself_waits_until_two_people_are_asked() -> None:
    for role in (Party.CENTRE, Party.WITNESS, Party.REGULATOR):
        sight = Sight(ground.seen(ground.unseen, role))
        (locked,) = [matter for matter in sight.matters() if matter.kind is Kind.SEAT_LOCKED]
        seat, alias, why = locked.facts
        assert (locked.target.page, locked.target.seat, why) == (PageName.SEAT, seat, "absent")
        (shown,) = [one for one in waiting(sight, ()) if one.name == part(Name.INCIDENT, "seat_locked")]
        assert "nobody at the seat" in shown.incident.title
        assert alias.removeprefix("M") in shown.incident.detail
        asked = next(one for one in sight.evaluations[0]["releases"])
        assert asked["what"] == "unlock"
        words = {number: one.word for number, one in seat_sights(sight).items()}
        assert words[seat] == "Locked"
        assert list(words.values()).count("Waits for staff") == 1
    for role in (Party.TENDEREE, Party.AGENCY):
        assert Kind.SEAT_LOCKED not in [matter.kind for matter in Sight(ground.seen(ground.unseen, role)).matters()]


def test_the_journal_says_why_a_seat_is_locked() -> None:
    sight = Sight(ground.seen(ground.unseen, Party.CENTRE))
    entry = {
        "type": "SeatLocked",
        "stream": ground.STREAM,
        "position": 1,
        "at": "2026-03-02T10:00:00+08:00",
        "actor": {"role": "member", "alias": "M3"},
        "data": {"alias": "M3", "kind": "second_face", "seconds": 61},
    }
    line = Teller().line(entry, sight)
    assert "more than one person at the seat" in line.text
    over = entry | {
        "type": "SeatUnlocked",
        "data": {"alias": "M3", "means": "two_person", "score": None, "engine": None},
    }
    assert "Two people" in Teller().line(over, sight).text


def test_a_lost_line_matters_where_somebody_sits_and_at_the_door() -> None:
    view = ground.seen(ground.marking, Party.WITNESS)
    for seat in view["room"]["seats"]:
        seat["device_state"] = "lost"
    kiosk = next(device for device in view["room"]["devices"] if device["kind"] == "kiosk")
    kiosk["state"] = "lost"
    matters = list(Sight(view).matters())
    assert [matter.kind for matter in matters].count(Kind.SEAT_LOST) == 5
    assert [matter.kind for matter in matters].count(Kind.MACHINE_LOST) == 1


def test_a_draw_that_dropped_a_rule_waits_for_the_witness() -> None:
    view = ground.seen(ground.gathering, Party.WITNESS)
    view["room"]["draws"][0] |= {"relaxed": 1, "accepted": False}
    assert part(Name.INCIDENT, "draw_relaxed") in names(view)
    assert part(Name.INCIDENT, "draw_relaxed") not in names(view | {"role": "centre"})


def test_a_cancelling_waits_for_the_other_role() -> None:
    view = ground.seen(ground.gathering, Party.WITNESS)
    view["room"]["draws"][0]["cancel_asked_by"] = "centre"
    assert part(Name.INCIDENT, "draw_cancel") in names(view)
    assert part(Name.INCIDENT, "draw_cancel") not in names(view | {"role": "centre"})


def test_the_room_away_stands_first() -> None:
    away = Matter(Kind.ROOM_AWAY, Target(PageName.ROOM), "", ("3",))
    found = waiting(Sight(ground.seen(ground.gathering, Party.CENTRE)), [away])
    assert found[0].name == part(Name.INCIDENT, "room_away")
    assert found[0].incident.tone is Tone.ERROR


def test_seats_say_in_progress_or_ended_and_no_more() -> None:
    view = ground.seen(ground.marking, Party.WITNESS)
    words = [sight.word for sight in seat_sights(Sight(view)).values() if sight.alias]
    assert sorted(set(words)) == ["Ended", "In progress"]
    assert words.count("Ended") == 2


def test_seats_of_a_role_that_may_not_know_who_sits_there() -> None:
    sights = seat_sights(Sight(ground.seen(ground.marking, Party.AGENCY)))
    assert {sight.alias for sight in sights.values()} == {""}
    assert sum(sight.word == "In use" for sight in sights.values()) == 5


def test_a_seat_that_calls_or_is_lost_stands_out() -> None:
    view = ground.seen(ground.gathering, Party.CENTRE)
    calling = view["evaluations"][0]["helps"][0]["seat"]
    assert seat_sights(Sight(view))[calling].tone is Tone.ATTENTION
    next(seat for seat in view["room"]["seats"] if seat["id"] == calling)["device_state"] = "lost"
    assert seat_sights(Sight(view))[calling].tone is Tone.ERROR


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_rail_speaks_the_tracks_words(track: str) -> None:
    evaluation = ground.seen(ground.marking, Party.CENTRE, track)["evaluations"][0]
    rail = rail_of(evaluation["lots"][0]["stage"], evaluation["words"])
    now = [stage.name for stage in rail if stage.state is StageState.CURRENT]
    assert now == [{"ZC": "比较与评价", "GC": "详细评审"}[track]]
    assert evaluation["words"]["preliminary"] in [stage.name for stage in rail if stage.state is StageState.DONE]
    assert all(stage.state is StageState.DONE for stage in rail_of("closed", evaluation["words"]))


def test_who_may_fetch_which_paper() -> None:
    def papers(role: Party) -> tuple[bool, bool, bool]:
        sight = Sight(ground.seen(ground.closed, role))
        lot = summary(sight.evaluations[0], sight).lots[0]
        return lot.result, lot.report, lot.evidence

    assert {role: papers(role) for role in ROLES} == {
        Party.CENTRE: (True, True, True),
        Party.WITNESS: (True, True, True),
        Party.REGULATOR: (True, True, True),
        Party.TENDEREE: (True, True, False),
        Party.AGENCY: (True, True, False),
    }


def test_the_tables_add_up_exactly() -> None:
    lot = ground.seen(ground.checking, Party.AGENCY)["evaluations"][0]["lots"][0]
    members = alias_tables.aliases(lot)
    assert len(members) == 5
    first = members[0]
    assert alias_tables.total(lot, first, "A") == "56.5"
    assert alias_tables.mark(lot, first, "A", "T2") == "7"
    assert alias_tables.exact_sum(["0.1", "0.2", "passed"]) == "0.3"
    assert alias_tables.exact_sum([]) == "—"
    assert [bid["id"] for bid in alias_tables.live(lot)] == ["A", "B", "C"]


def entry(kind: str, **more: object) -> dict[str, object]:
    return {
        "position": 7,
        "stream": ground.STREAM,
        "at": "2026-03-02T09:30:15.000000+08:00",
        "type": kind,
        "actor": {"role": "kiosk"},
        "data": None,
    } | more


def test_every_type_of_entry_has_its_sentence() -> None:
    from app.evaluation.registry import EVENTS
    from app.evaluation.room import events as room_events

    teller = Teller()
    sight = Sight(ground.seen(ground.marking, Party.WITNESS))
    kinds = {*EVENTS, *room_events.TYPES}
    for kind in kinds:
        told = teller.line(entry(kind), sight).text
        assert told != kind, f"{kind} has no words"
        assert "{" not in told
    assert kinds >= LOUD | MACHINERY


def test_entries_are_told_with_their_details_where_there_are_any() -> None:
    teller, sight = Teller(), Sight(ground.seen(ground.gathering, Party.WITNESS))
    taken = entry("SlotTaken", data={"member": "p3", "slot": "ev1-2", "seat": "A02", "alias": "M1"})
    line = teller.line(taken, sight)
    assert (line.time, line.text) == ("09:30:15", "Person 3 took Seat A02, alias Member 1")
    assert teller.line(entry("SlotTaken"), sight).text == "A seat was taken"
    assert teller.line(entry("PledgeGiven", data={"alias": "M1"}), sight).text == "Member 1: 评审承诺书 given"
    assert teller.line(entry("HelpCalled"), sight).stands_out
    looked = entry("NamesLooked", stream="room", data={"stream": ground.STREAM, "member": "p2", "purpose": "greeting"})
    assert teller.line(looked, sight).text == "Looked at of person 2: surname"
