"""The pages of the kiosk, each one instruction in large words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.kiosk.names import Name
from ui.kiosk.pictures import BoxPicture, CardPicture, DoorPicture, Picture
from ui.kiosk.stage import Saying, Stage, big
from ui.theme import Space
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button, PrimaryButton, QuietButton
from ui.widgets.forms import Field, FieldEntered
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.seat_number import DrawnSeat, SeatNumberView


class IdlePage(Stage):
    """Nobody is being served: card or number. `entered` carries a FieldEntered; `no_card` where the room seeks whoever
    has neither."""

    entered = Signal(object)
    no_card = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column.fill()
        self.column.add(CardPicture())
        self.headline(self.tr("Please put your identity card on the reader"))
        self.detail(self.tr("or type the number of your document and press Enter"))
        self.field = self.column.add(Field(self.tr("Document number"), large=True))
        self.field.line.setObjectName(Name.NUMBER)
        self.field.line.setMaxLength(200)
        self.field.entered.connect(self._enter)
        self._no_card = self.column.add(big(QuietButton(self.tr("No card and no number at hand")), Name.NO_CARD))
        self._no_card.clicked.connect(self.no_card)
        self.offer_search(False)
        self._notice = self.column.add(Saying())
        self.column.fill()
        self.setFocusProxy(self.field)

    def offer_search(self, offered: bool) -> None:
        """Whether the room seeks people by face."""
        self._no_card.setVisible(offered)

    def tell(self, notice: Notice | None) -> None:
        """Say what is the matter, or nothing."""
        self._notice.tell(notice)

    def _enter(self, entered: FieldEntered) -> None:
        self.field.clear()
        if entered.text:
            self.tell(None)
            self.entered.emit(entered)


class DoubtPage(Stage):
    """The face did not decide: one button calls two people."""

    called = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column.fill()
        self.headline(self.tr("Staff will check your document"))
        self._why = self.detail()
        self.detail(self.tr("Two people confirm who you are; it takes a minute."))
        self._notice = self.column.add(Saying())
        self._call = self.column.add(big(PrimaryButton(self.tr("Call staff (Enter)")), Name.DOUBT_CALL))
        self._again = self.column.add(big(Button(self.tr("Try the camera once more")), Name.DOUBT_AGAIN))
        self.column.fill()
        self._call.clicked.connect(self.called)
        self._again.clicked.connect(self.again)
        self.setFocusProxy(self._call)

    def begin(self, why: str, *, may_try: bool) -> None:
        """Say why; without a portrait or a camera there is nothing to try again."""
        self._why.setText(why)
        self.allow_another_try(may_try)
        self._notice.tell(None)

    def allow_another_try(self, may: bool) -> None:
        """Whether the camera may be tried once more."""
        self._again.setVisible(may)

    def tell(self, notice: Notice) -> None:
        """Say what went wrong with the call."""
        self._notice.tell(notice)


class MessagePage(Stage):
    """A headline, what follows from it, and at most one button."""

    done = Signal()

    def __init__(self, picture: Picture | None = None) -> None:
        super().__init__()
        self.column.fill()
        if picture is not None:
            self.column.add(picture)
        self._headline = self.headline()
        self._detail = self.detail()
        self._notice = self.column.add(NoticeLine())
        self._button = self.column.add(big(PrimaryButton(""), Name.BACK))
        self.column.fill()
        self._button.clicked.connect(self.done)
        self.setFocusProxy(self._button)

    def show_message(self, headline: str, detail: str, button: str = "", notice: Notice | None = None) -> None:
        """Say this; without a caption there is no button."""
        self._headline.setText(headline)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)
        self._button.set_caption(button)
        self._button.setVisible(bool(button))


class BoxPage(Stage):
    """A phone box stands open. `done` when the phone was put in (or taken out), `other` when the box is no good."""

    done = Signal()
    other = Signal()

    def __init__(self, instruction: str, detail: str, done: str, name: Name, other: str = "") -> None:
        super().__init__()
        self.column.fill()
        self._picture = self.column.add(BoxPicture())
        self.headline(instruction)
        self.detail(detail)
        self._notice = self.column.add(Saying())
        self._done = self.column.add(big(PrimaryButton(done), name))
        self._done.clicked.connect(self.done)
        self._other = self.column.add(big(Button(other), Name.PHONE_OTHER)) if other else None
        if self._other is not None:
            self._other.clicked.connect(self.other)
        self.column.fill()
        self.setFocusProxy(self._done)

    def stuck(self, notice: Notice) -> None:
        """The box did not open: only another one helps."""
        self._notice.tell(notice)
        if self._other is not None:
            self._other.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, box: str) -> None:
        """This box is meant; it cannot be confirmed before it is open."""
        self._picture.show_number(box)
        self.wait()

    def box(self) -> str:
        """The box shown."""
        return self._picture.number()

    def wait(self) -> None:
        """Something is under way: no key does anything."""
        self._done.setEnabled(False)
        self._notice.tell(None)

    def ready(self, notice: Notice | None = None) -> None:
        """The person may confirm."""
        self._done.setEnabled(True)
        self._notice.tell(notice)
        self._done.setFocus(Qt.FocusReason.OtherFocusReason)


class TakePage(Stage):
    """One key press takes the next seat of the sealed draw."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column.fill()
        self.headline(self.tr("Press Enter to take your seat"))
        self.detail(
            self.tr(
                "The seats were drawn by lot and sealed before anyone came. You take the next one; nobody knows which."
            )
        )
        self._notice = self.column.add(Saying())
        self._take = self.column.add(big(PrimaryButton(self.tr("Take my seat (Enter)")), Name.TAKE_SLOT))
        self.column.fill()
        self._take.clicked.connect(self._press)
        self.setFocusProxy(self._take)

    def begin(self) -> None:
        """Ready for one key press."""
        self._take.setEnabled(True)
        self._notice.tell(None)

    def tell(self, notice: Notice) -> None:
        """The room refused: say why, and let the person try again."""
        self._take.setEnabled(True)
        self._notice.tell(notice)
        self._take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self) -> None:
        self._take.setEnabled(False)  # a second press of a shaking hand takes nothing
        self.taken.emit()


