"""The pages before the camera: the comparison, and what a living face is asked to show, with an arrow to follow."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from app.ports.face import FaceAdvice
from app.ports.liveness import Challenge, LivenessStep
from ui.kiosk.advice import advice_words
from ui.kiosk.names import Name
from ui.kiosk.pictures import Picture
from ui.kiosk.stage import big
from ui.theme import Colour, Role, Space, Tone
from ui.widgets.boxes import Row
from ui.widgets.buttons import CallButton
from ui.widgets.camera_view import CameraView
from ui.widgets.card import Card
from ui.widgets.progress import WordedProgress
from ui.widgets.text import Text


class _Sided(Row):
    """The camera's picture, and beside it a card of instructions, which gets more of a low screen."""

    def __init__(self) -> None:
        super().__init__(gap=Space.PAGE, margin=Space.PAGE)
        self._left_out: tuple[QWidget, ...] = ()
        """What is said elsewhere too, and goes first."""
        self._headline = Text("", Role.INSTRUCTION)
        self._low = False

    def be_low(self, low: bool) -> None:
        """Whether the screen is low for its type."""
        self._low = low
        side = Space.SMALL if low else Space.PAGE
        self._box_margin = (side, side, side, side)
        self.restyle()
        self._box_layout.setStretch(0, 5 if low else 7)
        for part in self._left_out:
            part.setVisible(not low)
        self._headline.set_role(Role.PAGE if low else Role.INSTRUCTION)


class FacePage(_Sided):
    """The camera's picture, large, and how far the comparison is. `called` when the person wants people instead."""

    called = Signal()

    def __init__(self, needed: int) -> None:
        super().__init__()
        self._needed = needed
        self.camera = self.add(CameraView(), 7)
        self.camera.setObjectName(Name.CAMERA)
        side = self.add(Card(margin=Space.PAGE, gap=Space.WIDE), 4)
        self._greeting = side.add(Text("", Role.PAGE))
        self._headline.setText(self.tr("Please look into the camera"))
        side.add(self._headline)
        take_off = self.tr("Take off mask, hat and dark glasses; stand half a metre before the screen.")
        self._take_off = side.add(Text(take_off, Role.SECTION))
        side.fill()
        self._progress = side.add(WordedProgress())
        without = self.tr("You may also be admitted without your face: staff will look at your document.")
        self._left_out = (side.add(Text(without, soft=True)),)
        call = big(CallButton(self.tr("Call staff instead")), Name.FACE_CALL)
        side.add(call)
        call.clicked.connect(self.called)
        self.setFocusProxy(call)

    def begin(self, greeting: str) -> None:
        """A new person stands here."""
        self._greeting.setText(greeting)
        self._greeting.setVisible(bool(greeting) and not self._low)
        self.tell(0, None)

    def be_low(self, low: bool) -> None:
        """The instruction is worth more than the name."""
        super().be_low(low)
        self._greeting.setVisible(bool(self._greeting.text()) and not low)
        self._take_off.set_role(Role.STRONG if low else Role.SECTION)

    def tell(self, same: int, advice: FaceAdvice | None) -> None:
        """So many pictures agree; one piece of advice."""
        words = self.tr("Comparing: {count} of {needed}").format(count=same, needed=self._needed)
        self._progress.report(words, same, self._needed)
        if advice is not None:
            self.camera.instruct(advice_words(advice), Tone.ATTENTION)
        else:
            self.camera.instruct(self.tr("Good, please hold still"), Tone.OK if same else Tone.QUIET)


class TurnPicture(Picture):
    """A head, and what it should do: an arrow to the side to which the mirror shows it turning, or an open mouth."""

    wide, high = 320.0, 210.0
    largest = 2.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._challenge: Challenge | None = None

    def ask(self, challenge: Challenge | None) -> None:
        """Show this one; None is a head that looks straight ahead."""
        self._challenge = challenge
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Head, features moved to the side that is asked for, arrow."""
        side = {Challenge.LEFT: -1, Challenge.RIGHT: 1}.get(self._challenge, 0) if self._challenge else 0
        painter.setPen(QColor(Colour.BRAND.value))
        painter.setBrush(QColor(Colour.BRAND_GROUND.value))
        painter.drawEllipse(QRectF(90, 4, 140, 184))
        painter.setPen(QColor(Colour.BRAND.value))
        painter.setBrush(QColor(Colour.BRAND.value))
        shift = 26.0 * side
        for x in (132, 176):
            if self._challenge is Challenge.BLINK:
                painter.drawRoundedRect(QRectF(x + shift - 2, 82, 16, 4), 2, 2)
            else:
                painter.drawEllipse(QRectF(x + shift, 74, 12, 16))
        painter.drawRoundedRect(QRectF(156 + shift * 1.35, 92, 8, 30), 4, 4)
        if self._challenge is Challenge.MOUTH:
            painter.drawEllipse(QRectF(138, 130, 44, 42))
        else:
            painter.drawRoundedRect(QRectF(136 + shift, 142, 48, 8), 4, 4)
        if side:
            self._arrow(painter, side)

    def _arrow(self, painter: QPainter, side: int) -> None:
        painter.setBrush(QColor(Colour.OK.value))
        painter.setPen(QColor(Colour.OK.value))
        middle = 160.0
        near, shaft, tip = (middle + side * reach for reach in (82, 120, 156))
        left, right = sorted((near, shaft))
        painter.drawRect(QRectF(left, 88, right - left, 18))
        painter.drawPolygon(QPolygonF([QPointF(shaft, 70), QPointF(shaft, 124), QPointF(tip, 97)]))


class TurnPage(_Sided):
    """The camera's picture, large, beside what to do. `called` when the person wants people instead."""

    called = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.camera = self.add(CameraView(), 7)
        self.camera.setObjectName(Name.TURN_CAMERA)
        side = self.add(Card(margin=Space.PAGE, gap=Space.WIDE), 4)
        asked = side.add(Text(self.tr("Please do what you are asked to do"), Role.SECTION))
        side.add(self._headline)
        self._picture = side.add(TurnPicture(), 1)
        self._progress = side.add(WordedProgress())
        why = side.add(Text(self.tr("It shows that you are here yourself, and not a picture of you."), soft=True))
        self._left_out = (asked, why)
        call = side.add(big(CallButton(self.tr("Call staff instead")), Name.TURN_CALL))
        call.clicked.connect(self.called)
        self.setFocusProxy(call)

    def tell(self, step: LivenessStep) -> None:
        """What to do now, how much is done, what would help."""
        words = self._words(step.challenge)
        self._headline.setText(words)
        self._picture.ask(step.challenge)
        done = self.tr("Done: {count} of {total}").format(count=step.done, total=step.total)
        self._progress.report(done, step.done, step.total)
        helps = next((advice for advice in step.advice if advice is not FaceAdvice.LOOK_STRAIGHT), None)
        if helps is not None:
            self.camera.instruct(advice_words(helps), Tone.ATTENTION)
        else:
            self.camera.instruct(words, Tone.OK)

    def clear(self) -> None:
        """Nobody stands here any more."""
        self.camera.show_nothing()
        self._picture.ask(None)

    def _words(self, challenge: Challenge | None) -> str:
        if challenge is None:
            return self.tr("Look straight into the camera")
        return {
            Challenge.LEFT: self.tr("Turn your head to your left"),
            Challenge.RIGHT: self.tr("Turn your head to your right"),
            Challenge.MOUTH: self.tr("Open your mouth wide, then close it"),
            Challenge.BLINK: self.tr("Blink with both eyes"),
        }[challenge]
