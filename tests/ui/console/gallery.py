"""Paints every page of the consoles into PNGs, to be looked at: `python gallery.py FOLDER [PAGE ...]`."""

from __future__ import annotations

import os
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[3]))  # before tests/, whose folder ui is not the package

import console_ground as ground
import faces_scene
import platform_scene
from acts_ground import LEAVE, PAUSED, RENEWED, SCAN, STOP, VOTE, plant
from evaluation_factory import AGENCY, Play
from fake_room import FakeBridge, view_for
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from replay_ground import kept_row, listed, moment

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.commands import CallHelp
from app.evaluation.matters.agency_line import AskLine, CloseLine, OpenLine
from app.evaluation.matters.call import Broadcast, HoldCall, JoinCall
from app.evaluation.matters.recording.records import RecordingState, TellRecording
from app.evaluation.matters.watching import WatchSeats
from app.evaluation.views import view as view_of
from app.link import JournalProved, Signalled, StreamProof
from app.ports.call import Part
from app.ports.camera import Frame
from app.room.disk import Disk, disk_part
from app.rules.model import Party
from devices.ambient import SystemClock
from devices.call.scripted import ScriptedCall
from devices.camera.scripted import ScriptedCamera
from devices.camera.shrink import shrunk
from devices.pictures import read_picture
from tests.ui.call.call_ground import ScriptedSound
from ui.call.desk import Equipment
from ui.console.ceremony import Ceremony
from ui.console.face_capture import FaceDesk
from ui.console.names import Name, PageName
from ui.console.room_cameras import NamedCamera
from ui.console.sight import Target
from ui.console.watching import WatchEquipment
from ui.console.window import ConsoleWindow
from ui.models.acts import Offer
from ui.theme import Language, Scale, apply, install
from ui.widgets.act_fields import PaperEditor

Scene = tuple[Party, Callable[[ConsoleWindow, FakeBridge], None]]
STREAM = ground.STREAM
WALL = "北墙全景"
PEOPLE = sorted((Path(__file__).parents[2] / "data" / "faces").glob("*_*.*g"))
FACES = Path(__file__).parents[3] / "resources" / "demo" / "faces"


def view(
    maker: object, role: Party, then: Callable[[ConsoleWindow], None] = lambda _: None, track: str = "ZC"
) -> Scene:
    def act(window: ConsoleWindow, bridge: FakeBridge) -> None:
        if track == "ZC":
            ground.entries(maker, bridge)
        bridge.show(ground.seen(maker, role, track))
        then(window)

    return role, act


def go(page: PageName, **more: str) -> Callable[[ConsoleWindow], None]:
    return lambda window: window._work.go(Target(page, **more))


