"""The agency's line (询问代理机构): the whole committee asks somebody outside, recorded, and never one member alone.

Whom it may ask is the rule set's (`agency_line`). The chair asks for the line, the centre opens it, and who is asked is
then heard in the committee's call. It is only open while every sitting member is in that call and every one of their
machines records; as soon as one is missing the room joins nobody outside to anyone, and says why. Where members begin
to work alone the room closes it with the call (独立评审). Who was asked what, from when to when, stands in the journal
and the report; what was answered is in the recordings.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.evaluation import visibility as may
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.codec import to_json
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Act, Field, FieldKind, Line, Matter, Notice, Option, Words
from app.evaluation.matters.call.decisions import missing, parties, party_of
from app.evaluation.matters.call.records import COMMITTEE, OUTSIDE, CallLeft, Calls, OutsideLine
from app.evaluation.matters.call.seen import mine
from app.evaluation.matters.recording.records import Recordings, RecordingState
from app.evaluation.model import Evaluation
from app.evaluation.moments import clock, moment, whole_minutes
from app.evaluation.refusal import Refused
from app.evaluation.stages import SEALED_STAGES
from app.evaluation.telling import Told
from app.rules.model import Party

KEEPS = frozenset({RecordingState.RUNNING, RecordingState.LOW})
"""States of a recording in which something is kept."""


@dataclass(frozen=True)
class LineAsked(Event):
    """The chair asks for a line to `party`, and says what the committee wants to know."""

    party: str
    text: str


@dataclass(frozen=True)
class LineOpened(Event):
    """The centre opened it."""


@dataclass(frozen=True)
class LineHeld(Event):
    """Nobody outside is heard or hears: a member is not in the call (`missing`), or is not recorded (`recording`)."""

    why: str
    alias: str


@dataclass(frozen=True)
class LineResumed(Event):
    """All members are there again, and recorded."""


@dataclass(frozen=True)
class LineClosed(Event):
    """It is over: `ended` by chair or centre, or `closed` by the room because members work alone."""

    why: str


@dataclass(frozen=True)
class AskLine(Command):
    """Ask for a line to somebody whom the rule set names."""

    party: str
    text: str


@dataclass(frozen=True)
class OpenLine(Command):
    """Open what the chair asked for."""


@dataclass(frozen=True)
class SettleLine(Command):
    """The room holds the line, or lets it go on."""


@dataclass(frozen=True)
class CloseLine(Command):
    """End it, also before it was opened."""

    why: str


@dataclass(frozen=True)
class Inquiry:
    """One line from its asking to its end."""

    party: str
    text: str
    at: str
    opened_at: str | None = None
    closed_at: str | None = None
    held: tuple[str, ...] = ()
    """One sentence for each time that it was held."""


@dataclass(frozen=True)
class Inquiries:
    """Every line, the last of which may still be there; why the one that is there is held (code and alias)."""

    made: tuple[Inquiry, ...] = ()
    held: tuple[str, str] = field(default=("", ""))


# --- what is so


def fault(state: Evaluation) -> tuple[str, str]:
    """Why nobody outside may be heard now, and whom that is about; empty where everybody hears and is recorded."""
    for alias in missing(state):
        return "missing", alias
    for alias, device in sorted(parties(state, COMMITTEE).items()):
        if alias not in OUTSIDE and not _recorded(state, alias, device):
            return "recording", alias
    return "", ""


def _recorded(state: Evaluation, alias: str, device: str) -> bool:
    """Whether something is kept at this machine: the room has it, and was not told since that it stopped.

    A recording that runs as it should is told of by what of it has come, and by nothing else.
    """
    memory = state.memory(Recordings)
    told = memory.states.get((alias, device))
    return (alias, device) in memory.kept if told is None else told.state in KEEPS


def unsettled(state: Evaluation) -> bool:
    """Whether the room has to hold an open line, or to let it go on."""
    line = state.memory(Calls).line
    return line is not None and line.open and fault(state) != state.memory(Inquiries).held


def line_over(state: Evaluation) -> bool:
    """Whether members work alone while there is a line."""
    return state.memory(Calls).line is not None and _sealed(state)


def _sealed(state: Evaluation) -> bool:
    return any(lot.stage in SEALED_STAGES for lot in state.lots.values())


def _line(state: Evaluation) -> OutsideLine:
    found = state.memory(Calls).line
    if found is None:
        raise Refused("no_line", state.stream)
    return found


# --- what may be done


def ask(state: Evaluation, command: AskLine, actor: Actor, at: str) -> list[Event]:
    """The chair, while the committee's call may be held; one line at a time."""
    guards.chair(state, actor)
    if command.party not in {party.value for party in state.ruleset.procedure.agency_line.parties}:
        raise Refused("line_not_allowed", "$.party")
    if _sealed(state):
        raise Refused("call_closed", COMMITTEE)
    if state.memory(Calls).line is not None:
        raise Refused("line_asked", state.stream)
    return [LineAsked(command.party, guards.text(command.text, "$.text"))]


