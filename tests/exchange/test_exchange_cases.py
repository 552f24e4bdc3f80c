"""The built-in cases: packages that are sound, the same every time, and score as published or as worked by hand."""

from __future__ import annotations

import json
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import worked_sheet

from app import scoring
from app.exchange.cases import CASES, build_case, case_play
from app.exchange.package import Package, read_package
from app.exchange.play import Admission, check_play
from app.exchange.refusal import PackageRefusal
from app.exchange.scoring_rules import empty_case
from app.exchange.writing import build_package
from app.rules import Composition, Refusal, committee_faults
from app.rules.model import MemberKind
from resources import path as resource

PUBLISHED = Path(__file__).parents[1] / "data" / "published" / "R4_sichuan_training_room.json"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    folder = tmp_path_factory.mktemp("cases")
    return {name: read_package(build_case(name, folder)) for name in CASES}


def scored(package: Package, number: int) -> dict[str, Any]:
    """The scoring core's result for one lot of a case, with the marks of its play."""
    lot, played = package.tender.lots[number], case_play(package.ruleset.id).lots[number]
    case = empty_case(package.ruleset, lot)
    live = next(iter(played.marks.values()))
    case["bids"] = [bid | {"rejected": bid["id"] not in live} for bid in case["bids"]]
    return scoring.score_document(case | {"experts": sorted(played.marks), "sheets": played.marks})


def pages(package: Package, path: str) -> list[str]:
    with package.open(path) as stream:
        document = pypdfium2.PdfDocument(stream.read())
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def test_zc_comes_out_as_published(packages: dict[str, Package]) -> None:
    published = json.loads(PUBLISHED.read_text("utf-8"))
    rows = {row["id"]: row for row in published["published"]["results"]}
    lot = packages["zc"].tender.lots[0]
    bidders = {bid.id: bid.bidder for bid in lot.bids}
    result = scored(packages["zc"], 0)
    for bid in result["bids"]:
        row = rows[bidders[bid["id"]]]
        assert (bid["total"], bid["price_score"]) == (row["average"], row["price_score"])
        assert bid["rank"] == row["rank"]
    assert [bid["total"] for bid in result["bids"]] == ["93.30", "68.78", "65.57"]
    groups: dict[str, Fraction] = {"价格": Fraction(lot.scoring["price"]["full"])}
    for factor in lot.factors:
        groups[factor.group] = groups.get(factor.group, Fraction(0)) + Fraction(factor.max or 0)
    assert groups == {name: Fraction(points) for name, points in published["inputs"]["weights"].items()}
    assert Fraction(lot.scoring["ceiling"]) == Fraction(published["inputs"]["ceiling_yuan"])
    assert Fraction(lot.scoring["budget"]) == Fraction(published["inputs"]["budget_yuan"])


def test_every_expert_of_zc_has_the_published_total(packages: dict[str, Package]) -> None:
    published = json.loads(PUBLISHED.read_text("utf-8"))
    totals = {row["id"]: row["judge_totals"] for row in published["inputs"]["suppliers"]}
    prices = {row["id"]: Fraction(row["price_score"]) for row in published["published"]["results"]}
    played = case_play("zc").lots[0]
    for bid in packages["zc"].tender.lots[0].bids:
        for i, member in enumerate(sorted(played.marks)):
            marked = sum((Fraction(mark) for mark in played.marks[member][bid.id].values()), Fraction(0))
            assert marked + prices[bid.bidder] == Fraction(totals[bid.bidder][i])
    codes = [finding["code"] for finding in scored(packages["zc"], 0)["findings"]]
    assert "identical_sheets" in codes  # four of the five sheets are the same, as published
    assert "objective_mismatch" not in codes


def test_the_worked_sheet_of_gc_is_what_its_own_page_of_code_gives() -> None:
    stored = json.loads(resource("cases", "gc", "worked.json").read_text("utf-8"))
    assert stored == worked_sheet.worked()


@pytest.mark.parametrize("number", [0, 1])
def test_the_scoring_core_equals_the_worked_sheet(packages: dict[str, Package], number: int) -> None:
    sheet = json.loads(resource("cases", "gc", "worked.json").read_text("utf-8"))["lots"][number]
    result = scored(packages["gc"], number)
    ranked = [bid for bid in result["bids"] if bid["rank"] is not None]
    assert [bid["id"] for bid in ranked] == sheet["ranking"]
    assert [bid["id"] for bid in result["bids"] if bid["rejected"]] == sheet["rejected"]
    for bid in ranked:
        worked = sheet["bids"][bid["id"]]
        assert bid["price_score"] == worked["price_score"]
        assert bid["factor_scores"] == worked["factor_means"]
        assert bid["total"] == worked["total"]
        assert bid["rank"] == worked["rank"]
    benchmark = Fraction(sheet["benchmark"]["benchmark"])
    assert abs(Fraction(result["benchmark"]["value"]) - benchmark) < Fraction(1, 10**20)
    if number == 1:
        dropped = {sheet["benchmark"]["dropped_low"], sheet["benchmark"]["dropped_high"]}
        assert dropped == {"B4", "B5"}


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_sound_and_its_play_fits(packages: dict[str, Package], name: str) -> None:
    package, play = packages[name], case_play(name)
    check_play(play, package)
    assert package.rehearsal is True
    experts = sum(member.kind is MemberKind.EXPERT for member in package.members)
    delegates = len(package.members) - experts
    present = Composition(experts, delegates, sum(m.authorisation is not None for m in package.members))
    assert (experts, delegates) == (4, 1)
    assert committee_faults(package.ruleset.committee, package.tender.lots, present) == ()
    faces = [member for member in play.members if member.admission is Admission.FACE]
    enrolled = {member.id for member in package.members if member.portrait is not None}
    assert {member.member for member in faces} == enrolled
    assert len(faces) == 3
    assert all(member.portrait and member.live and member.portrait != member.live for member in faces)
    for member in play.members:
        assert resource("demo", "faces", member.live or "").is_file()
    assert all("虚构" in member.employer for member in package.members)
    assert any("虚构" in label for label in package.tender.labels)


