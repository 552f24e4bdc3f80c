"""Machines: one-time enrolment codes, challenges, sessions. Codes and tokens are kept as hashes only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from app.evaluation.actor import SYSTEM
from app.evaluation.room import commands as rc
from app.evaluation.room.model import DEVICE_NAME, Device, DeviceKind
from app.journal import verify_signature
from app.ports.ambient import Clock, Randomness
from app.ports.store import Enrolment, Session, Store
from app.room.actors import Caller
from app.room.refusal import RoomRefusal
from app.room.streams import Page
from app.room.writer import Writer

SESSION_MESSAGE = b"kawei/session/1"
SESSION_LIFE = timedelta(hours=12)
CODE_LIFE = timedelta(minutes=30)
CHALLENGE_LIFE_S = 30.0
_HEX_KEY = re.compile(r"[0-9a-f]{64}")


class Sessions:
    """Who may speak to the room. Live sessions are kept in memory too; the store has them over a restart."""

    def __init__(
        self,
        writer: Writer,
        store: Store,
        clock: Clock,
        randomness: Randomness,
        lookup_key: bytes,
        *,
        changed: Callable[[], object],
        mark: str = "",
    ) -> None:
        """`changed` is called when a session ended, so that its live stream looks up; `mark` is what a code carries
        of the authority of an encrypted room."""
        self._mark = mark
        self._writer = writer
        self._changed = changed
        self._clock = clock
        self._randomness = randomness
        self._lookup_key = lookup_key
        self._challenges: dict[str, tuple[bytes, float]] = {}
        self._live = {session.token_hash: session for session in store.sessions() if session.revoked_at is None}

    # --- enrolment

    async def issue_code(self, kind: DeviceKind, seat: str | None, life: timedelta = CODE_LIFE) -> tuple[str, datetime]:
        """A new one-time code for a machine, and when it expires."""
        code = _grouped(self._randomness.token_bytes(10))
        expires_at = self._clock.now() + life
        await self.keep_code(code, kind, seat, expires_at)
        return (f"{code}.{self._mark}" if self._mark else code), expires_at

    async def keep_code(self, code: str, kind: DeviceKind, seat: str | None, expires_at: datetime) -> None:
        """Keep a code that somebody else chose, if it is new."""
        enrolment = Enrolment(self._code_hash(code), kind.value, seat, expires_at)

        def work(page: Page) -> None:
            if page.reading.enrolment(enrolment.code_hash) is None:
                page.also(lambda tx: tx.put_enrolment(enrolment))

        await self._writer.run(work)

    async def enrol(self, code: str, device: str, public_key: str) -> Device:
        """Use up a code: from now on the machine with this key is part of the room."""
        if not DEVICE_NAME.fullmatch(device):
            raise RoomRefusal("bad_request", "$.device")
        if not _HEX_KEY.fullmatch(public_key):
            raise RoomRefusal("bad_request", "$.public_key")
        code_hash = self._code_hash(code)

        def work(page: Page) -> Device:
            now = self._clock.now()
            found = page.reading.enrolment(code_hash)
            if found is None or found.used_at is not None or found.expires_at <= now:
                raise RoomRefusal("unknown_code", "$.code")
            page.act_room(rc.EnrolDevice(device, found.device_kind, found.seat, public_key), SYSTEM)
            page.also(lambda tx: tx.use_enrolment(code_hash, now))
            return page.book.room.devices[device]

        return await self._writer.run(work)

    def _code_hash(self, code: str) -> str:
        plain = "".join(c for c in code.partition(".")[0].upper() if c.isalnum())
        return hmac.digest(self._lookup_key, b"kawei/enrolment/1" + plain.encode(), "sha256").hex()

    # --- sessions

    def challenge(self, device: str) -> str:
        """Bytes that the machine has to sign; an unknown machine gets some too, and learns nothing."""
        challenge = self._randomness.token_bytes(32)
        if device in self._writer.book.room.devices:
            self._challenges[device] = (challenge, self._clock.monotonic() + CHALLENGE_LIFE_S)
        return challenge.hex()

    async def open(self, device: str, challenge: str, signature: str) -> tuple[str, datetime]:
        """A session's token for a machine that signed its challenge; earlier sessions of the machine end."""
        known, deadline = self._challenges.pop(device, (b"", 0.0))
        found = self._writer.book.room.devices.get(device)
        if found is None or found.revoked or not known or self._clock.monotonic() > deadline:
            raise RoomRefusal("bad_challenge")
        try:
            proof = bytes.fromhex(signature)
            same = hmac.compare_digest(known, bytes.fromhex(challenge))
        except ValueError:
            raise RoomRefusal("bad_challenge") from None
        if not same or not verify_signature(bytes.fromhex(found.public_key), SESSION_MESSAGE + known, proof):
            raise RoomRefusal("bad_challenge")
        token = base64.urlsafe_b64encode(self._randomness.token_bytes(32)).decode().rstrip("=")
        now = self._clock.now()
        subject = json.dumps({"kind": found.kind.value, "seat": found.seat})
        session = Session(token_hash(token), device, subject, now, now + SESSION_LIFE)

        def work(page: Page) -> None:
            # Whoever starts the console's program anew has to log in anew.
            post = page.book.room.posts.get(device)
            if post is not None:
                page.act_room(rc.LeavePost(post["post"], device), SYSTEM)
            page.also(lambda tx: tx.revoke_sessions_of(device, now))
            page.also(lambda tx: tx.delete_expired(now - SESSION_LIFE))
            page.also(lambda tx: tx.put_session(session))
            page.afterwards(lambda: self._replace(session))

        await self._writer.run(work)
        return token, session.expires_at

    def _replace(self, session: Session) -> None:
        self._drop(session.device)
        self._live[session.token_hash] = session
        self._changed()

    def _drop(self, device: str) -> None:
        for old in [s.token_hash for s in self._live.values() if s.device == device]:
            del self._live[old]

    def caller(self, token: str) -> Caller:
        """The machine whose token this is; raises `RoomRefusal` `no_session`."""
        session = self._live.get(token_hash(token))
        if session is None or not session.is_live(self._clock.now()):
            raise RoomRefusal("no_session")
        found = self._writer.book.room.devices.get(session.device)
        if found is None or found.revoked:
            raise RoomRefusal("no_session")
        return Caller(found.id, found.kind, found.seat)

    def is_live(self, token: str) -> bool:
        """Whether the token still opens the room."""
        try:
            self.caller(token)
        except RoomRefusal:
            return False
        return True


def token_hash(token: str) -> str:
    """What is kept of a token, which is 32 bytes of chance and needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _grouped(chance: bytes) -> str:
    letters = base64.b32encode(chance).decode()
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