def open_(state: Evaluation, command: OpenLine, actor: Actor, at: str) -> list[Event]:
    """When nobody of the committee is missing, and everybody is recorded."""
    if _line(state).open:
        raise Refused("line_open", state.stream)
    why, alias = fault(state)
    if why == "missing":
        raise Refused("committee_not_whole", alias, alias=alias)
    if why:
        raise Refused("recording_off", alias, alias=alias)
    return [LineOpened()]


def settle(state: Evaluation, command: SettleLine, actor: Actor, at: str) -> list[Event]:
    """As it stands now."""
    if not unsettled(state):
        raise Refused("nothing_new", state.stream)
    why, alias = fault(state)
    return [LineHeld(why, alias) if why else LineResumed()]


def close(state: Evaluation, command: CloseLine, actor: Actor, at: str) -> list[Event]:
    """Chair and centre at any time; the room where members work alone. Who is outside leaves the call."""
    line = _line(state)
    if actor.role is Party.MEMBER:
        guards.chair(state, actor)
    if command.why != ("closed" if actor == SYSTEM else "ended") or (actor == SYSTEM and not _sealed(state)):
        raise Refused("bad_value", "$.why")
    inside = line.party in parties(state, COMMITTEE)
    return [LineClosed(command.why), *([CallLeft(COMMITTEE, line.party, command.why)] if inside else [])]


# --- what becomes of it


def _asked(state: Evaluation, event: LineAsked, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Inquiries)
    state = state.remembering(replace(memory, made=(*memory.made, Inquiry(event.party, event.text, at))))
    return _with_line(state, OutsideLine(event.party))


def _opened(state: Evaluation, event: LineOpened, actor: Actor, at: str) -> Evaluation:
    return _with_line(_last(state, opened_at=at), replace(_line(state), open=True))


def _held(state: Evaluation, event: LineHeld, actor: Actor, at: str) -> Evaluation:
    inquiry = state.memory(Inquiries).made[-1]
    told = f"{clock(at)} 起{event.alias}{_why(event.why).zh}"
    state = _last(state, held=(*inquiry.held, told))
    state = state.remembering(replace(state.memory(Inquiries), held=(event.why, event.alias)))
    return _with_line(state, replace(_line(state), held=event.why))


def _resumed(state: Evaluation, event: LineResumed, actor: Actor, at: str) -> Evaluation:
    state = state.remembering(replace(state.memory(Inquiries), held=("", "")))
    return _with_line(state, replace(_line(state), held=""))


def _closed(state: Evaluation, event: LineClosed, actor: Actor, at: str) -> Evaluation:
    state = _last(state, closed_at=at)
    return _with_line(state.remembering(replace(state.memory(Inquiries), held=("", ""))), None)


def _with_line(state: Evaluation, line: OutsideLine | None) -> Evaluation:
    return state.remembering(replace(state.memory(Calls), line=line))


def _last(state: Evaluation, **changes: Any) -> Evaluation:
    memory = state.memory(Inquiries)
    *before, last = memory.made
    return state.remembering(replace(memory, made=(*before, replace(last, **changes))))


# --- what is seen


def _why(code: str) -> Words:
    if code == "missing":
        return Words("不在会商中", "is not in the call")
    return Words("的录音录像未在进行", "is not recorded")


def _whom(state: Evaluation, party: str) -> Words:
    own = state.ruleset.words
    return Words(own[party], "the agency" if party == Party.AGENCY.value else "the tenderee")


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """To the committee and to staff how the line stands; to whom is asked the question, and the way into the call."""
    line, rule = state.memory(Calls).line, state.ruleset.procedure.agency_line
    within = may.sits(state, viewer) or viewer.role in may.STAFF
    asked = line is not None and party_of(viewer) == line.party
    if not within and not asked:
        return {}
    told: dict[str, Any] = {}
    if within:
        told |= {"allowed": [party.value for party in rule.parties], "reason": rule.reason}
    if line is not None:
        inquiry = state.memory(Inquiries).made[-1]
        told["line"] = {"party": line.party, "text": inquiry.text, "at": inquiry.at, "opened_at": inquiry.opened_at}
        told["line"]["held"] = line.held or ("missing" if line.open and missing(state) else "")
        told["notices"] = [to_json(_notice(state, line, inquiry, within=within))]
    if asked and line is not None and line.open:
        told["call"] = mine(state, COMMITTEE, line.party)
    return told


