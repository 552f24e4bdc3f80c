"""JSON to frozen dataclasses and back: strict, and by place."""

from dataclasses import dataclass, field, fields
from typing import Any

import pytest
from evaluation_stages import refused
from hypothesis import given
from hypothesis import strategies as st

from app.evaluation import codec
from app.evaluation.matters import MATTERS
from app.evaluation.permits import PERMITTED
from app.evaluation.registry import COMMANDS, EVENTS, OF_EVENT, read_command, read_event
from app.evaluation.room import commands as rc
from app.evaluation.room import decide as room_decide
from app.evaluation.room import events as re_
from app.rules.model import Party


@dataclass(frozen=True)
class Inner:
    n: int


@dataclass(frozen=True)
class Sample:
    text: str
    flag: bool
    party: Party
    rows: tuple[Inner, ...]
    table: dict[str, Inner]
    maybe: str | None
    anything: Any
    late: int = 7
    made: tuple[str, ...] = field(default_factory=tuple)


GOOD: dict[str, Any] = {
    "text": "x",
    "flag": True,
    "party": "centre",
    "rows": [{"n": 1}],
    "table": {"a": {"n": 2}},
    "maybe": None,
    "anything": {"deep": [1, None]},
}


def test_there_and_back() -> None:
    sample = codec.from_json(Sample, GOOD)
    assert sample == Sample("x", True, Party.CENTRE, (Inner(1),), {"a": Inner(2)}, None, {"deep": [1, None]}, 7, ())
    assert codec.to_json(sample) == GOOD | {"late": 7, "made": []}
    assert codec.from_json(Sample, GOOD | {"maybe": "y", "late": 8}).maybe == "y"


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"text": 1}, "bad_value", "$.text"),
        ({"flag": 1}, "bad_value", "$.flag"),
        ({"late": True}, "bad_value", "$.late"),
        ({"late": "7"}, "bad_value", "$.late"),
        ({"party": "nobody"}, "bad_value", "$.party"),
        ({"party": []}, "bad_value", "$.party"),
        ({"rows": {}}, "bad_value", "$.rows"),
        ({"rows": [{"n": 1}, {"n": "1"}]}, "bad_value", "$.rows[1].n"),
        ({"rows": [{}]}, "missing_key", "$.rows[0].n"),
        ({"table": []}, "bad_value", "$.table"),
        ({"table": {"a": 1}}, "bad_value", "$.table.a"),
        ({"maybe": 1}, "bad_value", "$.maybe"),
        ({"more": 1}, "unknown_key", "$.more"),
    ],
)
def test_what_is_wrong_is_named_by_place(change: dict[str, Any], code: str, where: str) -> None:
    with refused(code, where):
        codec.from_json(Sample, GOOD | change)


def test_a_missing_key_and_no_object_at_all() -> None:
    with refused("missing_key", "$.text"):
        codec.from_json(Sample, {k: v for k, v in GOOD.items() if k != "text"})
    with refused("bad_value", "$"):
        codec.from_json(Sample, [])


@pytest.mark.parametrize("value", [1.5, object(), {1, 2}, b"bytes", Sample])
def test_only_json_comes_out(value: object) -> None:
    with pytest.raises(TypeError):
        codec.to_json({"v": value})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(kind=st.sampled_from([*COMMANDS, *rc.TYPES, "Nonsense"]), data=JSON)
def test_nothing_that_a_client_sends_breaks_the_reader(kind: str, data: Any) -> None:
    read = rc.read_room_command if kind in rc.TYPES else read_command
    code, command = None, None
    try:
        command = read(kind, data)
    except codec.Refused as refusal:
        code = refusal.code
    if command is None:
        assert code in {"unknown_command", "unknown_key", "missing_key", "bad_value"}
    else:
        assert type(command).__name__ == kind
        assert codec.to_json(command) == {**{f.name: None for f in fields(command)}, **codec.to_json(command)}


def test_unknown_types_are_refused() -> None:
    with refused("unknown_type"):
        read_event("Nonsense", {})
    with refused("unknown_type"):
        re_.read_room_event("Nonsense", {})
    with refused("unknown_command"):
        read_command("Nonsense", {})
    with refused("unknown_command"):
        rc.read_room_command("Nonsense", {})
    assert re_.read_room_event("DeviceConnected", {"device": "d"}) == re_.DeviceConnected("d")
    assert rc.read_room_command("NoteHead", {"stream": "s", "size": 3, "root": "r"}) == rc.NoteHead("s", 3, "r")
    with refused("bad_value", "$.data.size"):
        rc.read_room_command("NoteHead", {"stream": "s", "size": "3", "root": "r"})


def test_every_command_has_a_role_and_every_event_a_command_or_a_cause() -> None:
    assert set(PERMITTED) == set(COMMANDS.values())
    assert set(room_decide.PERMITTED) == set(rc.TYPES.values())
    assert set(OF_EVENT.values()) == set(COMMANDS.values())
    assert set(rc.OF_EVENT.values()) == set(rc.TYPES.values())
    of_matters = {kind for matter in MATTERS for kind in matter.told}
    assert {kind for matter in MATTERS for kind in (*matter.starts, *matter.folds, *matter.entries)} <= of_matters
    follow_only = {kind.__name__ for kind in set(EVENTS.values()) - set(OF_EVENT) - of_matters}
    assert follow_only == {
        "BallotCounted",
        "ChairChosen",
        "QualificationImported",
        "TalksDue",
        "LotTallied",
        "CheckDue",
        "CheckRaised",
        "ConfirmationDue",
        "ReportDue",
    }
