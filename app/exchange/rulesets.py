"""The rule sets that come with the program, and reading one that a file brings: whole, or as an overlay upon them."""

from __future__ import annotations

import re

from app.rules import Refusal, is_overlay, read_overlay, read_ruleset
from app.rules.model import RuleSet
from app.rules.reading import decode, shown
from resources import path as resource

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def shipped() -> tuple[str, ...]:
    """The ids of the rule sets that come with the program, each named after its track, in the order of their names."""
    return tuple(sorted(file.stem for file in resource("rules").glob("[gz]c*.json")))


def shipped_rules(base: str) -> object:
    """The decoded file of a rule set that comes with the program; raises `Refusal` (`unknown_base`)."""
    if not _NAME.fullmatch(base) or base not in shipped():
        raise Refusal("unknown_base", "$.base", base=shown(base), allowed=", ".join(shipped()))
    return decode(resource("rules", f"{base}.json").read_bytes())


def read_rules(obj: object) -> RuleSet:
    """Read a rule file from decoded JSON: a whole rule set, or an overlay upon one that comes with the program.

    Raises `Refusal` with the JSON path of what is wrong.
    """
    return read_overlay(obj, shipped_rules) if is_overlay(obj) else read_ruleset(obj)
