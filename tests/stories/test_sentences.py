"""Every sentence of every story has one meaning: a definition that fits, and no second one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from gherkin.parser import Parser

HERE = Path(__file__).parent
FEATURES = sorted((HERE / "features").glob("*.feature"))
KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}


def definitions() -> list[Any]:
    """What pytest-bdd keeps of each definition in the files of `steps`."""
    from pytest_bdd.steps import step_function_context_registry

    files = [f"stories.steps.{file.stem}" for file in sorted((HERE / "steps").glob("[a-z]*.py"))]
    modules = {import_module(name).__name__ for name in files}
    return [c for c in step_function_context_registry.values() if c.step_func.__module__ in modules]


def blocks(node: Any) -> Iterator[Any]:
    """Backgrounds and scenarios, also those inside rules."""
    for child in node["children"]:
        if "rule" in child:
            yield from blocks(child["rule"])
        else:
            yield child.get("background") or child["scenario"]


def sentences(path: Path) -> Iterator[tuple[str, str]]:
    """Kind and text of each sentence, the rows of examples filled in."""
    for block in blocks(Parser().parse(path.read_text("utf-8"))["feature"]):
        kind = ""
        for step in block["steps"]:
            kind = KINDS.get(step["keywordType"], kind)
            for row in _rows(block):
                text = step["text"]
                for name, value in row.items():
                    text = text.replace(f"<{name}>", value)
                yield kind, text


def _rows(block: Any) -> list[dict[str, str]]:
    found = []
    for table in block.get("examples", []):
        names = [cell["value"] for cell in table["tableHeader"]["cells"]]
        found += [dict(zip(names, (c["value"] for c in row["cells"]), strict=True)) for row in table["tableBody"]]
    return found or [{}]


@pytest.mark.parametrize("path", FEATURES, ids=[path.stem for path in FEATURES])
def test_each_sentence_is_defined_once(path: Path) -> None:
    known = definitions()
    for kind, text in sentences(path):
        fitting = [c.step_func.__qualname__ for c in known if c.type in (None, kind) and c.parser.is_matching(text)]
        assert len(fitting) == 1, f"{kind} {text}: {fitting or 'no definition'}"


def test_there_are_stories_of_both_tracks() -> None:
    told = " ".join(text for path in FEATURES for _, text in sentences(path))
    assert "一个政府采购项目" in told
    assert "一个工程项目" in told