def _notice(state: Evaluation, line: OutsideLine, inquiry: Inquiry, *, within: bool) -> Notice:
    whom, (why, alias) = _whom(state, line.party), fault(state)
    what = Words(f"询问{whom.zh}：{inquiry.text}", f"Asking {whom.en}: {inquiry.text}")
    if not why:
        how = Words("待中心开通", "the centre opens the line")
        if line.open:
            how = Words("线路已开通，全体成员在线，录音录像中", "the line is open, all members hear it, it is recorded")
    elif within:
        said = _why(why)
        how = Words(f"暂停，{alias}{said.zh}", f"on hold, {alias} {said.en}")
    else:
        how = Words("暂停，并非全体成员在线", "on hold, not all members are there")
    return Notice(
        Words(f"{what.zh}（{how.zh}）", f"{what.en} ({how.en})"), inquiry.opened_at or inquiry.at, urgent=bool(why)
    )


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """The chair asks, the centre opens, either ends it."""
    line = state.memory(Calls).line
    chairs = may.works(state, viewer) and viewer.alias == state.chair
    if line is None:
        return [_ask_act(state)] if chairs and not _sealed(state) and _allowed(state) else []
    made: list[Act] = []
    whom = _whom(state, line.party)
    if viewer.role is Party.CENTRE and not line.open and fault(state) == ("", ""):
        help_ = Words("全体成员在线并录音录像，可以开通。", "All members are there and recorded: it may be opened.")
        title = Words(f"开通询问：{whom.zh}", f"Open the line to {whom.en}")
        made.append(Act("OpenLine", title, help_, urgent=True))
    if chairs or viewer.role is Party.CENTRE:
        title = Words(f"结束询问：{whom.zh}", f"End the line to {whom.en}")
        made.append(Act("CloseLine", title, Words("对方随即退出会商。", "They leave the call."), data={"why": "ended"}))
    return made


def _allowed(state: Evaluation) -> tuple[Party, ...]:
    return state.ruleset.procedure.agency_line.parties


def _ask_act(state: Evaluation) -> Act:
    options = tuple(Option(party.value, _whom(state, party.value)) for party in _allowed(state))
    reason = state.ruleset.procedure.agency_line.reason
    return Act(
        "AskLine",
        Words("询问代理机构", "Ask the agency"),
        Words(
            f"全体成员在会商中并录音录像时，由中心开通；任何成员不得单独询问。{reason}",
            f"The centre opens the line when all members are in the call and recorded; nobody asks alone. {reason}",
        ),
        (
            Field("party", Words("询问谁", "Whom"), FieldKind.CHOICE, options),
            Field("text", Words("询问什么", "What the committee wants to know")),
        ),
    )


def report(state: Evaluation, lot: str) -> list[Line]:
    """One line an inquiry, with the article; they concern every lot."""
    reason = state.ruleset.procedure.agency_line.reason
    return [_report_line(state, one, reason) for one in state.memory(Inquiries).made]


def _report_line(state: Evaluation, one: Inquiry, reason: str) -> Line:
    whom = _whom(state, one.party).zh
    if one.opened_at is None:
        return Line(one.at, "询问代理机构", f"组长请求询问{whom}：{one.text}。未开通。")
    until = "至记录时未结束"
    if one.closed_at is not None:
        minutes = whole_minutes(moment(one.closed_at) - moment(one.opened_at))
        until = f"{clock(one.closed_at)} 结束，历时 {minutes} 分钟"
    held = f"期间暂停 {len(one.held)} 次：{'；'.join(one.held)}。" if one.held else ""
    text = f"全体成员在线并录音录像，询问{whom}：{one.text}。{clock(one.opened_at)} 开通，{until}。{held}依据：{reason}"
    return Line(one.at, "询问代理机构", text)


def _told(state: Evaluation, event: Any, viewer: Actor) -> Told:
    """To staff, to those who sit, and to whom is asked."""
    line = state.memory(Calls).line
    asked = line is not None and party_of(viewer) == line.party
    within = viewer.role in may.STAFF or may.sits(state, viewer)
    return Told.WHOLE if within else Told.HAPPENED if asked else Told.NOTHING


_CENTRE, _ROOM = frozenset({Party.CENTRE}), frozenset({SYSTEM.role})

AGENCY_LINE = Matter(
    name="agency_line",
    decisions={AskLine: ask, OpenLine: open_, SettleLine: settle, CloseLine: close},
    permits={
        AskLine: frozenset({Party.MEMBER}),
        OpenLine: _CENTRE,
        SettleLine: _ROOM,
        CloseLine: _CENTRE | _ROOM | {Party.MEMBER},
    },
    starts={
        LineAsked: AskLine,
        LineOpened: OpenLine,
        LineHeld: SettleLine,
        LineResumed: SettleLine,
        LineClosed: CloseLine,
    },
    folds={
        LineAsked: _asked,
        LineOpened: _opened,
        LineHeld: _held,
        LineResumed: _resumed,
        LineClosed: _closed,
    },
    told=dict.fromkeys((LineAsked, LineOpened, LineHeld, LineResumed, LineClosed), _told),
    entries={
        LineAsked: Words("组长请求询问{party}：{text}", "The chair wants to ask {party}: {text}"),
        LineOpened: Words("中心开通询问线路", "The centre opened the line"),
        LineHeld: Words("询问暂停（{alias}）", "The line is on hold ({alias})"),
        LineResumed: Words("询问恢复", "The line goes on"),
        LineClosed: Words("询问结束", "The line is over"),
    },
    acts=acts,
    view=view,
    report=report,
)
