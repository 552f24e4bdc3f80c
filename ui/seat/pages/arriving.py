"""From the empty chair to the opened seat: a number to be found, a face to be known, or two people who open."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.evaluation.matters.presence.records import LockKind
from app.link import Answered, Failed
from app.ports.camera import Frame
from app.ports.face import FaceAdvice, FaceVerdict, Template
from ui.seat.face import NEEDED, CameraTold, FaceJudged, FaceNews, FaceRun, FaceState, FaceUnusable, FaceWatch
from ui.seat.keeper import lock_shown
from ui.seat.names import Name
from ui.seat.page import Fittings, Narrow, SeatPage
from ui.seat.steps import PageCode, Place
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Folding
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.camera_view import CameraView
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.progress import WordedProgress
from ui.widgets.seat_number import BigNumber
from ui.widgets.text import Text

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class WaitingPage(SeatPage):
    """Nobody has this seat yet: its number, large enough to be found from the door, and nothing else."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        self._number = self.add(BigNumber(), 1)
        self.add(Text(self.tr("This seat is waiting for its expert"), Role.INSTRUCTION, align=_MIDDLE))
        self.add(
            Text(
                self.tr("Draw your seat at the door first; this screen then looks for your face by itself."),
                Role.STRONG,
                soft=True,
                align=_MIDDLE,
            )
        )
        self.add(self.notice)

    def show_view(self) -> None:
        """The number; the room's name stands in the header."""
        self._number.set_number(self.sight.seat)


@dataclass(frozen=True)
class _Known:
    """What a known face is sent as, and what two people are asked for instead."""

    command: str
    release: str


_KNOWN = {
    PageCode.OPEN_SEAT: _Known("OpenSeat", "seat"),
    PageCode.RETURN: _Known("ReturnFromLeave", "return"),
    PageCode.VERIFY_PRESENCE: _Known("VerifyPresence", "presence"),
    PageCode.UNLOCK: _Known("UnlockSeat", "unlock"),
}


