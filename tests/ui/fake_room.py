"""A room for windows under test: a link that records and answers when told to, and real views of a played evaluation.

The evaluation's part comes from `app.evaluation.views`, so that no window is tested against an invented view.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.drawing import slip_code
from app.evaluation import codec
from app.evaluation.actor import Actor
from app.evaluation.model import Evaluation
from app.evaluation.room.model import Room
from app.evaluation.stages import MemberStage
from app.evaluation.views import view
from app.evaluation.visibility import STAFF
from app.link import Answered, Failed, Happened, LineChanged, SessionEnded, ViewChanged, WritingChanged
from app.rules.model import Party

HOLDING = {
    MemberStage.SEAT_DRAWN,
    MemberStage.SEATED,
    MemberStage.BRIEFED,
    MemberStage.PLEDGED,
    MemberStage.RECUSED,
}


@dataclass(frozen=True)
class Sent:
    """A command that a window sent."""

    id: str
    stream: str
    kind: str
    data: dict[str, Any]
    password: str | None = None
    """Of a second person, typed afresh."""


@dataclass(frozen=True)
class Asked:
    """A question that a window put."""

    id: str
    kind: str
    question: Callable[[Any], Any]


@dataclass
class FakeCamerasPost:
    """What is asked of the one who brings a console's recordings to the room."""

    places: list[set[tuple[str, str]]] = field(default_factory=list)
    told: list[tuple[tuple[str, str], str, int]] = field(default_factory=list)

    def record_all(self, places: Collection[tuple[str, str]]) -> dict[tuple[str, str], Path]:
        self.places.append(set(places))
        return {place: Path("folder") / place[1] for place in places}

    def tell(self, place: tuple[str, str], state: str, hours_left: int) -> None:
        self.told.append((place, state, hours_left))


@dataclass
class FakeLink:
    """Records; never answers by itself."""

    sent: list[Sent] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    refreshed: int = 0
    begun_again: int = 0
    signals: list[tuple[str, str, str, dict[str, str]]] = field(default_factory=list)
    waiting: int = 0
    recordings: Any = field(default_factory=FakeCamerasPost)

    def signal(self, stream: str, call: str, to: str, message: dict[str, str]) -> None:
        """A message of a call's engine."""
        self.signals.append((stream, call, to, message))

    def send(self, stream: str, kind: str, data: dict[str, Any]) -> str:
        self.sent.append(Sent(f"c{len(self.sent)}", stream, kind, data))
        return self.sent[-1].id

    def confirm(self, stream: str, kind: str, data: dict[str, Any], password: str) -> str:
        self.sent.append(Sent(f"c{len(self.sent)}", stream, kind, data, password))
        return self.sent[-1].id

    def ask(self, kind: str, question: Callable[[Any], Any]) -> str:
        self.asked.append(Asked(f"q{len(self.asked)}", kind, question))
        return self.asked[-1].id

    def refresh(self) -> None:
        self.refreshed += 1

    def begin_again(self) -> None:
        self.begun_again += 1


class Recorder:
    """A client that says what it was asked: every call becomes (method, arguments)."""

    def __getattr__(self, method: str) -> Callable[..., tuple[str, tuple[Any, ...]]]:
        return lambda *arguments: (method, arguments)


