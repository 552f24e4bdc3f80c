"""Paints every page of the seat into PNGs, to be looked at: `python tests/ui/seat/gallery.py FOLDER [PAGE ...]`.

Each page is painted at 1920x1080 and at 1366x768, at both with the largest type too, in Chinese.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[3]))  # before tests/, whose folder ui is not the package

import platform_scene
from accompanied_play import note, rules
from acts_ground import LEAVE, PAUSED, STOP, VOTE, plant
from evaluation_factory import AGENCY, CENTRE, member
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QPointF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from seat_ground import NOBODY, Seat

from app.evaluation import commands as c
from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.matters.agency_line import AskLine, OpenLine
from app.evaluation.matters.call import Broadcast, JoinCall
from app.evaluation.matters.presence.records import LockKind, LockSeat
from app.evaluation.matters.recording.records import RecordingState, TellRecording
from app.evaluation.matters.signatures import OpenSigning
from app.exchange.cases import build_case, case_play
from app.exchange.package import read_package
from app.link import Answered, Signalled
from app.ports.call import LinkState, PictureCame
from app.ports.sound import SoundChoice, SoundDevices
from app.rules import ruleset_to_json, tender_to_json
from app.rules.model import Party
from devices.call.picture_mask import DrawnFace, blurred
from devices.call.scripted import ScriptedCall
from devices.face.scripted_presence import ScriptedPresence
from devices.pictures import read_picture
from devices.sound.scripted import ScriptedSound as ScriptedDevices
from devices.sound.selftest import SelfTest
from resources import path as resource
from tests.ui.call.call_ground import ScriptedSound
from ui.call.desk import Equipment, PartnerState, SoundUses
from ui.models.acts import Offer
from ui.models.review import Verdict
from ui.seat.kit import CameraFound, Kept, Kit
from ui.seat.names import Name, part
from ui.theme import Language, Scale, apply, install
from ui.widgets.page_area import Framed

SIZES = (
    ("1080", QSize(1920, 1080), Scale.NORMAL),
    ("768", QSize(1366, 768), Scale.NORMAL),
    ("large", QSize(1920, 1080), Scale.LARGEST),
    ("768-large", QSize(1366, 768), Scale.LARGEST),
)


class Case:
    """A built-in case as a seat gets it: tender, rule set, the bytes of every file, and its play."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.lang = name, "zh"
        archive = folder / f"{name}.zip"
        package = read_package(archive if archive.exists() else build_case(name, folder))
        self.tender, self.rules = tender_to_json(package.tender), ruleset_to_json(package.ruleset)
        self.play = case_play(name)
        self.files: dict[str, bytes] = {}
        with package.reader() as read:
            for file in package.files:
                with read(file.path) as stream:
                    self.files[file.sha256] = stream.read()

    def seat(self, ref: str = "p2", presence: ScriptedPresence | None = None, calls: Equipment | None = None) -> Seat:
        track = {"zc": "ZC", "gc": "GC"}[self.name]
        return Seat(track, ref, tender=self.tender, rules=self.rules, lang=self.lang, presence=presence, calls=calls)

    def marks(self, seat: Seat, lot: str) -> Callable[[str, str, str], str]:
        given = next(one for one in self.play.lots if one.lot == lot).marks
        sheets = dict(zip(sorted(seat.play.it.committee), given.values(), strict=True))
        return lambda alias, bid, factor: sheets[alias][bid][factor]


def settle(seat: Seat, case: Case | None = None, ms: int = 400) -> None:
    """Answer questions for files, and let documents be painted."""
    answered = 0
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < ms:
        while case is not None and answered < len(seat.bridge.link.asked):
            asked = seat.bridge.link.asked[answered]
            answered += 1
            if asked.kind == "file":
                _method, arguments = asked.question(_Recorder())
                _hand(seat, asked.id, "file", case.files[arguments[0]])
            if asked.kind == "report":
                _hand(seat, asked.id, "report", next(c for c in case.files.values() if c.startswith(b"%PDF")))
        QCoreApplication.processEvents()


class _Recorder:
    def __getattr__(self, method: str) -> Any:
        return lambda *arguments: (method, arguments)


def _hand(seat: Seat, request: str, kind: str, content: bytes) -> None:
    seat.bridge.answered.emit(Answered(request, kind, content))


def _scene(name: str, case: Case) -> Seat:
    return SCENES[name](case)


