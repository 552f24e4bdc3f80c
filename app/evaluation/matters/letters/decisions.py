"""Who passes a letter on, enters its answer and judges a late one; what other matters need to send and close one."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.evaluation import papers
from app.evaluation.actor import Actor
from app.evaluation.commands import CheckTables, Command, NoteFindings
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matters.letters.records import (
    AnswerCompared,
    AnswerEntered,
    AttachPaper,
    CompareAnswer,
    EnterAnswer,
    EnterNoAnswer,
    JudgeLateAnswer,
    LateAnswerJudged,
    Letter,
    LetterKind,
    LetterPassed,
    Letters,
    LetterWithdrawn,
    NoAnswerEntered,
    PaperAttached,
    PassLetter,
    WithdrawLetter,
)
from app.evaluation.matters.phases import AskUnsealing
from app.evaluation.model import Evaluation, LotState
from app.evaluation.refusal import Refused
from app.evaluation.stages import LotStage
from app.rules.model import Party

UNDER_WAY = (
    *(LotStage.ELECTING, LotStage.REVIEWING, LotStage.REVIEWED, LotStage.TALKING),
    *(LotStage.MARKING, LotStage.UNSEALING, LotStage.ACCOMPANYING, LotStage.OPENED, LotStage.CHECKING),
)
"""Stages in which a bidder's side may still act: the result is not settled."""

OFFICE = frozenset({Party.AGENCY, Party.TENDEREE})


def office(state: Evaluation) -> Party:
    """Who speaks with bidders: the agency, or the tenderee where there is none."""
    return Party.AGENCY if state.tender.agency.strip() else Party.TENDEREE


def pass_on(state: Evaluation, command: PassLetter, actor: Actor, at: str) -> list[Event]:
    """Once; the deadline is set from the moment of passing."""
    letter = _letter(state, command.letter, actor)
    if letter.passed_at is not None:
        raise Refused("already_passed", "$.letter")
    return [LetterPassed(letter.number, letter.lot, letter.bid, _deadline(letter, at))]


def answer(state: Evaluation, command: EnterAnswer, actor: Actor, at: str) -> list[Event]:
    """One answer to a letter that was passed on, as text or paper; never an answer that was not asked for."""
    letter = _passed(state, command.letter, actor)
    if not letter.to_enter:
        raise Refused("letter_answered", "$.letter")
    if (command.confirms is None) == (letter.kind is LetterKind.CORRECTION):
        raise Refused("bad_value", "$.confirms")
    if command.paper is not None:
        papers.check(command.paper)
    elif letter.mask is not None:
        raise Refused("original_needed", "$.paper")
    if command.paper is None or letter.mask is not None:
        guards.text(command.text, "$.text")
    no_names(state, letter.lot, command.text, "$.text")
    # Words that were sent back and are entered again came when they first came.
    late = letter.answer.late if letter.answer is not None else is_late(letter, at)
    return [AnswerEntered(lot=letter.lot, bid=letter.bid, late=late, **vars(command))]


def compare(state: Evaluation, command: CompareAnswer, actor: Actor, at: str) -> list[Event]:
    """The witness, of a masked letter: passes the words on to the committee, or sends them back with what is wrong."""
    letter = _open(state, command.letter)
    if not letter.to_compare:
        raise Refused("nothing_to_compare", "$.letter")
    if not command.in_order:
        guards.text(command.reason, "$.reason")
    return [AnswerCompared(lot=letter.lot, **vars(command))]


def attach(state: Evaluation, command: AttachPaper, actor: Actor, at: str) -> list[Event]:
    """To an answer in hand, while the letter is open; after the deadline it is marked late."""
    letter = _passed(state, command.letter, actor)
    if letter.answer is None:
        raise Refused("nothing_answered", "$.letter")
    if letter.mask is not None and not letter.to_compare:
        raise Refused("letter_answered", "$.letter")
    papers.check(command.paper)
    return [PaperAttached(letter.number, letter.lot, letter.bid, command.paper, is_late(letter, at))]


def no_answer(state: Evaluation, command: EnterNoAnswer, actor: Actor, at: str) -> list[Event]:
    """A refusal at any time, silence only once the time is over."""
    letter = _passed(state, command.letter, actor)
    if letter.answer is not None or letter.silence is not None:
        raise Refused("letter_answered", "$.letter")
    if not command.refused and not is_late(letter, at):
        raise Refused("time_left", "$.letter", until=clock(letter.deadline or ""))
    no_names(state, letter.lot, guards.text(command.reason, "$.reason"), "$.reason")
    return [NoAnswerEntered(lot=letter.lot, bid=letter.bid, **vars(command))]


def judge_late(state: Evaluation, command: JudgeLateAnswer, actor: Actor, at: str) -> list[Event]:
    """The chair says whether the committee takes it, and why."""
    letter = by_chair(state, command.letter, actor)
    if letter.given is None or not letter.given.late or letter.given.taken is not None:
        raise Refused("nothing_late", "$.letter")
    guards.text(command.reason, "$.reason")
    return [LateAnswerJudged(lot=letter.lot, bid=letter.bid, **vars(command))]


