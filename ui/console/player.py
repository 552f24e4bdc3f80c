"""Plays one recording: fetches the segment of the moment, shows the picture that stood then and says what was said.

A segment is in memory while it is played, in clear, and in no file; each one fetched is an entry of the room's journal.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.link import Failed
from app.ports.ambient import Clock
from app.ports.camera import Frame
from app.ports.film import Reel, ReelMaker
from ui.bridge.errands import Errands
from ui.console.desk import Desk, sentence_of
from ui.console.recorded import JOINT_S, Hole, Recorded, Segment
from ui.console.replay_sound import ReplaySound

STEP_MS = 100


class Standing(Enum):
    """What the player does."""

    EMPTY = "empty"
    PAUSED = "paused"
    PLAYING = "playing"
    FETCHING = "fetching"
    HOLE = "hole"
    ENDED = "ended"
    FAILED = "failed"


class Player(QObject):
    """`moved` says that position or standing are others, `came` carries a Frame, or None where there is none."""

    moved = Signal()
    came = Signal(object)

    def __init__(
        self, desk: Desk, clock: Clock, make: ReelMaker, voice: ReplaySound, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.voice = voice
        self._desk, self._clock, self._make = desk, clock, make
        self._errands = Errands("replay", self)
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.tick)
        self._film: Recorded | None = None
        self._segment: Segment | None = None
        self._reel: Reel | None = None
        self._turn = 0
        """Grows with every segment wanted: an answer to an earlier wish is dropped."""
        self._busy = False
        self._wants_to_play = False
        self._since = 0.0
        self.position: datetime | None = None
        self.standing = Standing.EMPTY
        self.sentence = ""
        """What the room said where it did not give the segment."""

    @property
    def film(self) -> Recorded | None:
        """What is played."""
        return self._film

    @property
    def segment(self) -> Segment | None:
        """The segment of the position."""
        return self._segment

    @property
    def hole(self) -> Hole | None:
        """The hole in which the position lies."""
        if self._film is None or self.position is None:
            return None
        return self._film.hole_at(self.position)

    @property
    def silent(self) -> bool:
        """Whether no sound was recorded in the segment that is here."""
        return self._reel is not None and not self._reel.has_sound

    # --- what is pressed

    def load(self, film: Recorded, at: datetime) -> None:
        """Show this recording at this moment; it plays once `play` is called."""
        self._drop()
        self._wants_to_play = False
        self._film = film
        self.seek(at)

    def play(self) -> None:
        """Go on from where it stands; out of a hole with what follows it."""
        self._wants_to_play = True
        if self._film is None or self.position is None:
            return
        if self.standing is Standing.HOLE:
            self.next()
        elif self.standing is Standing.ENDED:
            self.seek(self._film.begin)
        elif self.standing is Standing.PAUSED:
            self._since = self._clock.monotonic()
            self._stand(Standing.PLAYING)

    def pause(self) -> None:
        """Stay at this picture."""
        self._wants_to_play = False
        if self.standing is Standing.PLAYING:
            self._stand(Standing.PAUSED)

    def seek(self, moment: datetime) -> None:
        """Go to a moment; beyond either end, to that end."""
        if self._film is None:
            return
        self.position = min(max(moment, self._film.begin), self._film.end)
        found = self._film.at(self.position)
        if found is None:
            self._drop()
            self._stand(Standing.HOLE)
        elif found[0] != self._segment or self.standing is Standing.FAILED:
            self._fetch(self._film, found[0])
        elif self._reel is not None:
            self._since = self._clock.monotonic()
            self._stand(Standing.PLAYING if self._wants_to_play else Standing.PAUSED)
            self._show()

    def step(self, seconds: float) -> None:
        """Go on or back by so much."""
        if self.position is not None:
            self.seek(self.position + timedelta(seconds=seconds))

    def next(self) -> None:
        """Go to the beginning of the segment that follows."""
        found = self._film.after(self.position) if self._film is not None and self.position is not None else None
        if found is not None:
            self.seek(found.begin)

    def before(self) -> None:
        """Go to the beginning of the segment before this one."""
        begin = self._segment.begin if self._segment is not None else self.position
        found = self._film.before(begin) if self._film is not None and begin is not None else None
        if found is not None:
            self.seek(found.begin)

    def close(self) -> None:
        """Nobody looks any more: nothing of it stays in memory."""
        self._wants_to_play = False
        self._drop()
        self.voice.close()
        self._errands.stop()
        self._film = self.position = None
        self._stand(Standing.EMPTY)

    # --- time

    @Slot()
    def tick(self) -> None:
        """Some time has passed."""
        if self.standing is not Standing.PLAYING or self._film is None or self.position is None:
            return
        now = self._clock.monotonic()
        moment, self._since = self.position + timedelta(seconds=now - self._since), now
        segment = self._segment
        if segment is None or moment <= segment.last:
            self.position = moment
            self._show()
            self.moved.emit()
            return
        following = self._film.after(segment.begin)
        if following is None:
            self.position, self._wants_to_play = self._film.end, False
            self._stand(Standing.ENDED)
        elif (following.begin - segment.last).total_seconds() <= JOINT_S:
            self.seek(max(moment, following.begin))
        else:
            self._wants_to_play = False
            self.seek(segment.last + (following.begin - segment.last) / 1_000)

    # --- underneath

    def _fetch(self, film: Recorded, segment: Segment) -> None:
        self._drop()
        self._segment, turn = segment, self._turn
        self._stand(Standing.FETCHING)
        self._desk.ask(
            "segment",
            lambda client: client.segment(film.stream, film.party, film.device, segment.seq),
            lambda content: self._open(turn, content),
            lambda failure: self._refused(turn, failure),
        )

    def _open(self, turn: int, content: bytes) -> None:
        if turn == self._turn:
            self._errands.run(lambda: self._make(content), lambda reel: self._opened(turn, reel), self._broken(turn))

    def _opened(self, turn: int, reel: Reel) -> None:
        if turn != self._turn:
            reel.close()
            return
        self._reel = reel
        self._since = self._clock.monotonic()
        self._stand(Standing.PLAYING if self._wants_to_play else Standing.PAUSED)
        self._show()

    def _refused(self, turn: int, failure: Failed) -> None:
        if turn == self._turn:
            self.sentence, self._wants_to_play = sentence_of(failure), False
            self._stand(Standing.FAILED)

    def _broken(self, turn: int) -> Any:
        def tell(_fault: Exception) -> None:
            if turn == self._turn:
                self._busy = self._wants_to_play = False
                self.sentence = self.tr("This segment cannot be shown: its content is damaged. Go to the next one.")
                self._stand(Standing.FAILED)

        return tell

    def _show(self) -> None:
        """Ask for the picture of the position, one at a time: what a slow machine cannot decode is passed over."""
        reel, segment, turn = self._reel, self._segment, self._turn
        if reel is None or segment is None or self.position is None or self._busy:
            return
        self._busy = True
        asked = self.position
        second = (asked - segment.begin).total_seconds()
        self._errands.run(
            lambda: reel.picture_at(second), lambda frame: self._shown(turn, asked, frame), self._broken(turn)
        )

    def _shown(self, turn: int, asked: datetime, frame: Frame | None) -> None:
        if turn != self._turn:
            return
        self._busy = False
        self.came.emit(frame)
        if self.standing is Standing.PAUSED and self.position != asked:  # somebody went on meanwhile
            self._show()

    def _drop(self) -> None:
        """What was fetched goes out of memory."""
        self._turn += 1
        self._busy = False
        self.sentence = ""
        reel, self._reel, self._segment = self._reel, None, None
        if reel is not None:
            self._errands.run(reel.close, lambda _none: None, lambda _fault: None)
        self.came.emit(None)

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        if standing is Standing.PLAYING and not self._timer.isActive():
            self._timer.start()
        elif standing is not Standing.PLAYING:
            self._timer.stop()
        self._speak()
        self.moved.emit()

    def _speak(self) -> None:
        """Sound goes with pictures that move, and with no others."""
        reel, segment = self._reel, self._segment
        if self.standing is Standing.PLAYING and reel is not None and segment is not None and self.position is not None:
            self.voice.play(reel, (self.position - segment.begin).total_seconds())
        else:
            self.voice.stop()