def waiting(case: Case) -> Seat:
    seat = case.seat()
    seat.show()
    return seat


def open_seat(case: Case) -> Seat:
    seat = case.seat()
    seat.sit("drawn")
    face = read_picture(resource("demo", "faces", "person_a_2.jpg"))
    seat.camera.show(face)
    seat.matcher.knows(face, "me")
    seat.show()
    return seat


def open_seat_doubt(case: Case) -> Seat:
    seat = open_seat(case)
    settle(seat, ms=200)
    seat.bridge.answer({"member": "p1", "kind": "portrait", "image": None})
    return seat


def wait_release(case: Case) -> Seat:
    seat = case.seat()
    seat.sit("drawn")
    seat.play.do(c.RequestRelease("seat", seat.ref, "未能判定"), member(seat.alias))
    seat.show()
    return seat


def _watched(case: Case) -> tuple[Seat, ScriptedPresence]:
    """A member whom the seat has known by the face, and who marks."""
    presence = ScriptedPresence()
    seat = case.seat(presence=presence)
    face = read_picture(resource("demo", "faces", "person_a_2.jpg"))
    seat.camera.show(face)
    seat.matcher.knows(face, "me")
    seat.sit("drawn")
    seat.show()
    seat.play.do(c.OpenSeat("0.71", "sface"), member(seat.alias))
    seat.play.do(c.ReadDiscipline(60), member(seat.alias))
    seat.play.pledge(seat.alias)
    for ref in seat.refs:
        if ref != seat.ref:
            seat.play.pledge(seat.play.arrive(ref))
    seat.play.constitute()
    seat.play.choose_chair()
    seat.play.review("1")
    seat.play.conclude("1")
    seat.show()
    settle(seat, case)
    seat.clock.advance(10)
    return seat, presence


def presence_kept(case: Case) -> Seat:
    return _watched(case)[0]


def presence_told(case: Case) -> Seat:
    seat, presence = _watched(case)
    presence.sees(LockKind.ABSENT)
    settle(seat, case)
    seat.clock.advance(22)
    seat.window._tick()
    return seat


def presence_locked(case: Case) -> Seat:
    seat = presence_told(case)
    seat.camera.show(NOBODY)
    seat.clock.advance(60)
    seat.window._tick()
    seat.play.do(LockSeat("absent", 61), member(seat.alias))
    seat.show()
    return seat


def presence_no_camera(case: Case) -> Seat:
    seat, presence = _watched(case)
    presence.sees(LockKind.CAMERA_LOST)
    seat.camera.crash()
    settle(seat, case)
    seat.window._tick()
    return seat


def read_discipline(case: Case) -> Seat:
    seat = case.seat()
    seat.sit("seated")
    seat.show()
    return seat


def give_pledge(case: Case) -> Seat:
    seat = case.seat()
    seat.sit("briefed")
    seat.show()
    seat.window.show()
    seat.press(part(Name.PLEDGE_NONE, 0))
    return seat


def give_pledge_interest(case: Case) -> Seat:
    seat = give_pledge(case)
    seat.press(part(Name.PLEDGE_INTEREST, 1))
    seat.press(Name.PLEDGE_RECUSE)
    return seat


def wait_committee(case: Case) -> Seat:
    seat = case.seat()
    seat.sit("pledged")
    seat.show()
    return seat


def propose_chair(case: Case) -> Seat:
    seat = case.seat()
    seat.gather()
    seat.show()
    return seat


def answer_proposal(case: Case) -> Seat:
    seat = case.seat()
    seat.gather()
    seat.play.do(c.ProposeChair(seat.other()), member(seat.other(1)))
    seat.show()
    return seat


def wait_chair(case: Case) -> Seat:
    seat = case.seat()
    seat.gather()
    seat.play.do(c.ProposeChair(seat.other()), member(seat.alias))
    seat.show()
    return seat


def ballot(case: Case) -> Seat:
    seat = case.seat()
    seat.gather()
    seat.play.do(c.ProposeChair(seat.other()), member(seat.alias))
    seat.play.do(c.ObjectToChair(), member(seat.other()))
    seat.show()
    return seat


def review(case: Case) -> Seat:
    seat = case.seat()
    seat.elect()
    seat.show()
    seat.bridge.draft()
    return seat


