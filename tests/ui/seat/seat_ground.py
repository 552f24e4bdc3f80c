"""A seat before a fake room: the real views of a played evaluation, a link that records, a scripted camera."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from evaluation_factory import ALIVE, KIOSK, Play, all_pass, good_marks, member
from fake_room import FakeBridge, FakeLink, room_part
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPlainTextEdit, QTextEdit, QWidget

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.model import SheetKind
from app.evaluation.views import view
from app.link import Answered, Failed
from app.ports.camera import Frame
from app.ports.signer import SigningKey
from app.rules.model import Party
from devices.ambient import ScriptedClock
from devices.camera.scripted import ScriptedCamera
from devices.face.scripted import ScriptedFaceMatcher
from devices.face.scripted_presence import ScriptedPresence
from ui.call.desk import Equipment
from ui.call.shown import Watched
from ui.seat.kit import Kit
from ui.seat.recording import RecorderMaker
from ui.seat.window import SeatWindow

PORTRAIT = b"portrait of the member"
START = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def picture(shade: int, width: int = 64, height: int = 48) -> Frame:
    """A frame of one grey."""
    return Frame(width, height, bytes([shade]) * (3 * width * height))


FACE, STRANGER, NOBODY = picture(200), picture(90), picture(10)


@dataclass(frozen=True)
class Drafted:
    """A draft that was kept."""

    lot: str
    kind: SheetKind
    number: int
    version: int
    content: Any


@dataclass(frozen=True)
class SealedSheet:
    """A sheet that was sealed."""

    id: str
    lot: str
    kind: SheetKind
    number: int
    alias: str
    sheet: Any
    room_key: dict[str, str]


@dataclass
class FakePost:
    """What is asked of the one who brings recordings to the room."""

    places: list[tuple[str, str] | None] = field(default_factory=list)
    told: list[tuple[tuple[str, str], str, int]] = field(default_factory=list)
    held: bool = False

    def record_into(self, place: tuple[str, str] | None) -> Path | None:
        self.places.append(place)
        return None if place is None else Path("folder") / place[1]

    def tell(self, place: tuple[str, str], state: str, hours_left: int) -> None:
        self.told.append((place, state, hours_left))

    def hold(self, *, held: bool) -> None:
        self.held = held


@dataclass
class FakeNotes:
    """Notes of one machine."""

    kept: dict[str, Any] = field(default_factory=dict)

    def put(self, place: str, content: object) -> None:
        self.kept[place] = content

    def get(self, place: str) -> Any:
        return self.kept.get(place)


@dataclass
class SeatLink(FakeLink):
    """Records drafts and sheets too."""

    notes: FakeNotes = field(default_factory=FakeNotes)
    recordings: Any = field(default_factory=FakePost)

    drafts: list[Drafted] = field(default_factory=list)
    sealed: list[SealedSheet] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    wipes: int = 0

    def put_draft(self, stream: str, lot: str, kind: SheetKind, number: int, version: int, content: object) -> str:
        self.drafts.append(Drafted(lot, kind, number, version, content))
        return f"{stream}/{lot}/{kind.value}/{number}"

    def load_draft(self, stream: str, lot: str, kind: SheetKind, number: int) -> str:
        self.loads.append(f"d{len(self.loads)}")
        return self.loads[-1]

    def seal_sheet(
        self,
        stream: str,
        lot: str,
        kind: SheetKind,
        number: int,
        alias: str,
        sheet: object,
        room_key: dict[str, str],
        phase: str = "",
    ) -> str:
        self.sealed.append(SealedSheet(f"s{len(self.sealed)}", lot, kind, number, alias, sheet, room_key))
        return self.sealed[-1].id

    def wipe(self) -> None:
        self.wipes += 1


class SeatBridge(FakeBridge):
    """A FakeBridge over a SeatLink."""

    def __init__(self) -> None:
        super().__init__()
        self.link: SeatLink = SeatLink()

    def answer_file(self, content: bytes) -> None:
        """Hand over the last file asked for."""
        self.answer(content)

    def draft(self, content: Any = None, version: int = 0) -> None:
        """Bring the last draft asked for."""
        value = None if content is None and not version else {"version": version, "content": content}
        self.answered.emit(Answered(self.link.loads[-1], "draft", value))

    def refuse_seal(self, code: str, sentence: str, where: str = "") -> None:
        """Refuse the last sheet."""
        self.failed.emit(Failed(self.link.sealed[-1].id, "SealSheet", code, sentence, where))

    def accept_seal(self) -> None:
        """Take the last sheet."""
        self.answered.emit(Answered(self.link.sealed[-1].id, "SealSheet", {"events": ["SheetSealed"]}))


class Seat:
    """One seat, and the evaluation that its member takes part in: by default an expert (p1 is the delegate)."""

    def __init__(
        self,
        track: str = "ZC",
        ref: str = "p2",
        *,
        lots: tuple[str, ...] = ("1",),
        tender: Any = None,
        rules: Any = None,
        members: int = 5,
        clock: ScriptedClock | None = None,
        lang: str = "en",
        presence: ScriptedPresence | None = None,
        calls: Equipment | None = None,
        watched: Watched | None = None,
        recorder: RecorderMaker | None = None,
        kit: Kit | None = None,
        signer: SigningKey | None = None,
    ) -> None:
        self.play = Play(track)
        self.play.open_room()
        self.play.import_package(members, lots=lots, delegates=0 if track == "GC" else 1, tender=tender, rules=rules)
        self.play.draw_slots()
        self.ref = ref
        self.refs = [f"p{k}" for k in range(1, members + 1)]
        self.lots = tuple(self.play.it.lots) if tender is not None else lots
        self.clock = clock or ScriptedClock(START)
        self.bridge = SeatBridge()
        self.camera = ScriptedCamera([], fps=100)
        self.camera.show(NOBODY)
        self.matcher = ScriptedFaceMatcher()
        self.matcher.knows(PORTRAIT, "me")
        self.matcher.knows(FACE, "me")
        self.matcher.knows(STRANGER, "another")
        self.window = SeatWindow(
            self.bridge,
            self.camera,
            self.matcher,
            self.clock,
            lang,
            presence,
            look_s=0.01,
            calls=calls,
            watched=watched,
            recorder=recorder,
            kit=kit,
            signer=signer,
        )

    # --- the view

    @property
    def alias(self) -> str:
        found = self.play.it.members[self.ref].alias
        return found or ""

    def view(self) -> dict[str, Any]:
        """What this seat may see now."""
        held = self.play.it.members[self.ref]
        actor = Actor(Party.MEMBER, alias=held.alias)
        seen = view(self.play.it, actor) if held.alias and held.stage.value not in _NOT_HOLDING else None
        assert self.play.room is not None
        return {
            "position": self.play.it.size,
            "role": "member",
            "post": None,
            "alias": held.alias if seen else None,
            "seat": held.seat or "A01",
            "room": room_part(self.play.room, [self.play.it], Party.MEMBER),
            "evaluations": [seen] if seen else [],
        }

    def show(self, change: Callable[[dict[str, Any]], None] | None = None) -> None:
        """Let the window see what it may now; `change` plants something into the view first."""
        seen = self.view()
        if change is not None:
            change(seen)
        self.bridge.show(seen)
        # A layout shows what was put into it only when it comes to it.
        QCoreApplication.processEvents()

    # --- the way there

    def sit(self, upto: str) -> None:
        """The member of this seat from the door to `upto`: `drawn`, `seated`, `briefed` or `pledged`."""
        it = self.play
        it.do(c.CheckIn(self.ref, "0.71", "sface", ALIVE), KIOSK)
        it.do(c.StorePhone(self.ref, self.ref.removeprefix("p").zfill(2)), KIOSK)
        index = sum(m.slot is not None for m in it.it.members.values())
        it.do(c.TakeSlot(self.ref, *it.place(index)), KIOSK)
        steps = ("drawn", "seated", "briefed", "pledged")
        if steps.index(upto) >= 1:
            it.do(c.OpenSeat("0.69", "sface"), member(self.alias))
        if steps.index(upto) >= 2:
            it.do(c.ReadDiscipline(60), member(self.alias))
        if steps.index(upto) >= 3:
            it.pledge(self.alias)

    def gather(self) -> None:
        """Everyone pledged, the committee constituted."""
        self.sit("pledged")
        for ref in self.refs:
            if ref != self.ref:
                self.play.pledge(self.play.arrive(ref))
        self.play.constitute()

    def elect(self, chair: str | None = None) -> None:
        """To a chair: this seat's member, or another one."""
        self.gather()
        wanted = chair or self.alias
        by = self.play.it.committee[0]
        self.play.do(c.ProposeChair(wanted), member(by))
        for alias in self.play.it.committee:
            if alias != by and self.play.it.chair is None:
                self.play.do(c.AgreeToChair(), member(alias))

    def other(self, number: int = 0) -> str:
        """An eligible alias that is not this seat's."""
        eligible = [m.alias for m in self.play.it.pledged if m.kind.value == "expert"]
        return [alias for alias in eligible if alias and alias != self.alias][number]

    def to_marks(self, chair: str | None = None) -> None:
        """To the marking of every lot."""
        self.elect(chair)
        for lot in self.lots:
            self.play.review(lot, all_pass)
            self.play.conclude(lot)

    def to_result(self, chair: str | None = None, marks: Any = good_marks) -> None:
        """To the opened result of every lot."""
        self.to_marks(chair)
        for lot in self.lots:
            self.play.mark(lot, marks)

    def to_confirm(self, chair: str | None = None) -> None:
        """To everyone's last word."""
        self.to_result(chair)
        for lot in self.lots:
            assert self.play.it.chair is not None
            self.play.do(c.NoteFindings(lot, "已核对"), member(self.play.it.chair))
            if self.play.it.ruleset.check_by:
                self.play.do(c.CheckTables(lot, True, ""), Actor(Party.AGENCY, post="agency-a"))

    def to_report(self, issued: bool = True) -> None:
        """To the report of every lot."""
        self.to_confirm(None)
        for lot in self.lots:
            for alias in self.play.it.committee:
                self.play.do(c.ConfirmResult(lot), member(alias))
            if issued:
                self.play.issue(lot, b"%PDF-", 1)

    # --- looking and acting, as a person does

    def find(self, name: str) -> QWidget:
        """The widget of this name that is on the screen."""
        shown = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        assert shown, f"nothing on the screen is called {name}"
        return shown[0]

    def press(self, name: str) -> None:
        """Click a button."""
        button = self.find(name)
        assert isinstance(button, QAbstractButton)
        assert button.isEnabled(), f"{name} cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def shown_text(self) -> str:
        """Everything that can be read on the screen, by eye or by a screen reader."""
        return texts(self.window)


_NOT_HOLDING = {"seat_wiped", "phone_returned", "left", "checked_in", "phone_stored", "expected"}


def texts(root: QWidget) -> str:
    """All texts of the visible widgets below `root`, hidden pages of a stack left out."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            found.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            found += [widget.itemText(at) for at in range(widget.count())]
        model = getattr(widget, "model", None)
        if callable(model) and (data := model()) is not None and hasattr(data, "rowCount"):
            for row in range(data.rowCount()):
                found.append(str(data.headerData(row, Qt.Orientation.Vertical) or ""))
                for column in range(data.columnCount() if hasattr(data, "columnCount") else 1):
                    index = data.index(row, column)
                    found.append(str(data.data(index, Qt.ItemDataRole.DisplayRole) or ""))
                    found.append(str(data.data(index, Qt.ItemDataRole.AccessibleTextRole) or ""))
    return "\n".join(text for text in found if text)
