"""Who may know what, at every step of whole evaluations: views and messages searched for planted secrets."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from evaluation_case import good_marks
from evaluation_factory import Play, play
from evaluation_stages import STAGES, at

from app.evaluation import commands as c
from app.evaluation import events as e
from app.evaluation import redaction, visibility
from app.evaluation.actor import Actor
from app.evaluation.decisions.gathering import bidders
from app.evaluation.evolve import evolve
from app.evaluation.model import Evaluation, SheetKind
from app.evaluation.redaction import Told, told
from app.evaluation.registry import EVENTS, read_event
from app.evaluation.replay import read_actor
from app.evaluation.room import events as re_
from app.evaluation.room import redaction as room_redaction
from app.evaluation.room.redaction import told_of_room
from app.evaluation.stages import SEALED_STAGES, LotStage, MemberStage
from app.evaluation.views import view
from app.rules.model import Party

MARK, REASON = "17.31", "图纸第七页缺章"
CONSOLES = (Party.CENTRE, Party.WITNESS, Party.REGULATOR, Party.TENDEREE, Party.AGENCY)
ROLES = (*CONSOLES, Party.KIOSK, Party.SYSTEM)


def secret_marks(alias: str, bid: str, factor: str) -> str:
    return MARK if factor == "T1" and bid == "A" else good_marks(alias, bid, factor)


@dataclass(frozen=True)
class Moment:
    """The state after an entry, with the event that led there."""

    state: Evaluation
    event: e.Event
    entry: Any


@cache
def moments(track: str) -> tuple[Moment, ...]:
    """A whole evaluation with secrets in its sheets: a rejected bid, a ballot, a dissent."""

    def verdict(alias: str, bid: str, item: str) -> bool:
        return bid != "D" or item != "F2"

    gc = track == "GC"
    rejections = {"D": at("reviewing", "GC").it.lots["1"].lot.review_items[1].ground} if gc else None
    options: dict[str, Any] = {"verdict": verdict, "rejections": rejections} if gc else {}
    it = SecretPlay.played(track, **options)
    state: Evaluation | None = None
    found = []
    for entry in it.log.entries:
        event = read_event(entry.type, entry.data)
        state = evolve(state, event, read_actor(entry.actor), entry.at, entry.stream)
        found.append(Moment(state, event, entry))
    return tuple(found)


class SecretPlay:
    """Plays with the factory, the reasons of failing items replaced by the secret."""

    @staticmethod
    def played(track: str, **options: Any) -> Play:
        original = Play.seal_all

        def seal_all(it: Play, lot: str, kind: SheetKind, sheets: Any) -> None:
            text = json.dumps(sheets, ensure_ascii=False).replace("工期不满足招标文件要求", REASON)
            original(it, lot, kind, json.loads(text))

        Play.seal_all = seal_all  # type: ignore[method-assign]
        try:
            return play(track, marks=secret_marks, chair="ballot", dissent="本人不同意", **options)
        finally:
            Play.seal_all = original  # type: ignore[method-assign]


def viewers(state: Evaluation) -> Iterator[Actor]:
    """Every role, every member by alias, a member whose seat nobody holds, and nobody's alias."""
    for role in ROLES:
        yield Actor(role, post="post" if role in CONSOLES else None, device="d")
    for member in state.members.values():
        yield Actor(Party.MEMBER, alias=member.alias, device="seat")
    yield Actor(Party.MEMBER, alias="M99")


def seen(state: Evaluation, viewer: Actor) -> str:
    """Everything that the viewer's view says."""
    return json.dumps(view(state, viewer), ensure_ascii=False)


def messages(track: str, until: int, state: Evaluation, viewer: Actor) -> str:
    """Everything that the stream tells the viewer of the entries so far, as things stand now."""
    said = []
    for moment in moments(track)[:until]:
        level = told(state, moment.event, viewer)
        if level is Told.WHOLE:
            said.append([moment.entry.type, moment.entry.data, moment.entry.actor])
        elif level is Told.HAPPENED:
            said.append([moment.entry.type, {"role": moment.entry.actor["role"]}])
    return json.dumps(said, ensure_ascii=False)


def known(track: str, index: int, viewer: Actor) -> str:
    state = moments(track)[index].state
    return seen(state, viewer) + messages(track, index + 1, state, viewer)


