"""Two people are called, see who stands here, and are waited for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.link import Failed
from ui.kiosk.admission import Knock
from ui.kiosk.counter import Counter
from ui.kiosk.names import PageName
from ui.kiosk.screen import Screen
from ui.kiosk.stills import as_text, still
from ui.theme import Tone
from ui.widgets.notice import Notice


class Calling(QObject):
    """`asks` when it is time to ask the room how things stand."""

    asks = Signal()

    def __init__(self, screen: Screen, counter: Counter, ask_s: float) -> None:
        super().__init__(screen)
        self._screen, self._counter = screen, counter
        self._poll = QTimer(self)
        self._poll.setSingleShot(True)
        self._poll.setInterval(round(ask_s * 1000))
        self._poll.timeout.connect(self.asks)

    def call(self, knock: Knock) -> None:
        """Ask the room for two people; what they may see follows, and is nothing of someone who declined the camera."""

        def called(_answer: object) -> None:
            if knock.live is None:
                self.asks.emit()
            else:
                chip = None if knock.chip is None else as_text(knock.chip)
                self._counter.show_doubt(knock.what.value, still(knock.live), chip, self.asks.emit)

        self._counter.send("RequestRelease", called, self._failed, what=knock.what.value, reason=knock.reason)

    def _failed(self, failure: Failed) -> None:
        if failure.code == "already_requested":
            self.asks.emit()
        else:
            self._screen.doubt.tell(Notice(Tone.ERROR, failure.sentence))

    def wait(self) -> None:
        """They are on their way."""
        headline = self.tr("Staff are coming, please wait here")
        detail = self.tr("Have your document ready. This page goes on by itself.")
        self._screen.say(PageName.WAITING, headline, detail)
        self.go_on_waiting()

    def wait_unknown(self) -> None:
        """The room seeks who stands here. The words are the same whether anyone was found: they tell nothing."""
        headline = self.tr("Please wait here")
        detail = self.tr(
            "Staff are told. If nobody comes within two minutes, please go to the staff desk with any document."
        )
        self._screen.say(PageName.WAITING, headline, detail, self._screen.back_words())
        self.go_on_waiting()

    def go_on_waiting(self) -> None:
        """Ask again in a while."""
        self._poll.start()

    def stop(self) -> None:
        """Nobody waits any more."""
        self._poll.stop()
