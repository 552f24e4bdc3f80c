"""The matrix: who may ask what of the room, send what, and be told what. Whoever is not named may not.

Every request, command and message of the OpenAPI document needs its row here; `test_access_matrix.py` fails on one
that has none, and holds the rows against what the room does. The requests are held against the room at every stage by
the leak walk (`test_nothing_leaks.py`), which asks all of them as everyone.
"""

from __future__ import annotations

import json
import re

from leak_table import CONSOLES, FINDERS, STAFF, STAGES, Span, always, during, since

from app.room.routes import OPERATIONS

_ALL = FINDERS - {"disk", "log"}
_MACHINES = _ALL - {"stranger"}
_DESK = ("centre", "witness")

REQUESTS: dict[str, dict[str, Span]] = {
    # without a session
    "health": always(*_ALL),
    "openapi": always(*_ALL),
    "challenge": always(*_ALL),
    "enrol": {},  # with a code that was given out, and then once
    "authority": always(*_ALL),
    "renewCertificate": always(*_MACHINES),
    "openSession": {},  # with the key of the machine alone
    # of any machine
    "login": {},  # with the right password alone
    "logout": always("nobody", "board", "kiosk"),  # asked by these only: the others stay at their posts
    "view": always(*_MACHINES),
    "stream": always(*_MACHINES),
    "checkpoint": always(*_MACHINES),
    "cosign": always(*_MACHINES),
    # of who sits
    "putDraft": during("constituted", "reported", "member"),
    "getDraft": during("balloting", "marking", "member"),
    "file": during("reviewing", "reported", "member"),
    "reference": during("arriving", "arriving", "awaited"),
    "report": since("reported", *CONSOLES) | during("reported", "reported", "member"),
    # of the door
    "lookup": always("kiosk"),
    "showDoubt": always("kiosk"),
    "searchExpected": always("kiosk"),
    # of consoles
    "doubt": always(*_DESK),
    "importPackage": always("centre"),
    "keepPaper": always("centre", "witness", "tenderee", "agency"),
    "sendPlatform": always("centre", "tenderee", "agency"),
    "printForm": always("centre"),
    "evidence": since("closed", *STAFF),
    "issueEnrolment": always("centre"),
    "consentText": always(*_DESK),
    "consentForm": always(*_DESK),
    "findFace": always(*_DESK),
    "proposeFace": always("centre"),
    "confirmFace": always(*_DESK),
    "forgetFace": always(*_DESK),
    # of a member whose rule set and whose room know electronic signatures: `test_room_signing` lets them in
    "prepareSignature": {},
    "giveSignature": {},
    "recordings": always(*STAFF),
    "kept": always(*STAFF),
    "expireRecording": {},  # with the second person's password alone
    # of nobody in an evaluation that names no paper, holds no call and moves nobody, as the walk's does:
    # `test_room_scans`, `_signals`, `_recordings` and `_spare_seat` let in those whose they are
    "paper": {},
    "signal": {},
    "recordingHeld": during("constituted", "reported", "member"),
    "takeRecording": during("constituted", "reported", "member"),
    "takeSegment": during("constituted", "reported", "member"),
    "segment": {},
    "takeOver": during("arriving", "arriving", "awaited", "seated", "briefed")
    | during("constituted", "reported", "member"),
    # the walk sends none that might be taken: each command has its own row below
    "command": {},
}
"""By request: who is let in, in which stages of the walk; for all others it is shut (401, 403 or 404)."""

NOT_IN_THE_WALK = frozenset({"command", "recordingHeld", "takeRecording", "takeSegment"})
"""Who is let in depends on what the walk's own requests leave to chance: on the alias that a seat's member drew."""

_DELETED = {("getDraft", "reviewed")}
"""A round that is opened has no drafts any more, and the next one none yet."""

_SHUT = frozenset({"no_session", "no_post", "not_permitted", "not_found", "not_in_call"})
_SHUT |= {"unknown_code", "bad_challenge", "bad_login", "too_many_attempts"}
_SHUT_BESIDES = {
    "lookup": {"bad_request"},
    "prepareSignature": {"signing_not_due"},
    "giveSignature": {"signing_not_due"},
    "expireRecording": {"wrong_password"},
}
"""A request without anything to look up is malformed, whoever sends it; nothing is to be signed in the walk's own
evaluation, and the second person's password is not known to the first."""
_NOT_SHUT = {"doubt": {"not_found"}}
"""The walk has no doubt to show: who is let in is told so."""

