"""Packages made by one who holds the keys and knows the format, and still cannot say what was not so."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from evaluation_case import secret
from evaluation_factory import Play, no_report, play
from evidence_factory import Evidence, evidence, pack, parts_of, played_evidence, real_report, rechained
from test_verify_package import failing

from app import journal
from app.archive.writing import evidence_files
from app.journal import Ed25519Signer, Entry
from app.report import make_report, pages_of, report_data
from app.verification import Folder, Verdict, inspect


def with_journal(found: Evidence, entries: list[Entry]) -> Verdict:
    """The package made anew from bent entries, chained and signed by the room's own key."""
    made = rechained(entries)
    log = replace(found.played.log, entries=made)
    changed = {
        "data/journal.jsonl": b"".join(journal.entry_line(entry) for entry in made),
        "data/checkpoint.txt": found.played.checkpoint(log).encode(),
    }
    return inspect(found.rebagged(**changed), found.key)


def bent(entries: list[Entry], kind: str, change: Any, which: int = 0) -> list[Entry]:
    """The entries with the data of one of a type changed in place of a copy."""
    at = [index for index, entry in enumerate(entries) if entry.type == kind][which]
    data = journal.plain(entries[at].data)
    change(data)
    made = list(entries)
    made[at] = replace(entries[at], data=data)
    return made


def without(entries: list[Entry], kind: str, which: int = 0) -> list[Entry]:
    """The entries but one of a type."""
    at = [index for index, entry in enumerate(entries) if entry.type == kind][which]
    return [entry for index, entry in enumerate(entries) if index != at]


def test_a_package_forged_whole_is_not_anchored_and_fails_with_the_key() -> None:
    honest, forged = evidence("zc"), played_evidence(seed=secret("another room"))
    verdict = inspect(forged.folder())
    assert verdict.good
    assert not verdict.anchored
    assert verdict.key == forged.key != honest.key
    verdict = inspect(forged.folder(), honest.key)
    assert failing(verdict) == {"anchor": ("other_key", "")}


def test_marks_sheets_and_persons_cannot_be_changed_afterwards() -> None:
    found = evidence("zc")
    entries = list(found.played.log.entries)

    def higher_mark(data: Any) -> None:
        data["sheets"]["M1"]["sheet"]["marks"]["A"]["T1"] = "20"

    def other_ground(data: Any) -> None:
        data["rejections"] = {"B": "Z6"}

    bends = [
        bent(entries, "SheetsOpened", higher_mark, 1),
        bent(entries, "ReviewConcluded", other_ground),
        bent(entries, "LotTallied", lambda data: data.update(findings=99)),
        bent(entries, "PledgeGiven", lambda data: data.update(pledge_hash="0" * 64)),
        without(entries, "SheetSealed", 2),
        without(entries, "LotTallied"),
        without(entries, "ResultConfirmed"),
        [*entries, entries[-1]],
    ]
    for made in bends:
        assert failing(with_journal(found, made))["decisions"][0] == "irregular"
    forger = [replace(e, actor={**e.actor, "role": "system"}) if e.type == "SlotTaken" else e for e in entries]
    assert failing(with_journal(found, forger))["decisions"][0] == "irregular"


def test_an_entry_that_is_no_event_is_told_by_its_number() -> None:
    found = evidence("zc")
    entries = list(found.played.log.entries)

    def no_tender(data: Any) -> None:
        data["tender"] = 7

    for made, number in (
        (bent(entries, "EvaluationOpened", no_tender), 1),
        (bent(entries, "SlotsAllotted", lambda data: data.pop("slots")), 2),
        (bent(entries, "SheetsOpened", lambda data: data.update(sheets={"M1": {"salt": 1, "sheet": []}})), None),
    ):
        made = rechained(made)
        files = found.files | {"data/journal.jsonl": b"".join(journal.entry_line(entry) for entry in made)}
        problem = failing(inspect(Folder(files, ())))["decisions"]
        assert problem[0] == "irregular"
        assert number is None or problem[1] == f"data/journal.jsonl #{number}"


def test_a_journal_that_is_not_closed_is_told() -> None:
    found = evidence("zc")
    entries = without(list(found.played.log.entries), "EvaluationClosed")
    assert failing(with_journal(found, entries))["decisions"] == ("not_closed", "data/journal.jsonl")


def test_an_entry_that_trips_the_replay_is_told_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.verification import stream

    sound = stream.check

    def tripping(entries: Any) -> Any:
        if len(entries) >= 40:
            raise KeyError("of a shape that no guard foresaw")
        return sound(entries)

    monkeypatch.setattr(stream, "check", tripping)
    assert failing(inspect(evidence("zc").folder()))["decisions"] == ("irregular", "data/journal.jsonl #40")


def test_a_checkpoint_of_another_program_is_told() -> None:
    found = evidence("zc")
    bent = found.files["data/checkpoint.txt"].replace(b"REHEARSAL.kawei/", b"other/", 1)
    assert failing(inspect(found.rebagged(**{"data/checkpoint.txt": bent})))["checkpoint"][0] == "origin"