def every_moment(track: str) -> Iterator[tuple[int, Evaluation, Actor, str]]:
    for index, moment in enumerate(moments(track)):
        for viewer in viewers(moment.state):
            yield index, moment.state, viewer, known(track, index, viewer)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_the_search_finds_what_is_there(track: str) -> None:
    lines = json.dumps([moment.entry.data for moment in moments(track)], ensure_ascii=False)
    assert MARK in lines
    opened = next(i for i, m in enumerate(moments(track)) if m.entry.type == "LotTallied")
    assert MARK in seen(moments(track)[opened].state, Actor(Party.WITNESS))
    assert MARK in messages(track, opened + 1, moments(track)[opened].state, Actor(Party.REGULATOR))
    if track == "GC":
        assert REASON in lines
        assert REASON in seen(moments(track)[opened].state, Actor(Party.WITNESS))


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_marks_are_sealed_for_everyone_until_all_have_ended(track: str) -> None:
    for _, state, viewer, text in every_moment(track):
        lot = state.lots["1"]
        may_see = bool(lot.marks) and lot.marks[-1].opened
        if not may_see:
            assert MARK not in text, viewer
            continue
        done = lot.stage in {LotStage.REPORTED, LotStage.CLOSED}
        if viewer.role is Party.MEMBER:
            own = visibility.own(state, viewer)
            may_see = own is not None and own.stage is MemberStage.PLEDGED
        elif viewer.role is Party.AGENCY:
            may_see = (track == "ZC" and lot.stage not in {LotStage.OPENED}) or done
        else:
            may_see = viewer.role in {Party.WITNESS, Party.REGULATOR} or (
                done and viewer.role in {Party.CENTRE, Party.TENDEREE}
            )
        if not may_see:
            assert MARK not in text, (viewer, lot.stage)


def test_reasons_of_the_review_are_for_those_who_see_sheets() -> None:
    for _, state, viewer, text in every_moment("GC"):
        lot = state.lots["1"]
        opened = bool(lot.reviews) and lot.reviews[-1].opened
        sitting = visibility.sits(state, viewer)
        if not opened or not (sitting or viewer.role in {Party.WITNESS, Party.REGULATOR}):
            assert REASON not in text, viewer


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_project_and_bidders_are_unknown_until_the_discipline_is_read(track: str) -> None:
    names = bidders(moments(track)[0].state)
    project = moments(track)[0].state.tender.name
    for _, state, viewer, text in every_moment(track):
        member = visibility.own(state, viewer)
        briefed = member is not None and member.stage in {MemberStage.BRIEFED, MemberStage.PLEDGED}
        if viewer.role in CONSOLES or briefed:
            continue
        assert project not in text, viewer
        assert not any(name in text for name in names), viewer


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_who_voted_for_whom_is_never_told(track: str) -> None:
    for index, _, viewer, _ in every_moment(track):
        said = json.loads(messages(track, index + 1, moments(track)[index].state, viewer))
        ballots = [
            line for line in said if line[0] == "SheetsOpened" and len(line) == 3 and line[1]["kind"] == "ballot"
        ]
        objectors = [line for line in said if line[0] == "BallotCalled" and len(line) == 3]
        assert (ballots, objectors) == ([], [])


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_a_kiosk_sees_no_evaluation_and_learns_no_reference_alias_or_seat(track: str) -> None:
    kiosk = Actor(Party.KIOSK, device="kiosk-1")
    for index, moment in enumerate(moments(track)):
        assert view(moment.state, kiosk) is None
        said = json.loads(messages(track, index + 1, moment.state, kiosk))
        assert all(len(line) == 2 for line in said)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_before_the_committee_stands_no_member_learns_of_another(track: str) -> None:
    for index, moment in enumerate(moments(track)):
        if moment.state.committee:
            break
        for viewer in viewers(moment.state):
            if viewer.role is not Party.MEMBER:
                continue
            others = [m for m in moment.state.members.values() if m.alias and m.alias != viewer.alias]
            text = known(track, index, viewer)
            assert not any(f'"{m.alias}"' in text or f'"{m.ref}"' in text for m in others)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_offices_learn_no_progress_while_members_work_alone(track: str) -> None:
    sealed = ("SheetSealed", "SheetKeyGiven", "CommandRefused", "HelpCalled")
    for index, moment in enumerate(moments(track)):
        for role in (Party.TENDEREE, Party.AGENCY):
            said = json.loads(messages(track, index + 1, moment.state, Actor(role, post="x")))
            assert not any(line[0] in sealed for line in said)
        found = view(moment.state, Actor(Party.TENDEREE, post="x"))
        assert found is not None
        assert (found["committee"], found["members"], found["remarks"]) == ([], [], [])


def test_a_refusal_tells_its_place_only_when_nobody_works_alone_any_more() -> None:
    event = e.CommandRefused("SealSheet", "out_of_range", "$.marks.A.T1")
    witness = Actor(Party.WITNESS, post="w")
    assert told(at("marking").it, event, witness) is Told.HAPPENED
    assert told(at("marked").it, event, witness) is Told.WHOLE
    voting = at("constituted", "GC")
    first, second, *_ = voting.it.committee
    voting.do(c.ProposeChair(first), Actor(Party.MEMBER, alias=first))
    voting.do(c.ObjectToChair(), Actor(Party.MEMBER, alias=second))
    assert told(voting.it, event, witness) is Told.HAPPENED
    assert told(at("marked").it, event, Actor(Party.TENDEREE, post="t")) is Told.NOTHING


