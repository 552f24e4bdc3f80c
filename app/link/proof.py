"""Whether the journal that this machine is told is the one that it saw before, checked here and not by the room.

Every ten seconds or so the newest signed checkpoint of each stream is fetched: signed by the room's key, for this room
and stream, and an extension of the last one that this machine saw, which is kept on its disk. The room's own stream is
told whole, so its entries must also give the very root that is signed. What fits is co-signed with this machine's key.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.evaluation.room.model import KeyRotation
from app.evaluation.room.rotation import follow
from app.journal import (
    CheckpointFault,
    Origin,
    SignedCheckpoint,
    cosign,
    parse_checkpoint,
    verify_consistency,
)
from app.link.chain import ROOM, RoomChain
from app.link.client import RoomClient
from app.link.faults import LinkFault, RoomRefused
from app.link.messages import JournalProved, StreamProof
from app.link.safe import Safe
from app.link.timing import Timing
from app.link.worker import Worker

WATCHERS = frozenset({"centre", "witness", "regulator"})
"""Roles that may ask for the checkpoints of evaluations."""


class _Broken(Exception):
    """What was fetched does not fit; `code` is one of those of `StreamProof`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class _Seen:
    """The last checkpoint of a stream that fitted, and since when this machine has followed it."""

    size: int
    root: str
    at: str
    since: int
    since_at: str
    epoch: int = 0
    """Place of the restoration of the room that this machine has been told of and goes on from."""


