"""What seats recorded: their lists bound into the journal, their segments collected as they are, sealed; and opened.

Law: a list only grows, and only by lines that follow; a segment counts once its hash is the listed one. Nothing is kept
in clear: a look decrypts one segment in memory, and makes an entry before it answers.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path

from app.evaluation.actor import SYSTEM
from app.evaluation.matters.recording.decisions import may_look
from app.evaluation.matters.recording.records import (
    GapReason,
    GapTrack,
    NoteRecording,
    RecordingGap,
    Recordings,
    RecordingState,
    TellRecording,
    is_camera,
)
from app.evaluation.model import Evaluation
from app.evaluation.room import commands as rc
from app.evaluation.room.model import DeviceKind
from app.evaluation.visibility import STAFF
from app.recordings.manifest import NAME, BrokenManifest, Gap, Line, Manifest, read_line, whole
from app.recordings.sealed_file import opened
from app.recordings.space import hours_for
from app.room.actors import Caller, actor_here, actor_of
from app.room.bodies import RecordingHeld, RecordingListed, RecordingSent, RecordingsListed, SegmentView
from app.room.refusal import RoomRefusal
from app.room.streams import Page
from app.room.writer import Writer

MOST_PIECE = 1 << 20
"""Bytes of one piece of a segment at most."""
MOST_SEGMENT = 64 << 20
MOST_LINES = 200
KEEP_FREE = 1 << 30
"""Bytes of the room's disk that recordings leave to the journal and everything else."""

Key = tuple[str, str, str]
"""Stream, alias, machine."""


