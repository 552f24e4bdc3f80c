"""Bad input is refused before anything is checked, with its place and what to do, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statement_factory import Doc, small, statement_of
from statement_forms import csv_bytes, tables_of, workbook_of, write_folder, write_json, write_workbook

from app.exchange import read_platform
from app.exchange.platform_refusal import PlatformRefusal
from app.recompute import check
from app.rules import Refusal

Rows = list[list[str]]


def refused(form: Path) -> Refusal:
    """The refusal of a form, told in both languages."""
    with pytest.raises(Refusal) as raised:
        read_platform(form)
    for lang in ("zh", "en"):
        sentence = raised.value.message(lang)
        assert sentence
        assert "{" not in sentence
    assert raised.value.message("zh") != raised.value.message("en")
    return raised.value


def put(*path: str | int) -> Callable[[object], Callable[[Doc], None]]:
    """`put("case", "track")(value)` sets one value of a document."""

    def to(value: object) -> Callable[[Doc], None]:
        def change(document: Doc) -> None:
            target: Doc = document
            for part in path[:-1]:
                target = target[part]
            target[path[-1]] = value

        return change

    return to


DOCUMENTS = [
    (put("extra")(1), "unknown_key", "s.json $.extra"),
    (put("case")([]), "bad_type", "s.json $.case"),
    (put("case", "track")("XX"), "bad_value", "s.json $.case.track"),
    (put("case", "track")("ZC"), "zc_low_price_only", "s.json $.case.price.benchmark.value"),
    (put("case", "bids", 0, "price")("0"), "bad_price", "s.json $.case.bids[0].price"),
    (put("case", "bids", 0)("甲"), "bad_type", "s.json $.case.bids[0]"),
    (put("case", "bids", 0, "name")(1), "bad_type", "s.json $.case.bids[0].name"),
    (put("case", "bids", 3, "id")("甲"), "duplicate_id", "s.json $.case.bids[3].id"),
    (put("case", "factors", 0, "max")("x"), "bad_number", "s.json $.case.factors[0].max"),
    (put("case", "factors", 0)("T1"), "unknown_factor", "s.json $.case.sheets.A1.甲.T1"),
    (put("case", "price")("no-such-rule"), "unknown_price_rule", "s.json $.case.price"),
    (put("case", "price", "use")(7), "unknown_price_rule", "s.json $.case.price"),
    (put("case", "sheets", "A9")({}), "unknown_expert", "s.json $.case.sheets.A9"),
    (put("case", "sheets", "A1", "戊")({}), "unknown_bid", "s.json $.case.sheets.A1.戊"),
    (put("case", "sheets", "A1", "甲", "T9")("1"), "unknown_factor", "s.json $.case.sheets.A1.甲.T9"),
    (put("case", "sheets", "A1", "甲", "T1")("好"), "no_number", "s.json $.case.sheets.A1.甲.T1"),
    (put("case", "sheets", "A1", "甲", "T1")([]), "no_number", "s.json $.case.sheets.A1.甲.T1"),
    (put("case", "sheets", "A1", "甲", "T1")(True), "no_number", "s.json $.case.sheets.A1.甲.T1"),
    (put("case", "sheets", "A1", "甲", "T1")({"reason": "x"}), "missing_key", "s.json $.case.sheets.A1.甲.T1.mark"),
    (put("case", "sheets", "A1", "甲", "P1")("7"), "no_verdict", "s.json $.case.sheets.A1.甲.P1"),
    (put("reasons")({"A9": {"甲": {"T1": "x"}}}), "unknown_expert", "s.json $.reasons.A9.甲.T1"),
    (put("reasons")({"A1": {"戊": {"T1": "x"}}}), "unknown_bid", "s.json $.reasons.A1.戊.T1"),
    (put("reasons")({"A1": {"甲": {"T9": "x"}}}), "unknown_factor", "s.json $.reasons.A1.甲.T9"),
    (put("reasons")({"A1": {"甲": {"T1": 7}}}), "bad_type", "s.json $.reasons.A1.甲.T1"),
    (put("committee")({"experts": "4"}), "bad_type", "s.json $.committee.experts"),
    (put("committee")({}), "missing_key", "s.json $.committee.experts"),
    (put("asks", "candidates")(0), "bad_type", "s.json $.asks.candidates"),
    (put("asks", "deviation_share")("x"), "bad_number", "s.json $.asks.deviation_share"),
    (put("asks", "citations")({"nothing": "x"}), "unknown_key", "s.json $.asks.citations.nothing"),
    (put("asks", "reason_for_deviation")("yes"), "bad_type", "s.json $.asks.reason_for_deviation"),
    (put("stated", "bids", "戊")({}), "unknown_bid", "s.json $.stated.bids.戊"),
    (put("stated", "bids", "甲", "sum of all")("1"), "unknown_key", "s.json $.stated.bids.甲.sum of all"),
    (put("stated", "bids", "甲", "total")("满分"), "no_number", "s.json $.stated.bids.甲.total"),
    (put("stated", "bids", "甲", "group_scores", "x")("1"), "unknown_group", "s.json $.stated.bids.甲.group_scores.x"),
    (put("stated", "bids", "甲", "factor_means", "x")("1"), "unknown_factor", "s.json $.stated.bids.甲.factor_means.x"),
    (put("stated", "expert_totals", "A9")({}), "unknown_expert", "s.json $.stated.expert_totals.A9"),
    (put("stated", "expert_totals", "A1", "戊")("1"), "unknown_bid", "s.json $.stated.expert_totals.A1.戊"),
    (put("stated", "candidates")(["戊"]), "unknown_bid", "s.json $.stated.candidates[0]"),
    (put("stated", "benchmark")("x"), "no_number", "s.json $.stated.benchmark"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), DOCUMENTS)
def test_a_document_is_refused_with_its_path(
    tmp_path: Path, spoil: Callable[[Doc], None], code: str, where: str
) -> None:
    document = small()
    spoil(document)
    refusal = refused(write_json(tmp_path / "s.json", document))
    assert (refusal.code, refusal.where) == (code, where)


def test_prices_that_allow_no_benchmark_are_refused(tmp_path: Path) -> None:
    document = small()
    document["case"]["price"]["benchmark"] = {"value": "mean", "float": "-1"}
    assert refused(write_json(tmp_path / "s.json", document)).code == "bad_price"


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ('{"case": ', "bad_json", "s.json"),
        ('{"case": NaN}', "bad_number", "s.json"),
        ('{"case": 1e999}', "bad_number", "s.json"),
        ('{"case": {}, "case": {}}', "duplicate_key", "s.json case"),
        ("[" * 100_000, "bad_json", "s.json"),
        ("[]", "bad_type", "s.json $"),
    ],
)
def test_text_that_is_no_document_is_refused(tmp_path: Path, text: str, code: str, where: str) -> None:
    (tmp_path / "s.json").write_text(text, "utf-8")
    refusal = refused(tmp_path / "s.json")
    assert (refusal.code, refusal.where) == (code, where)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_bytes(b'{"case": "\xff"}')
    assert refused(tmp_path / "s.json").code == "bad_json"


def cell(table: str, row: int, column: int | str, text: str) -> Callable[[dict[str, Rows]], None]:
    """Change one cell; a column is given by number or heading."""

    def change(tables: dict[str, Rows]) -> None:
        rows = tables[table]
        rows[row][rows[0].index(column) if isinstance(column, str) else column] = text

    return change


def line(table: str, *cells: str) -> Callable[[dict[str, Rows]], None]:
    def change(tables: dict[str, Rows]) -> None:
        tables[table].append([*cells])

    return change


def column(table: str, *cells: str) -> Callable[[dict[str, Rows]], None]:
    """Add a column; what is not given stays blank."""

    def change(tables: dict[str, Rows]) -> None:
        for i, row in enumerate(tables[table]):
            row.append(cells[i] if i < len(cells) else "")

    return change


def again(table: str, row: int) -> Callable[[dict[str, Rows]], None]:
    return lambda tables: tables[table].append(list(tables[table][row]))


def gone(table: str) -> Callable[[dict[str, Rows]], None]:
    def change(tables: dict[str, Rows]) -> None:
        del tables[table]

    return change


TABLES = [
    (cell("bids", 0, 2, "价钱"), "column_missing", "bids.csv line 1"),
    (cell("bids", 0, 6, "牌子"), "unknown_column", "bids.csv line 1, 牌子"),
    (cell("bids", 1, 2, "九十八万"), "csv_price", "bids.csv line 2, 投标报价（元）"),
    (cell("bids", 1, 2, ""), "missing_key", "bids.csv line 2, price"),
    (cell("bids", 1, 2, "0"), "bad_price", "bids.csv line 2, price"),
    (cell("bids", 2, 3, "也许"), "no_flag", "bids.csv line 3, 否决"),
    (cell("bids", 2, 5, "一成"), "no_number", "bids.csv line 3, 扣除比例"),
    (cell("bids", 2, 5, "-10%"), "out_of_range", "bids.csv line 3, adjustments[0].rate"),
    (again("bids", 1), "duplicate_id", "bids.csv line 6, id"),
    (line("bids", "", "", "5"), "column_missing", "bids.csv line 6"),
    (line("bids", *["x"] * 8), "csv_cells", "bids.csv line 6"),
    (gone("bids"), "table_missing", "tables"),
    (cell("marks", 0, 0, "谁"), "column_missing", "marks.csv line 1"),
    (cell("marks", 0, 3, "几分"), "column_missing", "marks.csv line 1"),
    (cell("marks", 0, 4, "缘由"), "unknown_column", "marks.csv line 1, 缘由"),
    (cell("marks", 0, 1, "评委"), "column_missing", "marks.csv line 1"),
    (cell("marks", 0, 4, "评委"), "column_twice", "marks.csv line 1, 评委"),
    (cell("marks", 1, 0, ""), "missing_key", "marks.csv line 2, 评委"),
    (cell("marks", 1, 0, "A7"), "unknown_expert", "marks.csv line 2, 评委"),
    (cell("marks", 1, 1, "戊"), "unknown_bid", "marks.csv line 2, 投标人"),
    (cell("marks", 1, 2, "T9"), "unknown_factor", "marks.csv line 2, 评审因素"),
    (cell("marks", 1, 3, "八分半"), "no_number", "marks.csv line 2, 分值"),
    (cell("marks", 5, 3, "及格"), "no_verdict", "marks.csv line 6, 分值"),
    (again("marks", 1), "row_twice", "marks.csv line 47, 分值"),
    (cell("totals", 0, "T1", "T8"), "unknown_column", "totals.csv line 1, T8"),
    (cell("totals", 0, "T2", "T1（10分）"), "column_twice", "totals.csv line 1, T1（10分）"),
    (cell("totals", 0, "排名", "总分"), "column_twice", "totals.csv line 1, 总分"),
    (cell("totals", 0, "投标人", "谁家"), "column_missing", "totals.csv line 1"),
    (cell("totals", 2, "总分", "？"), "no_number", "totals.csv line 3, 总分"),
    (cell("totals", 2, "候选人", "落选"), "no_number", "totals.csv line 3, 候选人"),
    (again("totals", 1), "row_twice", "totals.csv line 5"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), TABLES)
def test_a_table_is_refused_with_line_and_column(
    tmp_path: Path, spoil: Callable[[dict[str, Rows]], None], code: str, where: str
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    rules, tables = tables_of(small())
    spoil(tables)
    (folder / "rules.json").write_text(json.dumps(rules), "utf-8")
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_bytes(rows))
    refusal = refused(folder)
    assert (refusal.code, refusal.where) == (code, where)


WIDE = [
    (column("marks", "加分"), "unknown_column", "marks.csv line 1, 加分"),
    (column("marks", "技术方案"), "column_twice", "marks.csv line 1, 技术方案"),
    (line("marks", "合计", "甲", "25"), "unknown_expert", "marks.csv line 11, 评委"),
    (cell("marks", 1, "合计", "？"), "no_number", "marks.csv line 2, 合计"),
    (line("marks", "平均", "甲", "8.50"), "row_twice", "totals.csv line 2, T1"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), WIDE)
def test_a_wide_table_is_refused_with_line_and_column(
    tmp_path: Path, spoil: Callable[[dict[str, Rows]], None], code: str, where: str
) -> None:
    folder = write_folder(tmp_path / "tables", small(), wide=True)
    _, tables = tables_of(small(), wide=True)
    spoil(tables)
    (folder / "marks.csv").write_bytes(csv_bytes(tables["marks"]))
    refusal = refused(folder)
    assert (refusal.code, refusal.where) == (code, where)


FACTOR_HEAD = ["编号", "评审因素", "类别", "性质", "下限", "满分"]


@pytest.mark.parametrize(
    ("row", "code", "where"),
    [
        (["", "", "", "主观", "", "5"], "column_missing", "factors.csv line 2"),
        (["T1", "", "", "半主观", "", "5"], "bad_value", "factors.csv line 2, 性质"),
        (["T1", "", "", "主观", "", "五"], "no_number", "factors.csv line 2, 满分"),
        (["T1", "", "", "主观", "9", "5"], "bad_value", "factors.csv line 2, min"),
        (["T1", "", "", "主观", "", ""], "missing_key", "factors.csv line 2, max"),
    ],
)
def test_a_table_of_factors_is_refused_with_line_and_column(
    tmp_path: Path, row: list[str], code: str, where: str
) -> None:
    document = small()
    document["case"]["factors"] = []
    document["case"]["sheets"] = {}
    document["stated"] = {}
    folder = write_folder(tmp_path / "tables", document)
    for name in ("marks", "totals"):
        (folder / f"{name}.csv").unlink()
    (folder / "factors.csv").write_bytes(csv_bytes([FACTOR_HEAD, row]))
    refusal = refused(folder)
    assert (refusal.code, refusal.where) == (code, where)


def test_a_name_that_two_bids_share_is_refused(tmp_path: Path) -> None:
    document = small()
    for bid in document["case"]["bids"][:2]:
        bid["name"] = "同名公司"
    document["case"]["sheets"]["A1"]["同名公司"] = document["case"]["sheets"]["A1"].pop("甲")
    assert refused(write_json(tmp_path / "s.json", document)).code == "name_of_two"


def files(tmp_path: Path, **data: bytes) -> Path:
    folder = write_folder(tmp_path / "tables", small())
    for name, content in data.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    return folder


def test_files_and_tables_that_are_not_due_are_refused(tmp_path: Path) -> None:
    refusal = refused(files(tmp_path / "1", prices__csv=b"a,b\n1,2\n"))
    assert (refusal.code, refusal.where) == ("unknown_table", "prices.csv")
    assert refused(files(tmp_path / "2", 评分__csv=csv_bytes(tables_of(small())[1]["marks"]))).code == "table_twice"
    assert refused(files(tmp_path / "3", rules__csv="类型,工程\n".encode())).code == "given_twice"
    rules = json.loads((tmp_path / "3" / "tables" / "rules.json").read_text("utf-8"))
    rules["case"]["bids"] = small()["case"]["bids"]
    assert refused(files(tmp_path / "4", rules__json=json.dumps(rules).encode())).code == "given_twice"
    folder = files(tmp_path / "5")
    (folder / "rules.json").unlink()
    assert refused(folder).code == "rules_missing"
    folder = files(tmp_path / "6")
    (folder / "more").mkdir()
    (folder / "more" / "rules.json").write_text("{}", "utf-8")
    assert refused(folder).code in ("missing_key", "table_twice")
    folder = files(tmp_path / "7", marks__csv=b"\x81\xff\xff")
    assert (refused(folder).code, refused(folder).where) == ("bad_csv", "marks.csv line 1")
    folder = files(tmp_path / "8", marks__csv='评委,投标人\n"A1'.encode())
    assert (refused(folder).code, refused(folder).where) == ("bad_csv", "marks.csv line 2")
    folder = files(tmp_path / "9", marks__csv=b"a\x00b")
    assert refused(folder).code == "bad_csv"


def test_candidates_stated_in_rules_and_in_a_table_are_refused(tmp_path: Path) -> None:
    folder = files(tmp_path)
    rules = json.loads((folder / "rules.json").read_text("utf-8"))
    rules["stated"]["candidates"] = ["甲"]
    (folder / "rules.json").write_text(json.dumps(rules), "utf-8")
    refusal = refused(folder)
    assert (refusal.code, refusal.where) == ("given_twice", "totals.csv line 1, 候选人")


def test_what_is_no_statement_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    assert refused(tmp_path / "a.docx").code == "not_a_statement"
    assert refused(tmp_path / "nothing.json").code == "not_found"
    (tmp_path / "b.zip").write_bytes(b"x" * 100)
    assert refused(tmp_path / "b.zip").code == "not_a_package"
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty").code == "rules_missing"


RULE_LINES = [
    (["没有这项", "1"], "bad_value", "r.xlsx 规则!A3"),
    (["类型", "民间"], "bad_value", "r.xlsx 规则!B3"),
    (["最高限价", "很高"], "no_number", "r.xlsx 规则!B3"),
    (["小数位数", "2.5"], "no_number", "r.xlsx 规则!B3"),
    (["权重", "{"], "bad_json", "r.xlsx 规则!B3"),
    (["track", "GC"], "row_twice", "r.xlsx 规则!A3"),
    (["价格规则", "no-such"], "unknown_price_rule", "r.xlsx $.case.price"),
]


@pytest.mark.parametrize(("row", "code", "where"), RULE_LINES)
def test_a_line_of_rules_is_refused_with_its_cell(tmp_path: Path, row: list[str], code: str, where: str) -> None:
    first = ["舍入", "half_up"] if row[0] == "类型" else ["类型", "工程"]
    rules = [first, ["评标办法", "综合评估法"], row]
    bids = [["投标人", "报价"], ["甲", "1"]]
    refusal = refused(write_workbook(tmp_path / "r.xlsx", {"规则": rules, "投标": bids}))
    assert (refusal.code, refusal.where) == (code, where)


def test_no_refusal_quotes_a_long_value(tmp_path: Path) -> None:
    document = small()
    document["case"]["sheets"]["A1"]["甲"]["T1"] = "很" * 500
    assert len(refused(write_json(tmp_path / "s.json", document)).message()) < 120


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "1", "甲", "T1", "-", "9" * 70]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "T1", "甲", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150)
@given(st.data())
def test_a_document_with_anything_anywhere_is_checked_or_refused(data: st.DataObject) -> None:
    document = deepcopy(SMALL)
    target: object = document
    while True:
        keys = (
            list(target) if isinstance(target, dict) else list(range(len(target))) if isinstance(target, list) else []
        )
        key = data.draw(st.sampled_from(keys))
        inner = target[key]  # type: ignore[index]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 3)) == 0:
            target[key] = data.draw(JUNK)  # type: ignore[index]
            break
        target = inner
    refusal = None
    try:
        check(statement_of(document))
    except PlatformRefusal as raised:
        refusal = raised
    assert refusal is None or (refusal.where.startswith("statement.json") and refusal.message("zh"))


SMALL = small()


def test_a_workbook_beside_bad_rules_names_the_rules(tmp_path: Path) -> None:
    book = workbook_of(tmp_path / "book", small())
    (tmp_path / "book" / "rules.json").write_text('{"case": {"track": "GC"}}', "utf-8")
    refusal = refused(book)
    assert (refusal.code, refusal.where) == ("unknown_factor", "统分.xlsx 评分!C2, 评审因素")
