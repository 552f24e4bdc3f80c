"""How far this console has proved the journal, in words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.link import StreamProof
from ui.console.sight import Sight
from ui.models.room_time import to_the_second
from ui.theme import Tone
from ui.widgets.notice import Notice

translate = QCoreApplication.translate
_ROOM = "room"


def proof_notice(proofs: Iterable[StreamProof]) -> Notice:
    """All in one sentence: in order, restored, or what does not fit."""
    known = list(proofs)
    broken = next((one for one in known if one.fault), None)
    if broken is not None:
        told = translate(
            "Console",
            "The journal does not fit what this console has seen: {what} Call the person in charge of the room.",
        )
        return Notice(Tone.ERROR, told.format(what=fault_word(broken)), translate("Console", "Not proved"))
    room = next((one for one in known if one.stream == _ROOM and one.size), None)
    if room is None:
        waits = translate("Console", "This console has not checked the journal yet; it does so by itself.")
        return Notice(Tone.INFO, waits)
    if room.restored:
        told = translate(
            "Console", "The room was restored from a backup of {at}; what came after that was lost and is sent again."
        )
        return Notice(Tone.ATTENTION, told.format(at=to_the_second(room.restored)))
    return Notice(Tone.OK, translate("Console", "This console has checked the journal itself."))


def proof_lines(proofs: Iterable[StreamProof], sight: Sight) -> list[tuple[str, str]]:
    """Each stream by name, with how far it is proved and by what."""
    return [(_name(one, sight), _told(one)) for one in proofs if one.size or one.fault]


def fault_word(proof: StreamProof) -> str:
    """What does not fit."""
    words = {
        "bad_note": translate("Console", "the signed checkpoint cannot be read."),
        "not_signed": translate("Console", "a checkpoint is not signed by this room."),
        "shorter": translate("Console", "the journal has become shorter."),
        "not_extended": translate("Console", "entries that were there before have been changed."),
        "other_content": translate("Console", "the entries told are not those that were signed."),
        "other_head": translate("Console", "the room's journal names another state of this evaluation."),
    }
    entry = translate("Console", "entry {place} of the room was changed, is missing or out of order.")
    return words.get(proof.fault, entry.format(place=proof.place))


def _name(proof: StreamProof, sight: Sight) -> str:
    if proof.stream == _ROOM:
        return translate("Console", "Room")
    return sight.title(proof.stream) or proof.stream


def _told(proof: StreamProof) -> str:
    if proof.fault:
        return fault_word(proof)
    if proof.stream == _ROOM and proof.heard >= proof.size:
        told = translate("Console", "every entry computed again, 1 to {size}, since {since}")
    else:
        told = translate("Console", "{size} entries; each state extends the one before, since entry {first} at {since}")
    text = told.format(size=proof.size, first=proof.since, since=to_the_second(proof.since_at))
    if proof.cosigned:
        signed = translate("Console", "last checkpoint signed by room and console: {size} at {at}")
        text = f"{text}; {signed.format(size=proof.cosigned, at=to_the_second(proof.at))}"
    return text
