"""Rule sets and tenders are read strictly, written back to the same, and hashed by what they say."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.members import read_members
from app.exchange.package import read_manifest
from app.rules import Refusal, read_ruleset, read_tender, ruleset_hash, ruleset_to_json, tender_to_json
from app.rules.model import Party, RuleSet, Track
from app.rules.reading import Node, decode
from app.rules.tender import is_safe_path
from app.rules.vocabulary import SECTIONS, WORDS
from resources import path as resource

HASH = "0123456789abcdef" * 4


def loaded(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(resource("rules", f"{name}.json").read_text("utf-8"))
    return value


def small_ruleset() -> dict[str, Any]:
    rules = loaded("zc")
    rules["discipline"] = rules["discipline"][:1]
    rules["report_sections"] = ["criteria", "signatures"]
    kept = {*WORDS, "section.criteria", "section.signatures"}
    rules["words"] = {key: word for key, word in rules["words"].items() if key in kept}
    return rules


def small_tender() -> dict[str, Any]:
    def file(name: str) -> dict[str, Any]:
        return {"path": f"files/{name}.pdf", "sha256": HASH, "bytes": 10, "title": name}

    factors = [
        {"id": "T1", "group": "技术", "kind": "subjective", "name": "方案", "rule": "酌情", "min": "0", "max": "70"},
        {"id": "T2", "group": "技术", "kind": "pass_fail", "name": "资料", "rule": "齐全", "min": None, "max": None},
    ]
    bid = {
        "id": "A",
        "bidder": "甲",
        "uscc": "",
        "price": "100.5",
        "adjustments": [{"kind": "sme", "rate": "0.1"}],
        "brand": None,
        "files": [file("A")],
    }
    lot = {
        "id": "1",
        "name": "一包",
        "bids": [bid],
        "factors": factors,
        "review_items": [{"id": "C1", "group": "符合性", "name": "签章", "clause": "1", "ground": "Z2"}],
        "scoring": {"method": "comprehensive", "price": {"full": "30", "benchmark": {"value": "lowest"}}},
        "qualification": {
            "signed_by": "采购人",
            "signed_at": "2026-03-02T09:30:00+08:00",
            "paper": file("q"),
            "results": [{"bid": "A", "passed": True, "reason": None}],
        },
    }
    return {
        "id": "T-1",
        "name": "项目",
        "track": "ZC",
        "tenderee": "采购人",
        "agency": "",
        "announced_in": ["媒体"],
        "planned_at": "2026-03-02T10:00:00.25+08:00",
        "documents": [file("t")],
        "opening": {"opened_at": "2026-03-02T01:00:00Z", "place": "一室", "coefficients": {"K": "1"}, "remarks": ""},
        "lots": [lot],
        "labels": [],
    }


def small_members() -> dict[str, Any]:
    member = {
        "id": "m1",
        "name": "某人",
        "document": "E12345678",
        "employer": "某单位",
        "kind": "expert",
        "specialities": ["x"],
        "phone": "10000000001",
        "portrait": "files/m1.png",
        "authorisation": None,
    }
    return {"salt": HASH, "members": [member]}


def small_package() -> dict[str, Any]:
    return {
        "format": "kawei-import",
        "version": 1,
        "rehearsal": False,
        "ruleset": {"id": "zc", "version": "1", "hash": HASH},
        "files": [{"path": "tender.json", "bytes": 3, "sha256": HASH}],
    }


@pytest.mark.parametrize("name", ["zc", "gc"])
def test_the_shipped_rule_sets_come_back_as_they_were(name: str) -> None:
    value = loaded(name)
    ruleset = read_ruleset(value)
    assert ruleset_to_json(ruleset) == value
    assert read_ruleset(ruleset_to_json(ruleset)) == ruleset
    assert ruleset_hash(ruleset) == hashlib.sha256(rfc8785.dumps(value)).hexdigest()
    assert ruleset.track is Track(name.upper())


def test_the_two_tracks_say_what_their_laws_say() -> None:
    gc, zc = read_ruleset(loaded("gc")), read_ruleset(loaded("zc"))
    assert (gc.words["preliminary"], zc.words["preliminary"]) == ("初步评审", "符合性审查")
    assert (gc.words["chair"], zc.words["chair"]) == ("评标委员会负责人", "评标组长")
    assert (gc.words["reject"], zc.words["rejected"]) == ("否决投标", "投标无效")
    assert list(gc.grounds) == [f"R{i}" for i in range(1, 8)]
    assert list(zc.grounds) == [f"Z{i}" for i in range(1, 7)]
    assert (gc.committee.delegate_may_chair, zc.committee.delegate_may_chair) == (True, False)
    assert (zc.committee.large_minimum, zc.committee.large_from) == (7, "10000000")
    assert (gc.qualification_by, zc.qualification_by) == ("committee", "tenderee")
    assert (gc.too_few, zc.too_few) == ("committee_decides", "fail")
    assert (gc.check_by, zc.check_by) == ((), (Party.AGENCY,))
    assert gc.draw_parties == zc.draw_parties == (Party.CENTRE, Party.KIOSK)
    law = ("basics", "committee", "opening", "qualified_bids", "rejections", "criteria", "comparison", "ranking")
    assert gc.report_sections[:10] == (*law, "candidates", "clarifications")  # 12号令 42
    assert zc.report_sections[:6] == (
        *("announcement", "bidders_and_committee", "criteria"),
        *("proceedings", "candidates", "other"),
    )  # 87号令 58
    for ruleset in (gc, zc):
        assert len(ruleset.discipline) >= 10
        assert "利害关系" in ruleset.pledge
        assert (ruleset.min_bids, ruleset.candidates) == (3, 3)


def test_a_tender_comes_back_as_it_was() -> None:
    value = small_tender()
    tender = read_tender(value)
    assert tender_to_json(tender) == value
    assert read_tender(json.loads(json.dumps(tender_to_json(tender)))) == tender
    assert tender.lots[0].factors[1].max is None


def test_a_rule_set_that_says_something_else_has_another_hash() -> None:
    ruleset = read_ruleset(loaded("zc"))
    seen = {ruleset_hash(ruleset)}
    for name, value in (("min_bids", 4), ("pledge", "x"), ("check_by", ())):
        seen.add(ruleset_hash(dataclasses.replace(ruleset, **{name: value})))
    assert len(seen) == 4


RULESET_FAULTS: list[tuple[Callable[[Any], object], str, str]] = [
    (lambda r: r.update(format=2), "unknown_rule_format", "$.format"),
    (lambda r: r.update(format=True), "unknown_rule_format", "$.format"),
    (lambda r: r.pop("format"), "missing_key", "$.format"),
    (lambda r: r.pop("pledge"), "missing_key", "$.pledge"),
    (lambda r: r.update(formula="x"), "unknown_key", "$.formula"),
    (lambda r: r.update(track="XX"), "bad_value", "$.track"),
    (lambda r: r["words"].pop("chair"), "word_missing", "$.words.chair"),
    (lambda r: r["words"].pop("section.criteria"), "word_missing", "$.words.section.criteria"),
    (lambda r: r["words"].update(boss="x"), "unknown_key", "$.words.boss"),
    (lambda r: r["words"].update(chair=""), "bad_type", "$.words.chair"),
    (lambda r: r["report_sections"].append("poem"), "bad_value", "$.report_sections[2]"),
    (lambda r: r["report_sections"].append("criteria"), "duplicate_id", "$.report_sections[2]"),
    (lambda r: r["committee"].update(large_minimum=None), "bad_type", "$.committee.large_from"),
    (lambda r: r["committee"].update(large_from="1e7"), "bad_number", "$.committee.large_from"),
    (lambda r: r["committee"].update(minimum=0), "bad_type", "$.committee.minimum"),
    (lambda r: r["committee"].update(minimum=True), "bad_type", "$.committee.minimum"),
    (lambda r: r.update(grounds={}), "bad_type", "$.grounds"),
    (lambda r: r["procedure"].update(low_price_ground="X1"), "unknown_ground", "$.procedure.low_price_ground"),
    (lambda r: r["procedure"].update(low_price_rates={"mean": "0"}), "bad_price", "$.procedure.low_price_rates.mean"),
    (lambda r: r["procedure"].update(correction_order=["luck"]), "bad_value", "$.procedure.correction_order[0]"),
    (lambda r: r.update(draw_parties=[]), "bad_type", "$.draw_parties"),
    (lambda r: r.update(draw_parties=["centre", "centre"]), "duplicate_id", "$.draw_parties[1]"),
    (lambda r: r.update(check_by=["everyone"]), "bad_value", "$.check_by[0]"),
    (lambda r: r.update(min_bids=2**53), "bad_type", "$.min_bids"),
    (lambda r: r.update(discipline=[]), "bad_type", "$.discipline"),
]


def deep() -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(60):
        value = {"a": value}
    return value


@pytest.mark.parametrize(("spoil", "code", "where"), RULESET_FAULTS)
def test_a_wrong_rule_set_is_refused_at_its_place(spoil: Callable[[Any], object], code: str, where: str) -> None:
    value = small_ruleset()
    spoil(value)
    with pytest.raises(Refusal) as caught:
        read_ruleset(value)
    assert (caught.value.code, caught.value.where) == (code, where)
    for lang in ("zh", "en"):
        assert "{" not in caught.value.message(lang)
    assert str(caught.value) == f"{code} at {where}"


@pytest.mark.parametrize("value", [None, [], "x", 3, True])
def test_what_is_no_object_is_refused(value: object) -> None:
    for read in (read_ruleset, read_tender):
        with pytest.raises(Refusal) as caught:
            read(value)
        assert (caught.value.code, caught.value.where) == ("bad_type", "$")


TENDER_FAULTS: list[tuple[Callable[[Any], object], str, str]] = [
    (lambda t: t["lots"][0]["factors"][1].update(max="5"), "bad_type", "$.lots[0].factors[1].max"),
    (lambda t: t["lots"][0]["factors"][0].update(max=None), "bad_number", "$.lots[0].factors[0].max"),
    (lambda t: t["lots"][0]["bids"][0]["adjustments"][0].pop("rate"), "bad_type", "$.lots[0].bids[0].adjustments[0]"),
    (
        lambda t: t["lots"][0]["bids"][0]["adjustments"][0].update(amount="1"),
        "bad_type",
        "$.lots[0].bids[0].adjustments[0]",
    ),
    (lambda t: t["lots"][0]["bids"][0]["files"][0].update(bytes=0), "bad_type", "$.lots[0].bids[0].files[0].bytes"),
    (lambda t: t["lots"][0]["bids"][0]["files"][0].update(sha256="x"), "bad_hash", "$.lots[0].bids[0].files[0].sha256"),
    (lambda t: t["lots"][0]["bids"][0].update(id="甲"), "bad_value", "$.lots[0].bids[0].id"),
    (
        lambda t: t["lots"][0]["review_items"].append(t["lots"][0]["review_items"][0]),
        "duplicate_id",
        "$.lots[0].review_items[1].id",
    ),
    (lambda t: t["lots"].append(t["lots"][0]), "duplicate_id", "$.lots[1].id"),
    (lambda t: t["lots"][0]["scoring"].pop("method"), "missing_key", "$.lots[0].scoring.method"),
    (lambda t: t["lots"][0]["scoring"].update(bids=[]), "unknown_key", "$.lots[0].scoring.bids"),
    (lambda t: t["lots"][0]["scoring"].update(price={"a": [1.5]}), "bad_number", "$.lots[0].scoring.price.a[0]"),
    (lambda t: t["lots"][0]["scoring"].update(price={"a": 2**60}), "bad_number", "$.lots[0].scoring.price.a"),
    (lambda t: t["lots"][0]["scoring"].update(price={1: 2}), "bad_type", "$.lots[0].scoring.price"),
    (lambda t: t["lots"][0]["scoring"].update(price={"a": (1,)}), "bad_type", "$.lots[0].scoring.price.a"),
    (lambda t: t["lots"][0]["scoring"].update(price=deep()), "bad_json", f"$.lots[0].scoring.price{'.a' * 40}"),
    (
        lambda t: t["lots"][0]["qualification"]["results"][0].update(passed="yes"),
        "bad_type",
        "$.lots[0].qualification.results[0].passed",
    ),
    (lambda t: t["opening"].update(opened_at="2026-02-30T09:00:00+08:00"), "bad_time", "$.opening.opened_at"),
    (lambda t: t["opening"].update(opened_at=5), "bad_time", "$.opening.opened_at"),
    (lambda t: t["opening"]["coefficients"].update(K=1), "bad_type", "$.opening.coefficients.K"),
    (lambda t: t.update(name="长" * 3 + "\u0085"), "bad_type", "$.name"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), TENDER_FAULTS)
def test_a_wrong_tender_is_refused_at_its_place(spoil: Callable[[Any], object], code: str, where: str) -> None:
    value = small_tender()
    spoil(value)
    with pytest.raises(Refusal) as caught:
        read_tender(value)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.message("zh")


@pytest.mark.parametrize("text", ["1", "0", "-3", "12.50", "0.001"])
def test_plain_decimals_are_numbers(text: str) -> None:
    assert Node(text).number() == text


@pytest.mark.parametrize(
    "value", ["", "1.", ".5", "+1", "1e3", "1_000", "1,000", "１", "NaN", " 1", "1\n", 1, 1.5, None, True, "9" * 41]
)
def test_everything_else_is_not(value: object) -> None:
    with pytest.raises(Refusal) as caught:
        Node(value).number()
    assert caught.value.code == "bad_number"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"{", "bad_json"),
        (b"\xff", "bad_json"),
        (b"1.0", "bad_number"),
        (b"-Infinity", "bad_number"),
        (b'{"a": 1, "a": 1}', "duplicate_key"),
        (b"[" * 200_000, "bad_json"),
        (b"1" * 5000, "bad_json"),
        (b"", "bad_json"),
    ],
)
def test_json_is_decoded_strictly(text: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        decode(text)
    assert caught.value.code == code
    assert decode(b'\xef\xbb\xbf{"a": [1, "x", null, true]}') == {"a": [1, "x", None, True]}


SCHEMAS: list[tuple[str, dict[str, Any], Callable[[object], object]]] = [
    ("ruleset", small_ruleset(), read_ruleset),
    ("tender", small_tender(), read_tender),
    ("members", small_members(), read_members),
    ("package", small_package(), read_manifest),
]
STRANGE: list[Any] = [None, "", " ", "x", "0", "-1", "7.5", 0, -1, 7, True, [], ["x"], {}, {"x": "y"}, "a/../b", HASH]
BEYOND_A_SCHEMA = {"bad_document", "word_missing", "price_missing", "unknown_ground"}
"""What a schema cannot say: check digits, which words the sections want, that only an envelope hides a price, and which
grounds there are."""


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in children:
        yield from places(item, (*path, key))


def mutations(sound: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every value replaced by every strange one, every key taken away, every object given one more."""
    for path in places(sound):
        for strange in (*STRANGE, DELETE, ADD):
            value = copy.deepcopy(sound)
            target: Any = value
            for key in path[:-1]:
                target = target[key]
            if strange is ADD:
                inside = target[path[-1]] if path else target
                if isinstance(inside, dict):
                    inside["zz"] = 1
            elif not path:
                continue
            elif strange is DELETE:
                del target[path[-1]]
            else:
                target[path[-1]] = copy.deepcopy(strange)
            yield value


