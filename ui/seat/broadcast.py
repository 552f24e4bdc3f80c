"""What the centre says to every seat, heard here: one way only, without a microphone, at locked seats too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, SignalInstance

from app.link import Answered, Failed
from app.ports.call import LinkState
from ui.call.desk import CallDesk, Equipment, Way
from ui.call.line import SignalLink
from ui.call.seen import heard_broadcast
from ui.seat.desk import Desk
from ui.seat.names import Name
from ui.seat.steps import Sight
from ui.theme import Space, Tone
from ui.widgets.boxes import Column
from ui.widgets.notice import Notice, NoticeLine

translate = QCoreApplication.translate


class SeatBroadcast(QObject):
    """Joins by itself as soon as the view tells of one; `line` is there as long as somebody speaks."""

    def __init__(
        self, link: SignalLink, signalled: SignalInstance, equipment: Equipment, desk: Desk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = ""
        self._call = CallDesk(link, signalled, equipment, self, Way.HEAR)
        self._call.changed.connect(self._show)
        self._notice = NoticeLine()
        self.line = Column(self._notice, gap=0, margin=(Space.PAGE, Space.SMALL, Space.PAGE, 0))
        self.line.setObjectName(Name.BROADCAST)
        self.line.hide()

    def show_sight(self, sight: Sight) -> None:
        """Hear what the view tells of."""
        evaluation = sight.evaluation or {}
        told = (evaluation.get("matters") or {}).get("call") or {}
        seen = heard_broadcast(str(evaluation.get("stream", "")), told)
        begun = str((told.get("broadcast") or {}).get("at", "")) if seen is not None else ""
        if seen is not None and not seen.inside and begun != self._asked:
            self._desk.send(self, "JoinCall", {"call": seen.call})
        self._asked = begun
        self._call.follow(seen)

    @property
    def hears(self) -> bool:
        """Whether the centre speaks now."""
        return self._call.seen is not None

    def close(self) -> None:
        """End with the window; a new window hears it by itself."""
        self._call.close()

    def answered(self, answer: Answered) -> None:
        """The next view says what came of it."""

    def refused(self, failure: Failed) -> None:
        """It may be over already: the next view says so. Asked again while it lasts."""
        self._asked = ""

    def _show(self) -> None:
        seen = self._call.seen
        self.line.setVisible(seen is not None)
        if seen is not None:
            self._notice.tell(self._words())

    def _words(self) -> Notice:
        title = translate("SeatBroadcast", "The centre speaks")
        partner = next(iter(self._call.partners), None)
        if not self._call.can_be_heard and (self._call.seen is not None and self._call.seen.inside):
            told = translate("SeatBroadcast", "No loudspeaker was found here: you cannot hear it. Press F1 to ask.")
            return Notice(Tone.ATTENTION, told, title)
        if partner is None or partner.state is LinkState.JOINING:
            return Notice(Tone.INFO, translate("SeatBroadcast", "Connecting; you will hear it by itself."), title)
        if partner.state is not LinkState.LIVE:
            told = translate("SeatBroadcast", "Nothing is heard just now; it is tried again by itself.")
            return Notice(Tone.ATTENTION, told, title)
        told = translate("SeatBroadcast", "You hear it; nothing of this seat is heard by anybody.")
        return Notice(Tone.INFO, told, title)
