"""Archiving: only what holds is kept, each session as its own version, gone on with after a cut, read back."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evidence_factory import Evidence, evidence, write

from app import cli
from app.ports.archive_store import ArchiveFault, Kept
from app.verification import Verdict, inspect
from app.verification.four import CHECKS, Property, findings
from app.verification.keeping import NotKept, keep, kept_of, packed
from app.verification.sentences import TITLES
from devices.archive.scripted import ScriptedStore


def quiet(done: int, of: int) -> None:
    """Progress that nobody looks at."""


def on_disk(found: Evidence, folder: Path) -> tuple[Verdict, Path, Path]:
    """The verdict, the package's folder, and the packed file."""
    root = write(found.folder(), folder / "evidence")
    verdict = inspect(found.folder(), found.key)
    file = folder / "package.zip"
    file.write_bytes(packed(root, verdict))
    return verdict, root, file


def test_every_check_speaks_for_just_one_property() -> None:
    told = [code for codes in CHECKS.values() for code in codes]
    assert sorted(told) == sorted(TITLES)
    assert set(CHECKS) == set(Property)


def test_the_four_hold_for_a_sound_package_and_name_what_does_not() -> None:
    found = evidence("gc")
    assert [one.holds for one in findings(inspect(found.folder(), found.key))] == [True] * 4
    bent = findings(inspect(found.folder(**{"data/report.pdf": b"%PDF-"})))
    assert {one.property: one.holds for one in bent} == {
        Property.AUTHENTIC: False,
        Property.COMPLETE: False,
        Property.USABLE: False,
        Property.SAFE: False,
    }
    assert any("report.pdf" in line for one in bent for line in one.failed)


def test_it_is_kept_as_one_file_that_holds_bag_and_report(tmp_path: Path) -> None:
    found, store = evidence("gc"), ScriptedStore()
    verdict, root, file = on_disk(found, tmp_path)
    assert packed(root, verdict) == file.read_bytes()
    receipt = keep(store, file, verdict, quiet)
    assert (receipt.kept.name, receipt.version, receipt.anchored) == ("GC-2026-001/1/v1.zip", 1, True)
    assert kept_of(json.loads(json.dumps(receipt.to_json()))) == receipt.kept
    with zipfile.ZipFile(io.BytesIO(store.files[receipt.kept.name][0])) as opened:
        assert {name.removeprefix("evidence/") for name in opened.namelist()} == {*found.files, "four-checks.json"}
        report = json.loads(opened.read("four-checks.json"))
    assert all(one["holds"] for one in report["findings"])
    assert keep(store, file, verdict, quiet) == receipt  # pressed twice
    assert len(store.files) == 1


def test_a_cut_line_and_a_store_that_is_away_lose_nothing(tmp_path: Path) -> None:
    store = ScriptedStore(part=4096)
    verdict, _, file = on_disk(evidence("gc"), tmp_path)
    for after in (4096, 40_960):
        store.cut_after = after
        with pytest.raises(ArchiveFault):
            keep(store, file, verdict, quiet)
        store.away = True
        with pytest.raises(ArchiveFault):
            keep(store, file, verdict, quiet)
        store.away = False
    keep(store, file, verdict, quiet)
    assert store.sent == file.stat().st_size  # nothing was sent twice


def test_a_later_session_is_the_next_version_and_nothing_is_written_over(tmp_path: Path) -> None:
    store = ScriptedStore()
    verdict, _, file = on_disk(evidence("gc"), tmp_path)
    first = keep(store, file, verdict, quiet)
    file.write_bytes(file.read_bytes() + b"later")
    second = keep(store, file, verdict, quiet)
    assert (second.version, second.kept.name) == (2, "GC-2026-001/1/v2.zip")
    assert store.kept(first.kept.name) == first.kept


def test_what_does_not_hold_is_not_kept(tmp_path: Path) -> None:
    found, store = evidence("gc"), ScriptedStore()
    _, _, file = on_disk(found, tmp_path)
    with pytest.raises(NotKept):
        keep(store, file, inspect(found.folder(**{"data/ledger.json": b"{}\n"})), quiet)
    assert store.files == {}


@pytest.mark.parametrize("receipt", [None, {}, {"v": 1}, {"v": 1, "name": "a", "bytes": True, "sha256": "ab" * 32}])
def test_what_is_no_receipt_is_refused(receipt: object) -> None:
    with pytest.raises(ValueError, match="receipt"):
        kept_of(receipt)


def test_the_door_keeps_checks_and_names_what_was_changed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = evidence("gc")
    root = write(found.folder(), tmp_path / "evidence")
    store, receipt = tmp_path / "archive", tmp_path / "receipt.json"
    index = ["--index", str(tmp_path / "index.sqlite")]
    put = ["archive", "put", str(root), "--store", str(store), "--key", found.key, "--receipt", str(receipt), *index]
    check = ["archive", "check", str(receipt), "--store", str(store)]
    run: Callable[[list[str]], Any] = lambda argv: (cli.main(argv), capfd.readouterr())  # noqa: E731
    code, said = run(put)
    assert code == 2
    assert "unreachable" in said.err
    store.mkdir()
    code, said = run(put)
    assert code == 0
    assert said.out.count("pass") == 4
    assert run(check)[0] == 0
    assert "GC-2026-001/1" in run(["archive", "find", "第一监理", "M3", *index])[1].out
    assert run(["archive", "find", "第九监理", *index])[1].out == ""
    assert run(["archive", "find", "--index", str(tmp_path / "none")])[0] == 2
    kept: Kept = kept_of(json.loads(receipt.read_bytes()))
    (store / kept.name).write_bytes(b"another")
    code, said = run(check)
    assert (code, "FAILED" in said.out) == (1, True)
    (root / "data" / "ledger.json").write_bytes(b"{}\n")
    code, said = run(put)
    assert (code, "FAILED" in said.out) == (1, True)
    assert run([*put, "--lock-until", "tomorrow"])[0] == 2
    receipt.write_text("[]")
    assert run(check)[0] == 2