class OpeningPage(SeatPage):
    """The seat looks for the face of the one member whom it waits for, at first, after a leave, after a pause, and when
    it has locked itself; in doubt it asks two people."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        self.watch = FaceWatch(fittings.camera, fittings.matcher, parent=self)
        self.watch.framed.connect(self._paint)
        self.watch.told.connect(self._take)
        self._run: FaceRun | None = None
        self._reason = ""
        self._asked = False
        self._somebody = place.code is not PageCode.UNLOCK
        """Before a seat that locked itself there may be nobody for long: patience begins when somebody comes."""
        self._awaits_room = False
        self._blind = False
        """The doubt is the camera's: it ends when the camera comes back."""
        body = self.add(Folding(gap=Space.PAGE), 1)
        self.view = body.add(CameraView(), 3)
        body.add(self._build_side(), 2)
        self.add(self.notice)

    def _build_side(self) -> Card:
        card = Card()
        card.add(Text(self._title(), Role.PAGE))
        self._told = card.add(Text("", Role.STRONG))
        self._progress = card.add(WordedProgress())
        card.fill()
        self._doubt = card.add(Column(gap=Space.GAP))
        self._why = self._doubt.add(Text("", Role.STRONG, tone=Tone.ATTENTION))
        self.again = self._doubt.add(Button(self.tr("Try once more")))
        self.again.setObjectName(Name.OPEN_AGAIN)
        self._doubt.hide()
        self.back = card.add(PrimaryButton(self.tr("I am back")))
        self.back.setObjectName(Name.OPEN_BACK)
        self.back.clicked.connect(self._come_back)
        self.back.hide()
        self.call = card.add(Button(self.tr("Call staff to open the seat")))
        self.call.setObjectName(Name.OPEN_CALL)
        self._privacy = card.add(
            Text(
                self.tr("The picture is compared at this seat and not kept. You may have staff open the seat instead."),
                Role.SMALL,
                soft=True,
            )
        )
        self.call.clicked.connect(self._call_staff)
        self.again.clicked.connect(self._begin)
        return card

    def _title(self) -> str:
        match self.place.code:
            case PageCode.RETURN:
                return self.tr("On leave: this seat is locked")
            case PageCode.VERIFY_PRESENCE:
                return self.tr("The evaluation is to go on: are you here?")
            case PageCode.UNLOCK:
                return self.tr("This seat is locked")
        return self.tr("Welcome to your seat")

    def enter(self) -> None:
        """Look into the camera, ask for the reference; of someone on leave only when the person says so."""
        self.fit.keeper.forget()
        if self.place.code is PageCode.RETURN:
            self._wait_for_return()
            return
        self.watch.show()
        self._begin()

    def _wait_for_return(self) -> None:
        """Who has just asked to leave still sits before the camera, which must not open the seat again."""
        self._run = None
        self._doubt.hide()
        self._progress.hide()
        self._weigh(primary=False)
        self.call.setEnabled(True)
        self._told.setText(self.tr("When you are back, press the key below and look into the camera."))
        self.view.instruct(self.tr("You may leave your seat now"), Tone.QUIET)
        self.back.show()

    def _come_back(self) -> None:
        self.back.hide()
        self.watch.show()
        self._begin()

    def first_focus(self) -> QWidget | None:
        """Coming back is one key."""
        return self.back if self.place.code is PageCode.RETURN else None

    def leave(self) -> None:
        """The comparison ends with the page."""
        self.watch.stop()

    def discard(self) -> None:
        """The same for good."""
        self.watch.stop()
        super().discard()

    def tick(self) -> None:
        """Is time over?"""
        if (
            self._run is not None
            and self._somebody
            and self._run.look_at(self.fit.clock.monotonic()) is FaceState.DOUBT
        ):
            self._doubtful(self.tr("Your face was not recognised with certainty."))

    def _begin(self) -> None:
        self._run = None
        self._blind = False
        self._doubt.hide()
        self._weigh(primary=False)
        self.call.setEnabled(True)
        self._progress.show()
        self._progress.report(self.tr("One moment"), 0, NEEDED)
        self._told.setText(self._invitation())
        self.view.instruct(self.tr("Look into the camera"), Tone.QUIET)
        if self.watch.camera_failed:
            self._no_camera()
            return
        self._awaits_room = self.place.code is PageCode.UNLOCK and self.sight.lock is None
        if self._awaits_room:  # the room gives a reference only for a seat that it knows to be locked
            return
        reads = self.watch.reads
        self.fit.desk.ask(self, "reference", lambda client: client.seat_reference(reads))

    def show_view(self) -> None:
        """The room knows of the lock now."""
        if self._awaits_room and self.sight.lock is not None:
            self._begin()

    def _invitation(self) -> str:
        look = self.tr("Look into the camera, please. The seat opens by itself.")
        why = self._why_locked() if self.place.code is PageCode.UNLOCK else ""
        return self.tr("{why} {look}").format(why=why, look=look) if why else look

    def _why_locked(self) -> str:
        kind = lock_shown(self.sight, self.fit.keeper)
        return {
            None: "",
            LockKind.ABSENT: self.tr("The camera did not see you for a while."),
            LockKind.SECOND_FACE: self.tr("More than one person was before this seat."),
            LockKind.OTHER_FACE: self.tr("The camera did not recognise you."),
            LockKind.COVERED: self.tr("The camera was covered, or its picture stood still."),
            LockKind.CAMERA_LOST: self.tr("The camera gave no picture."),
            LockKind.RESTARTED: self.tr("This seat's program was started anew."),
            LockKind.MOVED: self.tr("You go on at this seat, where you left off."),
        }[kind]

    def answered(self, answer: Answered) -> None:
        """The reference has come, or a command was done."""
        if answer.kind != "reference":
            super().answered(answer)
            return
        reference = _reference(answer.value)
        if reference is None:
            self._doubtful(self.tr("There is no portrait to compare with."))
            return
        self._run = FaceRun(self.fit.clock.monotonic())
        self.watch.compare_with(reference)

    def refused(self, failure: Failed) -> None:
        """Without a reference the seat can still be opened by two people."""
        self.call.setEnabled(True)
        if failure.kind == "reference":
            self._doubtful(failure.sentence)
        else:
            super().refused(failure)

    def line_back(self) -> None:
        """Ask again for the reference."""
        if self._run is None and not self._asked and not self._awaits_room and self.back.isHidden():
            self._begin()

    def _paint(self, frame: Frame) -> None:
        self.view.show_frame(frame.width, frame.height, frame.rgb)

    def _take(self, news: FaceNews) -> None:
        match news:
            case CameraTold():
                self._camera_told()
            case FaceUnusable():
                self._doubtful(self.tr("The comparison of faces is not possible."))
            case FaceJudged():
                self._judge(news)

    def _camera_told(self) -> None:
        """A camera that went is told of; one that came back is used again."""
        if self.watch.camera_failed:
            self.view.show_nothing()
            self._no_camera()
        elif self._blind and self.watch.camera_runs and self.call.isEnabled():
            self._begin()

    def _judge(self, news: FaceJudged) -> None:
        if self._run is None or self._run.state is not FaceState.LOOKING:
            return
        if self.place.code is PageCode.UNLOCK:
            before, self._somebody = self._somebody, news.decision.verdict is not FaceVerdict.NO_FACE
            if self._somebody and not before:
                self._run = FaceRun(self.fit.clock.monotonic())
        state = self._run.take(news.decision)
        self._progress.report(self.tr("Recognising"), self._run.same, NEEDED)
        self.view.instruct(
            self._instruction(news), Tone.OK if news.decision.verdict is FaceVerdict.SAME else Tone.ATTENTION
        )
        if state is FaceState.KNOWN:
            if self.watch.template is not None:
                self.fit.keeper.know(self.watch.template)
            self.watch.rest()
            self._progress.report(self.tr("Recognised"), NEEDED, NEEDED)
            self._told.setText(self.tr("Recognised. The seat opens."))
            self.call.setEnabled(False)
            self.fit.desk.send(self, _KNOWN[self.place.code].command, self._run.evidence())

    def _instruction(self, news: FaceJudged) -> str:
        if news.decision.verdict is FaceVerdict.SAME:
            return self.tr("Good. Stay as you are")
        if news.decision.verdict is FaceVerdict.MANY_FACES:
            return self._advice(FaceAdvice.ONE_PERSON)
        return self._advice(news.advice[0]) if news.advice else self.tr("Look into the camera")

    def _advice(self, advice: FaceAdvice) -> str:
        return {
            FaceAdvice.COME_INTO_VIEW: self.tr("Come into the picture"),
            FaceAdvice.ONE_PERSON: self.tr("One person only, please"),
            FaceAdvice.CLOSER: self.tr("Come a little closer"),
            FaceAdvice.FARTHER: self.tr("Move back a little"),
            FaceAdvice.LOOK_STRAIGHT: self.tr("Look straight ahead"),
            FaceAdvice.MORE_LIGHT: self.tr("More light on your face, please"),
            FaceAdvice.LESS_LIGHT: self.tr("Turn away from the bright light"),
            FaceAdvice.HOLD_STILL: self.tr("Hold still for a moment"),
            FaceAdvice.MASK: self.tr("Take off the mask, please"),
        }[advice]

    def _no_camera(self) -> None:
        foreign = self.tr("This camera is not the one that is enrolled for this seat.")
        gone = self.tr("This seat's camera gives no picture.")
        self._doubtful(foreign if self.watch.camera_refused else gone)
        self._blind = True

    def _doubtful(self, why: str) -> None:
        """Nothing is decided by the program: say why, and offer people, who read the same reason."""
        self._run = None
        self.watch.rest()
        self._reason = why
        self._progress.hide()
        self._told.setText(self.tr("That is no matter: two people will open the seat for you."))
        self._why.setText(why)
        self._doubt.show()
        self._weigh(primary=True)
        self.call.setFocus()
        self.view.instruct(self.tr("Please call staff"), Tone.ATTENTION)

    def _weigh(self, *, primary: bool) -> None:
        """Calling staff is the next step only where the face did not decide."""
        self.call.setProperty("kind", "primary" if primary else "secondary")
        self.call.style().unpolish(self.call)
        self.call.style().polish(self.call)

    def _call_staff(self) -> None:
        self.call.setEnabled(False)
        self.watch.rest()
        data = {
            "what": _KNOWN[self.place.code].release,
            "member": self.sight.present["member"],
            "reason": self._reason or self.tr("The expert asks staff to open the seat."),
        }
        self.send("RequestRelease", data)


def _reference(answer: dict[str, Any]) -> bytes | Template | None:
    """What to compare with: the enrolled template, else the list's picture."""
    image, template = answer.get("image"), answer.get("template")
    try:
        if template:
            data = base64.b64decode(template["data"], validate=True)
            return Template(template["model"], template["version"], data)
        return None if not image else base64.b64decode(image, validate=True)
    except (binascii.Error, KeyError, ValueError):
        return None


class ReleasePage(SeatPage):
    """Two people were called; nothing is asked of the person who waits."""

    def __init__(self, fittings: Fittings, place: Place) -> None:
        super().__init__(fittings, place)
        inner = Column(gap=Space.WIDE)
        inner.fill()
        inner.add(Text(self.tr("Staff are on their way"), Role.INSTRUCTION, align=_MIDDLE))
        inner.add(
            Text(
                self.tr("Two people of different duties check your identity and open this seat. Please stay seated."),
                Role.STRONG,
                soft=True,
                align=_MIDDLE,
            )
        )
        inner.fill()
        self.add(Narrow(inner), 1)
        self.add(self.notice)

    def show_view(self) -> None:
        """It is known to staff."""
        self.say(Notice(Tone.INFO, self.tr("The call has arrived at the consoles.")))
