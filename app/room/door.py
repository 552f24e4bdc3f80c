"""The one door: a command by its id, the actor from the session, decided, written, answered; the same id once."""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from dataclasses import dataclass, field
from typing import Any

from app.evaluation import codec
from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.decide import decide
from app.evaluation.matters.lost_seat.records import AskSheetRelease, GiveShare
from app.evaluation.matters.spare_seat import GiveDraftKey, MoveSeat
from app.evaluation.model import Evaluation
from app.evaluation.permits import permit
from app.evaluation.refusal import Refused
from app.evaluation.registry import COMMANDS, SECONDS, read_command
from app.evaluation.room import commands as rc
from app.evaluation.room.decide import PERMITTED as ROOM_PERMITTED
from app.evaluation.room.decide import SECONDS as ROOM_SECONDS
from app.evaluation.room.decide import decide_room, is_second
from app.evaluation.room.model import DeviceKind
from app.journal import NotCanonical, canonical
from app.ports.ambient import Clock
from app.room import draws, nights, offers, shares, sheets, spares
from app.room.actors import Caller, actor_here, holder_of
from app.room.attempts import Attempts
from app.room.kiosk import Kiosk
from app.room.logins import Logins
from app.room.memory import Memory
from app.room.refusal import RoomRefusal
from app.room.scans import check_papers
from app.room.streams import ROOM, Page
from app.room.writer import Writer
from app.rules.model import Party

log = logging.getLogger(__name__)

KIOSK_STREAM = "kiosk"

RECORDED = frozenset(
    {
        "not_permitted",
        "not_in_committee",
        "not_the_chair",
        "not_eligible",
        "no_lawful_ground",
        "out_of_range",
        "too_many_decimals",
        "bad_number",
        "absent_mark",
        "absent_verdict",
        "wrong_commitment",
        "sheet_not_opened",
        "bound_elsewhere",
        "already_sealed",
        "already_approved",
        "same_role",
        "second_person",
        "password_needed",
        "locker_in_use",
        "bad_signature",
        "names_bidder",
        "offers_awaited",
        "on_leave",
        "presence_locked",
        "walked_out",
        "night_changed",
        "fault_too_long",
        "postponed",
    }
)
"""Refusals that the journal keeps: tried against duty or law, or against what was sealed. Never with the content."""

_MOST_RECORDED, _WITHIN_S = 30, 60.0


@dataclass(frozen=True)
class CommandRequest:
    """A command on the wire; `id` is a UUID that the client made. `password` is that of the one at the console, typed
    afresh, where the command is the word of a second person; it is checked and kept nowhere."""

    id: str
    stream: str
    type: str
    data: dict[str, Any]
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class DrawCall:
    """`CallDraw` as a client sends it; the room makes number and request."""

    purpose: str
    streams: tuple[str, ...]


@dataclass(frozen=True)
class Commitment:
    """`CommitNonce` as a client sends it; party and device follow from the session."""

    draw_no: int
    commitment: str
    signature: str


@dataclass(frozen=True)
class Nonce:
    """`RevealNonce` as a client sends it; the nonce goes into memory, never into the journal."""

    draw_no: int
    nonce: str
    signature: str


@dataclass(frozen=True)
class Closing:
    """`CloseEvaluation` as a client sends it: the room counts the entries itself."""


FROM_CLIENT: dict[str, type[Any]] = {
    "CallDraw": DrawCall,
    "CommitNonce": Commitment,
    "RevealNonce": Nonce,
    "CloseEvaluation": Closing,
    "SealNight": nights.Night,
    "ResumeEvaluation": nights.Morning,
    "EnterOffer": offers.OfferAsked,
    "OpenOffers": offers.Opening,
}
"""Commands whose data a client sends in another shape than the dataclass has."""

_OF_NIGHTS = {"SealNight": nights.seal, "ResumeEvaluation": nights.resume}

INSIDE = frozenset(
    {
        "OpenEvaluation",
        "AddMembers",
        "RecordRefusal",
        "ImportEvaluation",
        "LookAtNames",
        "SearchExpected",
        "LookAtRecording",
        "ExpireRecording",
        "ExportJournal",
        "RotateSigningKey",
        "KeepPaper",
        "CheckPlatform",
        "OpenSigning",
        "SignReport",
        "SignOnPaper",
        "ProposeFace",
        "ConfirmFace",
        "LookAtFace",
        "ForgetFace",
        "ForgetPortraits",
        "PrintForm",
        "PrintLedger",
        "TakeOverSeat",
        "RefuseAccess",
    }
)
"""Commands that only the room itself issues, whatever the role."""