def review_failing(case: Case) -> Seat:
    seat = review(case)
    model = seat.window.page.review.model
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            if not (row == 0 and column == model.columnCount() - 1):
                model.decide(row, column, Verdict.PASS)
    seat.window.page.review.table.go(0, model.columnCount() - 1)
    seat.window.show()
    QTest.keyClick(seat.window.page.review.table, Qt.Key.Key_0)
    return seat


def wait_review(case: Case) -> Seat:
    seat = case.seat()
    seat.elect(None)
    _seal_own_review(seat)
    seat.show()
    return seat


def _seal_own_review(seat: Seat) -> None:
    from app.evaluation.model import SheetKind

    state = seat.play.it.lots["1"]
    sheet = {"bids": {b.id: {i.id: {"pass": True} for i in state.lot.review_items} for b in state.lot.bids}}
    seat.play.seal("1", SheetKind.REVIEW, 1, seat.alias, sheet)


def conclude_review(case: Case) -> Seat:
    seat = case.seat()
    seat.elect()
    last = seat.play.it.lots["1"].lot.bids[-1].id
    first = seat.play.it.lots["1"].lot.review_items[0].id
    seat.play.review("1", lambda alias, bid, item: not (bid == last and item == first))
    seat.show()
    return seat


def _marks(case: Case) -> Seat:
    seat = case.seat()
    seat.to_marks()
    seat.show()
    marks = case.marks(seat, "1")
    state = seat.play.it.lots["1"]
    content: dict[str, Any] = {"marks": {}, "reasons": {}}
    for bid in state.live_bids()[:-1]:
        content["marks"][bid] = {f.id: marks(seat.alias, bid, f.id) for f in state.lot.factors}
    seat.bridge.draft(content, 40)
    return seat


def marks(case: Case) -> Seat:
    seat = _marks(case)
    factor = seat.play.it.lots["1"].lot.factors[2]
    seat.window.page.marks.model.type_mark(2, 0, "99")
    seat.window.page.go_to(factor.id, seat.play.it.lots["1"].live_bids()[0])
    return seat


def marks_two(case: Case) -> Seat:
    seat = _marks(case)
    seat.window.show()
    seat.press(Name.DOCUMENT_TWO)
    return seat


def _reading(case: Case) -> Seat:
    """A place is framed and taken as what the mark rests on."""
    seat = _marks(case)
    seat.window.show()
    desk = seat.window.page.documents
    for _ in range(50):
        settle(seat, case, 200)
        if desk.left.view.area.count() and desk.left.view.area.sharp():
            break
    desk.left.view.go_to(1)
    desk.left.view.area.show_frame(Framed(1, (120, 330, 880, 500)))
    seat.press(Name.DOCUMENT_GROUND)
    return seat


def marks_found(case: Case) -> Seat:
    """Words found through all documents."""
    seat = _reading(case)
    desk = seat.window.page.documents
    desk.find_button.click()
    desk.find_all.words.setText("工期")
    desk.find_all.words.returnPressed.emit()
    for _ in range(50):
        settle(seat, case, 200)
        if not desk.hunt.running():
            break
    desk.find_all.hits.setCurrentRow(0)
    desk.find_all.hits.itemActivated.emit(desk.find_all.hits.item(0))
    return seat


def marks_noted(case: Case) -> Seat:
    """A note of one's own on the page in view."""
    seat = _reading(case)
    desk = seat.window.page.documents
    desk.note_button.click()
    desk.note_strip.words.setText("工期与采购文件不一致，向组长提出。")
    desk.note_strip.words.textEdited.emit(desk.note_strip.words.text())
    return seat


def marks_small(case: Case) -> Seat:
    """The pages in small beside the page; one of them carries a note."""
    seat = marks_noted(case)
    desk = seat.window.page.documents
    desk.note_strip.hide()
    desk.left.view.open_thumbnails()
    for _ in range(50):
        settle(seat, case, 200)
        small = desk.left.view.thumbnails
        if all(small.picture(page) is not None for page in small._in_sight()):
            break
    return seat


def marks_look(case: Case) -> Seat:
    seat = marks(case)
    seat.window.show()
    seat.press(Name.MARKS_CHECK)
    return seat


def marks_rule(case: Case) -> Seat:
    seat = _marks(case)
    seat.window.show()
    seat.press(Name.MARKS_RULE)
    return seat


def marks_away(case: Case) -> Seat:
    seat = _marks(case)
    seat.window.show()
    seat.bridge.link.waiting = 3
    seat.bridge.line(False)
    return seat


