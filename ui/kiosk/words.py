"""What the kiosk says where something is not as usual, and what to do then."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ports.card import CardFault
from ui.kiosk.face_tally import Doubt


def doubt_words(doubt: Doubt) -> str:
    """Why people look instead of the camera, said to the person."""
    say = QCoreApplication.translate
    return {
        Doubt.NO_PORTRAIT: say("Kiosk", "There is no picture of you to compare with."),
        Doubt.NO_CAMERA: say("Kiosk", "The camera does not work at the moment."),
        Doubt.UNLIKE: say("Kiosk", "The camera could not tell that it is you."),
        Doubt.UNSURE: say("Kiosk", "The camera is not sure enough."),
        Doubt.TIMEOUT: say("Kiosk", "The camera did not see your face clearly."),
        Doubt.OWN_WISH: say("Kiosk", "You asked to be admitted without the camera."),
    }[doubt]


def doubt_reason(doubt: Doubt) -> str:
    """The same as the reason that stands in the journal."""
    say = QCoreApplication.translate
    return {
        Doubt.NO_PORTRAIT: say("Kiosk", "No portrait on file"),
        Doubt.NO_CAMERA: say("Kiosk", "Camera out of order"),
        Doubt.UNLIKE: say("Kiosk", "Face comparison: different"),
        Doubt.UNSURE: say("Kiosk", "Face comparison: in doubt"),
        Doubt.TIMEOUT: say("Kiosk", "Face comparison: no clear picture in time"),
        Doubt.OWN_WISH: say("Kiosk", "Asked for staff instead of the face comparison"),
    }[doubt]


def card_words(fault: CardFault) -> str:
    """What was wrong with a card or a typed number."""
    say = QCoreApplication.translate
    return {
        CardFault.UNREADABLE: say("Kiosk", "This could not be read: lay the card flat once more, or type its number."),
        CardFault.CHECK_FAILED: say("Kiosk", "This number cannot be right: please check every digit."),
    }[fault]


def staff_words(state: str) -> tuple[str, str]:
    """Headline and way out for someone whom the kiosk cannot help; nothing tells of a project or another person."""
    say = QCoreApplication.translate
    to_staff = say("Kiosk", "Please go to the staff desk with your document.")
    found = {
        "unknown": (say("Kiosk", "This document is not on today's list"), to_staff),
        "not_today": (say("Kiosk", "You are expected on another day or at another time"), to_staff),
        "expected": (
            say("Kiosk", "The seats have not been drawn yet"),
            say("Kiosk", "Please wait a little, then show your document again."),
        ),
        "inside": (
            say("Kiosk", "You are checked in already"),
            say("Kiosk", "Please go on to your seat; if something is the matter, go to the staff desk."),
        ),
        "leaving": (
            say("Kiosk", "You are on your way out"),
            say("Kiosk", "Please finish at your seat first, then come back here."),
        ),
        "recused": (say("Kiosk", "You have withdrawn"), say("Kiosk", "The staff will see you out; please wait here.")),
        "left": (
            say("Kiosk", "You have left already"),
            say("Kiosk", "Who has left does not come in again; please go to the staff desk."),
        ),
    }
    return found.get(state, (say("Kiosk", "Please ask the staff"), to_staff))
