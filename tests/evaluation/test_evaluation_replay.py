"""Replay: whatever decide makes is accepted, and anything else is found; properties over random walks."""

from dataclasses import replace
from typing import Any

import pytest
from evaluation_case import good_marks
from evaluation_factory import AGENCY, CENTRE, KIOSK, NOON, STREAM, WITNESS, Play, actor_json, play, secret
from evaluation_stages import STAGES, at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.evaluation import commands as c
from app.evaluation import events as e
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.decide import decide
from app.evaluation.decisions.gathering import bidders, pledge_hash
from app.evaluation.evolve import evolve
from app.evaluation.papers import Paper
from app.evaluation.refusal import Refused
from app.evaluation.registry import COMMANDS, command_of, read_command
from app.evaluation.replay import check, fold
from app.evaluation.sentences import SENTENCES
from app.evaluation.views import view
from app.journal import Entry, make_entry
from app.rules.model import Party


@pytest.mark.parametrize(
    "options",
    [
        {"track": "ZC"},
        {"track": "GC", "chair": "lot", "lots": ("1", "2")},
        {"track": "GC", "chair": "ballot", "dissent": "不同意", "members": 6, "recused": "p6"},
    ],
)
def test_what_was_decided_is_regular(options: dict[str, Any]) -> None:
    it = play(**options)
    state, fault = check(it.log.entries)
    assert fault is None
    assert state == it.state == fold(it.log.entries)


def test_the_state_may_be_folded_in_parts() -> None:
    entries = at("marked").log.entries
    for cut in range(len(entries)):
        assert fold(entries[cut:], fold(entries[:cut])) == fold(entries)
    assert fold([]) is None


def rewritten(entry: Entry, **changes: Any) -> Entry:
    fields = {name: getattr(entry, name) for name in ("stream", "seq", "at", "type", "actor", "data", "prev")}
    return make_entry(**fields | changes)


def test_an_entry_left_out_put_in_or_changed_is_found() -> None:
    entries = at("marked").log.entries
    for index, entry in enumerate(entries):
        if index:
            without = [*entries[:index], *entries[index + 1 :]]
            if entry.type not in {"SealingKeyOffered"}:
                assert check(without)[1] is not None or index == len(entries) - 1, entry.type
        other = {"role": "centre" if entry.actor["role"] != "centre" else "kiosk"}
        changed = [*entries[:index], rewritten(entry, actor=other), *entries[index + 1 :]]
        assert check(changed)[1] is not None, entry.type


def test_what_is_irregular_is_named() -> None:
    entries = at("marked").log.entries
    tallied = next(i for i, entry in enumerate(entries) if entry.type == "LotTallied")
    cut = check(entries[:tallied])[1]
    assert cut is not None
    assert (cut.seq, cut.code, cut.where) == (tallied, "cut_off", "LotTallied")
    alone = check([*entries[: tallied - 1], *entries[tallied:]])[1]
    assert alone is not None
    assert alone.code == "follows_nothing"
    other = rewritten(entries[tallied], data=entries[tallied].data | {"findings": 99})
    changed = check([*entries[:tallied], other])[1]
    assert changed is not None
    assert (changed.seq, changed.code) == (tallied + 1, "not_as_decided")
    unknown = check([rewritten(entries[0], type="Nonsense")])[1]
    assert unknown is not None
    assert unknown.code == "unknown_type"
    bad = check([rewritten(entries[0], actor={"role": "nobody"})])[1]
    assert bad is not None
    assert bad.code == "bad_value"
    early = check([rewritten(entries[1])])[1]
    assert early is not None
    assert early.code == "not_open"


def test_the_first_entry_opens() -> None:
    with pytest.raises(ValueError, match="EvaluationOpened"):
        evolve(None, e.RemarkAdded("x"), WITNESS, "2026-03-02T09:00:00.000000+08:00", STREAM)


def test_folding_never_refuses_what_the_journal_holds() -> None:
    state = at("constituted").it
    after = evolve(state, e.ChairAgreed("M1"), CENTRE, "2026-03-02T09:00:00.000000+08:00", STREAM)
    assert after == replace(state, size=state.size + 1)


def test_follow_on_events_are_no_commands() -> None:
    assert command_of(e.ReportDue("1")) is None
    assert command_of(e.RemarkAdded("x")) == c.AddRemark("x")
    assert isinstance(read_command("ConstituteCommittee", {}), c.ConstituteCommittee)


