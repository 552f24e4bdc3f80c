"""The words of the consoles: roles, stages in the track's own words, what a seat is doing, what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.evaluation.matters import coefficients, demonstration, ties
from app.evaluation.matters.presence.records import LockKind
from app.evaluation.matters.presence.seen import KINDS as LOCKS
from app.evaluation.matters.recording.records import CAMERA, is_camera
from app.evaluation.stages import LotStage, MemberStage
from app.rules.procedure import CARRIED
from ui.call.seen import BROADCAST, COMMITTEE, HELP
from ui.console.sight import Kind, Matter, Sight, Todo
from ui.console.writing_words import writing_words
from ui.models.language import in_words

translate = QCoreApplication.translate

Json = dict[str, Any]


def alias_word(alias: str | None) -> str:
    """An alias (`M3`) as it is said: `Member 3`; empty for none."""
    if not alias:
        return ""
    return translate("Console", "Member {number}").format(number=alias.removeprefix("M"))


def party_word(party: str, words: Mapping[str, str] | None = None) -> str:
    """Who takes part in something: a member by the alias, a camera of the room by its name, else the role."""
    if is_camera(party):
        return translate("Console", "Room camera {name}").format(name=party.removeprefix(CAMERA))
    return alias_word(party) if party.startswith("M") else role_word(party, words)


def call_word(call: str) -> str:
    """A call as it is said."""
    if call == COMMITTEE:
        return translate("Console", "the committee call")
    if call == BROADCAST:
        return translate("Console", "the broadcast")
    whom = alias_word(call.removeprefix(HELP))
    return translate("Console", "the call of the centre with {alias}").format(alias=whom)


def seat_word(number: str) -> str:
    """A seat as it is said."""
    return translate("Console", "Seat {number}").format(number=number)


def role_word(role: str, words: Mapping[str, str] | None = None) -> str:
    """A role or party; the law's own words of a track where they differ."""
    own = words or {}
    return {
        "centre": translate("Console", "Centre"),
        "witness": translate("Console", "Witness"),
        "regulator": own.get("regulator") or translate("Console", "Regulator"),
        "tenderee": own.get("tenderee") or translate("Console", "Tenderee"),
        "agency": own.get("agency") or translate("Console", "Agency"),
        "kiosk": translate("Console", "Kiosk"),
        "member": own.get("member") or translate("Console", "Committee member"),
        "system": translate("Console", "Room server"),
    }.get(role, role)


def console_title(role: str) -> str:
    """What the header calls a console."""
    return {
        "centre": translate("Console", "Room control of the centre"),
        "witness": translate("Console", "Witness's console"),
        "regulator": translate("Console", "Regulator's console"),
        "tenderee": translate("Console", "Tenderee's console"),
        "agency": translate("Console", "Agency's console"),
    }.get(role, translate("Console", "Console"))


def stage_word(stage: str, words: Mapping[str, str]) -> str:
    """A lot's stage in the track's own words."""
    return {
        LotStage.GATHERING: translate("Console", "Arrival and seating"),
        LotStage.ELECTING: translate("Console", "Choosing: {chair}").format(chair=words.get("chair", "")),
        LotStage.REVIEWING: words.get("preliminary", stage),
        LotStage.REVIEWED: translate("Console", "{review}: conclusion").format(review=words.get("preliminary", "")),
        LotStage.TALKING: words.get("talk", stage),
        LotStage.MARKING: words.get("marking", stage),
        LotStage.UNSEALING: translate("Console", "{marking}: between two parts").format(
            marking=words.get("marking", "")
        ),
        LotStage.ACCOMPANYING: translate("Console", "On the platform; its figures are checked here"),
        LotStage.OPENED: words.get("tally", stage),
        LotStage.CHECKING: words.get("check", stage),
        LotStage.CONFIRMING: translate("Console", "Confirming the result"),
        LotStage.REPORTING: translate("Console", "{report}: being made").format(report=words.get("report", "")),
        LotStage.REPORTED: translate("Console", "{report}: issued").format(report=words.get("report", "")),
        LotStage.CLOSED: translate("Console", "Closed and archived"),
    }[LotStage(stage)]


Stop = tuple[str, tuple[LotStage, ...]]
"""The name of a stop of a lot's rail, and the stages that belong to it."""


