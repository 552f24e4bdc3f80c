"""The kiosk: looking a person up by document number, tickets, and the kiosk's commands by ticket."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.drawing import slip_code
from app.evaluation import codec
from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.decisions.gathering import is_late
from app.evaluation.matters.entry import EnterRoom as Enter
from app.evaluation.model import Evaluation, Member
from app.evaluation.moments import moment
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.stages import MemberStage
from app.evaluation.steps import member_step
from app.journal import timestamp
from app.ports.ambient import Clock, Randomness
from app.room import draws
from app.room.by_ticket import (
    BY_TICKET,
    ByTicket,
    CheckIn,
    EnterRoom,
    LeaveRoom,
    RequestRelease,
    ReturnPhone,
    StorePhone,
    TakeSlot,
)
from app.room.entrance import DoorWay, door_way
from app.room.memory import Memory
from app.room.plan import RoomPlan
from app.room.references import NOTHING, Reads, References
from app.room.refusal import RoomRefusal
from app.room.sightings import Sightings, read_picture
from app.room.streams import Book, Page
from app.room.vault import Person, Vault

TICKET_LIFE_S = 600.0

_STATES = {
    MemberStage.EXPECTED: "expected",
    MemberStage.RECUSED: "recused",
    MemberStage.REPLACED: "recused",
    MemberStage.SEAT_WIPED: "leaving",
    MemberStage.PHONE_RETURNED: "leaving",
    MemberStage.LEFT: "left",
}
_NEXT = {
    MemberStage.CHECKED_IN: "store_phone",
    MemberStage.PHONE_STORED: "take_slot",
    MemberStage.SEAT_WIPED: "take_phone",
    MemberStage.PHONE_RETURNED: "leave",
    MemberStage.LEFT: "ask_staff",
}
_ASKED_HERE = frozenset({"admission", "entry"})
BLIND_LIFE_S = 180.0
"""For so long a kiosk is told to wait after a search, whether anyone was found or not and whatever is said of it."""
_STRANGER: dict[str, Any] = {
    "ticket": None,
    "state": "unknown",
    "stage": None,
    "greeting": None,
    "image": None,
    "template": None,
    "seat": None,
    "locker": None,
    "door": None,
    "next": "ask_staff",
}


@dataclass(frozen=True)
class Ticket:
    """A person whom one kiosk has looked up, for ten minutes."""

    device: str
    stream: str
    ref: str
    greeting: str
    until: float
    took_slot: bool = False
    """The key was pressed in this visit: the face was known a moment before."""


@dataclass(frozen=True)
class BlindTicket:
    """A search by face of one kiosk: whom it found, if anyone, which that kiosk is not told before two people have
    admitted the member. Until `waits` it is told to wait, whatever becomes of it."""

    device: str
    found: tuple[str, str] | None
    waits: float
    until: float


class Kiosk:
    """Tickets live in memory: after a restart a document is shown again."""

    def __init__(
        self, plan: RoomPlan, vault: Vault, references: References, memory: Memory, clock: Clock, randomness: Randomness
    ) -> None:
        self._plan = plan
        self._vault = vault
        self._references = references
        self._memory = memory
        self._clock = clock
        self._randomness = randomness
        self.sightings = Sightings(clock)
        self._tickets: dict[str, Ticket] = {}
        self._blind: dict[str, BlindTicket] = {}

    def look_up(self, page: Page, actor: Actor, document: str, reads: Reads | None = None) -> dict[str, Any]:
        """Find the person of a document; every look is an entry. Knows at most one evaluation: the one that is on."""
        found = self._choose(page.book, document)
        if found is None:
            return dict(_STRANGER)
        state, person = found
        member = state.members[person.ref]
        if self._is_another_day(state, member):
            return _STRANGER | {"state": "not_today"}
        ticket = self._randomness.token_bytes(16).hex()
        until = self._clock.monotonic() + TICKET_LIFE_S
        made = Ticket(actor.device or "", state.stream, person.ref, person.greeting, until)
        page.act_room(rc.LookAtNames(state.stream, person.ref, "greeting"), actor)
        found_face = None
        if member.stage is MemberStage.EXPECTED or self._door(made, state, member) is DoorWay.FACE:
            found_face = self._references.handed_out(page, state.stream, person.ref, reads, actor)
        self._forget()
        page.afterwards(lambda: self._tickets.__setitem__(ticket, made))
        return self._answer(page.book, ticket, made) | (NOTHING if found_face is None else found_face.answer())

    def ask_again(self, page: Page, actor: Actor, ticket: str) -> dict[str, Any]:
        """Where the person of a ticket stands now; no picture comes with it."""
        self._forget()
        blind = self._blind.get(ticket)
        if blind is not None and blind.device == actor.device:
            made = self._admitted(page.book, blind)
            if made is None:
                waits = self._clock.monotonic() < blind.waits
                return _STRANGER | {
                    "ticket": ticket,
                    "state": "sought",
                    "next": "wait_release" if waits else "ask_staff",
                }
            page.act_room(rc.LookAtNames(made.stream, made.ref, "greeting"), actor)
            page.afterwards(lambda: self._open(ticket, made))
            return self._answer(page.book, ticket, made)
        return self._answer(page.book, ticket, self._ticket(actor, ticket))

    def expected(self, book: Book) -> list[tuple[Evaluation, Person]]:
        """Everybody whom this room expects today and who may come in now, each person once, in the evaluation in which
        a document would have found them."""
        found = {}
        for state in book.evaluations.values():
            for member in state.members.values():
                if member.stage is MemberStage.EXPECTED and state.slots and not self._is_another_day(state, member):
                    person = self._vault.person(member.ref)
                    chosen = None if person is None else self._choose(book, person.document)
                    if chosen is not None and chosen[1].ref == member.ref and not state.closed:
                        found[member.ref] = chosen
        return list(found.values())

    def hand_blind_ticket(self, page: Page, actor: Actor, found: tuple[str, str] | None) -> str:
        """A ticket for a search by face, of which stream and reference `found`, if any, are not told."""
        ticket, now = self._randomness.token_bytes(16).hex(), self._clock.monotonic()
        made = BlindTicket(actor.device or "", found, now + BLIND_LIFE_S, now + TICKET_LIFE_S)
        self._forget()
        page.afterwards(lambda: self._blind.__setitem__(ticket, made))
        return ticket

    def _admitted(self, book: Book, blind: BlindTicket) -> Ticket | None:
        """The ticket that a blind one becomes once two people have admitted whom its search found."""
        if blind.found is None:
            return None
        stream, ref = blind.found
        member = book.evaluations[stream].members[ref]
        if member.stage is MemberStage.EXPECTED or member.means != "found":
            return None
        person = self._vault.person(ref)
        return None if person is None else Ticket(blind.device, stream, ref, person.greeting, blind.until)

    def _open(self, ticket: str, made: Ticket) -> None:
        self._blind.pop(ticket, None)
        self._tickets[ticket] = made

    def act(self, page: Page, actor: Actor, kind: str, data: object) -> list[str]:
        """Carry out one of the kiosk's commands."""
        if kind not in BY_TICKET:
            raise Refused("unknown_command", "$.type", type=kind)
        asked = codec.from_json(BY_TICKET[kind], data, "$.data")
        found = self._ticket(actor, asked.ticket)
        names = page.act(found.stream, self._command(page, found, asked), actor)
        if isinstance(asked, TakeSlot):
            taken = replace(found, took_slot=True)
            page.afterwards(lambda: self._tickets.__setitem__(asked.ticket, taken))
        return names

    def show_doubt(self, book: Book, actor: Actor, asked: tuple[str, str], live: str, chip: str | None) -> None:
        """Keep what the kiosk saw (base64) for the two who decide about `asked`: a ticket, and what is asked for."""
        found = self._ticket(actor, asked[0])
        if (asked[1], found.ref) not in book.evaluations[found.stream].releases:
            raise Refused("nothing_requested", "$.what")
        pictures = read_picture(live, "$.live"), None if chip is None else read_picture(chip, "$.chip")
        self.sightings.keep((found.stream, asked[1], found.ref), *pictures)

    def _command(self, page: Page, found: Ticket, asked: ByTicket) -> c.Command:
        if isinstance(asked, CheckIn):
            return c.CheckIn(found.ref, asked.score, asked.engine, asked.liveness)
        if isinstance(asked, RequestRelease):
            if asked.what not in _ASKED_HERE:
                raise Refused("bad_value", "$.data.what")
            return c.RequestRelease(asked.what, found.ref, asked.reason)
        if isinstance(asked, StorePhone):
            if asked.locker not in self._plan.lockers or asked.locker in _lockers_in_use(page.book):
                raise Refused("locker_in_use", "$.data.locker")
            return c.StorePhone(found.ref, asked.locker)
        if isinstance(asked, ReturnPhone):
            return c.ReturnPhone(found.ref, asked.locker)
        if isinstance(asked, LeaveRoom):
            return c.LeaveRoom(found.ref)
        if isinstance(asked, EnterRoom):
            return self._enter(page.book, found, asked)
        return c.TakeSlot(found.ref, *draws.next_place(page, self._memory, found.stream, found.ref))

    def _enter(self, book: Book, found: Ticket, asked: EnterRoom) -> Enter:
        """Only the door of the drawn room; without a face only in the visit that drew the seat."""
        state = book.evaluations[found.stream]
        way = self._door(found, state, state.members[found.ref])
        if way is DoorWay.OTHER:
            raise Refused("wrong_door", "$.ticket")
        if asked.score is None and not found.took_slot:
            raise Refused("face_needed", "$.data.score")
        return Enter(found.ref, asked.score, asked.engine, asked.liveness)

    def _door(self, found: Ticket, state: Evaluation, member: Member) -> DoorWay | None:
        at = timestamp(self._clock.now())
        return door_way(self._plan, found.device, state, member, at, same_visit=found.took_slot)

    def _is_another_day(self, state: Evaluation, member: Member) -> bool:
        """Whether a live evaluation does not expect this member today. Who is inside goes out on any day, and where
        people have come already, the evaluation goes on overnight: whoever is called in is expected."""
        begun = any(m.stage is not MemberStage.EXPECTED for m in state.members.values())
        if state.rehearsal or member.stage is not MemberStage.EXPECTED:
            return False
        planned, today = state.planned_at[:10], self._clock.now().date().isoformat()
        return today < planned or (today > planned and not begun)

    def _ticket(self, actor: Actor, ticket: str) -> Ticket:
        self._forget()
        found = self._tickets.get(ticket)
        if found is None or found.device != actor.device:
            raise RoomRefusal("no_ticket", "$.ticket")
        return found

    def _forget(self) -> None:
        now = self._clock.monotonic()
        for ticket in [t for t, found in self._tickets.items() if found.until <= now]:
            del self._tickets[ticket]
        for ticket in [t for t, blind in self._blind.items() if blind.until <= now]:
            del self._blind[ticket]

    def _choose(self, book: Book, document: str) -> tuple[Evaluation, Person] | None:
        """The evaluation in which the person is inside; else one in which the person is expected; else the last."""
        ranked = []
        for stream, ref in self._vault.find(document):
            state = book.evaluations.get(stream)
            if state is None or state.closed or ref not in state.members:
                continue
            stage = state.members[ref].stage
            rank = {MemberStage.EXPECTED: 1, MemberStage.LEFT: 2}.get(stage, 0)
            ranked.append((rank, state.planned_at, stream, ref))
        if not ranked:
            return None
        _, _, stream, ref = min(ranked)
        person = self._vault.person(ref)
        return None if person is None else (book.evaluations[stream], person)

    def _answer(self, book: Book, ticket: str, found: Ticket) -> dict[str, Any]:
        state = book.evaluations[found.stream]
        member = state.members[found.ref]
        return {
            "ticket": ticket,
            "state": self._state(state, member),
            "stage": member.stage.value,
            "greeting": found.greeting,
            **NOTHING,
            "seat": self._seat(book, state, member),
            "locker": self._locker(book, member),
            "door": self._door(found, state, member),
            "next": self._next(state, member),
        }

    def _state(self, state: Evaluation, member: Member) -> str:
        if member.stage is MemberStage.EXPECTED and not state.rehearsal:
            now = self._clock.now()
            if is_late(state, timestamp(now)):
                return "late"
            if not state.slots and now < moment(state.planned_at):
                return "early"
        return _STATES.get(member.stage, "inside")

    def _seat(self, book: Book, state: Evaluation, member: Member) -> dict[str, str | None] | None:
        found = draws.drawn(book.room, state.stream)
        gone = (MemberStage.SEAT_WIPED, MemberStage.PHONE_RETURNED, MemberStage.LEFT)
        if member.seat is None or found is None or member.stage in gone:
            return None
        code = slip_code(bytes.fromhex(found[0].transcript_hash or ""))
        room = self._plan.room_of(member.seat)
        return {"id": member.seat, "way": self._plan.way_to(member.seat), "code": code, "room": room}

    def _locker(self, book: Book, member: Member) -> str | None:
        if member.stage is MemberStage.CHECKED_IN:
            used = _lockers_in_use(book)
            return next((locker for locker in self._plan.lockers if locker not in used), None)
        return None if member.stage in (MemberStage.PHONE_RETURNED, MemberStage.LEFT) else member.locker

    def _next(self, state: Evaluation, member: Member) -> str:
        if member.stage is MemberStage.EXPECTED:
            if ("admission", member.ref) in state.releases:
                return "wait_release"
            return "face" if state.slots else "ask_staff"
        if ("entry", member.ref) in state.releases:
            return "wait_release"
        step = member_step(state, member).code  # also of who goes before the pledge, when all is over
        return step if step in ("take_phone", "leave") else _NEXT.get(member.stage, "go_to_seat")


def _lockers_in_use(book: Book) -> set[str]:
    empty = (MemberStage.PHONE_RETURNED, MemberStage.LEFT)
    members = (m for state in book.evaluations.values() for m in state.members.values())
    return {m.locker for m in members if m.locker is not None and m.stage not in empty}
