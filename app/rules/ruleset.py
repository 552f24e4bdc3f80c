"""Rule sets: from JSON, to JSON, and their hash."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

from app.rules.model import CommitteeRule, Party, ProcedureKind, RuleSet, Track
from app.rules.procedure import procedure_to_json, read_procedure
from app.rules.reading import Node, text_table, unique
from app.rules.refusal import Refusal
from app.rules.vocabulary import SECTIONS, TALK_WORDS, WORDS

FORMAT = 1
"""The version of the rule file's form that this program reads and writes."""

_KEYS = (
    *("format", "id", "version", "name", "track", "source", "words", "committee", "qualification_by"),
    *("preliminary_rule", "grounds", "min_bids", "too_few", "check_by", "draw_parties", "election_rounds"),
    *("candidates", "candidates_ranked", "discipline", "pledge", "report_sections", "late_after_min"),
    *("seat_timeout_s", "procedure"),
)
_COMMITTEE_KEYS = (*("minimum", "large_minimum", "large_from", "delegate_may_chair", "delegate_needs_authorisation"),)


def read_ruleset(obj: object, where: str = "$") -> RuleSet:
    """Read a rule set from decoded JSON, strictly. Raises `Refusal` with the JSON path of what is wrong."""
    node = Node(obj, where)
    check_format(node)
    f = node.fields(_KEYS)
    sections = f["report_sections"].each(lambda n: n.one_of(SECTIONS), at_least=1)
    unique((key, f"{f['report_sections'].where}[{i}]") for i, key in enumerate(sections))
    draw_parties = _parties(f["draw_parties"])
    if not draw_parties:
        raise f["draw_parties"].wrong_type("至少 1 项的数组", "an array of at least 1 item")
    grounds = text_table(f["grounds"])
    if not grounds:
        raise f["grounds"].wrong_type("非空对象", "an object that is not empty")
    procedure = read_procedure(f["procedure"])
    for key in ("low_price_ground", "unconfirmed_price_ground"):
        if (code := getattr(procedure, key)) not in grounds:
            raise Refusal("unknown_ground", f"{f['procedure'].where}.{key}", ground=code, allowed=", ".join(grounds))
    return RuleSet(
        id=f["id"].text(),
        version=f["version"].text(),
        name=f["name"].text(),
        track=f["track"].choice(Track),
        source=f["source"].text(),
        words=_words(f["words"], sections, procedure.kind),
        committee=_committee(f["committee"]),
        qualification_by=f["qualification_by"].one_of(("committee", "tenderee")),
        preliminary_rule=f["preliminary_rule"].one_of(("unanimous", "majority")),
        grounds=grounds,
        min_bids=f["min_bids"].whole(1),
        too_few=f["too_few"].one_of(("fail", "committee_decides")),
        check_by=_parties(f["check_by"]),
        draw_parties=draw_parties,
        election_rounds=f["election_rounds"].whole(1),
        candidates=f["candidates"].whole(1),
        candidates_ranked=f["candidates_ranked"].flag(),
        discipline=f["discipline"].each(Node.text, at_least=1),
        pledge=f["pledge"].text(),
        report_sections=sections,
        late_after_min=f["late_after_min"].whole(),
        seat_timeout_s=f["seat_timeout_s"].whole(1),
        procedure=procedure,
    )


def ruleset_to_json(ruleset: RuleSet) -> dict[str, Any]:
    """Return the JSON object that `read_ruleset` reads back to the same rule set."""
    c = ruleset.committee
    return {
        "format": FORMAT,
        "id": ruleset.id,
        "version": ruleset.version,
        "name": ruleset.name,
        "track": ruleset.track.value,
        "source": ruleset.source,
        "words": dict(ruleset.words),
        "committee": {key: getattr(c, key) for key in _COMMITTEE_KEYS},
        "qualification_by": ruleset.qualification_by,
        "preliminary_rule": ruleset.preliminary_rule,
        "grounds": dict(ruleset.grounds),
        "min_bids": ruleset.min_bids,
        "too_few": ruleset.too_few,
        "check_by": [party.value for party in ruleset.check_by],
        "draw_parties": [party.value for party in ruleset.draw_parties],
        "election_rounds": ruleset.election_rounds,
        "candidates": ruleset.candidates,
        "candidates_ranked": ruleset.candidates_ranked,
        "discipline": list(ruleset.discipline),
        "pledge": ruleset.pledge,
        "report_sections": list(ruleset.report_sections),
        "late_after_min": ruleset.late_after_min,
        "seat_timeout_s": ruleset.seat_timeout_s,
        "procedure": procedure_to_json(ruleset.procedure),
    }


def ruleset_hash(ruleset: RuleSet) -> str:
    """Return the SHA-256 (hex) of the RFC 8785 form of the rule set's JSON: what is frozen and printed."""
    return hashlib.sha256(rfc8785.dumps(ruleset_to_json(ruleset))).hexdigest()


def check_format(node: Node) -> None:
    """Refuse a rule file of a form that this program does not know (`unknown_rule_format`)."""
    version = node.table().get("format")
    if version is None:
        raise Refusal("missing_key", f"{node.where}.format", key="format")
    if version.value != FORMAT or isinstance(version.value, bool):
        raise Refusal("unknown_rule_format", version.where, value=version.value, allowed=FORMAT)


def _words(node: Node, sections: tuple[str, ...], kind: ProcedureKind) -> dict[str, str]:
    words = text_table(node)
    wanted = (*WORDS, *(TALK_WORDS if kind.talks else ()), *(f"section.{key}" for key in sections))
    for key in words:
        if key not in wanted:
            raise Refusal("unknown_key", f"{node.where}.{key}", key=key)
    for key in wanted:
        if key not in words:
            raise Refusal("word_missing", f"{node.where}.{key}", key=key)
    return words


def _committee(node: Node) -> CommitteeRule:
    f = node.fields(_COMMITTEE_KEYS)
    large_minimum = f["large_minimum"].maybe(lambda n: n.whole(1))
    large_from = f["large_from"].maybe(Node.price)
    if (large_minimum is None) != (large_from is None):
        raise f["large_from"].wrong_type("与 large_minimum 同时给出或同时为空", "given or null with large_minimum")
    return CommitteeRule(
        minimum=f["minimum"].whole(1),
        large_minimum=large_minimum,
        large_from=large_from,
        delegate_may_chair=f["delegate_may_chair"].flag(),
        delegate_needs_authorisation=f["delegate_needs_authorisation"].flag(),
    )


def _parties(node: Node) -> tuple[Party, ...]:
    parties = node.each(lambda n: n.choice(Party))
    unique((party.value, f"{node.where}[{i}]") for i, party in enumerate(parties))
    return parties
