"""Blank forms: every kind in both tracks, every copy numbered and counted, nothing on it that must not be."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "evaluation"))

import pypdfium2
import pytest
from evaluation_factory import CENTRE, WITNESS, Play
from evaluation_stages import at, refused

from app.evaluation import codec, views
from app.evaluation.matter import Act, Field, FieldKind, Option, Words
from app.evaluation.matters.forms import FORMS, OF_LOT, FormKind, FormPrinted, Forms, PrintForm
from app.evaluation.replay import check
from app.report.forms import form_data, make_form
from app.rules.model import Phase

AT = "2026-03-02T09:30:00.000000+08:00"


def printing(it: Play, form: FormKind, *aliases: str, act: str = "", copies: int = 1) -> FormPrinted:
    lot = "1" if form in OF_LOT else ""
    it.do(PrintForm(form.value, lot, aliases, act, len(aliases) or copies), CENTRE)
    return it.it.memory(Forms).printed[-1].event


def data_of(it: Play, printed: FormPrinted, act: Act | None = None) -> dict[str, Any]:
    return form_data(it.it, printed, act, room_name="岷乐评标三室", printed_at=AT)


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("track", ["ZC", "GC"])
@pytest.mark.parametrize("form", [form for form in FormKind if form is not FormKind.ACT])
def test_every_form_can_be_printed_for_each_member(track: str, form: FormKind) -> None:
    it = at("marking", track)
    first, second = it.it.committee[:2]
    made = make_form(data := data_of(it, printing(it, form, first, second)))
    assert made == make_form(data)
    texts = pages(made)
    assert len(texts) == 2
    assert "第1次印制1/2" in texts[0]
    assert "第1次印制2/2" in texts[1]
    assert first in texts[0]
    assert second in texts[1]
    assert it.it.tender.name in texts[0]
    assert it.it.ruleset.words["tender_number"] in texts[0]


def test_sheets_hold_what_is_judged_and_say_that_they_stay_sealed() -> None:
    it = at("marking")
    (text,) = pages(make_form(data_of(it, printing(it, FormKind.MARKS))))
    for factor in it.it.lots["1"].lot.factors:
        assert factor.name in text
    for bid in it.it.lots["1"].lot.bids:
        assert bid.bidder in text
        assert bid.price not in text
    assert "装入信封密封" in text
    (review,) = pages(make_form(data_of(it, printing(it, FormKind.REVIEW))))
    assert all(item.name in review for item in it.it.lots["1"].lot.review_items)


def test_the_sheet_of_blind_factors_names_no_bidder() -> None:
    it = at("marking")
    lot = it.it.lots["1"]
    factors = tuple(factor.id for factor in lot.lot.factors)
    blind = replace(lot, lot=replace(lot.lot, phases=(Phase("T", "技术暗标", factors, blind=True),)))
    printed = printing(it, FormKind.MARKS)
    state = replace(it.it, lots={"1": blind})
    (text,) = pages(make_form(form_data(state, printed, None, room_name="x", printed_at=AT)))
    assert "技术暗标" in text
    assert not any(bid.bidder in text for bid in lot.lot.bids)


def test_the_form_of_any_act() -> None:
    it = at("marking")
    options = (Option("a", Words("甲", "A")), Option("b", Words("乙", "B")))
    fields = tuple(Field(kind.value, Words(f"栏目{kind.value}", kind.value), kind, options) for kind in FieldKind)
    act = Act("AskLeave", Words("申请离席", "Leave"), Words("填表说明。", "Help."), fields)
    (text, *_) = pages(make_form(data_of(it, printing(it, FormKind.ACT, act="AskLeave"), act)))
    assert text.index("申请离席") < text.index("填表说明。")
    assert all(f"栏目{kind.value}" in text for kind in FieldKind)
    offered = [codec.from_json(Act, one) for one in views.acts(it.it, CENTRE)]
    for found in offered:
        assert pages(make_form(data_of(it, printing(it, FormKind.ACT, act=found.command), found)))


def test_every_copy_is_counted() -> None:
    it = at("marking")
    printing(it, FormKind.PLEDGE, copies=3)
    second = printing(it, FormKind.MARKS, *it.it.committee)
    assert second.number == 2
    seen = FORMS.view(it.it, WITNESS)
    assert [one["copies"] for one in seen["printed"]] == [3, len(it.it.committee)]
    assert set(seen["forms"]) == set(FormKind)
    assert FORMS.view(it.it, CENTRE) == seen
    lines = [line.text for line in FORMS.report(it.it, "1")]
    assert lines[0] == "第 1 次印制空白评审承诺书，共 3 份。"
    assert "、".join(it.it.committee) in lines[1]
    state, irregular = check(it.log.entries)
    assert irregular is None
    assert state == it.it


def test_what_is_refused() -> None:
    it = at("marking")
    for command, code, where in (
        (PrintForm("essay", "", (), "", 1), "bad_value", "$.form"),
        (PrintForm("marks", "9", (), "", 1), "unknown_lot", None),
        (PrintForm("pledge", "1", (), "", 1), "bad_value", "$.lot"),
        (PrintForm("act", "", (), " ", 1), "bad_value", "$.act"),
        (PrintForm("pledge", "", (), "AskLeave", 1), "bad_value", "$.act"),
        (PrintForm("pledge", "", ("M9",), "", 1), "unknown_member", "$.aliases"),
        (PrintForm("pledge", "", ("M1", "M1"), "", 2), "unknown_member", "$.aliases"),
        (PrintForm("pledge", "", ("M1",), "", 2), "wrong_copies", "$.copies"),
        (PrintForm("pledge", "", (), "", 0), "wrong_copies", "$.copies"),
        (PrintForm("pledge", "", (), "", 51), "wrong_copies", "$.copies"),
    ):
        with refused(code, where):
            it.do(command, CENTRE)
    with refused("not_permitted"):
        it.do(PrintForm("pledge", "", (), "", 1), WITNESS)
