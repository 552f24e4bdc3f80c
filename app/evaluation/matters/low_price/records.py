"""An inquiry into an abnormally low price: why, what was looked up, how everyone voted."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.evaluation.commands import Command
from app.evaluation.events import Event
from app.evaluation.matter import Words
from app.evaluation.papers import Paper

JUDGEMENT = "judgement"


TRIGGERS = {
    "mean": Words("低于全部有效报价平均值的规定比例", "below the share of the mean"),
    "second_lowest": Words("低于次低有效报价的规定比例", "below the share of the second lowest"),
    "ceiling": Words("低于最高限价的规定比例", "below the share of the ceiling"),
    JUDGEMENT: Words("评委会的专业判断", "the committee's judgement"),
}


@dataclass(frozen=True)
class LowPriceAsked(Event):
    """The committee asks a bidder to show that its price is sound."""

    letter: int
    lot: str
    bid: str
    trigger: str
    reason: str
    question: str
    minutes: int


@dataclass(frozen=True)
class LookupRecorded(Event):
    """What the committee looked up on the web, with the page as saved."""

    letter: int
    url: str
    title: str
    paper: Paper


@dataclass(frozen=True)
class LowPriceVoted(Event):
    """A member voted whether the price is shown to be sound."""

    alias: str
    letter: int
    agree: bool
    reason: str


@dataclass(frozen=True)
class LowPriceDecided(Event):
    """The majority's decision."""

    letter: int
    lot: str
    bid: str
    justified: bool
    agreed: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class AskLowPrice(Command):
    """Ask for an explanation, on a trigger or on judgement."""

    lot: str
    bid: str
    trigger: str
    reason: str
    question: str
    minutes: int


@dataclass(frozen=True)
class RecordLookup(Command):
    """Archive what the committee looked up."""

    letter: int
    url: str
    title: str
    paper: Paper


@dataclass(frozen=True)
class VoteLowPrice(Command):
    """Vote openly and with a reason; `agree` = the price is shown to be sound."""

    letter: int
    agree: bool
    reason: str


@dataclass(frozen=True)
class Finding:
    """A member's vote on a low price."""

    agree: bool
    reason: str


@dataclass(frozen=True)
class Lookup:
    """A page that the committee looked at."""

    at: str
    url: str
    title: str
    paper: Paper


@dataclass(frozen=True)
class Inquiry:
    """One inquiry: why, how the members voted, what was looked up."""

    trigger: str
    reason: str
    votes: dict[str, Finding] = field(default_factory=dict)
    lookups: tuple[Lookup, ...] = ()


@dataclass(frozen=True)
class LowPrices:
    """Inquiries by letter."""

    inquiries: dict[int, Inquiry] = field(default_factory=dict)
