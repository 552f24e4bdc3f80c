"""What the witness adds to the ledger (见证台账) beside remarks: dissuasions (劝阻), their results, the signed paper.

Remind, dissuade, record, report: an act is noted as it happened, how it was dissuaded, and once what came of it, as
entries of their own; nothing is changed afterwards. No decision of the committee hangs on any of it. At the end the
ledger is printed (`forms`), signed by hand and filed as a scan, which another role compares with the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Matter, Option, Words
from app.evaluation.model import Evaluation
from app.evaluation.papers import Paper, check
from app.evaluation.refusal import Refused
from app.evaluation.sheets import lot_of
from app.evaluation.stages import SEALED_STAGES, LotStage, MemberStage
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

MOST_COPIES = 20
_NOTERS = frozenset({Party.CENTRE, Party.WITNESS})
_OUT = frozenset({MemberStage.EXPECTED, MemberStage.LEFT, MemberStage.REPLACED})


class Conduct(StrEnum):
    """What somebody was dissuaded from."""

    TALK = "talk"
    DEVICE = "device"
    LEAVE = "leave"
    STEER = "steer"
    OUTSIDER = "outsider"
    OTHER = "other"


CONDUCTS: dict[Conduct, Words] = {
    Conduct.TALK: Words("私下交换意见", "Private exchange of opinions"),
    Conduct.DEVICE: Words("使用通讯、拍摄设备", "Phone, camera or other device"),
    Conduct.LEAVE: Words("擅自离开席位、离场", "Leaving seat or room without leave"),
    Conduct.STEER: Words("发表倾向性、误导性意见", "Steering or misleading words"),
    Conduct.OUTSIDER: Words("无关人员进入或者联系", "Outsiders in the room or in contact"),
    Conduct.OTHER: Words("其他", "Something else"),
}


class Outcome(StrEnum):
    """What came of a dissuasion."""

    STOPPED = "stopped"
    WENT_ON = "went_on"
    REPORTED = "reported"


OUTCOMES: dict[Outcome, Words] = {
    Outcome.STOPPED: Words("已停止", "Stopped"),
    Outcome.WENT_ON: Words("未停止", "Went on"),
    Outcome.REPORTED: Words("已报告行政监督部门", "Reported to the authority"),
}


@dataclass(frozen=True)
class DissuasionNoted(Event):
    """Somebody was dissuaded: from what, who (an alias, '' for no member), what was seen, what was said or done."""

    number: int
    conduct: str
    alias: str
    seen: str
    done: str


@dataclass(frozen=True)
class DissuasionEnded(Event):
    """What came of dissuasion `number`; to whom it was reported, where it was."""

    number: int
    outcome: str
    text: str


@dataclass(frozen=True)
class LedgerPrinted(Event):
    """So many copies of a lot's ledger were printed; `number` counts printings, `final` says whether it was whole."""

    number: int
    lot: str
    copies: int
    final: bool


@dataclass(frozen=True)
class LedgerFiled(Event):
    """The ledger as it was printed and signed by hand, as a scan."""

    number: int
    paper: Paper


@dataclass(frozen=True)
class LedgerCompared(Event):
    """Another role compared the scan of filing `number` with the paper: the same, or not."""

    number: int
    same: bool
    text: str


@dataclass(frozen=True)
class NoteDissuasion(Command):
    """Note that somebody was dissuaded from something."""

    conduct: str
    alias: str
    seen: str
    done: str


@dataclass(frozen=True)
class EndDissuasion(Command):
    """Note what came of it."""

    number: int
    outcome: str
    text: str


@dataclass(frozen=True)
class PrintLedger(Command):
    """Print the ledger of a lot as it stands; the room makes paper and entry together."""

    lot: str
    copies: int


@dataclass(frozen=True)
class FileLedger(Command):
    """File the scan of the signed ledger."""

    paper: Paper


@dataclass(frozen=True)
class CompareLedger(Command):
    """Say whether the newest scan is the paper that was signed."""

    number: int
    same: bool
    text: str


@dataclass(frozen=True)
class Dissuasion:
    """One dissuasion as it stands; `ended` is what came of it, with its time."""

    at: str
    by: str
    noted: DissuasionNoted
    ended: tuple[str, DissuasionEnded] | None = None


@dataclass(frozen=True)
class Filing:
    """One filing of the signed ledger."""

    at: str
    by: str
    paper: Paper
    same: bool | None = None


@dataclass(frozen=True)
class Ledger:
    """What was added, in the order of time."""

    dissuasions: tuple[Dissuasion, ...] = field(default=())
    printed: tuple[LedgerPrinted, ...] = field(default=())
    filings: tuple[Filing, ...] = field(default=())


def is_final(state: Evaluation) -> bool:
    """Whether all is done and everybody has left: what is printed now is the whole ledger, before it a draft."""
    reported = all(lot.stage in (LotStage.REPORTED, LotStage.CLOSED) for lot in state.lots.values())
    return reported and all(member.stage in _OUT for member in state.members.values())


