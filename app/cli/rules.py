"""`kawei rules [FILE]`: a rule set or overlay checked, merged and hashed; without a file, those that are shipped."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from app.cli.errors import Parser


def run(argv: list[str]) -> int:
    """Print the rule set of FILE (`-` reads standard input) with its hash as JSON, or list the shipped ones; return 0.

    Raises `app.rules.Refusal` for what is not a sound rule set or overlay and `OSError` for a file that is not there.
    """
    parser = Parser("kawei rules", "核验规则集或增补规则并输出合并结果 / check and merge a rule set or overlay")
    parser.add_argument(
        "file", metavar="FILE.json", nargs="?", help="规则文件, - 为标准输入 / rule file, - reads stdin"
    )
    arguments = parser.parse_args(argv)
    answer = _shipped() if arguments.file is None else _checked(arguments.file)
    # UTF-8 on every console, as all that other programs may read.
    sys.stdout.flush()
    sys.stdout.buffer.write((json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode())
    return 0


def _shipped() -> list[dict[str, Any]]:
    from app.exchange.rulesets import read_rules, shipped, shipped_rules

    return [_told(read_rules(shipped_rules(name))) for name in shipped()]


def _checked(file: str) -> dict[str, Any]:
    from app.exchange.rulesets import read_rules
    from app.rules import Refusal, is_overlay, ruleset_to_json
    from app.rules.reading import decode

    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        obj = decode(data)
        ruleset = read_rules(obj)
    except Refusal as refusal:
        raise refusal.within(file) from None
    base = {"base": f"{obj['base']} {obj['base_version']}"} if isinstance(obj, dict) and is_overlay(obj) else {}
    return _told(ruleset) | base | {"ruleset": ruleset_to_json(ruleset)}


def _told(ruleset: Any) -> dict[str, Any]:
    from app.rules import ruleset_hash

    return {"id": ruleset.id, "version": ruleset.version, "name": ruleset.name, "hash": ruleset_hash(ruleset)}
