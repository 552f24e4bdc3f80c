"""What a seat and the two holders' consoles are shown of shares, and what is said of a release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, Line, Words
from app.evaluation.matters.lost_seat.decisions import missing_places, sealed_places
from app.evaluation.matters.lost_seat.records import HOLDERS, LostSeats, Place
from app.evaluation.model import Evaluation, SheetKind

_REASON = Field("reason", Words("理由", "Reason"))
_KINDS = {
    SheetKind.BALLOT.value: Words("选票", "ballot"),
    SheetKind.REVIEW.value: Words("评审表", "review"),
    SheetKind.MARKS.value: Words("评分表", "marks"),
}


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To an open seat: the holders' keys and which of its sheets owe shares. To a holder's console: whether it owes
    its key, and the shares that it has to give."""
    if may.works(state, viewer):
        return _of_seat(state, viewer.alias or "")
    if viewer.role in HOLDERS and state.committee and not state.closed:
        return _of_holder(state, viewer)
    return {}


def _of_seat(state: Evaluation, alias: str) -> dict[str, Any]:
    memory = state.memory(LostSeats)
    keys = {holder.value: memory.publics(holder) for holder in HOLDERS}
    if not all(keys.values()):
        return {}
    owes = [
        _told(place) | {"commitment": found.sealed[alias].commitment}
        for place, found in sealed_places(state)
        if place[3] == alias and _recipients(memory.kept.get(place)) != keys
    ]
    return {"keys": keys, "owes": owes}


def _recipients(kept: dict[str, Any] | None) -> dict[str, list[str]] | None:
    if kept is None:
        return None
    return {holder: [one["key"] for one in share["box"]["recipients"]] for holder, share in kept.items()}


def _of_holder(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    memory, holder = state.memory(LostSeats), viewer.role.value
    newest = next(reversed(state.sealing_keys), "")
    due = [
        _told(place) | {"commitment": found.sealed[place[3]].commitment, "box": memory.kept[place][holder]["box"]}
        for place, found in missing_places(state).items()
        if place in memory.released and (place, holder, newest) not in memory.given
    ]
    owes_key = (viewer.device or "") not in memory.keys.get(holder, {})
    room_key = {"room_key": {"id": newest, "public": state.sealing_keys[newest]}} if due else {}
    return {"owes_key": owes_key, "owes": due} | room_key


def _told(place: Place) -> dict[str, Any]:
    lot, kind, number, alias = place
    return {"lot": lot, "kind": kind, "round": number, "alias": alias}


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """To the two holders, once nothing but the key of a lost seat's sheet keeps a round shut."""
    if viewer.role not in HOLDERS:
        return []
    return [act for place in missing_places(state) for act in _acts_of(state.memory(LostSeats), place, viewer)]


def _acts_of(memory: LostSeats, place: Place, viewer: Actor) -> Iterator[Act]:
    first, what = memory.asked.get(place), f"{place[3]}"
    kind = _KINDS[place[1]]
    if place in memory.released or first == viewer.role.value:
        return
    help_ = Words(
        f"全体已结束，仅缺该席位{kind.zh}的密钥，且该席位已失联。见证与监督双方同意后，密钥份额交评标室内存合并开启，"
        "任何人都看不到单独的内容。能换到备用席位或修好原席位的，不要使用。",
        f"All have ended and only the key of this seat's {kind.en} is missing. When witness and regulator agree, their "
        "shares are joined in the room's memory; nobody views it. Not where the seat can be brought back.",
    )
    if first is None:
        title = Words(f"申请开启{what}失联席位的{kind.zh}", f"Ask to open the {kind.en} of {what}'s lost seat")
        yield Act("AskSheetRelease", title, help_, (_REASON,), _told(place), grave=True)
        return
    yes = Words(f"同意开启{what}失联席位的{kind.zh}", f"Agree to open the {kind.en} of {what}'s lost seat")
    no = Words(f"不同意开启{what}失联席位的{kind.zh}", f"Do not open the {kind.en} of {what}'s lost seat")
    yield Act("ApproveSheetRelease", yes, help_, (_REASON,), _told(place), urgent=True, grave=True)
    yield Act("RefuseSheetRelease", no, help_, (_REASON,), _told(place))


def report(state: Evaluation, lot: str) -> list[Line]:
    """Each release, asked for, agreed to or refused."""
    return list(state.memory(LostSeats).lines)
