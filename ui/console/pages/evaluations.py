"""Every evaluation with its lots: how far each is, who has come, and the papers that are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.evaluation.stages import LotStage
from app.link import Failed
from app.rules.procedure import CARRIED
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName, part
from ui.console.sight import Json, Sight, Target
from ui.console.words import alias_word, stage_word, stops
from ui.models.platform import platform_check
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Folding, Scroll
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.rail import Stage, StageRail, StageState
from ui.widgets.symbols import Symbol
from ui.widgets.text import Text


@dataclass(frozen=True)
class LotLine:
    """A lot as it is shown: its stage, and which papers this role may have."""

    id: str
    name: str
    stage: str
    failed: bool
    result: bool
    platform: bool
    """What the platform states is checked, or waits for it."""
    report: bool
    evidence: bool


@dataclass(frozen=True)
class Summary:
    """An evaluation as it is shown; equal summaries need no new widgets."""

    stream: str
    title: str
    note: str
    words: tuple[tuple[str, str], ...]
    carries: tuple[str, ...]
    arrived: int
    expected: int
    committee: tuple[tuple[str, bool, str], ...]
    lots: tuple[LotLine, ...]
    prints: bool
    """Whether blank forms may be printed here."""


def summary(evaluation: Json, sight: Sight) -> Summary:
    """What there is to show of an evaluation."""
    project = evaluation["project"] or {}
    note = " · ".join(part for part in (project.get("id"), project.get("tenderee"), *project.get("labels", ())) if part)
    committee = tuple((one["alias"], bool(one["chair"]), one["state"]) for one in evaluation["committee"])
    lots = tuple(
        LotLine(
            lot["id"],
            lot["name"],
            lot["stage"],
            failed=lot["failed"] is not None,
            result=lot["result"] is not None,
            platform=platform_check(evaluation, lot["id"]) is not None,
            report=lot["report"] is not None,
            evidence=bool(evaluation["closed"]) and sight.staff,
        )
        for lot in evaluation["lots"]
    )
    return Summary(
        evaluation["stream"],
        str(project.get("name") or ""),
        note,
        tuple(sorted(evaluation["words"].items())),
        tuple(evaluation.get("carries", CARRIED)),
        int(evaluation["arrived"]),
        int(evaluation["expected"]),
        committee,
        lots,
        sight.role == "centre" and not evaluation["closed"],
    )


class EvaluationsPage(DeskPage):
    """One card an evaluation, built anew only when something in it changed."""

    page = PageName.EVALUATIONS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._notice = self.add(NoticeLine())
        self._notice.hide()
        self._empty = self.add(NoticeLine(Notice(Tone.INFO, self.tr("No evaluation has been imported yet."))))
        self._list = Column(gap=Space.WIDE)
        self._list.fill()
        self.add(Scroll(self._list), 1)
        self._cards: dict[str, tuple[Summary, QWidget]] = {}

    def show_sight(self, sight: Sight) -> None:
        """Show every evaluation that this role may know of."""
        summaries = [summary(one, sight) for one in sight.evaluations]
        self._empty.setVisible(not summaries)
        for stream in [stream for stream in self._cards if stream not in {one.stream for one in summaries}]:
            self._list.drop(self._cards.pop(stream)[1])
        for place, one in enumerate(summaries):
            old = self._cards.get(one.stream)
            if old is not None and old[0] == one:
                continue
            focus = _focused_name(old[1]) if old is not None else ""
            if old is not None:
                self._list.drop(old[1])
            card = self._card(one)
            self._cards[one.stream] = (one, self._list.insert(place, card))
            again = card.findChild(QWidget, focus) if focus else None
            if again is not None:
                again.setFocus()

    def leave(self) -> None:
        """Nothing stays."""
        self.show_sight(Sight({}))
        self._tell(None)

    def _tell(self, notice: Notice | None) -> None:
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)

    def _card(self, one: Summary) -> Card:
        card = Card(margin=(Space.PAGE, Space.WIDE, Space.PAGE, Space.WIDE), gap=Space.GAP)
        head = card.add(Folding(gap=Space.GAP))
        head.add(Text(one.title, Role.SECTION), 1)
        if one.prints:
            button = head.add(Button(self.tr("Blank forms")))
            button.setObjectName(part(Name.FORMS, one.stream))
            button.clicked.connect(lambda: self.desk.go(Target(PageName.FORMS, one.stream)))
        if one.note:
            card.add(Text(one.note, soft=True))
        card.add(self._people(one))
        for lot in one.lots:
            card.add(self._lot(one, lot))
        return card

    def _people(self, one: Summary) -> Column:
        """How many have come, and the committee by alias, a few in a row."""
        box = Column(gap=Space.HAIR)
        whole = one.arrived == one.expected
        arrived = self.tr("Arrived: {arrived} of {expected}").format(arrived=one.arrived, expected=one.expected)
        pill = StatusPill(arrived, Tone.OK if whole else Tone.INFO, Symbol.DONE if whole else Symbol.PROGRESS)
        pills = [pill, *self._committee(one)]
        box.add(Flow(*pills, gap=Space.SMALL))
        return box

    def _committee(self, one: Summary) -> list[StatusPill]:
        pills = []
        for alias, chairs, state in one.committee:
            ended = state == "ended"
            word = self.tr("ended") if ended else self.tr("in progress")
            name = alias_word(alias) + (f" ({dict(one.words).get('chair', '')})" if chairs else "")
            tone, symbol = (Tone.OK, Symbol.DONE) if ended else (Tone.INFO, Symbol.PROGRESS)
            pills.append(StatusPill(f"{name} {word}", tone, symbol))
        return pills

    def _lot(self, one: Summary, lot: LotLine) -> Column:
        words = dict(one.words)
        box = Column(gap=Space.SMALL)
        head = box.add(Folding(gap=Space.GAP))
        head.add(Text(f"{words.get('lot', '')} {lot.id} · {lot.name}", Role.STRONG), 1)
        if lot.failed:
            head.add(StatusPill(self.tr("ended without a result"), Tone.ATTENTION))
        head.add(StatusPill(stage_word(lot.stage, words), Tone.INFO, Symbol.PROGRESS))
        box.add(StageRail(rail_of(lot.stage, words, one.carries)))
        if lot.result or lot.platform or lot.report or lot.evidence:
            self._papers(box.add(Flow(gap=Space.GAP)), one, lot)
        return box

    def _papers(self, row: Flow, one: Summary, lot: LotLine) -> None:
        if lot.result:
            button = row.add(Button(self.tr("Result")))
            button.setObjectName(part(Name.RESULT, lot.id))
            button.clicked.connect(lambda: self.desk.go(Target(PageName.RESULT, one.stream, lot.id)))
        if lot.platform:
            button = row.add(Button(self.tr("The platform's figures")))
            button.setObjectName(part(Name.PLATFORM, lot.id))
            button.clicked.connect(lambda: self.desk.go(Target(PageName.PLATFORM, one.stream, lot.id)))
        if lot.report:
            button = row.add(Button(dict(one.words).get("report", self.tr("Report"))))
            button.setObjectName(part(Name.REPORT, lot.id))
            button.clicked.connect(lambda: self.desk.go(Target(PageName.REPORT, one.stream, lot.id)))
        if lot.evidence:
            button = row.add(Button(self.tr("Save the evidence package")))
            button.setObjectName(part(Name.EVIDENCE, lot.id))
            button.clicked.connect(lambda: self._save_evidence(one.stream, lot.id))

    def _save_evidence(self, stream: str, lot: str) -> None:
        self._tell(Notice(Tone.INFO, self.tr("Fetching the evidence package …")))
        name = f"evidence-{stream.rsplit('/', 1)[-1]}-{lot}.zip"
        self.desk.ask(
            "evidence",
            lambda client: client.evidence(stream, lot),
            lambda content: self.desk.save(name, content, self._saved, self._not_saved),
            self._refused,
        )

    def _saved(self, path: Path) -> None:
        self._tell(Notice(Tone.OK, self.tr("Saved: {path}").format(path=path)))

    def _not_saved(self, fault: Exception) -> None:
        self._tell(Notice(Tone.ERROR, self.tr("Could not be saved: {why}").format(why=fault)))

    def _refused(self, failure: Failed) -> None:
        self._tell(Notice(Tone.ERROR, sentence_of(failure)))


def rail_of(stage: str, words: Mapping[str, str], carries: Collection[str] = CARRIED) -> list[Stage]:
    """The rail of a lot at this stage, in the track's own words."""
    way = stops(words, carries)
    now = next(at for at, (_, stages) in enumerate(way) if LotStage(stage) in stages)
    over = stage == LotStage.CLOSED

    def state(at: int) -> StageState:
        if over or at < now:
            return StageState.DONE
        return StageState.CURRENT if at == now else StageState.COMING

    return [Stage(name, state(at)) for at, (name, _) in enumerate(way)]


def _focused_name(card: QWidget) -> str:
    """The name of the control in a card that has the focus, so that its successor gets it."""
    return next((child.objectName() for child in card.findChildren(QWidget) if child.hasFocus()), "")