class SeatPage(Column):
    """The seat's number fills the screen. `called` by someone before a shut door."""

    done = Signal()
    called = Signal()

    def __init__(self) -> None:
        super().__init__(gap=Space.GAP, margin=(Space.PAGE, Space.SMALL, Space.PAGE, Space.WIDE))
        self._view = self.add(SeatNumberView(), 1)
        self._view.setObjectName(Name.SEAT_NUMBER)
        self._notice = self.add(NoticeLine())
        self._slip = self.add(NoticeLine())
        self._done = PrimaryButton(self.tr("I know my seat (Enter)"))
        self.add(big(self._done, Name.SEAT_SEEN))
        self._call = self.add(big(Button(self.tr("The door is shut before me: call staff")), Name.SEAT_CALL))
        self._done.clicked.connect(self.done)
        self._call.clicked.connect(self.called)
        self.offer_staff(offered=False)
        self.setFocusProxy(self._done)

    def be_low(self, low: bool) -> None:
        """Whether the screen is low for its type: number, way and code are what counts."""
        self._view.be_low(low)

    def show_seat(self, seat: DrawnSeat, notice: Notice | None = None) -> None:
        """Show the seat of the person who stands here."""
        self._view.show_seat(seat)
        self.tell(notice)
        self.tell_slip(None)

    def offer_staff(self, *, offered: bool) -> None:
        """Whether someone outside may call staff from here."""
        self._call.setVisible(offered)

    def tell(self, notice: Notice | None) -> None:
        """Say what became of the door."""
        self._notice.tell(notice)
        self._notice.setVisible(notice is not None)

    def tell_slip(self, notice: Notice | None) -> None:
        """Say what became of the slip."""
        self._slip.tell(notice)
        self._slip.setVisible(notice is not None)

    def clear(self) -> None:
        """The next person must not see it."""
        self._view.clear()
        self.tell(None)
        self.tell_slip(None)


def leave_page() -> MessagePage:
    """The page before the door."""
    page = MessagePage(DoorPicture())
    page.findChild(QWidget, Name.BACK).setObjectName(Name.LEAVE)  # type: ignore[union-attr]
    return page
