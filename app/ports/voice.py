"""Spoken prompts at the door: a few fixed sentences, never a number, a name or anything else of a person."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class Prompt(Enum):
    """What may be said aloud; the value names the clip."""

    LAY_DOCUMENT = "lay_document"
    LOOK_AT_CAMERA = "look_at_camera"
    COME_INTO_VIEW = "come_into_view"
    COME_CLOSER = "come_closer"
    STEP_BACK = "step_back"
    LOOK_STRAIGHT = "look_straight"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    ONE_PERSON = "one_person"
    HOLD_STILL = "hold_still"
    TAKE_OFF_MASK = "take_off_mask"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    OPEN_MOUTH = "open_mouth"
    BLINK = "blink"
    THANK_YOU = "thank_you"
    STORE_PHONE = "store_phone"
    PRESS_KEY = "press_key"
    GO_TO_SEAT = "go_to_seat"  # never the number
    WAIT_FOR_STAFF = "wait_for_staff"
    ASK_STAFF = "ask_staff"
    TAKE_PHONE = "take_phone"
    GOODBYE = "goodbye"


class Voice(Protocol):
    """Speaks beside its caller; a machine that cannot speak stays silent, which is no fault."""

    def say(self, prompt: Prompt) -> None:
        """Begin to say it and return at once; what was being said before is broken off."""
        ...

    def stop(self) -> None:
        """Be silent, and let go of the loudspeaker."""
        ...