# --- random walks

STAGE_PLAYS = st.sampled_from([(stage, track) for stage in STAGES for track in ("ZC", "GC")])


def actors(it: Play) -> list[Actor]:
    aliases = [m.alias for m in it.it.members.values() if m.alias] or ["M1"]
    members = [Actor(Party.MEMBER, alias=alias) for alias in aliases]
    return [SYSTEM, CENTRE, WITNESS, AGENCY, KIOSK, Actor(Party.REGULATOR), Actor(Party.TENDEREE), *members]


def guesses(it: Play, draw: Any) -> c.Command:
    """A command with values that are often right: references, aliases, seats and texts of this play."""
    state = it.it
    refs, aliases = list(state.members), [m.alias or "M1" for m in state.members.values()]
    seats = [m.seat or "A01" for m in state.members.values()]
    words = ["1", "9", "", "理由", "admission", "seat", "review", "marks", "ballot", "committee", "sum", "k1"]
    words += [*refs, *aliases, *seats, "01", "02", pledge_hash(state.ruleset.pledge), *bidders(state)]
    kind = draw(st.sampled_from(sorted(COMMANDS)))
    values: dict[str, Any] = {}
    for name, field in COMMANDS[kind].__dataclass_fields__.items():
        annotation = str(field.type)
        if annotation == "str":
            values[name] = draw(st.sampled_from(words))
        elif annotation == "int":
            values[name] = draw(st.sampled_from([-1, 0, 1, 2, state.size + 1]))
        elif annotation == "bool":
            values[name] = draw(st.booleans())
        elif annotation.startswith("tuple"):
            strings = draw(st.sampled_from([(), bidders(state), tuple(f"ev1-{k}" for k in range(1, 8))]))
            values[name] = () if "dict" in annotation else strings
        elif annotation.startswith("dict"):
            values[name] = {}
        elif annotation == "Paper":
            values[name] = draw(st.sampled_from([Paper(secret("scan").hex(), 9, "记录"), Paper("x", 9, "记录")]))
        else:
            values[name] = draw(st.sampled_from([None, "理由"]))
    return COMMANDS[kind](**values)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(start=STAGE_PLAYS, data=st.data())
def test_a_walk_of_any_commands(start: tuple[str, str], data: st.DataObject) -> None:
    it = at(*start)
    for _ in range(data.draw(st.integers(1, 12))):
        actor = data.draw(st.sampled_from(actors(it)))
        command = guesses(it, data.draw)
        before, entries = it.it, len(it.log.entries)
        names, refusal = [], None
        try:
            names = it.do(command, actor)
        except Refused as raised:
            refusal = raised
        if refusal is None:
            assert names
            assert it.it.size == entries + len(names)
            assert it.it != before
        else:
            assert refusal.code in SENTENCES
            assert "" not in (refusal.message("zh"), refusal.message("en"))
            assert it.it is before
            assert len(it.log.entries) == entries
    state, fault = check(it.log.entries)
    assert (state, fault) == (it.it, None)
    for viewer in actors(it):
        view(it.it, viewer)  # no state that commands can reach breaks a view


@settings(max_examples=40)
@given(index=st.integers(0, 10_000), data=st.data())
def test_no_reader_of_a_hostile_journal_breaks(index: int, data: st.DataObject) -> None:
    entries = list(at("closed", "GC").log.entries)
    at_ = index % len(entries)
    entry = entries[at_]
    keys = sorted(entry.data)
    junk = st.sampled_from([None, 1, -1, "", "x", [], {}, [[]], {"x": []}, True, "M1", "1"])
    changed = dict(entry.data) | {data.draw(st.sampled_from(keys)): data.draw(junk)} if keys else {"x": 1}
    entries[at_] = rewritten(entry, data=changed)
    state, fault = check(entries)
    # Another text or number may be lawful too: then the whole journal is, and the hash chain alone tells.
    assert (fault is None) == (state is not None and state.size == len(entries))


def test_a_decision_is_pure() -> None:
    state = at("marking").it
    again = replace(state)
    command = c.OfferSealingKey("k9", secret("x").hex())
    assert decide(state, command, SYSTEM, NOON) == decide(state, command, SYSTEM, NOON)
    assert state == again
    assert actor_json(SYSTEM)["role"] == "system"
    assert good_marks("M1", "A", "T1")
