"""Members sign the issued report at their seats: the room prepares what a key has to sign and checks what comes back.

Neither key nor PIN ever reaches the room. A certificate belongs to a member where an authority of the plan issued it
and it names whom the list of members names; that look is an entry.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.signatures import OpenSigning, Signing, SignReport, due, signing_of, to_open
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.replay import fold
from app.evaluation.room import commands as rc
from app.journal import entry_bytes, read_line, root_of
from app.ports.ambient import Clock, Randomness
from app.ports.store import Blobs, Store
from app.report import origin_of, report_data, signature_boxes
from app.room.actors import Caller, actor_here
from app.room.bodies import SignatureAsked, SignatureGiven, SignaturePrepared
from app.room.keys import RoomKeys
from app.room.plan import RoomPlan
from app.room.refusal import RoomRefusal
from app.room.streams import Page
from app.room.vault import Vault
from app.room.writer import Writer
from app.rules.model import Party
from app.signing import (
    BadCertificate,
    BadHandwriting,
    Box,
    Prepared,
    SigningRefused,
    Strokes,
    Unsupported,
    common_name,
    complete,
    fingerprint_of,
    mechanism,
    open_for_signing,
    prepare,
    read_certificates,
    trusted,
)

_MOST_CERTIFICATES = 6
_GRID = 10_000


@dataclass(frozen=True)
class _Pending:
    """What a seat was given to sign."""

    ticket: str
    stream: str
    lot: str
    alias: str
    base: str
    prepared: Prepared


class SigningDesk:
    """Opens reports for signing, and takes signatures; one at work for each seat, in memory alone."""

    def __init__(
        self,
        plan: RoomPlan,
        writer: Writer,
        store: Store,
        blobs: Blobs,
        keys: RoomKeys,
        vault: Vault,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._rule, self._writer, self._store, self._blobs = plan.signing, writer, store, blobs
        self._keys, self._vault, self._clock, self._randomness = keys, vault, clock, randomness
        self._authorities = _read(plan.signing.authorities)
        self._lists = tuple(bytes.fromhex(one) for one in plan.signing.revoked)
        self._pending: dict[str, _Pending] = {}

    # --- the room opens a report

    def to_open(self, state: Evaluation) -> tuple[str, ...]:
        """Lots whose report is due to be opened here; none where the plan names no authority."""
        return to_open(state) if self._authorities else ()

    async def open(self, stream: str, lot: str) -> None:
        """Make the fields of a report and enter it; nothing where it was done meanwhile."""
        issued = self._writer.book.evaluations[stream].lots[lot].report
        if issued is None:
            return
        made = await asyncio.to_thread(self._with_fields, stream, lot, issued.sha256)
        authorities = tuple(one.hex() for one in self._authorities)
        command = OpenSigning(lot, hashlib.sha256(made).hexdigest(), len(made), authorities, bool(self._lists))

        def work(page: Page) -> None:
            if lot in to_open(page.evaluation(stream)):
                page.act(stream, command, SYSTEM)

        await self._writer.run(work)

    def _with_fields(self, stream: str, lot: str, digest: str) -> bytes:
        """The report with a field in each member's cell, which the same data place again."""
        issued = self._content(digest)
        origin = origin_of(issued)
        if origin is None:
            raise RuntimeError("a report of this room says what it was made from")
        _, size, issued_at = origin
        entries = [read_line(row.body.encode(), row.seq) for row in self._store.entries(stream, limit=size)]
        state = fold(entries)
        if state is None:
            raise RuntimeError("a report is made from a journal")
        root = root_of(entry_bytes(entry) for entry in entries).hex()
        data = report_data(
            state,
            lot,
            room_name=self._writer.book.room.name,
            key_fingerprint=self._keys.fingerprint,
            journal=(size, root),
            issued_at=issued_at,
        )
        boxes = [Box(b.alias, b.page, b.left, b.bottom, b.width, b.height) for b in signature_boxes(data)]
        made = open_for_signing(issued, boxes)
        self._blobs.put(io.BytesIO(made))
        return made

    def _content(self, digest: str) -> bytes:
        with self._blobs.open(digest) as stream:
            return stream.read()

    # --- a member signs

    async def prepare(self, caller: Caller, stream: str, lot: str, asked: SignatureAsked) -> SignaturePrepared:
        """What this seat's key has to sign, on the newest revision."""
        _, actor, found = self._here(caller, stream, lot)
        alias = actor.alias or ""
        own, above, strokes = _certificates(asked)
        at = self._clock.now()
        await asyncio.to_thread(self._check, own, above, at)
        if not await self._writer.run(lambda page: self._is_named(page, stream, alias, own)):
            raise RoomRefusal("certificate_not_yours", "certificate", denied=True)
        base, _ = found.head
        prepared = await asyncio.to_thread(self._prepared, base, alias, own, above, at, strokes)
        ticket = self._randomness.token_bytes(16).hex()
        self._pending[caller.device] = _Pending(ticket, stream, lot, alias, base, prepared)
        return SignaturePrepared(ticket, prepared.to_sign.hex())

    async def complete(self, caller: Caller, stream: str, lot: str, given: SignatureGiven) -> None:
        """Put in the signature that the seat made and enter it; a refused one leaves nothing."""
        waiting = self._pending.get(caller.device)
        _, actor, _ = self._here(caller, stream, lot)
        place = (given.ticket, stream, lot, actor.alias or "")
        if waiting is None or (waiting.ticket, waiting.stream, waiting.lot, waiting.alias) != place:
            raise RoomRefusal("signature_expired", "ticket")
        try:
            made = await asyncio.to_thread(complete, waiting.prepared, _bytes(given.signature, "$.signature"))
        except SigningRefused as refused:
            raise RoomRefusal(_CODES[refused.part], "signature") from None
        own = waiting.prepared.certificate
        digest = await asyncio.to_thread(self._blobs.put, io.BytesIO(made))
        command = SignReport(lot, waiting.base, digest, len(made), mechanism(own), fingerprint_of(own))
        try:
            await self._writer.run(lambda page: page.act(stream, command, actor_here(page.book, caller, stream)))
        except BaseException:
            await asyncio.to_thread(self._blobs.delete, digest)
            raise
        finally:
            self._pending.pop(caller.device, None)

    def _here(self, caller: Caller, stream: str, lot: str) -> tuple[Evaluation, Actor, Signing]:
        """The member at this seat, whose signature is due."""
        book = self._writer.book
        state, actor = book.evaluations.get(stream), actor_here(book, caller, stream)
        if state is None or lot not in state.lots:
            raise RoomRefusal("not_found", "lot")
        if actor.role is not Party.MEMBER:
            raise RoomRefusal("not_permitted", "signature", denied=True)
        found = signing_of(state, lot)
        if found is None or actor.alias not in due(state, lot):
            raise Refused("signing_not_due", lot)
        return state, actor, found

    def _check(self, own: bytes, above: tuple[bytes, ...], at: datetime) -> None:
        try:
            trusted(own, above, self._authorities, at, self._lists)
        except BadCertificate as bad:
            raise RoomRefusal(_CERTIFICATE.get(bad.part, "certificate_unknown"), "certificate") from None

    def _is_named(self, page: Page, stream: str, alias: str, own: bytes) -> bool:
        """Whether the certificate names this member; the look at the name is an entry either way."""
        member = page.evaluation(stream).by_alias(alias)
        person = None if member is None else self._vault.person(member.ref)
        if member is None or person is None:
            raise RoomRefusal("not_found", "member")
        page.act_room(rc.LookAtNames(stream, member.ref, "signature"), SYSTEM)
        return _plain(common_name(own)) == _plain(person.name)

    def _prepared(
        self, base: str, alias: str, own: bytes, above: tuple[bytes, ...], at: datetime, strokes: Strokes
    ) -> Prepared:
        try:
            return prepare(
                self._content(base),
                alias,
                own,
                above,
                self._authorities,
                at=at,
                strokes=strokes,
                crls=self._lists,
                stamp_url=self._rule.time_stamp or None,
            )
        except SigningRefused as refused:
            raise RoomRefusal(_CODES[refused.part], "signature") from None