def _note(state: Evaluation, command: NoteDissuasion, actor: Actor, at: str) -> list[Event]:
    if command.conduct not in frozenset(Conduct):
        raise Refused("bad_value", "$.conduct")
    if command.alias and state.by_alias(command.alias) is None:
        raise Refused("unknown_member", "$.alias")
    seen, done = guards.text(command.seen, "$.seen"), guards.text(command.done, "$.done")
    number = len(state.memory(Ledger).dissuasions) + 1
    return [DissuasionNoted(number, command.conduct, command.alias, seen, done)]


def _end(state: Evaluation, command: EndDissuasion, actor: Actor, at: str) -> list[Event]:
    known = state.memory(Ledger).dissuasions
    if not 1 <= command.number <= len(known) or known[command.number - 1].ended is not None:
        raise Refused("no_such_dissuasion", "$.number")
    if command.outcome not in frozenset(Outcome):
        raise Refused("bad_value", "$.outcome")
    text = command.text.strip()
    if command.outcome != Outcome.STOPPED:
        guards.text(text, "$.text")
    return [DissuasionEnded(command.number, command.outcome, text)]


def _works_alone(state: Evaluation) -> bool:
    """Whether somebody marks, reviews or votes alone: what is refused them then tells of what they wrote."""
    alone = SEALED_STAGES | {LotStage.UNSEALING}
    voting = bool(state.ballots) and not state.ballots[-1].opened
    return voting or any(lot.stage in alone for lot in state.lots.values())


def _print(state: Evaluation, command: PrintLedger, actor: Actor, at: str) -> list[Event]:
    lot_of(state, command.lot)
    if _works_alone(state):
        raise Refused("ledger_waits", state.stream)
    if not 1 <= command.copies <= MOST_COPIES:
        raise Refused("wrong_copies", "$.copies", most=str(MOST_COPIES))
    number = len(state.memory(Ledger).printed) + 1
    return [LedgerPrinted(number, command.lot, command.copies, is_final(state))]


def _file(state: Evaluation, command: FileLedger, actor: Actor, at: str) -> list[Event]:
    filings = state.memory(Ledger).filings
    if not is_final(state):
        raise Refused("ledger_not_final", state.stream)
    if filings and filings[-1].same is not False:
        raise Refused("ledger_filed", state.stream)
    return [LedgerFiled(len(filings) + 1, check(command.paper))]


def _compare(state: Evaluation, command: CompareLedger, actor: Actor, at: str) -> list[Event]:
    filings = state.memory(Ledger).filings
    if not filings or filings[-1].same is not None or command.number != len(filings):
        raise Refused("nothing_to_compare", "$.number")
    text = command.text.strip()
    if not command.same:
        guards.text(text, "$.text")
    return [LedgerCompared(command.number, command.same, text)]


def _noted(state: Evaluation, event: DissuasionNoted, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Ledger)
    one = Dissuasion(at, actor.role.value, event)
    return state.remembering(replace(memory, dissuasions=(*memory.dissuasions, one)))


def _ended(state: Evaluation, event: DissuasionEnded, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Ledger)
    known = list(memory.dissuasions)
    known[event.number - 1] = replace(known[event.number - 1], ended=(at, event))
    return state.remembering(replace(memory, dissuasions=tuple(known)))


def _printed(state: Evaluation, event: LedgerPrinted, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Ledger)
    return state.remembering(replace(memory, printed=(*memory.printed, event)))


def _filed(state: Evaluation, event: LedgerFiled, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Ledger)
    one = Filing(at, actor.role.value, event.paper)
    return state.remembering(replace(memory, filings=(*memory.filings, one)))


def _compared(state: Evaluation, event: LedgerCompared, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Ledger)
    last = replace(memory.filings[-1], same=event.same)
    return state.remembering(replace(memory, filings=(*memory.filings[:-1], last)))


def _acts(state: Evaluation, viewer: Actor) -> list[Act]:
    memory = state.memory(Ledger)
    acts = []
    if viewer.role in _NOTERS:
        acts += [_end_act(one) for one in memory.dissuasions if one.ended is None]
        acts.append(_note_act(state))
    filings = memory.filings
    if viewer.role is Party.WITNESS and is_final(state) and (not filings or filings[-1].same is False):
        acts.append(_file_act())
    if viewer.role is Party.CENTRE and filings and filings[-1].same is None:
        acts.append(_compare_act(len(filings), filings[-1]))
    return acts


def _note_act(state: Evaluation) -> Act:
    members = (Option("", Words("不是评审成员", "No member")), *(_member(alias) for alias in state.committee))
    return Act(
        "NoteDissuasion",
        Words("记录劝阻", "Note a dissuasion"),
        Words(
            "先提醒、劝阻，再如实记录；记入见证台账，不能修改。",
            "Remind and dissuade first, then write what happened; it cannot be changed.",
        ),
        (
            Field(
                "conduct",
                Words("劝阻的行为", "From what"),
                FieldKind.CHOICE,
                tuple(Option(kind.value, words) for kind, words in CONDUCTS.items()),
            ),
            Field("alias", Words("何人", "Who"), FieldKind.CHOICE, members, needed=False),
            Field("seen", Words("看到的情况", "What was seen")),
            Field("done", Words("如何劝阻", "How they were dissuaded")),
        ),
    )


