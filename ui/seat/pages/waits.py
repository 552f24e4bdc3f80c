"""Pages that say calmly what is being waited for, and of the others no more than 'in progress' or 'ended'."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from ui.seat.page import Fittings, Narrow, SeatPage
from ui.seat.platform_board import PlatformBoard, outcome_board
from ui.seat.result_board import ResultBoard, VerdictBoard
from ui.seat.steps import LOCKED, PageCode, Place
from ui.seat.words import ended, in_progress, member_name
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Folding, Row
from ui.widgets.card import Card
from ui.widgets.notice import StatusPill
from ui.widgets.symbols import Symbol
from ui.widgets.text import Text

_TOGETHER = frozenset({PageCode.WAIT_TALK, PageCode.WAIT_UNSEALING, PageCode.WAIT_PLATFORM})
"""Nobody works alone, so that there is no 'in progress' or 'ended'."""
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_WITH_RESULT = frozenset(
    {
        *(PageCode.WAIT_PLATFORM, PageCode.WAIT_FINDINGS, PageCode.WAIT_CHECK),
        *(PageCode.WAIT_OPINIONS, PageCode.WAIT_REPORT),
    }
)
"""Everything is opened by then: the whole committee looks at the same result."""


class CommitteeRow(Row):
    """Every member by alias, each with one of two words."""

    def __init__(self) -> None:
        super().__init__(gap=Space.WIDE)
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._inner: Row | None = None

    def show_members(self, members: tuple[tuple[str, bool], ...]) -> None:
        """Members as (alias, ended); built anew only where something changed."""
        if members == self._shown:
            return
        self._shown = members
        if self._inner is not None:
            self.drop(self._inner)
        self._inner = self.add(Folding(gap=Space.PAGE))
        self._inner.fill()
        for alias, over in members:
            pill = (
                StatusPill(ended(), Tone.OK, Symbol.DONE)
                if over
                else StatusPill(in_progress(), Tone.QUIET, Symbol.PROGRESS)
            )
            cell = Column(gap=Space.SMALL)
            cell.add(Text(member_name(alias), Role.STRONG, wrap=False, align=_MIDDLE))
            cell.add(pill, align=_MIDDLE)
            self._inner.add(cell)
        self._inner.fill()


class WaitPage(SeatPage):
    """What is waited for, in one sentence; the committee where others still work; the opened result where there is."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        self._board: ResultBoard | VerdictBoard | PlatformBoard | None = None
        title, below = _said(place.code, dict(fittings.desk.sight.words), chairs=fittings.desk.sight.chairs)
        head = Card(gap=Space.WIDE)
        head.add(Text(title, Role.PAGE, align=_MIDDLE))
        head.add(Text(below, Role.STRONG, soft=True, align=_MIDDLE))
        self._proof = head.add(Text("", Role.STRONG, align=_MIDDLE))
        self._proof.hide()
        self._members = head.add(CommitteeRow())
        self._members.hide()
        if place.code in _WITH_RESULT:
            self.add(head)
            self._board = self.add(outcome_board(fittings.desk.sight, place.lot), 1)
        elif place.code is PageCode.WAIT_CONCLUSION:
            self.add(head)
            self._board = self.add(VerdictBoard(place.lot), 1)
        else:
            inner = Column(gap=0)
            inner.fill()
            inner.add(head)
            inner.fill()
            self.add(Narrow(inner), 1)
        self.add(self.notice)

    def show_view(self) -> None:
        """How far each member is, and the result."""
        locked = self.place.code in LOCKED
        committee = () if locked else self.sight.present.get("committee") or ()
        self._members.show_members(tuple((m["alias"], m["state"] == "ended") for m in committee))
        self._members.setVisible(bool(committee) and self.place.code not in _TOGETHER)
        if self._board is not None:
            self._board.show_view(self.sight)
        if locked:
            self._show_proof()

    def _show_proof(self) -> None:
        """A night's root, to be compared in the morning, and with the other seats."""
        pause = (self.sight.present.get("matters") or {}).get("pause") or {}
        if pause.get("root"):
            told = self.tr("Sealed for the night: {size} entries. Root, the same at every seat:")
            self._proof.setText(f"{told.format(size=pause['size'])}\n{_in_groups(str(pause['root']))}")
        self._proof.setVisible(bool(pause.get("root")))


