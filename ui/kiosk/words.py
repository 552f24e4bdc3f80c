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
        Doubt.CHIP: translate("Kiosk", "You look like the photo in your card; by rule a person confirms it."),
        Doubt.NOT_SHOWN: translate("Kiosk", "The camera did not see what you were asked to do."),
        Doubt.FLAT: translate("Kiosk", "The camera could not tell that you are here yourself."),
        Doubt.OTHER_FACE: translate("Kiosk", "The camera did not see one and the same face all the time."),
        Doubt.CUES: translate("Kiosk", "Something about the camera's picture was odd; a person looks at it."),
        Doubt.NO_LIVENESS: translate("Kiosk", "This machine cannot check that you are here yourself."),
        Doubt.LATE: translate("Kiosk", "It is past the time to arrive; staff decide about your admission."),
        Doubt.DOOR: translate("Kiosk", "The door opens by face for a short time only; now staff open it."),
    }[doubt]


def doubt_reason(doubt: Doubt, figures: str = "", *, late: bool = False) -> str:
    """The same as the reason that stands in the journal, with what was measured."""
    translate = QCoreApplication.translate
    said = [_reason(doubt)]
    if late and doubt is not Doubt.LATE:
        said.insert(0, _reason(Doubt.LATE))
    told = translate("Kiosk", "; ").join(said)
    return translate("Kiosk", "{reason} ({figures})").format(reason=told, figures=figures) if figures else told


def search_reasons() -> tuple[str, str]:
    """Why a face is sought, for the journal, and what is added where the one who is found comes late."""
    translate = QCoreApplication.translate
    return translate("Kiosk", "No readable document: sought by face among those expected"), _reason(Doubt.LATE)


def _reason(doubt: Doubt) -> str:
    translate = QCoreApplication.translate
    return {
        Doubt.NO_PORTRAIT: translate("Kiosk", "No portrait on file"),
        Doubt.NO_CAMERA: translate("Kiosk", "Camera out of order"),
        Doubt.UNLIKE: translate("Kiosk", "Face comparison: different"),
        Doubt.UNSURE: translate("Kiosk", "Face comparison: in doubt"),
        Doubt.TIMEOUT: translate("Kiosk", "Face comparison: no clear picture in time"),
        Doubt.OWN_WISH: translate("Kiosk", "Asked for staff instead of the face comparison"),
        Doubt.CHIP: translate("Kiosk", "Face comparison with the chip's photo: alike, to be confirmed"),
        Doubt.NOT_SHOWN: translate("Kiosk", "Living face: what was asked was not seen in time"),
        Doubt.FLAT: translate("Kiosk", "Living face: turned like a flat picture"),
        Doubt.OTHER_FACE: translate("Kiosk", "Living face: not the same face throughout"),
        Doubt.CUES: translate("Kiosk", "Living face: shown, but with signs of a picture or a screen"),
        Doubt.NO_LIVENESS: translate("Kiosk", "Living face: cannot be checked at this machine"),
        Doubt.LATE: translate("Kiosk", "Late"),
        Doubt.DOOR: translate("Kiosk", "The door no longer opens by face"),
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
        "sought": (translate("Kiosk", "Staff could not confirm who you are"), to_staff),
        "not_today": (translate("Kiosk", "You are expected on another day or at another time"), to_staff),
        "early": (
            translate("Kiosk", "You are early: the seats have not been drawn yet"),
            translate("Kiosk", "Please take a seat in the waiting area and show your document again later."),
        ),
        "late": (
            translate("Kiosk", "The seats have not been drawn yet"),
            translate("Kiosk", "Please wait a little, then show your document again."),
        ),
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
