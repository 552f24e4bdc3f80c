"""The table of tampering: whatever is changed in a package, the program and the verifier in the package both name it.

The table is held against the listing of a real package: a kind of file that has no row fails.
"""

from __future__ import annotations

import importlib.util
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from evidence_factory import Evidence, evidence, rechained, write

import resources
from app import journal
from app.verification import Folder, inspect

SCRIPT = resources.path("evidence", "verify.py")

# Each kind of file, and the checks of which at least one must fail in both verifiers, where somebody without the
# room's key bent the file and made the bag anew.
KINDS: dict[str, set[str]] = {
    r"verify\.py|FORMAT\.md": {"seal"},
    r"bagit\.txt|bag-info\.txt|(tag)?manifest-sha256\.txt": {"bag"},
    r"data/journal\.jsonl": {"chain"},
    r"data/checkpoint\.txt": {"checkpoint", "room"},
    r"data/room/(entries\.jsonl|proofs\.json|checkpoint\.txt)": {"room"},
    r"data/keys\.json": {"keys"},
    r"data/(ruleset|tender)\.json": {"frozen"},
    r"data/draws/(draw-\d+|chair)\.json": {"draws"},
    r"data/sheets/(ballot|review|marks)-\d+-M\d+\.json": {"sheets"},
    r"data/scoring-case\.json": {"case"},
    r"data/result\.json": {"result"},
    r"data/report\.pdf": {"report"},
    r"data/recordings/manifest\.json": {"recordings"},
    r"data/ledger\.json": {"seal"},
    r"data/names\.sealed": {"names"},
    r"data/seal\.json": {"seal"},
}
PACKED = {path for case in ("gc", "lot") for path in evidence(case).files}


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shipped_verifier", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


small = _loaded()


def by_program(folder: Folder, key: str | None = None, earlier: bytes | None = None) -> dict[str, str]:
    """What `kawei verify` says failed, and where."""
    verdict = inspect(folder, key, None if earlier is None else ("then.txt", earlier))
    return {check.code: f"{check.problem.where} {check.problem.details}" for check in verdict.checks if check.problem}


def by_script(folder: Folder, root: Path, key: str | None = None, earlier: bytes | None = None) -> dict[str, str]:
    """What the package's own verifier says failed, and where."""
    write(folder, root / "evidence")
    note = root / "then.txt"
    note.write_bytes(earlier or b"")
    said, _ = small.inspect(str(root / "evidence"), key, None if earlier is None else str(note))
    return {code: what for code, outcome, what in said if outcome == "FAILED"}


