"""Recomputation beside a platform (伴随模式): what a platform states of an evaluation, checked before it is signed.

Law of this package: plain and pure Python above `app.scoring` and `app.rules`; no file, clock, network or chance.
Numbers are exact rationals, never floats. Every stated figure is compared with the one right figure that
`app.scoring` computes from the stated marks and prices; it finds and cites, it changes and decides nothing.
"""

from app.recompute.answer import answer
from app.recompute.check import Extent, check, extent
from app.recompute.model import (
    Candidate,
    Committee,
    Figure,
    Kind,
    Mark,
    Place,
    Remark,
    Severity,
    Source,
    Standard,
    Statement,
    Topic,
    weight,
)
from app.recompute.right import Right, by_prices, work_out
from app.recompute.wording import GROUPS, message, note, place_text, subject, title

__all__ = [
    "GROUPS",
    "Candidate",
    "Committee",
    "Extent",
    "Figure",
    "Kind",
    "Mark",
    "Place",
    "Remark",
    "Right",
    "Severity",
    "Source",
    "Standard",
    "Statement",
    "Topic",
    "answer",
    "by_prices",
    "check",
    "extent",
    "message",
    "note",
    "place_text",
    "subject",
    "title",
    "weight",
    "work_out",
]
