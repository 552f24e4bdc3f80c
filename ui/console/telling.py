"""The journal in words: one sentence for each type of entry, a plainer one where this role may not know the details."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.evaluation.matters import MATTERS
from ui.console.journal_kinds import kind_of
from ui.console.sight import Json, Sight
from ui.console.words import (
    alias_word,
    call_word,
    forgetting_word,
    lock_word,
    means_word,
    party_word,
    purpose_word,
    role_word,
    seat_word,
    what_word,
)
from ui.models.journal import JournalLine
from ui.models.language import in_words
from ui.models.room_time import to_the_second

translate = QCoreApplication.translate

LOUD = frozenset(
    {
        "ReleaseRequested",
        "ExpectedSearched",
        "ReleaseRefused",
        "MemberRecused",
        "StageRepeated",
        "LotFailed",
        "CheckRaised",
        "ResultDissented",
        "HelpCalled",
        "CommandRefused",
        "DeviceRevoked",
        "DeviceDisconnected",
        "CancelRequested",
        "DrawCancelled",
        "AccessRefused",
    }
)
"""Types that stand out: something did not go its plain way."""

MACHINERY = frozenset({"StreamHead", "SealingKeyOffered", "SheetKeyGiven"})
"""Types of the room's own upkeep: in the whole journal, but not in the one that runs along."""


class Teller:
    """Tells entries. The sentences are looked up once: a window keeps the language that it was made in."""

    def __init__(self) -> None:
        self._sentences = _evaluation_sentences() | _matter_sentences() | _room_sentences()

    def line(self, entry: Json, sight: Sight) -> JournalLine:
        """One entry, told in the words of its evaluation."""
        kind = str(entry["type"])
        full, plain = self._sentences.get(kind, (kind, kind))
        return JournalLine(
            int(entry["position"]),
            to_the_second(entry["at"]),
            _fill(full, plain, entry, sight),
            kind in LOUD,
            str(entry["stream"]),
            str(entry["at"]),
            kind_of(str(entry["stream"]), kind),
            _about(entry),
        )


def _about(entry: Json) -> frozenset[str]:
    """The seats and members that an entry names, its actor included, in each way that a person may write them."""
    data, actor = entry.get("data") or {}, entry.get("actor") or {}
    aliases = {str(one) for one in (data.get("alias"), data.get("candidate"), actor.get("alias")) if one}
    found = {word for alias in aliases for word in (alias, alias.removeprefix("M"), alias_word(alias))}
    if data.get("seat"):
        found |= {str(data["seat"]), seat_word(str(data["seat"]))}
    return frozenset("".join(word.split()).casefold() for word in found)


def _matter_sentences() -> dict[str, tuple[str, str]]:
    """The matters bring their own sentences."""
    told = {kind.__name__: in_words(words) for matter in MATTERS for kind, words in matter.entries.items()}
    return {name: (sentence, sentence) for name, sentence in told.items()}


def _fill(full: str, plain: str, entry: Json, sight: Sight) -> str:
    """The full sentence where the entry says all that it needs, else the plain one."""
    facts = _facts(entry, sight)
    try:
        return full.format_map(facts)
    except KeyError:
        return plain.format_map(_Gaps(facts))


class _Gaps(dict[str, str]):
    """Facts in which what is missing reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def _facts(entry: Json, sight: Sight) -> dict[str, str]:
    """What a sentence may name: the entry's data, made readable; absent things are left out."""
    evaluation = sight.evaluation(str(entry["stream"])) or {}
    words: Mapping[str, str] = evaluation.get("words") or {}
    actor: Mapping[str, Any] = entry.get("actor") or {}
    data: Mapping[str, Any] = entry.get("data") or {}
    facts = {key: str(value) for key, value in data.items() if isinstance(value, str | int) and value != ""}
    facts |= {key: words[key] for key in _WORDS if key in words}
    by = actor.get("role")
    if by:
        facts["by"] = alias_word(actor.get("alias")) or role_word(str(by), words)
    made = {
        "alias": alias_word(data.get("alias")),
        "candidate": alias_word(data.get("candidate")),
        "person": sight.person(str(data.get("stream") or entry["stream"]), str(data.get("member") or "")),
        "seat": seat_word(str(data["seat"])) if data.get("seat") else "",
        "what": what_word(str(data["what"])) if data.get("what") else "",
        "means": means_word(data.get("means")),
        "purpose": purpose_word(str(data["purpose"])) if data.get("purpose") else "",
        "party": party_word(str(data["party"]), words) if data.get("party") else "",
        "call": call_word(str(data["call"])) if data.get("call") else "",
        "to": role_word(str(data["to"]), words) if data.get("to") else "",
        "role": role_word(str(data["role"]), words) if data.get("role") else "",
        "kind": lock_word(data.get("kind")) or _round_word(data.get("kind"), words),
        "lot": str(data.get("lot") or ""),
        "count": str(len(data.get("aliases") or ()) or data.get("count") or 0),
        "outcome": _search_word(data),
        "why": forgetting_word(str(data["why"])) if data.get("why") else "",
    }
    if entry["type"] == "WordGiven":
        made["alias"] = made["alias"] or translate("ConsoleJournal", "Everybody")
    for key, value in made.items():
        facts.pop(key, None)
        if value:
            facts[key] = value
    return facts


