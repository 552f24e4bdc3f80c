"""A package is taken whole or refused whole, with a code, a place, and a sentence in two languages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exchange_factory import (
    NAMES,
    PDF,
    PNG,
    Parts,
    members,
    parts,
    tender,
    with_manifest,
    write_folder,
    write_zip,
)
from hypothesis import event, given
from hypothesis import strategies as st

from app.exchange.limits import Limits
from app.exchange.package import read_package
from app.exchange.refusal import PackageRefusal
from app.rules import Refusal, read_tender, ruleset_hash
from app.rules.model import MemberKind, SealedMember


def refusal_of(path: Path, limits: Limits | None = None) -> Refusal:
    """The refusal of a package; nothing may lie beside it afterwards that did not before."""
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(Refusal) as caught:
        read_package(path, limits)
    assert sorted(path.parent.rglob("*")) == before
    refusal = caught.value
    for lang in ("zh", "en"):
        sentence = refusal.message(lang)
        assert sentence
        assert "{" not in sentence
        assert not any(name in sentence + refusal.where for name in NAMES)
    return refusal


def test_a_sound_package_comes_out_whole_from_zip_and_folder(tmp_path: Path) -> None:
    files = with_manifest(parts())
    packed = read_package(write_zip(tmp_path / "p.zip", files))
    laid_out = read_package(write_folder(tmp_path / "p", files))
    assert packed.tender == laid_out.tender == read_tender(tender())
    assert packed.hash == laid_out.hash
    assert packed.rehearsal is True
    assert packed.ruleset_hash == ruleset_hash(packed.ruleset)
    assert [file.path for file in packed.files] == sorted(set(files) - {"package.json"})
    assert packed.members_hash == hashlib.sha256(files["members.json"]).hexdigest()
    assert [member.name for member in packed.members] == list(NAMES)
    assert packed.members[4].sealed("ref5") == SealedMember("ref5", MemberKind.DELEGATE, True)
    for package in (packed, laid_out):
        with package.reader() as read:
            for file in package.files:
                with read(file.path) as stream:
                    assert hashlib.sha256(stream.read()).hexdigest() == file.sha256
        with package.open("files/A.pdf") as stream:
            assert stream.read() == PDF


def test_the_hash_is_of_what_is_said_and_not_of_how_it_is_written(tmp_path: Path) -> None:
    files = with_manifest(parts())
    one = read_package(write_zip(tmp_path / "1.zip", files)).hash
    files["package.json"] = json.dumps(json.loads(files["package.json"]), indent=4, sort_keys=True).encode()
    assert read_package(write_zip(tmp_path / "2.zip", files)).hash == one
    other = with_manifest(parts(), lambda m: m.update(rehearsal=False))
    assert read_package(write_zip(tmp_path / "3.zip", other)).hash != one


def test_nobody_is_named_by_repr(tmp_path: Path) -> None:
    package = read_package(write_zip(tmp_path / "p.zip", with_manifest(parts())))
    shown = repr(package) + repr(package.members) + str(package.members[0])
    assert "m1" in shown
    secrets = [value for row in members()["members"] for value in (row["name"], row["document"], row["employer"])]
    assert not [secret for secret in secrets if secret in shown]


def lot(value: Any) -> Any:
    return value["lots"][0]


def of_the_portrait() -> dict[str, Any]:
    return {"sha256": hashlib.sha256(PNG).hexdigest(), "bytes": len(PNG)}


TENDER_FAULTS: list[tuple[str, Callable[[Any], object], str, str]] = [
    ("a missing price", lambda t: lot(t)["bids"][0].pop("price"), "missing_key", "$.lots[0].bids[0].price"),
    ("a float price", lambda t: lot(t)["bids"][0].update(price=1.5), "bad_number", "$"),
    ("a comma in a price", lambda t: lot(t)["bids"][0].update(price="1,5"), "bad_number", "$.lots[0].bids[0].price"),
    ("a price of zero", lambda t: lot(t)["bids"][1].update(price="0.00"), "bad_price", "$.lots[0].bids[1].price"),
    ("a price below zero", lambda t: lot(t)["bids"][1].update(price="-5"), "bad_price", "$.lots[0].bids[1].price"),
    ("an unknown kind", lambda t: lot(t)["factors"][0].update(kind="art"), "bad_value", "$.lots[0].factors[0].kind"),
    ("an unknown key", lambda t: lot(t)["factors"][0].update(weight="1"), "unknown_key", "$.lots[0].factors[0].weight"),
    ("a repeated factor", lambda t: lot(t)["factors"][1].update(id="T1"), "duplicate_id", "$.lots[0].factors[1].id"),
    ("a repeated bid", lambda t: lot(t)["bids"][2].update(id="A"), "duplicate_id", "$.lots[0].bids[2].id"),
    ("maxima that do not add up", lambda t: lot(t)["factors"][0].update(max="41"), "sum_not_100", "$.lots[0].factors"),
    ("a range upside down", lambda t: lot(t)["factors"][0].update(min="50"), "bad_range", "$.lots[0].factors[0].max"),
    ("the other track", lambda t: t.update(track="GC"), "track_differs", "$.track"),
    ("a bad time", lambda t: t.update(planned_at="2026-13-02T10:00:00+08:00"), "bad_time", "$.planned_at"),
    ("a time without zone", lambda t: t.update(planned_at="2026-03-02T10:00:00"), "bad_time", "$.planned_at"),
    (
        "an evaluation before the opening",
        lambda t: t.update(planned_at="2026-03-01T10:00:00+08:00"),
        "dates_out_of_order",
        "$.planned_at",
    ),
    (
        "a qualification signed before the opening",
        lambda t: lot(t)["qualification"].update(signed_at="2026-03-02T00:30:00Z"),
        "dates_out_of_order",
        "$.lots[0].qualification.signed_at",
    ),
    (
        "no qualification",
        lambda t: lot(t).update(qualification=None),
        "qualification_missing",
        "$.lots[0].qualification",
    ),
    (
        "a qualification that leaves a bid out",
        lambda t: lot(t)["qualification"]["results"].pop(),
        "qualification_incomplete",
        "$.lots[0].qualification.results",
    ),
    (
        "a negative result without reason",
        lambda t: lot(t)["qualification"]["results"][1].update(passed=False),
        "reason_missing",
        "$.lots[0].qualification.results[1].reason",
    ),
    (
        "a ground not in the rule set",
        lambda t: lot(t)["review_items"][0].update(ground="R9"),
        "unknown_ground",
        "$.lots[0].review_items[0].ground",
    ),
    (
        "a ceiling above the budget",
        lambda t: lot(t)["scoring"].update(ceiling="1300001"),
        "ceiling_above_budget",
        "$.lots[0].scoring.ceiling",
    ),
    (
        "a ceiling that is no number",
        lambda t: lot(t)["scoring"].update(ceiling="1e6"),
        "bad_number",
        "$.lots[0].scoring.ceiling",
    ),
    (
        "another least number of bids",
        lambda t: lot(t)["scoring"].update(min_bids=5),
        "min_bids_differs",
        "$.lots[0].scoring.min_bids",
    ),
    (
        "a trim in ZC",
        lambda t: lot(t)["scoring"]["price"]["benchmark"].update(trim=[{"from": 3, "high": 1, "low": 0}]),
        "scoring_rule",
        "$.lots[0].scoring.price.benchmark.trim",
    ),
    ("an unknown scoring key", lambda t: lot(t)["scoring"].update(bonus="1"), "unknown_key", "$.lots[0].scoring.bonus"),
    (
        "an unknown benchmark",
        lambda t: lot(t)["scoring"]["price"]["benchmark"].update(value="magic"),
        "scoring_rule",
        "$.lots[0].scoring.price.benchmark.value",
    ),
    (
        "no full price score",
        lambda t: lot(t)["scoring"]["price"].pop("full"),
        "missing_key",
        "$.lots[0].scoring.price.full",
    ),
    (
        "an adjustment that eats the price",
        lambda t: lot(t)["bids"][0]["adjustments"][0].update(rate="1"),
        "scoring_rule",
        "$.lots[0].bids[0].adjustments",
    ),
    (
        "a wrong credit code",
        lambda t: lot(t)["bids"][0].update(uscc="91990000MA0001000X"),
        "bad_uscc",
        "$.lots[0].bids[0].uscc",
    ),
    (
        "a bidder twice",
        lambda t: lot(t)["bids"][2].update(bidder="供应商A"),
        "duplicate_bidder",
        "$.lots[0].bids[2].bidder",
    ),
    (
        "a path that climbs",
        lambda t: lot(t)["bids"][0]["files"][0].update(path="../A.pdf"),
        "bad_path",
        "$.lots[0].bids[0].files[0].path",
    ),
    (
        "a file that is not there",
        lambda t: lot(t)["bids"][0]["files"][0].update(path="files/Z.pdf"),
        "missing_file",
        "$.lots[0].bids[0].files[0].path",
    ),
    (
        "a wrong hash of a bid",
        lambda t: lot(t)["bids"][0]["files"][0].update(sha256="0" * 64),
        "wrong_hash",
        "$.lots[0].bids[0].files[0].sha256",
    ),
    (
        "a wrong size of a bid",
        lambda t: lot(t)["bids"][0]["files"][0].update(bytes=7),
        "wrong_size",
        "$.lots[0].bids[0].files[0].bytes",
    ),
    (
        "a bid that is no PDF by name",
        lambda t: lot(t)["bids"][0]["files"][0].update(path="files/m1.png", **of_the_portrait()),
        "not_pdf",
        "$.lots[0].bids[0].files[0].path",
    ),
    ("no lot", lambda t: t.update(lots=[]), "bad_type", "$.lots"),
    ("a control character", lambda t: t.update(name="a\u0007b"), "bad_type", "$.name"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), [f[1:] for f in TENDER_FAULTS], ids=[f[0] for f in TENDER_FAULTS])
def test_what_is_wrong_with_a_tender_is_named(
    tmp_path: Path, spoil: Callable[[Any], object], code: str, where: str
) -> None:
    files = with_manifest(parts(spoil_tender=lambda t: void(spoil(t))))
    refusal = refusal_of(write_zip(tmp_path / "p.zip", files))
    assert (refusal.code, refusal.where) == (code, f"tender.json {where}")


def void(_: object) -> None:
    """Take a value and give none: `pop` and `update` return different things."""


MEMBER_FAULTS: list[tuple[str, Callable[[Any], object], str, str]] = [
    ("a wrong check digit", lambda m: m[0].update(document="990003197001011010"), "bad_document", "[0].document"),
    ("a day that is not", lambda m: m[0].update(document="990003197002301010"), "bad_document", "[0].document"),
    ("15 digits", lambda m: m[0].update(document="990003700101101"), "bad_document", "[0].document"),
    ("a small x", lambda m: m[0].update(document="99000319700101101x"), "bad_document", "[0].document"),
    ("the same document twice", lambda m: m[3].update(document=m[1]["document"]), "duplicate_member", "[3].document"),
    ("the same id twice", lambda m: m[3].update(id="m1"), "duplicate_id", "[3].id"),
    ("no name", lambda m: m[2].update(name=" "), "bad_type", "[2].name"),
    ("a wrong phone", lambda m: m[2].update(phone="call me"), "bad_phone", "[2].phone"),
    ("an unknown kind", lambda m: m[2].update(kind="friend"), "bad_value", "[2].kind"),
    (
        "a delegate without letter",
        lambda m: m[4].update(authorisation=None),
        "authorisation_missing",
        "[4].authorisation",
    ),
    (
        "an expert with a letter",
        lambda m: m[1].update(authorisation="files/m5.pdf"),
        "authorisation_unexpected",
        "[1].authorisation",
    ),
    ("a member of a bidder", lambda m: m[1].update(employer="供应商B"), "member_of_bidder", "[1].employer"),
    ("a portrait that is not there", lambda m: m[0].update(portrait="files/m9.png"), "missing_file", "[0].portrait"),
    ("a portrait that is a PDF", lambda m: m[0].update(portrait="files/m5.pdf"), "not_picture", "[0].portrait"),
    ("a letter that is a picture", lambda m: m[4].update(authorisation="files/m1.png"), "not_pdf", "[4].authorisation"),
]


@pytest.mark.parametrize(("spoil", "code", "where"), [f[1:] for f in MEMBER_FAULTS], ids=[f[0] for f in MEMBER_FAULTS])
def test_what_is_wrong_with_the_members_is_named_and_nobody_is(
    tmp_path: Path, spoil: Callable[[Any], object], code: str, where: str
) -> None:
    files = with_manifest(parts(spoil_members=lambda m: void(spoil(m["members"]))))
    refusal = refusal_of(write_zip(tmp_path / "p.zip", files))
    assert (refusal.code, refusal.where) == (code, f"members.json $.members{where}")


def test_without_salt_the_list_is_not_taken(tmp_path: Path) -> None:
    files = with_manifest(parts(spoil_members=lambda m: m.pop("salt")))
    refusal = refusal_of(write_zip(tmp_path / "p.zip", files))
    assert (refusal.code, refusal.where) == ("missing_key", "members.json $.salt")


MANIFEST_FAULTS: list[tuple[str, Callable[[Any], object], str, str]] = [
    ("another format", lambda m: m.update(format="zip"), "unknown_package_format", "package.json $.format"),
    ("another version", lambda m: m.update(version=2), "unknown_package_format", "package.json $.version"),
    ("no version", lambda m: m.pop("version"), "missing_key", "package.json $.version"),
    ("no rehearsal flag", lambda m: m.pop("rehearsal"), "missing_key", "package.json $.rehearsal"),
    ("an unknown key", lambda m: m.update(note=""), "unknown_key", "package.json $.note"),
    (
        "a wrong rule set hash",
        lambda m: m["ruleset"].update(hash="0" * 64),
        "ruleset_hash_differs",
        "package.json $.ruleset.hash",
    ),
    ("another rule set", lambda m: m["ruleset"].update(id="gc"), "ruleset_differs", "package.json $.ruleset.id"),
    (
        "an unknown rule version",
        lambda m: m["ruleset"].update(version="1999.1"),
        "ruleset_differs",
        "package.json $.ruleset.version",
    ),
    ("a wrong hash", lambda m: m["files"][0].update(sha256="0" * 64), "wrong_hash", "files/A.pdf"),
    ("a wrong size", lambda m: m["files"][0].update(bytes=1), "wrong_size", "files/A.pdf"),
    ("a file listed twice", lambda m: m["files"].append(m["files"][0]), "duplicate_name", "package.json $.files[10]"),
    (
        "a file listed but not there",
        lambda m: m["files"].append({"path": "x.pdf", "bytes": 1, "sha256": "0" * 64}),
        "missing_file",
        "package.json $.files[10]",
    ),
    ("a file there but not listed", lambda m: m["files"].pop(0), "unknown_file", "files/A.pdf"),
    (
        "a hash in capitals",
        lambda m: m["files"][0].update(sha256="A" * 64),
        "bad_hash",
        "package.json $.files[0].sha256",
    ),
    (
        "an absolute path",
        lambda m: m["files"][0].update(path="/etc/passwd"),
        "bad_path",
        "package.json $.files[0].path",
    ),
]


@pytest.mark.parametrize(
    ("spoil", "code", "where"), [f[1:] for f in MANIFEST_FAULTS], ids=[f[0] for f in MANIFEST_FAULTS]
)
def test_what_is_wrong_with_the_manifest_is_named(
    tmp_path: Path, spoil: Callable[[Any], object], code: str, where: str
) -> None:
    files = with_manifest(parts(), lambda m: void(spoil(m)))
    for path in (write_zip(tmp_path / "p.zip", files), write_folder(tmp_path / "p", files)):
        refusal = refusal_of(path)
        assert (refusal.code, refusal.where) == (code, where)


def replaced(path: str, data: bytes) -> Parts:
    files = parts()
    files[path] = data
    return with_manifest(files)


@pytest.mark.parametrize(
    ("files", "code", "where"),
    [
        (replaced("files/A.pdf", b""), "empty_file", "files/A.pdf"),
        (replaced("files/A.pdf", b"PK\x03\x04 no pdf %%EOF"), "not_pdf", "files/A.pdf"),
        (replaced("files/A.pdf", PDF.replace(b"%%EOF", b"")), "truncated_pdf", "files/A.pdf"),
        (replaced("files/m1.png", b"GIF89a"), "not_picture", "files/m1.png"),
        (replaced("files/extra.pdf", PDF), "unreferenced_file", "files/extra.pdf"),
        (replaced("notes.txt", b"x"), "unreferenced_file", "notes.txt"),
        (replaced("tender.json", b"{"), "bad_json", "tender.json $"),
        (replaced("tender.json", b"\xff\xfe"), "bad_json", "tender.json $"),
        (replaced("tender.json", b'{"id": NaN}'), "bad_number", "tender.json $"),
        (replaced("tender.json", b'{"id": "1", "id": "2"}'), "duplicate_key", "tender.json id"),
        (replaced("tender.json", b"[" * 100_000), "bad_json", "tender.json $"),
        (replaced("tender.json", b"9" * 10_000), "bad_json", "tender.json $"),
        (replaced("tender.json", b"[]"), "bad_type", "tender.json $"),
        (replaced("ruleset.json", b'{"format": 9}'), "unknown_rule_format", "ruleset.json $.format"),
        (replaced("ruleset.json", b"{}"), "missing_key", "ruleset.json $.format"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(tmp_path: Path, files: Parts, code: str, where: str) -> None:
    refusal = refusal_of(write_zip(tmp_path / "p.zip", files))
    assert (refusal.code, refusal.where) == (code, where)


@pytest.mark.parametrize("missing", ["tender.json", "ruleset.json", "members.json", "package.json", "files/B.pdf"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    files = parts()
    files.pop(missing, None)
    files = with_manifest(files)
    if missing == "package.json":
        del files[missing]
    refusal = refusal_of(write_zip(tmp_path / "p.zip", files))
    assert (refusal.code, refusal.details["path"]) == ("missing_file", missing)


def test_a_portrait_has_its_own_limit(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", with_manifest(parts()))
    refusal = refusal_of(path, Limits(portrait=len(PNG) - 1))
    assert (refusal.code, refusal.where) == ("too_large", "files/m1.png")


def test_every_sentence_exists_in_both_languages() -> None:
    for code, (chinese, english) in PackageRefusal.SENTENCES.items():
        assert chinese.endswith("。") or code == "play_differs" or "{" in chinese, code
        assert english.isascii(), code
        assert not chinese.isascii(), code


@given(st.data())
def test_a_damaged_package_is_refused_or_still_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged", numbered=True)
    files = with_manifest(parts())
    path = write_zip(folder / "p.zip", files)
    sound = read_package(path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))])
    try:
        package = read_package(path)
    except Refusal as refusal:
        sentence = refusal.message("zh")
        event(refusal.code)
    else:
        sentence = "taken"
        assert package.hash == sound.hash
        assert package.tender == sound.tender
    assert sentence
