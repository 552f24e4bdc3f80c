"""Scans in a package: every one that the journal names, by its hash, a member's own sealed; and none else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from evaluation_case import secret
from evaluation_factory import AGENCY, CENTRE, member
from evidence_factory import RECIPIENT, Evidence, parts_of, real_report
from phased import working

from app import journal
from app.archive import bag_files, build_evidence, sign_names
from app.archive.papers import PURPOSE, Named, PaperFault, check_paper, ending_of, named
from app.archive.writing import evidence_files
from app.evaluation.matters.clarification.records import AskClarification, FindClarification
from app.evaluation.matters.letters.records import EnterAnswer, Outcome, PassLetter
from app.evaluation.matters.paper.records import EnterPaper
from app.evaluation.papers import Paper
from app.journal import Ed25519Signer
from app.journal.recipients import public_key_of
from app.verification import Folder, inspect
from app.verification import Outcome as Found

ANSWER = b"%PDF-1.7\n% what the bidder wrote\n%%EOF\n"
SIGN_IN = b"\xff\xd8\xff\xe0 a photograph of a sheet with names"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def paper(content: bytes) -> Paper:
    return Paper(sha(content), len(content), "扫描件")


def sealed_for_recipient(content: bytes) -> journal.SealedFor:
    chance = (secret("pe"), secret("pc"), secret("pn")[:12])
    return journal.seal_to([public_key_of(RECIPIENT)], *chance, PURPOSE, content)


@cache
def evidence() -> Evidence:
    it = working()
    it.review("1")
    chair = member(it.it.chair or "")
    it.do(AskClarification("1", "A", "第 18 页与第 40 页不一致，请说明。", 30), chair)
    it.do(PassLetter(1), AGENCY)
    it.do(EnterAnswer(1, "以第 18 页为准。", paper(ANSWER)), AGENCY)
    it.do(FindClarification(1, Outcome.ACCEPTED, "未改变实质性内容"), chair)
    it.do(EnterPaper("sign_in", it.it.committee[0], "", paper(SIGN_IN), "", "席位打不开"), CENTRE)
    it.conclude("1")
    it.mark("1")
    it.finish_lot("1")
    made, pages = real_report(it, "1")
    it.issue("1", made, pages)
    it.leave()
    it.close()
    given = {"papers": {sha(ANSWER): ANSWER}, "sealed_papers": {sha(SIGN_IN): sealed_for_recipient(SIGN_IN)}}
    parts = parts_of(it, "1", made, **given)
    return Evidence(evidence_files(parts), it, parts)


OPEN, SEALED = f"data/papers/{sha(ANSWER)}.pdf", f"data/papers/{sha(SIGN_IN)}.sealed"


def problem(folder: Folder) -> tuple[str, str, str]:
    """What the check of the papers says."""
    verdict = inspect(folder, evidence().key)
    found = next(check for check in verdict.checks if check.code == "papers")
    if found.problem is None:
        return found.outcome.value, "", ""
    return found.problem.code, found.problem.where, found.problem.details.get("part", "")


def test_what_bidders_sent_lies_open_and_what_members_signed_is_sealed() -> None:
    found = evidence()
    assert inspect(found.folder(), found.key).good
    assert problem(found.folder()) == ("pass", "", "")
    assert found.files[OPEN] == ANSWER
    sealed = journal.SealedFor.from_json(json.loads(found.files[SEALED])["sealed"])
    assert journal.open_with(RECIPIENT, sealed, PURPOSE) == SIGN_IN
    assert not any(b"with names" in data for data in found.files.values())
    assert {path for path in found.files if path.startswith("data/papers/")} == {OPEN, SEALED}


def test_whatever_is_not_the_paper_is_found_even_under_good_checksums() -> None:
    found = evidence()
    other = OPEN.replace(".pdf", ".jpg")
    sealed = found.files[SEALED]
    stranger = Ed25519Signer(secret("another room"))
    forged = evidence_files(replace(found.parts, signer=stranger))[SEALED]
    bends = {
        ("paper", OPEN, "content"): {OPEN: ANSWER + b" "},
        ("missing_file", OPEN, ""): {OPEN: None},
        ("paper", other, "name"): {OPEN: None, other: ANSWER},
        ("extra_file", "data/papers/more.pdf", ""): {"data/papers/more.pdf": ANSWER},
        ("paper", SEALED, "form"): {SEALED: sealed[:-1]},
        ("paper", SEALED, "signature"): {SEALED: forged},
        ("paper", SEALED, "sha256"): {SEALED: sealed.replace(sha(SIGN_IN).encode(), b"ab" * 32)},
        ("paper", SEALED, "sealed"): {SEALED: sealed.replace(b'"wrapped":"', b'"wrapped":"g')},
    }
    for due, changed in bends.items():
        assert problem(found.rebagged(**changed)) == due
        assert not inspect(found.rebagged(**changed), found.key).good


@pytest.mark.parametrize("data", [b"no json", b"[]\n", b'{"v":1}\n'])
def test_a_sealed_paper_has_one_form(data: bytes) -> None:
    with pytest.raises(PaperFault) as fault:
        check_paper(Named("ab" * 32, 3, True), SEALED, data, "evaluation/ev1", b"")
    assert fault.value.part == "form"


def test_a_package_of_the_first_form_has_no_papers_and_stays_good_but_none_is_made_of_a_newer_one() -> None:
    found = evidence()
    old = {path: data for path, data in found.files.items() if not path.startswith("data/papers/")}
    old = {path: data for path, data in old.items() if path.startswith("data/") and path != "data/seal.json"}
    parts = found.parts

    def bagged(files: dict[str, bytes]) -> Folder:
        made = bag_files(files, found.played.it, "1", "岷乐评标三室", found.played.log.entries[-1].at, 1)
        return Folder(files | made, ())

    names = sign_names("evaluation/ev1", "1", parts.names, parts.signer, 1)
    first = bagged(old | {"data/names.sealed": names})
    verdict = inspect(first, found.key)
    assert verdict.good
    assert next(check for check in verdict.checks if check.code == "papers").outcome is Found.NOT_DUE
    stripped = old["data/names.sealed"].replace(b'"v":3', b'"v":1')
    failed = inspect(bagged(old | {"data/names.sealed": stripped}), found.key).failed
    assert failed is not None
    assert failed.code == "names"
    assert not inspect(bagged(old), found.key).good


def test_a_package_is_not_made_without_a_paper_that_is_named(tmp_path: Path) -> None:
    parts = evidence().parts
    for given in (replace(parts, papers={}), replace(parts, sealed_papers={})):
        with pytest.raises(ValueError, match="not handed over"):
            build_evidence(given, tmp_path / "evidence")
    assert list(tmp_path.iterdir()) == []


def test_papers_of_another_lot_stay_with_it_and_one_named_twice_is_one() -> None:
    entries = evidence().played.log.entries
    assert {one.sha256: one.personal for one in named(entries, "1")} == {sha(ANSWER): False, sha(SIGN_IN): True}
    assert [one.sha256 for one in named(entries, "2")] == [sha(SIGN_IN)]
    entry = next(one for one in entries if one.type == "AnswerEntered")
    also = replace(entry, type="PaperEntered")
    assert [one.personal for one in named([entry, also, entry], "1")] == [True]


def test_the_name_of_a_scan_ends_by_what_it_is() -> None:
    assert [ending_of(begin) for begin in (b"%PDF-1", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"?")] == [
        *("pdf", "jpg", "png", "bin")
    ]