class FakeBridge(QObject):
    """The signals of `ui.bridge.Bridge` over a FakeLink."""

    view_changed = Signal(object)
    happened = Signal(object)
    answered = Signal(object)
    failed = Signal(object)
    line_changed = Signal(object)
    session_ended = Signal(object)
    trouble = Signal(object)
    signalled = Signal(object)
    proved = Signal(object)
    writing_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.link = FakeLink()
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    # --- what the room says

    def show(self, seen: dict[str, Any]) -> None:
        """A new view."""
        self.view_changed.emit(ViewChanged(seen))

    def tell(self, position: int, kind: str, stream: str = "evaluation/ev1", at: str = "", **more: Any) -> None:
        """An entry of the journal."""
        entry = {
            "position": position,
            "stream": stream,
            "at": at or "2026-03-02T09:30:00.000000+08:00",
            "type": kind,
            "actor": more.get("actor", {"role": "centre"}),
            "data": more.get("data"),
        }
        self.happened.emit(Happened(entry))

    def line(self, up: bool) -> None:
        self.line_changed.emit(LineChanged(up, self.link.waiting))

    def write(self, state: str) -> None:
        """How the room's writing stands."""
        self.writing_changed.emit(WritingChanged(state))

    def end_session(self, reason: str = "revoked") -> None:
        self.session_ended.emit(SessionEnded(reason))

    # --- answers

    def last_question(self) -> tuple[str, tuple[Any, ...]]:
        """What the last question asks of a client: (method, arguments)."""
        found: tuple[str, tuple[Any, ...]] = self.link.asked[-1].question(Recorder())
        return found

    def answer(self, value: Any = None) -> None:
        """Answer the last question."""
        asked = self.link.asked[-1]
        self.answered.emit(Answered(asked.id, asked.kind, value))

    def fail(self, code: str, sentence: str, where: str = "") -> None:
        """Refuse the last question."""
        asked = self.link.asked[-1]
        self.failed.emit(Failed(asked.id, asked.kind, code, sentence, where))

    def accept(self, value: Any = None) -> Sent:
        """Accept the last command."""
        sent = self.link.sent[-1]
        self.answered.emit(Answered(sent.id, sent.kind, value or {"position": 1, "events": []}))
        return sent

    def refuse(self, code: str, sentence: str, where: str = "") -> Sent:
        """Refuse the last command."""
        sent = self.link.sent[-1]
        self.failed.emit(Failed(sent.id, sent.kind, code, sentence, where))
        return sent


def room_part(room: Room, states: list[Evaluation], role: Party | None) -> dict[str, Any]:
    """The room's part of a view, as the protocol writes it."""
    staff = role in STAFF
    part: dict[str, Any] = {
        "room": room.room,
        "name": room.name,
        "rehearsal": room.rehearsal,
        "key": "kawei-ed25519:abcd",
        "seats": [_seat(seat, states, staff) for seat in room.seats],
        "draws": [_draw(room, number) for number in room.draws] if role is not None else [],
    }
    if staff:
        part["devices"] = [
            {
                "id": device.id,
                "kind": device.kind.value,
                "seat": device.seat,
                "state": "connected" if device.connected else "absent",
                "since": device.since,
                "revoked": device.revoked,
            }
            for device in room.devices.values()
        ]
        part["faces"] = [codec.to_json(face) for face in room.faces.values()]
        part["posts"] = [{"device": device, **post} for device, post in room.posts.items()]
    return part


def _seat(seat: dict[str, Any], states: list[Evaluation], staff: bool) -> dict[str, Any]:
    found = {**seat, "device_state": "connected", "since": "2026-03-02T08:40:00.000000+08:00"}
    held = next(
        (
            (state.stream, member.alias)
            for state in states
            for member in state.members.values()
            if member.seat == seat["id"] and member.stage in HOLDING
        ),
        (None, None),
    )
    found["in_use"] = held[0] is not None
    return found | ({"stream": held[0], "alias": held[1]} if staff else {})


def _draw(room: Room, number: int) -> dict[str, Any]:
    draw = room.draws[number]
    return {
        "number": draw.number,
        "purpose": draw.purpose,
        "stage": draw.stage.value,
        "streams": list(draw.streams),
        "parties": list(draw.parties),
        "committed": list(draw.commitments),
        "revealed": list(draw.revealed),
        "relaxed": draw.relaxed,
        "accepted": draw.accepted,
        "cancel_asked_by": draw.cancel_asked_by,
        "code": None if draw.transcript_hash is None else slip_code(bytes.fromhex(draw.transcript_hash)),
        "request": draw.request,
        "needs_nonce": [],
    }


def view_for(role: Party | None, room: Room, *states: Evaluation) -> dict[str, Any]:
    """The whole view of someone with this role (None: nobody is logged in)."""
    seen = [] if role is None else [view(state, Actor(role, post=f"{role.value}-a")) for state in states]
    return {
        "position": sum(state.size for state in states) + room.size,
        "role": None if role is None else role.value,
        "post": None if role is None else f"{role.value}-a",
        "alias": None,
        "seat": None,
        "room": room_part(room, list(states), role),
        "evaluations": [one for one in seen if one is not None],
    }