_PATHS = [(one.method, re.compile(re.sub(r"{\w+}", "[^/]+", one.path)), one.name) for one in OPERATIONS]


def operation_of(where: str) -> str | None:
    """Which request a line such as `GET /view?x=1` asks for; None where it is none."""
    method, _, path = where.partition(" ")
    plain = path.partition("?")[0]
    return next((name for verb, form, name in _PATHS if verb == method and form.fullmatch(plain)), None)


def is_let_in(request: str, raw: bytes) -> bool:
    """Whether an answer shows that the asker was let in, be it to hear that this is not the time."""
    try:
        code = json.loads(raw)["error"]["code"]
    except (ValueError, KeyError, TypeError):
        return True
    return code not in (_SHUT | _SHUT_BESIDES.get(request, set())) - _NOT_SHUT.get(request, set())


def may_ask(request: str, finder: str, stage: str) -> bool:
    """Whether the table lets a finder in."""
    span = REQUESTS[request].get(finder)
    return (
        span is not None
        and (request, stage) not in _DELETED
        and STAGES.index(span[0]) <= STAGES.index(stage) <= STAGES.index(span[1])
    )


COMMANDS: dict[tuple[str, str], str] = {
    ("evaluation", "agency"): "OpenSecondEnvelope PassChange WithdrawSupplier EnterOffer FileOffer",
    ("evaluation", "centre"): (
        "ConstituteCommittee CloseEvaluation RecomposeCommittee RecordDeparture ReportAbsence Broadcast "
        "EndBroadcast OpenLine CallMeal ResumeEvaluation RecordLookup EnterPaper KeepEnvelope MoveSeat "
        "CompareLedger"
    ),
    ("evaluation", "centre agency"): "HoldDemonstration",
    ("evaluation", "centre member"): "CloseLine",
    ("evaluation", "centre regulator tenderee agency"): "AskReevaluation",
    ("evaluation", "centre tenderee agency"): "CheckTables",
    ("evaluation", "centre witness"): (
        "ApproveRelease RefuseRelease AnswerHelp GrantLeave DenyLeave PauseEvaluation SealNight CallPresence "
        "RecordWalkOut ExcuseWalkOut NoteDissuasion EndDissuasion"
    ),
    ("evaluation", "centre witness regulator"): (
        "ApproveReplacement RefuseReplacement HoldCall ResumeCall HandOver AskRecording OpenRecording "
        "RefuseRecording WatchSeats StopWatching"
    ),
    ("evaluation", "centre witness regulator member"): "AskReplacement WriteInCall",
    ("evaluation", "centre witness regulator tenderee"): "AskTermination ApproveBackStep RefuseBackStep",
    ("evaluation", "centre witness regulator tenderee agency member"): "JoinCall LeaveCall",
    ("evaluation", "member"): (
        "RequestRelease OpenSeat ReadDiscipline GivePledge Recuse ProposeChair AgreeToChair ObjectToChair "
        "SealSheet GiveSheetKey RepeatStage ConcludeReview FailLot NoteFindings ConfirmResult "
        "DissentFromResult WipeSeat CallHelp AskPlatformCorrection NotePlatform AskWord GiveWord AskLine "
        "AskBackStep JudgeLateAnswer WithdrawLetter AskUnsealing DraftClarification DeclineDraft "
        "AskClarification FindClarification DraftMaskedQuestion SendMaskedQuestion NoteDifference "
        "DropDifferences StateCorrection SettleCorrection ProposeRejection VoteRejection StateCompetition "
        "KeepPosition ChangePosition AskLeave WithdrawLeave ReturnFromLeave LockSeat UnlockSeat NoteFocusLoss "
        "VerifyPresence ConfirmMinutes ObjectToMinutes AskLowPrice VoteLowPrice GiveTenderOpinion "
        "GiveDraftKey KeepShares HoldTalk AttestTalk ChangeDemands CallOffers OpenOffers ConcludeTalks "
        "AgreePrice EndTalks"
    ),
    ("evaluation", "tenderee"): "DecideOnFault NameChair",
    ("evaluation", "tenderee agency"): "PassLetter EnterAnswer AttachPaper EnterNoAnswer ClaimTwoSuppliers",
    ("evaluation", "tenderee member"): "ConfirmChange RefuseChange",
    ("evaluation", "witness"): (
        "AddRemark FileLedger CompareAnswer ConfirmUnsealing CallCoefficient CallOrder RejectSecondEnvelope "
        "ConfirmSecondEnvelope ConfirmPaper RejectPaper CallTie RecordMissedSignature"
    ),
    ("evaluation", "witness member"): "RecordRefusalToSign",
    ("evaluation", "witness regulator"): (
        "ConfirmAbsence DismissAbsence OfferShareKey AskSheetRelease ApproveSheetRelease RefuseSheetRelease GiveShare"
    ),
    ("evaluation", "witness regulator tenderee"): (
        "ApproveTermination RefuseTermination ApproveReevaluation RefuseReevaluation"
    ),
    ("kiosk", "kiosk"): "CheckIn RequestRelease StorePhone TakeSlot EnterRoom ReturnPhone LeaveRoom",
    ("room", "centre"): "RevokeDevice CallDraw",
    ("room", "centre witness"): "CancelDraw",
    ("room", "centre witness regulator"): "HoldRecordings FreeRecordings",
    ("room", "centre witness regulator tenderee agency kiosk"): "CommitNonce RevealNonce",
    ("room", "witness"): "AcceptDraw",
}
"""By stream and roles: the commands that these roles, and no other, may send at all."""

