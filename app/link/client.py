"""One request after another to the room: sessions renewed by the machine's key, refusals as exceptions."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import requests

from app.journal import Ed25519Signer
from app.link.faults import LinkFault, RoomRefused
from app.link.identity import Identity, new_secret
from app.link.sockets import Sockets
from app.link.timing import Timing
from app.link.trust import authority_at, check_authority, context_for, enrolment_door, is_due, parts_of_code
from app.ports.face import TemplateKind

SESSION_TAG = b"kawei/session/1"
NO_SESSION = "no_session"


def enrol(url: str, code: str, device: str, lang: str = "zh") -> Identity:
    """Enrol this machine with a one-time code and a fresh key; returns what has to be saved.

    Raises `LinkFault` `room_away` or `bad_answer`, or `RoomRefused`.
    """
    url, (plain, mark) = url.rstrip("/"), parts_of_code(code)
    secret, authority = new_secret(), ""
    door = enrolment_door(url) if url.startswith("https") else url
    if url.startswith("https"):
        # Whoever answers is believed only if this is the authority that the code names.
        authority = authority_at(door, Timing().connect_s)
        check_authority(authority, mark)
    unknown = Identity(device, "", None, door, "", secret, authority)
    body = {"code": plain, "device": device, "public_key": unknown.signer.public_key.hex()}
    client = RoomClient(unknown, lang)
    try:
        answer = client.plain("POST", "/enrol", json=body)
    finally:
        client.close()
    try:
        known = (answer["device"], answer["kind"], answer["seat"], url, answer["room"]["key"], secret)
        return Identity(*known, authority, answer.get("certificate") or "")
    except (KeyError, TypeError):
        raise LinkFault("bad_answer", "/enrol") from None


class RoomClient:
    """The room's routes as methods. Safe to use from several threads; each call may raise `LinkFault` `room_away`
    or `bad_answer`, or `RoomRefused`."""

    def __init__(
        self,
        identity: Identity,
        lang: str = "zh",
        timing: Timing | None = None,
        keep: Callable[[Identity], None] | None = None,
    ) -> None:
        """`keep` saves the identity with a renewed certificate."""
        self.identity = identity
        self._keep = keep
        self.lang = lang
        self.timing = timing or Timing()
        self.sockets = Sockets(context_for(identity) if identity.authority else None)
        self._token: str | None = None
        self._signer: Ed25519Signer = identity.signer
        self._local = threading.local()
        self._lock = threading.Lock()
        self._opened: list[requests.Session] = []

    def close(self) -> None:
        """Cut every connection: whoever waits for an answer gets `room_away`, and so does every later call."""
        self.sockets.cut()
        while self._opened:
            self._opened.pop().close()

    # --- sessions

    def token(self) -> str:
        """The bearer token of a live session, opened with the machine's key where there is none."""
        with self._lock:
            if self._token is None:
                self._token = self._open_session()
            return self._token

    def _open_session(self) -> str:
        device = self.identity.device
        try:
            challenge = str(self.plain("POST", "/challenge", json={"device": device})["challenge"])
            signature = self._signer.sign(SESSION_TAG + bytes.fromhex(challenge)).hex()
            body = {"device": device, "challenge": challenge, "signature": signature}
            token = str(self.plain("POST", "/session", json=body)["token"])
        except (KeyError, ValueError):
            raise LinkFault("bad_answer", "/session") from None
        self._renew(token)
        return token

    def _renew(self, token: str) -> None:
        """Once a working day is often enough: a certificate lasts for ninety, and is renewed after thirty."""
        if not is_due(self.identity):
            return
        with suppress(LinkFault, RoomRefused, OSError, KeyError):  # there are weeks left to try again
            fresh = str(_json(self._send("POST", "/certificate", token, json={}))["certificate"])
            self.identity = replace(self.identity, certificate=fresh)
            self.sockets.renew(context_for(self.identity))
            if self._keep is not None:
                self._keep(self.identity)

    def forget_session(self, token: str) -> None:
        """The room does not know this token any more: open a new session next time."""
        with self._lock:
            if self._token == token:
                self._token = None

    def login(self, user: str, password: str) -> dict[str, Any]:
        """Someone takes the post at this console."""
        return self._call("POST", "/login", json={"user": user, "password": password})

    def logout(self) -> dict[str, Any]:
        """The post is left."""
        return self._call("POST", "/logout", json={})

    # --- the one door in, the one way out

    def command(
        self, command_id: str, stream: str, kind: str, data: dict[str, Any], password: str | None = None
    ) -> dict[str, Any]:
        """Send a command; the same id again has no second effect. `password`: of the second person, typed afresh."""
        body: dict[str, Any] = {"id": command_id, "stream": stream, "type": kind, "data": data}
        if password is not None:
            body["password"] = password
        return self._call("POST", "/commands", json=body)

    def view(self) -> dict[str, Any]:
        """Everything that the one at this machine may see now."""
        view = self._call("GET", "/view")
        if not isinstance(view.get("position"), int):
            raise LinkFault("bad_answer", "/view")
        return view

    def signal(self, stream: str, call: str, to: str, message: dict[str, str]) -> None:
        """Hand a message of a call's engine to a partner."""
        self._call("POST", f"/signals/{place_name(stream)}", json={"call": call, "to": to, "message": message})

    # --- drafts and files

    def put_draft(self, place: str, version: int, sealed: str) -> dict[str, Any]:
        """Keep a sealed draft; `place` is `stream/lot/kind/round` as the protocol writes it."""
        return self._call("PUT", f"/drafts/{place}", json={"version": version, "sealed": sealed})

    def draft(self, place: str) -> dict[str, Any] | None:
        """The sealed draft that the room keeps, or None."""
        try:
            return self._call("GET", f"/drafts/{place}")
        except RoomRefused as refused:
            if refused.status == requests.codes.not_found:
                return None
            raise

    def take_over(self, public: str) -> dict[str, Any]:
        """What the machine of the member's old seat left, sealed to `public` (X25519, hex)."""
        return self._call("POST", "/seat/takeover", json={"public": public})

    def file(self, sha256: str) -> bytes:
        """A tender or bid file, checked against its hash."""
        content = self._bytes(f"/files/{quote(sha256)}")
        if hashlib.sha256(content).hexdigest() != sha256:
            raise LinkFault("wrong_content", sha256)
        return content

    def report(self, stream: str, lot: str) -> bytes:
        """The issued report."""
        return self._bytes(f"/reports/{place_name(stream)}/{quote(lot, safe='')}")

    def evidence(self, stream: str, lot: str) -> bytes:
        """The evidence package as a zip."""
        return self._bytes(f"/evidence/{place_name(stream)}/{quote(lot, safe='')}", long=True)

    # --- seat, kiosk, console

    def seat_reference(self, reads: TemplateKind | None = None) -> dict[str, Any]:
        """The reference of the member whom this seat waits for: a template that its matcher `reads`, or a picture."""
        query = {} if reads is None else {"model": reads.model, "version": str(reads.version)}
        return self._call("GET", "/seat/reference", params=query)

    def lookup(self, asked: dict[str, str], reads: TemplateKind | None = None) -> dict[str, Any]:
        """The kiosk asks by document number or ticket; its matcher `reads` templates of this kind."""
        more = {} if reads is None else {"model": reads.model, "version": reads.version}
        return self._call("POST", "/kiosk/lookup", json=asked | more)

    def show_doubt(self, ticket: str, what: str, live: str, chip: str | None) -> dict[str, Any]:
        """What the kiosk saw (base64) of somebody about whom two people decide."""
        return self._call("POST", "/kiosk/doubt", json={"ticket": ticket, "what": what, "live": live, "chip": chip})

    def search_expected(self, live: str, reason: str, late: str) -> dict[str, Any]:
        """Have a face (JPEG in base64) sought among those expected; the two sentences are for the journal."""
        return self._call("POST", "/kiosk/search", json={"live": live, "reason": reason, "late": late})

    def doubt(self, stream: str, what: str, member: str) -> dict[str, Any]:
        """The face before the kiosk beside its reference, for one of the two who decide."""
        return self._call("GET", f"/doubts/{place_name(stream)}/{quote(what)}/{quote(member)}")

    def consent_text(self) -> dict[str, Any]:
        """The words that an expert reads before a face is enrolled."""
        return self._call("GET", "/faces/consent")

    def consent_form(self) -> bytes:
        """The same as PDF, to be signed by hand."""
        return bytes(self._authorised("GET", "/faces/consent/form", long=True).content)

    def find_face(self, document: str) -> dict[str, Any]:
        """Whether the holder of a document is enrolled."""
        return self._call("POST", "/faces/find", json={"document": document})

    def propose_face(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """The first of two people enrols a face. Not a command: it must never lie on this machine's disk."""
        return self._call("POST", "/faces", json=proposal)

    def confirm_face(self, expert: str, document: str, reason: str) -> dict[str, Any]:
        """The second of two people, who was shown the same document."""
        return self._call("POST", "/faces/confirm", json={"expert": expert, "document": document, "reason": reason})

    def forget_face(self, expert: str, why: str, reason: str) -> dict[str, Any]:
        """Delete a face: `why` is `request` or `refused`."""
        return self._call("POST", "/faces/forget", json={"expert": expert, "why": why, "reason": reason})

    def upload_package(self, content: bytes) -> dict[str, Any]:
        """Import an evaluation, or a supplementary list of members."""
        return self._call("POST", "/packages", long=True, data=content)

    def upload_paper(self, content: bytes) -> dict[str, Any]:
        """Bring a scanned paper; returns `{"sha256", "bytes"}`, which a command may name."""
        kept = self._call("POST", "/papers", long=True, data=content)
        if kept.get("sha256") != hashlib.sha256(content).hexdigest():
            raise LinkFault("wrong_content", "/papers")
        return kept

    def send_platform(self, stream: str, lot: str, content: bytes) -> dict[str, Any]:
        """Send what a platform exported of a lot; returns `{"sha256", "bytes", "faults", "hints"}`."""
        return self._call("POST", f"/platform/{place_name(stream)}/{quote(lot, safe='')}", long=True, data=content)

    def prepare_signature(
        self, stream: str, lot: str, certificate: str, above: Sequence[str], strokes: Sequence[Sequence[int]]
    ) -> dict[str, Any]:
        """What the member's key has to sign (`to_sign`, hex), and the `ticket` to come back with."""
        body = {"certificate": certificate, "above": list(above), "strokes": [list(line) for line in strokes]}
        return self._call("POST", _signature(stream, lot), long=True, json=body)

    def give_signature(self, stream: str, lot: str, ticket: str, signature: str) -> None:
        """Hand in what the key signed (hex)."""
        body = {"ticket": ticket, "signature": signature}
        self._call("POST", f"{_signature(stream, lot)}/mine", long=True, json=body)

    def paper(self, sha256: str) -> bytes:
        """A scanned paper, checked against its hash."""
        content = self._bytes(f"/papers/{quote(sha256)}")
        if hashlib.sha256(content).hexdigest() != sha256:
            raise LinkFault("wrong_content", sha256)
        return content

    def print_form(self, stream: str, form: str, lot: str, aliases: list[str], act: str, copies: int) -> bytes:
        """Blank forms as PDF, counted in the journal."""
        body = {"form": form, "lot": lot, "aliases": aliases, "act": act, "copies": copies}
        return bytes(self._authorised("POST", f"/forms/{place_name(stream)}", long=True, json=body).content)

    # --- checkpoints

    def checkpoint(self, stream: str, earlier: int) -> dict[str, Any]:
        """The newest signed checkpoint, and the proof that it extends the tree of the first `earlier` entries."""
        return self._call("GET", f"/checkpoints/{place_name(stream)}", params={"from": str(earlier)})

    def cosign(self, stream: str, size: int, note: str) -> None:
        """Hand back a checkpoint with this machine's line."""
        self._call("POST", "/cosign", json={"stream": stream, "size": size, "note": note})

    # --- recordings

    def recording_held(self, stream: str, party: str) -> dict[str, Any]:
        """How far the room has what this seat recorded of a member: `{"lines", "segments", "bytes"}`."""
        return self._call("GET", f"{_recording(stream, party)}/mine")

    def send_recording(self, stream: str, party: str, lines: list[str], state: str, hours_left: int) -> dict[str, Any]:
        """Hand in lines of the list, and how it stands with the recording; answers how far the room has it."""
        body = {"lines": lines, "state": state, "hours_left": hours_left}
        return self._call("POST", f"{_recording(stream, party)}/mine", json=body)

    def send_segment(self, stream: str, party: str, seq: int, offset: int, piece: bytes) -> dict[str, Any]:
        """Hand in the next piece of a segment; answers how far the room has it."""
        where = f"{_recording(stream, party)}/mine/{seq}"
        return self._call("PUT", where, params={"offset": str(offset)}, data=piece)

    def kept(self) -> dict[str, Any]:
        """Until when every recording is kept."""
        return self._call("GET", "/keeping")

    def expire_recording(self, stream: str, party: str, device: str, second: str, password: str) -> None:
        """Delete a recording over its term, together with a second person."""
        place = {"stream": stream, "party": party, "device": device}
        self._call("POST", "/keeping/expire", json=place | {"second": second, "password": password})

    def recordings(self, stream: str) -> dict[str, Any]:
        """What was recorded of an evaluation, and when."""
        return self._call("GET", f"/recordings/{place_name(stream)}")

    def segment(self, stream: str, party: str, device: str, seq: int) -> bytes:
        """A segment in clear; each look is an entry."""
        return self._bytes(f"{_recording(stream, party)}/{quote(device)}/{seq}", long=True)

    def enrolment(self, kind: str, seat: str | None) -> dict[str, Any]:
        """A one-time code for a further machine."""
        return self._call("POST", "/enrolments", json={"kind": kind, "seat": seat})

    # --- underneath

    def plain(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """A request for which no session is needed."""
        return _json(self._send(method, path, **options))

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        return _json(self._authorised(method, path, **options))

    def _bytes(self, path: str, **options: Any) -> bytes:
        return bytes(self._authorised("GET", path, **options).content)

    def _authorised(self, method: str, path: str, **options: Any) -> requests.Response:
        token = self.token()
        try:
            return self._send(method, path, token, **options)
        except RoomRefused as refused:
            # By its code: a wrong password is answered with the same status, and must not be tried twice.
            if refused.code != NO_SESSION:
                raise
        self.forget_session(token)
        return self._send(method, path, self.token(), **options)

    def _send(
        self, method: str, path: str, token: str | None = None, *, long: bool = False, **options: Any
    ) -> requests.Response:
        """`long`: the room may take its time before it answers."""
        headers = {"Accept-Language": self.lang}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        patience = (self.timing.connect_s, self.timing.long_answer_s if long else self.timing.answer_s)
        url = f"{self.identity.url}/api/v1{path}"
        try:
            answer = self._http().request(
                method, url, headers=headers, timeout=patience, allow_redirects=False, **options
            )
        except requests.RequestException as fault:
            # Only the kind of fault: its text may quote the request.
            raise LinkFault("room_away", type(fault).__name__) from None
        if answer.status_code != requests.codes.ok:
            raise _refused(answer)
        return answer

    def _http(self) -> requests.Session:
        """This thread's own connection."""
        http: requests.Session | None = getattr(self._local, "http", None)
        if http is None:
            http = self._local.http = self.sockets.session()
            self._opened.append(http)
        return http


def place_name(stream: str) -> str:
    """A stream's name as one path segment."""
    return quote(stream.replace("/", "~"))


def _signature(stream: str, lot: str) -> str:
    return f"/signatures/{place_name(stream)}/{quote(lot, safe='')}"


def _recording(stream: str, party: str) -> str:
    return f"/recordings/{place_name(stream)}/{quote(party, safe='')}"


def draft_place(stream: str, lot: str, kind: str, number: int) -> str:
    """The path of a draft."""
    return f"{place_name(stream)}/{quote(lot, safe='') if lot else '-'}/{kind}/{number}"


def _refused(answer: requests.Response) -> Exception:
    try:
        error = answer.json()["error"]
        return RoomRefused(error["code"], error["message"], error["where"], answer.status_code)
    except (ValueError, KeyError, TypeError):
        # Not the room itself, but something in front of it.
        is_away = answer.status_code in (
            requests.codes.bad_gateway,
            requests.codes.gateway_timeout,
            requests.codes.service_unavailable,
        )
        return LinkFault("room_away" if is_away else "bad_answer", str(answer.status_code))


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        return dict(answer.json())
    except (ValueError, TypeError):
        raise LinkFault("bad_answer", "body") from None
