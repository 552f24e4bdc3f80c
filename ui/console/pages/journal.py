"""The journal that this console has been told: how far it is proved, a filter, and the way to what was recorded at an
entry."""

from __future__ import annotations

from app.link import StreamProof
from ui.console.desk import Desk, DeskPage
from ui.console.journal_filter import JournalFilter
from ui.console.names import Name, PageName
from ui.console.proof_words import proof_lines, proof_notice
from ui.console.sight import Sight, Target
from ui.models.journal import JournalLine, JournalModel
from ui.theme import Role, Space
from ui.widgets.boxes import Row
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.journal_list import JournalList
from ui.widgets.notice import NoticeLine
from ui.widgets.text import Text


class JournalPage(DeskPage):
    """Proof, filter and lines."""

    page = PageName.JOURNAL

    def __init__(self, desk: Desk, *, replays: bool = False) -> None:
        super().__init__(desk)
        card = self.add(Card(self.tr("Journal"), gap=Space.GAP), 1)
        self._proofs: tuple[StreamProof, ...] = ()
        self._sight = Sight({})
        self._proof = card.add(NoticeLine())
        self._proof.setObjectName(Name.JOURNAL_PROOF)
        self._filter = card.add(JournalFilter())
        self._filter.changed.connect(self._again)
        self._lines: list[JournalLine] = []
        self._model = JournalModel(self)
        self._list = card.add(JournalList(self._model, choosing=replays), 1)
        if replays:
            row = card.add(Row(gap=Space.GAP))
            self._recorded = row.add(Button(self.tr("What was recorded then")))
            row.fill()
            self._recorded.setObjectName(Name.JOURNAL_RECORDED)
            self._recorded.setEnabled(False)
            self._recorded.setToolTip(self.tr("Choose an entry first"))
            self._recorded.clicked.connect(lambda: self._replay(self._list.line()))
            self._list.marked.connect(lambda line: self._recorded.setEnabled(line is not None))
            self._list.chosen.connect(self._replay)
        self._streams = card.add(Text("", Role.SMALL, soft=True))
        self.setFocusProxy(self._filter)
        self.show_proof(())

    def extend(self, lines: list[JournalLine]) -> None:
        """New lines, in rising order."""
        self._lines += lines
        self._model.extend([line for line in lines if self._filter.wanted.takes(line)])

    def show_sight(self, sight: Sight) -> None:
        """Only the names of the evaluations come from the view."""
        self._sight = sight
        self.show_proof(self._proofs)

    def show_proof(self, proofs: tuple[StreamProof, ...]) -> None:
        """Say how far this console has proved what it was told."""
        self._proofs = proofs
        self._proof.tell(proof_notice(proofs))
        told = [f"{name}: {words}" for name, words in proof_lines(proofs, self._sight)]
        self._streams.setText("\n".join(told))
        self._streams.setVisible(bool(told))

    def forget(self) -> None:
        """Forget every line."""
        self._lines.clear()
        self._model.clear()

    def leave(self) -> None:
        """Nothing told or typed stays."""
        self.forget()
        self._filter.clear()
        self._sight = Sight({})
        self.show_proof(())

    def _replay(self, line: JournalLine | None) -> None:
        if line is not None:
            self.desk.go(Target(PageName.REPLAY, line.stream, what=line.at))

    def _again(self) -> None:
        self._model.clear()
        self._model.extend([line for line in self._lines if self._filter.wanted.takes(line)])
