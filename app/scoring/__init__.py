"""The exact arithmetic of an evaluation: a scoring case in, every step of the result out.

Law of this package: plain and pure Python, usable alone. Numbers are read from decimal strings into exact
rationals and only what a rule says is rounded; powers with a non-integer exponent, alone, are approximated
(28 significant digits). No clock, no randomness, no file, no network, no other package of this house; the
same input always gives the same bytes.
"""

from app.scoring.engine import score, score_document
from app.scoring.model import (
    Average,
    Bid,
    Factor,
    FactorKind,
    Method,
    PriceRule,
    Rounding,
    ScoringCase,
    TieBreaker,
    Track,
)
from app.scoring.prices import PriceScores, price_scores
from app.scoring.reading_case import parse, read_case
from app.scoring.reading_marks import check_mark, read_factor
from app.scoring.reading_rule import read_price_rule
from app.scoring.refusal import Code, Refusal
from app.scoring.result import BidResult, Result, dumps

__all__ = [
    "Average",
    "Bid",
    "BidResult",
    "Code",
    "Factor",
    "FactorKind",
    "Method",
    "PriceRule",
    "PriceScores",
    "Refusal",
    "Result",
    "Rounding",
    "ScoringCase",
    "TieBreaker",
    "Track",
    "check_mark",
    "dumps",
    "parse",
    "price_scores",
    "read_case",
    "read_factor",
    "read_price_rule",
    "score",
    "score_document",
]
