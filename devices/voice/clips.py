"""A voice made of clips that were spoken beforehand, played by the system's own player in a process of its own.

A process can be broken off in mid-word, needs no library in ours, and where the machine has no loudspeaker it ends
with an error that nobody has to hear.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from app.own import own_command
from app.ports.voice import Prompt

log = logging.getLogger(__name__)

# In the order tried: PipeWire's, PulseAudio's and ALSA's players, and that of macOS.
PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
ENDING_S = 1.0


def find_player(which: Callable[[str], str | None] = shutil.which) -> tuple[str, ...] | None:
    """The command that plays a WAV file given behind it; None where this machine has none."""
    for name, *options in PLAYERS:
        found = which(name)
        if found is not None:
            return (found, *options)
    if sys.platform == "win32":
        return own_command("devices.voice.windows_player")
    return None


def missing_clips(folder: Path) -> tuple[Prompt, ...]:
    """The prompts that have no clip in `folder`."""
    return tuple(prompt for prompt in Prompt if not clip_of(folder, prompt).is_file())


def clip_of(folder: Path, prompt: Prompt) -> Path:
    """The file of a prompt."""
    return folder / f"{prompt.value}.wav"


class ClipVoice:
    """A Voice that plays the clips of `folder` (one language); silent without a player, a clip or a loudspeaker."""

    def __init__(self, folder: Path, player: Sequence[str] | None) -> None:
        self._folder = folder
        self._player = None if player is None else tuple(player)
        self._lock = threading.Lock()
        self._speaking: subprocess.Popen[bytes] | None = None
        self._ending: list[subprocess.Popen[bytes]] = []

    def say(self, prompt: Prompt) -> None:
        """Break off what is being said and begin this; returns at once."""
        clip = clip_of(self._folder, prompt)
        with self._lock:
            self._break_off()
            if self._player is None or not clip.is_file():
                return
            try:
                self._speaking = subprocess.Popen(
                    [*self._player, str(clip)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as error:  # the player was taken away, or the machine has no process to spare
                log.info("nothing was said: %s", error)

    def stop(self) -> None:
        """Be silent, and wait a moment until the player has let go of the loudspeaker."""
        with self._lock:
            self._break_off()
            for process in self._ending:
                try:
                    process.wait(ENDING_S)
                except subprocess.TimeoutExpired:  # it hangs in a driver and does not heed the first word
                    process.kill()
                    process.wait()
            self._ending.clear()

    def _break_off(self) -> None:
        if self._speaking is not None:
            if self._speaking.poll() is None:
                self._speaking.terminate()
            elif self._speaking.returncode != 0:
                log.info("the player ended with %d: is there a loudspeaker?", self._speaking.returncode)
            self._ending.append(self._speaking)
            self._speaking = None
        self._ending = [process for process in self._ending if process.poll() is None]