MAY_TAKE_A_SECOND = SECONDS | ROOM_SECONDS
"""Commands with which the password of whoever sends them may come, and where it is their second word, must."""


class Door:
    """Takes commands from sessions."""

    def __init__(
        self, writer: Writer, memory: Memory, kiosk: Kiosk, sealer: offers.Offers, logins: Logins, clock: Clock
    ) -> None:
        self._writer = writer
        self._logins = logins
        self._memory = memory
        self._kiosk = kiosk
        self._offers = sealer
        self._recorded = Attempts(clock, _MOST_RECORDED, _WITHIN_S)

    async def submit(self, caller: Caller, request: CommandRequest) -> dict[str, Any]:
        """Carry out a command; returns `{"id", "position", "events"}` once it is on the disk, or raises a refusal."""
        digest = _digest(request, self._offers)
        proved = await self._proved(caller, request)
        outcome = await self._writer.run(lambda page: self._once(page, caller, request, digest, proved))
        if isinstance(outcome, Exception):
            log.info("refused type=%s code=%s device=%s", request.type, getattr(outcome, "code", ""), caller.device)
            raise outcome
        return outcome

    async def _proved(self, caller: Caller, request: CommandRequest) -> str:
        """The post whose password came with a command, else ''."""
        if request.password is None:
            return ""
        if request.type not in MAY_TAKE_A_SECOND:
            raise Refused("bad_value", "$.password")
        if caller.kind is not DeviceKind.CONSOLE:  # has nobody who could be a second person, and is told so as ever
            return ""
        return await self._logins.say_again(caller, request.password, request.type)

    def _once(
        self, page: Page, caller: Caller, request: CommandRequest, digest: str, proved: str
    ) -> dict[str, Any] | Exception:
        known = page.reading.recall(request.id)
        if known is not None:
            if (known.digest, known.actor) != (digest, caller.device):
                return RoomRefusal("id_reused", "$.id")
            return dict(json.loads(known.answer_json))
        actor = actor_here(page.book, caller, request.stream)
        try:
            names = self._perform(page, actor, request, proved)
        except Refused as refused:
            self._record(page, actor, request, refused)
            return refused
        answer = {"id": request.id, "position": page.book.position, "events": names}
        text = canonical(answer).decode()
        page.also(lambda tx: tx.remember(request.id, caller.device, digest, text))
        return answer

    def _perform(self, page: Page, actor: Actor, request: CommandRequest, proved: str) -> list[str]:
        if request.type in INSIDE:
            raise Refused("not_permitted", actor.role.value)
        if request.stream == KIOSK_STREAM:
            if actor.role is not Party.KIOSK:
                raise Refused("not_permitted", actor.role.value)
            return self._kiosk.act(page, actor, request.type, request.data)
        if request.stream == ROOM:
            return self._to_room(page, actor, request, proved)
        if actor.role is Party.KIOSK:  # a kiosk knows tickets, never streams
            raise Refused("not_permitted", actor.role.value)
        if actor.role is Party.MEMBER and actor.alias is None:
            raise RoomRefusal("not_found", "$.stream", denied=_sits_elsewhere(page, actor, request.stream))
        return self._to_evaluation(page, actor, request, page.evaluation(request.stream), proved)

    def _to_evaluation(
        self, page: Page, actor: Actor, request: CommandRequest, state: Evaluation, proved: str
    ) -> list[str]:
        if request.type == "CloseEvaluation":
            codec.from_json(Closing, request.data, "$.data")
            return page.act(state.stream, c.CloseEvaluation(state.size + 1), actor)
        if request.type in _OF_NIGHTS:
            return _OF_NIGHTS[request.type](page, state, request.data, actor)
        if request.type == "EnterOffer":
            return self._offers.enter(page, state, request.data, actor)
        if request.type == "OpenOffers":
            return self._offers.open(page, state, request.data, actor)
        command = read_command(request.type, request.data)
        permit(command, actor)
        if request.type in SECONDS and proved != actor.post:
            decide(state, command, actor, page.at)  # whoever may not do it at all is told that
            raise Refused("password_needed", "$.password")
        check_papers(page.book, command)
        if isinstance(command, c.SealSheet):
            return sheets.seal(page, self._memory, state.stream, command, actor)
        if isinstance(command, c.GiveSheetKey):
            return sheets.give_key(page, self._memory, state.stream, command, actor)
        if isinstance(command, AskSheetRelease):
            return shares.ask(page, state, command, actor)
        if isinstance(command, GiveShare):
            return shares.give(page, self._memory, state, command, actor)
        if isinstance(command, MoveSeat):
            return spares.move(page, self._memory, state, command, actor)
        if isinstance(command, GiveDraftKey):
            return spares.keep_key(page, self._memory, state.stream, command, actor)
        names = page.act(state.stream, command, actor)
        if "SeatWiped" in names:
            spares.forget(page, self._memory, state.stream, actor.alias or "")
        if "EvaluationReopened" in names:
            page.act_room(rc.OpenSession(state.stream, state.session + 1), SYSTEM)
        return names

    def _to_room(self, page: Page, actor: Actor, request: CommandRequest, proved: str) -> list[str]:
        kind = rc.TYPES.get(request.type)
        if kind is None:
            raise Refused("unknown_command", "$.type", type=request.type)
        if actor.role not in ROOM_PERMITTED[kind]:
            raise Refused("not_permitted", actor.role.value)
        if kind is rc.CallDraw:
            asked = codec.from_json(DrawCall, request.data, "$.data")
            if asked.purpose != draws.SLOTS:
                raise Refused("bad_value", "$.data.purpose")
            return draws.call_slots(page, self._memory, asked.streams, actor)
        if kind is rc.CommitNonce:
            made = codec.from_json(Commitment, request.data, "$.data")
            party, device = actor.role.value, actor.device or ""
            return page.act_room(rc.CommitNonce(made.draw_no, party, device, made.commitment, made.signature), actor)
        if kind is rc.RevealNonce:
            nonce = codec.from_json(Nonce, request.data, "$.data")
            return draws.reveal(page, self._memory, actor, nonce.draw_no, nonce.nonce, nonce.signature)
        command = rc.read_room_command(request.type, request.data)
        if isinstance(command, rc.CancelDraw):
            draws.guard_cancelling(page.book, command.draw_no)
        if is_second(page.book.room, command) and proved != actor.post:
            decide_room(page.book.room, command, actor)
            raise Refused("password_needed", "$.password")
        return page.act_room(command, actor)

    def _record(self, page: Page, actor: Actor, request: CommandRequest, refused: Refused) -> None:
        """Keep a refusal that matters, in the evaluation where it belongs to one, else in the room's stream."""
        key = f"{actor.device} {actor.post}"
        known = request.type in COMMANDS or request.type in rc.TYPES
        if not known or refused.code not in RECORDED or not self._recorded.may(key):
            return
        self._recorded.count(key)
        state = page.book.evaluations.get(request.stream)
        if state is not None and not state.closed:
            page.act(state.stream, c.RecordRefusal(request.type, refused.code, refused.where), actor)
        else:
            page.act_room(rc.RefuseAccess(request.type, refused.code), actor)


def _sits_elsewhere(page: Page, actor: Actor, stream: str) -> bool:
    """Whether who sits at this machine is of one evaluation and asks something of another that is there."""
    device = page.book.room.devices.get(actor.device or "")
    held = holder_of(page.book, device.seat if device is not None else None)
    return held is not None and held.stream != stream and stream in page.book.evaluations


def read_command_request(data: object) -> CommandRequest:
    """Read a command's envelope strictly."""
    request = codec.from_json(CommandRequest, data)
    try:
        good = str(uuid.UUID(request.id)) == request.id
    except ValueError:
        good = False
    if not good:
        raise Refused("bad_value", "$.id")
    return request


def _digest(request: CommandRequest, sealer: offers.Offers) -> str:
    try:
        told = {"stream": request.stream, "type": request.type, "data": request.data}
        content = canonical(told)
    except NotCanonical as fault:
        raise Refused("bad_value", fault.detail) from None
    return sealer.digest(told) if request.type == "EnterOffer" else hashlib.sha256(content).hexdigest()
