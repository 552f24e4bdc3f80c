"""The enrolment desk by keys and clicks: consent and refusal alike, the card's photo, two people, and forgetting."""

from __future__ import annotations

import base64
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import console_ground as ground
import pytest
from faces_scene import CONSENT, PERSON, desk_with, face, view_with
from fake_room import FakeBridge
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_console_window import find, flush, missing, press, told, write

from app.ports.device import DeviceState
from app.ports.face import FaceAdvice
from app.rules.model import Party
from devices.ambient import SystemClock
from devices.camera.scripted import ScriptedCamera
from devices.face.scripted import ScriptedFaceMatcher
from ui.console.face_capture import FaceDesk
from ui.console.names import Name, PageName, part
from ui.console.sight import Target
from ui.console.window import ConsoleWindow

CARD = "11010519491231002X"
REASON = "专家本人到场，核对了身份证原件"


class Desk:
    """A console with or without a camera, on its faces page."""

    def __init__(self, qtbot: QtBot, window: ConsoleWindow, bridge: FakeBridge) -> None:
        self.qtbot, self.window, self.bridge = qtbot, window, bridge

    def press(self, name: str) -> None:
        press(self.qtbot, self.window, name)

    def look_up(self, *experts: str, expected: bool = True) -> None:
        write(self.qtbot, self.window, Name.FACE_DOCUMENT, CARD)
        self.press(Name.FACE_FIND)
        assert self.bridge.last_question() == ("find_face", (CARD,))
        self.bridge.answer({"experts": list(experts), "expected": expected})

    def told(self) -> str:
        return told(self.window)


@pytest.fixture
def made(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Any]:
    windows: list[ConsoleWindow] = []

    def one(role: Party, *faces: dict[str, Any], devices: FaceDesk | None = None) -> Desk:
        window, bridge = ground.make_console(role, SystemClock(), tmp_path, devices)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        bridge.show(view_with(role, *faces))
        window._work.go(Target(PageName.FACES))
        return Desk(qtbot, window, bridge)

    yield one
    for window in windows:
        window.close()
        window.deleteLater()
    flush()


def to_the_photo(desk: Desk, matcher: ScriptedFaceMatcher, folder: Path, *people: str) -> Path:
    photo = folder / "zp.jpg"
    photo.write_bytes(PERSON.read_bytes())
    matcher.knows(photo.read_bytes(), *people)
    desk.look_up()
    desk.press(Name.FACE_ENROL)
    assert desk.bridge.last_question()[0] == "consent_text"
    desk.bridge.answer(CONSENT)
    desk.press(Name.FACE_CONSENT)
    write(desk.qtbot, desk.window, Name.FACE_PHOTO, str(photo))
    find(desk.window, Name.FACE_PHOTO).returnPressed.emit()
    return photo


def waits(desk: Desk, words: str) -> None:
    desk.qtbot.waitUntil(lambda: words in desk.told(), timeout=5000)


def test_the_way_from_the_card_to_the_second_person(made: Any, tmp_path: Path) -> None:
    devices, camera, matcher = desk_with()
    desk = made(Party.CENTRE, devices=devices)
    to_the_photo(desk, matcher, tmp_path, "somebody")
    desk.qtbot.waitUntil(lambda: find(desk.window, Name.FACE_SUBMIT).isEnabled(), timeout=5000)
    asked = len(desk.bridge.link.asked)
    desk.press(Name.FACE_SUBMIT)
    assert len(desk.bridge.link.asked) == asked + 1
    method, (proposal,) = desk.bridge.last_question()
    assert method == "propose_face"
    assert proposal["document"] == CARD
    assert proposal["template"] == {
        "model": "scripted",
        "version": 1,
        "data": base64.b64encode(b"somebody").decode(),
    }
    assert (proposal["verdict"], proposal["score"]) == ("confirm", "0.9000")
    assert proposal["consent"] == {"version": CONSENT["version"], "sha256": CONSENT["sha256"]}
    assert set(proposal) == {"document", "template", "verdict", "score", "engine", "consent"}  # and no picture
    assert desk.bridge.link.sent == []  # nothing of it goes through the outbox on the disk
    desk.bridge.answer({"expert": "ab12cd34", "until": ""})
    assert not missing(desk.window, Name.FACE_FIND)
    assert "within 30 minutes" in desk.told()
    assert find(desk.window, Name.FACE_DOCUMENT).text() == ""
    desk.qtbot.waitUntil(lambda: camera.status.state is DeviceState.STOPPED, timeout=5000)


