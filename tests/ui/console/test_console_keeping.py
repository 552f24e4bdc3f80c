"""The terms of recordings at a console: kept longer by one, no longer by another role, deleted by two people here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from console_ground import STREAM
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from replay_ground import kept_row

from app.evaluation import codec
from app.evaluation.matter import Notice, Words
from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.names import Name, PageName, part
from ui.console.pages.keeping import KeepingPage
from ui.widgets.notice import NoticeLine

OTHER = "evaluation/ev2"


class Console:
    """The centre's console on the page of terms, gone to by keys and told what there is."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.window, self.bridge = ground.make_console(Party.CENTRE, SystemClock(), folder)
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.bridge.show(ground.seen(ground.closed, Party.CENTRE))
        self.press(part(Name.NAV, PageName.ROOM.value))
        self.press(Name.KEEPING)
        assert self.window.page_name == "keeping"

    def tell(self, *rows: dict[str, Any]) -> None:
        assert self.bridge.last_question() == ("kept", ())
        self.bridge.answer({"recordings": list(rows)})
        QCoreApplication.processEvents()

    def button(self, name: str) -> QAbstractButton:
        found = self.window.findChild(QAbstractButton, name)
        assert found is not None
        return found

    def press(self, name: str) -> None:
        """By the keyboard, as everything here can be done."""
        QTest.keyClick(self.button(name), Qt.Key.Key_Return)
        QCoreApplication.processEvents()

    def type(self, name: str, text: str) -> None:
        line = self.window.findChild(QLineEdit, name)
        assert line is not None
        line.setText(text)

    @property
    def page(self) -> KeepingPage:
        found = self.window.findChild(KeepingPage)
        assert found is not None
        return found

    def labels(self) -> str:
        """Everything that is written and said in sight."""
        shown = [one for one in self.window.findChildren(QWidget) if one.isVisible()]
        return "\n".join(one.text() if isinstance(one, QLabel) else one.accessibleName() for one in shown)

    @property
    def lines(self) -> list[str]:
        return [one.accessibleName() for one in self.page.findChildren(QRadioButton) if one.isVisible()]

    @property
    def said(self) -> str:
        return self.page.findChildren(NoticeLine)[0].accessibleName()

    def offered(self) -> list[str]:
        names = (Name.KEEPING_HOLD, Name.KEEPING_FREE, Name.KEEPING_DELETE)
        return [name for name in names if self.button(name).isVisible()]


class Client:
    """Remembers what was to be deleted."""

    def __init__(self) -> None:
        self.deleted: list[tuple[str, ...]] = []

    def expire_recording(self, *asked: str) -> None:
        self.deleted.append(asked)


@pytest.fixture
def console(qtbot: QtBot, tmp_path: Path) -> Iterator[Console]:
    made = Console(qtbot, tmp_path)
    yield made
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_rooms_disk_stands_beside_the_seats_and_above_every_page_when_it_is_short(console: Console) -> None:
    seen = ground.seen(ground.marking, Party.CENTRE)
    seen["room"]["disk"] = {"hours": 6, "seats": 8}
    seen["room"]["notices"] = [codec.to_json(Notice(Words("磁盘只够 6 小时", "The disk lasts 6 hours"), urgent=True))]
    console.bridge.show(seen)
    console.press(part(Name.NAV, PageName.ROOM.value))
    assert "disk lasts 6 h of recording" in console.labels()
    assert "The disk lasts 6 hours" in console.labels()
    console.press(part(Name.NAV, PageName.JOURNAL.value))
    assert "The disk lasts 6 hours" in console.labels()
    seen["room"]["disk"]["hours"], seen["room"]["notices"] = 5_000, []
    console.bridge.show(seen)
    console.press(part(Name.NAV, PageName.ROOM.value))
    assert "disk lasts > 999 h of recording" in console.labels()
    assert "The disk lasts 6" not in console.labels()


def test_what_is_over_its_term_stands_first_and_each_line_says_its_term(console: Console) -> None:
    console.tell(kept_row("M2", OTHER, held="witness"), kept_row("M1"), kept_row("@北墙全景"))
    first, second = console.lines
    assert "2 recordings, 90.0 MB · its term ended on 2041-03-02 (政府采购法第四十二条)" in first
    assert second == f"{OTHER}: 1 recordings, 45.0 MB · kept beyond 2041-03-02, as Witness wanted"
    assert console.offered() == [Name.KEEPING_HOLD, Name.KEEPING_DELETE]
    console.page.findChildren(QRadioButton)[1].click()
    assert console.offered() == [Name.KEEPING_FREE]
    console.press(part(Name.NAV, PageName.ROOM.value))
    console.press(Name.KEEPING)
    console.tell(kept_row("M1", obstacle="not_closed"), kept_row("M2", OTHER, obstacle="not_due"))
    assert "has not ended" in console.lines[0]
    assert "kept until 2041-03-02" in console.lines[1]
    assert console.offered() == [Name.KEEPING_HOLD]


def test_one_person_keeps_with_a_reason_and_what_is_kept_is_asked_for_again(console: Console) -> None:
    console.tell(kept_row("M1"))
    console.press(Name.KEEPING_HOLD)
    assert console.bridge.link.sent == []  # a reason is wanted
    console.type(Name.KEEPING_REASON, "收到投诉")
    console.press(Name.KEEPING_HOLD)
    sent = console.bridge.link.sent[-1]
    assert (sent.stream, sent.kind, sent.data) == ("room", "HoldRecordings", {"stream": STREAM, "reason": "收到投诉"})
    console.bridge.accept()
    console.tell(kept_row("M1", held="centre"))
    assert console.offered() == [Name.KEEPING_FREE]
    console.type(Name.KEEPING_REASON, "已了结")
    console.press(Name.KEEPING_FREE)
    assert console.bridge.link.sent[-1].kind == "FreeRecordings"
    console.bridge.refuse("already_approved", "须由另一角色办理")
    assert any("另一角色" in line.accessibleName() for line in console.page.findChildren(NoticeLine))


def test_two_people_delete_what_is_over_its_term(console: Console) -> None:
    console.tell(kept_row("M1"), kept_row("@北墙全景"))
    console.press(Name.KEEPING_DELETE)
    assert console.bridge.link.asked[-1].kind == "kept"  # nothing without the second person
    console.type(Name.KEEPING_SECOND, "witness-a")
    console.press(Name.KEEPING_DELETE)
    assert console.bridge.link.asked[-1].kind == "kept"
    console.type(Name.KEEPING_PASSWORD, "guessed")
    console.press(Name.KEEPING_DELETE)
    client, second = Client(), ("witness-a", "guessed")
    assert console.bridge.link.asked[-1].question(client) == 2
    assert client.deleted == [(STREAM, "M1", "seat-M1", *second), (STREAM, "@北墙全景", "seat-@北墙全景", *second)]
    console.bridge.fail("wrong_password", "密码不正确", "$.password")
    console.tell(kept_row("M1"), kept_row("@北墙全景"))
    password = console.window.findChild(QLineEdit, Name.KEEPING_PASSWORD)
    assert password is not None
    assert password.text() == ""
    assert "密码不正确" in password.accessibleDescription()
    console.type(Name.KEEPING_PASSWORD, "the witness's")
    console.press(Name.KEEPING_DELETE)
    console.bridge.answer(2)
    console.tell()
    assert console.lines == []
    assert console.offered() == []
    console.press(part(Name.NAV, PageName.ROOM.value))
