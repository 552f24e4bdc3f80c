"""What the person before the camera can do so that the picture serves, in words and aloud."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ports.face import FaceAdvice
from app.ports.liveness import Challenge
from app.ports.voice import Prompt


def advice_words(advice: FaceAdvice) -> str:
    """One piece of advice as the camera's picture carries it."""
    translate = QCoreApplication.translate
    return {
        FaceAdvice.COME_INTO_VIEW: translate("Kiosk", "Please step before the camera"),
        FaceAdvice.ONE_PERSON: translate("Kiosk", "One person only, please"),
        FaceAdvice.CLOSER: translate("Kiosk", "Please come closer"),
        FaceAdvice.FARTHER: translate("Kiosk", "Please step back a little"),
        FaceAdvice.LOOK_STRAIGHT: translate("Kiosk", "Please look straight into the camera"),
        FaceAdvice.MORE_LIGHT: translate("Kiosk", "Too dark: please turn to the light"),
        FaceAdvice.LESS_LIGHT: translate("Kiosk", "Too bright: please turn from the light"),
        FaceAdvice.HOLD_STILL: translate("Kiosk", "Please hold still"),
        FaceAdvice.MASK: translate("Kiosk", "Please take off the mask"),
    }[advice]


ADVICE_PROMPTS = {
    FaceAdvice.COME_INTO_VIEW: Prompt.COME_INTO_VIEW,
    FaceAdvice.ONE_PERSON: Prompt.ONE_PERSON,
    FaceAdvice.CLOSER: Prompt.COME_CLOSER,
    FaceAdvice.FARTHER: Prompt.STEP_BACK,
    FaceAdvice.LOOK_STRAIGHT: Prompt.LOOK_STRAIGHT,
    FaceAdvice.MORE_LIGHT: Prompt.MORE_LIGHT,
    FaceAdvice.LESS_LIGHT: Prompt.LESS_LIGHT,
    FaceAdvice.HOLD_STILL: Prompt.HOLD_STILL,
    FaceAdvice.MASK: Prompt.TAKE_OFF_MASK,
}
CHALLENGE_PROMPTS = {
    Challenge.LEFT: Prompt.TURN_LEFT,
    Challenge.RIGHT: Prompt.TURN_RIGHT,
    Challenge.MOUTH: Prompt.OPEN_MOUTH,
    Challenge.BLINK: Prompt.BLINK,
}