def note_findings(case: Case) -> Seat:
    seat = case.seat()
    seat.to_marks()
    seat.play.mark("1", case.marks(seat, "1"))
    seat.show()
    return seat


def note_findings_differ(case: Case) -> Seat:
    seat = case.seat()
    seat.to_marks()
    given = case.marks(seat, "1")
    objective = next(f.id for f in seat.play.it.lots["1"].lot.factors if f.kind == "objective")
    bid = seat.play.it.lots["1"].live_bids()[0]

    def differing(alias: str, on: str, factor: str) -> str:
        return "0" if (alias, on, factor) == (seat.other(), bid, objective) else given(alias, on, factor)

    seat.play.mark("1", differing)
    seat.show()
    return seat


def wait_findings(case: Case) -> Seat:
    seat = case.seat()
    seat.gather()
    _elect_other(seat)
    seat.play.review("1")
    seat.play.conclude("1")
    seat.play.mark("1", case.marks(seat, "1"))
    seat.show()
    return seat


def _elect_other(seat: Seat) -> None:
    by = seat.play.it.committee[0]
    seat.play.do(c.ProposeChair(seat.other()), member(by))
    for alias in seat.play.it.committee:
        if alias != by:
            seat.play.do(c.AgreeToChair(), member(alias))


def confirm(case: Case) -> Seat:
    seat = note_findings(case)
    seat.play.do(c.NoteFindings("1", case.play.lots[0].findings_note), member(seat.alias))
    if seat.play.it.ruleset.check_by:
        from evaluation_factory import AGENCY

        seat.play.do(c.CheckTables("1", True, ""), AGENCY)
    seat.show()
    return seat


def sign_report(case: Case) -> Seat:
    from evaluation_case import secret
    from test_seat_signing import Key

    rules = case.rules | {"procedure": case.rules["procedure"] | {"electronic_signatures": True}}
    seat = Seat(rules=rules, lang=case.lang, signer=Key())
    seat.to_marks()
    seat.play.mark("1")
    seat.play.finish_lot("1")
    seat.play.issue("1", b"report", 1)
    seat.play.do(OpenSigning("1", secret("fields").hex(), 106, ("30",), revocation=False))
    seat.show()
    pad = seat.find(Name.SIGN_PAD) if seat.window.isVisible() else seat.window.page.pad
    for line in ((0.1, 0.6, 0.2, 0.2, 0.3, 0.6), (0.15, 0.45, 0.27, 0.45), (0.4, 0.2, 0.42, 0.7, 0.5, 0.65, 0.62, 0.3)):
        points = list(zip(line[::2], line[1::2], strict=True))
        pad._lines.append([QPointF(x, y) for x, y in points])
    return seat


def wait_opinions(case: Case) -> Seat:
    seat = confirm(case)
    seat.play.do(c.ConfirmResult("1"), member(seat.alias))
    seat.show()
    return seat


def _beside_platform(case: Case) -> Seat:
    seat = Seat(rules=rules("ZC"), lang=case.lang)
    seat.elect()
    return seat


def wait_platform(case: Case) -> Seat:
    seat = _beside_platform(case)
    seat.show()
    return seat


def platform_checked(case: Case) -> Seat:
    seat = _beside_platform(case)
    platform_scene.send(seat.play)
    seat.show()
    return seat


def platform_confirm(case: Case) -> Seat:
    seat = _beside_platform(case)
    platform_scene.send(seat.play)
    note(seat.play, "B 的总得分和排序已由平台更正；客观分差异经核对为录入错误。")
    seat.show()
    return seat


def wipe_seat(case: Case) -> Seat:
    seat = confirm(case)
    for alias in seat.play.it.committee:
        seat.play.do(c.ConfirmResult("1"), member(alias))
    seat.play.issue("1", b"%PDF-", 9)
    seat.show()
    return seat


def goodbye(case: Case) -> Seat:
    seat = wipe_seat(case)
    seat.window.show()
    seat.press(Name.WIPE)
    seat.play.do(c.WipeSeat(seat.play.it.members[seat.ref].seat or ""), member(seat.alias))
    seat.bridge.accept()
    seat.show()
    return seat


def keys(case: Case) -> Seat:
    seat = _marks(case)
    seat.window.show()
    seat.press(Name.KEYS)
    return seat