TWO_PEOPLE: dict[str, tuple[str, str]] = {
    "CancelDraw": ("CancelDraw", ""),
    "RequestRelease": ("ApproveRelease", "RefuseRelease"),
    "AskReplacement": ("ApproveReplacement", "RefuseReplacement"),
    "ReportAbsence": ("ConfirmAbsence", "DismissAbsence"),
    "AskBackStep": ("ApproveBackStep", "RefuseBackStep"),
    "AskTermination": ("ApproveTermination", "RefuseTermination"),
    "AskReevaluation": ("ApproveReevaluation", "RefuseReevaluation"),
    "RecordWalkOut": ("RecordWalkOut", ""),
    "ExcuseWalkOut": ("ExcuseWalkOut", ""),
    "EnterPaper": ("ConfirmPaper", "RejectPaper"),
    "KeepEnvelope": ("ConfirmPaper", "RejectPaper"),
    "OpenSecondEnvelope": ("ConfirmSecondEnvelope", "RejectSecondEnvelope"),
    "AskUnsealing": ("ConfirmUnsealing", ""),
    "AskRecording": ("OpenRecording", "RefuseRecording"),
    "HoldRecordings": ("FreeRecordings", ""),
    "AskSheetRelease": ("ApproveSheetRelease", "RefuseSheetRelease"),
    "AskLeave": ("GrantLeave", "DenyLeave"),
    "EnterAnswer": ("CompareAnswer", ""),
    "FileLedger": ("CompareLedger", ""),
}
"""By the act of the first: how another person agrees, and how they say no (empty: by not agreeing). Where both acts
are open to one role, whoever was first is refused as second."""

AFRESH = (
    "CancelDraw ApproveReplacement ApproveBackStep ApproveTermination ApproveReevaluation ConfirmPaper OpenRecording "
    "ApproveSheetRelease"
)
"""Where the second person types the own password afresh: what touches the result, or opens what was sealed. The others
are steps of every day (a leave, a door, the end of a phase), said from the post that is logged in."""

