"""Entering and checking papers: the member's own step follows a confirmed one, by the member's own rules."""

from __future__ import annotations

from app.evaluation import commands as c
from app.evaluation import papers
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.decisions.gathering import bidders, pledge_hash
from app.evaluation.events import Event
from app.evaluation.matter import Act, InPlace
from app.evaluation.matters.paper.records import (
    OF_LOT,
    SECRET,
    ConfirmPaper,
    EnterPaper,
    Entry,
    EnvelopeKept,
    Found,
    KeepEnvelope,
    PaperConfirmed,
    PaperEntered,
    PaperRejected,
    Papers,
    RejectPaper,
    Step,
)
from app.evaluation.matters.signatures import SignOnPaper
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of
from app.rules.model import Party


def enter(state: Evaluation, command: EnterPaper, actor: Actor, at: str) -> list[Event | InPlace]:
    """Only what the member could do at the seat now."""
    what = _step(command.what, secret=False)
    _check_place(state, what, command.alias, command.lot)
    papers.check(command.paper, "$.paper")
    guards.text(command.reason, "$.reason")
    if what is Step.DISSENT:
        guards.text(command.words, "$.words")
    number = len(state.memory(Papers).entries) + 1
    entry = Entry(number, what, command.alias, command.lot, command.paper, "", command.words, "", at)
    return [PaperEntered(number=number, **vars(command)), *_own_step(state, entry, ahead=True)]


def keep(state: Evaluation, command: KeepEnvelope, actor: Actor, at: str) -> list[Event]:
    """Its number, never what is in it."""
    _check_place(state, _step(command.what, secret=True), command.alias, command.lot)
    guards.text(command.label, "$.label")
    guards.text(command.reason, "$.reason")
    return [EnvelopeKept(number=len(state.memory(Papers).entries) + 1, **vars(command))]


def confirm(state: Evaluation, command: ConfirmPaper, actor: Actor, at: str) -> list[Event | InPlace]:
    """The same scan by its hash; then the step is the member's."""
    entry = _waiting(state, command.number)
    if command.seen != entry.seen:
        raise Refused("not_the_same_paper", "$.seen")
    return [PaperConfirmed(alias=entry.alias, **vars(command)), *_own_step(state, entry)]


def reject(state: Evaluation, command: RejectPaper, actor: Actor, at: str) -> list[Event]:
    """The entry counts for nothing."""
    entry = _waiting(state, command.number)
    guards.text(command.reason, "$.reason")
    return [PaperRejected(alias=entry.alias, **vars(command))]


def in_place(state: Evaluation, act: Act) -> list[InPlace]:
    """The own step of the member whose paper is to be confirmed; of each member whose paper may be entered."""
    if act.command == ConfirmPaper.__name__:
        return _own_step(state, _waiting(state, act.data["number"]))
    if act.command != EnterPaper.__name__:
        return []
    what, lot = Step(act.data["what"]), act.data["lot"]
    members = [option.value for field in act.fields if field.name == "alias" for option in field.options]
    entries = [Entry(0, what, alias, lot, None, "", "", "", "") for alias in members]
    return [step for entry in entries for step in _own_step(state, entry)]


def _step(value: str, *, secret: bool) -> Step:
    try:
        what = Step(value)
    except ValueError:
        raise Refused("bad_value", "$.what") from None
    if (what in SECRET) is not secret:
        raise Refused("stays_secret" if what in SECRET else "no_envelope_needed", "$.what")
    return what


def _check_place(state: Evaluation, what: Step, alias: str, lot: str) -> None:
    """Only `other` may be nobody's; a lot is named where the step is one of a lot, and nowhere else."""
    if (alias or what is not Step.OTHER) and state.by_alias(alias) is None:
        raise Refused("unknown_member", "$.alias")
    if what in OF_LOT or (what is Step.OTHER and lot):
        lot_of(state, lot)
    elif lot:
        raise Refused("bad_value", "$.lot")


def _waiting(state: Evaluation, number: int) -> Entry:
    entry = next((one for one in state.memory(Papers).entries if one.number == number), None)
    if entry is None:
        raise Refused("no_such_paper", "$.number")
    if entry.found is not Found.WAITING:
        raise Refused("paper_settled", "$.number")
    return entry


def _own_step(state: Evaluation, entry: Entry, *, ahead: bool = False) -> list[InPlace]:
    """The member's own step that the paper stands for, by the member's own rules; none where it stands for no step."""
    step: Command | None = {
        Step.DISCIPLINE: c.ReadDiscipline(0),
        Step.PLEDGE: c.GivePledge(pledge_hash(state.ruleset.pledge), bidders(state)),
        Step.CONFIRM: c.ConfirmResult(entry.lot),
        Step.DISSENT: c.DissentFromResult(entry.lot, entry.words),
        Step.SIGNATURE: SignOnPaper(entry.lot),
    }.get(entry.what)
    return [] if step is None else [InPlace(step, Actor(Party.MEMBER, alias=entry.alias), ahead)]
