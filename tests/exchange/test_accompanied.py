"""An export held against the tender: what is told of it, what is refused, and that no person's name gets through."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from accompanied_play import beside, check, note, send
from evaluation_case import tender_json
from evaluation_factory import AGENCY, Play
from platform_export import Change, export, wrong_total

from app.evaluation.stages import LotStage
from app.exchange.accompanied import examine, form_of
from app.journal import canonical
from app.rules import Refusal


@pytest.fixture(scope="module")
def zc() -> Play:
    return beside("ZC")


def found(it: Play, folder: Path, change: Change | None = None) -> dict[str, Any]:
    return examine(it.it, "1", export(it.it, change=change), folder)


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_a_right_export_has_no_fault_and_its_order_is_told(track: str, tmp_path: Path) -> None:
    it = beside(track)
    answer = found(it, tmp_path)
    assert (answer["faults"], answer["live"], answer["left_out"]) == (0, len(it.it.lots["1"].lot.bids), 0)
    assert answer["compared"]["marks"] > 0
    assert [row["rank"] for row in answer["result"]].count(1) == 1
    assert list(tmp_path.iterdir()) == []
    assert it.do(check(answer), AGENCY) == ["PlatformChecked"]


def test_a_wrong_total_is_told_in_both_languages_with_the_rows_words(zc: Play, tmp_path: Path) -> None:
    answer = found(zc, tmp_path, wrong_total)
    assert answer["faults"] == 1
    remark = answer["remarks"][0]
    assert (remark["code"], remark["bid"], remark["stated"]) == ("total_wrong", "B", "99.99")
    assert "乙科技有限公司" in remark["subject"]
    assert "99.99" in remark["message"]["zh"]
    assert "99.99" in remark["message"]["en"]
    assert remark["place"]["zh"].startswith("platform.json")


def test_the_same_bytes_give_the_same_answer_anywhere(zc: Play, tmp_path: Path) -> None:
    data = export(zc.it, change=wrong_total)
    places = [tmp_path / "a", tmp_path / "b"]
    for place in places:
        place.mkdir()
    one, other = (canonical(examine(zc.it, "1", data, place)) for place in places)
    assert one == other


def named(document: dict[str, Any]) -> None:
    case = document["case"]
    case["experts"][0] = "张三"
    case["sheets"]["张三"] = case["sheets"].pop("评委1")


def other_price(document: dict[str, Any]) -> None:
    document["case"]["bids"][1]["price"] = "1000001"


def no_price(document: dict[str, Any]) -> None:
    document["case"]["bids"][1] = {"id": "B", "not_opened": True}
    for sheet in document["case"]["sheets"].values():
        del sheet["B"]
    del document["stated"]["bids"]["B"]


def other_bid(document: dict[str, Any]) -> None:
    document["case"]["bids"].append({"id": "Z", "price": "5", "rejected": True, "reason": "超限"})


def bid_missing(document: dict[str, Any]) -> None:
    document["case"]["bids"].pop()
    for sheet in document["case"]["sheets"].values():
        del sheet["C"]
    del document["stated"]["bids"]["C"]


def other_rule(document: dict[str, Any]) -> None:
    document["case"]["places"] = 3


def other_ceiling(document: dict[str, Any]) -> None:
    document["case"]["ceiling"] = "1300000"


def no_ceiling(document: dict[str, Any]) -> None:
    del document["case"]["ceiling"]


def other_factor(document: dict[str, Any]) -> None:
    document["case"]["factors"][0]["max"] = "25"


def other_committee(document: dict[str, Any]) -> None:
    document["committee"] = {"experts": 6, "delegates": 1}


def same_committee(document: dict[str, Any]) -> None:
    document["committee"] = {"experts": 4, "delegates": 1}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (named, "not_an_alias"),
        (other_price, "price_differs"),
        (no_price, "price_differs"),
        (other_bid, "not_of_tender"),
        (bid_missing, "bid_missing"),
        (other_rule, "rule_differs"),
        (other_ceiling, "rule_differs"),
        (other_factor, "rule_differs"),
        (other_committee, "committee_differs"),
    ],
)
def test_what_is_not_of_this_lot_is_refused_by_place(zc: Play, tmp_path: Path, change: Change, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        found(zc, tmp_path, change)
    assert caught.value.code == code
    assert caught.value.where.startswith("platform.json")
    for lang in ("zh", "en"):
        said = caught.value.message(lang)
        assert said
        assert "{" not in said
        assert "张三" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("change", [no_ceiling, same_committee])
def test_what_an_export_need_not_repeat_the_tender_says(zc: Play, tmp_path: Path, change: Change) -> None:
    assert found(zc, tmp_path, change)["faults"] == 0


def rejected(bid: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        case = document["case"]
        one = next(item for item in case["bids"] if item["id"] == bid)
        one |= {"rejected": True, "reason": "未签署"}
        for sheet in case["sheets"].values():
            del sheet[bid]
        document["stated"] = {}

    return change


def test_bids_that_the_platform_rejects_are_counted_out(zc: Play, tmp_path: Path) -> None:
    answer = found(zc, tmp_path, rejected("B"))
    assert answer["live"] == 2
    assert answer["faults"] == 0


def test_who_is_out_here_is_out_there_and_with_the_review_carried_nobody_else(tmp_path: Path) -> None:
    tender = tender_json("GC")
    it = beside("GC", "review", tender=tender)
    it.review("1", lambda _alias, bid, item: (bid, item) != ("D", "F2"))
    it.conclude("1", {"D": "R6"})
    assert it.it.lots["1"].stage is LotStage.ACCOMPANYING
    assert found(it, tmp_path)["live"] == 3

    def back_in(document: dict[str, Any]) -> None:
        document["case"]["bids"][3]["rejected"] = False

    with pytest.raises(Refusal) as caught:
        found(it, tmp_path, back_in)
    assert caught.value.code == "bid_is_out"
    with pytest.raises(Refusal) as caught:
        found(it, tmp_path, rejected("B"))
    assert caught.value.code == "bid_is_live"


def test_titles_names_and_citations_of_the_export_go_no_further(zc: Play, tmp_path: Path) -> None:
    def talkative(document: dict[str, Any]) -> None:
        document["title"] = "张三主持的项目"
        document["asks"] = {"citations": {"arithmetic": "张三说的"}}
        for bid in document["case"]["bids"]:
            bid["name"] = f"张三的{bid['id']}"
        for factor in document["case"]["factors"]:
            factor["name"] = f"张三的{factor['id']}"
        wrong_total(document)

    answer = found(zc, tmp_path, talkative)
    assert answer["faults"] == 1
    assert "张三" not in json.dumps(answer, ensure_ascii=False)


def tables(it: Play, **more: str) -> bytes:
    """The same export as a zip of rules and CSV tables, and what else is packed."""
    document = json.loads(export(it.it))
    case = document["case"]
    lines = ["评委,投标人,评审因素,分值"]
    lines += [
        f"{expert},{bid},{factor},{mark}"
        for expert, sheet in case.pop("sheets").items()
        for bid, marks in sheet.items()
        for factor, mark in marks.items()
    ]
    totals = ["供应商,总分,排名"]
    totals += [f"{bid},{row['total']},{row['rank']}" for bid, row in document.pop("stated")["bids"].items()]
    files = {"rules.json": json.dumps(document), "marks.csv": "\n".join(lines), "totals.csv": "\n".join(totals)} | more
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return made.getvalue()


def test_a_zip_of_tables_is_an_export_too(zc: Play, tmp_path: Path) -> None:
    data = tables(zc)
    assert form_of(data) == "zip"
    answer = examine(zc.it, "1", data, tmp_path)
    assert answer["faults"] == 0
    assert answer["compared"]["totals"] == 3


def test_a_zip_holds_nothing_that_is_not_read(zc: Play, tmp_path: Path) -> None:
    assert examine(zc.it, "1", tables(zc, **{"empty/": ""}), tmp_path)["faults"] == 0
    with pytest.raises(Refusal) as caught:
        examine(zc.it, "1", tables(zc, **{"签到表.pdf": "%PDF-"}), tmp_path)
    assert caught.value.code == "not_read"
    assert list(tmp_path.iterdir()) == []


def test_forms_are_told_by_content() -> None:
    assert [form_of(data) for data in (b"{}", b"PK\x03\x04..[Content_Types].xml", b"PK\x05\x06")] == [
        *("json", "xlsx", "zip")
    ]


def test_nonsense_is_refused(zc: Play, tmp_path: Path) -> None:
    for data in (b"", b"\x00\x01", b"PK\x03\x04", b"PK[Content_Types].xml"):
        with pytest.raises(Refusal):
            examine(zc.it, "1", data, tmp_path)
        assert list(tmp_path.iterdir()) == []


def test_a_check_leads_to_the_signatures(tmp_path: Path) -> None:
    it = beside("ZC")
    send(it, found(it, tmp_path, wrong_total))
    assert note(it, "B 的总得分已在平台更正") == ["PlatformNoted", "ConfirmationDue"]


def test_where_nobody_marked_a_factor_there_is_no_order_to_tell(zc: Play, tmp_path: Path) -> None:
    def lacking(document: dict[str, Any]) -> None:
        for sheet in document["case"]["sheets"].values():
            del sheet["A"]["T1"]

    assert found(zc, tmp_path, lacking)["result"] is None
