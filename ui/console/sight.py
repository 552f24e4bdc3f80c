"""A view as a console reads it: small questions with answers, and what waits for someone. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.evaluation import codec
from app.evaluation.matter import Notice
from ui.call.seen import help_of
from ui.console.names import PageName
from ui.models.acts import urgent_offers
from ui.models.language import in_words
from ui.models.notices import notices

Json = dict[str, Any]

STAFF = frozenset({"centre", "witness", "regulator"})
RELEASERS = ("centre", "witness")
"""Two people of these two duties decide a release and a cancelled draw."""


@dataclass(frozen=True)
class Target:
    """Where a button leads: a page, and what it is about."""

    page: PageName
    stream: str = ""
    lot: str = ""
    seat: str = ""
    what: str = ""
    member: str = ""


class Kind(StrEnum):
    """What may wait for someone at a console."""

    ROOM_AWAY = "room_away"
    ROOM_UNWRITTEN = "room_unwritten"
    ROOM_SLOW = "room_slow"
    JOURNAL_BROKEN = "journal_broken"
    RELEASE = "release"
    RELEASE_WAITING = "release_waiting"
    HELP = "help"
    SEAT_LOST = "seat_lost"
    SEAT_LOCKED = "seat_locked"
    MACHINE_LOST = "machine_lost"
    DRAW_RELAXED = "draw_relaxed"
    DRAW_CANCEL = "draw_cancel"
    ACT = "act"
    FACE = "face"


@dataclass(frozen=True)
class Matter:
    """One thing that waits: its kind, where its button leads, and the facts to tell it by."""

    kind: Kind
    target: Target
    since: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Todo:
    """A step that the person at this console can take now."""

    code: str
    stream: str
    lot: str


class Sight:
    """Reads one view; never keeps anything of the one before."""

    def __init__(self, view: Json) -> None:
        self.view = view
        self.role = str(view.get("role") or "")
        self.post = str(view.get("post") or "")
        self.room: Json = view.get("room") or {}
        self.evaluations: list[Json] = list(view.get("evaluations") or [])

    @property
    def staff(self) -> bool:
        """Whether this role runs or watches the room."""
        return self.role in STAFF

    @property
    def seats(self) -> list[Json]:
        """The seats in the order of the plan."""
        return list(self.room.get("seats") or [])

    @property
    def draws(self) -> list[Json]:
        """The draws, oldest first."""
        return list(self.room.get("draws") or [])

    @property
    def devices(self) -> list[Json]:
        """The enrolled machines that are not shut out."""
        return [device for device in self.room.get("devices") or [] if not device.get("revoked")]

    @property
    def faces(self) -> list[Json]:
        """The enrolled faces, by reference; only staff see them."""
        return list(self.room.get("faces") or [])

    @property
    def admitted_by_two(self) -> list[str]:
        """Persons, by their places on the open lists, whom two people let in."""
        open_ones = [one for one in self.evaluations if any(lot["stage"] != "closed" for lot in one["lots"])]
        found = ((one["stream"], member) for one in open_ones for member in one["members"])
        return [self.person(stream, m["member"]) for stream, m in found if m["means"] in ("two_person", "found")]

    def evaluation(self, stream: str) -> Json | None:
        """The evaluation of a stream."""
        return next((one for one in self.evaluations if one["stream"] == stream), None)

    def lot(self, stream: str, lot: str) -> Json | None:
        """A lot of an evaluation."""
        found = self.evaluation(stream)
        return next((one for one in found["lots"] if one["id"] == lot), None) if found else None

    def seat(self, number: str) -> Json | None:
        """A seat of the room."""
        return next((seat for seat in self.seats if seat["id"] == number), None)

    def at_seat(self, number: str) -> tuple[Json, Json] | None:
        """Who holds a seat: the evaluation and the member's line of it; None for a free seat."""
        return self._holders.get(number)

    @cached_property
    def _holders(self) -> dict[str, tuple[Json, Json]]:
        gone = {"seat_wiped", "phone_returned", "left"}
        held = ((one, m) for one in reversed(self.evaluations) for m in reversed(one["members"]))
        return {m["seat"]: (one, m) for one, m in held if m["seat"] and m["stage"] not in gone}

    def call_from(self, number: str) -> tuple[Json, Json] | None:
        """A call for help that waits at a seat: the evaluation and the call."""
        for evaluation in self.evaluations:
            for call in evaluation["helps"]:
                if call["seat"] == number:
                    return evaluation, call
        return None

    def in_help_call(self, evaluation: Json, member: Json) -> list[str]:
        """Who is in the call between the centre and this member's seat, as far as this role may know."""
        inside = (evaluation["matters"].get("call") or {}).get("inside") or {}
        return list(inside.get(help_of(str(member["alias"])), ()))

    def offered_to(self, evaluation: Json, member: Json) -> tuple[str, ...]:
        """The role that this member's call is handed over to, while nobody of it has come."""
        offered = (evaluation["matters"].get("call") or {}).get("offered") or {}
        return tuple(str(role) for call, role in offered.items() if call == help_of(str(member["alias"])))

    def release(self, target: Target) -> Json | None:
        """The release that a target is about, while it waits."""
        found = self.evaluation(target.stream)
        if found is None:
            return None
        same = (one for one in found["releases"] if (one["what"], one["member"]) == (target.what, target.member))
        return next(same, None)

    def person(self, stream: str, member: str) -> str:
        """A member of the sealed list by its place on it: never a name. Empty for one who is not on it."""
        found = self.evaluation(stream)
        refs = [one["member"] for one in found["members"]] if found else []
        return str(refs.index(member) + 1) if member in refs else ""

    def title(self, stream: str) -> str:
        """The project of an evaluation in words; empty where this role may not know it."""
        return str(((self.evaluation(stream) or {}).get("project") or {}).get("name") or "")

    def notices(self) -> tuple[Notice, ...]:
        """How the evaluations stand beside their main way, warnings first."""
        found = [codec.from_json(Notice, one) for one in self.room.get("notices") or ()]
        found += [notice for evaluation in self.evaluations for notice in notices(evaluation)]
        return tuple(sorted(found, key=lambda notice: not notice.urgent))

    def todos(self) -> list[Todo]:
        """What can be done now, in the order of the evaluations."""
        return [
            Todo(step["code"], one["stream"], step["lot"] or "")
            for one in self.evaluations
            for step in one["todo"]
            if step["act"]
        ]

    def in_use(self) -> int:
        """How many seats somebody holds."""
        return sum(bool(seat.get("alias") or seat.get("in_use")) for seat in self.seats)

    def matters(self) -> Iterator[Matter]:
        """Everything that waits for someone, as far as this role may know it."""
        for evaluation in self.evaluations:
            yield from self._releases(evaluation)
            for call in evaluation["helps"]:
                target = Target(PageName.SEAT, evaluation["stream"], seat=call["seat"])
                yield Matter(Kind.HELP, target, call["at"], (call["seat"], call["alias"], call["text"]))
            yield from self._locked(evaluation)
            for offer in urgent_offers(evaluation):
                target = Target(PageName.ACTS, evaluation["stream"], what=offer.key)
                words = (offer.act.command, in_words(offer.act.title), in_words(offer.act.help))
                yield Matter(Kind.ACT, target, "", words)
        yield from self._lost()
        yield from self._draws_in_question()
        for face in self.faces:
            if face["stage"] == "proposed" and self.role in RELEASERS and face["proposed_by"] != self.post:
                yield Matter(
                    Kind.FACE, Target(PageName.FACES), face["proposed_at"], (face["proposed_by"], face["expert"])
                )

    def _releases(self, evaluation: Json) -> Iterator[Matter]:
        for one in evaluation["releases"]:
            stream = evaluation["stream"]
            mine = self.role in RELEASERS and self.role not in one["approvals"]
            target = Target(PageName.RELEASE, stream, what=one["what"], member=one["member"])
            facts = (one["what"], self.person(stream, one["member"]), one["reason"])
            yield Matter(Kind.RELEASE if mine else Kind.RELEASE_WAITING, target, one["at"], facts)

    def lock_at(self, number: str) -> Json | None:
        """The lock by which a seat has locked itself."""
        found = (one for evaluation in self.evaluations for one in _locks(evaluation) if one["seat"] == number)
        return next(found, None)

    def _locked(self, evaluation: Json) -> Iterator[Matter]:
        """Seats that locked themselves; where two people are asked already, that is what waits."""
        refs = {one["alias"]: one["member"] for one in evaluation["members"]}
        asked = {one["member"] for one in evaluation["releases"] if one["what"] == "unlock"}
        for one in _locks(evaluation):
            if refs.get(one["alias"]) not in asked:
                target = Target(PageName.SEAT, evaluation["stream"], seat=one["seat"])
                yield Matter(Kind.SEAT_LOCKED, target, one["at"], (one["seat"], one["alias"], one["kind"]))

    def _lost(self) -> Iterator[Matter]:
        for seat in self.seats:
            if seat.get("device_state") == "lost" and self.at_seat(seat["id"]):
                facts = (seat["id"], str(seat.get("alias") or ""))
                yield Matter(Kind.SEAT_LOST, Target(PageName.SEAT, seat=seat["id"]), str(seat["since"] or ""), facts)
        for device in self.devices:
            if device["state"] == "lost" and device["kind"] == "kiosk":
                yield Matter(Kind.MACHINE_LOST, Target(PageName.MACHINES), device["since"], (device["id"],))

    def _draws_in_question(self) -> Iterator[Matter]:
        for draw in self.draws:
            target, number = Target(PageName.DRAWS), str(draw["number"])
            if draw["stage"] == "sealed" and draw["relaxed"] and not draw["accepted"] and self.role == "witness":
                yield Matter(Kind.DRAW_RELAXED, target, "", (number, str(draw["relaxed"])))
            asked = draw.get("cancel_asked_by")
            open_ = draw["stage"] not in {"opened", "cancelled"}
            if asked and open_ and self.role in RELEASERS and self.role != asked:
                yield Matter(Kind.DRAW_CANCEL, target, "", (number, str(asked)))


def _locks(evaluation: Json) -> list[Json]:
    """The locks that hold, as far as this role may know of them."""
    return list((evaluation["matters"].get("presence") or {}).get("locked") or [])