ONE_PERSON = (
    "AcceptDraw AddRemark AgreePrice AgreeToChair AnswerHelp AskClarification AskLine AskLowPrice "
    "AskPlatformCorrection AskWord AttachPaper AttestTalk Broadcast CallCoefficient CallDraw CallHelp CallMeal "
    "CallOffers CallOrder CallPresence CallTie ChangeDemands ChangePosition CheckIn CheckTables "
    "ClaimTwoSuppliers CloseEvaluation CloseLine CommitNonce ConcludeReview ConcludeTalks ConfirmChange "
    "ConfirmMinutes ConfirmResult ConstituteCommittee DecideOnFault DeclineDraft DissentFromResult "
    "DraftClarification DraftMaskedQuestion DropDifferences EndBroadcast EndTalks EnterNoAnswer EnterOffer "
    "EnterRoom FailLot FileOffer FindClarification GiveDraftKey GivePledge GiveSheetKey GiveTenderOpinion "
    "GiveShare GiveWord HandOver HoldCall HoldDemonstration HoldTalk JoinCall JudgeLateAnswer KeepPosition "
    "KeepShares LeaveCall "
    "LeaveRoom LockSeat MoveSeat NameChair NoteDifference NoteFindings NoteFocusLoss NotePlatform ObjectToChair "
    "ObjectToMinutes OfferShareKey OpenLine OpenOffers OpenSeat PassChange PassLetter PauseEvaluation ProposeChair "
    "ProposeRejection ReadDiscipline RecomposeCommittee RecordDeparture RecordLookup RecordMissedSignature "
    "RecordRefusalToSign "
    "Recuse RefuseChange RepeatStage ResumeCall ResumeEvaluation ReturnFromLeave ReturnPhone RevealNonce "
    "RevokeDevice SealNight SealSheet SendMaskedQuestion SettleCorrection StateCompetition StateCorrection "
    "StopWatching StorePhone TakeSlot UnlockSeat VerifyPresence VoteLowPrice VoteRejection WatchSeats WipeSeat "
    "WithdrawLeave WithdrawLetter WithdrawSupplier WriteInCall NoteDissuasion EndDissuasion "
)
"""Acts for which one person is enough, and those in which many each act for themselves."""

VIEWERS = ("centre", "witness", "regulator", "tenderee", "agency", "kiosk", "own", "sitting", "seat")
"""Who is told: consoles and kiosk; whom the entry is about; others of the committee; a seat without a member. A board
and a console where nobody is logged in are told nothing."""

