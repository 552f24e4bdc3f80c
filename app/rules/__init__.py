"""What an evaluation is judged by and about: rule set, tender, lots, bids. Plain frozen data, read strictly,
validated with places, hashed. Law: plain Python, no other package of the project."""

from app.rules.checks import check_tender, is_uscc
from app.rules.committee import CommitteeFault, Composition, committee_faults, least_members
from app.rules.overlay import is_overlay, read_overlay
from app.rules.refusal import Refusal
from app.rules.ruleset import read_ruleset, ruleset_hash, ruleset_to_json
from app.rules.tender import read_tender, tender_to_json

__all__ = [
    "CommitteeFault",
    "Composition",
    "Refusal",
    "check_tender",
    "committee_faults",
    "is_overlay",
    "is_uscc",
    "least_members",
    "read_overlay",
    "read_ruleset",
    "read_tender",
    "ruleset_hash",
    "ruleset_to_json",
    "tender_to_json",
]
