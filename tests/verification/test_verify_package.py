"""A sound package passes; any bit, byte, file or folder that is not as it was made is named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from evidence_factory import CASES, evidence, write

from app import journal
from app.verification import Folder, Outcome, Verdict, inspect, read_folder, sentence, title, verify
from app.verification.bag import check_bag
from app.verification.checks import Failed
from app.verification.package import Package
from app.verification.sentences import PROBLEMS, TITLES

ORDER = [
    *("bag", "chain", "decisions", "nights", "room", "checkpoint", "keys", "draws", "frozen", "sheets", "case"),
    *("result", "report", "typeset", "signatures", "recordings", "segments", "ledger", "names"),
    *("seal", "papers", "platform"),
]


def failing(verdict: Verdict) -> dict[str, tuple[str, str]]:
    """Code and place of what failed, by check."""
    return {check.code: (check.problem.code, check.problem.where) for check in verdict.checks if check.problem}


def named(verdict: Verdict) -> str:
    """The file that the check of the bag names."""
    problem = verdict.checks[0].problem
    return "" if problem is None else problem.where


@pytest.mark.parametrize("case", CASES)
def test_a_sound_package_passes(case: str) -> None:
    found = evidence(case)
    verdict = inspect(found.folder(), found.key)
    assert failing(verdict) == {}
    assert [check.code for check in verdict.checks] == [*ORDER, "anchor"]
    not_due = {check.code for check in verdict.checks if check.outcome is Outcome.NOT_DUE}
    assert not_due == {"nights", "signatures", "recordings", "segments", "papers", "platform"} | (
        {"case", "result"} if case == "failed" else set()
    )
    assert verdict.good
    assert verdict.anchored
    assert verdict.rehearsal
    assert verdict.key == found.key


def test_any_flipped_bit_of_any_file_is_found_and_its_file_named() -> None:
    found, chance = evidence("gc"), random.Random(20260302)
    for path, data in found.files.items():
        place = chance.randrange(8 * len(data))
        bent = bytearray(data)
        bent[place // 8] ^= 1 << place % 8
        verdict = inspect(found.folder(**{path: bytes(bent)}), found.key)
        assert named(verdict) == path, f"bit {place} of {path}: {failing(verdict)}"


def test_every_byte_of_every_file_is_under_the_bag() -> None:
    found, chance = evidence("zc"), random.Random(1)
    sound = Package(found.folder())
    assert inspect(found.folder()).good
    sound.chain(), sound.decisions(), sound.room_extract()
    tags, paths = sound.expected_tags(), sound.expected_paths()
    for path, data in found.files.items():
        # every byte of the bag's own and of the small files, a sample of the large ones
        places = range(len(data)) if len(data) < 300 else chance.sample(range(len(data)), 60)
        for place in places:
            bent = bytearray(data)
            bent[place] ^= 1 << chance.randrange(8)
            with pytest.raises(Failed) as caught:
                check_bag(found.folder(**{path: bytes(bent)}), tags, paths)
            assert caught.value.problem.where == path


def test_a_dropped_file_is_named() -> None:
    found = evidence("zc")
    for path in found.files:
        verdict = inspect(found.folder(**{path: None}))
        assert not verdict.good
        assert named(verdict) == path


@pytest.mark.parametrize(
    "path",
    [
        *("extra.txt", ".DS_Store", "data/.hidden", "data/Journal.jsonl", "data/sheets/marks-9-M1.json"),
        *("data/draws/draw-9.json", "data/recordings/a.mkv", "data/room/x", "metadata/x.json", "BAGIT.TXT"),
    ],
)
def test_an_added_file_is_named_even_where_the_bag_was_made_anew(path: str) -> None:
    found = evidence("zc")
    verdict = inspect(found.folder(**{path: b"x"}))
    assert named(verdict) == path
    if path.startswith("data/"):
        verdict = inspect(found.rebagged(**{path: b"x"}))
        assert named(verdict) == path


def test_links_and_empty_folders_are_named(tmp_path: Path) -> None:
    found = evidence("zc")
    root = write(found.folder(), tmp_path / "evidence")
    assert verify(root, found.key).good
    (root / "data" / "empty").mkdir()
    assert named(verify(root)) == "data/empty/"
    (root / "data" / "empty").rmdir()
    outside = tmp_path / "report.pdf"
    (root / "data" / "report.pdf").rename(outside)
    (root / "data" / "report.pdf").symlink_to(outside)
    assert named(verify(root)) == "data/report.pdf"
    (root / "data" / "report.pdf").unlink()
    outside.rename(root / "data" / "report.pdf")
    assert verify(root, found.key).good
    (root / "data" / "room").rename(tmp_path / "room")
    (root / "data" / "room").symlink_to(tmp_path / "room")
    assert named(verify(root)) == "data/room"


def test_a_folder_is_read_as_it_lies_there(tmp_path: Path) -> None:
    found = evidence("zc")
    write(found.folder(), tmp_path)
    assert read_folder(tmp_path) == Folder(found.files, ())
    with pytest.raises(NotADirectoryError):
        read_folder(tmp_path / "bagit.txt")
    with pytest.raises(FileNotFoundError):
        read_folder(tmp_path / "nothing")


DERIVED = {
    "data/keys.json": {"keys"},
    "data/ruleset.json": {"frozen"},
    "data/tender.json": {"frozen"},
    "data/scoring-case.json": {"case"},
    "data/result.json": {"result"},
    "data/recordings/manifest.json": {"recordings"},
    "data/ledger.json": {"ledger"},
    "data/draws/draw-1.json": {"draws"},
    "data/sheets/marks-1-M1.json": {"sheets"},
    "data/names.sealed": {"names"},
    "data/seal.json": {"seal"},
    "verify.py": {"seal"},
    "FORMAT.md": {"seal"},
    "data/report.pdf": {"report"},
    "data/room/proofs.json": {"room"},
    "data/room/entries.jsonl": {"room"},
    "data/checkpoint.txt": {"room", "checkpoint"},
    "data/journal.jsonl": {"chain"},
}


@pytest.mark.parametrize("path", DERIVED)
def test_a_changed_file_is_found_where_the_bag_was_made_anew(path: str) -> None:
    found, chance = evidence("zc"), random.Random(path)
    data = found.files[path]
    for _ in range(3):
        place = chance.randrange(8 * len(data))
        bent = bytearray(data)
        bent[place // 8] ^= 1 << place % 8
        problems = failing(inspect(found.rebagged(**{path: bytes(bent)})))
        assert DERIVED[path] & set(problems), problems


def test_the_room_and_its_checkpoint_are_needed_in_one_form() -> None:
    found = evidence("zc")
    note = found.files["data/room/checkpoint.txt"]
    proofs = found.files["data/room/proofs.json"]
    for path, bent in (
        ("data/room/checkpoint.txt", note.rpartition("\n— ".encode())[0] + b"\n"),
        ("data/room/checkpoint.txt", note + note.splitlines(keepends=True)[-1]),
        ("data/room/proofs.json", proofs.replace(b"{", b"{ ", 1)),
        ("data/room/proofs.json", proofs.replace(b'"size":', b'"size":1')),
        ("data/room/proofs.json", b"[]"),
        ("data/room/proofs.json", b"{}"),
        ("data/room/entries.jsonl", b""),
        ("data/room/entries.jsonl", found.files["data/room/entries.jsonl"].rstrip(b"\n")),
    ):
        assert "room" in failing(inspect(found.rebagged(**{path: bent}))), bent[:40]


def test_an_earlier_checkpoint_must_be_a_beginning_of_the_journal() -> None:
    found = evidence("zc")
    played, origin = found.played, journal.Origin("minle-3", "evaluation/ev1", True)
    entries = [journal.entry_bytes(entry) for entry in played.log.entries]

    def note(size: int, root: bytes, signer: journal.Signer = played.signer, of: journal.Origin = origin) -> bytes:
        return journal.make_checkpoint(of, size, root, signer).text().encode()

    for size in (0, 1, 40, len(entries)):
        verdict = inspect(found.folder(), found.key, ("then.txt", note(size, journal.root_of(entries[:size]))))
        assert failing(verdict) == {}
        assert [check.code for check in verdict.checks[-2:]] == ["from", "anchor"]
    stranger = journal.Ed25519Signer(b"s" * 32)
    other = journal.Origin("minle-4", "evaluation/ev1", True)
    for bent, code in (
        (note(40, journal.root_of(entries[:39])), "root"),
        (note(len(entries) + 1, journal.root_of([*entries, b"x"])), "size"),
        (note(40, journal.root_of(entries[:40]), stranger), "signature"),
        (note(40, journal.root_of(entries[:40]), of=other), "origin"),
    ):
        assert failing(inspect(found.folder(), None, ("then.txt", bent))) == {"from": (code, "then.txt")}
    with pytest.raises(journal.CheckpointFault):
        inspect(found.folder(), None, ("then.txt", b"no checkpoint"))


def test_cosignatures_are_checked_line_by_line() -> None:
    from evidence_factory import parts_of

    from app.archive.writing import evidence_files

    found = evidence("zc")
    played = found.played
    signed = journal.parse_checkpoint(found.parts.checkpoint)
    good = signed.cosign("kiosk-1", 1772413200, played.devices["kiosk-1"])
    stranger = signed.cosign("kiosk-1", 1772413200, journal.Ed25519Signer(b"s" * 32))
    unknown = signed.cosign("tablet-9", 1772413200, journal.Ed25519Signer(b"s" * 32))
    for note, due in ((good, {}), (stranger, "cosignature"), (unknown, "cosignature")):
        files = evidence_files(parts_of(played, "1", found.parts.report, checkpoint=note.text()))
        verdict = inspect(Folder(files, ()), found.key)
        if due:
            assert failing(verdict)["checkpoint"] == (due, "data/checkpoint.txt")
        else:
            assert failing(verdict) == {}


def test_nothing_and_rubbish_are_no_package() -> None:
    for folder in (Folder({}, ()), Folder({"data/journal.jsonl": b"\n"}, ()), Folder({"x": b""}, ())):
        verdict = inspect(folder, evidence("zc").key)
        assert not verdict.good
        assert verdict.key is None
        assert {check.outcome for check in verdict.checks if check.code not in ("signatures",)} == {Outcome.FAILED}


def test_every_sentence_is_there_in_both_languages_and_can_be_filled() -> None:
    for code, both in TITLES.items():
        assert title(code) == both[0]
        assert title(code, "en") == both[1]
    details = dict.fromkeys(
        ("said", "name", "found", "seq", "number", "party", "row", "part", "refusal", "place", "kind", "alias", "file"),
        "x",
    )
    from app.verification.checks import Problem

    for code in PROBLEMS:
        problem = Problem(code, "data/x", details | {"check": "bag"})
        assert sentence(problem) != sentence(problem, "en")