MESSAGES: dict[str, str] = {
    "WWWWWW---": ("DrawCalled NonceCommitted NonceRevealed DrawSealed DrawAccepted CancelRequested DrawCancelled"),
    "WWWWW-WW-": (
        "QualificationImported TalksDue LotFailed PhaseEnded MarkingDue PlatformDue ReviewDue LotTallied "
        "FindingsNoted CheckDue TablesChecked CheckRaised ConfirmationDue ReportDue ReportIssued "
        "EvaluationTerminated PlatformCorrectionAsked UnsealingAsked UnsealingConfirmed PhaseUnsealed "
        "CoefficientCalled CoefficientDrawn DemonstrationHeld OrderCalled OrderDrawn EvaluationPaused "
        "NightSealed FaultDecided EvaluationResumed SecondEnvelopeConfirmed DemandsChanged ChangeConfirmed "
        "ChangeRefused ChangePassed SupplierWithdrawn TwoSuppliersClaimed OffersCalled TalksConcluded "
        "TalksEnded"
    ),
    "WWWWW-HH-": "AnswerEntered PaperAttached SecondEnvelopeEntered SecondEnvelopeRejected",
    "WWWWW----": ("EvaluationClosed ReevaluationAsked ReevaluationApproved ReevaluationRefused EvaluationReopened"),
    "WWWHHH---": "SlotsAllotted MemberCheckedIn MemberLeft DoorOpened DrawOpened",
    "WWWHH-WW-": (
        "CommitteeConstituted StageRepeated ResultConfirmed ResultDissented CommitteeRecomposed "
        "SteppedBackToReview SteppedBackToMarking ChairNamed RefusalToSignRecorded "
        "SigningOpened ReportSigned SignedOnPaper SignatureMissed"
    ),
    "WWWHH-W--": "MinutesConfirmed MinutesObjected",
    "WWWHH-HH-": "CodesDealt",
    "WWWHH----": "TerminationAsked TerminationApproved TerminationRefused RoomOpened EvaluationImported",
    "WWW-W-HH-": "LetterPassed NoAnswerEntered AnswerCompared",
    "WWW-H-WW-": "LetterWithdrawn ClarificationAsked CorrectionStated LowPriceAsked",
    "WWW--HH--": "ReleaseRequested ReleaseApproved ReleaseRefused SlotTaken",
    "WWW--H---": "PhoneStored SeatWiped PhoneReturned AbsenceReported AbsenceConfirmed AbsenceDismissed",
    "WWW---WW-": (
        "ChairChosen ChairVacated WordAsked WordGiven BroadcastBegun BroadcastEnded LineAsked LineOpened "
        "LineHeld LineResumed LineClosed BackStepAsked BackStepApproved BackStepRefused LateAnswerJudged "
        "PresenceCalled LookupRecorded TenderOpinionGiven"
    ),
    "WWW---W--": (
        "HelpCalled HelpAnswered ReplacementAsked ReplacementApproved ReplacementRefused LeaveAsked "
        "LeaveBegun LeaveDenied LeaveWithdrawn LeaveEnded SeatLocked SeatUnlocked FocusLost MemberWalkedOut "
        "WalkOutExcused PaperEntered EnvelopeKept PaperConfirmed PaperRejected SeatMoved SeatTakenOver "
        "SheetReleaseAsked SheetReleased SheetReleaseRefused"
    ),
    "WWW---HH-": "MemberReplaced SeatsWatched WatchingStopped ShareKeyOffered",
    "WWW---H--": "SeatOpened DisciplineRead PledgeGiven MemberRecused PresenceVerified",
    "WWW------": (
        "RemarkAdded DissuasionNoted DissuasionEnded LedgerPrinted LedgerFiled LedgerCompared CommandRefused "
        "MembersAdded MemberDeparted CallJoined CallLeft CallsClosed CallHeld "
        "CallResumed CallHandedOver CallWritten RecordingNoted RecordingTold RecordingAsked RecordingOpened "
        "RecordingRefused MealCalled WalkOutAttested ExcuseAttested FormPrinted WatchingClosed DeviceEnrolled "
        "DeviceRevoked DeviceConnected DeviceDisconnected PostTaken PostLeft NamesLooked ExpectedSearched "
        "RecordingsHeld RecordingsFreed RecordingExpired "
        "RecordingLooked SessionOpened PaperKept PaperDropped FaceProposed FaceEnrolled FaceLooked "
        "TemplateForgotten PortraitsForgotten JournalRecovered JournalExported "
        "SigningKeyRotated StreamHead AccessRefused"
    ),
    "HWWHW-WW-": "SheetsOpened ReviewConcluded",
    "HWWHH-WW-": "PlatformChecked PlatformNoted TieCalled TieDrawn",
    "HWW---WW-": (
        "ClarificationDrafted DraftDeclined ClarificationFound DifferenceNoted DifferencesDropped "
        "CorrectionSettled RejectionProposed RejectionVoted BidRejected RejectionDeclined CompetitionStated "
        "LowPriceVoted LowPriceDecided TalkHeld TalkAttested OffersOpened OfferFiled PriceAgreed"
    ),
    "HHHHH-WW-": "CodesOpened",
    "HHHHH-HH-": "MaskedQuestionSent OfferSealed",
    "HHHHH----": "EvaluationOpened",
    "HHH---WW-": ("SealingKeyOffered ChairProposed ChairAgreed BallotCounted LotDrawn PositionKept PositionChanged"),
    "HHH---HH-": "BallotCalled SheetSealed",
    "HHH---H--": "SheetKeyGiven DraftKeyGiven",
    "HHH------": "SharesKept ShareGiven",
    "------HH-": "MaskedQuestionDrafted",
}
"""By what each of `VIEWERS` is told at most, at any stage (W the whole, H that it happened, - nothing): the entries."""

WORKING_ALONE = frozenset(
    {"SheetsOpened", "LotTallied", "FindingsNoted", "TablesChecked", "ReportIssued", "CommandRefused"}
)
"""What would tell of marks: while anyone marks alone nobody is told the whole of these, nor of those before."""
