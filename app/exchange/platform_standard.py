"""What the rules ask of a stated evaluation: rule data of the track, with what the document asks on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from app.exchange.platform_refusal import PlatformRefusal
from app.recompute import Committee, Place, Standard, Topic
from app.rules import read_ruleset
from app.rules.model import CommitteeRule
from app.rules.reading import Node, decode
from app.scoring import Track
from resources import path as resource

ASKS = (
    *("candidates", "candidates_ranked", "deviation_points", "deviation_share", "reason_below"),
    *("reason_for_deviation", "reason_for_deduction", "totals_with_price", "citations"),
)
"""What a document may ask on top of the track's rule data."""


def read_standard(track: Track, budget: Fraction | None, asks: Node | None, least: int | None) -> Standard:
    """The standard of a track; `asks` are the document's own, `least` its own least number of members.

    Raises `app.rules.Refusal` with the path of what is wrong in `asks`.
    """
    data = _read("recompute.json")
    ruleset = read_ruleset(_read(f"{track.value.lower()}.json"))
    standard = Standard(
        citations={topic: str(data["citations"][track.value][topic.value]) for topic in Topic},
        committee=_committee(ruleset.committee, budget, least),
        most_candidates=ruleset.candidates,
        candidates_ranked=ruleset.candidates_ranked,
        deviation_points=Fraction(data["deviation_points"]),
        deviation_share=Fraction(data["deviation_share"]),
        reason_below=None if data["reason_below"] is None else Fraction(data["reason_below"]),
        reason_for_deviation=bool(data["reason_for_deviation"]),
        reason_for_deduction=bool(data["reason_for_deduction"]),
    )
    return standard if asks is None else _asked(standard, asks)


def _asked(standard: Standard, asks: Node) -> Standard:
    f = {key: node for key, node in asks.fields((), ASKS).items() if node.value is not None}
    changes: dict[str, Any] = {}
    for key in ("deviation_points", "deviation_share", "reason_below"):
        if key in f:
            changes[key] = Fraction(f[key].number())
    for key in ("candidates_ranked", "reason_for_deviation", "reason_for_deduction", "totals_with_price"):
        if key in f:
            changes[key] = f[key].flag()
    if "candidates" in f:
        changes["candidates"] = f["candidates"].whole(1)
    if "citations" in f:
        own = f["citations"].fields((), [topic.value for topic in Topic])
        changes["citations"] = {**standard.citations, **{Topic(key): node.text() for key, node in own.items()}}
    return replace(standard, **changes)


def _committee(rule: CommitteeRule, budget: Fraction | None, least: int | None) -> CommitteeRule:
    """The track's rule for this evaluation: seven members instead of five where the budget asks for it."""
    minimum = rule.minimum
    if rule.large_minimum is not None and rule.large_from is not None:
        large = budget is not None and budget >= Fraction(rule.large_from)
        minimum = max(minimum, rule.large_minimum) if large else minimum
    own = minimum if least is None else least
    return replace(rule, minimum=own, large_minimum=None, large_from=None, delegate_needs_authorisation=False)


def read_committee(node: Node, place: Place) -> tuple[Committee, int | None]:
    """The committee as stated, `{"experts": 4, "delegates": 1}`, and the document's own least number of members."""
    f = node.fields(("experts",), ("delegates", "minimum"))
    delegates = f["delegates"].whole() if "delegates" in f else 0
    return Committee(f["experts"].whole(1), delegates, place), f["minimum"].whole(1) if "minimum" in f else None


def shipped_rule(name: str, where: str) -> dict[str, Any]:
    """The price rule of a file that comes with the program, by its id. Raises `unknown_price_rule`."""
    known = {path.stem: path for path in sorted(resource("rules", "price").glob("*.json"))}
    if name not in known:
        raise PlatformRefusal("unknown_price_rule", where, value=name[:40], allowed=", ".join(known))
    rule = decode(known[name].read_bytes())
    assert isinstance(rule, Mapping)  # noqa: S101 - narrowing: the program's own file
    return dict(rule["rule"])


def _read(name: str) -> Any:
    return decode(resource("rules", name).read_bytes())
