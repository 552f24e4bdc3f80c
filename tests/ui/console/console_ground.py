"""Consoles before a fake room: views of real small evaluations at the moments that matter."""

from __future__ import annotations

import copy
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from evaluation_factory import ALIVE, CENTRE, KIOSK, WITNESS, Play, good_marks, member
from fake_room import FakeBridge, view_for

from app.archive import extract_of
from app.archive.ledger import ledger
from app.evaluation import commands as c
from app.evaluation.matters.ledger import EndDissuasion, Ledger, NoteDissuasion, PrintLedger
from app.evaluation.matters.presence.records import LockSeat
from app.evaluation.model import SheetKind
from app.ports.ambient import Clock
from app.report.forms import make_form
from app.report.ledger import ledger_data
from app.rules.model import Party
from ui.call.desk import Equipment
from ui.console.face_capture import FaceDesk
from ui.console.watching import WatchEquipment
from ui.console.window import ConsoleWindow

STREAM = "evaluation/ev1"


def opened(track: str = "ZC") -> Play:
    """Imported, seats not drawn yet."""
    play = Play(track)
    play.open_room()
    play.import_package(5, delegates=1 if track == "ZC" else 0)
    return play


def gathering(track: str = "ZC") -> Play:
    """Drawn; two seated, one calls for help, one waits at the door for two people, the centre has agreed."""
    play = opened(track)
    play.draw_slots()
    first, second = play.arrive("p1"), play.arrive("p3")
    play.pledge(first)
    play.do(c.CallHelp("看不清第 37 页的图纸"), member(second))
    play.do(c.RequestRelease("admission", "p2", "没有可供比对的照片"), KIOSK)
    play.do(c.CheckIn("p4", "0.71", "sface", ALIVE), KIOSK)
    return play


def seated(track: str = "ZC") -> Play:
    """Everyone is seated and has pledged: the committee can be constituted."""
    play = opened(track)
    play.draw_slots()
    for k in range(1, 6):
        play.pledge(play.arrive(f"p{k}", by_two=k == 2))
    return play


def electing(track: str = "ZC") -> Play:
    """The committee is constituted."""
    play = seated(track)
    play.constitute()
    return play


def marking(track: str = "ZC") -> Play:
    """Marking, two members have ended."""
    play = electing(track)
    play.choose_chair()
    play.review("1")
    play.conclude("1")
    state = play.it.lots["1"]
    for alias in play.it.committee[:2]:
        marks = {b: {f.id: good_marks(alias, b, f.id) for f in state.lot.factors} for b in state.live_bids()}
        play.seal("1", SheetKind.MARKS, 1, alias, {"marks": marks, "reasons": {}})
    return play


def unseen(track: str = "ZC") -> Play:
    """While all mark, the seat of one member has locked itself, and another's asks two people to unlock it."""
    play = marking(track)
    first, second, *_ = play.it.committee
    play.do(LockSeat("absent", 61), member(first))
    play.do(LockSeat("covered", 64), member(second))
    ref = next(m.ref for m in play.it.pledged if m.alias == second)
    play.do(c.RequestRelease("unlock", ref, "摄像头没有画面"), member(second))
    return play


def marked(track: str = "ZC") -> Play:
    """All marks are opened; the findings are being looked at."""
    play = electing(track)
    play.choose_chair()
    play.review("1")
    play.conclude("1")
    play.mark("1")
    return play


def checking() -> Play:
    """ZC: the agency has the alias tables before it."""
    play = marked()
    chair = play.it.chair
    assert chair is not None
    play.do(c.NoteFindings("1", "已逐条核对，评分属独立判断。"), member(chair))
    return play


def reported(track: str = "ZC") -> Play:
    """The report is issued; one member dissented."""
    play = marked(track)
    play.do(c.AddRemark("全程秩序良好，未见异常。"), WITNESS)
    play.finish_lot("1", dissent="对第二家业绩的认定有不同意见：合同金额未达到要求。")
    play.issue("1", b"%PDF-1.4 report", 12)
    return play


def dissuaded(track: str = "ZC") -> Play:
    """The report is issued; two were dissuaded, of one the result is not noted yet."""
    play = reported(track)
    play.do(NoteDissuasion("talk", "M2", "与邻座低声讨论报价", "提醒并请其停止"), WITNESS)
    play.do(EndDissuasion(1, "stopped", ""), WITNESS)
    play.do(NoteDissuasion("outsider", "", "走廊有人敲窗", "请保安引导其离开"), CENTRE)
    return play


def ledger_on_paper() -> bytes:
    """The draft of that ledger."""
    play = copy.deepcopy(_kept(dissuaded, "ZC"))
    play.do(PrintLedger("1", 1), WITNESS)
    whole = ledger(list(play.log.entries), "1", extract_of(STREAM, list(play.room_log.entries)))
    printed = play.it.memory(Ledger).printed[-1]
    at = "2026-03-02T12:30:00.000000+08:00"
    return make_form(ledger_data(whole, play.it, printed, room_name="岷乐评标三室", printed_at=at))


def closed(track: str = "ZC") -> Play:
    """Everyone has left; closed."""
    play = reported(track)
    play.leave()
    play.close()
    return play


@lru_cache(maxsize=32)
def _kept(maker: Any, track: str) -> Play:
    return maker(track) if track != "-" else maker()


def seen(maker: Any, role: Party | None, track: str = "ZC") -> dict[str, Any]:
    """The view of a role at one of the moments above; a copy that a test may change."""
    play = _kept(maker, "-" if maker is checking else track)
    assert play.room is not None
    return copy.deepcopy(view_for(role, play.room, *([play.it] if play.state is not None else [])))


def empty_room(role: Party | None) -> dict[str, Any]:
    """Nothing imported yet."""
    play = Play()
    play.open_room()
    assert play.room is not None
    return view_for(role, play.room)


def entries(maker: Any, bridge: FakeBridge, upto: int | None = None) -> None:
    """Tell a console the entries of a play as the room would to staff."""
    play = _kept(maker, "-" if maker is checking else "ZC")
    lines = [(log.stream, entry) for log in (play.room_log, play.log) for entry in log.entries]
    lines.sort(key=lambda line: line[1].at)
    for position, (stream, entry) in enumerate(lines[:upto], 1):
        bridge.tell(position, entry.type, stream, entry.at, actor=dict(entry.actor), data=dict(entry.data))


def make_console(
    role: Party,
    clock: Clock,
    folder: Path,
    faces: FaceDesk | None = None,
    calls: Equipment | None = None,
    watch: WatchEquipment | None = None,
) -> tuple[ConsoleWindow, FakeBridge]:
    """A console of this role, nobody logged in; with `faces` an enrolment desk, with `calls` able to ring seats up,
    with `watch` able to see cameras."""
    bridge = FakeBridge()
    return ConsoleWindow(bridge, role.value, clock, folder, faces=faces, calls=calls, watch=watch), bridge  # type: ignore[arg-type]


__all__ = ["CENTRE", "STREAM"]