def doubt(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """Both pictures of somebody whom the camera was not sure of."""
    bridge.show(ground.seen(ground.gathering, Party.WITNESS))
    RELEASE(window)
    live, reference = ((FACES / f"person_a_{k}.jpg").read_bytes() for k in (2, 1))
    told = {"live": b64encode(live).decode(), "reference": b64encode(reference).decode(), "kind": "portrait"}
    bridge.answer(told)


def replay(maker: object, second: float, *recordings: dict[str, object]) -> Scene:
    """What was recorded at an entry: one picture of a segment that somebody at a seat gave."""

    def act(window: ConsoleWindow, bridge: FakeBridge) -> None:
        bridge.show(ground.seen(maker, Party.WITNESS))
        window._work.go(Target(PageName.REPLAY, STREAM, what=moment(second).isoformat()))
        bridge.answer({"recordings": list(recordings)})
        if bridge.link.asked[-1].kind == "segment":
            bridge.answer(b"first")
            QTest.qWait(1500)

    return Party.WITNESS, act


def unheard(scene: Scene) -> Scene:
    """It plays at a console without a loudspeaker."""
    role, before = scene

    def act(window: ConsoleWindow, bridge: FakeBridge) -> None:
        before(window, bridge)
        window.findChild(QAbstractButton, Name.REPLAY_PLAY).click()
        QTest.qWait(300)

    return role, act


def short_disk(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """The room's disk lasts a few hours more."""
    seen = ground.seen(ground.marking, Party.CENTRE)
    bridge.show(seen | {"room": seen["room"] | disk_part(Disk(6, 8, 8))})


def unwritten(state: str) -> Scene:
    """What keeps the room from its disk."""

    def act(window: ConsoleWindow, bridge: FakeBridge) -> None:
        bridge.show(ground.seen(ground.marking, Party.CENTRE))
        bridge.write(state)

    return Party.CENTRE, act


def keeping(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """One evaluation over its term, one kept longer."""
    bridge.show(ground.seen(ground.closed, Party.WITNESS))
    window._work.go(Target(PageName.KEEPING))
    bridge.answer(
        {"recordings": [kept_row("M1"), kept_row("@北墙全景"), kept_row("M2", "evaluation/ev2", held="centre")]}
    )
    QTest.qWait(50)


class PersonReel:
    """Always the same person, who says nothing."""

    has_sound = True

    def __init__(self, content: bytes) -> None:
        """Whatever the content is."""

    def picture_at(self, second: float) -> Frame | None:
        return read_picture(PEOPLE[0])

    def sound_between(self, begin_s: float, end_s: float) -> bytes:
        return bytes(2 * round(48_000 * (end_s - begin_s)))

    def close(self) -> None:
        """There is nothing to let go of."""


def login(window: ConsoleWindow, bridge: FakeBridge) -> None:
    bridge.show(ground.seen(ground.gathering, None))
    window._login.user.line.setText("centre-a")
    window._login.password.line.setText("wrong")
    window._login._log_in()
    bridge.fail("bad_login", "账号或密码不正确")


def faces_found(window: ConsoleWindow, bridge: FakeBridge) -> None:
    waiting = faces_scene.face("5f0c77a1de30b2c4", "proposed")
    done = [faces_scene.face(expert) for expert in ("9be2415d03aa6f17", "0d4478c2f1b59e63")]
    bridge.show(faces_scene.view_with(Party.WITNESS, *done, waiting))
    go(PageName.FACES)(window)
    page = window._work._pages[PageName.FACES]
    page._field.line.setText("11010519491231002X")
    page._find()
    bridge.answer({"experts": [waiting["expert"]], "expected": True})


def face_consent(window: ConsoleWindow, bridge: FakeBridge) -> None:
    bridge.show(faces_scene.view_with(Party.CENTRE))
    go(PageName.FACES)(window)
    page = window._work._pages[PageName.FACES]
    page._field.line.setText("11010519491231002X")
    page._find()
    bridge.answer({"experts": [], "expected": True})
    page._begin()
    bridge.answer(faces_scene.CONSENT)


def face_camera(window: ConsoleWindow, bridge: FakeBridge) -> None:
    face_consent(window, bridge)
    enrolment = window._work._pages[PageName.FACES]._enrolment
    enrolment._consented()
    enrolment._compare(faces_scene.PERSON.read_bytes())
    QTest.qWait(1200)


def refused_import(window: ConsoleWindow, bridge: FakeBridge) -> None:
    bridge.show(ground.empty_room(Party.CENTRE))
    go(PageName.IMPORT)(window)
    page = window._work._pages[PageName.IMPORT]
    path = page.desk.folder / "采购包-2026-001.zip"
    path.write_bytes(b"x" * 1_300_000)
    page._pick.field.line.setText(str(path))
    QTest.qWait(20)
    page._upload()
    while not bridge.link.asked:
        QTest.qWait(10)
    bridge.fail("wrong_sum", "评审因素的满分之和加价格分不等于 100", "tender.json $.lots[0].factors")


def lost(window: ConsoleWindow, bridge: FakeBridge) -> None:
    seen = ground.seen(ground.marking, Party.CENTRE)
    held = [seat for seat in seen["room"]["seats"] if seat["alias"]]
    held[2]["device_state"] = "lost"
    ground.entries(ground.marking, bridge)
    bridge.show(seen)
    bridge.link.waiting = 2
    bridge.line(False)


def draw_relaxed(window: ConsoleWindow, bridge: FakeBridge) -> None:
    seen = ground.seen(ground.gathering, Party.WITNESS)
    seen["room"]["draws"][0] |= {"relaxed": 1, "accepted": False, "cancel_asked_by": None}
    seen["room"]["draws"][1] |= {"stage": "revealing", "revealed": ["kiosk"], "code": None}
    bridge.show(seen)
    go(PageName.DRAWS)(window)


def draw_second(window: ConsoleWindow, bridge: FakeBridge) -> None:
    seen = ground.seen(ground.gathering, Party.WITNESS)
    seen["room"]["draws"] = seen["room"]["draws"][:1]
    seen["room"]["draws"][0] |= {"relaxed": 1, "accepted": False, "cancel_asked_by": "centre"}
    bridge.show(seen)
    go(PageName.DRAWS)(window)


def matter_second(window: ConsoleWindow, bridge: FakeBridge) -> None:
    act = replace(STOP, second=True, urgent=True)
    bridge.show(plant(ground.seen(ground.marking, Party.WITNESS), act))
    go(PageName.ACTS, what=Offer(STREAM, act).key)(window)


def draw_shown(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """The seats as they were drawn, half way through."""
    ground.entries(ground.marking, bridge)
    bridge.show(ground.seen(ground.marking, Party.WITNESS))
    go(PageName.DRAWS)(window)
    window.findChildren(QAbstractButton, Name.DRAW_SHOW)[-1].click()
    while not (shown := window.findChildren(Ceremony)):
        QTest.qWait(10)
    for _ in range(8):
        shown[0].next()


def held_seat(window: ConsoleWindow, bridge: FakeBridge) -> None:
    seen = ground.seen(ground.gathering, Party.CENTRE)
    call = seen["evaluations"][0]["helps"][0]
    ground.entries(ground.gathering, bridge)
    bridge.show(seen)
    go(PageName.SEAT, seat=call["seat"])(window)


def rung_seat(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """The seat that called for help is rung up and has not answered yet."""
    play = ground.gathering()
    play.do(JoinCall(f"help/{play.it.helps[0].alias}"), ground.CENTRE)
    _show_calls(play, bridge)
    go(PageName.SEAT, seat=play.it.helps[0].seat)(window)


def talking(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """It has answered and is heard."""
    play = ground.gathering()
    alias = play.it.helps[0].alias
    call = f"help/{alias}"
    window._calls.line.will_speak()
    play.do(JoinCall(call), ground.CENTRE)
    play.do(JoinCall(call), Actor(Party.MEMBER, alias=alias, device="seat"))
    _show_calls(play, bridge)
    bridge.signalled.emit(Signalled(STREAM, call, alias, {"kind": "hello"}))


def queue(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """One is talked with, one waits on hold, two call."""
    play = ground.gathering()
    first, *others = [m.alias for m in play.it.members.values() if m.seat and m.alias]
    for alias in (first, others[0]):
        play.do(JoinCall(f"help/{alias}"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
        play.do(JoinCall(f"help/{alias}"), ground.CENTRE)
        if alias == first:
            play.do(HoldCall(f"help/{alias}"), ground.CENTRE)
    for alias in others[1:]:
        play.do(CallHelp("电子白板无法书写，请来看一下"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
    _show_calls(play, bridge)
    bridge.signalled.emit(Signalled(STREAM, f"help/{others[0]}", str(others[0]), {"kind": "hello"}))


def ringing(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """Two call, and the ring is silent for a while."""
    play = ground.gathering()
    first = play.it.helps[0].alias
    alias = next(m.alias for m in play.it.members.values() if m.seat and m.alias and m.alias != first)
    play.do(CallHelp("请问投标文件第三册在哪里打开"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
    _show_calls(play, bridge)
    window._calls.ringing.silence()


def on_air(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """The centre speaks to all seats, two of which are connected."""
    play = ground.gathering()
    play.do(Broadcast("请各位专家在席位就座，十分钟后开始评审。", spoken=True), ground.CENTRE)
    aliases = [m.alias for m in play.it.members.values() if m.seat and m.alias]
    for alias in aliases:
        play.do(JoinCall("broadcast"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
    _show_calls(play, bridge)
    for alias in aliases[:2]:
        bridge.signalled.emit(Signalled(STREAM, "broadcast", str(alias), {"kind": "hello"}))
    window._calls.broadcasts.open_mouth(speaking=True)
    go(PageName.BROADCAST)(window)


def asked(*, over: bool = False, joined: bool = True) -> Scene:
    """Whom the committee asks, in its call, or told why the line is closed."""

    def act(window: ConsoleWindow, bridge: FakeBridge) -> None:
        play, me = ground.electing(), replace(AGENCY, device="console-5")
        play.choose_chair()
        play.review("1")
        for alias in play.it.committee:
            play.do(JoinCall("committee"), Actor(Party.MEMBER, alias=alias, device=f"seat-{alias}"))
            play.do(TellRecording(alias, f"seat-{alias}", RecordingState.RUNNING, 40), SYSTEM)
        chair = Actor(Party.MEMBER, alias=play.it.chair, device="seat")
        play.do(AskLine("agency", "采购文件第三章所列等级，指哪一年的标准？"), chair)
        play.do(OpenLine(), ground.CENTRE)
        _show_asked(play, me, bridge)
        if joined:
            play.do(JoinCall("committee"), me)
            _show_asked(play, me, bridge)
            for alias in play.it.committee:
                bridge.signalled.emit(Signalled(STREAM, "committee", alias, {"kind": "hello"}))
            window._asked._call.open_mouth(speaking=True)
        if over:
            for lot in play.it.lots:
                play.conclude(lot)
            play.do(CloseLine("closed"), SYSTEM)
            _show_asked(play, me, bridge)

    return Party.AGENCY, act


def _show_asked(play: Play, me: Actor, bridge: FakeBridge) -> None:
    assert play.room is not None
    seen = view_for(Party.AGENCY, play.room, play.it)
    seen["evaluations"] = [view_of(play.it, me)]
    bridge.show(seen)


def _show_calls(play: Play, bridge: FakeBridge) -> None:
    assert play.room is not None
    seen = view_for(Party.CENTRE, play.room, play.it)
    seen["evaluations"] = [view_of(play.it, ground.CENTRE)]
    ground.entries(ground.gathering, bridge)
    bridge.show(seen)


def gallery(*, size: int = 0, large: bool = False, many: int = 0) -> Scene:
    """The gallery with a face before every camera but two: one whose picture is old, and one that died."""

    def act(window: ConsoleWindow, bridge: FakeBridge) -> None:
        play = ground.unseen()
        me = Actor(Party.WITNESS, post="witness-a", device="console-1")
        aliases = tuple(sorted(m.alias for m in play.it.members.values() if m.alias))
        play.do(WatchSeats(aliases, "", (WALL,)), me)
        assert play.room is not None
        seen = view_for(Party.WITNESS, play.room, play.it)
        seen["evaluations"] = [view_of(play.it, me)]
        ground.entries(ground.unseen, bridge)
        bridge.show(seen)
        go(PageName.GALLERY)(window)
        page = window._work._pages[PageName.GALLERY]
        if size:
            page._choose_size(size)
        if large:
            page._look_at(page._grid.tiles[0].shown)
        if many:
            here = [tile.shown for tile in page._grid.tiles]
            others = (here[2 + k % 3] for k in range(many - len(here)))
            more = (replace(one, name=f"M{k}", seat=f"B{k:02}") for k, one in enumerate(others, 1))
            page._grid.show_all([*here[:-1], *more, here[-1]], many)
        now = page._clock.monotonic()
        for number, tile in enumerate((*page._grid.tiles, *((page._tile,) if page._tile is not None else ()))):
            if tile.shown.stream:
                age = {2: 7.0, 3: 25.0}.get(number, 0.0)
                tile.show_picture(shrunk(read_picture(PEOPLE[number % len(PEOPLE)]), 360), now - age)
        page.tick()

    return Party.WITNESS, act


def unseen_seat(window: ConsoleWindow, bridge: FakeBridge) -> None:
    seen = ground.seen(ground.unseen, Party.CENTRE)
    ground.entries(ground.unseen, bridge)
    bridge.show(seen)
    go(PageName.SEAT, seat=seen["evaluations"][0]["matters"]["presence"]["locked"][0]["seat"])(window)


def matters(window: ConsoleWindow, bridge: FakeBridge) -> None:
    seen = plant(ground.seen(ground.marking, Party.CENTRE), LEAVE, SCAN, VOTE, STOP, notices=(PAUSED, RENEWED))
    seen["at"] = "2026-03-02T14:10:00.000000+08:00"
    ground.entries(ground.marking, bridge)
    bridge.show(seen)
    go(PageName.ACTS)(window)


def matter_scan(window: ConsoleWindow, bridge: FakeBridge) -> None:
    matters(window, bridge)
    desk = window._work._pages[PageName.ACTS]._acts
    desk.open(Offer(STREAM, SCAN).key)
    (desk._folder / "承诺书-M3.pdf").write_bytes(b"%PDF-1.4")
    desk._folder.joinpath("图片").mkdir(exist_ok=True)
    desk.form.findChild(PaperEditor).pick.look()
    desk.form.refused("$.data.reason", "请说明为什么用纸。")


def blank_forms(window: ConsoleWindow, bridge: FakeBridge) -> None:
    ground.entries(ground.marking, bridge)
    bridge.show(ground.seen(ground.marking, Party.CENTRE))
    go(PageName.FORMS, stream=STREAM)(window)


def proved(fault: str = "", place: int = 0, more: bool = False) -> Scene:
    """The journal with what this console has proved of it, or what does not fit."""

    def act(window: ConsoleWindow, bridge: FakeBridge) -> None:
        ground.entries(ground.closed, bridge)
        bridge.show(ground.seen(ground.closed, Party.REGULATOR))
        at = "2026-03-02T09:31:02.000000+08:00"
        room = StreamProof("room", 214, at, 1, "2026-03-02T08:40:12.000000+08:00", 214, 214, "", fault, place)
        bridge.proved.emit(JournalProved((room, StreamProof(STREAM, 96, at, 12, at, 0, 96))))
        go(PageName.JOURNAL)(window)
        if more:
            window.findChild(QAbstractButton, Name.JOURNAL_MORE).click()

    return Party.REGULATOR, act


def ledger_paper(window: ConsoleWindow, bridge: FakeBridge) -> None:
    """The ledger as it was printed."""
    bridge.show(ground.seen(ground.dissuaded, Party.WITNESS))
    go(PageName.LEDGER)(window)
    window.findChild(QAbstractButton, Name.LEDGER_PRINT).click()
    bridge.answer(ground.ledger_on_paper())
    QTest.qWait(1500)


RELEASE = go(PageName.RELEASE, stream=STREAM, what="admission", member="p2")
SCENES: dict[str, Scene] = {
    "login": (Party.CENTRE, login),
    "room-empty": (Party.CENTRE, lambda window, bridge: bridge.show(ground.empty_room(Party.CENTRE))),
    "room-gathering": view(ground.gathering, Party.CENTRE),
    "room-marking": view(ground.marking, Party.WITNESS),
    "room-disk": (Party.CENTRE, short_disk),
    "room-unwritten": unwritten("disk_full"),
    "room-slow": unwritten("disk_slow"),
    "room-unseen": view(ground.unseen, Party.CENTRE),
    "seat-unseen": (Party.CENTRE, unseen_seat),
    "room-lost": (Party.CENTRE, lost),
    "seat": (Party.CENTRE, held_seat),
    "seat-rings": (Party.CENTRE, rung_seat),
    "seat-talks": (Party.CENTRE, talking),
    "release-pictures": (Party.WITNESS, doubt),
    "release": view(ground.gathering, Party.WITNESS, RELEASE),
    "evaluations": view(ground.marking, Party.CENTRE, go(PageName.EVALUATIONS)),
    "evaluations-closed": view(ground.closed, Party.CENTRE, go(PageName.EVALUATIONS)),
    "check-in": view(ground.gathering, Party.WITNESS, go(PageName.CHECK_IN)),
    "draws": (Party.WITNESS, draw_relaxed),
    "draws-second": (Party.WITNESS, draw_second),
    "matter-second": (Party.WITNESS, matter_second),
    "draw-shown": (Party.WITNESS, draw_shown),
    "faces": (Party.WITNESS, faces_found),
    "face-consent": (Party.CENTRE, face_consent),
    "face-camera": (Party.CENTRE, face_camera),
    "import-refused": (Party.CENTRE, refused_import),
    "gallery-4": gallery(size=4),
    "gallery-9": gallery(),
    "gallery-16": gallery(size=16, many=16),
    "gallery-large": gallery(large=True),
    "gallery-closed": view(ground.marking, Party.CENTRE, go(PageName.GALLERY)),
    "machines": view(ground.gathering, Party.CENTRE, go(PageName.MACHINES)),
    "journal": proved(),
    "journal-filter": proved(more=True),
    "journal-broken": proved("hash_mismatch", 97),
    "replay": replay(ground.closed, 7, *(listed(f"M{k}") for k in (1, 3, 5, 2, 4))),
    "replay-unheard": unheard(replay(ground.closed, 7, *(listed(f"M{k}") for k in (1, 3, 5, 2, 4)))),
    "keeping": (Party.WITNESS, keeping),
    "replay-hole": replay(ground.closed, 60, listed("M1"), listed("M3")),
    "replay-sealed": replay(ground.marking, 7, listed("M1", opened=False), listed("M3", opened=False)),
    "ledger": view(ground.dissuaded, Party.WITNESS, go(PageName.LEDGER)),
    "ledger-paper": (Party.WITNESS, ledger_paper),
    "tables": view(ground.checking, Party.AGENCY, go(PageName.TABLES, stream=STREAM, lot="1")),
    "agency": view(ground.checking, Party.AGENCY),
    "tenderee": view(ground.marking, Party.TENDEREE),
    "result": view(ground.reported, Party.REGULATOR, go(PageName.RESULT, stream=STREAM, lot="1")),
    "platform": view(platform_scene.due, Party.AGENCY, go(PageName.PLATFORM, stream=STREAM, lot="1"), "-"),
    "platform-checked": view(platform_scene.checked, Party.WITNESS, go(PageName.PLATFORM, stream=STREAM, lot="1"), "-"),
    "platform-due": view(platform_scene.due, Party.AGENCY, track="-"),
    "constitute": view(ground.seated, Party.CENTRE),
    "queue": (Party.CENTRE, queue),
    "ringing": (Party.CENTRE, ringing),
    "on-air": (Party.CENTRE, on_air),
    "asked": asked(),
    "asked-open": asked(joined=False),
    "asked-over": asked(over=True),
    "matters": (Party.CENTRE, matters),
    "forms": (Party.CENTRE, blank_forms),
    "matter-scan": (Party.CENTRE, matter_scan),
    "gc": view(ground.marking, Party.REGULATOR, go(PageName.EVALUATIONS), "GC"),
}
SIZES = (
    (QSize(1920, 1080), Scale.NORMAL),
    (QSize(1366, 768), Scale.NORMAL),
    (QSize(1920, 1080), Scale.LARGEST),
    (QSize(1366, 768), Scale.LARGEST),
)


def desk() -> FaceDesk:
    """An enrolment desk before which somebody stands whose card shows the same face."""
    devices, _, matcher = faces_scene.desk_with()
    matcher.knows(faces_scene.PERSON.read_bytes(), "somebody")
    return devices


def calls() -> Equipment:
    """What a console of the centre talks with seats by."""
    return Equipment(ScriptedCall, ScriptedSound())


def watch() -> WatchEquipment:
    """What a console watches by: nobody answers its engine, and one camera of the room shows nothing."""
    return WatchEquipment(
        lambda post: ScriptedCall(post, Part.WATCH), shrunk, (NamedCamera(WALL, ScriptedCamera([])),), PersonReel
    )


def paint(folder: Path, names: list[str]) -> None:
    """Paint the named pages (all, if none is named) into `folder`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install(app, Language(os.environ.get("LANGUAGE_OF_PAGES", "zh")))
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        role, act = SCENES[name]
        for size, scale in SIZES:
            apply(app, scale)
            with tempfile.TemporaryDirectory() as place:
                window, bridge = ground.make_console(role, SystemClock(), Path(place), desk(), calls(), watch())
                window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
                window.resize(size)
                window.show()
                act(window, bridge)
                QTest.qWait(80)
                if window.size() != size:
                    print(f"{name}: wants {window.width()}x{window.height()} at {size.width()} x{scale.value}")
                window.grab().save(str(folder / f"{name}-{size.width()}-{scale.value}.png"))
                window.close()
                window.deleteLater()
                QTest.qWait(1)


if __name__ == "__main__":
    paint(Path(sys.argv[1]), sys.argv[2:])
