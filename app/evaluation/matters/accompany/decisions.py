"""Who sends what the platform exported, and what the committee makes of its check."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.decisions import guards
from app.evaluation.events import ConfirmationDue, Event, LotFailed, PlatformDue
from app.evaluation.matter import Line
from app.evaluation.matters.accompany.records import (
    FORMS,
    KEYS,
    MOST_REMARKS,
    Accompanied,
    AskPlatformCorrection,
    Checked,
    CheckPlatform,
    NotePlatform,
    PlatformChecked,
    PlatformCorrectionAsked,
    PlatformNoted,
    of_lot,
)
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage

_DIGEST = re.compile(r"[0-9a-f]{64}")
_COUNTS = ("faults", "hints", "left_out", "live")


def check(state: Evaluation, command: CheckPlatform, actor: Actor, at: str) -> list[Event]:
    """While it is the platform's turn, as often as figures are put right there."""
    guards.lot(state, command.lot, LotStage.ACCOMPANYING)
    if not _DIGEST.fullmatch(command.sha256):
        raise Refused("bad_value", "$.sha256")
    if command.bytes < 1:
        raise Refused("bad_value", "$.bytes")
    if command.form not in FORMS:
        raise Refused("bad_value", "$.form")
    if not _is_answer(command.answer):
        raise Refused("bad_value", "$.answer")
    before = of_lot(state, command.lot).current
    if before is not None and before.check.sha256 == command.sha256:
        raise Refused("same_export", command.lot)
    return [PlatformChecked(**vars(command))]


def _is_answer(answer: dict[str, Any]) -> bool:
    """Whether an answer has its parts and its counts fit them; that it is right, a verification finds out."""
    if set(answer) != KEYS or not isinstance(answer["remarks"], list):
        return False
    if any(type(answer[key]) is not int or answer[key] < 0 for key in _COUNTS):
        return False
    kept = len(answer["remarks"])
    return kept <= MOST_REMARKS and kept + answer["left_out"] == answer["faults"] + answer["hints"]


def ask_correction(state: Evaluation, command: AskPlatformCorrection, actor: Actor, at: str) -> list[Event]:
    """Of figures that were checked; also when members are signing already, as long as not all have (87号令 64)."""
    guards.chair(state, actor)
    lot = guards.lot(state, command.lot, LotStage.ACCOMPANYING, LotStage.CONFIRMING)
    if of_lot(state, command.lot).current is None or lot.failed is not None:
        raise Refused("nothing_checked", command.lot)
    guards.text(command.reason, "$.reason")
    asked = PlatformCorrectionAsked(**vars(command))
    return [asked, PlatformDue(command.lot)] if lot.stage is LotStage.CONFIRMING else [asked]


def note(state: Evaluation, command: NotePlatform, actor: Actor, at: str) -> list[Event]:
    """Every fault is put right or explained before anyone signs; with too few bids the lot ends as the track has it."""
    guards.chair(state, actor)
    guards.lot(state, command.lot, LotStage.ACCOMPANYING)
    found = of_lot(state, command.lot)
    if found.current is None:
        raise Refused("nothing_checked", command.lot)
    if found.asked is not None:
        raise Refused("correction_awaited", command.lot)
    if found.current.count("faults") or command.failed:
        guards.text(command.note, "$.note")
    if command.failed not in endings(state, found.current.count("live")):
        raise Refused("no_lawful_ground", "$.failed")
    follow = LotFailed(command.lot, "too_few_bids") if command.failed else ConfirmationDue(command.lot)
    return [PlatformNoted(**vars(command)), follow]


def endings(state: Evaluation, live: int) -> tuple[bool, ...]:
    """How a lot may go on with so many bids left: False = to the signatures, True = without result."""
    if live >= state.ruleset.least_after_review:
        return (False,)
    return (True,) if live == 0 or state.ruleset.too_few == "fail" else (False, True)


# --- folding


def _awaiting(state: Evaluation, lot: str, awaits: bool) -> Evaluation:
    return replace(state, lots=state.lots | {lot: replace(state.lots[lot], awaits_export=awaits)})


def _with(state: Evaluation, lot: str, at: str, text: str, **changed: Any) -> Evaluation:
    memory, found = state.memory(Accompanied), of_lot(state, lot)
    found = replace(found, lines=(*found.lines, Line(at, "平台数据核验", text)), **changed)
    return state.remembering(Accompanied(memory.lots | {lot: found}))


def due_folded(state: Evaluation, event: PlatformDue, actor: Actor, at: str) -> Evaluation:
    """What was checked before is of what is done again; nobody has said anything to what comes."""
    found = of_lot(state, event.lot)
    lots = state.lots | {event.lot: replace(state.lots[event.lot], opinions={})}
    state = _awaiting(replace(state, lots=lots), event.lot, True)
    carried = state.ruleset.procedure.carries_review
    text = f"{state.ruleset.words['marking' if carried else 'evaluation']}在平台进行，其导出数据在此核验。"
    return _with(state, event.lot, at, text, before=len(found.checks), note=None)


def checked_folded(state: Evaluation, event: PlatformChecked, actor: Actor, at: str) -> Evaluation:
    """One check more."""
    checks = (*of_lot(state, event.lot).checks, Checked(at, actor, event))
    told = event.answer
    text = (
        f"第 {len(checks)} 次核验：差错 {told['faults']} 项，提示 {told['hints']} 项；"
        f"文件 SHA-256 {event.sha256[:16]}…，{event.bytes} 字节。"
    )
    return _with(_awaiting(state, event.lot, False), event.lot, at, text, checks=checks, asked=None)


def asked_folded(state: Evaluation, event: PlatformCorrectionAsked, actor: Actor, at: str) -> Evaluation:
    """A new export is awaited."""
    text = f"{actor.alias}要求平台更正：{event.reason}"
    return _with(_awaiting(state, event.lot, True), event.lot, at, text, asked=event.reason)


def noted_folded(state: Evaluation, event: PlatformNoted, actor: Actor, at: str) -> Evaluation:
    """The committee's word to the check."""
    return _with(state, event.lot, at, f"{actor.alias}记录说明：{event.note or '无需说明'}", note=event.note)
