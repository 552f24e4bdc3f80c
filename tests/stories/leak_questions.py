"""Asking a room for everything: each request of its table as any machine can send it, and streams from the start."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import websocket
from faces_ground import MODEL, VERSION
from leak_search import Content
from room_packages import document
from room_play import LIVE, STREAM
from room_world import Machine, Stream

from app.room.routes import API, OPERATIONS

PLACE = STREAM.replace("/", "~")
COMMANDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (STREAM, "OpenSheets", {"lot": "1", "kind": "marks", "round": 1, "sheets": {}}),
    (STREAM, "ConfirmResult", {"lot": "9"}),
    (STREAM, "CheckTables", {"lot": "9", "in_order": True, "remarks": ""}),
    ("room", "LookAtNames", {"stream": STREAM, "member": "1", "purpose": "portrait"}),
    ("room", "OpenDraw", {"draw_no": 1, "transcript": {}}),
    ("kiosk", "TakeSlot", {"ticket": "guessed"}),
)
"""Commands that nobody in this walk may send as they are: their refusals are looked at."""

ALIASES = ("E1", "E2", "M1")
GUESSED = {"second": "witness-a", "password": "guessed long enough"}
NOTHING_NEW = {"lines": [], "state": "running", "hours_left": 100}

UNLIKE: dict[str, Any] = {
    "document": document(1),
    "template": {"model": MODEL, "version": VERSION, "data": "AAAA"},
    "verdict": "different",
    "score": "0.1",
    "engine": "sface",
    "consent": {"version": "x", "sha256": "x"},
}
"""An enrolment that the room refuses."""


@dataclass
class Known:
    """What a curious machine could have learnt elsewhere and asks for by name."""

    digests: list[str] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    """Those of the kiosk's latest look-ups, one a person."""


def questions(operation: str, role: str, known: Known) -> Iterator[tuple[str, object]]:
    """The paths and bodies by which a request is tried; raises KeyError for one that this walk does not know."""
    drafts = [f"/drafts/{PLACE}/{lot}/{kind}/1" for lot, kind in (("1", "review"), ("1", "marks"), ("-", "ballot"))]
    people = [{"document": document(number)} for number in range(1, 6)]
    strangers: list[dict[str, str]] = [{"document": document(6)}, {"ticket": "guessed"}, {}]
    reading = [body | {"model": MODEL, "version": VERSION} for body in people if role == "kiosk"]
    table: dict[str, list[tuple[str, object]]] = {
        "health": [("/health", None)],
        "openapi": [("/openapi.json", None)],
        "enrol": [("/enrol", {"code": "AAAA-BBBB-CCCC-DDDD", "device": "x", "public_key": "ab" * 32})],
        "authority": [("/authority", None)],
        "renewCertificate": [("/certificate", {})],
        "challenge": [("/challenge", {"device": "console-1"})],
        "openSession": [("/session", {"device": "console-1", "challenge": "00" * 32, "signature": "00" * 64})],
        "login": [("/login", {"user": "centre-z", "password": "guessed long enough"})] if role == "nobody" else [],
        # Whoever is at a console stays there: what a console without anybody is told, `nobody` tells.
        "logout": [("/logout", {})] if role in ("nobody", "board", "kiosk", "stranger") else [],
        "command": [
            ("/commands", {"id": str(uuid.uuid4()), "stream": stream, "type": kind, "data": data})
            for stream, kind, data in COMMANDS
        ],
        "view": [("/view", None)],
        "stream": [],  # `Replays` asks for it
        "putDraft": [(path, {"version": 1, "sealed": "x"}) for path in drafts],
        "getDraft": [(path, None) for path in drafts],
        "file": [(f"/files/{digest}", None) for digest in known.digests],
        "reference": [("/seat/reference", None), (f"/seat/reference?model={MODEL}&version={VERSION}", None)],
        "takeOver": [("/seat/takeover", {"public": "ab" * 32})],
        "lookup": [("/kiosk/lookup", body) for body in (*strangers, *people, *reading, *map(_again, known.tickets))],
        "showDoubt": [("/kiosk/doubt", {"ticket": "guessed", "what": "admission", "live": "AAAA", "chip": None})],
        "searchExpected": [("/kiosk/search", {"live": LIVE, "reason": "x", "late": "y"})],
        "doubt": [(f"/doubts/{PLACE}/admission/guessed", None)],
        "signal": [(f"/signals/{PLACE}", {"call": "guessed", "to": "kiosk-1", "message": {}})],
        "prepareSignature": [(f"/signatures/{PLACE}/1", {"certificate": "00", "above": [], "strokes": []})],
        "giveSignature": [(f"/signatures/{PLACE}/1/mine", {"ticket": "guessed", "signature": "00"})],
        "recordings": [(f"/recordings/{PLACE}", None)],
        "kept": [("/keeping", None)],
        "expireRecording": [("/keeping/expire", {"stream": STREAM, "party": "M1", "device": "seat-a01"} | GUESSED)],
        "recordingHeld": [(f"/recordings/{PLACE}/{alias}/mine", None) for alias in ALIASES],
        "takeRecording": [(f"/recordings/{PLACE}/{alias}/mine", NOTHING_NEW) for alias in ALIASES],
        "takeSegment": [(f"/recordings/{PLACE}/{alias}/mine/9?offset=0", b"x") for alias in ALIASES],
        "segment": [(f"/recordings/{PLACE}/{alias}/seat-a01/1", None) for alias in ALIASES],
        "consentText": [("/faces/consent", None)],
        "consentForm": [("/faces/consent/form", None)],
        "findFace": [("/faces/find", {"document": document(number)}) for number in (1, 6)],
        "proposeFace": [("/faces", UNLIKE)],
        "confirmFace": [("/faces/confirm", {"expert": "guessed", "document": document(1), "reason": "x"})],
        "forgetFace": [("/faces/forget", {"expert": "guessed", "why": "request", "reason": "x"})],
        "importPackage": [("/packages", b"no package")],
        "keepPaper": [("/papers", b"no paper")],
        "paper": [(f"/papers/{digest}", None) for digest in known.digests],
        "sendPlatform": [(f"/platform/{PLACE}/{lot}", b"no export") for lot in ("1", "9")],
        "printForm": [(f"/forms/{PLACE}", {"form": "x", "lot": "1", "aliases": ["M1"], "act": "", "copies": 1})],
        "report": [(f"/reports/{PLACE}/{lot}", None) for lot in ("1", "9")],
        "evidence": [(f"/evidence/{PLACE}/{lot}", None) for lot in ("1", "9")],
        # The centre may have codes; the one that it is refused here tells whether refusals are silent.
        "issueEnrolment": [("/enrolments", {"kind": "seat", "seat": "Z99"})],
        "checkpoint": [(f"/checkpoints/{stream}?from=1", None) for stream in ("room", PLACE)],
        "cosign": [("/cosign", {"stream": stream, "size": 1, "note": "forged"}) for stream in ("room", STREAM)],
    }
    return iter(table[operation])


