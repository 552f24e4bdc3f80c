"""The words to which an expert consents before a face is enrolled: their version, and their hash for the journal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import resources
from app.room.plan import RoomPlan

VERSION = "2026-11-24"
"""Changes with every change of the texts: an entry names it, and an old one is taken no more."""

_RETENTION = {
    "zh": ("本次评标结束时", "自登记之日起 {days} 天"),
    "en": ("until this evaluation closes", "{days} days from this enrolment"),
}
_NOBODY = {"zh": "请询问现场工作人员", "en": "ask the staff here"}


@dataclass(frozen=True)
class Consent:
    """One language's text as it is shown; `sha256` (hex) is of its UTF-8 bytes."""

    version: str
    text: str

    @property
    def sha256(self) -> str:
        """What the journal keeps of the words."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def consent_text(plan: RoomPlan, lang: str) -> Consent:
    """The text of this room: who answers for it, and for how long a template is kept."""
    raw = resources.path("privacy", f"consent.{lang}.txt").read_text("utf-8")
    privacy = plan.privacy
    at_close, for_days = _RETENTION[lang]
    text = raw.format(
        holder=privacy.holder or plan.name,
        contact=privacy.contact or _NOBODY[lang],
        retention=for_days.format(days=privacy.face_days) if privacy.face_days else at_close,
    )
    return Consent(f"{VERSION}/{lang}", text)


def is_current(plan: RoomPlan, version: str, sha256: str) -> bool:
    """Whether these are the words that the room shows today, in one of its languages."""
    texts = [consent_text(plan, lang) for lang in _RETENTION]
    return (version, sha256) in [(text.version, text.sha256) for text in texts]
