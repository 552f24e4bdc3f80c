"""What the page on recomputation says is true: its examples are read and clean, its lists are complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

from statement_factory import gc, r4
from statement_forms import tables_of, write_workbook

from app.exchange import read_platform
from app.exchange.platform_rows import BIDS, FACTORS, MARKS, TOTALS
from app.exchange.platform_rules import SETTINGS
from app.exchange.platform_standard import ASKS
from app.recompute import Kind, check, extent, work_out

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "recompute.md").read_text("utf-8")
DATA = ROOT / "tests" / "data" / "platform"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_document_of_the_page_is_read_and_clean(tmp_path: Path) -> None:
    answer, document = blocks("json")
    (tmp_path / "s.json").write_text(document, "utf-8")
    statement = read_platform(tmp_path / "s.json")
    assert check(statement) == []
    assert extent(statement, work_out(statement)).compared["factor_means"] == 6
    assert set(json.loads(answer)) >= {"remarks", "compared", "untold", "result", "sources"}


def test_the_tables_of_the_page_are_read(tmp_path: Path) -> None:
    document = json.loads(blocks("json")[1])
    rules = {**document, "stated": {}, "case": {**document["case"]}}
    del rules["case"]["bids"], rules["case"]["sheets"]
    bids, long, wide, totals = blocks("csv")
    for number, marks in enumerate((long, wide)):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "rules.json").write_text(json.dumps(rules), "utf-8")
        for name, text in (("bids", bids), ("marks", marks), ("totals", totals)):
            (folder / f"{name}.csv").write_text(text, "utf-8")
        statement = read_platform(folder)
        assert statement.marks["A1", "B1", "T1"].text == "55.5"
        assert statement.rejections == {"B4": "未按招标文件要求签署"}
        assert statement.totals["B1"].text == "93.10"


def test_the_rules_of_the_page_are_read(tmp_path: Path) -> None:
    table = PAGE.split("规则 of two columns:")[1].split("and, as there are any")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    _, tables = tables_of(r4())
    factors = [["因素", "类别", "满分"], ["T", "technical", "70"]]
    sheets = {"规则": rows, "因素": factors, "投标": tables["bids"], "评分": tables["marks"]}
    statement = read_platform(write_workbook(tmp_path / "b.xlsx", sheets))
    assert (statement.title, statement.standard.candidates) == ("多功能急救实训室", 3)


def test_the_page_names_every_code_setting_and_column() -> None:
    for kind in Kind:
        assert f"`{kind.value}`" in PAGE
    for names, _, _ in SETTINGS.values():
        assert names[0] in PAGE
    for ask in ASKS:
        assert f"`{ask}`" in PAGE
    for vocabulary in (BIDS, FACTORS, MARKS, TOTALS):
        for names in vocabulary.values():
            assert any(name in PAGE for name in names)


def test_the_whole_examples_are_clean_and_the_very_ones_of_the_published_case() -> None:
    assert json.loads((DATA / "r4.json").read_text("utf-8")) == r4()
    for form in (DATA / "r4.json", DATA / "r4", DATA / "gc" / "gc.xlsx", DATA / "gc"):
        assert check(read_platform(form)) == []
    # The workbook was written by another program (XlsxWriter), with titles, merged cells and number formats.
    statement = read_platform(DATA / "gc")
    assert len(statement.marks) == sum(len(e) for s in gc()["case"]["sheets"].values() for e in s.values())
    assert statement.totals["B1"].text == "95.46"
