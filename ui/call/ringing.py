"""A short ring while somebody waits, through the machine's own loudspeaker; it can be silenced for a while, never for
good."""

from __future__ import annotations

from array import array
from math import pi, sin

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.ports.call import SOUND_RATE
from app.ports.device import Unsubscribe
from app.ports.sound import BLOCK_BYTES
from ui.call.desk import Equipment

SOURCE = "ring"
EVERY_MS = 4_000
"""From one ring to the next."""
QUIET_MS = 300_000
"""So long a ring may be silenced; then it is heard again while somebody still waits."""
BLOCK_MS = 20
_NOTES = ((880.0, 0.14), (0.0, 0.06), (660.0, 0.20))
"""Pitch in Hz and seconds: two soft notes, which no speech resembles."""
_PEAK = 6_000


def ring_pcm() -> bytes:
    """One ring in whole blocks of the loudspeaker, each note swelling in and out so that nothing clicks."""
    made = array("h")
    edge = SOUND_RATE // 50
    for pitch, seconds in _NOTES:
        count = round(seconds * SOUND_RATE)
        for at in range(count):
            swell = min(1.0, at / edge, (count - at) / edge)
            made.append(round(_PEAK * swell * sin(2 * pi * pitch * at / SOUND_RATE)))
    made.extend([0] * (-len(made) % (BLOCK_BYTES // 2)))
    return made.tobytes()


class Ringing(QObject):
    """Rings until nobody waits (`ring`). `changed` tells that it was silenced, or that its silence is over.

    No microphone is opened for it. Blocks go out one by one, in their own time: a loudspeaker keeps but a few.
    """

    changed = Signal()

    def __init__(self, equipment: Equipment, parent: QObject | None = None, *, quiet_ms: int = QUIET_MS) -> None:
        super().__init__(parent)
        self._equipment = equipment
        self._waits = False
        self._leave: Unsubscribe | None = None
        self._rest: list[bytes] = []
        self._pcm = ring_pcm()
        self._again = QTimer(self)
        self._again.setInterval(EVERY_MS)
        self._again.timeout.connect(self._begin_ring)
        self._block = QTimer(self)
        self._block.setTimerType(Qt.TimerType.PreciseTimer)
        self._block.setInterval(BLOCK_MS)
        self._block.timeout.connect(self._play_next)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(quiet_ms)
        self._quiet.timeout.connect(self._end_silence)

    @property
    def ringing(self) -> bool:
        """Whether it is to be heard."""
        return self._again.isActive()

    @property
    def silenced(self) -> bool:
        """Whether somebody wanted it quiet for a while."""
        return self._quiet.isActive()

    @property
    def left_s(self) -> int:
        """Seconds until the silence is over."""
        return max(0, self._quiet.remainingTime()) // 1000

    def ring(self, *, waits: bool) -> None:
        """Whether somebody waits."""
        self._waits = waits
        self._settle()

    def silence(self, *, silent: bool = True) -> None:
        """Quiet for a while, whoever comes meanwhile; or aloud again."""
        if silent:
            self._quiet.start()
        else:
            self._quiet.stop()
        self._settle()
        self.changed.emit()

    def close(self) -> None:
        """The window ends."""
        self._quiet.stop()
        self.ring(waits=False)

    def _end_silence(self) -> None:
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        sound = self._equipment.sound
        if sound is None:
            return
        wanted = self._waits and not self._quiet.isActive()
        if wanted and self._leave is None:
            self._leave = self._equipment.uses.take(sound, listens=False)
            self._again.start()
            self._begin_ring()
        elif not wanted and self._leave is not None:
            self._again.stop()
            self._block.stop()
            sound.forget(SOURCE)
            self._leave()
            self._leave = None

    def _begin_ring(self) -> None:
        self._rest = [self._pcm[at : at + BLOCK_BYTES] for at in range(0, len(self._pcm), BLOCK_BYTES)]
        self._block.start()

    def _play_next(self) -> None:
        sound = self._equipment.sound
        if sound is None or sound.levels.speaker is None:
            return  # still being opened: the ring waits for it
        if self._rest:
            sound.play(SOURCE, self._rest.pop(0))
        else:
            self._block.stop()