DELETE, ADD = object(), object()


@pytest.mark.parametrize(("name", "sound", "read"), SCHEMAS, ids=[row[0] for row in SCHEMAS])
def test_the_schema_and_the_reader_agree(name: str, sound: dict[str, Any], read: Callable[[object], object]) -> None:
    schema = json.loads(resource("rules", "schema", f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    read(sound)
    assert validator.is_valid(sound)
    compared = 0
    for value in mutations(sound):
        try:
            read(value)
            code = None
        except Refusal as refusal:
            code = refusal.code
        if code in BEYOND_A_SCHEMA or (name == "ruleset" and code == "unknown_key" and stray_section(value)):
            continue
        assert validator.is_valid(value) is (code is None), (code, difference(sound, value))
        compared += 1
    assert compared > 200


def stray_section(value: dict[str, Any]) -> bool:
    """Whether a rule set has the word of a section that it no longer lists."""
    listed = value.get("report_sections")
    words = value.get("words")
    return (
        isinstance(listed, list)
        and isinstance(words, dict)
        and any(f"section.{key}" in words and key not in listed for key in SECTIONS)
    )


def difference(one: object, other: object) -> str:
    return re.sub(r"\s+", " ", f"{one!r} -> {other!r}")[-600:]


@pytest.mark.parametrize("name", ["zc", "gc"])
def test_the_shipped_rule_sets_fit_the_schema(name: str) -> None:
    schema = json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(loaded(name))


def test_the_schema_knows_every_field_of_the_model() -> None:
    schema = json.loads(resource("rules", "schema", "ruleset.json").read_text("utf-8"))
    assert set(schema["required"]) == {field.name for field in dataclasses.fields(RuleSet)} | {"format"}


@given(st.text(max_size=20) | st.lists(st.sampled_from(["..", ".", "a", "", "b.pdf", "C:", " x", "y."])).map("/".join))
def test_a_safe_path_never_leaves_its_folder(text: str) -> None:
    schema = json.loads(resource("rules", "schema", "package.json").read_text("utf-8"))
    if is_safe_path(text):
        parts = text.split("/")
        assert text == "/".join(part.strip().rstrip(".") for part in parts)
        assert not {"", ".", ".."} & set(parts)
        assert not text.startswith("/")
        assert jsonschema.Draft202012Validator(schema["$defs"]["path"]).is_valid(text)
