"""What each request does: read strictly, ask the part that knows, answer JSON. No rule of the procedure lives here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any, BinaryIO

from aiohttp import web

from app.evaluation.room.model import DeviceKind
from app.journal import timestamp
from app.report.consent import consent_data
from app.report.forms import make_form
from app.room import bodies as b
from app.room import files, forms, spares
from app.room.actors import actor_here
from app.room.authority import Authority
from app.room.call import Call, answer, dumps
from app.room.consent import consent_text
from app.room.door import KIOSK_STREAM, CommandRequest, read_command_request
from app.room.drafts import read_place
from app.room.listening import listen
from app.room.references import Reads
from app.room.refusal import RoomRefusal
from app.room.sightings import doubt_for
from app.room.signals import SignalRequest
from app.room.streams import ROOM
from app.room.views import view_for
from app.rules.model import Party

_CHUNK = 1 << 18

DOCUMENT: web.AppKey[dict[str, Any]] = web.AppKey("document", dict)
"""Where the server keeps the OpenAPI document."""


@cache
def _version() -> str:
    """Read once: it costs as much as fifty answers."""
    return version("kawei")


# --- machines and people


async def health(call: Call) -> web.StreamResponse:
    """Whether the room takes commands."""
    s = call.services
    return answer(b.Health(s.writing.state, _version(), s.plan.rehearsal, s.writer.book.position))


async def openapi(call: Call) -> web.StreamResponse:
    """This description, made from the same table as the routes and handed over by the server."""
    return web.json_response(call.request.app[DOCUMENT], dumps=dumps)


async def enrol(call: Call) -> web.StreamResponse:
    """A new machine shows its code and key."""
    asked = await call.body(b.EnrolRequest)
    s = call.services
    device = await s.sessions.enrol(asked.code, asked.device, asked.public_key)
    certificate = None if s.authority is None else s.authority.issue(device.id, device.public_key)
    room = b.RoomKey(s.keys.fingerprint, s.plan.name)
    return answer(b.Enrolled(device.id, device.kind.value, device.seat, room, certificate))


async def authority(call: Call) -> web.StreamResponse:
    """By whom the room's certificates are signed; no secret."""
    return answer(b.AuthorityTold(_authority(call).pem))


async def renew_certificate(call: Call) -> web.StreamResponse:
    """A machine's certificate, over the key by which the journal knows it."""
    device = call.services.writer.book.room.devices[call.here.device]
    return answer(b.Certificate(_authority(call).issue(device.id, device.public_key)))


def _authority(call: Call) -> Authority:
    if call.services.authority is None:
        raise RoomRefusal("not_encrypted")
    return call.services.authority


async def challenge(call: Call) -> web.StreamResponse:
    """Bytes to sign."""
    asked = await call.body(b.ChallengeRequest)
    return answer(b.Challenge(call.services.sessions.challenge(asked.device)))


async def open_session(call: Call) -> web.StreamResponse:
    """A token for a machine that proved its key."""
    asked = await call.body(b.SessionRequest)
    token, expires_at = await call.services.sessions.open(asked.device, asked.challenge, asked.signature)
    return answer(b.SessionToken(token, _moment(expires_at)))


async def login(call: Call) -> web.StreamResponse:
    """Somebody takes a post at a console."""
    asked = await call.body(b.LoginRequest)
    actor = await call.services.logins.log_in(call.here, asked.user, asked.password)
    return answer(b.LoggedIn(actor.role.value, actor.post or ""))


async def logout(call: Call) -> web.StreamResponse:
    """Whoever is at the console leaves it."""
    await call.services.logins.log_out(call.here)
    return answer(b.Nothing())


# --- commands, view, stream


async def command(call: Call) -> web.StreamResponse:
    """The one door."""
    request: CommandRequest = read_command_request(await call.json())
    done = await call.services.door.submit(call.here, request)
    call.services.kiosk.sightings.forget_decided(call.services.writer.book)
    call.services.reactions.look(ROOM if request.stream == KIOSK_STREAM else request.stream)
    return answer(done)


async def view(call: Call) -> web.StreamResponse:
    """Everything that the session may see now."""
    s = call.services
    seen = view_for(s.writer.book, s.memory, s.seeds, s.presence, call.here, s.for_recording, s.search.offered, s.disk)
    return answer(seen | {"at": timestamp(s.clock.now())})