class JournalProof:
    """One thread that fetches, checks and co-signs; `hear` and `see` are told from others."""

    def __init__(
        self,
        client: RoomClient,
        safe: Safe,
        tell: Callable[[JournalProved], None],
        timing: Timing,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`safe` keeps the last checkpoint of each stream; `now` are seconds of a clock that never goes back."""
        self._client, self._safe, self._tell, self._timing, self._now = client, safe, tell, timing, now
        self._lock = threading.Lock()
        self._chain = RoomChain()
        self._view: dict[str, Any] = {}
        self._proofs: dict[str, StreamProof] = {}
        self._cosigned: dict[str, int] = {}
        self._told: tuple[StreamProof, ...] = ()
        self.worker = Worker("proof", self._step)

    def hear(self, message: dict[str, Any]) -> None:
        """A message of the live stream, which is told from its beginning whenever someone else looks."""
        with self._lock:
            if message.get("stream") == ROOM and message.get("seq") == 1:
                self._chain = RoomChain()
            before = self._chain.fault
            self._chain.hear(message)
            broken = self._chain.fault is not before
        if broken:
            self.worker.ring()

    def see(self, view: dict[str, Any]) -> None:
        """A new view: who is at this machine, and which evaluations there are."""
        known = self._streams()
        self._view = view
        if self._streams() != known:
            self.worker.ring()

    def _streams(self) -> list[str]:
        role, evaluations = self._view.get("role"), self._view.get("evaluations", ())
        if not role or "rehearsal" not in self._view.get("room", {}):
            return []
        return [ROOM, *(str(one["stream"]) for one in evaluations if role in WATCHERS)]

    def _step(self) -> float | None:
        streams = self._streams()
        for stream in streams:
            if self.worker.stopped.is_set():
                return None
            with suppress(LinkFault, RoomRefused):  # the line is away or nothing is signed yet: asked again by itself
                self._look(stream)
        self._say(streams)
        return self._timing.proof_pause_s

    def _say(self, streams: list[str]) -> None:
        """Tell how it stands, if that has changed."""
        with self._lock:
            fault, heard = self._chain.fault, self._chain.size
        proofs = []
        for stream in streams:
            proof = self._proofs.get(stream, StreamProof(stream))
            if stream == ROOM:
                proof = replace(proof, heard=heard)
                if fault is not None:
                    proof = replace(proof, fault=fault.code, place=fault.seq)
            proofs.append(proof)
        if tuple(proofs) != self._told:
            self._told = tuple(proofs)
            self._tell(JournalProved(self._told))

    # --- one stream

    def _look(self, stream: str) -> None:
        seen = self._kept(stream)
        try:
            size, note, proof = self._fetch(stream, 0 if seen is None else seen.size)
            signed = self._signed(stream, size, note)
            seen = self._extended(stream, signed, seen, proof)
            self._whole(stream, signed)
        except _Broken as broken:
            self._proofs[stream] = replace(self._shown(stream, seen), fault=broken.code)
            return
        self._proofs[stream] = self._shown(stream, seen)
        if self._cosigned.get(stream) != size:
            self._cosign(stream, signed)
            self._proofs[stream] = self._shown(stream, seen)

    def _fetch(self, stream: str, earlier: int) -> tuple[int, str, list[bytes]]:
        """Size, note and proof; a journal that has become shorter is asked for without one."""
        try:
            answer = self._client.checkpoint(stream, earlier)
        except RoomRefused as refused:
            if refused.code != "not_found" or not earlier:
                raise
            answer = self._client.checkpoint(stream, 0)
        try:
            return int(answer["size"]), str(answer["note"]), [bytes.fromhex(step) for step in answer["proof"]]
        except (KeyError, TypeError, ValueError):
            raise LinkFault("bad_answer", "/checkpoints") from None

    def _signed(self, stream: str, size: int, note: str) -> SignedCheckpoint:
        room = self._view["room"]
        try:
            signed = parse_checkpoint(note)
            origin = str(Origin(str(room["room"]), stream, bool(room["rehearsal"])))
            keys = self._keys(room)
        except (CheckpointFault, ValueError, TypeError):
            raise _Broken("bad_note") from None
        if (
            signed.checkpoint.origin != origin
            or signed.checkpoint.size != size
            or not any(map(signed.is_signed_by, keys))
        ):
            raise _Broken("not_signed")
        return signed

    def _keys(self, room: dict[str, Any]) -> list[bytes]:
        """The key under which this machine was enrolled, and those that followed from it, each signed by the last."""
        rotations = [KeyRotation(**one) for one in room.get("key_rotations", ())]
        return [bytes.fromhex(key) for key in follow(str(room["room"]), self._client.identity.room_key, rotations)]

    def _extended(self, stream: str, signed: SignedCheckpoint, seen: _Seen | None, proof: list[bytes]) -> _Seen:
        size, root, at = signed.checkpoint.size, signed.checkpoint.root, str(self._view.get("at") or "")
        if seen is None:
            fresh = _Seen(size, root.hex(), at, size, at, self._epoch())
        elif verify_consistency(seen.size, bytes.fromhex(seen.root), size, root, proof):
            fresh = replace(seen, size=size, root=root.hex(), at=at)
        elif self._epoch() > seen.epoch:  # restored from a backup, which the journal itself says: a new beginning
            fresh = _Seen(size, root.hex(), at, size, at, self._epoch())
        else:
            raise _Broken("shorter" if size < seen.size else "not_extended")
        if fresh != seen:
            with suppress(OSError):  # a full disk: what was seen is known for as long as this program runs
                self._safe.put(stream, vars(fresh))
        return fresh

    def _epoch(self) -> int:
        with self._lock:
            return 0 if self._chain.recovered is None else self._chain.recovered[0]

    def _whole(self, stream: str, signed: SignedCheckpoint) -> None:
        """What was told must give what is signed."""
        size, root = signed.checkpoint.size, signed.checkpoint.root
        with self._lock:
            computed = self._chain.root(size) if stream == ROOM else self._chain.head(stream, size)
        if computed is not None and computed != root:
            raise _Broken("other_content" if stream == ROOM else "other_head")

    def _cosign(self, stream: str, signed: SignedCheckpoint) -> None:
        """Add this machine's line, at the room's time; tried again with the next look where it is not taken."""
        identity = self._client.identity
        moment = int(datetime.fromisoformat(str(self._view["at"])).timestamp())
        note = cosign(signed, identity.device, moment, identity.signer).text()
        self._client.cosign(stream, signed.checkpoint.size, note)
        self._cosigned[stream] = signed.checkpoint.size

    def _kept(self, stream: str) -> _Seen | None:
        kept = self._safe.get(stream)
        try:
            return None if kept is None else _Seen(**kept)
        except TypeError:
            return None

    def _shown(self, stream: str, seen: _Seen | None) -> StreamProof:
        with self._lock:
            heard = self._chain.size if stream == ROOM else 0
            restored = "" if self._chain.recovered is None else self._chain.recovered[1]
        if seen is None:
            return StreamProof(stream, heard=heard)
        cosigned = self._cosigned.get(stream, 0)
        return StreamProof(stream, seen.size, seen.at, seen.since, seen.since_at, heard, cosigned, restored)