def test_a_package_of_several_lots_must_say_which_one_it_is() -> None:
    found = evidence("second of two")
    bent = found.files["bag-info.txt"].replace(b"ZC-2026-001/2", b"ZC-2026-001/3")
    problems = failing(inspect(found.folder(**{"bag-info.txt": bent}), found.key))
    assert problems["report"] == ("no_lot", "bag-info.txt")
    assert problems["bag"][1] == "bag-info.txt"


def test_a_report_that_says_something_else_is_told() -> None:
    def better(it: Play, lot: str) -> tuple[bytes, int]:
        data = report_data(
            it.it,
            lot,
            room_name="岷乐评标三室",
            key_fingerprint=journal.fingerprint(it.signer.public_key),
            journal=(len(it.log.entries), it.log.root().hex()),
            issued_at=it.tick(),
        )
        for section in data["sections"]:
            for block in section["blocks"]:
                if block.get("caption") == "得分汇总与排序表":
                    block["bands"][0]["rows"][1][-1] = "99.99"
        made = make_report(data)
        reports[lot] = made
        return made, pages_of(made)

    reports: dict[str, bytes] = {}
    found = pack(play(report=better), reports)
    problems = failing(inspect(found.folder(), found.key))
    assert problems["report"][0] == "report_table"
    assert problems["typeset"][0] == "report_bytes"
    assert set(problems) == {"report", "typeset"}


def test_a_report_that_carries_another_result_for_machines_is_told() -> None:
    def flattering(it: Play, lot: str) -> tuple[bytes, int]:
        data = report_data(
            it.it,
            lot,
            room_name="岷乐评标三室",
            key_fingerprint=journal.fingerprint(it.signer.public_key),
            journal=(len(it.log.entries), it.log.root().hex()),
            issued_at=it.tick(),
        )
        result = json.loads(data["attached"]["result.json"])
        result["bids"][0]["total"] = "99.99"
        data["attached"]["result.json"] = json.dumps(result, ensure_ascii=False)
        reports[lot] = made = make_report(data)
        return made, pages_of(made)

    reports: dict[str, bytes] = {}
    found = pack(play(report=flattering), reports)
    assert failing(inspect(found.folder(), found.key)) == {
        "report": ("report_attached", "data/report.pdf"),
        "typeset": ("report_bytes", "data/report.pdf"),
    }


def test_a_report_that_is_none_or_of_another_moment_is_told() -> None:
    found = pack(play(report=no_report), {"1": no_report(evidence("zc").played, "1")[0]})
    assert failing(inspect(found.folder(), found.key)) == {
        "report": ("report_part", "data/report.pdf"),
        "typeset": ("report_part", "data/report.pdf"),
    }
    early: dict[str, bytes] = {}

    def of_yesterday(it: Play, lot: str) -> tuple[bytes, int]:
        now, it.now = it.now, it.now.replace(day=1)
        made = real_report(it, lot)
        it.now = now
        early[lot] = made[0]
        return made

    found = pack(play(report=of_yesterday), early)
    assert failing(inspect(found.folder(), found.key)) == {"typeset": ("report_origin", "data/report.pdf")}


def test_a_report_set_by_another_version_is_checked_as_far_as_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    found = evidence("zc")
    monkeypatch.setattr("app.verification.papers.setting_name", lambda: "0" * 32)
    verdict = inspect(found.folder(), found.key)
    assert failing(verdict) == {}
    assert next(check.outcome.value for check in verdict.checks if check.code == "typeset") == "not due"


def test_names_of_another_lot_or_hand_are_told() -> None:
    found = evidence("second of two")
    other = parts_of(found.played, "2", found.parts.report, signer=Ed25519Signer(secret("thief")))
    assert failing(inspect(Folder(evidence_files(other), ())))["names"][0] == "names"
    mixed = found.rebagged(**{"data/names.sealed": evidence("zc").files["data/names.sealed"]})
    seal = ("seal", "data/seal.json")
    assert failing(inspect(mixed, found.key)) == {"names": ("names", "data/names.sealed"), "seal": seal}


def test_a_room_with_two_keys_or_two_minds_about_rehearsal_is_told() -> None:
    class TwoKeys(Play):
        """Signs checkpoints with a key that it never published."""

        def checkpoint(self, log: Any) -> str:
            origin = journal.Origin(self.room_id, log.stream, self.rehearsal)
            return journal.make_checkpoint(origin, len(log.entries), log.root(), Ed25519Signer(secret("x"))).text()

    class TwoMinds(Play):
        """Says that it is live in its checkpoints alone."""

        def checkpoint(self, log: Any) -> str:
            origin = journal.Origin(self.room_id, log.stream, False)
            return journal.make_checkpoint(origin, len(log.entries), log.root(), self.signer).text()

    assert failing(inspect(played_evidence(kind=TwoKeys).folder()))["room"][0] == "signature"
    verdict = inspect(played_evidence(kind=TwoMinds).folder())
    assert failing(verdict)["room"][0] == "origin"
    assert verdict.rehearsal


def test_a_live_evaluation_is_no_rehearsal() -> None:
    found = played_evidence(rehearsal=False)
    verdict = inspect(found.folder(), found.key)
    assert failing(verdict) == {}
    assert not verdict.rehearsal
