"""The accompanied mode (伴随模式): what the rule set does not carry here is done on the platform, and checked here.

The platform's export is recomputed before anyone signs; the committee has figures put right there, or explains them.
Nothing of the platform's marks is changed here, and nothing is decided by the check itself.
"""

from __future__ import annotations

from app.evaluation.events import PlatformDue
from app.evaluation.matter import Matter, Words
from app.evaluation.matters.accompany import decisions, seen
from app.evaluation.matters.accompany.records import (
    AskPlatformCorrection,
    CheckPlatform,
    NotePlatform,
    PlatformChecked,
    PlatformCorrectionAsked,
    PlatformNoted,
)
from app.rules.model import Party

ORGANISERS = frozenset({Party.AGENCY, Party.TENDEREE, Party.CENTRE})
"""Who may send what the platform exported: the agency, the tenderee where there is none, the centre."""

ACCOMPANY = Matter(
    name="accompany",
    decisions={
        CheckPlatform: decisions.check,
        AskPlatformCorrection: decisions.ask_correction,
        NotePlatform: decisions.note,
    },
    permits={
        CheckPlatform: ORGANISERS,
        AskPlatformCorrection: frozenset({Party.MEMBER}),
        NotePlatform: frozenset({Party.MEMBER}),
    },
    starts={
        PlatformChecked: CheckPlatform,
        PlatformCorrectionAsked: AskPlatformCorrection,
        PlatformNoted: NotePlatform,
    },
    folds={
        PlatformDue: decisions.due_folded,
        PlatformChecked: decisions.checked_folded,
        PlatformCorrectionAsked: decisions.asked_folded,
        PlatformNoted: decisions.noted_folded,
    },
    told={
        PlatformDue: seen.everyone,
        PlatformChecked: seen.finding,
        PlatformCorrectionAsked: seen.everyone,
        PlatformNoted: seen.finding,
    },
    entries={
        PlatformDue: Words("{evaluation}转由平台进行，等待其导出的数据", "It goes on upon the platform"),
        PlatformChecked: Words("平台导出的数据已核验", "The platform's export was checked"),
        PlatformCorrectionAsked: Words("要求平台更正：{reason}", "A correction is asked of the platform: {reason}"),
        PlatformNoted: Words("已记录对平台数据核验的说明", "What is said to the platform's check is noted"),
    },
    acts=seen.acts,
    view=seen.view,
    report=seen.report,
)