def test_refusing_is_one_key_like_consenting_and_sends_nothing(made: Any) -> None:
    devices, _, _ = desk_with()
    desk = made(Party.CENTRE, devices=devices)
    desk.look_up()
    desk.press(Name.FACE_ENROL)
    desk.bridge.answer(CONSENT)
    yes, no = find(desk.window, Name.FACE_CONSENT), find(desk.window, Name.FACE_DECLINE)
    assert (yes.kind, yes.width(), yes.height()) == (no.kind, no.width(), no.height())
    asked = len(desk.bridge.link.asked)
    desk.press(Name.FACE_DECLINE)
    assert (len(desk.bridge.link.asked), desk.bridge.link.sent) == (asked, [])
    assert "by document and two people" in desk.told()
    assert CARD not in desk.told()


def test_the_words_are_had_on_paper_too_and_reading_goes_on(made: Any, tmp_path: Path) -> None:
    devices, _, _ = desk_with()
    desk = made(Party.CENTRE, devices=devices)
    desk.look_up()
    desk.press(Name.FACE_ENROL)
    desk.bridge.answer(CONSENT)
    desk.press(Name.FACE_PAPER)
    assert desk.bridge.last_question() == ("consent_form", ())
    desk.bridge.answer(b"%PDF-1.7 the words")
    waits(desk, "Saved:")
    assert (tmp_path / "face-consent-2026-11-zh.pdf").read_bytes() == b"%PDF-1.7 the words"
    desk.press(Name.FACE_CONSENT)
    assert not missing(desk.window, Name.FACE_PHOTO)


def test_nobody_consents_to_words_that_have_not_come(made: Any) -> None:
    devices, _, _ = desk_with()
    desk = made(Party.CENTRE, devices=devices)
    desk.look_up()
    desk.press(Name.FACE_ENROL)
    desk.press(Name.FACE_CONSENT)
    assert missing(desk.window, Name.FACE_PHOTO)
    desk.bridge.fail("not_permitted", "您的角色无权进行这一操作")
    assert "无权" in desk.told()


@pytest.mark.parametrize(
    ("people", "words"), [((), "no single face"), (("a", "b"), "no single face")], ids=["nobody", "two"]
)
def test_a_photo_that_shows_no_single_face_enrols_nobody(
    made: Any, tmp_path: Path, people: tuple[str, ...], words: str
) -> None:
    devices, _, matcher = desk_with()
    desk = made(Party.CENTRE, devices=devices)
    to_the_photo(desk, matcher, tmp_path, *people)
    waits(desk, words)
    assert not find(desk.window, Name.FACE_SUBMIT).isEnabled()


