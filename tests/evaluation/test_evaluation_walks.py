"""Walks over everything that can be asked: nothing leaves the tables, nothing is lost, every refusal has its name."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from evaluation_case import good_marks
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import STAGES, at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.decide import decide
from app.evaluation.events import Liveness
from app.evaluation.evolve import evolve
from app.evaluation.matters.group import ELECTION, GROUP
from app.evaluation.model import Evaluation, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.registry import COMMANDS, OF_EVENT, read_command
from app.evaluation.replay import check
from app.evaluation.sentences import SENTENCES
from app.evaluation.stages import LOT_STEPS, MEMBER_STEPS, LotStage
from app.evaluation.views import acts, view
from app.journal import canonical
from app.rules.model import Party

TENDEREE, REGULATOR = Actor(Party.TENDEREE, post="tenderee-a"), Actor(Party.REGULATOR, post="regulator-a")
CONTENT = ("$.", "$")
"""Where a refusal of an offered act may lie: in what was filled in, at its place."""


def people(it: Play) -> list[Actor]:
    """Everyone who has a console or a seat."""
    seated = [member(m.alias) for m in it.it.members.values() if m.alias]
    return [CENTRE, WITNESS, AGENCY, TENDEREE, REGULATOR, *seated]


def asked(state: Evaluation, command: c.Command, actor: Actor, moment: str) -> list[Any] | None:
    """What a command would make; None where it is refused, which it is by a name that can be said."""
    try:
        return list(decide(state, command, actor, moment))
    except Refused as error:
        refusal = error
    assert refusal.code in SENTENCES, (command, refusal.code)
    assert "" not in (refusal.message("zh"), refusal.message("en")), command
    return None


def refusal_of(act: Any) -> Refused | None:
    """The refusal of anything that may be refused; None where it was not."""
    try:
        act()
    except Refused as error:
        return error
    return None


# --- every stage, every command, every role


def plain(kind: type[c.Command], it: Play) -> c.Command:
    """A command with the plainest values of its fields' types."""
    values: dict[str, Any] = {}
    for name, field in kind.__dataclass_fields__.items():
        annotation = str(field.type)
        known = {
            "lot": "1",
            "alias": it.it.chair or "M1",
            "member": next(iter(it.it.members)),
            "kind": "marks",
            "liveness": Liveness("passed", ("turn_left",), {"yaw": "31"}),
        }
        if name in known:
            values[name] = known[name]
        elif annotation.startswith("str"):
            values[name] = "理由"
        elif annotation.startswith("int"):
            values[name] = 1
        elif annotation.startswith("bool"):
            values[name] = True
        elif annotation.startswith("tuple"):
            values[name] = ()
        elif annotation.startswith("dict"):
            values[name] = {}
        else:
            values[name] = PAPER
    return kind(**values)


PAPER: Any = read_command(
    "EnterPaper",
    {
        "what": "other",
        "alias": "",
        "lot": "",
        "words": "x",
        "reason": "x",
        "paper": {"sha256": "5a" * 32, "bytes": 4096, "title": "扫描件"},
    },
).paper  # type: ignore[attr-defined]  # the one shape of a paper in every command


