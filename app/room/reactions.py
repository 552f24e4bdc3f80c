"""What the room does by itself, found from the state alone: it may be asked at any time, also after a restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM
from app.evaluation.decisions.election import tied_candidates
from app.evaluation.matters.agency_line import CloseLine, SettleLine, line_over
from app.evaluation.matters.agency_line import unsettled as line_unsettled
from app.evaluation.matters.blind import to_deal, to_open
from app.evaluation.matters.call import CloseCalls
from app.evaluation.matters.call import over as calls_over
from app.evaluation.matters.coefficients import DrawCoefficient
from app.evaluation.matters.coefficients import purpose_of as coefficient_purpose
from app.evaluation.matters.coefficients import running as coefficients
from app.evaluation.matters.demonstration import DrawOrder
from app.evaluation.matters.demonstration import purpose_of as order_purpose
from app.evaluation.matters.demonstration import running as orders
from app.evaluation.matters.ties import DrawTie
from app.evaluation.matters.ties import purpose_of as tie_purpose
from app.evaluation.matters.ties import running as tied_lots
from app.evaluation.matters.watching import CloseWatching, Watching
from app.evaluation.matters.watching import over as watching_over
from app.evaluation.model import Evaluation
from app.evaluation.room import commands as rc
from app.evaluation.room.model import Draw, DrawStage
from app.evaluation.stages import LotStage
from app.journal.recipients import public_key_of
from app.ports.ambient import Clock, Randomness
from app.ports.store import StoreFault
from app.room import draws, sheets
from app.room.bugs import log_bug
from app.room.enrolment import Enrolment
from app.room.memory import Memory
from app.room.papers import Papers
from app.room.portraits import Portraits
from app.room.scans import Scans
from app.room.seeds import Seeds
from app.room.signing import SigningDesk
from app.room.streams import ROOM, Book, Line, Page
from app.room.writer import Writer

log = logging.getLogger(__name__)

RETRY_S = 5.0
"""How long a reaction that failed (a full disk, say) waits before it is tried again."""

_SHEETS_AHEAD = frozenset(
    {
        LotStage.ELECTING,
        LotStage.REVIEWING,
        LotStage.REVIEWED,
        LotStage.TALKING,
        LotStage.MARKING,
        LotStage.UNSEALING,
        LotStage.ACCOMPANYING,
        LotStage.OPENED,
        LotStage.CHECKING,
    }
)
"""Stages in or behind which a sheet may still be sealed, so that a sealing key must be on offer."""

Deed = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Reaction:
    """Something due: a name by which a failed one is remembered, and the deed."""

    name: str
    deed: Deed


class Reactions:
    """Looks after every batch whether something is due, does it, and looks again until nothing is."""

    def __init__(
        self,
        writer: Writer,
        memory: Memory,
        papers: Papers,
        signing: SigningDesk,
        seeds: Seeds,
        enrolment: Enrolment,
        portraits: Portraits,
        scans: Scans,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._writer = writer
        self._memory = memory
        self._papers = papers
        self._signing = signing
        self._seeds = seeds
        self._enrolment = enrolment
        self._portraits = portraits
        self._scans = scans
        self._clock = clock
        self._randomness = randomness
        self._wake = asyncio.Event()
        self._where: set[str] | None = None
        """The evaluations at which to look next; None: at everything."""
        self._task: asyncio.Task[None] | None = None
        self._failed: dict[str, float] = {}
        self._ending = False
        writer.listeners.append(self._woken)

    def start(self) -> None:
        """Begin; the first look comes at once."""
        self._wake.set()
        self._task = asyncio.create_task(self._loop(), name="reactions")

    async def stop(self) -> None:
        """End after the deed at hand."""
        self._ending = True
        self._wake.set()
        if self._task is not None:
            await self._task
            self._task = None

    def look(self, stream: str = ROOM) -> None:
        """Look again: the memory was refilled, or time has passed. What concerns one evaluation alone is found by
        looking at that; with hundreds of seats each look at everything would hold up the answers."""
        if stream == ROOM:
            self._where = None
        elif self._where is not None:
            self._where.add(stream)
        self._wake.set()

    def _woken(self, lines: list[Line]) -> None:
        for stream in {line.entry.stream for line in lines}:
            self.look(stream)

    async def _loop(self) -> None:
        while not self._ending:
            await self._wake.wait()
            self._wake.clear()
            where, self._where = self._where, set()
            try:
                while not self._ending and (reaction := self._next(where)) is not None:
                    await self._try(reaction)
            except Exception as bug:  # one look's mistake must not end all looking
                log_bug(log, "looking for what is due", bug)
                self._where = None

    def _next(self, where: set[str] | None) -> Reaction | None:
        now = self._clock.monotonic()
        again = any(at <= now for at in self._failed.values())
        for reaction in self.due(self._writer.book, None if again else where):
            if self._failed.get(reaction.name, now) <= now:
                return reaction
        # What had failed, may be tried again, and is not due any more, was settled by somebody else.
        self._failed = {name: at for name, at in self._failed.items() if at > now}
        return None

    async def _try(self, reaction: Reaction) -> None:
        try:
            await reaction.deed()
            self._failed.pop(reaction.name, None)
        except Exception as error:
            # Nothing is lost: what is due stays due, and is tried again.
            if isinstance(error, StoreFault):
                log.warning("not done yet: %s, code=%s", reaction.name, error.code)
            else:
                log_bug(log, reaction.name, error)
            self._failed[reaction.name] = self._clock.monotonic() + RETRY_S

    # --- what is due

    def due(self, book: Book, where: set[str] | None = None) -> Iterator[Reaction]:
        """Everything that the room has to do now, the first first; of the evaluations, in those named."""
        if book.state_of_room is None:
            return
        evaluations = [state for stream, state in book.evaluations.items() if where is None or stream in where]
        for state in evaluations:
            if not state.closed:
                yield from self._of_rounds(state)
                yield from self._of_codes(state)
            if calls_over(state):
                act = partial(Page.act, stream=state.stream, command=CloseCalls(), actor=SYSTEM)
                yield Reaction(f"calls {state.stream}", partial(self._writer.run, act))
            if line_over(state) or line_unsettled(state):
                line = CloseLine("closed") if line_over(state) else SettleLine()
                act = partial(Page.act, stream=state.stream, command=line, actor=SYSTEM)
                yield Reaction(f"line {state.stream}", partial(self._writer.run, act))
            if not state.closed:
                yield from self._of_watching(book, state)
        for draw in book.room.draws.values():
            yield from self._of_draw(book, draw)
        for state in evaluations:
            yield from self._of_papers(book, state) if state.closed else self._of_evaluation(book, state)
        yield from self._to_forget(book)

    def _of_watching(self, book: Book, state: Evaluation) -> Iterator[Reaction]:
        """Who may watch no more, and machines that are away or at which somebody else or nobody is logged in."""
        here = {device: post["role"] for device, post in book.room.posts.items() if book.room.devices[device].connected}
        now = state.memory(Watching).now.values()
        gone = tuple(one.device for one in now if here.get(one.device) != one.role.value)
        if gone or watching_over(state):
            act = partial(Page.act, stream=state.stream, command=CloseWatching(gone), actor=SYSTEM)
            yield Reaction(f"watching {state.stream}", partial(self._writer.run, act))

    def _to_forget(self, book: Book) -> Iterator[Reaction]:
        """Faces, pictures, and scans that nobody named."""
        now = self._clock.now()
        for digest in self._scans.unnamed(book, now):
            yield Reaction(f"scan {digest}", partial(self._scans.drop, digest, now))
        for expert, why in self._enrolment.due(book, now):
            yield Reaction(f"forget {expert}", partial(self._enrolment.forget_due, expert, why))
        for stream in self._portraits.due(book, now):
            yield Reaction(f"portraits {stream}", partial(self._portraits.forget, stream))

    def _of_rounds(self, state: Evaluation) -> Iterator[Reaction]:
        stream = state.stream
        ahead = any(lot.stage in _SHEETS_AHEAD for lot in state.lots.values())
        newest = next(reversed(state.sealing_keys), None)
        if state.committee and ahead and newest not in self._memory.sealing:
            yield Reaction(f"key {stream}", partial(self._offer_key, stream))
        for lot, found in sheets.closed_rounds(state):
            if sheets.can_open(self._memory, state, lot, found):
                work = partial(
                    sheets.open_round, memory=self._memory, stream=stream, lot=lot, kind=found.kind, number=found.number
                )
                yield Reaction(f"open {stream} {lot} {found.kind}", partial(self._writer.run, work))

    def _of_codes(self, state: Evaluation) -> Iterator[Reaction]:
        for lot in to_deal(state):
            yield Reaction(f"codes {state.stream} {lot}", partial(self._seeds.deal, state.stream, lot))
        for lot in to_open(state):
            yield Reaction(f"codes opened {state.stream} {lot}", partial(self._seeds.open, state.stream, lot))

    def _of_orders(self, book: Book, state: Evaluation, idle: bool) -> Iterator[Reaction]:
        """Orders among bids, of those that are tied and of demonstrations, and among a coefficient's values."""
        for of_lot, draw in coefficients(state):
            value = partial(DrawCoefficient, of_lot.lot.id, draw.id)
            purpose = coefficient_purpose(of_lot.lot.id, draw.id)
            yield from self._of_order(book, state, purpose, draw.values, value, idle)
        for lot, bids in tied_lots(state):
            tied = partial(DrawTie, lot)
            yield from self._of_order(book, state, tie_purpose(lot, bids), bids, tied, idle)
        for lot, phase, bids in orders(state):
            shown = partial(DrawOrder, lot, phase)
            yield from self._of_order(book, state, order_purpose(lot, phase), bids, shown, idle)

    def _of_order(
        self,
        book: Book,
        state: Evaluation,
        purpose: str,
        items: tuple[str, ...],
        outcome: Callable[[dict[str, Any]], c.Command],
        idle: bool,
    ) -> Iterator[Reaction]:
        found, name = book.room.latest_draw(purpose, state.stream), f"{purpose} {state.stream}"
        if found is None and idle:
            core = {"kind": "order", "items": list(items)}
            call = partial(draws.call, purpose=purpose, streams=(state.stream,), core=core, actor=SYSTEM)
            yield Reaction(name, partial(self._writer.run, call))
        elif found is not None and found.transcript is not None:
            act = partial(Page.act, stream=state.stream, command=outcome(found.transcript), actor=SYSTEM)
            yield Reaction(f"{name} drawn", partial(self._writer.run, act))

    def _of_draw(self, book: Book, draw: Draw) -> Iterator[Reaction]:
        lost = draw.stage is DrawStage.SEALED and draw.number not in self._memory.transcripts
        nonces = draws.nonces_of(self._memory, draw)
        if nonces is not None and (draw.stage is DrawStage.COMPUTING or lost):
            yield Reaction(f"compute {draw.number}", partial(self._compute, draw, nonces))
        if draw.stage is DrawStage.SEALED and not lost and self._is_used(book, draw):
            yield Reaction(f"open draw {draw.number}", partial(self._open_draw, draw.number))

    def _is_used(self, book: Book, draw: Draw) -> bool:
        """Whether the secrets of a sealed draw are of no use any more."""
        if not draw.accepted:
            return False
        if draw.purpose not in (draws.SLOTS, draws.ALIASES):
            return True
        return all(book.evaluations[stream].committee for stream in draw.streams)

    def _of_evaluation(self, book: Book, state: Evaluation) -> Iterator[Reaction]:
        stream = state.stream
        idle = all(
            draw.stage in (DrawStage.SEALED, DrawStage.OPENED, DrawStage.CANCELLED) for draw in book.room.draws.values()
        )
        slots = book.room.latest_draw(draws.SLOTS, stream)
        aliases = book.room.latest_draw(draws.ALIASES, stream)
        usable = slots is not None and slots.accepted
        if idle and usable and aliases is None:
            yield Reaction(f"aliases {stream}", partial(self._writer.run, partial(draws.call_aliases, stream=stream)))
        pair = draws.drawn(book.room, stream)
        known = pair is not None and all(d.transcript or d.number in self._memory.transcripts for d in pair)
        if pair is not None and known and any(draw.number not in state.draws for draw in pair):
            yield Reaction(f"slots {stream}", partial(self._writer.run, partial(self._allot, stream)))
        tied = tied_candidates(state)
        chair = draws.lot_at_hand(book.room, state)
        if tied and chair is None and idle:
            work = partial(draws.call_chair, stream=stream, tied=tied)
            yield Reaction(f"chair {stream}", partial(self._writer.run, work))
        if tied and chair is not None and chair.transcript is not None:
            command = c.DrawChair(chair.transcript)
            yield Reaction(
                f"chair drawn {stream}", partial(self._writer.run, lambda page: page.act(stream, command, SYSTEM))
            )
        yield from self._of_orders(book, state, idle)
        for lot_id, lot in state.lots.items():
            if lot.stage is LotStage.REPORTING:
                yield Reaction(f"report {stream} {lot_id}", partial(self._report, stream, lot_id))
        for lot_id in self._signing.to_open(state):
            yield Reaction(f"signing {stream} {lot_id}", partial(self._signing.open, stream, lot_id))

    def _of_papers(self, book: Book, state: Evaluation) -> Iterator[Reaction]:
        numbers = [draw.number for draw in book.room.draws.values() if state.stream in draw.streams]
        opened = all(book.room.draws[number].stage in (DrawStage.OPENED, DrawStage.CANCELLED) for number in numbers)
        if opened:
            for lot in self._papers.missing_evidence(state):
                yield Reaction(f"evidence {state.stream} {lot}", partial(self._evidence, state, lot))

    # --- deeds

    async def _offer_key(self, stream: str) -> None:
        private = self._randomness.token_bytes(32)
        key_id, public = self._randomness.token_bytes(8).hex(), public_key_of(private).hex()
        # In memory before it is on offer: a seat may answer as soon as it sees the key.
        self._memory.sealing[key_id] = private
        await self._writer.run(lambda page: page.act(stream, c.OfferSealingKey(key_id, public), SYSTEM))

    async def _compute(self, draw: Draw, nonces: dict[str, bytes]) -> None:
        transcript = await asyncio.to_thread(draws.compute, draw, nonces)
        work = partial(draws.seal_outcome, memory=self._memory, number=draw.number, transcript=transcript)
        await self._writer.run(work)

    async def _open_draw(self, number: int) -> None:
        transcript = self._memory.transcripts[number]

        def work(page: Page) -> None:
            if page.book.room.draws[number].stage is DrawStage.SEALED:
                page.act_room(rc.OpenDraw(number, transcript), SYSTEM)

        await self._writer.run(work)
        self._memory.forget_draw(number)

    def _allot(self, stream: str, page: Page) -> None:
        pair = draws.drawn(page.book.room, stream)
        if pair is None:
            return
        slots, aliases = pair
        seating = draws.transcript_of(self._memory, slots)["seating"]
        name = draws.short(stream)
        mine = [slot for slot in seating if slot.rpartition("-")[0] == name]
        mine.sort(key=lambda slot: int(slot.rpartition("-")[2]))
        hashes = (slots.transcript_hash or "", aliases.transcript_hash or "")
        page.act(stream, c.AllotSlots(slots.number, hashes[0], aliases.number, hashes[1], tuple(mine)), SYSTEM)

    async def _report(self, stream: str, lot: str) -> None:
        book = self._writer.book
        made, pages = await asyncio.to_thread(self._papers.report, book, stream, lot)
        await self._writer.run(lambda page: self._papers.issue(page, stream, lot, made, pages))

    async def _evidence(self, state: Evaluation, lot: str) -> None:
        await self._papers.close_names(self._writer, state)
        digest = await asyncio.to_thread(self._papers.evidence, state, lot)
        await self._writer.run(lambda page: self._papers.keep_evidence(page, state, lot, digest))
