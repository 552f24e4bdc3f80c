"""Small clients that speak to a room over real sockets, as its machines do: enrol, log in, command, hear, seal."""

from __future__ import annotations

import hashlib
import json
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import requests
import websocket

from app import drawing, journal
from app.evaluation.model import SheetKind
from app.evaluation.sheets import sealed_stage
from app.journal import Ed25519Signer
from app.room.door import MAY_TAKE_A_SECOND
from devices.ambient import SystemRandomness

PASSWORD = "correct horse battery"
SEATS = ("A01", "A02", "A03", "B01", "B02", "B03")
PLAN = {
    "format": "kawei-room/1",
    "room": "minle-3",
    "name": "岷乐评标三室",
    "rehearsal": True,
    "seats": [
        {"id": seat, "x": 2 * (k % 3), "y": 2 * (k // 3), "way": f"第{k // 3 + 1}排第{k % 3 + 1}座"}
        for k, seat in enumerate(SEATS)
    ],
    "lockers": [f"{k:02}" for k in range(1, 9)],
}


class Refusal(Exception):
    """An answer with an error."""

    def __init__(self, status: int, error: dict[str, str]) -> None:
        super().__init__(status, error)
        self.status, self.error, self.code, self.where = status, error, error["code"], error["where"]


class Machine:
    """An enrolled machine with its key and session."""

    def __init__(self, url: str, device: str, seed: bytes | None = None) -> None:
        self.url, self.device = url, device
        self.signer = Ed25519Signer(seed or hashlib.sha256(device.encode()).digest())
        self.token = ""
        self.nonces: dict[int, bytes] = {}

    def ask(self, method: str, path: str, body: Any = None, lang: str = "zh", **options: Any) -> Any:
        """One request; raises `Refusal`."""
        headers = {"Accept-Language": lang, "Connection": "close"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            options["json"] = body
        found = requests.request(method, f"{self.url}/api/v1{path}", headers=headers, timeout=20, **options)
        if found.status_code >= 400:
            raise Refusal(found.status_code, found.json()["error"])
        return found.json() if "json" in found.headers["Content-Type"] else found.content

    def enrol(self, code: str) -> Any:
        body = {"code": code, "device": self.device, "public_key": self.signer.public_key.hex()}
        return self.ask("POST", "/enrol", body)

    def open(self) -> Machine:
        """Begin a session."""
        challenge = self.ask("POST", "/challenge", {"device": self.device})["challenge"]
        signature = self.signer.sign(b"kawei/session/1" + bytes.fromhex(challenge)).hex()
        body = {"device": self.device, "challenge": challenge, "signature": signature}
        self.token = self.ask("POST", "/session", body)["token"]
        return self

    def login(self, user: str, password: str = PASSWORD) -> Machine:
        self.ask("POST", "/login", {"user": user, "password": password})
        return self

    def do(self, stream: str, kind: str, data: dict[str, Any] | None = None, id: str | None = None) -> Any:
        """Send a command; who is the second of two people types the password."""
        body = {"id": id or str(uuid.uuid4()), "stream": stream, "type": kind, "data": data or {}}
        if kind in MAY_TAKE_A_SECOND:
            body["password"] = PASSWORD
        return self.ask("POST", "/commands", body)

    def view(self) -> Any:
        return self.ask("GET", "/view")

    def evaluation(self, index: int = 0) -> Any:
        return self.view()["evaluations"][index]

    def until(self, good: Callable[[Any], Any], what: str = "") -> Any:
        """Ask for the view until something holds of it."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            found = self.view()
            value = good(found)
            if value:
                return value
            threading.Event().wait(0.02)
        raise AssertionError(f"{self.device} waited in vain {what}")

    def stream(self, after: int = 0) -> Stream:
        return Stream(self, after)

    # --- a party of the draws

    def take_part(self) -> bool:
        """Do whatever the draws want of this party; returns whether there was something."""
        view, done = self.view(), False
        party = view["role"]
        for draw in view["room"]["draws"]:
            if party not in draw["parties"]:
                continue
            number = draw["number"]
            context = drawing.context(drawing.read_request(draw["request"]))
            if draw["stage"] == "committing" and party not in draw["committed"]:
                nonce = self.nonces.setdefault(number, hashlib.sha256(f"{self.device}{number}".encode()).digest())
                made = drawing.commitment(context, party, nonce)
                message = b"kawei/draw/sign-commit/1" + context + party.encode() + made
                self._send_nonce("CommitNonce", number, "commitment", made, message)
                done = True
            lacking = draw["stage"] == "revealing" and party not in draw["revealed"]
            if lacking or party in draw["needs_nonce"]:
                nonce = self.nonces[number]
                message = b"kawei/draw/sign-reveal/1" + context + party.encode() + nonce
                self._send_nonce("RevealNonce", number, "nonce", nonce, message)
                done = True
        return done

    def _send_nonce(self, kind: str, number: int, name: str, value: bytes, message: bytes) -> None:
        data = {"draw_no": number, name: value.hex(), "signature": self.signer.sign(message).hex()}
        self.do("room", kind, data)


class Stream:
    """A live stream."""

    def __init__(self, machine: Machine, after: int) -> None:
        url = machine.url.replace("http", "ws", 1) + f"/api/v1/stream?after={after}"
        header = [f"Authorization: Bearer {machine.token}"]
        self.socket = websocket.create_connection(url, header=header, timeout=20, suppress_origin=True)

    def next(self) -> Any:
        text = self.socket.recv()
        return json.loads(text) if text else None

    def _entry(self) -> Any:
        """The next message but for what a slow machine's room says of its disk."""
        while "writing" in (found := self.next()):
            pass
        return found

    def writing(self) -> str:
        """The next that the room says of its disk."""
        while "writing" not in (found := self.next()):
            pass
        return str(found["writing"])

    def until(self, kind: str) -> list[Any]:
        """Messages up to the first of a type."""
        found = []
        while not found or found[-1]["type"] != kind:
            found.append(self._entry())
        return found

    def up_to(self, position: int, *, silent: bool = False) -> list[Any]:
        """What comes up to a position; `silent`: perhaps nothing at all, then a moment is waited for."""
        found: list[Any] = []
        self.socket.settimeout(0.5 if silent else 15)
        try:
            while not found or found[-1]["position"] < position:
                found.append(self._entry())
                self.socket.settimeout(1)  # the rest of a backlog comes at once
        except websocket.WebSocketTimeoutException:
            pass
        return found

    def close(self) -> None:
        self.socket.close()
        self.socket.shutdown()  # where the room is gone, nothing else closes the socket


class Seat(Machine):
    """A seat: it seals the sheets of whoever holds it."""

    def __init__(self, url: str, seat: str) -> None:
        super().__init__(url, f"seat-{seat.lower()}")
        self.seat = seat
        self.keys: dict[str, bytes] = {}

    def mine(self) -> Any:
        return self.evaluation()

    def boxed(self, commitment: str, key: bytes, sealing_key: dict[str, str]) -> dict[str, Any]:
        chance = SystemRandomness().token_bytes
        purpose = f"kawei/sheet-key/1 {commitment}"
        public = bytes.fromhex(sealing_key["public"])
        return dict(journal.seal_to([public], chance(32), chance(32), chance(12), purpose, key).to_json())

    def sheet(self, lot: str, kind: str, number: int, sheet: Any) -> dict[str, Any]:
        """The data of `SealSheet`."""
        view = self.mine()
        chance = SystemRandomness().token_bytes
        key, salt = chance(32), chance(32)
        stage = sealed_stage(lot, SheetKind(kind), self._phase(view, lot, kind))
        where = (view["stream"], stage, number, view["alias"])
        sealed = journal.seal(key, chance(12), *where, salt, sheet, block=8192)
        self.keys[sealed.commitment] = key
        return {
            "lot": lot,
            "kind": kind,
            "round": number,
            "sealed": sealed.to_json(),
            "key_id": view["sealing_key"]["id"],
            "key": self.boxed(sealed.commitment, key, view["sealing_key"]),
        }

    def _phase(self, view: Any, lot: str, kind: str) -> str:
        """The phase of marking that the round belongs to; a ballot, a review and an undivided lot have none."""
        found = next((one["round"] for one in view["lots"] if one["id"] == lot), None)
        return str(found["phase"]["id"]) if kind == "marks" and found and found["phase"] else ""

    def seal(self, lot: str, kind: str, number: int, sheet: Any) -> Any:
        return self.do(self.mine()["stream"], "SealSheet", self.sheet(lot, kind, number, sheet))

    def give_keys_again(self) -> int:
        """Seal the keys of sheets again for a room that lost its memory; returns how many."""
        view, given = self.mine(), 0
        rounds = [(lot["id"], lot["round"]) for lot in view["lots"] if lot["round"]]
        if view["election"] and view["election"]["ballot"]:
            rounds.append(("", view["election"]["ballot"]))
        for lot, found in rounds:
            mine, newest = found["mine"], view["sealing_key"]
            if found["opened"] or mine is None or newest["id"] in mine["keys"]:
                continue
            key = self.keys[mine["commitment"]]
            data = {
                "lot": lot,
                "kind": found["kind"],
                "round": found["number"],
                "key_id": newest["id"],
                "key": self.boxed(mine["commitment"], key, newest),
            }
            self.do(view["stream"], "GiveSheetKey", data)
            given += 1
        return given
