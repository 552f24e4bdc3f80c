"""From the empty chair to the signature without a mouse, with the full-width digits of a Chinese input method.

Keys are the only means: what is pressed goes to whatever has the focus, and a mouse is a fault.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from evaluation_factory import AGENCY, good_marks, member
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from seat_ground import FACE, PORTRAIT, Seat

from app.evaluation import commands as c
from app.evaluation.model import SheetKind
from ui.seat.names import Name, part

REFERENCE = {"member": "p2", "kind": "portrait", "image": base64.b64encode(PORTRAIT).decode()}
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９。")
MOST_TABS = 40


class _NoMouse(QObject):
    """Notes every press of a mouse."""

    pressed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.pressed += event.type() is QEvent.Type.MouseButtonPress
        return False


@pytest.fixture
def no_mouse(qapp: QApplication) -> Iterator[_NoMouse]:
    watch = _NoMouse()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "the keyboard is nowhere"
    return found


def key(which: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(focused(), which)


def write(text: str) -> None:
    """As a Chinese input method gives it."""
    event = QInputMethodEvent()
    event.setCommitString(text.translate(FULL_WIDTH))
    QApplication.sendEvent(focused(), event)


def tab_to(name: str) -> None:
    for _ in range(MOST_TABS):
        if focused().objectName() == name:
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached by {MOST_TABS} tabs; the keyboard is at {focused().objectName()!r}")


def sent(seat: Seat, kind: str) -> dict[str, Any]:
    """What was sent last, which the room now does."""
    last = seat.bridge.link.sent[-1]
    assert last.kind == kind
    return last.data


def go_on(seat: Seat, page: str) -> None:
    seat.bridge.accept()
    seat.show()
    assert seat.window.page_name == page


def seal(seat: Seat, kind: SheetKind, sheets: dict[str, Any]) -> None:
    """All seal; this seat what its member filled in."""
    mine = seat.bridge.link.sealed[-1]
    assert mine.kind is kind
    seat.play.seal_all("1", kind, sheets | {seat.alias: mine.sheet})
    seat.bridge.accept_seal()
    seat.show()


@pytest.mark.slow
def test_from_the_empty_chair_to_the_signature(make_seat, qtbot: QtBot, no_mouse: _NoMouse) -> None:
    seat = make_seat()
    play = seat.play
    seat.sit("drawn")
    seat.show()
    seat.camera.show(FACE)
    seat.bridge.answer(REFERENCE)
    qtbot.waitUntil(lambda: bool(seat.bridge.link.sent), timeout=5_000)
    play.do(c.OpenSeat(**sent(seat, "OpenSeat")), member(seat.alias))
    go_on(seat, "read_discipline")

    for _ in range(60):
        key(Qt.Key.Key_Space)
    seat.clock.advance(90)
    seat.window.page.tick()
    tab_to(Name.DISCIPLINE_DONE)
    key(Qt.Key.Key_Return)
    play.do(c.ReadDiscipline(**sent(seat, "ReadDiscipline")), member(seat.alias))
    go_on(seat, "give_pledge")

    while focused().objectName().startswith(Name.PLEDGE_NONE):
        key(Qt.Key.Key_Return)
    tab_to(Name.PLEDGE_SIGN)
    key(Qt.Key.Key_Return)
    assert sent(seat, "GivePledge")
    play.pledge(seat.alias)
    for ref in seat.refs:
        if ref != seat.ref:
            play.pledge(play.arrive(ref))
    play.constitute()
    go_on(seat, "propose_chair")

    if focused().objectName() == part(Name.CHAIR_CHOICE, seat.alias):
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Space)
    tab_to(Name.CHAIR_PROPOSE)
    key(Qt.Key.Key_Return)
    chosen = sent(seat, "ProposeChair")["candidate"]
    assert chosen != seat.alias
    play.do(c.ProposeChair(chosen), member(seat.alias))
    for alias in play.it.committee:
        if alias != seat.alias and play.it.chair is None:
            play.do(c.AgreeToChair(), member(alias))
    go_on(seat, "review")

    seat.bridge.draft()
    review = seat.window.page.review
    cells = review.model.rowCount() * review.model.columnCount()
    for _ in range(cells):
        write("1")
        key(Qt.Key.Key_Return)
    tab_to(Name.REVIEW_CHECK)
    key(Qt.Key.Key_Return)
    tab_to(Name.REVIEW_SEAL)
    key(Qt.Key.Key_Return)
    state = play.it.lots["1"]
    whole = {"bids": {b.id: {i.id: {"pass": True} for i in state.lot.review_items} for b in state.lot.bids}}
    seal(seat, SheetKind.REVIEW, dict.fromkeys(play.it.committee, whole))
    play.conclude("1")
    seat.show()
    assert seat.window.page_name == "marks"

    seat.bridge.draft()
    marks = seat.window.page.marks
    for _bid in range(marks.model.columnCount()):
        for row in range(marks.model.rowCount()):
            factor = marks.model.factor(row).id
            write(good_marks(seat.alias, marks.model.bid(_bid).id, factor))
            key(Qt.Key.Key_Enter)
    assert marks.gaps() == marks.faults() == 0
    tab_to(Name.MARKS_CHECK)
    key(Qt.Key.Key_Return)
    tab_to(Name.MARKS_SEAL)
    key(Qt.Key.Key_Return)
    others = {alias: play.marks_of("1", alias) for alias in play.it.committee}
    seal(seat, SheetKind.MARKS, others)
    assert play.it.chair is not None
    play.do(c.NoteFindings("1", "已核对"), member(play.it.chair))
    play.do(c.CheckTables("1", True, ""), AGENCY)
    seat.show()
    assert seat.window.page_name == "confirm"

    tab_to(Name.CONFIRM_AGREE)
    key(Qt.Key.Key_Return)
    play.do(c.ConfirmResult(**sent(seat, "ConfirmResult")), member(seat.alias))
    go_on(seat, "wait_opinions")
    assert no_mouse.pressed == 0