def _search_word(data: Mapping[str, Any]) -> str:
    """What came of a search by face."""
    if "found" not in data:
        return ""
    one, none = translate("ConsoleJournal", "one found"), translate("ConsoleJournal", "nobody found")
    return one if data["found"] else none


_WORDS = ("committee", "chair", "preliminary", "marking", "check", "report", "discipline", "pledge", "recusal")


def _round_word(kind: object, words: Mapping[str, str]) -> str:
    """What a sealed round is about; a machine's kind keeps its own word."""
    return {
        "review": words.get("preliminary", ""),
        "marks": words.get("marking", ""),
        "ballot": translate("ConsoleJournal", "Ballot"),
    }.get(str(kind), str(kind or ""))


def _evaluation_sentences() -> dict[str, tuple[str, str]]:
    return {
        "EvaluationOpened": _same(translate("ConsoleJournal", "An evaluation was imported; its rules are frozen")),
        "SealingKeyOffered": _same(translate("ConsoleJournal", "The room offered a key for sealed sheets")),
        "SlotsAllotted": _same(translate("ConsoleJournal", "Seats and aliases are drawn and sealed")),
        "ReleaseRequested": (
            translate("ConsoleJournal", "{what} asked for: person {person} ({reason})"),
            translate("ConsoleJournal", "A release by two people was asked for"),
        ),
        "ReleaseApproved": (
            translate("ConsoleJournal", "{by} approved: {what}, person {person} ({reason})"),
            translate("ConsoleJournal", "A release was approved"),
        ),
        "ReleaseRefused": (
            translate("ConsoleJournal", "{by} refused: {what}, person {person} ({reason})"),
            translate("ConsoleJournal", "A release was refused"),
        ),
        "MemberCheckedIn": (
            translate("ConsoleJournal", "Person {person} checked in ({means})"),
            translate("ConsoleJournal", "A member checked in"),
        ),
        "PhoneStored": (
            translate("ConsoleJournal", "Person {person}: phone in box {locker}"),
            translate("ConsoleJournal", "A phone was stored"),
        ),
        "SlotTaken": (
            translate("ConsoleJournal", "Person {person} took {seat}, alias {alias}"),
            translate("ConsoleJournal", "A seat was taken"),
        ),
        "SeatOpened": (
            translate("ConsoleJournal", "{alias}: seat opened ({means})"),
            translate("ConsoleJournal", "A seat was opened"),
        ),
        "DisciplineRead": _same(translate("ConsoleJournal", "{alias}: {discipline} read")),
        "PledgeGiven": _same(translate("ConsoleJournal", "{alias}: {pledge} given")),
        "MemberRecused": _same(translate("ConsoleJournal", "{alias}: {recusal} ({reason})")),
        "CommitteeConstituted": (
            translate("ConsoleJournal", "{committee} constituted: {count} members"),
            translate("ConsoleJournal", "{committee} constituted"),
        ),
        "ChairProposed": (
            translate("ConsoleJournal", "{alias} proposed {candidate} as {chair}"),
            translate("ConsoleJournal", "Someone was proposed as {chair}"),
        ),
        "ChairAgreed": _same(translate("ConsoleJournal", "A member agreed to the {chair} proposed")),
        "BallotCalled": _same(translate("ConsoleJournal", "A ballot for the {chair} was called")),
        "BallotCounted": _same(translate("ConsoleJournal", "The ballot was counted")),
        "ChairChosen": (
            translate("ConsoleJournal", "{chair}: {alias}"),
            translate("ConsoleJournal", "The {chair} was chosen"),
        ),
        "LotDrawn": _same(translate("ConsoleJournal", "The lot among the tied was drawn")),
        "QualificationImported": _same(translate("ConsoleJournal", "The signed qualification review took effect")),
        "SheetSealed": (
            translate("ConsoleJournal", "{alias} ended and sealed: {kind}"),
            translate("ConsoleJournal", "A member ended and sealed a sheet"),
        ),
        "SheetKeyGiven": _same(translate("ConsoleJournal", "A seat gave a sheet's key again")),
        "SheetsOpened": (
            translate("ConsoleJournal", "All have ended, sheets opened: {kind}"),
            translate("ConsoleJournal", "All have ended, sheets were opened"),
        ),
        "StageRepeated": (
            translate("ConsoleJournal", "Done again: {kind} ({reason})"),
            translate("ConsoleJournal", "A stage is done again"),
        ),
        "ReviewConcluded": _same(translate("ConsoleJournal", "{preliminary}: the committee concluded")),
        "TalksDue": _same(translate("ConsoleJournal", "Next the group talks with the suppliers")),
        "LotFailed": (
            translate("ConsoleJournal", "Lot {lot} ended without a result"),
            translate("ConsoleJournal", "A lot ended without a result"),
        ),
        "LotTallied": _same(translate("ConsoleJournal", "Marks and prices were tallied")),
        "FindingsNoted": _same(translate("ConsoleJournal", "The committee noted what it says to the findings")),
        "CheckDue": _same(translate("ConsoleJournal", "{check} is due")),
        "TablesChecked": _same(translate("ConsoleJournal", "{check}: done")),
        "CheckRaised": _same(translate("ConsoleJournal", "{check}: back to the committee")),
        "ConfirmationDue": _same(translate("ConsoleJournal", "Every member is asked to confirm")),
        "ResultConfirmed": _same(translate("ConsoleJournal", "{alias} confirmed the result")),
        "ResultDissented": _same(translate("ConsoleJournal", "{alias} dissented from the result in writing")),
        "ReportDue": _same(translate("ConsoleJournal", "All have answered; the report is made")),
        "ReportIssued": (
            translate("ConsoleJournal", "{report} issued, {pages} pages"),
            translate("ConsoleJournal", "{report} issued"),
        ),
        "SeatWiped": (
            translate("ConsoleJournal", "{alias}: {seat} wiped"),
            translate("ConsoleJournal", "A seat was wiped"),
        ),
        "PhoneReturned": (
            translate("ConsoleJournal", "Person {person}: phone taken from box {locker}"),
            translate("ConsoleJournal", "A phone was returned"),
        ),
        "MemberLeft": (
            translate("ConsoleJournal", "Person {person} left"),
            translate("ConsoleJournal", "A member left"),
        ),
        "HelpCalled": (
            translate("ConsoleJournal", "{seat} calls for help: {text}"),
            translate("ConsoleJournal", "A seat calls for help"),
        ),
        "HelpAnswered": (
            translate("ConsoleJournal", "{by} answered {alias}: {text}"),
            translate("ConsoleJournal", "A call was answered"),
        ),
        "RemarkAdded": (
            translate("ConsoleJournal", "Witness's remark: {text}"),
            translate("ConsoleJournal", "The witness wrote a remark"),
        ),
        "CommandRefused": (
            translate("ConsoleJournal", "Refused to {by}: {command} ({code})"),
            translate("ConsoleJournal", "A command was refused"),
        ),
        "EvaluationClosed": _same(translate("ConsoleJournal", "The evaluation is closed")),
    }