def bent(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with one bit turned."""
    place = chance.randrange(8 * len(data))
    changed = bytearray(data)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


def rows_of(path: str) -> set[str]:
    """The row of the table for a file: exactly one."""
    rows = [checks for pattern, checks in KINDS.items() if re.fullmatch(pattern, path)]
    assert len(rows) == 1, f"no row, or two, for {path}"
    return rows[0]


def test_every_kind_of_file_has_a_row_and_every_row_a_file() -> None:
    for path in PACKED:
        rows_of(path)
    assert all(any(re.fullmatch(pattern, path) for path in PACKED) for pattern in KINDS)


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "case", ["lot", *(pytest.param(c, marks=SLOW) for c in ("failed", "second of two", "recused"))]
)
def test_both_find_nothing_wrong_with_a_sound_package(case: str, tmp_path: Path) -> None:
    found = evidence(case)
    assert by_program(found.folder(), found.key) == {}
    assert by_script(found.folder(), tmp_path, found.key) == {}


@pytest.mark.slow
def test_a_bent_file_is_named_by_both_with_and_without_a_bag_made_anew(tmp_path: Path) -> None:
    found, chance = evidence("lot"), random.Random(1103)
    kinds = {pattern: path for path in found.files for pattern in KINDS if re.fullmatch(pattern, path)}
    for number, path in enumerate(sorted(kinds.values())):
        changed = {path: bent(found.files[path], chance)}
        root = tmp_path / str(number)
        for failed in (by_program(found.folder(**changed)), by_script(found.folder(**changed), root / "plain")):
            assert path in failed["bag"], failed
        if rows_of(path) == {"bag"}:
            continue  # a bag made anew is whole again
        anew = found.rebagged(**changed)
        for failed in (by_program(anew), by_script(anew, root / "anew")):
            assert rows_of(path) & set(failed), (path, failed)
            assert any(path in where for where in failed.values()), (path, failed)


def test_a_file_that_is_gone_or_added_is_named_by_both(tmp_path: Path) -> None:
    found = evidence("gc")
    for number, (path, data) in enumerate({"data/ledger.json": None, "data/sheets/marks-9-M1.json": b"{}\n"}.items()):
        for way, folder in enumerate((found.folder(**{path: data}), found.rebagged(**{path: data}))):
            for failed in (by_program(folder), by_script(folder, tmp_path / f"{number}{way}")):
                assert any(path in where for where in failed.values())


def journal_of(found: Evidence, change: Callable[[list[journal.Entry]], list[journal.Entry]]) -> Folder:
    """The package with another journal under good hashes, and the bag made anew."""
    entries = change(list(found.played.log.entries))
    return found.rebagged(**{"data/journal.jsonl": b"".join(journal.entry_line(entry) for entry in entries)})


def left_out(at: int) -> Callable[[list[journal.Entry]], list[journal.Entry]]:
    return lambda entries: rechained(entries[:at] + entries[at + 1 :], at)


def redated(at: int) -> Callable[[list[journal.Entry]], list[journal.Entry]]:
    """Another time in one entry, everything after it linked anew."""

    def change(entries: list[journal.Entry]) -> list[journal.Entry]:
        e = entries[at]
        one = journal.make_entry(
            e.stream, e.seq, e.at.replace("2026-03-02T09", "2026-03-02T08"), e.type, e.actor, e.data, e.prev
        )
        return rechained([*entries[:at], one, *entries[at + 1 :]], at)

    return change


@pytest.mark.slow
def test_every_entry_may_be_changed_or_left_out_under_good_hashes_and_the_small_verifier_tells(tmp_path: Path) -> None:
    found = evidence("gc")
    whole = write(found.folder(), tmp_path / "evidence")
    package = small.Package(str(whole))
    package.chain()
    package.room_extract()
    for at in range(len(package.entries)):
        for change in (left_out(at), redated(at)):
            entries = change(list(found.played.log.entries))
            package.lines = [journal.entry_bytes(entry) for entry in entries]
            with pytest.raises(small.Bad, match=r"checkpoint\.txt"):
                package.checkpoint()


@pytest.mark.parametrize("at", [1, 40, 61])
def test_a_changed_journal_under_good_hashes_is_named_by_both(at: int, tmp_path: Path) -> None:
    found = evidence("gc")
    for number, change in enumerate((left_out(at), redated(at))):
        folder = journal_of(found, change)
        for failed in (by_program(folder), by_script(folder, tmp_path / str(number))):
            assert set(failed) & {"checkpoint", "decisions"}
            assert "journal" in str(failed) or "checkpoint" in str(failed)


def test_a_truncated_or_forked_journal_is_named_by_both_also_against_an_earlier_checkpoint(tmp_path: Path) -> None:
    found = evidence("gc")
    played = found.played
    entries = [journal.entry_bytes(entry) for entry in played.log.entries]
    origin = journal.Origin("minle-3", "evaluation/ev1", True)

    def note(size: int, root: bytes) -> bytes:
        return journal.make_checkpoint(origin, size, root, played.signer).text().encode()

    cut = journal_of(found, lambda entries: entries[:50])
    for failed in (by_program(cut), by_script(cut, tmp_path / "cut")):
        assert "data/journal.jsonl" in str(failed)
    older = found.rebagged(**{"data/checkpoint.txt": note(40, journal.root_of(entries[:40]))})
    for failed in (by_program(older), by_script(older, tmp_path / "older")):
        assert "data/checkpoint.txt" in failed["checkpoint"]
    then = note(40, journal.root_of(entries[:40]))
    forked = note(40, journal.root_of([*entries[:39], b"another"]))
    longer = note(99, journal.root_of(entries))
    whole = found.folder()
    for name, earlier, due in (("then", then, False), ("forked", forked, True), ("longer", longer, True)):
        for failed in (by_program(whole, None, earlier), by_script(whole, tmp_path / name, None, earlier)):
            assert ("from" in failed) is due, failed
            assert set(failed) <= {"from"}


def test_a_swapped_report_and_a_package_forged_whole_are_named_by_both(tmp_path: Path) -> None:
    found = evidence("gc")
    swapped = found.rebagged(**{"data/report.pdf": evidence("zc").files["data/report.pdf"]})
    for failed in (by_program(swapped), by_script(swapped, tmp_path / "report")):
        assert "data/report.pdf" in failed["report"]
    slip = journal.fingerprint(b"k" * 32)  # the room of the slip is another: this whole package is not of it
    for failed in (by_program(found.folder(), slip), by_script(found.folder(), tmp_path / "whole", slip)):
        assert set(failed) == {"anchor"}


def test_it_runs_alone_inside_the_package(tmp_path: Path) -> None:
    found = evidence("gc")
    root = write(found.folder(), tmp_path / "evidence")

    def run(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(root / "verify.py"), *arguments]
        done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
        return done.returncode, (done.stdout + done.stderr).decode()

    code, said = run("--key", found.key)
    assert (code, said.splitlines()[-1]) == (0, "verified")
    assert said.startswith("REHEARSAL")
    assert sorted(path.name for path in root.iterdir()) == sorted({path.split("/")[0] for path in found.files})
    assert run("--nonsense")[0] == 2
    (root / "data" / "ledger.json").write_bytes(b"{}\n")
    code, said = run()
    assert (code, said.splitlines()[-1]) == (1, "FAILED")
    assert "data/ledger.json" in said
