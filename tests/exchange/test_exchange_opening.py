"""Opening records as platforms export them, and prices of a package that come from one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from exchange_factory import parts, with_manifest, write_zip

from app.exchange.opening import read_opening_csv
from app.exchange.package import read_package
from app.exchange.refusal import PackageRefusal
from app.rules import Refusal

R3 = Path(__file__).parents[1] / "data" / "published" / "R3_opening_record_first100.csv"


def test_the_first_hundred_rows_of_a_real_record_come_in_completely() -> None:
    rows = read_opening_csv(R3)
    assert len(rows) == 100
    assert all(row.opened and row.price is not None for row in rows)
    assert [row.line for row in rows] == list(range(2, 102))
    assert (rows[0].bidder, rows[0].uscc, rows[0].price) == ("投标人0231", "914200", "18350534")
    assert (rows[-1].bidder, rows[-1].price) == ("投标人0095", "18629847")
    assert len({row.bidder for row in rows}) == 100
    # Each price in yuan is the cell in 万元 with its separators, ten thousand times, exactly.
    cells = [Decimal(row.cells["投标总报价（万元）"].replace(",", "")) * 10000 for row in rows]
    assert [Decimal(row.price or 0) for row in rows] == cells
    # Columns that mean nothing here are kept as they stand, sums of bonds beside words for bonds.
    assert {row.cells["保证金(元)"] for row in rows} == {"电子保函", "400,000"}
    assert rows[7].cells["工期"] == "360日历天（其中各关键节点的工期要求为/）"
    assert set(rows[0].cells) >= {"签到顺序", "文件接收时间", "授权委托书", "提交解密指令时间"}


@pytest.mark.parametrize(
    ("heading", "cell", "price"),
    [
        ("投标报价", "1566000", "1566000"),
        ("投标报价（元）", "1,566,000.50", "1566000.5"),
        ("投标报价(万元)", "156.6", "1566000"),
        ("投标总价（单位：万元）", "0.00015", "1.5"),
        ("总报价(亿元)", "1.2", "120000000"),
        ("报价", "１，５６６，０００．００", "1566000"),
        ("报价（元）", "156.6万元", "1566000"),
        ("报价", "¥ 1 566 000", "1566000"),
        ("报价", "￥1566000元", "1566000"),
    ],
)
def test_a_price_is_read_in_yuan_exactly(heading: str, cell: str, price: str) -> None:
    rows = read_opening_csv(f'投标人名称,{heading}\n甲,"{cell}"\n'.encode())
    assert rows[0].price == price


def test_utf_8_with_and_without_mark_and_gb18030_are_the_same() -> None:
    text = "供应商名称,投标报价\r\n甲公司,100\r\n\r\n乙公司,200\r\n"
    read = [read_opening_csv(text.encode(encoding)) for encoding in ("utf-8", "utf-8-sig", "gb18030")]
    assert read[0] == read[1] == read[2]
    assert [(row.line, row.bidder, row.price) for row in read[0]] == [(2, "甲公司", "100"), (4, "乙公司", "200")]


def test_a_bid_that_was_not_opened_has_no_price() -> None:
    rows = read_opening_csv("供应商,报价,解密状态\n甲,100,解密成功\n乙,,解密失败\n丙,90,解密失败\n丁,/,\n".encode())
    assert [(row.opened, row.price) for row in rows] == [(True, "100"), (False, None), (False, None), (False, None)]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "bad_csv", "line 1"),
        ("供应商,价\n甲,1\n", "csv_column_missing", "line 1"),
        ("名字,报价\n甲,1\n", "csv_column_missing", "line 1"),
        ("供应商,报价,报价（元）\n甲,1,1\n", "csv_column_twice", "line 1"),
        ("供应商,报价\n甲,1,2\n", "csv_cells", "line 2"),
        ("供应商,报价\n甲,1\n,2\n", "missing_key", "line 3, 供应商"),
        ("供应商,报价\n甲,一百\n", "csv_price", "line 2, 报价"),
        ("供应商,报价\n甲,1e5\n", "csv_price", "line 2, 报价"),
        ("供应商,报价\n甲,+5\n", "csv_price", "line 2, 报价"),
        ('供应商,报价\n甲,"1,00"\n', "csv_price", "line 2, 报价"),
        ("供应商,报价\n甲,0.00\n", "bad_price", "line 2, 报价"),
        (f"供应商,报价\n甲,{'9' * 30}\n", "csv_price", "line 2, 报价"),
        ("供应商,报价\n甲,1\n甲,2\n", "csv_duplicate", "line 3, 供应商"),
        ('供应商,报价\n"甲,1\n', "bad_csv", "line 2"),
        ("供应商,报价\n甲,1\x00\n", "bad_csv", "line 1"),
    ],
)
def test_what_is_wrong_with_a_record_is_named_with_its_line(text: str, code: str, where: str) -> None:
    with pytest.raises(PackageRefusal) as caught:
        read_opening_csv(text.encode())
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.message("zh")
    assert caught.value.message("en")


def test_bytes_in_no_encoding_are_refused() -> None:
    with pytest.raises(PackageRefusal) as caught:
        read_opening_csv(b"\xff\xff\xff\xff")
    assert caught.value.code == "bad_csv"


def test_a_record_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageRefusal) as caught:
        read_opening_csv(tmp_path / "none.csv")
    assert caught.value.code == "not_readable"


def with_record(text: str, prices: bool, spoil: Callable[[dict[str, object]], None] | None = None) -> dict[str, bytes]:
    """A package whose `opening.csv` is `text` and whose bids state their prices or do not."""

    def change(tender: dict[str, object]) -> None:
        lots = tender["lots"]
        assert isinstance(lots, list)
        for bid in lots[0]["bids"]:
            if not prices:
                del bid["price"]
        if spoil is not None:
            spoil(tender)

    files = parts(spoil_tender=change)
    files["opening.csv"] = text.encode()
    return with_manifest(files)


def test_prices_of_a_package_may_come_from_its_opening_record(tmp_path: Path) -> None:
    record = "投标人,标段,投标报价（万元）\n供应商B,1,100\n供应商A,一包,98\n供应商C,,90.00005\n"
    package = read_package(write_zip(tmp_path / "p.zip", with_record(record, prices=False)))
    assert [bid.price for bid in package.tender.lots[0].bids] == ["980000", "1000000", "900000.5"]


def test_a_price_stated_twice_must_agree(tmp_path: Path) -> None:
    sound = "投标人,投标报价\n供应商A,980000.00\n供应商B,1000000\n供应商C,900000.5\n"
    package = read_package(write_zip(tmp_path / "p.zip", with_record(sound, prices=True)))
    assert package.tender.lots[0].bids[0].price == "980000"
    wrong = with_record(sound.replace("980000.00", "980001"), prices=True)
    with pytest.raises(Refusal) as caught:
        read_package(write_zip(tmp_path / "q.zip", wrong))
    assert (caught.value.code, caught.value.where) == ("price_differs", "tender.json $.lots[0].bids[0].price")


@pytest.mark.parametrize(
    ("record", "code", "where"),
    [
        ("投标人,报价\n供应商A,1\n供应商B,2\n", "no_opening_row", "tender.json $.lots[0].bids[2].price"),
        ("投标人,报价\n供应商A,1\n供应商B,2\n供应商C,/\n", "no_opening_row", "tender.json $.lots[0].bids[2].price"),
        ("投标人,报价\n供应商A,1\n供应商B,2\n供应商C,3\n供应商D,4\n", "no_bid_for_row", "tender.json $.lots"),
        ("投标人,报价\n供应商A,x\n", "csv_price", "opening.csv line 2, 报价"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(tmp_path: Path, record: str, code: str, where: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_package(write_zip(tmp_path / "p.zip", with_record(record, prices=False)))
    assert (caught.value.code, caught.value.where) == (code, where)


def test_a_record_does_not_hide_that_a_tender_is_none(tmp_path: Path) -> None:
    record = "投标人,报价\n供应商A,1\n"
    for spoil in (
        lambda t: t.update(lots=7),
        lambda t: t.update(lots=[7]),
        lambda t: t["lots"][0].update(bids=7),
        lambda t: t["lots"][0].update(bids=[7]),
    ):
        with pytest.raises(Refusal) as caught:
            read_package(write_zip(tmp_path / "p.zip", with_record(record, prices=True, spoil=spoil)))
        assert caught.value.code in ("bad_type", "no_bid_for_row")
