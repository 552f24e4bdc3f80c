"""What the witness adds to the ledger: dissuasions and their results, printings, and the signed paper."""

from __future__ import annotations

import pytest
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import at
from matter_acts import filled, offered, seen

from app.evaluation import commands as c
from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.matters.ledger import (
    CompareLedger,
    EndDissuasion,
    FileLedger,
    Ledger,
    NoteDissuasion,
    PrintLedger,
    is_final,
)
from app.evaluation.papers import Paper
from app.evaluation.refusal import Refused
from app.evaluation.replay import check


def refused(it: Play, command: Command, actor: Actor) -> tuple[str, str]:
    with pytest.raises(Refused) as found:
        it.do(command, actor)
    return found.value.code, found.value.where


PAPER = Paper("ab" * 32, 1000, "见证台账")
NOTE = NoteDissuasion("talk", "M1", "与邻座低声讨论报价", "提醒并请其停止")


@pytest.fixture
def marking() -> Play:
    return at("marking")


def test_a_dissuasion_and_what_came_of_it(marking: Play) -> None:
    it = marking
    (note,) = offered(it, WITNESS, "NoteDissuasion")
    assert [option["value"] for option in note["fields"][1]["options"]] == ["", *it.it.committee]
    it.do(NOTE, WITNESS)
    it.do(filled(note, alias="", conduct="outsider"), CENTRE)
    first, second = offered(it, CENTRE, "EndDissuasion")
    it.do(filled(first, outcome="stopped", text=""), WITNESS)
    it.do(filled(second, outcome="reported", text="已电话报告监督人员"), CENTRE)
    assert offered(it, WITNESS, "EndDissuasion") == []
    told = seen(it, WITNESS, "ledger")["dissuasions"]
    assert [(one["alias"], one["outcome"], one["result"]) for one in told] == [
        ("M1", "stopped", ""),
        ("", "reported", "已电话报告监督人员"),
    ]
    assert check(it.log.entries) == (it.it, None)


def test_nobody_else_notes_or_hears_of_it(marking: Play) -> None:
    marking.do(NOTE, WITNESS)
    for viewer in (member("M1"), member("M2"), AGENCY):
        assert offered(marking, viewer, "NoteDissuasion", "EndDissuasion") == []
        assert seen(marking, viewer, "ledger") == {}
        assert refused(marking, NOTE, viewer) == ("not_permitted", viewer.role.value)


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (NoteDissuasion("whisper", "", "x", "y"), "bad_value", "$.conduct"),
        (NoteDissuasion("talk", "M99", "x", "y"), "unknown_member", "$.alias"),
        (NoteDissuasion("talk", "", " ", "y"), "reason_needed", "$.seen"),
        (NoteDissuasion("talk", "", "x", ""), "reason_needed", "$.done"),
        (EndDissuasion(0, "stopped", ""), "no_such_dissuasion", "$.number"),
        (EndDissuasion(2, "stopped", ""), "no_such_dissuasion", "$.number"),
        (EndDissuasion(1, "vanished", ""), "bad_value", "$.outcome"),
        (EndDissuasion(1, "went_on", " "), "reason_needed", "$.text"),
        (PrintLedger("9", 1), "unknown_lot", "9"),
        (PrintLedger("1", 1), "ledger_waits", "evaluation/ev1"),
        (FileLedger(PAPER), "ledger_not_final", "evaluation/ev1"),
    ],
)
def test_what_is_refused(marking: Play, command: Command, code: str, where: str) -> None:
    marking.do(NOTE, WITNESS)
    assert refused(marking, command, WITNESS) == (code, where)


def test_a_result_is_noted_once(marking: Play) -> None:
    marking.do(NOTE, WITNESS)
    marking.do(EndDissuasion(1, "stopped", ""), WITNESS)
    assert refused(marking, EndDissuasion(1, "went_on", "又说话"), WITNESS) == ("no_such_dissuasion", "$.number")


def test_nothing_is_printed_while_a_ballot_is_open() -> None:
    it = at("constituted")
    first, second = it.it.committee[:2]
    it.do(c.ProposeChair(first), member(second))
    it.do(c.ObjectToChair(), member(first))
    assert refused(it, PrintLedger("1", 1), WITNESS) == ("ledger_waits", it.it.stream)


def test_drafts_and_the_whole_are_counted_and_the_signed_paper_is_compared() -> None:
    it = at("reported")
    it.do(PrintLedger("1", 2), WITNESS)
    assert refused(it, PrintLedger("1", 0), WITNESS) == ("wrong_copies", "$.copies")
    assert refused(it, PrintLedger("1", 21), WITNESS) == ("wrong_copies", "$.copies")
    assert not is_final(it.it)
    assert offered(it, WITNESS, "FileLedger") == []
    it.leave()
    assert is_final(it.it)
    it.do(PrintLedger("1", 1), WITNESS)
    assert [(p.number, p.copies, p.final) for p in it.it.memory(Ledger).printed] == [(1, 2, False), (2, 1, True)]
    assert refused(it, CompareLedger(1, True, ""), CENTRE) == ("nothing_to_compare", "$.number")
    assert len(offered(it, WITNESS, "FileLedger")) == 1
    it.do(FileLedger(PAPER), WITNESS)
    assert refused(it, FileLedger(PAPER), WITNESS) == ("ledger_filed", it.it.stream)
    (compare,) = offered(it, CENTRE, "CompareLedger")
    assert compare["paper"]["sha256"] == PAPER.sha256
    assert refused(it, CompareLedger(2, True, ""), CENTRE) == ("nothing_to_compare", "$.number")
    assert refused(it, CompareLedger(1, False, ""), CENTRE) == ("reason_needed", "$.text")
    it.do(CompareLedger(1, False, "缺第 2 页"), CENTRE)
    it.do(FileLedger(PAPER), WITNESS)
    it.do(CompareLedger(2, True, ""), CENTRE)
    assert offered(it, CENTRE, "CompareLedger") == offered(it, WITNESS, "FileLedger") == []
    assert refused(it, CompareLedger(2, True, ""), CENTRE) == ("nothing_to_compare", "$.number")
    assert [one.same for one in it.it.memory(Ledger).filings] == [False, True]
    it.close()
    assert check(it.log.entries) == (it.it, None)
