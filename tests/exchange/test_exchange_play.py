"""Plays: read strictly, checked against their package, and made up from a package's hash."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exchange_factory import factor, parts, with_manifest, write_zip

from app import scoring
from app.exchange.made_play import make_play
from app.exchange.package import Package, read_package
from app.exchange.play import Admission, Play, check_play, read_play
from app.exchange.scoring_rules import empty_case
from app.rules import Refusal


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return read_package(write_zip(tmp_path / "p.zip", with_manifest(parts())))


def play() -> dict[str, Any]:
    marks = {bid: {"T1": "30", "T2": "20.5", "T3": "pass"} for bid in "ABC"}
    return {
        "version": 1,
        "members": [
            {
                "member": f"m{i}",
                "arrival": i,
                "admission": "face" if i == 1 else "two_people",
                "portrait": "person_a_1.jpg" if i == 1 else None,
                "live": "person_a_2.jpg",
                "recusal": None,
            }
            for i in range(1, 6)
        ],
        "election": {"proposed_by": "m2", "candidate": "m1", "objection_by": None, "ballots": []},
        "lots": [
            {
                "lot": "1",
                "failures": {},
                "marks": {f"m{i}": marks for i in range(1, 6)},
                "findings_note": "",
                "dissents": {"m3": "理由"},
            }
        ],
    }


def test_a_play_is_read_as_it_stands(package: Package) -> None:
    read = read_play(play())
    check_play(read, package)
    assert read.members[0].admission is Admission.FACE
    assert read.lots[0].marks["m2"]["B"]["T2"] == "20.5"
    assert read.lots[0].dissents == {"m3": "理由"}


READ_FAULTS: list[tuple[str, Callable[[Any], object], str, str]] = [
    ("another version", lambda p: p.update(version=2), "bad_value", "$.version"),
    ("an unknown key", lambda p: p.update(title=""), "unknown_key", "$.title"),
    ("arrivals", lambda p: p["members"][0].update(arrival=2), "play_differs", "$.members"),
    ("a member twice", lambda p: p["members"][1].update(member="m1"), "duplicate_id", "$.members[1].member"),
    ("a picture elsewhere", lambda p: p["members"][0].update(live="../x.jpg"), "bad_path", "$.members[0].live"),
    ("an unknown admission", lambda p: p["members"][0].update(admission="no"), "bad_value", "$.members[0].admission"),
    ("a lot twice", lambda p: p["lots"].append(p["lots"][0]), "duplicate_id", "$.lots[1].lot"),
    (
        "a number as mark",
        lambda p: p["lots"][0]["marks"]["m1"]["A"].update(T1=3),
        "bad_type",
        "$.lots[0].marks.m1.A.T1",
    ),
    (
        "a failure without page",
        lambda p: p["lots"][0]["failures"].update(m1={"A": {"C1": {"reason": "x"}}}),
        "missing_key",
        "$.lots[0].failures.m1.A.C1.page",
    ),
]

FIT_FAULTS: list[tuple[str, Callable[[Any], object], str]] = [
    ("a member too few", lambda p: p["members"].pop(), "$.members"),
    ("a delegate in the chair", lambda p: p["election"].update(candidate="m5"), "$.election"),
    ("a vote for a stranger", lambda p: p["election"].update(ballots=[{"m1": "m9"}]), "$.election"),
    ("another lot", lambda p: p["lots"][0].update(lot="2"), "$.lots"),
    ("marks by too few", lambda p: p["lots"][0]["marks"].pop("m1"), "$.lots[0].marks"),
    (
        "marks by one who withdrew",
        lambda p: p["members"][4].update(recusal={"bidder": "供应商A", "reason": "x"}),
        "$.lots[0].marks",
    ),
    (
        "an unknown review item",
        lambda p: p["lots"][0]["failures"].update(m1={"A": {"Z": {"reason": "x", "page": "1"}}}),
        "$.lots[0].failures.m1.A",
    ),
    (
        "marks for a bid not live",
        lambda p: p["lots"][0].update(
            failures={f"m{i}": {"A": {"C1": {"reason": "x", "page": "1"}}} for i in range(1, 6)}
        ),
        "$.lots[0].marks.m1",
    ),
    ("a factor too few", lambda p: p["lots"][0]["marks"]["m1"]["A"].pop("T2"), "$.lots[0].marks.m1.A"),
    ("a mark out of range", lambda p: p["lots"][0]["marks"]["m1"]["A"].update(T1="41"), "$.lots[0].marks.m1.A.T1"),
    ("a mark too fine", lambda p: p["lots"][0]["marks"]["m1"]["A"].update(T1="4.125"), "$.lots[0].marks.m1.A.T1"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), [f[1:] for f in READ_FAULTS], ids=[f[0] for f in READ_FAULTS])
def test_what_is_wrong_with_a_play_is_named(spoil: Callable[[Any], object], code: str, where: str) -> None:
    value = copy.deepcopy(play())
    spoil(value)
    with pytest.raises(Refusal) as caught:
        read_play(value)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.message("zh")


@pytest.mark.parametrize(("spoil", "where"), [f[1:] for f in FIT_FAULTS], ids=[f[0] for f in FIT_FAULTS])
def test_what_does_not_fit_the_package_is_named(package: Package, spoil: Callable[[Any], object], where: str) -> None:
    value = json.loads(json.dumps(play()))
    spoil(value)
    if len(value["members"]) == 4:
        value["members"][-1]["arrival"] = 4
    with pytest.raises(Refusal) as caught:
        check_play(read_play(value), package)
    assert (caught.value.code, caught.value.where) == ("play_differs", where)
    assert caught.value.message("en")


def hard_tender(tender: Any) -> None:
    """All kinds of factors, odd ranges, a bid over its ceiling, one not qualified."""
    lot = tender["lots"][0]
    lot["factors"] = [
        factor("T1", "subjective", "4", "8"),
        factor("T2", "objective", "0", "51.5"),
        factor("T3", "pass_fail", None, None),
        factor("T4", "deduction", "0", "10"),
        factor("T5", "subjective", "0.125", "0.5"),
    ]
    lot["scoring"]["check_sum"] = False
    lot["scoring"]["ceiling"] = "999999"
    lot["review_items"][0]["ground"] = "Z4"
    lot["qualification"]["results"][2].update(passed=False, reason="资质过期")


def test_a_made_up_play_fits_its_package_and_can_be_scored(tmp_path: Path) -> None:
    package = read_package(write_zip(tmp_path / "p.zip", with_manifest(parts(spoil_tender=hard_tender))))
    made = make_play(package)
    check_play(made, package)
    played = made.lots[0]
    assert set(played.failures["m1"]) == {"B"}  # 1,000,000 is over 999,999; C is not qualified anyway
    assert set(played.marks["m1"]) == {"A"}
    for name in ("T2", "T3", "T4"):
        assert len({played.marks[member]["A"][name] for member in played.marks}) == 1
    assert played.marks["m1"]["A"]["T3"] == "pass"
    assert not any(member.admission is Admission.FACE for member in made.members)
    assert made.election.candidate != "m5"
    assert made.election.proposed_by != made.election.candidate
    result = scoring.score_document(scored_case(package, made))
    assert not [finding for finding in result["findings"] if finding["code"] == "objective_mismatch"]


def scored_case(package: Package, made: Play) -> dict[str, Any]:
    case = empty_case(package.ruleset, package.tender.lots[0])
    live = made.lots[0].marks["m1"]
    case["bids"] = [bid | {"rejected": bid["id"] not in live} for bid in case["bids"]]
    return case | {"experts": sorted(made.lots[0].marks), "sheets": made.lots[0].marks}


def test_the_same_package_plays_the_same_and_another_differs(tmp_path: Path) -> None:
    one = read_package(write_zip(tmp_path / "1.zip", with_manifest(parts())))
    same = read_package(write_zip(tmp_path / "2.zip", with_manifest(parts())))
    other = read_package(
        write_zip(tmp_path / "3.zip", with_manifest(parts(spoil_tender=lambda t: t.update(name="另一"))))
    )
    assert make_play(one) == make_play(same)
    assert make_play(one).lots[0].marks != make_play(other).lots[0].marks
