"""What the kiosk says where something is not as usual, and what to do then."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ports.card import CardFault
from ui.kiosk.face_tally import Doubt


def doubt_words(doubt: Doubt) -> str:
    """Why people look instead of the camera, said to the person."""
    translate = QCoreApplication.translate
    return {
        Doubt.NO_PORTRAIT: translate("Kiosk", "There is no picture of you to compare with."),
        Doubt.NO_CAMERA: translate("Kiosk", "The camera does not work at the moment."),
        Doubt.UNLIKE: translate("Kiosk", "The camera could not tell that it is you."),
        Doubt.UNSURE: translate("Kiosk", "The camera is not sure enough."),
        Doubt.TIMEOUT: translate("Kiosk", "The camera did not see your face clearly."),
        Doubt.OWN_WISH: translate("Kiosk", "You asked to be admitted without the camera."),
    }[doubt]


def doubt_reason(doubt: Doubt) -> str:
    """The same as the reason that stands in the journal."""
    translate = QCoreApplication.translate
    return {
        Doubt.NO_PORTRAIT: translate("Kiosk", "No portrait on file"),
        Doubt.NO_CAMERA: translate("Kiosk", "Camera out of order"),
        Doubt.UNLIKE: translate("Kiosk", "Face comparison: different"),
        Doubt.UNSURE: translate("Kiosk", "Face comparison: in doubt"),
        Doubt.TIMEOUT: translate("Kiosk", "Face comparison: no clear picture in time"),
        Doubt.OWN_WISH: translate("Kiosk", "Asked for staff instead of the face comparison"),
    }[doubt]


def card_words(fault: CardFault) -> str:
    """What was wrong with a card or a typed number."""
    translate = QCoreApplication.translate
    return {
        CardFault.UNREADABLE: translate(
            "Kiosk", "This could not be read: lay the card flat once more, or type its number."
        ),
        CardFault.CHECK_FAILED: translate("Kiosk", "This number cannot be right: please check every digit."),
    }[fault]


def staff_words(state: str) -> tuple[str, str]:
    """Headline and way out for someone whom the kiosk cannot help; nothing tells of a project or another person."""
    translate = QCoreApplication.translate
    to_staff = translate("Kiosk", "Please go to the staff desk with your document.")
    found = {
        "unknown": (translate("Kiosk", "This document is not on today's list"), to_staff),
        "not_today": (translate("Kiosk", "You are expected on another day or at another time"), to_staff),
        "expected": (
            translate("Kiosk", "The seats have not been drawn yet"),
            translate("Kiosk", "Please wait a little, then show your document again."),
        ),
        "inside": (
            translate("Kiosk", "You are checked in already"),
            translate("Kiosk", "Please go on to your seat; if something is the matter, go to the staff desk."),
        ),
        "leaving": (
            translate("Kiosk", "You are on your way out"),
            translate("Kiosk", "Please finish at your seat first, then come back here."),
        ),
        "recused": (
            translate("Kiosk", "You have withdrawn"),
            translate("Kiosk", "The staff will see you out; please wait here."),
        ),
        "left": (
            translate("Kiosk", "You have left already"),
            translate("Kiosk", "Who has left does not come in again; please go to the staff desk."),
        ),
    }
    return found.get(state, (translate("Kiosk", "Please ask the staff"), to_staff))
