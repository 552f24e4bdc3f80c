"""Whoever refuses gives the sentence what it asks for: read from the source, since no test reaches every refusal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.evaluation.refusal import Refused
from app.evaluation.sentences import SENTENCES
from app.rules import Refusal

ROOT = Path(__file__).parent.parent.parent / "app"
PLACE = re.compile(r"\{(\w+)")


def raised(folder: str, name: str) -> Iterator[tuple[str, str, set[str]]]:
    """Every refusal of this name in the source: its place, a code, the details given. Who passes on another is left."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args or ast.unparse(call.func).split(".")[-1] != name:
                continue
            given = {keyword.arg or "**" for keyword in call.keywords}
            for part in ast.walk(call.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "**" not in given:
                    yield f"{file.relative_to(ROOT)}:{call.lineno}", part.value, given


@pytest.mark.parametrize(
    ("folder", "name", "sentences"),
    [("evaluation", Refused.__name__, SENTENCES), ("rules", Refusal.__name__, Refusal.SENTENCES)],
)
def test_every_refusal_can_be_said(folder: str, name: str, sentences: dict[str, tuple[str, str]]) -> None:
    found = list(raised(folder, name))
    assert len(found) > 40
    for place, code, given in found:
        assert code in sentences, f"{place}: no sentence for {code}"
        asked = {detail for sentence in sentences[code] for detail in PLACE.findall(sentence)}
        assert asked <= given, f"{place}: {code} asks for {sorted(asked - given)}"
