"""The papers that the room makes by itself: the report of a lot, and the evidence package of a closed evaluation."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.archive import EvidenceParts, build_evidence, exports, extract_of, named, zip_of
from app.archive.ledger import ledger
from app.archive.papers import PURPOSE as PAPER_PURPOSE
from app.evaluation.actor import SYSTEM
from app.evaluation.commands import IssueReport
from app.evaluation.matters.signatures import signing_of
from app.evaluation.model import Evaluation
from app.evaluation.room.commands import LookAtNames
from app.evaluation.stages import LotStage
from app.journal import Entry, SealedFor, canonical, read_line, seal_to, timestamp
from app.ports.ambient import Clock, Randomness
from app.ports.store import Blobs, Store
from app.report import make_report, pages_of, report_data
from app.room.keys import RoomKeys
from app.room.streams import ROOM, Book, Page
from app.room.vault import Vault
from app.room.writer import Writer

NAMES_PURPOSE = "kawei/names/1"


_EVIDENCE = "evidence "


def evidence_setting(stream: str, lot: str, session: int) -> str:
    """The setting that holds the digest of a lot's evidence package, one for each session."""
    return f"{_EVIDENCE}{stream} {lot} {session}"


def written_evidence(store: Store) -> set[str]:
    """The settings of all packages that are written."""
    return {key for key in store.settings() if key.startswith(_EVIDENCE)}


@dataclass(frozen=True)
class Papers:
    """Makes papers outside the event loop and puts their hashes into the journal."""

    store: Store
    blobs: Blobs
    keys: RoomKeys
    vault: Vault
    clock: Clock
    randomness: Randomness
    scratch: Path
    """A private folder for packages on their way."""
    recordings: Callable[[Evaluation], Mapping[tuple[str, str], bytes]]
    """The lists of what seats recorded."""
    written: set[str]
    """Settings of the packages that are written: asked after every command, so it is no question to the store."""

    def report(self, book: Book, stream: str, lot: str) -> tuple[bytes, int]:
        """The report of a lot as the journal stands now, and its pages. Takes a second: not for the event loop."""
        tail = book.tails[stream]
        data = report_data(
            book.evaluations[stream],
            lot,
            room_name=book.room.name,
            key_fingerprint=self.keys.fingerprint,
            journal=(tail.size, tail.frontier.root().hex()),
            issued_at=timestamp(self.clock.now()),
        )
        made = make_report(data)
        self.blobs.put(io.BytesIO(made))
        return made, pages_of(made)

    def issue(self, page: Page, stream: str, lot: str, made: bytes, pages: int) -> None:
        """Enter a report that was made, unless one was issued meanwhile."""
        if page.evaluation(stream).lots[lot].stage is LotStage.REPORTING:
            digest = hashlib.sha256(made).hexdigest()
            page.act(stream, IssueReport(lot, digest, len(made), pages), SYSTEM)

    def missing_evidence(self, state: Evaluation) -> list[str]:
        """Lots of a closed evaluation whose package is not written yet."""
        if not state.closed:
            return []
        return [lot for lot in state.lots if evidence_setting(state.stream, lot, state.session) not in self.written]

    def keep_evidence(self, page: Page, state: Evaluation, lot: str, digest: str) -> None:
        """Keep where a package that was written lies."""
        key = evidence_setting(state.stream, lot, state.session)
        page.also(lambda tx: tx.put_setting(key, digest))
        page.afterwards(lambda: self.written.add(key))

    async def close_names(self, writer: Writer, state: Evaluation) -> None:
        """Enter the room's own look at all names, and have the room's stream signed as far as it goes."""

        def work(page: Page) -> None:
            for member in state.members.values():
                page.act_room(LookAtNames(state.stream, member.ref, "evidence"), SYSTEM)
            page.due.add(ROOM)

        await writer.run(work)

    def evidence(self, state: Evaluation, lot: str) -> str:
        """Write a lot's package; returns the digest of its zip. Not for the event loop."""
        report = state.lots[lot].report
        checkpoint = self.store.last_checkpoint(state.stream, state.size)
        room_checkpoint = self.store.last_checkpoint(ROOM)
        if report is None or checkpoint is None or room_checkpoint is None:
            raise RuntimeError("an evaluation is closed without report or checkpoint")
        with self.blobs.open(report.sha256) as stream:
            pdf = stream.read()
        entries = self._entries(state.stream, state.size)
        parts = EvidenceParts(
            lot=lot,
            entries=entries,
            checkpoint=checkpoint.note,
            room_entries=self._entries(ROOM, room_checkpoint.size),
            room_checkpoint=room_checkpoint.note,
            report=pdf,
            signed=self._signed(state, lot),
            names=self._names(state, lot),
            signer=self.keys.signer,
            **self._scans(state, entries, lot),
            recordings=self.recordings(state),
            exports={str(one.data["sha256"]): self._content(one) for one in exports(entries, lot).values()},
        )
        self.scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=self.scratch))
        try:
            bag = folder / "evidence"
            build_evidence(parts, bag)
            return self.blobs.put(io.BytesIO(zip_of(bag)))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def ledger(self, state: Evaluation, lot: str) -> dict[str, Any]:
        """A lot's witness ledger as the journal gives it up to this state. Not for the event loop."""
        room = self._entries(ROOM, None)
        return ledger(self._entries(state.stream, state.size), lot, extract_of(state.stream, room))

    def _entries(self, stream: str, size: int | None) -> list[Entry]:
        return [read_line(row.body.encode(), row.seq) for row in self.store.entries(stream, limit=size)]

    def _signed(self, state: Evaluation, lot: str) -> bytes | None:
        """The report with the last signature, where it was open for signatures."""
        found = signing_of(state, lot)
        if found is None:
            return None
        with self.blobs.open(found.head[0]) as stream:
            return stream.read()

    def _names(self, state: Evaluation, lot: str) -> SealedFor:
        """Who sat behind which alias, sealed to those entitled."""
        listed: list[dict[str, Any]] = []
        for person in self.vault.persons(state.stream):
            member = state.members[person.ref]
            listed.append(
                {
                    "member": person.ref,
                    "alias": member.alias,
                    "kind": member.kind.value,
                    "name": person.name,
                    "employer": person.employer,
                    "specialities": list(person.specialities),
                }
            )
        content = canonical({"v": 1, "stream": state.stream, "lot": lot, "members": listed})
        return self._seal(state, NAMES_PURPOSE, content)

    def _scans(self, state: Evaluation, entries: list[Entry], lot: str) -> dict[str, Any]:
        """The papers that the journal names: those that may show who a member is only to those entitled."""
        papers, sealed = {}, {}
        for one in named(entries, lot):
            with self.blobs.open(one.sha256) as stream:
                content = stream.read()
            if one.personal:
                sealed[one.sha256] = self._seal(state, PAPER_PURPOSE, content)
            else:
                papers[one.sha256] = content
        return {"papers": papers, "sealed_papers": sealed}

    def _content(self, checked: Entry) -> bytes:
        """What a platform exported, as it was sent."""
        with self.blobs.open(str(checked.data["sha256"])) as stream:
            return stream.read()

    def _seal(self, state: Evaluation, purpose: str, content: bytes) -> SealedFor:
        recipients = list(dict.fromkeys(bytes.fromhex(one["key"]) for one in state.entitled))
        chance = self.randomness.token_bytes
        return seal_to(recipients, chance(32), chance(32), chance(12), purpose, content)
