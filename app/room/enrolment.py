"""The enrolment desk: consent, two people, and forgetting, each with its entry and in one transaction with the disk."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import datetime, timedelta

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.room.model import EnrolledFace, FaceStage, Forgetting
from app.journal import timestamp
from app.ports.ambient import Randomness
from app.ports.face import FaceVerdict, Template
from app.room import bodies as b
from app.room.actors import Caller, actor_here
from app.room.consent import is_current
from app.room.plan import RoomPlan
from app.room.refusal import RoomRefusal
from app.room.register import FaceRegister
from app.room.streams import ROOM, Book, Page
from app.room.vault import Vault
from app.room.writer import Writer
from app.rules.model import Party

CONFIRM_WITHIN = timedelta(minutes=30)
"""How long a proposal waits for the second person: the expert stands there."""
MOST_BYTES = 8192
"""Most bytes of a template; ours has 1,024."""

AT_THE_DESK = frozenset({Party.CENTRE, Party.WITNESS})


class Enrolment:
    """What the desk asks of the room; the room trusts the enrolled machine that the template is the live face's."""

    def __init__(
        self, writer: Writer, vault: Vault, register: FaceRegister, plan: RoomPlan, randomness: Randomness
    ) -> None:
        self._writer = writer
        self._vault = vault
        self._register = register
        self._plan = plan
        self._randomness = randomness

    def check(self, caller: Caller) -> Actor:
        """Who asks at the desk; raises `RoomRefusal` `not_permitted` for everybody else."""
        actor = actor_here(self._writer.book, caller)
        if actor.role not in AT_THE_DESK:
            raise RoomRefusal("not_permitted", "faces", denied=True)
        return actor

    async def find(self, caller: Caller, asked: b.FaceSought) -> b.FaceFound:
        """Whether the holder of a document is enrolled; what is found is a look, and an entry."""
        self.check(caller)
        digest = self._digest(asked.document)

        def work(page: Page) -> b.FaceFound:
            found = [e for e in self._register.experts_of(digest) if e in page.book.room.faces]
            for expert in found:
                page.act_room(rc.LookAtFace(expert, "desk"), actor_here(page.book, caller))
            return b.FaceFound(tuple(found), bool(self._expected(page.book, digest)))

        return await self._writer.run(work)

    async def propose(self, caller: Caller, asked: b.FaceProposal) -> b.FaceKept:
        """The first person: keep the template, sealed, until a second one confirms it."""
        if self.check(caller).role is not Party.CENTRE:
            raise RoomRefusal("not_permitted", "faces", denied=True)
        digest, template = self._digest(asked.document), _template(asked.template)
        if asked.verdict != FaceVerdict.CONFIRM.value:
            raise Refused("not_alike", "$.verdict")
        if not is_current(self._plan, asked.consent.version, asked.consent.sha256):
            raise Refused("consent_changed", "$.consent")

        def work(page: Page) -> b.FaceKept:
            days = self._plan.privacy.face_days
            if not days and not self._expected(page.book, digest):
                raise Refused("on_no_list", "$.document")
            until = timestamp(datetime.fromisoformat(page.at) + timedelta(days=days)) if days else ""
            expert = self._randomness.token_bytes(8).hex()
            command = rc.ProposeFace(
                expert,
                template.model,
                template.version,
                asked.score,
                asked.engine,
                asked.consent.version,
                asked.consent.sha256,
                until,
            )
            page.act_room(command, actor_here(page.book, caller))
            self._replace(page, digest, FaceStage.PROPOSED, expert)
            self._register.put(page, expert, digest, template)
            return b.FaceKept(expert, until)

        return await self._writer.run(work)

    async def confirm(self, caller: Caller, asked: b.FaceConfirmation) -> b.FaceKept:
        """The second person, who has seen the expert and the same document."""
        self.check(caller)
        digest = self._digest(asked.document)

        def work(page: Page) -> b.FaceKept:
            if asked.expert in page.book.room.faces and self._register.digest_of(asked.expert) != digest:
                raise Refused("other_card", "$.document")
            page.act_room(rc.ConfirmFace(asked.expert, asked.reason), actor_here(page.book, caller))
            self._replace(page, digest, FaceStage.ENROLLED, asked.expert)
            return b.FaceKept(asked.expert, page.book.room.faces[asked.expert].until)

        return await self._writer.run(work)

    async def forget(self, caller: Caller, asked: b.FaceForgotten) -> b.Nothing:
        """At the expert's wish, or because the second person does not confirm."""
        self.check(caller)

        def work(page: Page) -> b.Nothing:
            self._forget(page, asked.expert, asked.why, asked.reason, actor_here(page.book, caller))
            return b.Nothing()

        return await self._writer.run(work)

    # --- what the room forgets by itself

    def due(self, book: Book, now: datetime) -> Iterator[tuple[str, Forgetting]]:
        """Templates whose time is over, with the reason."""
        for face in book.room.faces.values():
            why = self._over(book, face, now)
            if why is not None:
                yield face.expert, why

    async def forget_due(self, expert: str, why: Forgetting) -> None:
        """Delete one of them."""

        def work(page: Page) -> None:
            if expert in page.book.room.faces:
                self._forget(page, expert, why.value, "", SYSTEM)

        await self._writer.run(work)

    def _over(self, book: Book, face: EnrolledFace, now: datetime) -> Forgetting | None:
        if face.stage is FaceStage.PROPOSED and now - datetime.fromisoformat(face.proposed_at) >= CONFIRM_WITHIN:
            return Forgetting.UNCONFIRMED
        if face.until:
            return Forgetting.EXPIRED if now >= datetime.fromisoformat(face.until) else None
        digest = self._register.digest_of(face.expert)
        return None if digest is not None and self._expected(book, digest) else Forgetting.CLOSED

    def _replace(self, page: Page, digest: bytes, stage: FaceStage, by: str) -> None:
        """A fresh template of the same person takes the older one's place."""
        for expert in self._register.experts_of(digest):
            face = page.book.room.faces.get(expert)
            if expert != by and face is not None and face.stage is stage:
                self._forget(page, expert, Forgetting.REPLACED.value, "", SYSTEM)

    def _forget(self, page: Page, expert: str, why: str, reason: str, actor: Actor) -> None:
        page.act_room(rc.ForgetFace(expert, why, reason), actor)
        self._register.drop(page, expert)
        page.due.add(ROOM)  # the record of a deletion is signed at once

    def _expected(self, book: Book, digest: bytes) -> list[str]:
        """The open evaluations on whose list the person stands."""
        states = (book.evaluations.get(stream) for stream, _ in self._vault.found(digest))
        return [state.stream for state in states if state is not None and not state.closed]

    def _digest(self, document: str) -> bytes:
        if not document.strip():
            raise RoomRefusal("bad_request", "$.document")
        return self._vault.digest_of(document)


def _template(asked: b.FaceTemplate) -> Template:
    try:
        data = base64.b64decode(asked.data, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not 0 < len(data) <= MOST_BYTES or not asked.model or asked.version < 1:
        raise RoomRefusal("bad_request", "$.template")
    return Template(asked.model, asked.version, data)