async def stream(call: Call) -> web.StreamResponse:
    """Missed messages, then live ones."""
    position, heard = _position(call.request.query.get("after", "0")), call.services.signals.newest
    socket = web.WebSocketResponse(heartbeat=10.0, max_msg_size=4096)
    await socket.prepare(call.request)
    s, device = call.services, call.here.device
    await s.presence.came(device)
    try:
        await listen(call, socket, position, heard)
    except (ConnectionError, asyncio.CancelledError):
        pass  # the machine went away in the middle of a message
    finally:
        await asyncio.shield(s.presence.went(device))
    return socket


def _position(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise RoomRefusal("bad_request", "after")
    return int(text)


# --- the seats' own ways


async def put_draft(call: Call) -> web.StreamResponse:
    """Keep a draft."""
    asked = await call.body(b.DraftRequest)
    return answer(await call.services.drafts.put(call.here, _place(call), asked.version, asked.sealed))


async def get_draft(call: Call) -> web.StreamResponse:
    """Give the own draft back."""
    return answer(call.services.drafts.get(call.here, _place(call)))


def _place(call: Call) -> Any:
    return read_place(call.part("stream"), call.part("lot"), call.part("kind"), call.part("round"))


async def get_file(call: Call) -> web.StreamResponse:
    """A tender or bid file."""
    s = call.services
    return await _send(call, files.file_for(s.writer.book, call.here, call.part("sha256")), "application/pdf")


async def reference(call: Call) -> web.StreamResponse:
    """The template or picture of the one for whom the seat waits."""
    s, query = call.services, call.request.query
    reads = Reads(query["model"], _position(query.get("version", "0"))) if "model" in query else None
    return answer(await files.reference_for(s.writer, s.references, call.here, reads))


async def take_over(call: Call) -> web.StreamResponse:
    """What the machine of the seat before left in memory."""
    asked = await call.body(b.TakeOverRequest)
    s, caller = call.services, call.here
    return answer(await s.writer.run(lambda page: spares.hand_over(page, s.memory, s.randomness, caller, asked.public)))


# --- the kiosk's own way


async def lookup(call: Call) -> web.StreamResponse:
    """Find a person by document, or ask again by ticket."""
    asked = await call.body(b.LookupRequest)
    if (asked.document is None) == (asked.ticket is None):
        raise RoomRefusal("bad_request", "$")
    s, caller = call.services, call.here
    if caller.kind is not DeviceKind.KIOSK:
        raise RoomRefusal("not_permitted", "lookup", denied=True)
    actor = actor_here(s.writer.book, caller)
    if asked.document is not None:
        document = asked.document
        reads = None if asked.model is None else Reads(asked.model, asked.version or 0)
        return answer(await s.writer.run(lambda page: s.kiosk.look_up(page, actor, document, reads)))
    ticket = asked.ticket or ""
    return answer(await s.writer.run(lambda page: s.kiosk.ask_again(page, actor, ticket)))


async def show_doubt(call: Call) -> web.StreamResponse:
    """What a kiosk saw of somebody about whom two people decide."""
    asked = await call.body(b.DoubtShown)
    s, caller = call.services, call.here
    if caller.kind is not DeviceKind.KIOSK:
        raise RoomRefusal("not_permitted", "doubt", denied=True)
    actor = actor_here(s.writer.book, caller)
    s.kiosk.show_doubt(s.writer.book, actor, (asked.ticket, asked.what), asked.live, asked.chip)
    return answer(b.Nothing())


async def search_expected(call: Call) -> web.StreamResponse:
    """Seek the face before a kiosk among those expected; the answer never says whether anyone was found."""
    asked = await call.body(b.FaceShown)
    s, caller = call.services, call.here
    if caller.kind is not DeviceKind.KIOSK:
        raise RoomRefusal("not_permitted", "search", denied=True)
    ticket = await s.search.seek(actor_here(s.writer.book, caller), asked)
    s.reactions.look()
    return answer(b.SearchTicket(ticket))


# --- the consoles' own ways


async def doubt(call: Call) -> web.StreamResponse:
    """The pictures of a doubt, for one of the two who decide."""
    s, subject = call.services, (_stream(call), call.part("what"), call.part("member"))
    return answer(await doubt_for(s.writer, s.vault, s.kiosk.sightings, call.here, subject))


async def import_package(call: Call) -> web.StreamResponse:
    """Import a package."""
    return answer(await call.services.importing.take(call.here, _chunks(call.request)))


async def _chunks(request: web.Request) -> AsyncIterator[bytes]:
    async for chunk in request.content.iter_chunked(_CHUNK):
        yield chunk


async def keep_paper(call: Call) -> web.StreamResponse:
    """Bring a scanned paper."""
    return answer(await call.services.scans.take(call.here, _chunks(call.request)))


async def get_paper(call: Call) -> web.StreamResponse:
    """A scanned paper that the caller sees named."""
    s, asked = call.services, call.part("sha256")
    return await _send(call, await asyncio.to_thread(s.scans.shown_to, call.here, asked), "application/octet-stream")


async def send_platform(call: Call) -> web.StreamResponse:
    """What a platform exported of a lot."""
    s, lot = call.services, call.part("lot")
    return answer(await s.platform.take(call.here, _stream(call), lot, _chunks(call.request)))


async def prepare_signature(call: Call) -> web.StreamResponse:
    """What a member's key has to sign."""
    asked = await call.body(b.SignatureAsked)
    return answer(await call.services.signing.prepare(call.here, _stream(call), call.part("lot"), asked))


async def take_signature(call: Call) -> web.StreamResponse:
    """A member's signature, put in and entered."""
    given = await call.body(b.SignatureGiven)
    await call.services.signing.complete(call.here, _stream(call), call.part("lot"), given)
    return answer(b.Nothing())


async def print_form(call: Call) -> web.StreamResponse:
    """Blank forms or the witness ledger, counted."""
    asked, s = await call.body(b.FormRequest), call.services
    if asked.form == forms.LEDGER:
        made = await forms.print_ledger(s.writer, s.papers, s.clock, call.here, _stream(call), asked)
    else:
        made = await forms.print_form(s.writer, s.clock, call.here, _stream(call), asked)
    return web.Response(body=made, content_type="application/pdf", headers={"Cache-Control": "no-store"})


async def report(call: Call) -> web.StreamResponse:
    """An issued report."""
    s = call.services
    digest = files.report_for(s.writer.book, call.here, _stream(call), call.part("lot"))
    return await _send(call, digest, "application/pdf")


async def evidence(call: Call) -> web.StreamResponse:
    """The evidence package of a lot, as a zip of the bag: of one session, or the newest."""
    s = call.services
    session = _position(call.request.query.get("session", "0")) or None
    digest = files.evidence_for(s.writer.book, s.store, call.here, _stream(call), call.part("lot"), session)
    return await _send(call, digest, "application/zip")


async def issue_enrolment(call: Call) -> web.StreamResponse:
    """A one-time code for a new machine."""
    asked = await call.body(b.EnrolmentRequest)
    s = call.services
    if actor_here(s.writer.book, call.here).role is not Party.CENTRE:
        raise RoomRefusal("not_permitted", "enrolments", denied=True)
    known = {seat["id"] for seat in s.writer.book.room.seats}
    if asked.kind not in set(DeviceKind) or (asked.kind == DeviceKind.SEAT.value) != (asked.seat in known):
        raise RoomRefusal("bad_request", "$.kind")
    code, expires_at = await s.sessions.issue_code(DeviceKind(asked.kind), asked.seat)
    return answer(b.EnrolmentCode(code, _moment(expires_at)))


# --- the enrolment desk


async def consent(call: Call) -> web.StreamResponse:
    """The words to which an expert consents, in the language asked for."""
    s = call.services
    s.enrolment.check(call.here)
    text = consent_text(s.plan, call.language)
    return answer(b.ConsentText(text.version, text.sha256, text.text, s.plan.privacy.face_days))


async def consent_form(call: Call) -> web.StreamResponse:
    """The same words on paper, to be signed by hand. Nobody is named on it, and nothing is counted."""
    s = call.services
    s.enrolment.check(call.here)
    text, room = consent_text(s.plan, call.language), s.writer.book.room
    data = consent_data(
        text.text,
        text.version,
        text.sha256,
        lang=call.language,
        room_name=room.name,
        rehearsal=room.rehearsal,
        printed_at=timestamp(s.clock.now()),
    )
    made = await asyncio.to_thread(make_form, data)
    return web.Response(body=made, content_type="application/pdf", headers={"Cache-Control": "no-store"})


async def find_face(call: Call) -> web.StreamResponse:
    """Whether the holder of a document is enrolled."""
    return answer(await call.services.enrolment.find(call.here, await call.body(b.FaceSought)))


async def propose_face(call: Call) -> web.StreamResponse:
    """The first of two people."""
    return answer(await call.services.enrolment.propose(call.here, await call.body(b.FaceProposal)))


async def confirm_face(call: Call) -> web.StreamResponse:
    """The second of two people."""
    return answer(await call.services.enrolment.confirm(call.here, await call.body(b.FaceConfirmation)))


async def forget_face(call: Call) -> web.StreamResponse:
    """Delete a template."""
    return answer(await call.services.enrolment.forget(call.here, await call.body(b.FaceForgotten)))


# --- recordings


async def recording_held(call: Call) -> web.StreamResponse:
    """How far the room has a seat's recording."""
    return answer(await call.services.recordings.held(call.here, _stream(call), call.part("party")))


async def take_recording(call: Call) -> web.StreamResponse:
    """Lines of a seat's list, and how it stands with the recording."""
    asked = await call.body(b.RecordingSent)
    return answer(await call.services.recordings.take_lines(call.here, _stream(call), call.part("party"), asked))


async def take_segment(call: Call) -> web.StreamResponse:
    """The next piece of a segment."""
    place = (call.here, _stream(call), call.part("party"), _position(call.part("seq")))
    offset = _position(call.request.query.get("offset", "0"))
    return answer(await call.services.recordings.take_piece(*place, offset, _chunks(call.request)))


async def recordings(call: Call) -> web.StreamResponse:
    """What was recorded of an evaluation, and when."""
    return answer(await call.services.recordings.listed(call.here, _stream(call)))


async def kept(call: Call) -> web.StreamResponse:
    """Until when recordings are kept."""
    return answer(await call.services.keeping.listed(call.here))


async def expire_recording(call: Call) -> web.StreamResponse:
    """By two people."""
    await call.services.keeping.expire(call.here, await call.body(b.ExpiringAsked))
    return answer(b.Nothing())


async def segment(call: Call) -> web.StreamResponse:
    """A segment in clear; the look is an entry."""
    key = (_stream(call), call.part("party"), call.part("device"))
    content = await call.services.recordings.look(call.here, key, _position(call.part("seq")))
    return web.Response(body=content, content_type="video/x-matroska", headers={"Cache-Control": "no-store"})


# --- checkpoints


async def checkpoint(call: Call) -> web.StreamResponse:
    """The newest checkpoint, with the proof that it extends an earlier one."""
    earlier = _position(call.request.query.get("from", "0"))
    return answer(await call.services.checkpoints.newest(call.here, _stream(call), earlier))


async def cosign(call: Call) -> web.StreamResponse:
    """Add this machine's co-signature to a checkpoint."""
    asked = await call.body(b.CosignRequest)
    await call.services.checkpoints.cosign(call.here, asked.stream, asked.size, asked.note)
    return answer(b.Nothing())


async def signal(call: Call) -> web.StreamResponse:
    """Hand a message of an engine to a partner in the same call."""
    s = call.services
    s.signals.send(s.writer.book, call.here, _stream(call), await call.body(SignalRequest))
    return answer(b.Nothing())


# --- small parts


def _stream(call: Call) -> str:
    return call.part("stream").replace("~", "/")


def _moment(moment: datetime) -> str:
    return timestamp(moment)


async def _send(call: Call, digest: str, kind: str) -> web.StreamResponse:
    """Stream a content out, never whole in memory."""
    blobs = call.services.blobs
    size = await asyncio.to_thread(blobs.size, digest)
    content: BinaryIO = await asyncio.to_thread(blobs.open, digest)
    try:
        response = web.StreamResponse(headers={"Content-Type": kind, "Cache-Control": "no-store"})
        response.content_length = size
        await response.prepare(call.request)
        while chunk := await asyncio.to_thread(content.read, _CHUNK):
            await response.write(chunk)
        await response.write_eof()
        return response
    finally:
        content.close()