_CODES = {"field": "signature_expired", "signature": "signature_wrong", "time_stamp": "time_stamp_missing"}
_CERTIFICATE = {"revoked": "certificate_revoked", "time": "certificate_expired"}


def _read(hex_certificates: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(one for text in hex_certificates for one in read_certificates(bytes.fromhex(text)))


def _certificates(asked: SignatureAsked) -> tuple[bytes, tuple[bytes, ...], Strokes]:
    if len(asked.above) > _MOST_CERTIFICATES:
        raise RoomRefusal("bad_request", "$.above")
    own = _certificate(asked.certificate, "$.certificate")
    above = tuple(_certificate(text, f"$.above[{number}]") for number, text in enumerate(asked.above))
    try:
        return own, above, Strokes(tuple(_points(line) for line in asked.strokes))
    except BadHandwriting:
        raise RoomRefusal("bad_request", "$.strokes") from None


def _points(line: tuple[int, ...]) -> tuple[tuple[float, float], ...]:
    if len(line) % 2:
        raise BadHandwriting("form")
    return tuple((x / _GRID, y / _GRID) for x, y in zip(line[::2], line[1::2], strict=True))


def _certificate(text: str, where: str) -> bytes:
    try:
        return read_certificates(_bytes(text, where))[0]
    except (BadCertificate, Unsupported):
        raise RoomRefusal("certificate_unknown", where) from None


def _bytes(text: str, where: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise RoomRefusal("bad_request", where) from None


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
