"""The consoles by keys and clicks: log in, handle what waits, walk every page, log out; and what no role may see."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from fake_room import FakeBridge
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListWidget, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.rules.model import Party
from devices.ambient import SystemClock
from ui.console.names import Name, PageName, part
from ui.console.sight import Target
from ui.console.window import ConsoleWindow
from ui.theme import Scale

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)
Open = Callable[..., tuple[ConsoleWindow, FakeBridge]]


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Consoles, shown, closed in the end."""
    made: list[ConsoleWindow] = []

    def one(role: Party, view: dict[str, Any] | None = None) -> tuple[ConsoleWindow, FakeBridge]:
        window, bridge = ground.make_console(role, SystemClock(), tmp_path)
        window.resize(1366, 768)
        window.show()
        made.append(window)
        if view is not None:
            bridge.show(view)
        return window, bridge

    yield one
    for window in made:
        window.close()
        window.deleteLater()
    flush()


def flush() -> None:
    """Let Qt delete what was given to `deleteLater`."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def find(window: QWidget, name: str) -> Any:
    """The control of this name that is in sight."""
    found = [one for one in window.findChildren(QWidget, name) if one.isVisible()]
    assert found, f"{name} is not in sight"
    return found[0]


def missing(window: QWidget, name: str) -> bool:
    return not [one for one in window.findChildren(QWidget, name) if one.isVisible()]


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    """By the keyboard."""
    button = find(window, name)
    assert isinstance(button, QAbstractButton)
    assert button.isEnabled(), f"{name} cannot be pressed"
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)


def write(qtbot: QtBot, window: QWidget, name: str, text: str) -> None:
    line = find(window, name)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.insert(text)


def told(widget: QWidget) -> str:
    """Every word in sight, tables included."""
    parts = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    parts += [one.accessibleName() for one in widget.findChildren(QWidget) if one.isVisible()]
    for table in widget.findChildren(QTableView):
        model = table.model()
        if table.isVisible() and model is not None:
            parts += [
                str(model.data(model.index(row, column)))
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            ]
            parts += [
                str(model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole))
                for row in range(model.rowCount())
            ]
    return "\n".join(parts)


def journal(window: ConsoleWindow) -> list[str]:
    model = window._work.journal
    return [model.line(row).text for row in range(model.rowCount())]


# --- the log-in


def test_log_in_by_keyboard(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.empty_room(None))
    assert window.page_name == "login"
    write(qtbot, window, Name.USER, "centre-a")
    qtbot.keyClick(find(window, Name.USER), Qt.Key.Key_Return)
    write(qtbot, window, Name.PASSWORD, "correct horse")
    qtbot.keyClick(find(window, Name.PASSWORD), Qt.Key.Key_Return)
    assert bridge.last_question() == ("login", ("centre-a", "correct horse"))
    assert find(window, Name.PASSWORD).text() == "", "a password does not stay on the screen"
    bridge.answer({"role": "centre", "post": "centre-a"})
    assert bridge.link.begun_again == 1, "the stream is read again as the new role"
    with qtbot.waitSignal(window.page_changed, check_params_cb=lambda page: page == "room"):
        bridge.show(ground.empty_room(Party.CENTRE))
    assert "centre-a" in told(window)


def test_a_wrong_password_is_said_in_place(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.empty_room(None))
    press(qtbot, window, Name.LOG_IN)
    assert "Please fill this in." in told(window)
    assert not bridge.link.asked
    write(qtbot, window, Name.USER, "centre-a")
    write(qtbot, window, Name.PASSWORD, "wrong")
    press(qtbot, window, Name.LOG_IN)
    assert not find(window, Name.LOG_IN).isEnabled()
    bridge.fail("bad_login", "账号或密码不正确")
    assert "账号或密码不正确" in told(window)
    assert find(window, Name.USER).text() == "centre-a"
    assert window.page_name == "login"


def test_an_account_of_another_role_stays_outside(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.WITNESS, ground.empty_room(None))
    write(qtbot, window, Name.USER, "centre-a")
    write(qtbot, window, Name.PASSWORD, "correct horse")
    press(qtbot, window, Name.LOG_IN)
    bridge.answer({"role": "centre", "post": "centre-a"})
    assert bridge.last_question() == ("logout", ())
    bridge.show(ground.seen(ground.marking, Party.CENTRE))
    assert window.page_name == "login"
    assert "This account is for: Centre" in told(window)


@pytest.mark.parametrize("how", ["button", "room", "revoked"])
def test_nothing_stays_when_the_person_goes(qtbot: QtBot, opened: Open, how: str) -> None:
    window, bridge = opened(Party.WITNESS, ground.seen(ground.reported, Party.WITNESS))
    ground.entries(ground.reported, bridge)
    bridge.show(ground.seen(ground.reported, Party.WITNESS))
    for page in window._work._pages:
        window._work.go(Target(page, ground.STREAM, "1"))
    assert journal(window)
    if how == "button":
        press(qtbot, window, Name.LOG_OUT)
        assert ("logout", ()) in [one.question(_Names()) for one in bridge.link.asked]
        assert bridge.link.begun_again == 1
    elif how == "room":
        bridge.show(ground.seen(ground.reported, None))
    else:
        bridge.end_session("session_ended")
    assert window.page_name == "login"
    assert not journal(window)
    flush()
    for page in window._work._pages.values():
        left = [one.text() for one in page.findChildren(QLabel)] + [one.text() for one in page.findChildren(QLineEdit)]
        assert "甲设备有限公司" not in "\n".join(left)
        assert not [table for table in page.findChildren(QTableView) if table.model() and table.model().rowCount()]


class _Names:
    def __getattr__(self, name: str) -> Callable[..., tuple[str, tuple[Any, ...]]]:
        return lambda *arguments: (name, arguments)


def test_a_room_that_only_restarts_throws_nobody_out(opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.marking, Party.CENTRE))
    bridge.end_session("closing")
    assert window.page_name == "room"


# --- what waits


def test_quiet_when_all_is_well(opened: Open) -> None:
    window, _ = opened(Party.CENTRE, ground.seen(ground.marking, Party.CENTRE))
    assert "Nothing waits for you." in told(window)
    assert "All lines good" in told(window)


def test_two_people_admit(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.WITNESS, ground.seen(ground.gathering, Party.WITNESS))
    press(qtbot, window, part(Name.INCIDENT, "release"))
    assert window.page_name == "release"
    assert "没有可供比对的照片" in told(window)
    press(qtbot, window, Name.RELEASE_APPROVE)
    assert not bridge.link.sent, "no approval without a reason"
    assert "Please write why" in told(window)
    press(qtbot, window, part(Name.RELEASE_READY, "0"))
    press(qtbot, window, Name.RELEASE_APPROVE)
    assert not find(window, Name.RELEASE_APPROVE).isEnabled()
    sent = bridge.accept()
    assert (sent.stream, sent.kind) == (ground.STREAM, "ApproveRelease")
    assert sent.data == {"what": "admission", "member": "p2", "reason": "Original identity card checked"}
    view = ground.seen(ground.gathering, Party.WITNESS)
    view["evaluations"][0]["releases"][0]["approvals"] = {"witness": sent.data["reason"]}
    bridge.show(view)
    assert missing(window, Name.RELEASE_APPROVE), "nobody approves twice"
    assert "Still to decide: Centre" in told(window)
    view["evaluations"][0]["releases"] = []
    bridge.show(view)
    assert "This is decided" in told(window)


def test_a_refusal_needs_its_reason_too(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.gathering, Party.CENTRE))
    press(qtbot, window, part(Name.INCIDENT, "release"))
    write(qtbot, window, Name.RELEASE_REASON, "证件与本人不符")
    press(qtbot, window, Name.RELEASE_REFUSE)
    assert bridge.link.sent[-1].kind == "RefuseRelease"
    bridge.refuse("nothing_requested", "没有待处理的请求", "p2")
    assert "没有待处理的请求 (p2)" in told(window)
    assert find(window, Name.RELEASE_REFUSE).isEnabled()
    assert find(window, Name.RELEASE_REASON).text() == "证件与本人不符", "what was typed is not lost"


def test_the_regulator_sees_but_does_not_decide(qtbot: QtBot, opened: Open) -> None:
    window, _ = opened(Party.REGULATOR, ground.seen(ground.gathering, Party.REGULATOR))
    press(qtbot, window, part(Name.INCIDENT, "release_waiting"))
    assert "没有可供比对的照片" in told(window)
    assert missing(window, Name.RELEASE_APPROVE)


def test_typing_survives_the_next_view(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.gathering, Party.CENTRE))
    press(qtbot, window, part(Name.INCIDENT, "release"))
    write(qtbot, window, Name.RELEASE_REASON, "已查验")
    bridge.show(ground.seen(ground.gathering, Party.CENTRE))
    assert find(window, Name.RELEASE_REASON).text() == "已查验"
    assert window.focusWidget() is find(window, Name.RELEASE_REASON)


def test_a_call_is_answered(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.gathering, Party.CENTRE))
    press(qtbot, window, part(Name.INCIDENT, "help"))
    assert window.page_name == "seat"
    assert "看不清第 37 页的图纸" in told(window)
    write(qtbot, window, Name.HELP_ANSWER, "马上到")
    press(qtbot, window, Name.HELP_SEND)
    sent = bridge.accept()
    alias = ground.seen(ground.gathering, Party.CENTRE)["evaluations"][0]["helps"][0]["alias"]
    assert (sent.kind, sent.data) == ("AnswerHelp", {"alias": alias, "text": "马上到"})


def test_two_clicks_to_a_seat_and_back(qtbot: QtBot, opened: Open) -> None:
    window, _ = opened(Party.WITNESS, ground.seen(ground.marking, Party.WITNESS))
    press(qtbot, window, part(Name.NAV, PageName.EVALUATIONS))
    press(qtbot, window, part(Name.NAV, PageName.ROOM))
    qtbot.mouseClick(find(window, part(Name.PLAN, "A03")), Qt.MouseButton.LeftButton)
    assert window.page_name == "seat"
    assert "Seat A03" in told(window)
    press(qtbot, window, Name.BACK)
    assert window.page_name == "room"


def test_a_broken_machine_is_shut_out_by_the_centre_alone(qtbot: QtBot, opened: Open) -> None:
    view = ground.seen(ground.marking, Party.CENTRE)
    view["room"]["devices"].append(
        {
            "id": "seat-A03",
            "kind": "seat",
            "seat": "A03",
            "state": "lost",
            "since": "2026-03-02T09:00:00+08:00",
            "revoked": False,
        }
    )
    window, bridge = opened(Party.CENTRE, view)
    window._work.go(Target(PageName.SEAT, seat="A03"))
    write(qtbot, window, Name.REVOKE_REASON, "主机故障")
    press(qtbot, window, Name.REVOKE)
    sent = bridge.accept()
    assert (sent.stream, sent.kind) == ("room", "RevokeDevice")
    assert sent.data == {"device": "seat-A03", "reason": "主机故障"}
    other, _ = opened(Party.WITNESS, view | {"role": "witness"})
    other._work.go(Target(PageName.SEAT, seat="A03"))
    assert missing(other, Name.REVOKE)
    assert missing(other, Name.MOVE_REASON)


def test_a_member_is_moved_to_a_free_seat_whose_machine_is_connected(qtbot: QtBot, opened: Open) -> None:
    view = ground.seen(ground.marking, Party.CENTRE)
    member = next(one for one in view["evaluations"][0]["members"] if one["alias"] and one["seat"])
    held = {one["seat"] for one in view["evaluations"][0]["members"]}
    free = [seat["id"] for seat in view["room"]["seats"] if seat["id"] not in held]
    for seat in view["room"]["seats"]:
        seat["device_state"] = "connected" if seat["id"] == free[-1] else "lost"
    window, bridge = opened(Party.CENTRE, view)
    window._work.go(Target(PageName.SEAT, seat=member["seat"]))
    write(qtbot, window, Name.MOVE_REASON, "主机断电")
    assert missing(window, part(Name.MOVE, "1"))
    press(qtbot, window, part(Name.MOVE, "0"))
    sent = bridge.accept()
    assert (sent.stream, sent.kind) == (view["evaluations"][0]["stream"], "MoveSeat")
    assert sent.data == {"alias": member["alias"], "seat": free[-1], "reason": "主机断电"}
    window._work.go(Target(PageName.SEAT, seat=free[-1]))
    assert missing(window, Name.MOVE_REASON)  # nobody sits there


def test_a_line_that_is_away(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.marking, Party.CENTRE))
    bridge.link.waiting = 2
    bridge.line(False)
    assert "2 of your commands wait" in told(window)
    press(qtbot, window, part(Name.INCIDENT, "room_away"))
    assert bridge.link.refreshed == 1
    bridge.line(True)
    assert missing(window, part(Name.INCIDENT, "room_away"))


# --- steps


def test_the_centre_imports_a_package(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    window, bridge = opened(Party.CENTRE, ground.empty_room(Party.CENTRE))
    press(qtbot, window, part(Name.TODO, "import_package"))
    assert window.page_name == "import"
    assert not find(window, Name.IMPORT_UPLOAD).isEnabled()
    package = tmp_path / "case.zip"
    package.write_bytes(b"PK package")
    line = find(window, Name.IMPORT_PATH)
    line.insert(str(tmp_path / "nothing.zip"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "There is no such file." in told(window)
    line.clear()
    listing = find(window, Name.IMPORT_LIST)
    assert isinstance(listing, QListWidget)
    row = next(row for row in range(listing.count()) if listing.item(row).text() == "case.zip")
    listing.itemActivated.emit(listing.item(row))
    press(qtbot, window, Name.IMPORT_UPLOAD)
    assert not find(window, Name.IMPORT_UPLOAD).isEnabled()
    qtbot.waitUntil(lambda: bool(bridge.link.asked))
    assert bridge.last_question() == ("upload_package", (b"PK package",))
    bridge.fail("wrong_hash", "内容与其校验值不符，请重新导入", "files/bid-A.pdf")
    assert "内容与其校验值不符，请重新导入。 Place: files/bid-A.pdf" in told(window)
    press(qtbot, window, Name.IMPORT_UPLOAD)
    qtbot.waitUntil(lambda: len(bridge.link.asked) == 2)
    bridge.answer({"stream": ground.STREAM, "position": 9, "what": "evaluation"})
    assert "Imported" in told(window)


def test_a_supplementary_list_goes_the_same_way(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    window, bridge = opened(Party.CENTRE, ground.empty_room(Party.CENTRE))
    press(qtbot, window, part(Name.TODO, "import_package"))
    (tmp_path / "more.zip").write_bytes(b"PK list")
    find(window, Name.IMPORT_PATH).insert(str(tmp_path / "more.zip"))
    press(qtbot, window, Name.IMPORT_UPLOAD)
    qtbot.waitUntil(lambda: bool(bridge.link.asked))
    bridge.answer({"stream": ground.STREAM, "position": 9, "what": "members"})
    assert "supplementary members" in told(window)


def test_the_centre_calls_the_draw(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.opened, Party.CENTRE))
    press(qtbot, window, part(Name.TODO, "call_draw"))
    sent = bridge.link.sent[-1]
    assert (sent.stream, sent.kind) == ("room", "CallDraw")
    assert sent.data == {"purpose": "slots", "streams": [ground.STREAM]}
    assert window.page_name == "draws"
    press(qtbot, window, part(Name.TODO, "call_draw"))
    assert len(bridge.link.sent) == 1, "once is enough while it is on its way"
    bridge.refuse("draw_running", "上一次抽签还没有完成")
    assert "上一次抽签还没有完成" in told(window)


@pytest.mark.parametrize(
    ("maker", "todo", "kind"),
    [(ground.seated, "constitute_committee", "ConstituteCommittee")],
)
def test_one_button_steps(qtbot: QtBot, opened: Open, maker: Any, todo: str, kind: str) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(maker, Party.CENTRE))
    press(qtbot, window, part(Name.TODO, todo))
    sent = bridge.refuse("committee_even", "成员 4 人，应为单数，请补抽专家", ground.STREAM)
    assert (sent.stream, sent.kind, sent.data) == (ground.STREAM, kind, {})
    assert "应为单数" in told(window)


def test_the_draw_is_watched_confirmed_and_cancelled(qtbot: QtBot, opened: Open) -> None:
    view = ground.seen(ground.gathering, Party.WITNESS)
    view["room"]["draws"] = view["room"]["draws"][:1]
    draw = view["room"]["draws"][0]
    draw |= {"stage": "committing", "committed": ["kiosk"], "revealed": [], "code": None}
    window, bridge = opened(Party.WITNESS, view)
    press(qtbot, window, part(Name.NAV, PageName.DRAWS))
    assert "committed ✓  waits for the others" in told(window)
    assert "its machine must be connected" in told(window)
    write(qtbot, window, Name.DRAW_REASON, "签到机断电")
    draw |= {"stage": "sealed", "relaxed": 1, "accepted": False, "code": "GEZD-GNBV-GY3T-QOJQ", "revealed": ["kiosk"]}
    bridge.show(view)
    assert "GEZD-GNBV-GY3T-QOJQ" in told(window)
    assert find(window, Name.DRAW_REASON).text() == "签到机断电", "what is typed outlives the steps of the draw"
    press(qtbot, window, Name.DRAW_ACCEPT)
    assert (bridge.accept().kind, bridge.link.sent[-1].data["draw_no"]) == ("AcceptDraw", 1)
    write(qtbot, window, Name.DRAW_REASON, "签到机断电")
    press(qtbot, window, Name.DRAW_CANCEL)
    assert bridge.accept().kind == "CancelDraw"
    draw |= {"cancel_asked_by": "witness"}
    bridge.show(view)
    assert missing(window, Name.DRAW_CANCEL), "the second word is the other role's"
    draw |= {"cancel_asked_by": "centre"}
    bridge.show(view)
    write(qtbot, window, Name.DRAW_REASON, "同意")
    press(qtbot, window, Name.DRAW_CANCEL)
    assert "Please type your password." in told(window)
    assert len(bridge.link.sent) == 2
    for typed, answer in (("guessed", "wrong"), ("typed afresh", "")):
        write(qtbot, window, part(Name.DRAW_REASON, "password"), typed)
        press(qtbot, window, Name.DRAW_CANCEL)
        assert find(window, part(Name.DRAW_REASON, "password")).text() == "", "a password does not stay"
        assert bridge.link.sent[-1].password == typed
        if answer:
            bridge.refuse("wrong_password", "the password is wrong", "$.password")
            assert "the password is wrong" in told(window)
    assert bridge.accept().kind == "CancelDraw"


def test_nobody_but_the_witness_confirms(opened: Open) -> None:
    view = ground.seen(ground.gathering, Party.REGULATOR)
    view["room"]["draws"][0] |= {"relaxed": 1, "accepted": False}
    window, _ = opened(Party.REGULATOR, view)
    window._work.go(Target(PageName.DRAWS))
    assert missing(window, Name.DRAW_ACCEPT)
    assert missing(window, Name.DRAW_CANCEL)


def test_the_agency_checks_the_tables(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.AGENCY, ground.seen(ground.checking, Party.AGENCY))
    assert window.page_name == "evaluations"
    press(qtbot, window, part(Name.TODO, "check_tables"))
    assert window.page_name == "tables"
    assert {"56.5", "85.49", "29.39"} <= set(told(window).splitlines())
    press(qtbot, window, part(Name.TABLES_BID, "A"))
    qtbot.waitUntil(lambda: {"16.5", "7"} <= set(told(window).splitlines()))
    press(qtbot, window, Name.TABLES_RAISE)
    assert not bridge.link.sent, "raising needs remarks"
    write(qtbot, window, Name.TABLES_REMARKS, "甲设备有限公司 T2 请核对")
    press(qtbot, window, Name.TABLES_RAISE)
    assert bridge.accept().data == {"lot": "1", "in_order": False, "remarks": "甲设备有限公司 T2 请核对"}
    press(qtbot, window, Name.TABLES_IN_ORDER)
    assert bridge.accept().data == {"lot": "1", "in_order": True, "remarks": ""}


def test_the_witness_writes_the_ledger(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.WITNESS, ground.seen(ground.reported, Party.WITNESS))
    press(qtbot, window, part(Name.NAV, PageName.LEDGER))
    assert "全程秩序良好" in told(window)
    write(qtbot, window, Name.LEDGER_TEXT, "秩序正常")
    press(qtbot, window, Name.LEDGER_ADD)
    sent = bridge.accept()
    assert (sent.stream, sent.kind, sent.data) == (ground.STREAM, "AddRemark", {"text": "秩序正常"})
    other, _ = opened(Party.CENTRE, ground.seen(ground.reported, Party.CENTRE))
    press(qtbot, other, part(Name.NAV, PageName.LEDGER))
    assert missing(other, Name.LEDGER_ADD)


def test_a_machine_gets_its_code(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.marking, Party.CENTRE))
    press(qtbot, window, part(Name.NAV, PageName.MACHINES))
    assert "console-1" in told(window)
    press(qtbot, window, Name.ENROL)
    assert "Which seat" in told(window)
    write(qtbot, window, Name.ENROL_SEAT, "A03")
    press(qtbot, window, Name.ENROL)
    assert bridge.last_question() == ("enrolment", ("seat", "A03"))
    bridge.answer({"code": "KQ7M-2P", "expires_at": "2026-03-02T10:00:00+08:00"})
    assert "KQ7M-2P" in told(window)
    find(window, part(Name.ENROL_KIND, "kiosk")).click()
    press(qtbot, window, Name.ENROL)
    assert bridge.last_question() == ("enrolment", ("kiosk", None))
    bridge.fail("not_permitted", "您的角色无权进行这一操作")
    assert "KQ7M-2P" not in told(window)


# --- papers


def test_result_and_report(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    window, bridge = opened(Party.REGULATOR, ground.seen(ground.reported, Party.REGULATOR))
    press(qtbot, window, part(Name.NAV, PageName.EVALUATIONS))
    press(qtbot, window, part(Name.RESULT, "1"))
    assert window.page_name == "result"
    assert "85.49" in told(window)
    assert "合同金额未达到要求" in told(window)
    press(qtbot, window, Name.BACK)
    press(qtbot, window, part(Name.REPORT, "1"))
    assert bridge.last_question() == ("report", (ground.STREAM, "1"))
    bridge.answer(PDF)
    assert window.page_name == "report"
    press(qtbot, window, Name.SAVE_REPORT)
    qtbot.waitUntil(lambda: "Saved" in told(window))
    assert (tmp_path / "report-ev1-1.pdf").read_bytes() == PDF


def test_a_report_that_cannot_be_had(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.TENDEREE, ground.seen(ground.reported, Party.TENDEREE))
    press(qtbot, window, part(Name.REPORT, "1"))
    bridge.fail("room_away", "连接不到机房服务器")
    assert "连接不到机房服务器" in told(window)
    assert not find(window, Name.SAVE_REPORT).isEnabled()


def test_the_evidence_package_is_saved(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    window, bridge = opened(Party.CENTRE, ground.seen(ground.closed, Party.CENTRE))
    press(qtbot, window, part(Name.NAV, PageName.EVALUATIONS))
    press(qtbot, window, part(Name.EVIDENCE, "1"))
    assert bridge.last_question() == ("evidence", (ground.STREAM, "1"))
    bridge.answer(b"PK evidence")
    qtbot.waitUntil(lambda: "Saved" in told(window))
    assert (tmp_path / "evidence-ev1-1.zip").read_bytes() == b"PK evidence"
    assert [path.name for path in tmp_path.iterdir()] == ["evidence-ev1-1.zip"]


# --- the journal


def test_the_journal_runs_along_and_is_searched(qtbot: QtBot, opened: Open) -> None:
    window, bridge = opened(Party.WITNESS, ground.seen(ground.gathering, Party.WITNESS))
    bridge.tell(1, "StreamHead", "room")
    bridge.tell(2, "HelpCalled", data={"alias": "M1", "seat": "A02", "text": "看不清"})
    bridge.tell(3, "PledgeGiven", data={"alias": "M3"})
    bridge.show(ground.seen(ground.gathering, Party.WITNESS))
    assert journal(window) == ["Member 3: 评审承诺书 given", "Seat A02 calls for help: 看不清"]
    press(qtbot, window, part(Name.NAV, PageName.JOURNAL))
    page = window._work._journal_page
    assert page._model.rowCount() == 3, "the whole journal has the room's own upkeep too"
    write(qtbot, window, Name.JOURNAL_FIND, "a02 help")
    assert page._model.rowCount() == 1
    find(window, Name.JOURNAL_FIND).clear()
    press(qtbot, window, Name.JOURNAL_ONLY)
    assert page._model.rowCount() == 1


def test_the_journal_is_told_again_from_its_beginning(opened: Open) -> None:
    """After a log-in the stream starts anew; what came just before it must not hide what was long before."""
    window, bridge = opened(Party.WITNESS, ground.seen(ground.gathering, Party.WITNESS))
    bridge.tell(9, "PledgeGiven", data={"alias": "M3"})
    bridge.show(ground.seen(ground.gathering, Party.WITNESS))
    bridge.tell(1, "RoomOpened", "room")
    bridge.tell(9, "PledgeGiven", data={"alias": "M3"})
    bridge.show(ground.seen(ground.gathering, Party.WITNESS))
    assert journal(window) == ["Member 3: 评审承诺书 given", "The room was opened"]
    assert window._work._journal_page._model.rowCount() == 2


def test_the_clock_is_the_rooms(opened: Open) -> None:
    view = ground.seen(ground.marking, Party.CENTRE) | {"at": "2026-03-02T23:58:00+08:00"}
    window, _ = opened(Party.CENTRE, view)
    assert "23:58:0" in told(window)


def test_larger_type(qtbot: QtBot, opened: Open, qapp: QApplication) -> None:
    from ui.theme import look

    window, _ = opened(Party.CENTRE, ground.seen(ground.marking, Party.CENTRE))
    switch = find(window, Name.SCALE)
    largest = switch.findChildren(QAbstractButton)[2]
    qtbot.mouseClick(largest, Qt.MouseButton.LeftButton)
    assert look().scale is Scale.LARGEST


# --- what may not be seen


@pytest.mark.parametrize("role", [Party.CENTRE, Party.WITNESS, Party.REGULATOR, Party.TENDEREE, Party.AGENCY])
def test_every_page_of_every_role_shows_no_more_than_its_view(opened: Open, role: Party) -> None:
    """While members mark, what was sealed is planted in the room; no page of any console may find it."""
    view = ground.seen(ground.marking, role)
    text = json.dumps(view, ensure_ascii=False)
    sealed = ground._kept(ground.marking, "ZC").it.lots["1"].marks[-1]
    marks = ["56.5", "16.5"]
    assert len(sealed.sealed) == 2
    assert not [mark for mark in marks if mark in text], "the view itself must hold no mark"
    window, _ = opened(role, view)
    aliases = {member.alias for member in ground._kept(ground.marking, "ZC").it.members.values()}
    for page in window._work._pages:
        window._work.go(Target(page, ground.STREAM, "1", seat="A03", what="admission", member="p1"))
        seen = told(window)
        assert not [mark for mark in marks if mark in seen.splitlines()]
        if role in {Party.TENDEREE, Party.AGENCY}:
            numbers = [f"Member {str(alias).removeprefix('M')}" for alias in aliases]
            assert not [number for number in numbers if number in seen]


@pytest.mark.parametrize("role", [Party.CENTRE, Party.TENDEREE, Party.AGENCY])
def test_the_same_pages_find_what_is_planted_in_the_view(opened: Open, role: Party) -> None:
    """The search above can find something: what the view does hold is on the pages."""
    window, _ = opened(role, ground.seen(ground.closed, role))
    window._work.go(Target(PageName.RESULT, ground.STREAM, "1"))
    assert "85.49" in told(window)


def test_pages_that_a_role_has_no_use_for_are_not_offered(opened: Open) -> None:
    window, _ = opened(Party.AGENCY, ground.seen(ground.marking, Party.AGENCY))
    offered = {name for name in PageName if not missing(window, part(Name.NAV, name))}
    assert offered == {PageName.ROOM, PageName.EVALUATIONS, PageName.ACTS, PageName.DRAWS, PageName.JOURNAL}


# The replay has its page only where recordings can be read: test_console_replay paints it.
@pytest.mark.parametrize("page", [page for page in PageName if page is not PageName.REPLAY])
def test_every_page_can_be_painted(opened: Open, page: PageName) -> None:
    window, _ = opened(Party.CENTRE, ground.seen(ground.reported, Party.CENTRE) if page is not PageName.LOGIN else None)
    if page is not PageName.LOGIN:
        window._work.go(Target(page, ground.STREAM, "1", seat="A03", what="admission", member="p2"))
    assert window.page_name == page.value
    image = window.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
    assert len(colours) > 5
    assert image.width() == 1366
    assert image.height() == 768