def _with_matters(seat: Seat) -> Seat:
    def change(view: dict[str, Any]) -> None:
        plant(view, LEAVE, VOTE, STOP, notices=(PAUSED,))
        view["at"] = "2026-03-02T14:10:00.000000+08:00"

    seat.show(change)
    return seat


def matters_strip(case: Case) -> Seat:
    return _with_matters(marks(case))


def matters(case: Case) -> Seat:
    seat = matters_strip(case)
    seat.window._toggle_acts()
    return seat


def matter_form(case: Case) -> Seat:
    seat = matters(case)
    seat.window._open_urgent()
    return seat


def matter_grave(case: Case) -> Seat:
    seat = matters(case)
    desk = seat.window.page.acts
    desk.open(Offer("evaluation/ev1", STOP).key)
    desk.form.put({"reason": "招标文件第三章与第五章的评审标准互相矛盾，评审无法进行。"})
    desk.form.findChild(QAbstractButton, "act.send").click()
    return seat


def _calls() -> Equipment:
    return Equipment(ScriptedCall, ScriptedSound(), voice=lambda: bytes)


def _rung(case: Case, *, upto: str) -> Seat:
    """The centre calls a seat at `upto`."""
    seat = case.seat(calls=_calls())
    getattr(seat, upto)()
    if upto == "gather":
        for alias in (seat.alias, seat.other()):
            seat.play.do(JoinCall("committee"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
        seat.show()
        hello(seat, "committee", seat.other())
    seat.play.do(JoinCall(f"help/{seat.alias}"), CENTRE)
    seat.show()
    return seat


def hello(seat: Seat, call: str, sender: str) -> None:
    """The partner's engine is there."""
    seat.bridge.signalled.emit(Signalled(seat.play.it.stream, call, sender, {"kind": "hello"}))


def centre_calls(case: Case) -> Seat:
    return _rung(case, upto="to_marks")


def centre_call(case: Case) -> Seat:
    seat = _rung(case, upto="gather")
    call = f"help/{seat.alias}"
    seat.window._help.line.answer.click()
    seat.play.do(JoinCall(call), Actor(Party.MEMBER, alias=seat.alias, device="seat"))
    seat.show()
    hello(seat, call, "centre")
    return seat


def _call_of(case: Case, others: int) -> Seat:
    """The committee's call with so many others, drawn or blurred faces where there is more than one."""
    seat = case.seat(calls=_calls())
    seat.gather()
    names = [seat.alias, *(alias for alias in seat.play.it.committee if alias != seat.alias)][: 1 + others]
    for alias in names:
        seat.play.do(JoinCall("committee"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
    seat.show()
    masks = (DrawnFace().change, blurred)
    for at, alias in enumerate(names[1:]):
        hello(seat, "committee", alias)
        if others > 1 and at < 4:
            face = read_picture(resource("demo", "faces", f"person_{'ab'[at % 2]}_{1 + at % 2}.jpg"))
            seen = PictureCame(alias, masks[at % 2](face))
            seat.window._calls._call._take(seen)
    seat.window._calls._call.open_mouth(speaking=True)
    return seat


def call_one(case: Case) -> Seat:
    return _call_of(case, 1)


def call_three(case: Case) -> Seat:
    return _call_of(case, 3)


def call_six(case: Case) -> Seat:
    """Four members and two more, as in a committee of seven."""
    seat = _call_of(case, 4)
    names = [one.party for one in seat.window._calls._call.partners]
    more = [PartnerState(f"M{number}", LinkState.LIVE, 0.3 if number == 8 else 0.0) for number in (8, 9)]
    desk = seat.window._calls._call
    desk._partners |= {one.party: one for one in more}
    assert len(names) + len(more) == 6
    desk.changed.emit()
    return seat


def call_asked(case: Case) -> Seat:
    """Whom the committee asks is in its call."""
    seat = case.seat(calls=_calls())
    seat.gather()
    seat.play.choose_chair()
    for lot in seat.lots:
        seat.play.review(lot)
    for alias in seat.play.it.committee:
        seat.play.do(JoinCall("committee"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
        seat.play.do(TellRecording(alias, f"seat-{alias}", RecordingState.RUNNING, 40), SYSTEM)
    chair = Actor(Party.MEMBER, alias=seat.play.it.chair, device="seat")
    seat.play.do(AskLine("agency", "采购文件第三章所列等级，指哪一年的标准？"), chair)
    seat.play.do(OpenLine(), CENTRE)
    seat.play.do(JoinCall("committee"), replace(AGENCY, device="console-5"))
    seat.show()
    for one in seat.window._calls._call.partners:
        hello(seat, "committee", one.party)
    return seat


def broadcast(case: Case) -> Seat:
    """The centre speaks to every seat, while one marks."""
    seat = case.seat(calls=_calls())
    seat.to_marks()
    seat.play.do(Broadcast("请各位专家暂停片刻，听取说明。", spoken=True), replace(CENTRE, device="console-1"))
    seat.play.do(JoinCall("broadcast"), Actor(Party.MEMBER, alias=seat.alias, device="seat"))
    seat.show()
    seat.bridge.draft()
    hello(seat, "broadcast", "centre")
    return seat


def devices(case: Case) -> Seat:
    """Microphone, loudspeaker and camera, after a trial that went well."""
    sound = ScriptedDevices(SoundDevices(("耳麦 USB", "内置麦克风"), ("耳麦 USB", "显示器扬声器")))
    cameras = (CameraFound("0", "HD Webcam C920", allowed=True), CameraFound("2", "USB 2.0 Camera", allowed=False))
    kit = Kit(
        sound,
        SoundUses(),
        Kept(SoundChoice("耳麦 USB", "耳麦 USB"), "0"),
        cameras=lambda: cameras,
        take_camera=lambda _source: None,
        try_sound=lambda _choice: SelfTest(sound.status, 0.3, 31.0),
        keep=lambda _kept: None,
    )
    sound.choose(SoundChoice("耳麦 USB", "耳麦 USB"))
    seat = Seat("ZC", "p2", tender=case.tender, rules=case.rules, lang=case.lang, kit=kit)
    seat.camera.show(read_picture(resource("demo", "faces", "person_a_2.jpg")))
    seat.gather()
    seat.show()
    seat.window._toggle_devices()
    settle(seat, ms=300)
    seat.window.page.test.click()
    settle(seat, ms=600)
    sound.beat(b"\x00\x08" * 960)
    return seat


SCENES: dict[str, Callable[[Case], Seat]] = {
    made.__name__: made
    for made in (
        waiting,
        open_seat,
        open_seat_doubt,
        wait_release,
        presence_kept,
        presence_told,
        presence_locked,
        presence_no_camera,
        read_discipline,
        give_pledge,
        give_pledge_interest,
        wait_committee,
        propose_chair,
        answer_proposal,
        wait_chair,
        ballot,
        review,
        review_failing,
        wait_review,
        conclude_review,
        marks,
        marks_two,
        marks_found,
        marks_noted,
        marks_small,
        marks_look,
        marks_rule,
        marks_away,
        note_findings,
        note_findings_differ,
        wait_findings,
        confirm,
        wait_opinions,
        sign_report,
        wait_platform,
        platform_checked,
        platform_confirm,
        centre_calls,
        centre_call,
        call_one,
        call_three,
        call_six,
        call_asked,
        broadcast,
        devices,
        wipe_seat,
        goodbye,
        keys,
        matters_strip,
        matters,
        matter_form,
        matter_grave,
    )
}
# The pages of work, which look otherwise under the other law.
WORKS = ("review", "review_failing", "conclude_review", "marks", "marks_two", "marks_rule")


def paint(name: str, case: Case, folder: Path) -> None:
    """Paint one page in all sizes."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for suffix, size, scale in SIZES:
        apply(app, scale)
        seat = _scene(name, case)
        seat.window.resize(size)
        seat.window.show()
        seat.bridge.tell(1, "SlotTaken", at="2026-03-02T10:42:08.000000+08:00")
        settle(seat, case)
        seat.window.grab().save(str(folder / f"{case.name}-{name}-{suffix}.png"))
        seat.window.close()
        seat.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def main(folder: Path, names: list[str]) -> None:
    """Paint what is named, or all: `gc:marks` is a page of the other case."""
    app = QApplication.instance() or QApplication([])
    install(app, Language.ZH)
    folder.mkdir(parents=True, exist_ok=True)
    cases: dict[str, Case] = {}
    everything = [*(f"zc:{name}" for name in SCENES), *(f"gc:{name}" for name in WORKS)]
    for full in names or everything:
        case_name, _, name = full.rpartition(":")
        case_name = case_name or "zc"
        if case_name not in cases:
            cases[case_name] = Case(case_name, folder)
        paint(name, cases[case_name], folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