class RecordingStore:
    """One folder for each member or camera, and machine: `STREAM/ALIAS/MACHINE/`, with the list and the segments."""

    def __init__(
        self,
        writer: Writer,
        folder: Path,
        private: bytes,
        warn_hours: int,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._writer, self._folder, self._private = writer, folder, private
        self._warn_hours, self._free = warn_hours, free
        self._lists: dict[Key, Manifest] = {}
        self._locks: dict[Key, asyncio.Lock] = {}
        self._held: dict[Key, int] = {}

    # --- a machine hands in

    async def held(self, caller: Caller, stream: str, party: str) -> RecordingHeld:
        """How far the room has what this machine recorded of a member or a camera."""
        key = self._key(caller, stream, party)
        async with self._lock(key):
            return await asyncio.to_thread(self._how_far, key)

    async def take_lines(self, caller: Caller, stream: str, party: str, sent: RecordingSent) -> RecordingHeld:
        """Take lines that follow (again: those that are there already), and note them and the state in the journal."""
        key = self._key(caller, stream, party)
        if len(sent.lines) > MOST_LINES:
            raise RoomRefusal("too_large", "$.lines")
        lines = [_line(text, f"$.lines[{number}]") for number, text in enumerate(sent.lines)]
        if sent.state not in set(RecordingState):
            raise RoomRefusal("bad_request", "$.state")
        async with self._lock(key):
            if self._writer.book.evaluations[stream].closed:  # its journal has ended, and with it what can be bound
                return await asyncio.to_thread(self._how_far, key)
            await asyncio.to_thread(self._append, key, lines)
            await self._note(key, self._state(sent), sent.hours_left)
            return await asyncio.to_thread(self._how_far, key)

    async def take_piece(
        self, caller: Caller, stream: str, party: str, seq: int, offset: int, body: AsyncIterator[bytes]
    ) -> RecordingHeld:
        """Take the next piece of the next segment; the last one is only kept where the whole is the listed one."""
        key = self._key(caller, stream, party)
        piece = b""
        async for chunk in body:
            piece += chunk
            if len(piece) > MOST_PIECE:
                raise RoomRefusal("too_large", "piece")
        async with self._lock(key):
            return await asyncio.to_thread(self._add_piece, key, seq, offset, piece)

    # --- staff look

    async def listed(self, caller: Caller, stream: str) -> RecordingsListed:
        """All recordings of an evaluation: when, not what."""
        state = self._evaluation(stream)
        actor = actor_here(self._writer.book, caller, stream)
        if actor.role not in STAFF:
            raise RoomRefusal("not_permitted", "recordings", denied=True)
        found = []
        for party, device in state.memory(Recordings).kept:
            key = (stream, party, device)
            segments = await asyncio.to_thread(self._segments, key)
            found.append(RecordingListed(party, device, may_look(state, actor, party), segments))
        return RecordingsListed(tuple(found))

    async def look(self, caller: Caller, key: Key, seq: int) -> bytes:
        """A segment in clear, for whoever may look now; the look is an entry before anything is decrypted."""
        stream, party, device = key
        if (party, device) not in self._evaluation(stream).memory(Recordings).kept:
            raise RoomRefusal("not_found", "recording")
        lines = self._list(key).lines
        if key in self._writer.book.room.expired:
            raise RoomRefusal("recording_expired", "recording")
        if not 1 <= seq <= len(lines) or seq > (await asyncio.to_thread(self._how_far, key)).segments:
            raise RoomRefusal("not_found", "segment")

        def work(page: Page) -> None:
            actor = actor_here(page.book, caller, stream)
            if actor.role not in STAFF:
                raise RoomRefusal("not_permitted", "recording", denied=True)
            if not may_look(page.evaluation(stream), actor, party):
                raise RoomRefusal("recording_closed", "recording", denied=True)
            page.act_room(rc.LookAtRecording(stream, party, device, seq), actor)

        await self._writer.run(work)
        path = self.folder(key) / lines[seq - 1].file
        return await asyncio.to_thread(opened, path, self._private)

    def hours(self, sources: int) -> int:
        """For how many hours so many seats can be recorded at once on the room's disk."""
        place = self._folder if self._folder.is_dir() else self._folder.parent
        return hours_for(self._free(place) - KEEP_FREE, sources)

    def forget(self, key: Key) -> None:
        """Its segments were deleted by rule."""
        self._held.pop(key, None)

    # --- for whoever packs

    def lists(self, state: Evaluation) -> dict[tuple[str, str], bytes]:
        """By alias and machine, the lists as far as the journal has noted them; as they lie there, for others check."""
        found = {}
        for (party, device), noted in state.memory(Recordings).kept.items():
            path = self.folder((state.stream, party, device)) / NAME
            lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
            found[party, device] = b"".join(lines[: noted.seq])
        return found

    def folder(self, key: Key) -> Path:
        """Where a recording lies."""
        return self._folder.joinpath(key[0].replace("/", "~"), key[1], key[2])

    # --- underneath

    def _evaluation(self, stream: str) -> Evaluation:
        found = self._writer.book.evaluations.get(stream)
        if found is None:
            raise RoomRefusal("not_found", "stream")
        return found

    def _key(self, caller: Caller, stream: str, party: str) -> Key:
        """Of the member who sits at the seat of this machine, or of a camera of the room at a console of staff; once it
        has begun, it may be handed in to its end."""
        state, key = self._evaluation(stream), (stream, party, caller.device)
        if is_camera(party) and caller.kind is DeviceKind.CONSOLE:
            actor = actor_of(self._writer.book, caller)
            begins = actor is not None and actor.role in STAFF
        else:
            member = state.by_alias(party)
            if caller.kind is not DeviceKind.SEAT or member is None:
                raise RoomRefusal("not_permitted", "recordings", denied=True)
            begins = member.seat == caller.seat
        if not begins and not self.folder(key).is_dir():
            raise RoomRefusal("not_permitted", "recordings", denied=True)
        return key

    def _lock(self, key: Key) -> asyncio.Lock:
        return self._locks.setdefault(key, asyncio.Lock())

    def _list(self, key: Key) -> Manifest:
        """Raises `RoomRefusal` `other_list` where the room's own copy was changed."""
        found = self._lists.get(key)
        if found is None:
            folder = self.folder(key)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                found = self._lists[key] = Manifest(folder)
            except BrokenManifest:
                raise RoomRefusal("other_list", "recording") from None
        return found

    def _append(self, key: Key, lines: list[Line]) -> None:
        known = self._list(key)
        self._check_space()
        for line in lines:
            if line.seq <= len(known.lines):
                if known.lines[line.seq - 1] != line:
                    raise RoomRefusal("other_list", "$.lines")
                continue
            try:
                known.append(line)
            except BrokenManifest:
                raise RoomRefusal("other_list", "$.lines") from None

    async def _note(self, key: Key, state: RecordingState, hours: int) -> None:
        """Bind what is not bound yet, also what a room that died had only written down."""
        stream, party, device = key
        lines = self._list(key).lines

        def work(page: Page) -> None:
            memory = page.evaluation(stream).memory(Recordings)
            noted = memory.kept.get((party, device))
            fresh = lines[noted.seq if noted is not None else 0 :]
            if fresh:
                gaps = tuple(_gap(gap) for line in fresh for gap in line.gaps)
                head = fresh[-1]
                page.act(stream, NoteRecording(party, device, head.seq, head.hash, gaps), SYSTEM)
            told = memory.states.get((party, device))
            before = told.state if told is not None else RecordingState.RUNNING
            if state is not before:
                page.act(stream, TellRecording(party, device, state, max(0, hours)), SYSTEM)

        await self._writer.run(work)

    def _state(self, sent: RecordingSent) -> RecordingState:
        low = sent.hours_left < self._warn_hours
        state = RecordingState(sent.state)
        return RecordingState.LOW if state is RecordingState.RUNNING and low else state

    def _how_far(self, key: Key) -> RecordingHeld:
        lines, folder = self._list(key).lines, self.folder(key)
        if key in self._writer.book.room.expired:  # whoever still has a copy need not bring it again
            return RecordingHeld(len(lines), len(lines), 0)
        held = self._held.get(key, 0)
        while held < len(lines) and (folder / lines[held].file).is_file():
            held += 1
        self._held[key] = held
        part = _part(folder, held + 1)
        return RecordingHeld(len(lines), held, part.stat().st_size if part.is_file() else 0)

    def _add_piece(self, key: Key, seq: int, offset: int, piece: bytes) -> RecordingHeld:
        far = self._how_far(key)
        lines, folder = self._list(key).lines, self.folder(key)
        if seq != far.segments + 1 or seq > far.lines or offset != far.bytes:
            raise RoomRefusal("wrong_place", "piece")
        line = lines[seq - 1]
        if offset + len(piece) > line.bytes:
            raise RoomRefusal("too_large", "piece")
        self._check_space()
        part = _part(folder, seq)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as out:
            out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if offset + len(piece) == line.bytes:
            if not whole(part, line):
                part.unlink()
                raise RoomRefusal("wrong_content", "piece")
            part.replace(folder / line.file)
        return self._how_far(key)

    def _check_space(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._free(self._folder) < KEEP_FREE:
            raise RoomRefusal("no_room_left", "recordings")

    def _segments(self, key: Key) -> tuple[SegmentView, ...]:
        held = 0 if key in self._writer.book.room.expired else self._how_far(key).segments
        return tuple(
            SegmentView(line.seq, line.start, line.end, line.bytes, line.seq <= held, tuple(map(asdict, line.gaps)))
            for line in self._list(key).lines
        )


def _part(folder: Path, seq: int) -> Path:
    return folder / f"{seq:06d}.part"


def _line(text: str, where: str) -> Line:
    try:
        line = read_line(text.encode(), 1)
        for gap in line.gaps:
            _gap(gap)
    except (BrokenManifest, ValueError):
        raise RoomRefusal("bad_request", where) from None
    if line.file != f"{line.seq:06d}.kwr" or not 0 < line.bytes <= MOST_SEGMENT:
        raise RoomRefusal("bad_request", where)
    return line


def _gap(gap: Gap) -> RecordingGap:

    return RecordingGap(GapTrack(gap.track), gap.start, gap.end, GapReason(gap.why))
