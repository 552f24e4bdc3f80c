"""Recordings whose term is over: found, told, and deleted by two people with an entry; nothing else deletes one.

Law: the entry comes first, then the record beside the list, then the files; a list is never deleted. Whoever is cut off
in between is found again by the entry and goes on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from app.evaluation.actor import Actor
from app.evaluation.matters.recording.records import Recordings
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.room.model import Room
from app.journal import Signer
from app.ports.store import Store
from app.recordings.expiry import Expired, write_record
from app.recordings.manifest import lines_in
from app.recordings.taking_up import SUFFIX
from app.room.streams import ROOM, Page
from app.room.writer import Writer
from app.rules.keeping import recording_term

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Due:
    """A recording at the end of its term: `until` is the last day on which it is kept; `obstacle` is why it stays."""

    key: Key
    folder: Path
    segments: int
    bytes: int
    until: date
    article: str
    obstacle: str = ""


class Expiry:
    """For a room that runs, which asks `told`, and for one that serves nobody meanwhile."""

    def __init__(self, writer: Writer, store: Store, signer: Signer, folder: Path, keep_days: int) -> None:
        self._writer, self._store, self._signer = writer, store, signer
        self._folder, self._keep_days = folder, keep_days

    def due(self, today: date) -> list[Due]:
        """All recordings of which segments are there, and how it stands with the term of each, in their order."""
        book = self._writer.book
        return self._all(dict(book.evaluations), book.room, today)

    async def told(self, today: date) -> list[Due]:
        """As `due`, beside everything else that the room does."""
        book = self._writer.book
        return await asyncio.to_thread(self._all, dict(book.evaluations), book.room, today)

    async def expire(self, one: Due, first: Actor, second: Actor) -> None:
        """Delete the segments of one recording. Raises `Refused`: `not_due`, `recordings_held`, `second_person`."""
        if one.obstacle:
            raise Refused(one.obstacle, one.key[0])
        if second.role is first.role:
            raise Refused("second_person", "$.second")
        stream, party, device = one.key
        lines = lines_in(one.folder)
        if one.key not in self._writer.book.room.expired:
            command = rc.ExpireRecording(
                stream, party, device, len(lines), lines[-1].hash, one.until.isoformat(), one.article, second.post or ""
            )
            await self._writer.run(lambda page: _act(page, command, first))
        await asyncio.to_thread(self._delete, one)

    def _delete(self, one: Due) -> None:
        write_record(one.folder, self._told(one.key), self._signer)
        for pattern in (f"*{SUFFIX}", "*.part"):
            for path in one.folder.glob(pattern):
                path.unlink()

    def _all(self, evaluations: Mapping[str, Evaluation], room: Room, today: date) -> list[Due]:
        return [one for stream in sorted(evaluations) for one in self._of(evaluations[stream], room, today)]

    def _of(self, state: Evaluation, room: Room, today: date) -> list[Due]:
        stream = state.stream
        until, article = None, ""
        if state.closed:
            until, article = self._until(state)
        found = []
        for party, device in state.memory(Recordings).kept:
            folder = self._folder.joinpath(stream.replace("/", "~"), party, device)
            files = sorted(folder.glob(f"*{SUFFIX}"))
            if not files:
                continue
            obstacle = ""
            if until is None:
                obstacle = "not_closed"
            elif stream in room.held:
                obstacle = "recordings_held"
            elif today <= until:
                obstacle = "not_due"
            size = sum(path.stat().st_size for path in files)
            key = (stream, party, device)
            found.append(Due(key, folder, len(files), size, until or date.max, article, obstacle))
        return found

    def _until(self, state: Evaluation) -> tuple[date, str]:
        """From the close: the rule set's years, or the plan's days where those are longer."""
        head = self._store.head(state.stream)
        closed = datetime.fromisoformat(json.loads(head.body)["at"] if head is not None else "1970-01-01").date()
        term = recording_term(state.ruleset)
        by_rule, by_plan = _years_after(closed, term.years), closed + timedelta(days=self._keep_days)
        return (by_rule, term.article) if by_rule >= by_plan else (by_plan, f"本中心规定保存 {self._keep_days} 天")

    def _told(self, key: Key) -> Expired:
        """As the entry has it: who was cut off behind it writes the same record."""
        for row in reversed(self._store.entries(ROOM)):
            if row.type == "RecordingExpired":
                entry = json.loads(row.body)
                data = entry["data"]
                if (data["stream"], data["party"], data["device"]) == key:
                    first = str(entry["actor"]["post"])
                    told = (data["seq"], data["sha256"], data["until"], data["article"], entry["at"])
                    return Expired(*key, *told, first, data["second"])
        raise LookupError(key)


def _act(page: Page, command: rc.ExpireRecording, first: Actor) -> None:
    page.act_room(command, first)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return date(day.year + years, 3, 1)
