"""Who may fetch which content: tender and bid files, reports, evidence packages, a seat's reference."""

from __future__ import annotations

from typing import Any

from app.evaluation import visibility
from app.evaluation.actor import Actor
from app.evaluation.masking import readable_files
from app.evaluation.model import Evaluation, Member
from app.evaluation.stages import MemberStage
from app.ports.store import Store
from app.room.actors import Caller, actor_here, holder_of
from app.room.importing import files_of
from app.room.papers import evidence_setting
from app.room.references import NOTHING, Reads, References
from app.room.refusal import RoomRefusal
from app.room.streams import Book, Page
from app.room.vault import PORTRAIT
from app.room.writer import Writer
from app.rules.model import Party


def file_for(book: Book, caller: Caller, sha256: str) -> str:
    """The digest of a file that this seat's member may read."""
    held = holder_of(book, caller.seat)
    if held is not None:
        state = book.evaluations[held.stream]
        if sha256 in readable_files(state, actor_here(book, caller, held.stream)):
            return sha256
    raise RoomRefusal("not_found", "file", denied=any(_lists(state, sha256) for state in book.evaluations.values()))


def _lists(state: Evaluation, sha256: str) -> bool:
    return any(file.sha256 == sha256 for file in files_of(state.tender))


def report_for(book: Book, caller: Caller, stream: str, lot: str) -> str:
    """The digest of an issued report that the caller may read."""
    state, actor = _visible(book, caller, stream)
    found = state.lots.get(lot)
    if found is None or found.report is None:
        raise RoomRefusal("not_found", "report")
    if not visibility.sees_report(state, found, actor):
        raise RoomRefusal("not_found", "report", denied=True)
    return found.report.sha256


def evidence_for(book: Book, store: Store, caller: Caller, stream: str, lot: str, session: int | None) -> str:
    """The digest of a written evidence package that the caller may have: of a session, or the newest one."""
    state, actor = _visible(book, caller, stream)
    newest = state.session if state.closed else state.session - 1
    digest = store.setting(evidence_setting(stream, lot, session or newest))
    if lot not in state.lots or digest is None:
        raise RoomRefusal("not_found", "evidence")
    if not visibility.sees_evidence(state, actor):
        raise RoomRefusal("not_found", "evidence", denied=True)
    return digest


def _visible(book: Book, caller: Caller, stream: str) -> tuple[Evaluation, Actor]:
    state = book.evaluations.get(stream)
    actor = actor_here(book, caller, stream)
    if state is None:
        raise RoomRefusal("not_found", "stream")
    return state, actor


def _is_to_be_known(state: Evaluation, member: Member) -> bool:
    """The seat waits for its member's face: to be opened, or to be unlocked after a leave or a pause."""
    return member.stage is MemberStage.SEAT_DRAWN or member.alias in state.locked


async def reference_for(
    writer: Writer, references: References, caller: Caller, reads: Reads | None = None
) -> dict[str, Any]:
    """The template or picture of the one member for whom this seat waits; each look is an entry."""

    def work(page: Page) -> dict[str, Any]:
        held = holder_of(page.book, caller.seat)
        if held is None or not _is_to_be_known(page.evaluation(held.stream), held.member):
            raise RoomRefusal("not_found", "reference")
        actor = Actor(Party.MEMBER, alias=held.member.alias, device=caller.device)
        found = references.handed_out(page, held.stream, held.member.ref, reads, actor)
        kind, content = (PORTRAIT, NOTHING) if found is None else (found.kind, found.answer())
        return {"member": held.member.ref, "kind": kind, **content}

    return await writer.run(work)
