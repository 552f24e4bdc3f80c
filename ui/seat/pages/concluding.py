"""The chair states what the committee decided in the preliminary review; differing verdicts are reviewed again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.link import Failed
from ui.seat.names import Name, part
from ui.seat.page import Fittings, SeatPage, headline
from ui.seat.pick import Pick
from ui.seat.repeat import REVIEW_GROUND, RepeatPanel
from ui.seat.result_board import VerdictBoard
from ui.seat.steps import Json, Place
from ui.seat.words import bidders, lot_title
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Folding, Row, Scroll
from ui.widgets.buttons import DangerButton, StepButton
from ui.widgets.card import Card
from ui.widgets.forms import Field
from ui.widgets.text import Text


class ConcludePage(SeatPage):
    """The verdicts at the left; at the right exactly what follows from them, to be stated by the chair."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        lot = self.sight.lot(place.lot)
        self.add(
            headline(
                self.tr("Decision of the committee: {stage}").format(stage=self.words.get("preliminary", "")),
                lot_title(lot, self.words),
            )
        )
        body = self.add(Folding(gap=Space.PAGE), 1)
        self.board = body.add(VerdictBoard(place.lot), 1)
        card = body.add(Card(), 1)
        self._side = self._new_side()
        self._scroll = card.add(Scroll(self._side), 1)
        self.grounds: dict[str, Pick] = {}
        self.competition: Field | None = None
        self.repeat: RepeatPanel | None = None
        self.step = StepButton(self.tr("State this decision"))
        self.step.button.setObjectName(Name.CONCLUDE_DONE)
        self.step.pressed.connect(self._conclude)
        self._basis = _basis(lot)
        self._build(lot)
        card.add(self.step)
        self.add(self.notice)

    def _new_side(self) -> Column:
        return Column(gap=Space.WIDE, margin=(0, 0, Space.SMALL, 0))

    def _build_again(self, lot: Json) -> None:
        """What follows is another thing now: a verdict was changed, or a vote rejected a bid."""
        self._basis, self._side = _basis(lot), self._new_side()
        self._scroll.hold(self._side)
        self.grounds, self.competition, self.repeat = {}, None, None
        self.step.allow()
        self._build(lot)

    def _build(self, lot: Json) -> None:
        verdict = lot.get("verdict") or {}
        if differ := verdict.get("differ"):
            self._build_repeat(differ, lot)
            self._side.fill()
            return
        failing: dict[str, str] = verdict.get("failing") or {}
        for bid, ground in failing.items():
            self._build_rejection(lot, bid, ground)
        if not failing:
            self._side.add(Text(self.tr("No bid is rejected. All go on to the next stage."), Role.STRONG))
        self._build_rest(lot, failing)
        self._side.fill()

    def _build_repeat(self, differ: dict[str, str], lot: Json) -> None:
        bid, item = bidders(lot).get(differ["bid"], differ["bid"]), differ["item"]
        title = self.tr("Members differ on '{item}' of {bid}.").format(item=item, bid=bid)
        self.repeat = self._side.add(RepeatPanel(title, {REVIEW_GROUND: title}, self.tr("Have the review done again")))
        self.repeat.propose(title)
        self.repeat.asked.connect(self._repeat)
        self.step.block(self.tr("First the members have to agree."))

    def _build_rejection(self, lot: Json, bid: str, ground: str) -> None:
        """A bid that fails, with its statutory ground to be confirmed or changed."""
        row = self._side.add(Column(gap=Space.HAIR))
        told = self.tr("{word}: {bid}").format(word=self.words.get("reject", ""), bid=bidders(lot).get(bid, bid))
        row.add(Text(told, Role.STRONG, tone=Tone.ERROR))
        row.add(Text(self.words.get("rejection_ground", ""), soft=True))
        choice = row.add(Pick(f"{told} · {self.words.get('rejection_ground', '')}"))
        choice.setObjectName(part(Name.CONCLUDE_GROUND, bid))
        for code, text in self._grounds().items():
            choice.addItem(f"{code} {text}", code)
        choice.setCurrentIndex(max(0, choice.findData(ground)))
        self.grounds[bid] = choice

    def _build_rest(self, lot: Json, failing: dict[str, str]) -> None:
        """Too few bids left: the track says whether the lot fails or the committee decides on competition."""
        rules = self.sight.present.get("rules") or {}
        left = sum(1 for bid in lot["bids"] if bid["status"] == "live" and bid["id"] not in failing)
        if left >= int(rules.get("min_bids", 3)):
            return
        few = self.tr("{left} bids are left, fewer than {least}.").format(left=left, least=rules.get("min_bids", 3))
        if left == 0 or rules.get("too_few") == "fail":
            ends = self.tr("{few} With this decision this {lot} ends: {word}.")
            told = ends.format(few=few, lot=self.words.get("lot", ""), word=self.words.get("too_few", ""))
            self._side.add(Text(told, Role.STRONG, tone=Tone.ATTENTION))
            return
        self._side.add(Text(few, Role.STRONG, tone=Tone.ATTENTION))
        self.competition = self._side.add(
            Field(
                self.tr("There is still competition, because"),
                self.tr("One sentence; the evaluation then goes on."),
            )
        )
        self.competition.line.setObjectName(Name.CONCLUDE_COMPETITION)
        row = self._side.add(Row())
        fail = row.add(
            DangerButton(self.tr("Plainly no competition: {word}").format(word=self.words.get("too_few", "")))
        )
        fail.setObjectName(Name.CONCLUDE_FAIL)
        fail.clicked.connect(self._fail)
        row.fill()

    def _grounds(self) -> dict[str, str]:
        return dict((self.sight.present.get("rules") or {}).get("grounds") or {})

    def show_view(self) -> None:
        """The verdicts, and what follows from them as they are now."""
        self.board.show_view(self.sight)
        lot = self.sight.lot(self.place.lot)
        if _basis(lot) != self._basis:
            self._build_again(lot)

    def first_focus(self) -> QWidget | None:
        """What is next: the reason of a repetition, or the decision."""
        return self.repeat.reason.line if self.repeat is not None else self.step.button

    def refused(self, failure: Failed) -> None:
        """Another try."""
        super().refused(failure)
        if self.repeat is None:
            self.step.allow()

    def _conclude(self) -> None:
        competition = None
        if self.competition is not None:
            competition = self.competition.text()
            if not competition:
                lacking = self.tr("Say why there is still competition, or end this {lot} below.")
                self.competition.fault(lacking.format(lot=self.words.get("lot", "")))
                self.competition.line.setFocus()
                return
        rejections = {bid: str(choice.currentData()) for bid, choice in self.grounds.items()}
        self.step.block(self.tr("Sent; waiting for the room."))
        self.send("ConcludeReview", {"lot": self.place.lot, "rejections": rejections, "competition": competition})

    def _fail(self) -> None:
        self.send("FailLot", {"lot": self.place.lot, "reason": "no_competition"})

    def _repeat(self) -> None:
        if self.repeat is not None:
            self.send("RepeatStage", {"lot": self.place.lot, "kind": "review"} | self.repeat.data())


def _basis(lot: Json) -> tuple[Json, dict[str, str]]:
    """What the decision follows from: the verdicts, and which bids are still in."""
    return lot.get("verdict") or {}, {bid["id"]: bid["status"] for bid in lot["bids"]}
