"""The parts of a running room, wired once; no part knows how another was made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from app.evaluation.actor import SYSTEM
from app.evaluation.room import commands as rc
from app.ports.ambient import Clock, Randomness
from app.ports.face import FaceFinder, TemplateVault
from app.ports.store import Blobs, Store
from app.room.authority import Authority
from app.room.backup import RECOVERED, recovered
from app.room.checkpoints import INTERVAL_S, Checkpoints
from app.room.disk import Disk
from app.room.door import Door
from app.room.drafts import Drafts
from app.room.enrolment import Enrolment
from app.room.expiry import Expiry
from app.room.feed import Feed
from app.room.importing import Importing
from app.room.keeping import Keeping
from app.room.keys import RoomKeys
from app.room.kiosk import Kiosk
from app.room.logins import Logins
from app.room.memory import Memory
from app.room.offers import Offers
from app.room.papers import Papers, written_evidence
from app.room.plan import RoomPlan
from app.room.platform import Platform
from app.room.portraits import Portraits
from app.room.presence import Presence
from app.room.reactions import Reactions
from app.room.recordings import RecordingStore
from app.room.references import References
from app.room.refusal import RoomRefusal
from app.room.register import FaceRegister
from app.room.scans import Scans
from app.room.search import ExpectedSearch
from app.room.seeds import Seeds
from app.room.sessions import Sessions
from app.room.signals import Signals
from app.room.signing import SigningDesk
from app.room.streams import ROOM, Page, read_book
from app.room.vault import Vault
from app.room.wall_clock import WallClock
from app.room.writer import Writer
from app.room.writing import Writing


@dataclass(frozen=True)
class Services:
    """Everything that a request may need."""

    plan: RoomPlan
    keys: RoomKeys
    authority: Authority | None
    clock: Clock
    randomness: Randomness
    store: Store
    blobs: Blobs
    memory: Memory
    writer: Writer
    sessions: Sessions
    logins: Logins
    vault: Vault
    references: References
    enrolment: Enrolment
    kiosk: Kiosk
    search: ExpectedSearch
    door: Door
    importing: Importing
    scans: Scans
    platform: Platform
    recordings: RecordingStore
    keeping: Keeping
    drafts: Drafts
    papers: Papers
    signing: SigningDesk
    seeds: Seeds
    reactions: Reactions
    presence: Presence
    feed: Feed
    signals: Signals
    checkpoints: Checkpoints
    writing: Writing

    @property
    def for_recording(self) -> dict[str, Any] | None:
        """What a seat has to know to record; None where the centre does not want it."""
        rule = self.plan.recording
        return {"key": self.keys.recordings_public.hex(), "warn_hours": rule.warn_hours} if rule.on else None

    @property
    def disk(self) -> Disk | None:
        """How long the room's disk lasts; None where the centre wants nothing recorded."""
        rule, seats = self.plan.recording, len(self.plan.seats)
        return Disk(self.recordings.hours(seats), seats, rule.warn_hours) if rule.on else None

    async def begin(self) -> None:
        """Open the room at its first start, else go on where the journal ends."""
        self.writer.start()
        room = self.writer.book.state_of_room
        if room is None:
            opening = rc.OpenRoom(
                rehearsal=self.plan.rehearsal,
                room=self.plan.room,
                name=self.plan.name,
                seats=tuple(seat.cell() for seat in self.plan.seats),
                public_key=self.keys.signer.public_key.hex(),
            )
            await self.writer.run(lambda page: page.act_room(opening, SYSTEM))
        await self._say_recovered()
        await self.presence.begin()
        self.reactions.start()
        self.checkpoints.start()
        self.writing.start()

    async def _say_recovered(self) -> None:
        """After a restore the journal itself says so, once."""
        told = recovered(self.store)
        if told is None:
            return
        command = rc.RecoverJournal(
            int(told["position"]), told["made_at"], told.get("first", ""), told.get("second", "")
        )

        def work(page: Page) -> None:
            page.act_room(command, SYSTEM)
            page.due.add(ROOM)
            page.also(lambda tx: tx.delete_setting(RECOVERED))

        await self.writer.run(work)

    async def end(self) -> None:
        """Finish what is under way; what was promised is on the disk afterwards."""
        await self.writing.stop()
        await self.reactions.stop()
        await self.checkpoints.stop()
        await self.writer.stop()


