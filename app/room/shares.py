"""Shares of a lost seat's key at the room: each checked as it comes, joined in memory alone once both are there."""

from __future__ import annotations

from app.evaluation.actor import Actor
from app.evaluation.decide import decide
from app.evaluation.matters.lost_seat.decisions import given_purpose
from app.evaluation.matters.lost_seat.records import HOLDERS, AskSheetRelease, GiveShare, LostSeats
from app.evaluation.model import Evaluation, SheetKind
from app.evaluation.refusal import Refused
from app.evaluation.sheets import current_round
from app.journal import join_shares, share_digest
from app.room.memory import Memory, SheetPlace, open_sheet
from app.room.streams import Page


def ask(page: Page, state: Evaluation, command: AskSheetRelease, actor: Actor) -> list[str]:
    """Only of a seat whose machine is away: one that is there gives its key by itself."""
    decide(state, command, actor, page.at)
    member = state.by_alias(command.alias)
    machine = page.book.room.seat_device(member.seat) if member is not None and member.seat is not None else None
    if machine is not None and machine.connected:
        raise Refused("seat_there", command.alias)
    return page.act(state.stream, command, actor)


def give(page: Page, memory: Memory, state: Evaluation, command: GiveShare, actor: Actor) -> list[str]:
    """Take a share that is the one which the seat made; with the other one the sheet's key is whole."""
    decide(state, command, actor, page.at)
    holder, alias = actor.role.value, command.alias
    sealed = current_round(state, command.lot, SheetKind(command.kind)).sealed[alias]
    kept = state.memory(LostSeats).kept[command.lot, command.kind, command.round, alias]
    share = memory.open_box(command.key_id, command.share, given_purpose(holder, sealed.commitment), "$.share")
    if share_digest(holder, share) != kept[holder]["digest"]:
        raise Refused("sheet_not_opened", "$.share")
    place: SheetPlace = (state.stream, command.lot, command.kind, command.round, alias)
    shares = memory.shares.get(place, {}) | {holder: share}
    key = join_shares(*(shares[one] for one in HOLDERS)) if set(shares) == set(HOLDERS) else None
    if key is not None:
        open_sheet(key, sealed.sealed)
    names = page.act(state.stream, command, actor)
    page.afterwards(lambda: memory.keep_share(place, shares, key))
    return names
