"""What the kiosk says aloud and when: each page once, each challenge once, advice not more often than it helps."""

from __future__ import annotations

from app.ports.ambient import Clock
from app.ports.face import FaceAdvice
from app.ports.liveness import Challenge
from app.ports.voice import Prompt, Voice
from ui.kiosk.advice import ADVICE_PROMPTS, CHALLENGE_PROMPTS
from ui.kiosk.names import PageName

PAGE_PROMPTS = {
    PageName.FACE: Prompt.LOOK_AT_CAMERA,
    PageName.WAITING: Prompt.WAIT_FOR_STAFF,
    PageName.STORE_PHONE: Prompt.STORE_PHONE,
    PageName.TAKE_SLOT: Prompt.PRESS_KEY,
    PageName.SEAT: Prompt.GO_TO_SEAT,
    PageName.TAKE_PHONE: Prompt.TAKE_PHONE,
    PageName.GOODBYE: Prompt.GOODBYE,
    PageName.ASK_STAFF: Prompt.ASK_STAFF,
    PageName.DOUBT: Prompt.ASK_STAFF,
}
"""Idle says nothing: a kiosk that talks to an empty hall is a nuisance."""

PAUSE_S = 3.0
"""Advice follows what was said last by no less: a sentence is heard out."""


class Speech:
    """Speaks through the port; never a number, a name or a place."""

    def __init__(self, voice: Voice, clock: Clock) -> None:
        self._voice, self._clock = voice, clock
        self._said_at = float("-inf")
        self._advised: Prompt | None = None
        self._asked: Challenge | None = None

    def page(self, name: PageName) -> None:
        """Another page is shown."""
        self._advised = self._asked = None
        if name in PAGE_PROMPTS:
            self._say(PAGE_PROMPTS[name])

    def document_read(self) -> None:
        """A document was understood."""
        self._say(Prompt.THANK_YOU)

    def challenge(self, challenge: Challenge | None) -> None:
        """The next thing is asked for: at once, since time runs."""
        if challenge is not None and challenge is not self._asked:
            self._say(CHALLENGE_PROMPTS[challenge])
        self._asked = challenge

    def advice(self, advice: FaceAdvice | None) -> None:
        """One piece of advice, if it is another one and the last sentence was heard out."""
        prompt = None if advice is None else ADVICE_PROMPTS[advice]
        if prompt is None or prompt is self._advised or self._clock.monotonic() - self._said_at < PAUSE_S:
            return
        self._advised = prompt
        self._say(prompt)

    def stop(self) -> None:
        """Be silent."""
        self._voice.stop()

    def _say(self, prompt: Prompt) -> None:
        self._said_at = self._clock.monotonic()
        self._voice.say(prompt)
