"""The witness ledger (见证台账), made from the journal alone: who was there, what was done when, what went wrong.

Fields as in the ledger that witnesses keep on paper: project, room, times of each stage, persons present by role
and alias with the means by which they were known, draws, pauses, calls, refused acts, releases with their
reasons, remarks, dissuasions and their results. No person's name: those are in `names.sealed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app import drawing
from app.archive.extract import Extract
from app.evaluation import codec
from app.evaluation.events import Event
from app.evaluation.evolve import evolve
from app.evaluation.matters import MATTERS
from app.evaluation.matters.duty import Duty, time_slip
from app.evaluation.model import Evaluation
from app.evaluation.registry import read_event
from app.evaluation.replay import read_actor
from app.journal import Entry

Json = dict[str, Any]


def ledger(entries: Sequence[Entry], lot: str, room: Extract) -> Json:
    """The ledger of one lot; `entries` is the evaluation's whole stream."""
    steps = list(_walk(entries))
    end = steps[-1][2]
    tender = end.tender
    return {
        "v": 1,
        "rehearsal": end.rehearsal,
        "project": {"id": tender.id, "name": tender.name, "track": tender.track.value, "lot": lot}
        | {"lot_name": end.lots[lot].lot.name, "tenderee": tender.tenderee, "agency": tender.agency},
        "room": _room(room),
        "planned_at": tender.planned_at,
        "opened_at": end.opened_at,
        "closed_at": entries[-1].at,
        "stages": _stages(steps, lot),
        "members": _members(end),
        "absent": sum("MemberCheckedIn" not in m.at for m in end.members.values()),
        "posts": _posts(entries),
        "draws": _draws(end.stream, room),
        "chair": {"alias": end.chair, "means": end.chair_means},
        "releases": [
            row | {"alias": end.members[row["member"]].alias}
            for row in _rows(entries, "ReleaseRequested", "ReleaseApproved", "ReleaseRefused")
        ],
        "recusals": _rows(entries, "MemberRecused"),
        "repeats": _rows(entries, "StageRepeated", lot=lot),
        "checks": _rows(entries, "TablesChecked", lot=lot),
        "dissents": _rows(entries, "ResultDissented", lot=lot),
        "calls": _rows(entries, "HelpCalled", "HelpAnswered"),
        "refusals": _rows(entries, "CommandRefused"),
        "remarks": _rows(entries, "RemarkAdded"),
        "course": course(end, lot),
        "time_slip": [codec.to_json(row) for row in time_slip(end)],
        **_slips_before(end),
        **_added(entries, lot),
    }


def _added(entries: Sequence[Entry], lot: str) -> Json:
    """What the witness added beside remarks, where there is any: packages of before had no place for it."""
    dissuasions = _rows(entries, "DissuasionNoted", "DissuasionEnded")
    filed = _rows(entries, "LedgerFiled", "LedgerCompared")
    printed = _rows(entries, "LedgerPrinted", lot=lot)
    added = {"dissuasions": dissuasions, "printed": printed, "filed": filed}
    return {key: rows for key, rows in added.items() if rows}


def _slips_before(state: Evaluation) -> Json:
    """The slips of earlier sessions, where there were any: each is counted apart."""
    before = state.memory(Duty).before
    return {"time_slips_before": [[codec.to_json(row) for row in slip] for slip in before]} if before else {}


def course(state: Evaluation, lot: str) -> list[Json]:
    """What came up beside the main way, in the order of time: pauses, leaves, replacements and the like."""
    lines = [line for matter in MATTERS for line in matter.report(state, lot)]
    return [vars(line).copy() for line in sorted(lines, key=lambda line: line.at)]


def _walk(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Event, Evaluation]]:
    state: Evaluation | None = None
    for entry in entries:
        event = read_event(entry.type, entry.data)
        state = evolve(state, event, read_actor(entry.actor), entry.at, entry.stream)
        yield entry, event, state


def _room(room: Extract) -> Json:
    opened = next(room.of_type("RoomOpened"))
    return {"id": opened.data["room"], "name": opened.data["name"]}


def _stages(steps: Sequence[tuple[Entry, Event, Evaluation]], lot: str) -> list[Json]:
    found: list[Json] = []
    for entry, _, state in steps:
        stage = state.lots[lot].stage.value
        if not found or found[-1]["stage"] != stage:
            found.append({"stage": stage, "at": entry.at, "seq": entry.seq})
    return found


def _members(state: Evaluation) -> list[Json]:
    here = sorted((m for m in state.members.values() if m.alias), key=lambda m: (len(m.alias or ""), m.alias or ""))
    return [
        {
            "alias": m.alias,
            "kind": m.kind.value,
            "seat": m.seat,
            "known_by": m.means,
            "chair": m.alias == state.chair,
            "recused": m.recused,
            "in_committee": m.alias in state.committee,
            "times": dict(sorted(m.at.items(), key=lambda item: item[1])),
        }
        for m in here
    ]


def _posts(entries: Sequence[Entry]) -> list[Json]:
    """Who acted at a console, by role and account, from their first act to their last."""
    found: dict[tuple[str, str], Json] = {}
    for entry in entries:
        role, post = entry.actor.get("role"), entry.actor.get("post")
        if post is not None:
            row = found.setdefault((str(role), str(post)), {"role": role, "post": post, "first_at": entry.at})
            row["last_at"] = entry.at
    return list(found.values())


def _draws(stream: str, room: Extract) -> list[Json]:
    return [_draw(number, entries) for number, entries in sorted(room.draws(stream).items())]


def _draw(number: int, entries: Sequence[Entry]) -> Json:
    def times(kind: str) -> list[str]:
        return [entry.at for entry in entries if entry.type == kind]

    call = entries[0].data
    sealed = next((entry.data for entry in entries if entry.type == "DrawSealed"), None)
    reasons = [
        {"at": entry.at, "role": entry.actor["role"], "type": entry.type, "reason": entry.data["reason"]}
        for entry in entries
        if entry.type in ("DrawAccepted", "CancelRequested", "DrawCancelled")
    ]
    return {
        "number": number,
        "purpose": call["purpose"],
        "parties": _parties(call["request"]),
        "called_at": entries[0].at,
        "committed_at": times("NonceCommitted"),
        "revealed_at": times("NonceRevealed"),
        "sealed_at": next(iter(times("DrawSealed")), None),
        "opened_at": next(iter(times("DrawOpened")), None),
        "code": sealed and drawing.slip_code(bytes.fromhex(str(sealed["transcript_hash"]))),
        "relaxed": sealed and sealed["relaxed"],
        "cancelled": bool(times("DrawCancelled")),
        "reasons": reasons,
    }


def _parties(request: Any) -> list[Any]:
    return list(request["parties"])


def _rows(entries: Sequence[Entry], *kinds: str, lot: str | None = None) -> list[Json]:
    """The entries of these types as they are, with time and who acted; those of another lot left out."""
    return [
        {"at": entry.at, "type": entry.type, "by": _by(entry.actor), **entry.data}
        for entry in entries
        if entry.type in kinds and (lot is None or entry.data.get("lot") == lot)
    ]


def _by(actor: Any) -> Json:
    return {key: actor[key] for key in ("role", "alias", "post") if actor.get(key) is not None}