def open_services(
    plan: RoomPlan,
    keys: RoomKeys,
    store: Store,
    blobs: Blobs,
    clock: Clock,
    randomness: Randomness,
    data: Path,
    templates: TemplateVault,
    *,
    finder: FaceFinder | None = None,
    authority: Authority | None = None,
    hasher: PasswordHasher | None = None,
    checkpoint_s: float = INTERVAL_S,
) -> Services:
    """Wire a room over its store; `data` is its private folder, `templates` seals faces,
    `finder` seeks one among those expected (none: that is not offered), `authority` signs for an encrypted line
    (none: the line is plain, which is for one machine alone).

    Raises `RoomRefusal` where the data are another's."""
    clock = WallClock(clock, plan.utc_offset_min)
    book = read_book(store)
    room = book.state_of_room
    if room is not None:
        _check_same(plan, keys, room.public_key, room.rehearsal, room.room, room.seats)
    memory = Memory()
    writer = Writer(store, clock, keys.signer, book)
    vault = Vault(store, keys.vault, keys.lookup, randomness)
    register = FaceRegister(store, vault, templates)
    references = References(vault, register)
    enrolment = Enrolment(writer, vault, register, plan, randomness)
    kiosk = Kiosk(plan, vault, references, memory, clock, randomness)
    recordings = RecordingStore(writer, data / "recordings", keys.recordings, plan.recording.warn_hours)
    scratch, written = data / "scratch", written_evidence(store)
    papers = Papers(store, blobs, keys, vault, clock, randomness, scratch, recordings.lists, written)
    feed = Feed(writer, store)
    presence = Presence(writer)
    seeds = Seeds(writer, store, vault, randomness)
    scans = Scans(writer, store, blobs, data / "scans")
    portraits = Portraits(writer, store, vault, plan)
    logins = Logins(writer, store, clock, hasher or PasswordHasher())
    signing = SigningDesk(plan, writer, store, blobs, keys, vault, clock, randomness)
    reactions = Reactions(writer, memory, papers, signing, seeds, enrolment, portraits, scans, clock, randomness)
    return Services(
        plan=plan,
        keys=keys,
        authority=authority,
        clock=clock,
        randomness=randomness,
        store=store,
        blobs=blobs,
        memory=memory,
        writer=writer,
        sessions=Sessions(
            writer, store, clock, randomness, keys.lookup, changed=feed.wake, mark=authority.mark if authority else ""
        ),
        logins=logins,
        vault=vault,
        references=references,
        enrolment=enrolment,
        kiosk=kiosk,
        search=ExpectedSearch(writer, references, vault, kiosk, finder if plan.privacy.search else None, clock),
        door=Door(writer, memory, kiosk, Offers(keys.vault, randomness), logins, clock),
        importing=Importing(writer, blobs, vault, keys, plan, randomness, data / "incoming"),
        scans=scans,
        platform=Platform(writer, blobs, data / "platform", data / "scratch"),
        recordings=recordings,
        keeping=Keeping(
            writer,
            Expiry(writer, store, keys.signer, data / "recordings", plan.recording.keep_days),
            recordings,
            logins,
            clock,
        ),
        drafts=Drafts(writer, store, clock),
        papers=papers,
        signing=signing,
        seeds=seeds,
        reactions=reactions,
        presence=presence,
        feed=feed,
        signals=Signals(clock, feed.wake),
        checkpoints=Checkpoints(writer, store, reactions, checkpoint_s),
        writing=Writing(writer, clock, feed.wake, presence.catch_up),
    )


def _check_same(
    plan: RoomPlan, keys: RoomKeys, public_key: str, rehearsal: bool, room: str, seats: tuple[dict[str, object], ...]
) -> None:
    if public_key != keys.signer.public_key.hex():
        raise RoomRefusal("key_differs", "sign")
    same = (plan.rehearsal, plan.room) == (rehearsal, room)
    if not same or [seat.cell() for seat in plan.seats] != [dict(seat) for seat in seats]:
        raise RoomRefusal("plan_differs", "plan")