def _again(ticket: str) -> dict[str, str]:
    return {"ticket": ticket}


def answers(machine: Machine, role: str, known: Known) -> Iterator[Content]:
    """Every answer that a machine gets when it asks for everything; status and headers come last, together."""
    connection, heads = http.client.HTTPConnection(urlsplit(machine.url).netloc, timeout=20), list[str]()
    try:
        for operation in OPERATIONS:
            for path, body in questions(operation.name, role, known):
                status, head, raw = _ask(connection, machine, operation.method, API + path, body)
                assert status < 500, (operation.name, role, raw)
                if operation.name == "lookup" and status == 200:
                    _keep_ticket(known, raw)
                yield Content(f"{operation.method} {path}", raw)
                heads.append(head)
        yield Content("heads of answers", "\n".join(heads).encode())
    finally:
        connection.close()


def _ask(
    connection: http.client.HTTPConnection, machine: Machine, method: str, path: str, body: object
) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {machine.token}"} if machine.token else {}
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    connection.request(method, path, data, headers)
    found = connection.getresponse()
    told = "\n".join(f"{name}: {value}" for name, value in found.getheaders())
    return found.status, f"{found.status} {found.reason}\n{told}", found.read()


def _keep_ticket(known: Known, raw: bytes) -> None:
    ticket = json.loads(raw)["ticket"]
    if ticket is not None and ticket not in known.tickets:
        known.tickets = [*known.tickets, ticket][-5:]


def replays(machines: list[Machine], position: int) -> dict[str, Content]:
    """What each machine's stream tells from the journal's beginning, by machine."""
    streams = [machine.stream(0) for machine in machines if machine.token]
    try:
        told: dict[str, Content] = {}
        for machine, stream in zip((m for m in machines if m.token), streams, strict=True):
            # All streams fill at once: the first waits for its end, the others have nearly all by then.
            patience_s = 0.05 if told else 0.3
            told[machine.device] = Content("stream from the start", _text(_drain(stream, position, patience_s)))
        return told
    finally:
        for stream in streams:
            stream.close()


def _drain(stream: Stream, position: int, patience_s: float) -> list[str]:
    found: list[str] = []
    stream.socket.settimeout(patience_s)
    with suppress(websocket.WebSocketTimeoutException):
        while not found or json.loads(found[-1]).get("position", 0) < position:
            found.append(stream.socket.recv())
    return found


def _text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


class Listener:
    """Hears a live stream in a thread of its own, as a window does, and keeps what came since it was last asked."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._lines: list[str] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._hear, name="listener")
        self._thread.start()

    def _hear(self) -> None:
        with suppress(websocket.WebSocketException, OSError, ValueError):
            while text := self._stream.socket.recv():
                with self._lock:
                    self._lines.append(text)

    def take(self) -> Content:
        """What came since the last time."""
        with self._lock:
            lines, self._lines = self._lines, []
        return Content("live stream", _text(lines))

    def heard(self) -> str:
        """What came and was not taken yet."""
        with self._lock:
            return "\n".join(self._lines)

    def end(self) -> None:
        """Close the stream and wait for the thread."""
        with suppress(OSError, AttributeError):
            self._stream.socket.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._stream.close()