def stops(words: Mapping[str, str], carries: Collection[str] = CARRIED) -> list[Stop]:
    """The stops of a lot's rail in the track's own words: those of what is done here, and the platform's."""
    reviewed: Stop = (words.get("preliminary", ""), (LotStage.REVIEWING, LotStage.REVIEWED))
    marked: list[Stop] = [
        (words.get("marking", ""), (LotStage.TALKING, LotStage.MARKING, LotStage.UNSEALING)),
        (words.get("tally", ""), (LotStage.OPENED, LotStage.CHECKING)),
    ]
    platform: Stop = (translate("Console", "Platform check"), (LotStage.ACCOMPANYING,))
    return [
        (translate("Console", "Arrival and seating"), (LotStage.GATHERING,)),
        (words.get("chair", ""), (LotStage.ELECTING,)),
        *([reviewed] if "review" in carries else []),
        *(marked if "marks" in carries else [platform]),
        (translate("Console", "Confirmation"), (LotStage.CONFIRMING,)),
        (words.get("report", ""), (LotStage.REPORTING, LotStage.REPORTED)),
        (translate("Console", "Leaving and archive"), (LotStage.CLOSED,)),
    ]


def member_word(stage: str, words: Mapping[str, str]) -> str:
    """Where a member stands on the way from the list to the street."""
    return {
        MemberStage.EXPECTED: translate("Console", "Expected"),
        MemberStage.CHECKED_IN: translate("Console", "Checked in"),
        MemberStage.PHONE_STORED: translate("Console", "Phone stored"),
        MemberStage.SEAT_DRAWN: translate("Console", "On the way to the seat"),
        MemberStage.SEATED: words.get("discipline", ""),
        MemberStage.BRIEFED: words.get("pledge", ""),
        MemberStage.PLEDGED: translate("Console", "Seated, pledge given"),
        MemberStage.RECUSED: words.get("recusal", ""),
        MemberStage.REPLACED: translate("Console", "Replaced"),
        MemberStage.SEAT_WIPED: translate("Console", "Seat wiped, leaving"),
        MemberStage.PHONE_RETURNED: translate("Console", "Phone returned"),
        MemberStage.LEFT: translate("Console", "Left"),
    }[MemberStage(stage)]


def means_word(means: str | None) -> str:
    """How a member was admitted, or what ended a lock."""
    return {
        "face": translate("Console", "Face"),
        "two_person": translate("Console", "Two people"),
        "found": translate("Console", "Found by face without a card, two people"),
        "visit": translate("Console", "Face, when the seat was drawn"),
        "leave": translate("Console", "Leave"),
        "pause": translate("Console", "Pause"),
    }.get(means or "", "")


def lock_word(kind: object) -> str:
    """Why a seat locked itself."""
    return in_words(LOCKS[LockKind(str(kind))]) if kind in frozenset(LockKind) else ""


def purpose_word(purpose: str) -> str:
    """What a draw is for, or what of a person was looked at."""
    kind, _, rest = purpose.partition("/")
    if rest and kind == demonstration.PURPOSE:
        return translate("Console", "Order of the demonstrations")
    if rest and kind == ties.PURPOSE:
        bids = rest.rpartition("/")[2]
        return translate("Console", "Lot among tied bids {bids}").format(bids=bids)
    if rest and kind == coefficients.PURPOSE:
        name = rest.rpartition("/")[2]
        return translate("Console", "Coefficient {name}").format(name=name)
    return {
        "slots": translate("Console", "Seats"),
        "aliases": translate("Console", "Aliases"),
        "chair": translate("Console", "Chair among the tied"),
        "greeting": translate("Console", "surname"),
        "portrait": translate("Console", "portrait on the list"),
        "template": translate("Console", "face template"),
        "live": translate("Console", "picture before the kiosk"),
        "chip": translate("Console", "photo of the card's chip"),
        "evidence": translate("Console", "name, for the sealed list"),
    }.get(purpose, purpose)


def what_word(what: str) -> str:
    """What two people are asked to release."""
    return {
        "admission": translate("Console", "Admission at the door"),
        "found": translate("Console", "Admission without a card"),
        "seat": translate("Console", "Opening of a seat"),
        "return": translate("Console", "Return from a leave"),
        "presence": translate("Console", "Presence after a pause"),
        "entry": translate("Console", "Entry through the room's door"),
        "unlock": translate("Console", "Unlocking of a seat"),
    }.get(what, what)


def face_stage_word(stage: str) -> str:
    """How far an enrolment is."""
    return {
        "proposed": translate("Console", "waits for the second person"),
        "enrolled": translate("Console", "Enrolled"),
    }.get(stage, stage)


def forgetting_word(why: str) -> str:
    """Why a face template was deleted."""
    return {
        "request": translate("Console", "at the expert's wish"),
        "refused": translate("Console", "not confirmed by the second person"),
        "unconfirmed": translate("Console", "not confirmed in time"),
        "replaced": translate("Console", "replaced by a fresh one"),
        "expired": translate("Console", "its time is over"),
        "closed": translate("Console", "the evaluation is closed"),
    }.get(why, why)