def _room_sentences() -> dict[str, tuple[str, str]]:
    return {
        "RoomOpened": _same(translate("ConsoleJournal", "The room was opened")),
        "DeviceEnrolled": (
            translate("ConsoleJournal", "Machine {device} was enrolled"),
            translate("ConsoleJournal", "A machine was enrolled"),
        ),
        "DeviceRevoked": (
            translate("ConsoleJournal", "Machine {device} was shut out ({reason})"),
            translate("ConsoleJournal", "A machine was shut out"),
        ),
        "DeviceConnected": (
            translate("ConsoleJournal", "Machine {device} is connected"),
            translate("ConsoleJournal", "A machine is connected"),
        ),
        "DeviceDisconnected": (
            translate("ConsoleJournal", "Machine {device} has lost its line"),
            translate("ConsoleJournal", "A machine has lost its line"),
        ),
        "PostTaken": (
            translate("ConsoleJournal", "{role} {post} logged in at {device}"),
            translate("ConsoleJournal", "Someone logged in"),
        ),
        "PostLeft": (
            translate("ConsoleJournal", "{post} logged out at {device}"),
            translate("ConsoleJournal", "Someone logged out"),
        ),
        "EvaluationImported": _same(translate("ConsoleJournal", "A package was imported")),
        "DrawCalled": (
            translate("ConsoleJournal", "Draw {draw_no} was called: {purpose}"),
            translate("ConsoleJournal", "A draw was called"),
        ),
        "NonceCommitted": (
            translate("ConsoleJournal", "Draw {draw_no}: {party} committed"),
            translate("ConsoleJournal", "A party of the draw committed"),
        ),
        "NonceRevealed": (
            translate("ConsoleJournal", "Draw {draw_no}: {party} revealed"),
            translate("ConsoleJournal", "A party of the draw revealed"),
        ),
        "DrawSealed": (
            translate("ConsoleJournal", "Draw {draw_no} is computed and sealed"),
            translate("ConsoleJournal", "A draw is computed and sealed"),
        ),
        "DrawAccepted": (
            translate("ConsoleJournal", "Draw {draw_no}: the witness confirmed ({reason})"),
            translate("ConsoleJournal", "The witness confirmed a draw"),
        ),
        "CancelRequested": (
            translate("ConsoleJournal", "Draw {draw_no}: {by} wants it cancelled ({reason})"),
            translate("ConsoleJournal", "A draw is to be cancelled"),
        ),
        "DrawCancelled": (
            translate("ConsoleJournal", "Draw {draw_no} was cancelled by two people"),
            translate("ConsoleJournal", "A draw was cancelled by two people"),
        ),
        "DrawOpened": (
            translate("ConsoleJournal", "Draw {draw_no} was disclosed"),
            translate("ConsoleJournal", "A draw was disclosed"),
        ),
        "NamesLooked": (
            translate("ConsoleJournal", "Looked at of person {person}: {purpose}"),
            translate("ConsoleJournal", "A name was looked at"),
        ),
        "ExpectedSearched": (
            translate("ConsoleJournal", "A face without a card was sought among {compared} expected: {outcome}"),
            translate("ConsoleJournal", "A face was sought at the door"),
        ),
        "RecordingLooked": (
            translate("ConsoleJournal", "Segment {seq} of {party}'s recording was looked at"),
            translate("ConsoleJournal", "A recording was looked at"),
        ),
        "RecordingsHeld": (
            translate("ConsoleJournal", "Recordings are kept beyond their term: {reason}"),
            translate("ConsoleJournal", "Recordings are kept beyond their term"),
        ),
        "RecordingsFreed": (
            translate("ConsoleJournal", "Recordings are no longer kept beyond their term: {reason}"),
            translate("ConsoleJournal", "Recordings are no longer kept beyond their term"),
        ),
        "RecordingExpired": (
            translate("ConsoleJournal", "{party}'s recording was deleted, its term having ended {until} ({article})"),
            translate("ConsoleJournal", "A recording was deleted, its term having ended"),
        ),
        "SessionOpened": _same(translate("ConsoleJournal", "A further session was opened; its seats are drawn anew")),
        "PaperKept": (
            translate("ConsoleJournal", "A scanned paper was brought: {bytes} bytes, SHA-256 {sha256}"),
            translate("ConsoleJournal", "A scanned paper was brought"),
        ),
        "PaperDropped": _same(
            translate("ConsoleJournal", "A scanned paper that nothing named within a day was deleted")
        ),
        "FaceProposed": (
            translate("ConsoleJournal", "Face {expert}: consent given, chip photo compared ({score}); to be confirmed"),
            translate("ConsoleJournal", "A face is to be enrolled"),
        ),
        "FaceEnrolled": (
            translate("ConsoleJournal", "Face {expert}: enrolled by two people ({reason})"),
            translate("ConsoleJournal", "A face was enrolled by two people"),
        ),
        "FaceLooked": (
            translate("ConsoleJournal", "Face {expert}: sought at the enrolment desk"),
            translate("ConsoleJournal", "An enrolled face was sought"),
        ),
        "TemplateForgotten": (
            translate("ConsoleJournal", "Face {expert}: template deleted ({why})"),
            translate("ConsoleJournal", "A face template was deleted"),
        ),
        "PortraitsForgotten": (
            translate("ConsoleJournal", "The portraits of the list were deleted: {count}"),
            translate("ConsoleJournal", "The portraits of a list were deleted"),
        ),
        "JournalRecovered": (
            translate("ConsoleJournal", "The room was restored from a backup of {made_at}, up to entry {position}"),
            translate("ConsoleJournal", "The room was restored from a backup"),
        ),
        "JournalExported": (
            translate("ConsoleJournal", "Everything was exported to a file by two people; the second: {second}"),
            translate("ConsoleJournal", "Everything was exported to a file"),
        ),
        "SigningKeyRotated": (
            translate("ConsoleJournal", "The room signs with a new key, by two people; the second: {second}"),
            translate("ConsoleJournal", "The room signs with a new key"),
        ),
        "StreamHead": _same(translate("ConsoleJournal", "The streams witnessed each other")),
        "AccessRefused": (
            translate("ConsoleJournal", "Access refused: {what} ({code})"),
            translate("ConsoleJournal", "An access was refused"),
        ),
    }


def _same(sentence: str) -> tuple[str, str]:
    """One sentence either way; a detail that is missing reads as a dash."""
    return sentence, sentence
