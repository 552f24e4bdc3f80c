"""The sound of a recording that is played: what is said at the second that is shown, and why nothing is to be heard."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.ports.ambient import Clock
from app.ports.device import Unsubscribe
from app.ports.film import Reel
from app.ports.sound import Sound
from ui.call.desk import SoundUses

SOURCE = "replay"
BEAT_MS = 20
AHEAD_S = 0.12
"""So much of what comes next lies ready at the loudspeaker, which drops what waits longer than 0.16 s; a window that is
busy for less is not heard."""


class Hearing(Enum):
    """What is to be heard of a recording, and where nothing is, why."""

    NOTHING = "nothing"  # nothing is played
    SOUND = "sound"
    OPENING = "opening"  # the loudspeaker is being opened
    NOT_RECORDED = "not_recorded"
    MUTED = "muted"
    NO_SPEAKER = "no_speaker"
    CALL = "call"  # a microphone is open here: whoever is in the call would hear it


class ReplaySound(QObject):
    """Plays beside the pictures on the same clock. `changed` tells that `hearing` is another.

    The loudspeaker is used from the first `play` on until `close`; no microphone is opened for it.
    """

    changed = Signal()

    def __init__(self, sound: Sound | None, uses: SoundUses, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sound, self._uses, self._clock = sound, uses, clock
        self._leave: Unsubscribe | None = None
        self._reel: Reel | None = None
        self._second = self._since = 0.0
        self._given: float | None = None
        """Up to which second of the segment the loudspeaker was given sound; None where it begins anew."""
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self.tick)
        self.muted = False
        self.hearing = Hearing.NOTHING

    def play(self, reel: Reel, second: float) -> None:
        """From this second of a segment on, now."""
        self._hush()
        if self._sound is not None and self._leave is None:
            self._leave = self._uses.take(self._sound, listens=False)
        self._reel, self._second, self._since = reel, second, self._clock.monotonic()
        self._beat.start()
        self.tick()

    def stop(self) -> None:
        """Nothing more, at once."""
        self._beat.stop()
        self._reel = None
        self._hush()
        self._become(Hearing.NOTHING)

    def close(self) -> None:
        """Nobody looks any more: the loudspeaker is free."""
        self.stop()
        if self._leave is not None:
            self._leave()
            self._leave = None

    def mute(self, *, muted: bool) -> None:
        """Pictures alone, or sound as well."""
        self.muted = muted
        if self._reel is not None:
            self.tick()
        self.changed.emit()

    @Slot()
    def tick(self) -> None:
        """Some time has passed: give the loudspeaker what comes next."""
        reel, sound = self._reel, self._sound
        if reel is None:
            return
        hearing = self._what(reel)
        if hearing is not Hearing.SOUND or sound is None:
            self._hush()
        else:
            now = self._second + self._clock.monotonic() - self._since
            begin = now if self._given is None or self._given < now else self._given
            if now + AHEAD_S > begin:
                sound.play(SOURCE, reel.sound_between(begin, now + AHEAD_S))
                self._given = now + AHEAD_S
        self._become(hearing)

    def _what(self, reel: Reel) -> Hearing:
        sound = self._sound
        if not reel.has_sound:
            return Hearing.NOT_RECORDED
        if self.muted:
            return Hearing.MUTED
        if sound is None or (sound.levels.speaker is None and sound.status.fault is not None):
            return Hearing.NO_SPEAKER
        if sound.levels.microphone is not None:
            return Hearing.CALL
        return Hearing.OPENING if sound.levels.speaker is None else Hearing.SOUND

    def _hush(self) -> None:
        if self._given is not None and self._sound is not None:
            self._sound.forget(SOURCE)
        self._given = None

    def _become(self, hearing: Hearing) -> None:
        if hearing is not self.hearing:
            self.hearing = hearing
            self.changed.emit()
