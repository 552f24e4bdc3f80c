"""The start window of a rehearsal with a screen: who is played by a person, who by the script; then, how it goes."""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget

from app.demo.parts import Kind, Part
from app.demo.stage import Stage, StageFault
from ui import theme
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.header import HeaderBar
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.text import Text


def show(stage: Stage) -> bool:
    """Show the window until the rehearsal has ended or the window is closed; returns whether it ended well."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - narrowing
    theme.apply(app)
    theme.install(app, stage.lang)
    window = StartWindow(stage)
    window.show()
    app.exec()
    return window.ended


class StartWindow(QWidget):
    """Offers every machine of the rehearsal, with what a person needs to play it: passwords and documents."""

    _over = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.ended = False
        self._stage = stage
        self._boxes: dict[str, QCheckBox] = {}
        self._over.connect(self._tell_end)
        header = HeaderBar(self.tr("Rehearsal of a whole evaluation"), stage.cast.content.tender.name)
        header.set_rehearsal(True)
        hint = self.tr("Tick what you want to play yourself; the script plays the rest.")
        self._notice = NoticeLine(Notice(Tone.INFO, hint), lines=2)
        self._begin = PrimaryButton(self.tr("Begin the rehearsal"))
        self._begin.setObjectName("start.begin")
        self._begin.clicked.connect(self._start)
        tables = Scroll(Row(self._machines(), self._documents()))
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addWidget(header)
        body = Column(self._notice, margin=Space.WIDE)
        body.add(tables, 1)
        body.add(self._begin)
        frame.addWidget(body, 1)
        self.setWindowTitle(self.tr("Rehearsal of a whole evaluation"))
        self.resize(1200, 860)

    def _machines(self) -> Card:
        card = Card(self.tr("Machines"))
        for part in self._stage.parts:
            box = QCheckBox(_caption(part))
            box.setObjectName(f"start.play.{part.name}")
            self._boxes[part.name] = card.add(box)
            if part.user is not None:
                card.add(Text(f"{part.user}    {part.password}", soft=True))
        card.fill()
        return card

    def _documents(self) -> Card:
        card = Card(self.tr("Documents for the kiosk, in order of arrival"))
        for person in self._stage.cast.people:
            card.add(Text(person.document, Role.STRONG))
        card.fill()
        return card

    @Slot()
    def _start(self) -> None:
        self._begin.setEnabled(False)
        played = frozenset(name for name, box in self._boxes.items() if box.isChecked())
        for box in self._boxes.values():
            box.setEnabled(False)
        self._notice.tell(Notice(Tone.INFO, self.tr("The rehearsal is running; its windows open one after another.")))
        self._stage.played = played
        threading.Thread(target=self._run, name="rehearsal", daemon=True).start()

    def _run(self) -> None:
        try:
            self._stage.open()
            self._stage.wait(None)
        except StageFault as fault:
            self._over.emit(fault)
        else:
            self._over.emit(None)

    @Slot(object)
    def _tell_end(self, fault: StageFault | None) -> None:
        self.ended = fault is None
        if fault is None:
            self._notice.tell(
                Notice(Tone.OK, self.tr("The rehearsal is over; close this window to collect its files."))
            )
        else:
            self._notice.tell(Notice(Tone.ERROR, f"{fault.message(self._stage.lang)} ({fault.where})"))


def _caption(part: Part) -> str:
    translate = QCoreApplication.translate
    if part.kind is Kind.SEAT:
        return translate("StartWindow", "Seat {seat}").format(seat=part.seat)
    if part.kind is Kind.KIOSK:
        return translate("StartWindow", "Check-in kiosk")
    captions = {
        "centre": translate("StartWindow", "Console of the centre"),
        "witness": translate("StartWindow", "Console of the witness"),
    }
    return captions.get(part.role or "", translate("StartWindow", "Console of the organising staff"))
