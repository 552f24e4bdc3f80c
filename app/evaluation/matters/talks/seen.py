"""What is seen of talks: minutes by the group and those who watch, amounts by nobody before all are opened."""

from __future__ import annotations

from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Line, Notice, Words
from app.evaluation.matters.talks.folds import round_name
from app.evaluation.matters.talks.memory import LotTalks, OfferRound, Talks, of_lot
from app.evaluation.matters.talks.two import is_short
from app.evaluation.model import Evaluation, LotState
from app.evaluation.stages import LotStage
from app.rules.model import Party

Json = dict[str, Any]


def shares(state: Evaluation, viewer: Actor) -> bool:
    """The group itself, and those who watch it: nobody else learns what a supplier said."""
    return may.works(state, viewer) or viewer.role in {Party.WITNESS, Party.REGULATOR}


def takes_part(state: Evaluation, viewer: Actor) -> bool:
    """Whoever works in the room or stands behind the procurement."""
    return shares(state, viewer) or viewer.role in {Party.CENTRE, Party.TENDEREE, Party.AGENCY}


def view(state: Evaluation, viewer: Actor) -> Json:
    """The talks by lot, as far as the viewer may know them."""
    talks = state.memory(Talks).lots
    if not talks or not takes_part(state, viewer):
        return {}
    notices = [notice for lot in state.lots.values() if (notice := _notice(state, lot.lot.id)) is not None]
    notices += [_short(state, lot) for lot in state.lots.values() if is_short(state, lot)]
    return {
        "lots": {lot: _lot(state, found, viewer) for lot, found in talks.items()},
        "notices": [codec.to_json(notice) for notice in notices],
    }


def _notice(state: Evaluation, lot: str) -> Notice | None:
    found = of_lot(state, lot).running
    if found is None or state.lots[lot].stage is not LotStage.TALKING:
        return None
    name = round_name(found.number, found.final, state.ruleset.words["offer"])
    text = Words(
        f"正在提交{name}（{state.ruleset.words['lot']} {lot}），已收到 {len(found.offers)} 家，截止后一并开启。",
        f"Offers are being entered (lot {lot}): {len(found.offers)} received, all are opened together.",
    )
    return Notice(text, found.called_at, found.deadline)


def _short(state: Evaluation, lot: LotState) -> Notice:
    words = state.ruleset.words
    zh = (
        f"只剩两家{words['bidder']}（{words['lot']} {lot.lot.id}）：代理机构或者采购人写明法定依据才能继续，"
        f"否则由{words['chair']}终止。"
    )
    return Notice(Words(zh, f"Two suppliers are left (lot {lot.lot.id}): a lawful reason is needed."), urgent=True)


def _lot(state: Evaluation, talks: LotTalks, viewer: Actor) -> Json:
    whole = shares(state, viewer)
    return {
        "talks": [
            {"bid": talk.bid, "turn": talk.turn, "at": talk.at, "attested": sorted(talk.attested)}
            | ({"minutes": talk.minutes, "remarks": dict(talk.attested)} if whole else {})
            for talk in talks.talks
        ],
        "changes": [codec.to_json(change) for change in talks.changes],
        "rounds": [_round(found, whole or viewer.role is Party.AGENCY) for found in talks.rounds],
        "withdrawn": {bid: codec.to_json(found) for bid, found in talks.withdrawn.items()},
        "claim": None if talks.claim is None else {"code": talks.claim[0], "reference": talks.claim[1]},
        "agreed": None if talks.agreed is None or not whole else {"price": talks.agreed[0], "terms": talks.agreed[1]},
    }


def _round(found: OfferRound, amounts: bool) -> Json:
    opened = found.opened_at is not None
    return {
        "number": found.number,
        "final": found.final,
        "called_at": found.called_at,
        "deadline": found.deadline,
        "opened_at": found.opened_at,
        "received": list(found.offers),
        "offers": {bid: offer.price for bid, offer in found.offers.items()} if opened and amounts else {},
        "papers": {bid: codec.to_json(offer.paper) for bid, offer in found.offers.items() if offer.paper}
        if opened and amounts
        else {},
    }


def report(state: Evaluation, lot: str) -> list[Line]:
    """The course of the talks."""
    return list(of_lot(state, lot).lines)