def todo_words(todo: Todo, sight: Sight) -> tuple[str, str, str]:
    """A step as title, what it does, and the caption of its button."""
    evaluation = sight.evaluation(todo.stream) or {"words": {}}
    words = evaluation["words"]
    check = words.get("check", "")
    found = {
        "call_draw": (
            translate("Console", "Draw the seats"),
            translate("Console", "Seats are drawn by lot among the parties and sealed, before anyone comes."),
            translate("Console", "Call the draw"),
        ),
        "constitute_committee": (
            translate("Console", "Everyone is seated"),
            translate("Console", "The composition is checked by the rules: number, experts, delegates."),
            translate("Console", "Constitute"),
        ),
        "check_tables": (
            translate("Console", "{check} is due").format(check=check),
            translate("Console", "Look at the tables by alias before the committee confirms."),
            translate("Console", "Check the tables"),
        ),
        "send_platform": (
            translate("Console", "The platform's figures are due"),
            translate("Console", "Export marks, totals and ranking from the platform, and send them to be checked."),
            translate("Console", "Send the export"),
        ),
        "close_evaluation": (
            translate("Console", "Everyone has left"),
            translate(
                "Console", "Closing ends the journal of this evaluation for good and makes the evidence package."
            ),
            translate("Console", "Close and archive"),
        ),
    }
    return found.get(todo.code, (todo.code, "", translate("Console", "Open")))


def matter_words(matter: Matter) -> tuple[str, str, str, str]:
    """What waits, as word, title, detail and the caption of its button."""
    facts = matter.facts
    match matter.kind:
        case Kind.RELEASE | Kind.RELEASE_WAITING:
            what, person, reason = facts
            title = translate("Console", "{what}: person {number} of the list").format(
                what=what_word(what), number=person
            )
            if matter.kind is Kind.RELEASE:
                word, caption = translate("Console", "Your decision"), translate("Console", "Decide")
            else:
                word, caption = translate("Console", "Waits for the other side"), translate("Console", "View")
            return word, title, reason, caption
        case Kind.HELP:
            seat, alias, text = facts
            title = translate("Console", "{seat} calls for help").format(seat=seat_word(seat))
            said = translate("Console", "{alias}: “{text}”").format(alias=alias_word(alias), text=text)
            return translate("Console", "Call"), title, said, translate("Console", "Answer")
        case Kind.SEAT_LOST:
            seat, alias = facts
            title = translate("Console", "{seat} has lost its line").format(seat=seat_word(seat))
            kept = translate("Console", "{alias}: what was filled in is kept at the seat and follows by itself.")
            return (
                translate("Console", "Line lost"),
                title,
                kept.format(alias=alias_word(alias)),
                translate("Console", "View"),
            )
        case Kind.SEAT_LOCKED:
            seat, alias, why = facts
            title = translate("Console", "{seat} has locked itself: {why}").format(
                seat=seat_word(seat), why=lock_word(why)
            )
            told = translate("Console", "{alias}: the seat opens by the face; if that fails it asks two people.")
            return (
                translate("Console", "Locked"),
                title,
                told.format(alias=alias_word(alias)),
                translate("Console", "View"),
            )
        case Kind.MACHINE_LOST:
            title = translate("Console", "{machine} has lost its line").format(machine=facts[0])
            detail = translate("Console", "Look after the machine at the door.")
            return translate("Console", "Line lost"), title, detail, translate("Console", "View")
        case Kind.DRAW_RELAXED:
            title = translate("Console", "Draw {number} needs your confirmation").format(number=facts[0])
            detail = translate("Console", "Rules that could not be kept in this room: {count}").format(count=facts[1])
            return translate("Console", "Your decision"), title, detail, translate("Console", "View")
        case Kind.DRAW_CANCEL:
            title = translate("Console", "Draw {number}: cancelling was asked for").format(number=facts[0])
            detail = translate("Console", "Asked by: {role}").format(role=role_word(facts[1]))
            return translate("Console", "Your decision"), title, detail, translate("Console", "View")
        case Kind.ACT:
            _command, title, detail = facts
            return translate("Console", "Someone waits for you"), title, detail, translate("Console", "Answer")
        case Kind.FACE:
            title = translate("Console", "A face is to be enrolled: you are the second of two people")
            detail = translate("Console", "Proposed by {post}. See expert and card yourself, then confirm.")
            return (
                translate("Console", "Your decision"),
                title,
                detail.format(post=facts[0]),
                translate("Console", "Look up the card"),
            )
        case Kind.ROOM_UNWRITTEN | Kind.ROOM_SLOW:
            return translate("Console", "Disk"), *writing_words(facts[0]), translate("Console", "View")
        case Kind.JOURNAL_BROKEN:
            title = translate("Console", "The journal does not fit")
            return translate("Console", "Not proved"), title, facts[0], translate("Console", "View")
        case Kind.ROOM_AWAY:
            title = translate("Console", "The room server cannot be reached")
            detail = translate("Console", "It is tried again by itself; {count} of your commands wait to be sent.")
            return (
                translate("Console", "Line lost"),
                title,
                detail.format(count=facts[0]),
                translate("Console", "Try now"),
            )
