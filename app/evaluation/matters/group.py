"""What the committee decides as a whole: it waits while a place is vacant, and while a lot may go back."""

from __future__ import annotations

from app.evaluation.commands import Command

GROUP = frozenset(
    {
        *("OpenSheets", "RepeatStage", "ConcludeReview", "FailLot", "NoteFindings", "CheckTables"),
        *("ConfirmResult", "DissentFromResult", "RecordRefusalToSign"),
        *("KeepPosition", "ChangePosition", "AskUnsealing", "ConfirmUnsealing"),
        *("StateCorrection", "SettleCorrection", "VoteLowPrice", "VoteRejection", "StateCompetition"),
        *("HoldTalk", "AttestTalk", "CallOffers", "OpenOffers", "ConcludeTalks", "AgreePrice", "EndTalks"),
        *("AskPlatformCorrection", "NotePlatform"),
    }
)
"""By the names of their commands; a test holds each against the registry."""

ELECTION = frozenset({"ProposeChair", "AgreeToChair", "ObjectToChair", "DrawChair"})
"""The choice of a chair, which needs everybody too."""


def is_of_group(command: Command) -> bool:
    """Whether a command needs the whole committee."""
    return type(command).__name__ in GROUP
