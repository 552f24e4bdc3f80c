"""Every string that the source speaks has its Chinese, English needs none, and both can be put on."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QLabel

import resources
from setup_steps.strings import SOURCES
from ui.theme import Language, LanguageFault, install
from ui.theme.language import TS, read
from ui.widgets.rail import Stage, StageRail, StageState

ROOT = Path(__file__).resolve().parents[2]


class Strings(ast.NodeVisitor):
    """Collects (context, source) of `self.tr("...")` and `translate("Context", "...")`, and calls it cannot read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.classes: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.unreadable: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        # A module's own short name for QCoreApplication.translate passes the text on; its callers are read.
        if node.name != "tr":
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name == "tr" and self.classes:
            if len(texts) == len(node.args) == 1:
                self.found.append((self.classes[-1], texts[0]))
            else:
                self.unreadable.append(f"{self.path}:{node.lineno}")
        elif name == "translate" and _is_qt(node.func):
            if len(texts) == len(node.args) >= 2:
                self.found.append((texts[0], texts[1]))
            else:
                self.unreadable.append(f"{self.path}:{node.lineno}")


def _is_qt(function: ast.expr) -> bool:
    """Whether this is QCoreApplication's `translate`, not a string's or a painter's."""
    if isinstance(function, ast.Name):
        return True
    return isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "QCoreApplication"


def _spoken() -> Iterator[Strings]:
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            strings = Strings(path.relative_to(ROOT))
            strings.visit(ast.parse(path.read_text(encoding="utf-8")))
            yield strings


def test_every_string_has_its_chinese():
    words = read(resources.path(*TS))
    lacking = {
        f"{strings.path}: {context}: {source}"
        for strings in _spoken()
        for context, source in strings.found
        if (context, source, "") not in words
    }
    assert not lacking, "run `make strings`, then write the Chinese: " + "; ".join(sorted(lacking))


def test_every_string_can_be_read_by_the_tool():
    # lupdate knows literals only; a string put together at run time would never be translated.
    assert not [place for strings in _spoken() for place in strings.unreadable]


def test_chinese_has_the_same_places_to_fill_in():
    fields = string.Formatter().parse
    for (context, source, _comment), target in read(resources.path(*TS)).items():
        wanted = {name for _text, name, _spec, _conv in fields(source) if name}
        assert {name for _text, name, _spec, _conv in fields(target) if name} == wanted, (context, source)


def test_chinese_is_chinese():
    for (_context, source, _comment), target in read(resources.path(*TS)).items():
        plain = re.sub(r"\{.*?\}", "", target)
        assert re.search(r"[\u4e00-\u9fff：（）]", plain) or not re.search("[A-Za-z]{4}", plain), source


def test_a_widget_speaks_the_language_that_is_installed(qapp, qtbot):
    stages = [Stage("身份核验", StageState.DONE), Stage("独立评分", StageState.CURRENT)]
    install(qapp, Language.ZH)
    chinese = StageRail(stages)
    install(qapp, "en")
    english = StageRail(stages)
    for rail in (chinese, english):
        qtbot.addWidget(rail)
    assert chinese.accessibleName() == "第 2 步，共 2 步：独立评分"
    assert english.accessibleName() == "Stage 2 of 2: 独立评分"


def test_qt_itself_speaks_chinese_too(qapp):
    install(qapp, Language.ZH)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() is QLocale.Language.Chinese
    install(qapp, Language.EN)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_a_string_without_chinese_stays_readable(qapp, qtbot):
    install(qapp, Language.ZH)
    label = QLabel()
    qtbot.addWidget(label)
    assert label.tr("A string that nobody wrote") == "A string that nobody wrote"


def test_a_language_that_does_not_exist_is_refused(qapp):
    with pytest.raises(ValueError, match="fr"):
        install(qapp, "fr")


@pytest.mark.parametrize("text", [None, "<TS><context>"])
def test_a_broken_file_is_told(tmp_path, text):
    path = tmp_path / "kawei_zh_CN.ts"
    if text is not None:
        path.write_text(text)
    with pytest.raises(LanguageFault, match="kawei_zh_CN"):
        read(path)


def test_unfinished_translations_are_not_used(tmp_path):
    path = tmp_path / "a.ts"
    path.write_text(
        "<TS><context><name>A</name>"
        "<message><source>one</source><translation type='unfinished'>一</translation></message>"
        "<message><source>two</source><translation>二</translation></message>"
        "<message><source>three</source><translation></translation></message>"
        "</context></TS>",
        encoding="utf-8",
    )
    assert read(path) == {("A", "two", ""): "二"}