def test_gc_has_its_rejection_its_ballot_its_dissent_and_its_label(packages: dict[str, Package]) -> None:
    package, play = packages["gc"], case_play("gc")
    first, second = package.tender.lots
    assert [factor.max for factor in first.factors].count(None) == 0
    assert (len(first.factors), len(first.bids), len(second.bids), len(second.factors)) == (16, 7, 5, 4)
    assert play.lots[0].rejected(tuple(bid.id for bid in first.bids)) == ("B7",)
    item = {item.id: item for item in first.review_items}["F1"]
    assert item.ground == "R4"
    assert {failure["B7"]["F1"].page for failure in play.lots[0].failures.values()} == {"3", "4"}
    letters = pages(package, "files/bids/1/B7.pdf")
    assert "897,000.00" in letters[2]
    assert "887,000.00" in letters[3]
    assert len(play.election.ballots) == package.ruleset.election_rounds
    assert play.lots[0].dissents
    assert any("第二标段" in label and "演示而设" in label for label in package.tender.labels)
    totals = [
        [sum(Fraction(mark) for mark in marks[bid].values()) for marks in play.lots[0].marks.values()]
        for bid in play.lots[0].marks["m1"]
    ]
    # Highest and lowest sheets are left out: without ties at either end the order of experts cannot matter.
    assert all(len({*sorted(row)[:2]}) == len({*sorted(row)[-2:]}) == 2 for row in totals)


@pytest.mark.parametrize("name", CASES)
def test_every_bid_answers_every_factor_on_the_page_it_names(packages: dict[str, Package], name: str) -> None:
    for lot in packages[name].tender.lots:
        for bid in lot.bids:
            texts = pages(packages[name], bid.files[0].path)
            assert 8 <= len(texts) <= 12
            assert bid.bidder in texts[0]
            index = texts[1].replace("\r\n", "\n")
            for factor in lot.factors:
                heading = f"{factor.id}　{factor.name}（满分 {factor.max} 分）"
                found = [number for number, text in enumerate(texts, 1) if heading in text.replace("\r\n", "")]
                assert len(found) == 1, (bid.id, factor.id)
                assert f"{factor.name}\n{factor.max}\n{found[0]}" in index or f"{factor.max} {found[0]}" in index


def test_the_tender_document_says_the_factors_and_the_price_rule(packages: dict[str, Package]) -> None:
    for package in packages.values():
        text = "".join(pages(package, package.tender.documents[0].path)).replace("\r\n", "")
        for lot in package.tender.lots:
            assert all(factor.name in text for factor in lot.factors)
        assert "评标基准价" in text


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_the_same_every_time(packages: dict[str, Package], name: str, tmp_path: Path) -> None:
    again = build_case(name, tmp_path)
    assert again.read_bytes() == packages[name].source.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.zip"]


def test_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageRefusal) as caught:
        build_case("../zc", tmp_path)
    assert caught.value.code == "unknown_case"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_would_be_refused_is_not_packed(packages: dict[str, Package], tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    with zipfile.ZipFile(packages["zc"].source) as archive:
        archive.extractall(folder)
    out = tmp_path / "out.zip"
    packed = build_package(folder, out, rehearsal=True)
    assert packed.hash == packages["zc"].hash
    out.unlink()
    (folder / "files" / "bids" / "1" / "A.pdf").write_bytes(b"%PDF-1.7 changed %%EOF")
    with pytest.raises(Refusal) as caught:
        build_package(folder, out, rehearsal=True)
    assert (caught.value.code, caught.value.where) == ("wrong_hash", "tender.json $.lots[0].bids[0].files[0].sha256")
    for name, broken, code in (
        ("ruleset.json", b"{}", "missing_key"),
        ("tender.json", b"{", "bad_json"),
        ("ruleset.json", None, "missing_file"),
    ):
        kept = (folder / name).read_bytes()
        if broken is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(broken)
        with pytest.raises(Refusal) as caught:
            build_package(folder, out, rehearsal=True)
        assert caught.value.code == code
        (folder / name).write_bytes(kept)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
