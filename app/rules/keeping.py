"""How long recordings are kept (保存期限): the term of each track with its article, a place's own rule beyond it.

政府采购: documents of a procurement at least 15 years from its end (政府采购法 42), and the recording of opening and
evaluation is filed with them (87号令 39). 工程招投标: no law names a term for recordings; a trading platform keeps its
electronic files at least 3 years (DA/T 103-2024), and 5 are the centre's own default, to be lengthened by rule set.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.rules.model import RuleSet, Track


@dataclass(frozen=True)
class Term:
    """So many whole years from the end, and why."""

    years: int
    article: str


TERMS = {
    Track.ZC: Term(15, "政府采购法第四十二条、87号令第三十九条"),
    Track.GC: Term(5, "DA/T 103-2024（不少于3年），中心默认5年"),
}


def recording_term(ruleset: RuleSet) -> Term:
    """The longer of the track's term and the rule set's own: a place may lengthen the law's, not shorten it."""
    term = TERMS[ruleset.track]
    own = ruleset.procedure.recording_years
    return Term(own, f"规则集 {ruleset.id}") if own > term.years else term
