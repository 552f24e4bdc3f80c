"""Seeking somebody without a readable document by face among those expected today (1:N): two people decide.

Law: nobody comes in by this alone, and the kiosk learns nothing from it until two people have decided: no name, and not
whether anyone was found. So the faces of those expected never leave the room; the kiosk hands over one picture, the
room compares, and asks the two to look at that picture beside the portrait on the list. A picture that two may already
have looked at is never replaced by another. The picture is kept as those of any doubt are: in memory, as long as they
decide.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.decisions.gathering import is_late
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.stages import MemberStage
from app.journal import timestamp
from app.ports.ambient import Clock
from app.ports.face import Candidate, FaceFinder, FaceVerdict, Search, Template
from app.room import bodies as b
from app.room.attempts import Attempts
from app.room.kiosk import Kiosk
from app.room.references import Reads, References
from app.room.refusal import RoomRefusal
from app.room.sightings import read_picture
from app.room.streams import Page
from app.room.vault import Vault
from app.room.writer import Writer

WHAT = "found"
_MOST, _WITHIN_S = 6, 300.0
"""How often a kiosk may have a face sought: a person without a card is rare, and nobody is to try faces out."""
_LONGEST = 200


@dataclass(frozen=True)
class Asked:
    """What a kiosk asks: the picture, and its sentences for the journal."""

    live: bytes
    reason: str
    late: str


class ExpectedSearch:
    """Answers with a ticket, always; whoever was found is asked for at the consoles."""

    def __init__(
        self,
        writer: Writer,
        references: References,
        vault: Vault,
        kiosk: Kiosk,
        finder: FaceFinder | None,
        clock: Clock,
    ) -> None:
        self._writer = writer
        self._references = references
        self._vault = vault
        self._kiosk = kiosk
        self._finder = finder
        self._clock = clock
        self._attempts = Attempts(clock, _MOST, _WITHIN_S)
        self._one_by_one = asyncio.Lock()

    @property
    def offered(self) -> bool:
        """Whether this room seeks anyone: the centre wants it, and the models are there."""
        return self._finder is not None

    async def seek(self, actor: Actor, shown: b.FaceShown) -> str:
        """Seek the face; returns a ticket to ask again with. Raises `Refused` `bad_value`,
        `RoomRefusal` `not_offered` or `too_many_attempts`."""
        if self._finder is None:
            raise RoomRefusal("not_offered", "search")
        asked = Asked(read_picture(shown.live, "$.live"), shown.reason.strip(), shown.late.strip())
        for name, text in (("reason", asked.reason), ("late", asked.late)):
            if not 0 < len(text) <= _LONGEST:
                raise Refused("bad_value", f"$.{name}")
        self._attempts.check(actor.device or "")
        self._attempts.count(actor.device or "")
        finder = self._finder
        async with self._one_by_one:  # the models work on all cores already
            gallery = await self._writer.run(lambda page: self._gallery(page, finder))
            search = await asyncio.to_thread(finder.find, asked.live, gallery)
        return await self._writer.run(lambda page: self._note(page, actor, asked, search))

    def _gallery(self, page: Page, finder: FaceFinder) -> dict[str, Template | bytes]:
        """References of those expected today, by the members' references. Two people must be able to compare: whoever
        has no portrait on the list is not sought."""
        reads = Reads(finder.reads.model, finder.reads.version)
        portraits = self._vault.with_portraits()
        gallery: dict[str, Template | bytes] = {}
        for state, person in self._kiosk.expected(page.book):
            if person.ref in portraits.get(state.stream, frozenset()):
                found = self._references.of(page.book, person.ref, reads)
                if found is not None and (face := found.template or found.picture) is not None:
                    gallery[person.ref] = face
        return gallery

    def _note(self, page: Page, actor: Actor, asked: Asked, search: Search) -> str:
        """The entry of the search, the request of who was found, and the ticket."""
        best = next(iter(search.outcome.candidates), None)
        found = best is not None and search.outcome.verdict is FaceVerdict.SAME
        margin = search.outcome.margin
        score = None if best is None else f"{best.score:.4f}"
        lead = None if margin is None else f"{margin:.4f}"
        page.act_room(rc.SearchExpected(search.compared, found, score, lead, search.engine), actor)
        subject = self._request(page, actor, asked, best, margin) if found and best is not None else None
        return self._kiosk.hand_blind_ticket(page, actor, subject)

    def _request(
        self, page: Page, actor: Actor, asked: Asked, best: Candidate, margin: float | None
    ) -> tuple[str, str] | None:
        """Ask two people to look; None where that may not be asked now."""
        expected = ((state, person) for state, person in self._kiosk.expected(page.book) if person.ref == best.id)
        state, _ = next(expected, (None, None))
        if state is None or state.members[best.id].stage is not MemberStage.EXPECTED:
            return None  # checked in by the document meanwhile
        subject = (state.stream, WHAT, best.id)
        pending = state.releases.get((WHAT, best.id))
        if pending is not None and (pending.approvals or self._kiosk.sightings.of(subject) is not None):
            return None
        if pending is None:
            late = is_late(state, timestamp(self._clock.now()))
            lead = "" if margin is None else f", +{margin:.2f}"
            reason = f"{asked.late}; {asked.reason}" if late else asked.reason
            page.act(state.stream, c.RequestRelease(WHAT, best.id, f"{reason} ({best.score:.2f}{lead})"), actor)
        page.afterwards(lambda: self._kiosk.sightings.keep(subject, asked.live, None))
        return state.stream, best.id