def test_progress_is_no_finer_than_in_progress_and_ended() -> None:
    for stage in STAGES:
        state = at(stage).it
        found = view(state, Actor(Party.CENTRE, post="c"))
        assert found is not None
        assert {person["state"] for person in found["members"]} <= {"in_progress", "ended", None}
        for member in found["committee"]:
            assert set(member) == {"alias", "chair", "kind", "state"}
        if any(lot.stage in SEALED_STAGES for lot in state.lots.values()):
            lot = found["lots"][0]
            assert (lot["marks"], lot["result"], lot["candidates"]) == (None, None, [])
            assert set(lot["round"]) == {"kind", "number", "opened", "ended", "candidates", "phase", "mine"}


def test_the_tables_are_complete_and_nobody_is_told_nothing() -> None:
    assert set(redaction._RULES) == set(EVENTS.values())
    listed = {*room_redaction._STAFF_ONLY, *room_redaction._CONSOLES, *room_redaction._PARTIES, re_.DrawOpened}
    assert listed == set(re_.TYPES.values())
    state = at("marking").it
    event = e.HelpCalled("M1", "A1", "x")
    assert told(state, event, None) is Told.NOTHING
    assert told(state, event, Actor(Party.SYSTEM)) is Told.NOTHING
    assert told(state, e.Event(), Actor(Party.CENTRE)) is Told.NOTHING


@pytest.mark.parametrize(
    ("event", "told_to"),
    [
        (re_.NamesLooked("evaluation/ev1", "p1", "greeting"), {Party.CENTRE, Party.WITNESS, Party.REGULATOR}),
        (re_.RecordingLooked("evaluation/ev1", "E1", "d", 1), {Party.CENTRE, Party.WITNESS, Party.REGULATOR}),
        (re_.PaperKept("ab" * 32, 9), {Party.CENTRE, Party.WITNESS, Party.REGULATOR}),
        (re_.PaperDropped("ab" * 32), {Party.CENTRE, Party.WITNESS, Party.REGULATOR}),
        (re_.AccessRefused("login", "bad_login"), {Party.CENTRE, Party.WITNESS, Party.REGULATOR}),
        (re_.DrawSealed(1, "ab", 0), {*CONSOLES, Party.KIOSK}),
    ],
)
def test_the_rooms_entries(event: re_.RoomEvent, told_to: set[Party]) -> None:
    everyone = {role for role in Party if told_of_room(event, Actor(role)) is Told.WHOLE}
    assert everyone == told_to
    assert told_of_room(event, None) is Told.NOTHING


def test_the_rooms_entries_that_some_only_hear_of() -> None:
    opened = re_.DrawOpened(1, {})
    assert [told_of_room(opened, Actor(role)) for role in (Party.WITNESS, Party.KIOSK, Party.MEMBER)] == [
        Told.WHOLE,
        Told.HAPPENED,
        Told.NOTHING,
    ]
    imported = re_.EvaluationImported("evaluation/ev1", "ab")
    assert [told_of_room(imported, Actor(role)) for role in (Party.CENTRE, Party.AGENCY, Party.KIOSK)] == [
        Told.WHOLE,
        Told.HAPPENED,
        Told.NOTHING,
    ]


def test_documents_evidence_and_drafts() -> None:
    sitting = Actor(Party.MEMBER, alias=at("marking").it.committee[0])
    assert visibility.sees_documents(at("marking").it, sitting)
    assert not visibility.sees_documents(at("constituted").it, sitting)
    assert not visibility.sees_documents(at("marking").it, Actor(Party.WITNESS))
    assert visibility.may_draft(at("marking").it, sitting)
    assert not visibility.may_draft(at("left").it, sitting)
    assert visibility.sees_evidence(at("closed").it, Actor(Party.CENTRE))
    assert not visibility.sees_evidence(at("left").it, Actor(Party.CENTRE))
    assert not visibility.sees_evidence(at("closed").it, Actor(Party.AGENCY))
    reported = at("reported")
    assert visibility.sees_report(reported.it, reported.it.lots["1"], Actor(Party.TENDEREE))
    assert visibility.sees_report(reported.it, reported.it.lots["1"], sitting)
    assert not visibility.sees_report(reported.it, reported.it.lots["1"], Actor(Party.MEMBER, alias="M99"))
    assert not visibility.sees_report(reported.it, reported.it.lots["1"], Actor(Party.KIOSK))
    assert not visibility.knows_project(reported.it, Actor(Party.KIOSK))


def test_a_verdict_that_differs_is_shown_as_such() -> None:
    one = at("reviewing", "GC").it.committee[0]
    it = at("reviewing", "GC")
    from dataclasses import replace

    it.state = replace(it.it, ruleset=replace(it.it.ruleset, preliminary_rule="unanimous"))
    it.review("1", lambda alias, bid, item: not (alias == one and bid == "B" and item == "F1"))
    found = view(it.it, Actor(Party.WITNESS, post="w"))
    assert found is not None
    assert found["lots"][0]["verdict"] == {"failing": {}, "differ": {"where": "B.F1", "bid": "B", "item": "签署盖章"}}
