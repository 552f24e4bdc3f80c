"""A lost seat (席位失联): its sealed sheet can be opened although the room has lost its memory, by two people together.

Law: a sheet's key lives at its seat and in the room's memory. A round opens by itself when all are in; after a restart
the seats give their keys again. Only where a seat is lost for good does this matter help: when the sheet was sealed its
seat split the key in two shares (`app.journal.shares`), one sealed to the consoles of the witness, one to those of the
regulator. Neither can be opened by the disk, by the room, or by the other. When all have ended and nothing but this key
is missing, one of the two asks and the other agrees; their consoles then give the shares to the room's memory, which
opens the whole round as ever. Nobody views the sheet before that, and nobody alone.
"""

from __future__ import annotations

from dataclasses import replace

from app.evaluation.actor import Actor
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.lost_seat import decisions, seen
from app.evaluation.matters.lost_seat.records import (
    HOLDERS,
    ApproveSheetRelease,
    AskSheetRelease,
    GiveShare,
    KeepShares,
    LostSeats,
    OfferShareKey,
    RefuseSheetRelease,
    ShareGiven,
    ShareKeyOffered,
    SharesKept,
    SheetReleaseAsked,
    SheetReleased,
    SheetReleaseRefused,
)
from app.evaluation.model import Evaluation
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

_HOLDERS = frozenset(HOLDERS)


def _offered(state: Evaluation, event: ShareKeyOffered, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(LostSeats)
    mine = memory.keys.get(event.holder, {}) | {event.device: event.public}
    return state.remembering(replace(memory, keys=memory.keys | {event.holder: mine}))


def _kept(state: Evaluation, event: SharesKept, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(LostSeats)
    place = (event.lot, event.kind, event.round, event.alias)
    return state.remembering(replace(memory, kept=memory.kept | {place: event.shares}))


def _asked(state: Evaluation, event: SheetReleaseAsked, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(LostSeats)
    place = (event.lot, event.kind, event.round, event.alias)
    memory = replace(memory, asked=memory.asked | {place: actor.role.value})
    return state.remembering(memory.line(at, f"申请开启{event.alias}失联席位已封存的表：{event.reason}"))


def _released(state: Evaluation, event: SheetReleased, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(LostSeats)
    place = (event.lot, event.kind, event.round, event.alias)
    memory = replace(memory, released=memory.released | {place})
    text = f"见证与监督双方同意，{event.alias}封存的表由评标室合并密钥份额开启：{event.reason}"
    return state.remembering(memory.line(at, text))


def _refused(state: Evaluation, event: SheetReleaseRefused, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(LostSeats)
    place = (event.lot, event.kind, event.round, event.alias)
    memory = replace(memory, asked={key: who for key, who in memory.asked.items() if key != place})
    return state.remembering(memory.line(at, f"不同意开启{event.alias}失联席位已封存的表：{event.reason}"))


def _given(state: Evaluation, event: ShareGiven, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(LostSeats)
    place = (event.lot, event.kind, event.round, event.alias)
    return state.remembering(replace(memory, given=memory.given | {(place, event.holder, event.key_id)}))


_STAFF = by_role(staff=Told.WHOLE)
_STAFF_AND_OWN = by_role(staff=Told.WHOLE, own=Told.WHOLE)
_HAPPENED = by_role(staff=Told.HAPPENED)

LOST_SEAT = Matter(
    name="lost_seat",
    decisions={
        OfferShareKey: decisions.offer,
        KeepShares: decisions.keep,
        AskSheetRelease: decisions.ask,
        ApproveSheetRelease: decisions.approve,
        RefuseSheetRelease: decisions.refuse,
        GiveShare: decisions.give,
    },
    permits={
        OfferShareKey: _HOLDERS,
        KeepShares: frozenset({Party.MEMBER}),
        AskSheetRelease: _HOLDERS,
        ApproveSheetRelease: _HOLDERS,
        RefuseSheetRelease: _HOLDERS,
        GiveShare: _HOLDERS,
    },
    seconds=frozenset({ApproveSheetRelease}),
    starts={
        ShareKeyOffered: OfferShareKey,
        SharesKept: KeepShares,
        SheetReleaseAsked: AskSheetRelease,
        SheetReleased: ApproveSheetRelease,
        SheetReleaseRefused: RefuseSheetRelease,
        ShareGiven: GiveShare,
    },
    folds={
        ShareKeyOffered: _offered,
        SharesKept: _kept,
        SheetReleaseAsked: _asked,
        SheetReleased: _released,
        SheetReleaseRefused: _refused,
        ShareGiven: _given,
    },
    told={
        # To the seats it matters, too: they learn the new key from their view, and look at it again.
        ShareKeyOffered: by_role(staff=Told.WHOLE, sitting=Told.HAPPENED),
        SharesKept: _HAPPENED,
        SheetReleaseAsked: _STAFF_AND_OWN,
        SheetReleased: _STAFF_AND_OWN,
        SheetReleaseRefused: _STAFF_AND_OWN,
        ShareGiven: _HAPPENED,
    },
    entries={
        ShareKeyOffered: Words(
            "{holder}控制台提供密钥份额的公钥", "A console of the {holder} offers its key for shares"
        ),
        SharesKept: Words("席位交存密钥的两份份额（分别密封）", "A seat kept the two shares of its key, each sealed"),
        SheetReleaseAsked: Words(
            "申请开启{alias}失联席位的表：{reason}", "Asked to open {alias}'s lost sheet: {reason}"
        ),
        SheetReleased: Words("同意开启{alias}失联席位的表：{reason}", "Agreed to open {alias}'s lost sheet: {reason}"),
        SheetReleaseRefused: Words(
            "不同意开启{alias}失联席位的表：{reason}", "{alias}'s lost sheet stays shut: {reason}"
        ),
        ShareGiven: Words("密钥份额交评标室（仅在内存）", "A share was given to the room, for memory only"),
    },
    acts=seen.acts,
    view=seen.view,
    report=seen.report,
)