def withdraw(state: Evaluation, command: WithdrawLetter, actor: Actor, at: str) -> list[Event]:
    """Only before an answer is there: nobody takes a question back because of what was answered."""
    letter = by_chair(state, command.letter, actor)
    if not letter.waiting:
        raise Refused("letter_answered", "$.letter")
    guards.text(command.reason, "$.reason")
    return [LetterWithdrawn(lot=letter.lot, bid=letter.bid, **vars(command))]


def gate(state: Evaluation, command: Command, actor: Actor) -> None:
    """The result is settled with no letter open: the report must say what became of each. A question that was asked
    of a code is closed before the codes may be opened: nobody judges the answer knowing whose it is."""
    if isinstance(command, AskUnsealing):
        masked = [one for one in at_work(state, command.lot) if one.mask is not None]
        if masked:
            raise Refused("masked_letter_open", command.lot, letter=str(masked[0].number))
    settles = isinstance(command, NoteFindings) or (isinstance(command, CheckTables) and command.in_order)
    if not settles or not isinstance(command, NoteFindings | CheckTables):
        return
    waiting = at_work(state, command.lot)
    if waiting:
        raise Refused("letter_open", command.lot, letter=str(waiting[0].number), bid=waiting[0].bid or "暗标")


# --- for those who send and close letters


def at_work(state: Evaluation, lot: str, *kinds: LetterKind) -> list[Letter]:
    """A lot's open letters that still matter: the result is not settled, and the bid is still in."""
    found = state.lots.get(lot)
    live = found.live_bids() if found is not None and found.stage in UNDER_WAY else ()
    in_play = state.memory(Letters).of(lot, *kinds) if live else []
    return [one for one in in_play if one.open and (one.bid is None or one.bid in live)]


def live_bid(lot: LotState, bid: str) -> str:
    """Return a bid of the lot that is still in, or refuse (`unknown_bid`)."""
    if bid not in lot.live_bids():
        raise Refused("unknown_bid", "$.bid")
    return bid


def check_new(state: Evaluation, lot: str, bid: str, kind: LetterKind, minutes: int) -> int:
    """Return the number that a new letter gets; one of a kind is open for a bid at a time, with time enough."""
    if state.memory(Letters).open_for(lot, bid, kind) is not None:
        raise Refused("letter_waiting", "$.bid", bid=bid)
    return next_letter(state, kind, minutes)


def next_letter(state: Evaluation, kind: LetterKind, minutes: int) -> int:
    """Return the number of a new letter of a kind that gives this much time, or refuse the time."""
    rule = state.ruleset.procedure
    least = rule.low_price_min if kind is LetterKind.LOW_PRICE else rule.clarification_min
    if minutes < least:
        raise Refused("too_little_time", "$.minutes", minutes=str(least))
    if minutes > MOST_MINUTES:
        raise Refused("bad_value", "$.minutes")
    return state.memory(Letters).next


MOST_MINUTES = 7 * 24 * 60
"""No bidder gets more than a week: a number typed wrong must not stop the room."""


def by_chair(state: Evaluation, number: int, actor: Actor, *kinds: LetterKind) -> Letter:
    """Return an open letter for the chair to decide on, or refuse."""
    guards.chair(state, actor)
    return _open(state, number, *kinds)


def is_late(letter: Letter, at: str) -> bool:
    """Whether `at` lies past the letter's deadline."""
    return letter.deadline is not None and datetime.fromisoformat(at) > datetime.fromisoformat(letter.deadline)


def clock(moment: str) -> str:
    """A moment's time of day, to the minute."""
    return f"{datetime.fromisoformat(moment):%H:%M}" if moment else ""


def no_names(state: Evaluation, lot: str, text: str, where: str) -> None:
    """The committee reads it, and knows a bid by its code."""
    if any(bid.bidder in text for bid in state.lots[lot].lot.bids):
        raise Refused("names_bidder", where)


def _deadline(letter: Letter, at: str) -> str:
    return (datetime.fromisoformat(at) + timedelta(minutes=letter.minutes)).isoformat(timespec="microseconds")


def _open(state: Evaluation, number: int, *kinds: LetterKind) -> Letter:
    letter = state.memory(Letters).sent.get(number)
    if letter is None or (kinds and letter.kind not in kinds):
        raise Refused("no_such_letter", "$.letter")
    if not letter.open:
        raise Refused("letter_closed", "$.letter")
    lot = guards.lot(state, letter.lot, *UNDER_WAY)
    if letter.bid is not None:
        live_bid(lot, letter.bid)
    return letter


def _letter(state: Evaluation, number: int, actor: Actor) -> Letter:
    if actor.role is not office(state):
        raise Refused("not_permitted", actor.role.value)
    return _open(state, number)


def _passed(state: Evaluation, number: int, actor: Actor) -> Letter:
    letter = _letter(state, number, actor)
    if letter.passed_at is None:
        raise Refused("not_passed", "$.letter")
    return letter
