"""Importing a package: checked whole, then files, persons and the first entries; of a refused one nothing is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.evaluation import codec
from app.evaluation import commands as c
from app.evaluation.matters.replacement.records import AddMembers
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.exchange.members import PackageMember
from app.exchange.package import MANIFEST, Package, read_package
from app.exchange.refusal import PackageRefusal
from app.exchange.supplement import Heading, Supplement, read_heading, read_supplement
from app.ports.ambient import Randomness
from app.ports.store import Blobs, StoreFault
from app.room.actors import Caller, actor_here
from app.room.draws import aliases_of
from app.room.incoming import Incoming
from app.room.keys import RoomKeys
from app.room.plan import RoomPlan
from app.room.refusal import RoomRefusal
from app.room.streams import Page
from app.room.vault import AUTHORISATION, PORTRAIT, Person, Vault
from app.room.writer import Writer
from app.rules import ruleset_to_json, tender_to_json
from app.rules.model import BidFile, Party, Tender

Json = dict[str, Any]

MOST_BYTES = 33 << 30
"""Most that the body of an import may have; the package's own limits are checked inside."""


class Importing:
    """Takes packages from the centre's console."""

    def __init__(
        self,
        writer: Writer,
        blobs: Blobs,
        vault: Vault,
        keys: RoomKeys,
        plan: RoomPlan,
        randomness: Randomness,
        incoming: Path,
    ) -> None:
        self._writer = writer
        self._blobs = blobs
        self._vault = vault
        self._keys = keys
        self._plan = plan
        self._randomness = randomness
        self._incoming = Incoming(incoming)

    async def take(self, caller: Caller, body: AsyncIterator[bytes]) -> Json:
        """Import what `body` yields, an evaluation or a supplementary list of members; returns the stream that it
        belongs to, the position of its last entry, and `what` it was."""
        if actor_here(self._writer.book, caller).role is not Party.CENTRE:
            raise RoomRefusal("not_permitted", "packages")
        async with self._incoming.received(body, MOST_BYTES, "package", ".zip") as path:
            heading = await asyncio.to_thread(read_heading, path)
            if heading is not None:
                return await self._supplement(caller, heading, path)
            package = await asyncio.to_thread(read_package, path)
            if package.rehearsal and not self._writer.book.room.rehearsal:
                raise RoomRefusal("rehearsal_only", "package.json $.rehearsal")
            kept = await asyncio.to_thread(self._keep_files, package)
            try:
                return await self._open(caller, package)
            except BaseException:
                await asyncio.to_thread(self._drop, kept)
                raise

    async def _supplement(self, caller: Caller, heading: Heading, path: Path) -> Json:
        """Take in the supplementary list of an evaluation that is on."""
        evaluations = self._writer.book.evaluations.values()
        on = [state for state in evaluations if state.package == heading.package and not state.closed]
        if not on or heading.rehearsal != on[-1].rehearsal:
            raise PackageRefusal("other_evaluation", f"{MANIFEST} $.package")
        state = on[-1]
        supplement = await asyncio.to_thread(read_supplement, path, heading, state.ruleset, state.tender)
        refs = self._refs(supplement.members)
        papers = await asyncio.to_thread(_papers, supplement)

        def work(page: Page) -> Json:
            sealed = _sealed(supplement.members, refs)
            aliases = aliases_of(page.book.room, state.stream)
            if aliases is not None and len(page.evaluation(state.stream).members) + len(sealed) > aliases:
                raise Refused("no_slot_left", state.stream, slots=str(aliases - len(state.members)))
            added = AddMembers(sealed, supplement.members_hash, supplement.reason)
            page.act(state.stream, added, actor_here(page.book, caller))
            for member in supplement.members:
                self._put(page, _person(state.stream, refs[member.id], member), papers[member.id])
            return {"stream": state.stream, "position": page.book.position, "what": "members"}

        return await self._writer.run(work)

    def _refs(self, members: tuple[PackageMember, ...]) -> dict[str, str]:
        """A reference by chance for each member, which tells nothing."""
        return {member.id: self._randomness.token_bytes(8).hex() for member in members}

    def _keep_files(self, package: Package) -> list[str]:
        """Keep the files of tender and bids; returns those that were not there before."""
        fresh: list[str] = []
        try:
            with package.reader() as read:
                for file in files_of(package.tender):
                    if self._blobs.has(file.sha256):
                        continue
                    with read(file.path) as stream:
                        digest = self._blobs.put(stream, limit=file.bytes)
                    fresh.append(digest)
                    if digest != file.sha256:
                        raise RoomRefusal("bad_request", file.path)
        except BaseException:
            self._drop(fresh)
            raise
        return fresh

    def _drop(self, digests: list[str]) -> None:
        with suppress(StoreFault):
            for digest in digests:
                self._blobs.delete(digest)

    async def _open(self, caller: Caller, package: Package) -> Json:
        refs = self._refs(package.members)
        papers = await asyncio.to_thread(_papers, package)

        def work(page: Page) -> Json:
            actor = actor_here(page.book, caller)
            stream = f"evaluation/ev{len(page.book.room.evaluations) + 1}"
            page.act_room(rc.ImportEvaluation(stream, package.hash), actor)
            page.act(stream, self._command(page, package, refs), actor)
            for member in package.members:
                self._put(page, _person(stream, refs[member.id], member), papers[member.id])
            return {"stream": stream, "position": page.book.position, "what": "evaluation"}

        return await self._writer.run(work)

    def _put(self, page: Page, person: Person, papers: dict[str, bytes]) -> None:
        page.also(lambda tx: self._vault.put(tx, person, papers))
        page.afterwards(lambda: self._vault.add_to_index(person, portrait=PORTRAIT in papers))

    def _command(self, page: Page, package: Package, refs: dict[str, str]) -> c.OpenEvaluation:
        entitled = [{"holder": one.holder, "key": one.key} for one in self._plan.entitled]
        return c.OpenEvaluation(
            rehearsal=page.book.room.rehearsal,
            package=package.hash,
            ruleset_hash=package.ruleset_hash,
            ruleset=ruleset_to_json(package.ruleset),
            tender=tender_to_json(package.tender),
            members=_sealed(package.members, refs),
            members_hash=package.members_hash,
            entitled=({"holder": "room", "key": self._keys.names_public.hex()}, *entitled),
        )


def _papers(package: Package | Supplement) -> dict[str, dict[str, bytes]]:
    """Portraits and letters by the member's id in the list."""
    found: dict[str, dict[str, bytes]] = {}
    with package.reader() as read:
        for member in package.members:
            named = {PORTRAIT: member.portrait, AUTHORISATION: member.authorisation}
            found[member.id] = {}
            for kind, path in named.items():
                if path is not None:
                    with read(path) as stream:
                        found[member.id][kind] = stream.read()
    return found


def _sealed(members: tuple[PackageMember, ...], refs: dict[str, str]) -> tuple[Json, ...]:
    """In the order of their references, which are chance, so that the order of the list tells nothing."""
    return tuple(codec.to_json(m) for m in sorted((m.sealed(refs[m.id]) for m in members), key=lambda m: m.ref))


def files_of(tender: Tender) -> list[BidFile]:
    """Every file that the committee may have to read: tender documents, bids, signed qualification papers."""
    files = list(tender.documents)
    for lot in tender.lots:
        if lot.qualification is not None:
            files.append(lot.qualification.paper)
        for bid in lot.bids:
            files += bid.files
    return files


def _person(stream: str, ref: str, member: PackageMember) -> Person:
    return Person(stream, ref, member.name, member.document, member.employer, member.specialities, member.phone)