@pytest.mark.parametrize("track", ["ZC", "GC"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_command_of_every_role_is_allowed_or_refused_by_name(stage: str, track: str) -> None:
    it = at(stage, track)
    before = it.it
    for kind in COMMANDS.values():
        command = plain(kind, it)
        for actor in (SYSTEM, KIOSK, *people(it)):
            made = asked(before, command, actor, it.tick())
            if made is None:
                continue
            assert made, command
            assert OF_EVENT.get(type(made[0])) is kind, command  # its first entry leads back to it
            state: Evaluation | None = before
            for event in made:
                state = evolve(state, event, actor, it.tick(), before.stream)
            assert state is not None
            view(state, actor)
    assert it.it is before


# --- walks by what is offered


def value_of(field: dict[str, Any], draw: Any) -> Any:
    """Something that a person would put into the field."""
    options = [option["value"] for option in field["options"]]
    kinds = {
        "text": st.just("见会议记录第 3 项，理由充分。"),
        "line": st.sampled_from(["第 12 页", "3.2", "A"]),
        "choice": st.sampled_from(options or ["1"]),
        "choices": st.lists(st.sampled_from(options or ["1"]), min_size=1, unique=True),
        "number": st.sampled_from(["1", "5", "980000", "12.50"]),
        "count": st.sampled_from([1, 30, 60]),
        "flag": st.booleans(),
        "moment": st.just("2026-03-20T09:00:00+08:00"),
        "paper": st.just({"sha256": "5a" * 32, "bytes": 4096, "title": "扫描件"}),
        "table": st.fixed_dictionaries({option: st.just("理由") for option in options}),
    }
    return draw(kinds[field["kind"]])


def by_room(it: Play, command: str, data: dict[str, Any]) -> dict[str, Any]:
    """What the room itself puts into a command: how far the journal goes, and its root."""
    wanted = {"size": len(it.log.entries), "root": it.log.root().hex()}
    return data | {key: value for key, value in wanted.items() if key in COMMANDS[command].__dataclass_fields__}


def forward(it: Play) -> None:
    """One step on the main way, whatever is next; nothing where nothing is."""
    state = it.it
    chair = member(state.chair or "?")
    for key, lot in state.lots.items():
        if lot.stage is LotStage.REVIEWING and state.chair:
            return rest(it, key, SheetKind.REVIEW)
        if lot.stage is LotStage.REVIEWED:
            return it.conclude(key)
        if lot.stage is LotStage.MARKING:
            return rest(it, key, SheetKind.MARKS)
        if lot.stage is LotStage.OPENED:
            it.do(c.NoteFindings(key, "已逐条核对"), chair)
            return None
        if lot.stage is LotStage.CHECKING:
            it.do(c.CheckTables(key, True, ""), AGENCY)
            return None
        if lot.stage is LotStage.CONFIRMING:
            silent = next(a for a in state.committee if a not in lot.opinions)
            it.do(c.ConfirmResult(key), member(silent))
            return None
        if lot.stage is LotStage.REPORTING:
            return it.issue(key, b"report", 1)
    if not state.committee and not state.vacant:
        it.constitute()  # and the room offers the key that sheets are sealed to
    return None


def rest(it: Play, lot: str, kind: SheetKind) -> None:
    """Whoever has not ended seals, and the room opens."""
    state = it.it.lots[lot]
    due = [a for a in it.it.committee if a not in state.rounds(kind)[-1].ended]
    it.seal_all(lot, kind, {alias: sheet(it, alias, lot, kind) for alias in due})


def sheet(it: Play, alias: str, lot: str, kind: SheetKind) -> dict[str, Any]:
    state = it.it.lots[lot]
    if kind is SheetKind.REVIEW:
        return {"bids": {b: {i.id: {"pass": True} for i in state.lot.review_items} for b in state.bids_of(kind)}}
    marks = {b: {f.id: good_marks(alias, b, f.id) for f in state.lot.factors} for b in state.live_bids()}
    return {"marks": marks, "reasons": {}}


def opened(it: Play) -> set[tuple[str, str, int, str, bytes]]:
    """Every sheet that was ever opened: lot, kind, round, alias, its bytes as they were sealed."""
    return {
        (key, found.kind.value, found.number, alias, canonical(one["sheet"]))
        for key, lot in it.it.lots.items()
        for found in (*lot.reviews, *lot.marks)
        for alias, one in (found.sheets or {}).items()
    }


def sealed_in_journal(it: Play) -> set[bytes]:
    """Every sheet that the journal opened."""
    rows = [e.data["sheets"] for e in it.log.entries if e.type == "SheetsOpened" and e.data["lot"]]
    return {canonical(one["sheet"]) for sheets in rows for one in sheets.values()}  # type: ignore[union-attr]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(stage=st.sampled_from(STAGES[2:]), track=st.sampled_from(["ZC", "GC"]), data=st.data())
def test_a_walk_of_what_is_offered(stage: str, track: str, data: st.DataObject) -> None:
    it = at(stage, track)
    for _ in range(data.draw(st.integers(1, 15))):
        before, stages = opened(it), {key: lot.stage for key, lot in it.it.lots.items()}
        entries = len(it.log.entries)
        if data.draw(st.booleans()):
            refusal = refusal_of(lambda: forward(it))
            assert refusal is None or refusal.code in SENTENCES
        else:
            offers = [(viewer, act) for viewer in people(it) for act in acts(it.it, viewer)]
            if not offers:
                continue
            viewer, act = data.draw(st.sampled_from(offers))
            values = {field["name"]: value_of(field, data.draw) for field in act["fields"]}
            if data.draw(st.integers(0, 3)) == 0:
                it.now += timedelta(minutes=data.draw(st.sampled_from([16, 35, 130, 260])))
            command = read_command(act["command"], by_room(it, act["command"], act["data"] | values))
            refusal = refusal_of(lambda c=command, v=viewer: it.do(c, v))
            # An act that is offered is refused only for what was filled in, or because of what the clock says.
            good = refusal is None or refusal.where.startswith(CONTENT) or refusal.code in TIMED
            assert good or act["command"] == "EnterPaper", (act["command"], refusal)
        assert before <= opened(it)  # no mark is ever lost
        assert {one[4] for one in opened(it)} <= sealed_in_journal(it)  # or invented
        for key, lot in it.it.lots.items():
            assert moves(stages[key], lot.stage, [e.type for e in it.log.entries[entries:]])
    state, fault = check(it.log.entries)
    assert (state, fault) == (it.it, None)
    assert state is not None
    assert view(state, WITNESS) == view(it.it, WITNESS)
    json.dumps([view(it.it, viewer) for viewer in people(it)])


TIMED = frozenset(
    {"time_to_sign", "absence_too_short", "fault_not_over", "fault_too_long", "tenderee_decides"},
)
"""Refusals that only say that it is too early yet, or too late; what is offered knows no clock, so the act says so."""


def moves(before: LotStage, after: LotStage, names: list[str]) -> bool:
    """Whether the table leads from one stage to the other by these entries."""
    stage = before
    for name in names:
        stage = LOT_STEPS.get((stage, name), stage)
    return stage is after


def test_the_group_decides_by_commands_that_there_are() -> None:
    assert set(COMMANDS) >= GROUP | ELECTION


def test_the_tables_speak_of_events_that_there_are() -> None:
    names = {kind.__name__ for kind in OF_EVENT} | {
        *("ChairChosen", "CheckDue", "CheckRaised", "ConfirmationDue", "ReportDue"),
    }
    from app.evaluation.registry import EVENTS

    assert {name for _, name in LOT_STEPS} <= set(EVENTS)
    assert {name for _, name in MEMBER_STEPS} <= set(EVENTS)
    assert names <= set(EVENTS)