def _in_groups(root: str) -> str:
    """64 digits in groups of eight, so that two people can compare them aloud."""
    return " ".join(root[at : at + 8] for at in range(0, len(root), 8))


def _said(code: PageCode, words: dict[str, str], *, chairs: bool) -> tuple[str, str]:
    """Title and sentence of a waiting page."""
    translate = QCoreApplication.translate
    chair, calm = (
        words.get("chair", ""),
        translate("WaitPage", "Nothing is asked of you now. This page moves on by itself."),
    )
    if code is PageCode.WAIT_PAUSE:
        kept = translate("WaitPage", "What you typed is kept. Before it goes on, this seat looks for your face again.")
        return translate("WaitPage", "The evaluation is paused"), kept
    if code is PageCode.WAIT_COMMITTEE:
        return translate("WaitPage", "Thank you. The committee is being formed"), calm
    if code is PageCode.WAIT_CHAIR:
        return translate("WaitPage", "You have agreed; the others are being asked"), calm
    if code is PageCode.WAIT_BALLOT:
        return translate("WaitPage", "Your vote is sealed"), translate("WaitPage", "It is counted when all have voted.")
    if code is PageCode.WAIT_LOT:
        return translate("WaitPage", "A tie: the {chair} is drawn by lot").format(chair=chair), calm
    if code is PageCode.WAIT_REVIEW:
        told = translate("WaitPage", "Sealed: {stage}").format(stage=words.get("preliminary", ""))
        return told, translate("WaitPage", "All verdicts are opened together when every member has ended.")
    if code is PageCode.WAIT_MARKS:
        told = translate("WaitPage", "Sealed: {stage}").format(stage=words.get("marking", ""))
        return told, translate("WaitPage", "All marks are opened together when every member has ended.")
    if code is PageCode.WAIT_UNSEALING:
        told = translate("WaitPage", "Sealed and opened: this part of {stage} is over")
        title = told.format(stage=words.get("marking", ""))
        if chairs:
            return title, translate("WaitPage", "What is to be done next is under Matters (F3).")
        return title, translate("WaitPage", "What comes next is being opened before witnesses.")
    if code is PageCode.WAIT_PLATFORM:
        told = translate("WaitPage", "This is done on the platform; its figures are checked here")
        if chairs:
            lead = translate("WaitPage", "When they are checked, your part is under Matters (F3).")
            return told, lead
        led = translate("WaitPage", "Look at what the check finds; the {chair} notes what the committee says to it.")
        return told, led.format(chair=chair)
    if code is PageCode.WAIT_CONCLUSION:
        return translate("WaitPage", "The {chair} states the committee's decision").format(chair=chair), calm
    if code is PageCode.WAIT_TALK:
        told = translate("WaitPage", "{talk}: the whole group together").format(talk=words.get("talk", ""))
        if chairs:
            lead = translate("WaitPage", "You lead. Minutes, changes and offers are under Matters (F3).")
            return told, lead
        led = translate("WaitPage", "The {chair} leads. Minutes that you are to confirm come up by themselves.")
        return told, led.format(chair=chair)
    if code is PageCode.WAIT_FINDINGS:
        told = translate("WaitPage", "Look at the result and the findings together")
        return told, translate("WaitPage", "The {chair} notes what the committee says to them.").format(chair=chair)
    if code is PageCode.WAIT_CHECK:
        return translate("WaitPage", "The organising staff check the tables"), calm
    if code is PageCode.WAIT_OPINIONS:
        return translate("WaitPage", "Your opinion is recorded; the others are being asked"), calm
    return translate("WaitPage", "The report is being made"), calm
