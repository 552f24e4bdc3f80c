"""The pages of the kiosk and the object names of everything that a person uses there."""

from __future__ import annotations

from enum import StrEnum


class PageName(StrEnum):
    """Which page is shown; `KioskWindow.page_name` says it."""

    IDLE = "idle"
    LOOKING = "looking"
    FACE = "face"
    TURN = "turn"
    DOUBT = "doubt"
    WAITING = "waiting"
    STORE_PHONE = "store_phone"
    TAKE_SLOT = "take_slot"
    SEAT = "seat"
    TAKE_PHONE = "take_phone"
    LEAVE = "leave"
    GOODBYE = "goodbye"
    ASK_STAFF = "ask_staff"
    AWAY = "away"


class Name(StrEnum):
    """objectName of a control."""

    NUMBER = "kiosk.idle.number"
    NO_CARD = "kiosk.idle.no_card"
    CAMERA = "kiosk.face.camera"
    TURN_CAMERA = "kiosk.turn.camera"
    TURN_CALL = "kiosk.turn.call"
    FACE_CALL = "kiosk.face.call"
    DOUBT_CALL = "kiosk.doubt.call"
    DOUBT_AGAIN = "kiosk.doubt.again"
    PHONE_STORED = "kiosk.store_phone.stored"
    PHONE_OTHER = "kiosk.store_phone.other"
    TAKE_SLOT = "kiosk.take_slot.take"
    SEAT_NUMBER = "kiosk.seat.number"
    SEAT_CALL = "kiosk.seat.call"
    SEAT_SEEN = "kiosk.seat.seen"
    PHONE_TAKEN = "kiosk.take_phone.taken"
    LEAVE = "kiosk.leave.go"
    BACK = "kiosk.message.back"
