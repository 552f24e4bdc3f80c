"""The evidence package: one form, whole or not at all, readable by anyone who knows BagIt."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from evaluation_case import secret
from evaluation_factory import play
from evidence_factory import CASES, RECIPIENT, evidence, parts_of, played_evidence

from app import drawing, journal, scoring
from app.archive import NamesFault, build_evidence, extract_of, read_names, sign_names, zip_of
from app.journal import Ed25519Signer, Tree, entry_bytes, verify_inclusion


@pytest.mark.parametrize("case", CASES)
def test_a_bag_is_valid_to_another_reader_and_always_the_same(case: str, tmp_path: Path) -> None:
    found = evidence(case)
    build_evidence(found.parts, tmp_path / "evidence")
    bagit.Bag(str(tmp_path / "evidence")).validate()
    again = played_evidence(**CASES[case])
    assert again.files == found.files
    written = {
        path.relative_to(tmp_path / "evidence").as_posix(): path.read_bytes()
        for path in (tmp_path / "evidence").rglob("*")
        if path.is_file()
    }
    assert written == found.files


def test_the_tree_is_the_contracts_tree() -> None:
    files = set(evidence("gc").files)
    assert {path for path in files if "/" not in path} == {
        *("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "verify.py", "FORMAT.md"),
    }
    plain = {path.removeprefix("data/") for path in files if path.startswith("data/") and path.count("/") == 1}
    assert plain == {
        *("journal.jsonl", "checkpoint.txt", "keys.json", "ruleset.json", "tender.json", "scoring-case.json"),
        *("result.json", "report.pdf", "ledger.json", "names.sealed", "seal.json"),
    }
    folders = {path.split("/")[1] for path in files if path.count("/") == 2}
    assert folders == {"draws", "sheets", "recordings", "room"}
    members = evidence("gc").played.it.committee
    due = {f"data/sheets/{kind}-1-{alias}.json" for kind in ("ballot", "review", "marks") for alias in members}
    assert {path for path in files if path.startswith("data/sheets/")} == due


def test_the_cores_alone_agree_with_the_package() -> None:
    files = evidence("gc").files
    result = scoring.dumps(scoring.score(scoring.parse(files["data/scoring-case.json"])))
    assert result == files["data/result.json"]
    transcripts = [path for path in files if path.startswith("data/draws/")]
    assert len(transcripts) == 2
    assert all(drawing.verify(json.loads(files[path])) is None for path in transcripts)


def test_a_failed_lot_has_no_result() -> None:
    files = evidence("failed").files
    assert "data/scoring-case.json" not in files
    assert "data/result.json" not in files


def test_the_zip_is_always_the_same_and_holds_the_bag(tmp_path: Path) -> None:
    found = evidence("zc")
    for name in ("one", "two"):
        build_evidence(found.parts, tmp_path / name / "evidence")
    packed = zip_of(tmp_path / "one" / "evidence")
    assert packed == zip_of(tmp_path / "two" / "evidence")
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == {
            f"evidence/{path}": data for path, data in found.files.items()
        }


def test_nothing_is_written_over_and_nothing_half(tmp_path: Path) -> None:
    found = evidence("zc")
    target = tmp_path / "evidence"
    build_evidence(found.parts, target)
    with pytest.raises(FileExistsError):
        build_evidence(found.parts, target)
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        build_evidence(found.parts, blocked / "evidence")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence", "file"]


def test_parts_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    parts = evidence("zc").parts
    wrong = [
        replace(parts, lot="9"),
        replace(parts, entries=parts.entries[:-1]),
        replace(parts, entries=()),
        replace(parts, room_entries=parts.room_entries[:-1]),
    ]
    for given in wrong:
        with pytest.raises(ValueError, match=r"lot|ends|exactly"):
            build_evidence(given, tmp_path / "evidence")
    assert list(tmp_path.iterdir()) == []


def test_the_names_open_for_the_entitled_alone_and_bear_the_rooms_signature() -> None:
    found = evidence("zc")
    room_key = found.played.signer.public_key
    data = found.files["data/names.sealed"]
    sealed = read_names(data, "evaluation/ev1", "1", room_key)
    assert journal.open_with(RECIPIENT, sealed, "kawei/names/1") == b'{"members":[]}'
    with pytest.raises(journal.SealingFault):
        journal.open_with(secret("stranger"), sealed, "kawei/names/1")
    stranger = Ed25519Signer(secret("another room"))
    forged = sign_names("evaluation/ev1", "1", sealed, stranger)
    for given, stream, lot, part in (
        (forged, "evaluation/ev1", "1", "signature"),
        (data, "evaluation/ev2", "1", "stream"),
        (data, "evaluation/ev1", "2", "lot"),
        (data.replace(b'"v":3', b'"v":1'), "evaluation/ev1", "1", "signature"),
        (data.replace(b'"v":3', b'"v":4'), "evaluation/ev1", "1", "v"),
        (data[:-1], "evaluation/ev1", "1", "form"),
        (b"[]\n", "evaluation/ev1", "1", "form"),
        (data.replace(b'"X25519+', b'"Y25519+'), "evaluation/ev1", "1", "signature"),
        (data.replace(b'"wrapped":"', b'"wrapped":"g'), "evaluation/ev1", "1", "sealed"),
    ):
        with pytest.raises(NamesFault) as caught:
            read_names(given, stream, lot, room_key)
        assert caught.value.part == part


def test_no_name_key_or_secret_is_in_a_package() -> None:
    found = evidence("zc")
    everything = b"\n".join(found.files.values())
    for private in (found.played.signer.seed, *(device.seed for device in found.played.devices.values())):
        assert private not in everything
        assert private.hex().encode() not in everything
    assert found.played.signer.seed.hex() not in repr(found.parts)


def test_the_extract_proves_every_entry_and_shows_foreign_draws_by_their_calls_alone() -> None:
    played = play("ZC")
    entries = played.room_log.entries
    extract = extract_of("evaluation/ev1", entries)
    root = Tree(entry_bytes(entry) for entry in entries).root()
    assert {entry.type for entry in extract.entries} >= {"RoomOpened", "EvaluationImported", "DrawOpened"}
    assert {entry.type for entry in extract.entries}.isdisjoint({"PostTaken", "DeviceConnected", "NamesLooked"})
    for entry in extract.entries:
        proof = extract.inclusion[entry.seq]
        assert verify_inclusion(entry_bytes(entry), entry.seq - 1, len(entries), proof, root)
    foreign = extract_of("evaluation/ev2", entries)
    assert [entry.type for entry in foreign.entries] == ["RoomOpened"]


def test_the_ledger_tells_the_day() -> None:
    ledger = json.loads(evidence("gc").files["data/ledger.json"])
    assert [stage["stage"] for stage in ledger["stages"]] == [
        *("gathering", "electing", "reviewing", "reviewed", "marking", "opened", "confirming", "reporting"),
        *("reported", "closed"),
    ]
    assert [draw["purpose"] for draw in ledger["draws"]] == ["slots", "aliases"]
    assert [row["type"] for row in ledger["releases"]] == ["ReleaseRequested", "ReleaseApproved", "ReleaseApproved"]
    assert {member["known_by"] for member in ledger["members"]} == {"face", "two_person"}
    assert [row["text"] for row in ledger["remarks"]] == ["全程秩序良好"]
    assert [row["code"] for row in ledger["refusals"]] == ["out_of_range"]
    assert [(row["type"], row["text"]) for row in ledger["calls"]] == [
        ("HelpCalled", "鼠标失灵"),
        ("HelpAnswered", "已更换"),
    ]
    assert len(ledger["dissents"]) == 1
    assert ledger["course"] == []
    assert {(post["role"], post["post"]) for post in ledger["posts"]} >= {
        ("centre", "centre-a"),
        ("witness", "witness-a"),
    }
    recused = json.loads(evidence("recused").files["data/ledger.json"])
    assert [row["bidder"] for row in recused["recusals"]] == ["甲设备有限公司"]
    assert sum(member["in_committee"] for member in recused["members"]) == 5


def test_a_cosigning_machines_key_is_told() -> None:
    found = evidence("zc")
    signed = journal.parse_checkpoint(found.parts.checkpoint)
    note = signed.cosign("kiosk-1", 1772413200, found.played.devices["kiosk-1"]).text()
    parts = parts_of(found.played, "1", found.parts.report, checkpoint=note)
    from app.archive import payload

    keys = json.loads(payload(parts)["data/keys.json"])
    kiosk = next(device for device in keys["devices"] if device["device"] == "kiosk-1")
    assert kiosk["verifier_key"].startswith("kiosk-1+")
    assert keys["room"]["fingerprint"] == found.key
