"""Watching: which post may watch whom and when, that the seat is told and nobody else, what the report says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.pause.records import PauseEvaluation
from app.evaluation.matters.watching import (
    MOST_CAMERAS,
    MOST_NAME,
    CloseWatching,
    SeatsWatched,
    StopWatching,
    Watching,
    WatchingClosed,
    WatchSeats,
    over,
    report,
    watchers,
)
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

EYE = replace(WITNESS, device="console-1")
DESK = replace(CENTRE, device="console-2")


def seen(it: Play, viewer: Actor) -> dict[str, Any]:
    told_ = view(it.it, viewer)
    assert told_ is not None
    return dict(told_["matters"].get("watching", {}))


def look(*aliases: str, large: str = "", cameras: tuple[str, ...] = ()) -> WatchSeats:
    return WatchSeats(aliases, large, cameras)


def test_a_seat_knows_who_watches_it_and_its_neighbour_does_not_see_it() -> None:
    it = at("marking")
    one, two = it.it.committee[:2]
    assert it.do(look(one, large=one), EYE) == ["SeatsWatched"]
    assert seen(it, member(one)) == {
        "by": ["witness"],
        "large": True,
        "mine": {
            "call": "watching",
            "inside": True,
            "party": one,
            "peers": [{"party": "witness/console-1", "offers": True}],
        },
    }
    nobody = {"call": "watching", "inside": False, "party": two, "peers": []}
    assert seen(it, member(two)) == {"by": [], "large": False, "mine": nobody}
    mine = seen(it, EYE)
    assert mine["mine"] == {
        "call": "watching",
        "inside": True,
        "party": "witness/console-1",
        "peers": [{"party": one, "offers": False}],
        "large": one,
        "cameras": [],
    }
    other = seen(it, DESK)
    assert "mine" not in other
    assert other["watchers"] == [{"role": "witness", "device": "console-1", "aliases": [one], "large": one}]
    assert "mine" not in seen(it, replace(CENTRE, device="console-1"))  # the same machine, and another post
    assert seen(it, AGENCY) == {}
    assert check(it.log.entries) == (it.it, None)


def test_the_centre_watches_only_while_nobody_works_alone() -> None:
    it = at("marking")
    one = it.it.committee[0]
    with refused("watching_closed"):
        it.do(look(one), DESK)
    assert (seen(it, DESK)["obstacle"], seen(it, EYE)["obstacle"]) == ("watching_closed", None)
    before = at("reviewed")
    for who in (DESK, EYE):
        before.do(look(*before.it.committee), who)
    assert over(before.it) == []
    with refused("no_watching_to_close"):
        before.do(CloseWatching(()), SYSTEM)
    for lot in before.it.lots:
        before.conclude(lot)
    one = before.it.committee[0]
    assert [watcher.role for watcher in watchers(before.it, one)] == [Party.WITNESS]  # at once, before the room closes
    assert "mine" not in seen(before, DESK)
    assert before.do(CloseWatching(()), SYSTEM) == ["WatchingClosed", "WatchingStopped"]
    assert list(before.it.memory(Watching).now) == ["console-1"]
    assert "由系统关闭" in report(before.it, "1")[0].text
    assert "至记录时未结束" in report(before.it, "1")[1].text
    assert check(before.log.entries) == (before.it, None)


def test_whom_the_rule_set_does_not_name_watches_never() -> None:
    it = at("reviewed")
    procedure = replace(it.it.ruleset.procedure, watching={})
    it.state = replace(it.it, ruleset=replace(it.it.ruleset, procedure=procedure))
    with refused("watching_not_allowed"):
        it.do(look(it.it.committee[0]), EYE)
    for who in (AGENCY, member(it.it.committee[1])):
        with refused("not_permitted"):
            it.do(look(it.it.committee[0]), who)


def test_only_seats_with_somebody_are_watched_and_only_while_they_are_there() -> None:
    it = at("left")
    assert seen(it, EYE)["obstacle"] == "nobody_at_seat"
    with refused("nobody_at_seat"):
        it.do(look("M01"), EYE)
    here = at("reviewed")
    one, two = here.it.committee[:2]
    for wrong in (look("nobody"), look(one, one), look(one, large=two), look()):
        with refused("nobody_at_seat"):
            here.do(wrong, EYE)
    for names in (("",), ("门",) * 2, ("x" * (MOST_NAME + 1),), tuple(f"c{k}" for k in range(MOST_CAMERAS + 1))):
        with refused("bad_value"):
            here.do(look(one, cameras=names), EYE)
    last = at("reported")
    last.do(look(*last.it.committee, large=last.it.committee[0]), EYE)
    last.leave()
    assert watchers(last.it, last.it.committee[0]) == []
    assert [one.device for one in over(last.it)] == ["console-1"]
    last.do(CloseWatching(()), SYSTEM)
    assert last.it.memory(Watching).now == {}


def test_a_look_at_another_seat_is_another_entry_and_the_stretch_goes_on() -> None:
    it = at("reviewed")
    one, two = it.it.committee[:2]
    it.do(look(one, two, cameras=("北墙",)), EYE)
    with refused("already_watching"):
        it.do(look(one, two, cameras=("北墙",)), EYE)
    it.do(look(one, two, large=two, cameras=("北墙",)), EYE)
    it.do(look(one, two, large=one), EYE)
    it.do(look(one, two, large=one), replace(EYE, device="console-3"))
    it.now += timedelta(minutes=5)
    assert it.do(StopWatching(), EYE) == ["WatchingStopped"]
    with refused("not_watching"):
        it.do(StopWatching(), EYE)
    first, second = report(it.it, "1")
    assert (first.head, second.text) == (
        "监看",
        f"见证人员监看 {one}、{two} 的影像，其中放大查看 {one}，至记录时未结束。",
    )
    assert f"见证人员监看 {one}、{two} 的影像，其中放大查看 {two}、{one}，" in first.text
    assert first.text.endswith("历时 5 分钟。")
    assert [watcher.party for watcher in watchers(it.it, one)] == ["witness/console-3"]


def test_a_camera_of_the_room_may_be_watched_alone() -> None:
    it = at("reviewed")
    it.do(look(cameras=("北墙",)), EYE)
    assert seen(it, EYE)["mine"]["cameras"] == ["北墙"]
    assert report(it.it, "1")[0].text.startswith("见证人员监看 场地 的影像")


def test_another_post_at_the_same_console_begins_anew() -> None:
    it = at("reviewed")
    one = it.it.committee[0]
    it.do(look(one), EYE)
    it.do(look(one), replace(CENTRE, device="console-1"))
    stretches = it.it.memory(Watching).stretches
    assert [(found.role, found.why) for found in stretches] == [(Party.WITNESS, "left"), (Party.CENTRE, None)]
    assert [watcher.role for watcher in watchers(it.it, one)] == [Party.CENTRE]


def test_the_room_ends_what_a_machine_that_is_away_began() -> None:
    it = at("reviewed")
    one = it.it.committee[0]
    it.do(look(one), EYE)
    it.do(look(one), DESK)
    with refused("no_watching_to_close"):
        it.do(CloseWatching(("console-9",)), SYSTEM)
    assert it.do(CloseWatching(("console-1", "console-9")), SYSTEM) == ["WatchingClosed", "WatchingStopped"]
    assert [watcher.party for watcher in watchers(it.it, one)] == ["centre/console-2"]
    assert check(it.log.entries) == (it.it, None)


def test_watching_goes_on_in_a_pause() -> None:
    it = at("marking")
    one = it.it.committee[0]
    it.do(PauseEvaluation("fault", "停电"), CENTRE)
    it.do(look(one), EYE)
    assert [watcher.device for watcher in watchers(it.it, one)] == ["console-1"]
    assert over(it.it) == []
    it.do(StopWatching(), EYE)


@pytest.mark.parametrize("stage", ["marking", "reviewed"])
def test_staff_hear_of_it_and_a_seat_only_that_something_is_new(stage: str) -> None:
    it = at(stage)
    one = it.it.committee[0]
    event = SeatsWatched("witness", "console-1", (one,), "", ())
    viewers = (CENTRE, WITNESS, member(one), member("nobody"), AGENCY, KIOSK)
    assert [told(it.it, event, who) for who in viewers] == [
        *(Told.WHOLE, Told.WHOLE, Told.HAPPENED),
        *(Told.NOTHING, Told.NOTHING, Told.NOTHING),
    ]
    assert [told(it.it, WatchingClosed(()), who) for who in viewers] == [Told.WHOLE, Told.WHOLE, *[Told.NOTHING] * 4]