def test_another_persons_card_enrols_nobody(made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.console.face_capture.PATIENCE", 2)
    devices, _, matcher = desk_with()
    desk = made(Party.CENTRE, devices=devices)
    to_the_photo(desk, matcher, tmp_path, "another")
    waits(desk, "Not alike enough")
    assert not find(desk.window, Name.FACE_SUBMIT).isEnabled()


def test_advice_is_told_and_does_not_count(made: Any, tmp_path: Path) -> None:
    devices, _, matcher = desk_with()
    matcher.advises(FaceAdvice.MORE_LIGHT)
    desk = made(Party.CENTRE, devices=devices)
    to_the_photo(desk, matcher, tmp_path, "somebody")
    desk.qtbot.waitUntil(lambda: "More light" in desk.window._work._pages[PageName.FACES]._enrolment._live._instruction)
    assert not find(desk.window, Name.FACE_SUBMIT).isEnabled()


def test_a_file_that_is_no_picture_or_not_there_is_told(made: Any, tmp_path: Path) -> None:
    devices, _, matcher = desk_with()
    desk = made(Party.CENTRE, devices=devices)
    to_the_photo(desk, matcher, tmp_path, "somebody")
    desk.press(Name.FACE_BACK)
    desk.look_up()
    desk.press(Name.FACE_ENROL)
    desk.bridge.answer(CONSENT)
    desk.press(Name.FACE_CONSENT)
    (tmp_path / "text.jpg").write_bytes(b"no picture")
    (tmp_path / "huge.jpg").write_bytes(bytes(2 << 20))
    for name, words in (("gone.jpg", "no such file"), ("text.jpg", "is no picture"), ("huge.jpg", "cannot be read")):
        line = find(desk.window, Name.FACE_PHOTO)
        line.setText(str(tmp_path / name))
        line.returnPressed.emit()
        waits(desk, words)


def test_the_second_person_confirms_or_not(made: Any) -> None:
    waiting = face("ab12cd34ab12cd34", "proposed")
    first = made(Party.CENTRE, waiting)
    first.look_up("ab12cd34ab12cd34")
    assert missing(first.window, Name.FACE_CONFIRM)
    assert not missing(first.window, Name.FACE_FORGET)
    second = made(Party.WITNESS, waiting)
    press(second.qtbot, second.window, part(Name.INCIDENT, "face"))
    second.look_up("ab12cd34ab12cd34")
    second.press(Name.FACE_CONFIRM)
    assert second.bridge.last_question()[0] == "find_face"  # without a word nothing is sent
    write(second.qtbot, second.window, Name.FACE_REASON, REASON)
    second.press(Name.FACE_CONFIRM)
    assert second.bridge.last_question() == ("confirm_face", ("ab12cd34ab12cd34", CARD, REASON))
    second.bridge.answer({"expert": "ab12cd34ab12cd34", "until": ""})
    second.look_up("ab12cd34ab12cd34")
    write(second.qtbot, second.window, Name.FACE_REASON, "不像")
    second.press(Name.FACE_REFUSE)
    assert second.bridge.last_question() == ("forget_face", ("ab12cd34ab12cd34", "refused", "不像"))
    second.bridge.fail("no_such_face", "没有这条人脸登记，或已经删除")
    assert "没有这条人脸登记" in second.told()


def test_whoever_wants_is_deleted_in_four_acts(made: Any) -> None:
    desk = made(Party.WITNESS, face("ab12cd34ab12cd34"))
    desk.look_up("ab12cd34ab12cd34")
    press(desk.qtbot, desk.window, part(Name.FACE_READY, "1"))
    desk.press(Name.FACE_FORGET)
    method, (expert, why, words) = desk.bridge.last_question()
    assert (method, expert, why) == ("forget_face", "ab12cd34ab12cd34", "request")
    assert words != ""
    desk.bridge.answer({})
    assert "Deleted from the disk" in desk.told()
    assert missing(desk.window, Name.FACE_FORGET)


def test_a_console_without_a_camera_says_where_to_enrol(made: Any) -> None:
    desk = made(Party.CENTRE)
    desk.look_up(expected=False)
    assert missing(desk.window, Name.FACE_ENROL)
    assert "--camera" in desk.told()
    assert "on no list" in desk.told()


def test_an_empty_look_up_asks_for_the_card(made: Any) -> None:
    desk = made(Party.CENTRE)
    desk.press(Name.FACE_FIND)
    assert desk.bridge.link.asked == []


def test_other_roles_have_no_such_page_and_nothing_stays_behind_a_log_out(made: Any) -> None:
    for role in (Party.REGULATOR, Party.AGENCY, Party.TENDEREE):
        assert missing(made(role).window, part(Name.NAV, "faces"))
    desk = made(Party.CENTRE, face("ab12cd34ab12cd34"))
    desk.look_up("ab12cd34ab12cd34")
    press(desk.qtbot, desk.window, Name.LOG_OUT)
    page = desk.window._work._pages[PageName.FACES]
    assert (page._document, page._found) == ("", None)


@pytest.mark.parametrize("pulled", [True, False])
def test_a_camera_that_fails_is_told_and_leaves_no_thread(
    made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pulled: bool
) -> None:
    devices, camera, matcher = desk_with()
    assert isinstance(camera, ScriptedCamera)
    before = threading.active_count()
    desk = made(Party.CENTRE, devices=devices)
    if pulled:
        monkeypatch.setattr("ui.console.face_capture.BLIND", 2)
        camera.lose()
    else:
        camera.crash()
    to_the_photo(desk, matcher, tmp_path, "somebody")
    waits(desk, "gives no picture")
    desk.press(Name.FACE_BACK)
    desk.window.close()
    desk.qtbot.waitUntil(lambda: threading.active_count() <= before + 1, timeout=5000)


def test_whoever_was_let_in_by_two_people_is_to_be_offered_an_enrolment(made: Any) -> None:
    desk = made(Party.CENTRE)
    assert "Offer to enrol" not in desk.told()
    view = view_with(Party.CENTRE)
    member = next(m for m in view["evaluations"][0]["members"] if m["means"] is not None)
    member["means"] = "two_person"
    desk.bridge.show(view)
    place = view["evaluations"][0]["members"].index(member) + 1
    assert f"Let in by two people today: {place} of the list" in desk.told()
    witness = made(Party.WITNESS)
    witness.bridge.show(view | {"role": "witness"})
    assert "Offer to enrol" not in witness.told()
