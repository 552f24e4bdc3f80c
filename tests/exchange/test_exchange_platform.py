"""What a platform exported comes in the same from every form, with the place of each figure in that form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from statement_factory import Doc, gc, r4, r5, small
from statement_forms import csv_bytes, tables_of, workbook_of, write_folder, write_json, write_workbook, write_zip

from app.exchange import read_platform
from app.recompute import Kind, Remark, check, place_text

Finding = tuple[object, ...]


def spoiled() -> Doc:
    """The case gc with faults in bids, marks, figures and candidates."""
    document = gc()
    case, stated = document["case"], document["stated"]
    del case["bids"][6]["reason"]
    case["sheets"]["m1"]["B1"]["2.8"] = "3.5"
    case["sheets"]["m2"]["B3"]["1.1"] = "1"
    case["sheets"]["m3"]["B5"]["2.1"] = None
    stated["bids"]["B1"]["total"] = "95.64"
    stated["bids"]["B4"]["price_score"] = "39.66"
    stated["bids"]["B6"]["rank"] = 5
    stated["candidates"] = ["B1", "B5", "B2"]
    return document


def told(remarks: list[Remark]) -> list[Finding]:
    """What was found, without the places and the spelling of figures, which differ by form."""

    def plain(text: str | None) -> str | None:
        return text.rstrip("0").rstrip(".") if text and "." in text and "、" not in text else text

    return [(r.kind, plain(r.stated), r.right, r.expert, r.bid, r.factor, r.group, r.rule) for r in remarks]


@pytest.mark.parametrize("document", [spoiled, r4, r5, small], ids=["spoiled", "r4", "r5", "small"])
def test_every_form_gives_the_same_remarks(tmp_path: Path, document: Callable[[], Doc]) -> None:
    as_json = check(read_platform(write_json(tmp_path / "s.json", document())))
    assert bool(as_json) is (document is spoiled)
    long = write_folder(tmp_path / "long", document())
    forms = [long, write_zip(tmp_path / "long.zip", long), workbook_of(tmp_path / "book", document())]
    for form in forms:
        without_totals = document()
        without_totals["stated"].pop("expert_totals", None)  # a line for each mark has no room for them
        wanted = told(check(read_platform(write_json(tmp_path / "t.json", without_totals))))
        assert told(check(read_platform(form))) == wanted
    for form in (
        write_folder(tmp_path / "wide", document(), wide=True),
        workbook_of(tmp_path / "wide book", document(), wide=True),
        tmp_path / "wide book",  # a folder with a workbook and its rules
    ):
        assert told(check(read_platform(form))) == told(as_json)


def test_each_form_names_the_place_in_its_own_words(tmp_path: Path) -> None:
    def places(form: Path) -> dict[Kind, tuple[str, str]]:
        return {  # the first of each kind
            remark.kind: (place_text(remark.place), place_text(remark.place, "en"))
            for remark in reversed(check(read_platform(form)))
        }

    found = places(write_json(tmp_path / "s.json", spoiled()))
    assert found[Kind.TOTAL_WRONG] == ("s.json $.stated.bids.B1.total",) * 2
    found = places(write_folder(tmp_path / "long", spoiled()))
    assert found[Kind.TOTAL_WRONG] == ("totals.csv 第 2 行“总分”", "totals.csv line 2, 总分")
    assert found[Kind.MARK_OUT_OF_RANGE][0] == "marks.csv 第 17 行“分值”"
    assert found[Kind.MARK_MISSING][0] == "marks.csv 第 258 行"  # beside the expert's other marks on the bid
    assert found[Kind.CANDIDATE_WRONG][0] == "totals.csv 第 6 行“候选人”"
    found = places(workbook_of(tmp_path / "book", spoiled(), wide=True))
    assert found[Kind.TOTAL_WRONG] == ("统分.xlsx《得分汇总》U2“总分”", "统分.xlsx 得分汇总!U2, 总分")
    assert found[Kind.MARK_OUT_OF_RANGE][0] == "统分.xlsx《评分》R2“2.8”"
    assert found[Kind.REJECTION_WITHOUT_REASON][0] == "统分.xlsx《投标》 第 8 行"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tables_may_be_in_utf_8_with_or_without_mark_or_gb18030(tmp_path: Path, encoding: str) -> None:
    statement = read_platform(write_folder(tmp_path / "tables", spoiled(), encoding=encoding))
    assert Kind.TOTAL_WRONG in {remark.kind for remark in check(statement)}
    assert statement.names["B1"] == "投标人甲"


def test_what_was_read_is_named_with_its_hash(tmp_path: Path) -> None:
    statement = read_platform(write_folder(tmp_path / "tables", small()))
    assert [source.file for source in statement.sources] == ["bids.csv", "marks.csv", "rules.json", "totals.csv"]
    assert all(len(source.sha256) == 64 for source in statement.sources)
    book = workbook_of(tmp_path / "book", small())
    assert [source.file for source in read_platform(book).sources] == ["统分.xlsx", "rules.json"]


def with_table(tmp_path: Path, name: str, rows: list[list[str]], document: Doc | None = None) -> Path:
    """The small evaluation as tables, one of them replaced."""
    folder = write_folder(tmp_path / "tables", document or small())
    (folder / f"{name}.csv").write_bytes(csv_bytes(rows))
    return folder


def test_titles_above_the_heading_and_columns_without_figures_do_no_harm(tmp_path: Path) -> None:
    _, tables = tables_of(small())
    rows = [["评分汇总表"], ["项目：试验标段"], [*tables["totals"][0], "备注", "#复核人"]]
    rows += [[*row, "无", "张"] for row in tables["totals"][1:]]
    assert check(read_platform(with_table(tmp_path, "totals", rows))) == []


def test_figures_may_be_written_as_people_write_them(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "tables", small())
    bids = [["供应商名称", "投标报价（万元）", "是否否决", "否决理由"]]
    bids += [
        ["甲", "98.00", "", ""],
        ["乙", "１００", "否", "/"],
        ["丙", "90万元", "", ""],
        ["丁", "70", "√", "未签字"],
    ]
    (folder / "bids.csv").write_bytes(csv_bytes(bids, "gb18030"))
    _, tables = tables_of(small())
    totals = tables["totals"]
    for row, words in zip(totals[1:], ("第1名", "第2名", "第3名"), strict=True):
        row[totals[0].index("排名")] = words
        row[totals[0].index("评审价")] = f"{int(row[totals[0].index('评审价')]):,}"
    for row, words in zip(totals[1:], ("第一中标候选人", "第二候选人", "3"), strict=True):
        row[totals[0].index("候选人")] = words
    (folder / "totals.csv").write_bytes(csv_bytes(totals))
    marks = tables["marks"]
    for row in marks[1:]:
        row[3] = {"pass": "合格", "4": "4分"}.get(row[3], row[3])
    (folder / "marks.csv").write_bytes(csv_bytes(marks))
    assert check(read_platform(folder)) == []


def test_means_may_stand_below_the_marks_and_headings_may_carry_points_and_reasons(tmp_path: Path) -> None:
    rows = [["评委", "投标人", "技术方案（10分）", "演示", "业绩", "D1", "证书", "技术方案理由", "理由", "小计"]]
    for expert, sheet in small()["case"]["sheets"].items():
        for bid, entry in sheet.items():
            marks = [entry[factor] for factor in ("T1", "T2", "C1", "D1", "P1")]
            rows.append([expert, bid, *marks, "针对性强" if bid == "甲" else "", "如表", ""])
    rows.append(["平均分", "甲", "8.55", "4", "5", "", "", "", "", ""])
    document = small()
    for row in document["stated"]["bids"].values():
        del row["factor_means"]
    statement = read_platform(with_table(tmp_path, "marks", rows, document))
    assert statement.marks["A1", "甲", "T1"].reason == "针对性强"
    assert statement.marks["A1", "乙", "T1"].reason == statement.marks["A1", "甲", "T2"].reason == "如表"
    remarks = [remark for remark in check(statement) if remark.kind is not Kind.FIGURE_MISSING]
    assert [(remark.kind, remark.place.row, remark.right) for remark in remarks] == [
        (Kind.FACTOR_MEAN_WRONG, 11, "8.50")
    ]


def test_adjustments_fates_and_brands_come_from_columns(tmp_path: Path) -> None:
    rows = [
        [
            "id",
            "供应商",
            "报价",
            "扣除比例",
            "调整金额",
            "价格分加成",
            "未解密",
            "品牌",
            "无效",
            "无效原因",
            "仍计入基准价",
        ],
        ["甲", "", "1000", "10%", "-50", "", "", "甲牌", "", "", ""],
        ["乙", "", "1000", "0.06", "", "2％", "", "", "", "", ""],
        ["丙", "", "/", "", "", "", "是", "", "", "", ""],
        ["丁", "", "900", "", "", "", "", "", "是", "未签字", "是"],
    ]
    folder = with_table(tmp_path, "bids", rows)
    (folder / "totals.csv").unlink()
    bids = {bid.id: bid for bid in read_platform(folder).case.bids}
    assert (bids["甲"].evaluated, bids["甲"].brand) == (850, "甲牌")
    assert (bids["乙"].evaluated, f"{bids['乙'].bonus}") == (940, "1/50")
    assert (bids["丙"].not_opened, bids["丙"].price) == (True, None)
    assert (bids["丁"].rejected, bids["丁"].kept_in_benchmark) == (True, True)


def test_factors_may_have_a_table_of_their_own(tmp_path: Path) -> None:
    document = small()
    factors = document["case"]["factors"]
    rows = [["编号", "评审因素", "类别", "性质", "下限", "满分"]]
    words = {"subjective": "主观", "objective": "客观", "deduction": "扣分", "pass_fail": "合格制"}
    for factor in factors:
        limits = [factor.get("min", ""), factor.get("max", "")]
        rows.append([factor["id"], factor["name"], factor.get("group", ""), words[factor["kind"]], *limits])
    document["case"].pop("factors")
    document["case"]["factors"] = []
    folder = write_folder(tmp_path / "tables", document)
    wanted = read_platform(write_json(tmp_path / "s.json", small()))
    (folder / "因素.csv").write_bytes(csv_bytes(rows))
    statement = read_platform(folder)
    assert statement.case.factors == wanted.case.factors
    assert statement.factor_names == wanted.factor_names
    assert check(statement) == []


def test_a_workbook_may_hold_its_rules(tmp_path: Path) -> None:
    document = r4()
    _, tables = tables_of(document)
    rules = [
        ["项目", document["title"]],
        ["类型", "政府采购"],
        ["评标办法", "综合评分法"],
        ["价格满分", "30"],
        ["价格规则", "lowest-after-correction"],
        ["最高限价", "1,598,400.00"],
        ["平均方式", "评委总分平均"],
        ["并列处理", "price_asc"],
        ["小数位数", "2"],
        ["评委合计含价格分", "是"],
        ["专家人数", "4"],
        ["代表人数", "1"],
        ["候选人数", "3"],
        ["异常低价", '{"second_lowest": "0.5"}'],
        ["#说明", "不读"],
        ["预算", ""],
    ]
    factors = [["编号", "因素", "类别", "满分"], ["T", "技术商务", "technical", "70"]]
    sheets = {"规则": rules, "因素": factors, "投标": tables["bids"], "评分": tables["marks"], "汇总": tables["totals"]}
    statement = read_platform(write_workbook(tmp_path / "r4.xlsx", {**sheets, "#草稿": [["随便"]], "空": []}))
    wanted = read_platform(write_json(tmp_path / "s.json", document))
    assert statement.standard == wanted.standard.__class__(
        **{name: getattr(wanted.standard, name) for name in wanted.standard.__slots__} | {"candidates": 3}
    )
    assert (statement.case.price, statement.case.places) == (wanted.case.price, 2)
    assert statement.committee is not None
    assert statement.committee.members == 5
    assert check(statement) == []


def test_a_scoring_case_itself_is_a_document_that_states_nothing(tmp_path: Path) -> None:
    statement = read_platform(write_json(tmp_path / "case.json", small()["case"]))
    assert check(statement) == []
    assert not statement.totals


def test_json_numbers_are_taken_as_the_decimals_they_show(tmp_path: Path) -> None:
    text = """{"case": {"track": "GC", "method": "comprehensive", "ceiling": 1200, "weights": {"technical": 1},
      "bids": [{"id": "A", "price": 1000.50}, {"id": "B", "price": 990, "adjustments": [{"rate": 0.1, "kind": "x"}]}],
      "factors": [{"id": "T", "group": "technical", "min": 0, "max": 10}],
      "sheets": {"E": {"A": {"T": 8.299999999999999}, "B": {"T": {"mark": 9, "reason": "好"}}}},
      "price": {"full": 30, "places": 2, "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}}, "min_bids": 1},
      "stated": {"bids": {"A": {"total": 35.02, "rank": 2}, "B": {"total": 39.000000000000001, "rank": 1}}}}"""
    (tmp_path / "s.json").write_text(text, "utf-8")
    statement = read_platform(tmp_path / "s.json")
    assert statement.marks["E", "A", "T"].text == "8.3"
    assert statement.marks["E", "B", "T"].reason == "好"
    assert statement.totals["B"].text == "39"
    assert check(statement) == []
