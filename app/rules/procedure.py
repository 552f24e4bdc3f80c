"""The `procedure` of a rule set, the rules of the matters beside the main way: from JSON and to JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from app.rules.calling import (
    agency_line_to_json,
    call_mask_to_json,
    read_agency_line,
    read_call_mask,
    read_help_by,
    read_watching,
)
from app.rules.model import Basis, Correction, Party, ProcedureKind, ProcedureRule
from app.rules.reading import Node, text_table, unique
from app.rules.refusal import Refusal

CARRIED = ("review", "marks", "report")
"""What may be carried here (评审模式); what is not is done on the platform (伴随模式)."""

OFF_DUTY = ("washroom", "meal", "other", "fault", "night", "order")
"""What may not count as time on duty: the kinds of leave and of pause."""

REENTRY = ("washroom", "meal", "other")
"""The kinds of leave after which a face may open the room's door again."""


def _codes(node: Node) -> dict[str, str]:
    return text_table(node)


def _rates(node: Node) -> dict[str, str]:
    return {key: rate.price() for key, rate in node.fields((), ("mean", "second_lowest", "ceiling")).items()}


def _parties(node: Node) -> tuple[Party, ...]:
    found = node.each(lambda n: n.choice(Party))
    unique((party.value, f"{node.where}[{i}]") for i, party in enumerate(found))
    return found


def _carried(node: Node) -> tuple[str, ...]:
    """The stages carried here: from the review on without a gap; a report alone would state nobody's marks."""
    found = _some_of(node, CARRIED)
    if found != CARRIED[: len(found)]:
        raise Refusal("carries_a_gap", node.where, value=", ".join(found), allowed=" < ".join(CARRIED))
    return found


def _some_of(node: Node, allowed: tuple[str, ...]) -> tuple[str, ...]:
    found = node.each(lambda n: n.one_of(allowed))
    unique((value, f"{node.where}[{i}]") for i, value in enumerate(found))
    return found


_READ: dict[str, Any] = {
    "kind": lambda n: n.choice(ProcedureKind),
    "carries": _carried,
    "chair_by": lambda n: _some_of(n, ("committee", "tenderee")),
    "reentry": lambda n: _some_of(n, REENTRY),
    "off_duty": lambda n: _some_of(n, OFF_DUTY),
    "back_step": _parties,
    "opinion_form": Node.flag,
    "offer_rounds": Node.whole,
    **dict.fromkeys(("replacement_grounds", "repeat_grounds", "reevaluation_grounds", "termination_codes"), _codes),
    "two_bids": _codes,
    "low_price_rates": _rates,
    **dict.fromkeys(("low_price_ground", "unconfirmed_price_ground"), Node.text),
    "correction_order": lambda n: tuple(Correction(one) for one in _some_of(n, tuple(Correction))),
    "call_mask": read_call_mask,
    "agency_line": read_agency_line,
    "help_by": read_help_by,
    "watching": read_watching,
    "basis": lambda n: n.choice(Basis),
    "recording_years": Node.whole,
    "electronic_signatures": Node.flag,
}
SPOKEN = ("basis", "recording_years", "electronic_signatures")
"""What stands in the file only where it says something: a rule set from before it keeps its bytes and its hash."""
KEYS = tuple(f.name for f in fields(ProcedureRule) if f.name not in SPOKEN)


def read_procedure(node: Node) -> ProcedureRule:
    """Read the `procedure` of a rule set, strictly."""
    found = node.fields(KEYS, SPOKEN)
    rule = ProcedureRule(**{key: _READ.get(key, lambda n: n.whole(1))(value) for key, value in found.items()})
    if rule.kind.talks and rule.carries != CARRIED:
        raise Refusal("talks_not_carried", found["carries"].where)
    return rule


def procedure_to_json(rule: ProcedureRule) -> dict[str, Any]:
    """Return the JSON object that `read_procedure` reads back to the same rule."""
    made: dict[str, Any] = {}
    for key in KEYS:
        value = getattr(rule, key)
        made[key] = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, dict) else value
    made["kind"] = rule.kind.value
    made["correction_order"] = [one.value for one in rule.correction_order]
    made["back_step"] = [party.value for party in rule.back_step]
    made["call_mask"] = call_mask_to_json(rule.call_mask)
    made["agency_line"] = agency_line_to_json(rule.agency_line)
    made["help_by"] = [party.value for party in rule.help_by]
    if rule.basis is not Basis.NONE:
        made["basis"] = rule.basis.value
    if rule.recording_years:
        made["recording_years"] = rule.recording_years
    if rule.electronic_signatures:
        made["electronic_signatures"] = True
    made["watching"] = {party.value: when.value for party, when in rule.watching.items()}
    return made