def _member(alias: str) -> Option:
    return Option(alias, Words(f"评委 {alias.removeprefix('M')} 号", f"Member {alias.removeprefix('M')}"))


def _end_act(one: Dissuasion) -> Act:
    what = CONDUCTS[Conduct(one.noted.conduct)]
    options = tuple(Option(kind.value, words) for kind, words in OUTCOMES.items())
    return Act(
        "EndDissuasion",
        Words(f"第 {one.noted.number} 次劝阻的结果", f"Result of dissuasion {one.noted.number}"),
        Words(f"{what.zh}：{one.noted.seen}", f"{what.en}: {one.noted.seen}"),
        (
            Field("outcome", Words("结果", "Result"), FieldKind.CHOICE, options),
            Field(
                "text",
                Words("说明：后续情况、向谁报告（已停止的可不填）", "What followed, reported to whom (unless stopped)"),
                needed=False,
            ),
        ),
        {"number": one.noted.number},
    )


def _file_act() -> Act:
    return Act(
        "FileLedger",
        Words("归入签字的见证台账", "File the signed ledger"),
        Words(
            "打印台账，见证人员签字后扫描上传；场内管理与原件核对。",
            "Print the ledger, sign and scan it; the centre compares the scan with the paper.",
        ),
        (Field("paper", Words("签字件扫描件", "Scan of the signed ledger"), FieldKind.PAPER),),
    )


def _compare_act(number: int, filing: Filing) -> Act:
    words = Words("与签字的纸质台账逐页核对。", "Compare each page with the paper that was signed.")
    fields = (
        Field("same", Words("与原件一致", "The same as the paper"), FieldKind.FLAG),
        Field("text", Words("不一致之处（一致的不填）", "What differs (nothing if the same)"), needed=False),
    )
    title = Words("核对见证台账扫描件", "Compare the scan of the ledger")
    return Act(
        "CompareLedger", title, words, fields, {"number": number}, urgent=True, paper=codec.to_json(filing.paper)
    )


def _view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    if viewer.role not in may.STAFF:
        return {}
    memory = state.memory(Ledger)
    return {
        "final": is_final(state),
        "dissuasions": [
            {"at": one.at, "by": one.by, **one.noted.data()}
            | ({} if one.ended is None else {"ended_at": one.ended[0]} | _result(one.ended[1]))
            for one in memory.dissuasions
        ],
        "printed": [one.data() for one in memory.printed],
        "filings": [codec.to_json(one) for one in memory.filings],
        "words": {
            "conduct": {kind.value: codec.to_json(words) for kind, words in CONDUCTS.items()},
            "outcome": {kind.value: codec.to_json(words) for kind, words in OUTCOMES.items()},
        },
    }


def _result(ended: DissuasionEnded) -> dict[str, str]:
    return {"outcome": ended.outcome, "result": ended.text}


LEDGER = Matter(
    name="ledger",
    decisions={
        NoteDissuasion: _note,
        EndDissuasion: _end,
        PrintLedger: _print,
        FileLedger: _file,
        CompareLedger: _compare,
    },
    permits={
        NoteDissuasion: _NOTERS,
        EndDissuasion: _NOTERS,
        PrintLedger: frozenset({Party.WITNESS}),
        FileLedger: frozenset({Party.WITNESS}),
        CompareLedger: frozenset({Party.CENTRE}),
    },
    starts={
        DissuasionNoted: NoteDissuasion,
        DissuasionEnded: EndDissuasion,
        LedgerPrinted: PrintLedger,
        LedgerFiled: FileLedger,
        LedgerCompared: CompareLedger,
    },
    folds={
        DissuasionNoted: _noted,
        DissuasionEnded: _ended,
        LedgerPrinted: _printed,
        LedgerFiled: _filed,
        LedgerCompared: _compared,
    },
    told=dict.fromkeys(
        (DissuasionNoted, DissuasionEnded, LedgerPrinted, LedgerFiled, LedgerCompared), by_role(staff=Told.WHOLE)
    ),
    entries={
        DissuasionNoted: Words("劝阻第 {number} 次：{seen}；{done}", "Dissuasion {number}: {seen}; {done}"),
        DissuasionEnded: Words("第 {number} 次劝阻的结果已记录", "The result of dissuasion {number} was noted"),
        LedgerPrinted: Words(
            "印制见证台账 {copies} 份（第 {number} 次）", "{copies} copies of the ledger were printed ({number})"
        ),
        LedgerFiled: Words("签字的见证台账已扫描归入", "The signed ledger was scanned and filed"),
        LedgerCompared: Words("见证台账扫描件已与原件核对", "The scan of the ledger was compared with the paper"),
    },
    acts=_acts,
    view=_view,
)
