"""Blank forms as PDF, for when a seat fails: from the folded state and what is passed in, every copy numbered.

Blind factors (暗标) name no bidder on their sheet, and no form names a person: a member is an alias.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import typst

import resources
from app.evaluation.matter import Act, Field, FieldKind
from app.evaluation.matters.forms import FormKind, FormPrinted, form_words
from app.evaluation.model import Evaluation
from app.report import wording as say
from app.rules.model import Lot, Phase

Block = dict[str, Any]

_WIDE_FROM = 6
"""Bids from which a sheet lies on its side."""

_OF_A_MEMBER = frozenset({FormKind.PLEDGE, FormKind.REVIEW, FormKind.MARKS, FormKind.OPINION, FormKind.LEAVE})
"""Forms that are one member's; alias and seat are filled in by hand where the copy bears none."""

_SEALED = (
    "本表由成员本人填写，填好后当面装入信封密封，写上编号并签名。"
    "任何人不得拆看、扫描或者代为录入；成员另到席位（备用席位）录入。"
)


def form_data(
    state: Evaluation, printed: FormPrinted, act: Act | None, *, room_name: str, printed_at: str
) -> dict[str, Any]:
    """The content of every copy of a printing. `act` is the act whose form it is, None for the forms of a kind."""
    form = FormKind(printed.form)
    title = act.title.zh if act is not None else form_words(state, form).zh
    lot = state.lots[printed.lot].lot if printed.lot else None
    words = state.ruleset.words
    head = [[words["tender_number"], state.tender.id]]
    if lot is not None:
        head.append([words["lot"], f"{lot.id}　{lot.name}"])
    return {
        "title": title,
        "project": state.tender.name,
        "rehearsal": state.rehearsal,
        "draft": False,
        "wide": lot is not None and len(lot.bids) >= _WIDE_FROM and form in (FormKind.REVIEW, FormKind.MARKS),
        "head": head,
        "blocks": _of_act(act) if act is not None else _of_kind(state, form, lot),
        "copies": _copies(state, printed, title),
        "footer": room_name,
        "printed": say.minute(printed_at),
        "printed_at": printed_at,
    }


def make_form(data: Mapping[str, Any]) -> bytes:
    """All copies of a printing in one PDF; the same data give the same bytes."""
    template = resources.path("report", "form.typ")
    made = typst.compile(
        str(template),
        format="pdf",
        root=str(template.parent),
        font_paths=[str(resources.path("fonts"))],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        timestamp=int(datetime.fromisoformat(str(data["printed_at"])).timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def _copies(state: Evaluation, printed: FormPrinted, title: str) -> list[Block]:
    """One copy for each member named, or as many as were asked for; each says which one it is."""
    words = state.ruleset.words
    copies = []
    for index in range(printed.copies):
        alias = printed.aliases[index] if printed.aliases else ""
        member = state.by_alias(alias) if alias else None
        seat = (member.seat or "") if member is not None else ""
        mark = f"{title}　第 {printed.number} 次印制　{index + 1} / {printed.copies}"
        own = alias or FormKind(printed.form) in _OF_A_MEMBER
        copies.append({"mark": mark, "head": [[words["alias"], alias], [words["seat"], seat]] if own else []})
    return copies


# --- the blocks that a form is made of


def _text(*paragraphs: str) -> Block:
    return {"kind": "text", "paragraphs": list(paragraphs)}


def _pairs(*labels: str) -> Block:
    return {"kind": "pairs", "rows": [[label, ""] for label in labels]}


def _boxes(label: str, *options: str) -> Block:
    return {"kind": "boxes", "label": label, "options": list(options)}


def _lines(label: str, count: int = 3) -> Block:
    return {"kind": "lines", "label": label, "count": count}


def _signs(*labels: str) -> Block:
    return {"kind": "signs", "labels": list(labels)}


def _table(heads: list[str], rows: list[list[str]], caption: str = "", share: int = 2) -> Block:
    return {"kind": "table", "heads": heads, "rows": rows, "caption": caption, "share": share}


def _note(text: str) -> Block:
    return {"kind": "note", "text": text}


# --- the forms


def _of_kind(state: Evaluation, form: FormKind, lot: Lot | None) -> list[Block]:
    if form is FormKind.REVIEW and lot is not None:
        return _review(state, lot)
    if form is FormKind.MARKS and lot is not None:
        return _marks(state, lot)
    makers = {
        FormKind.PLEDGE: _pledge,
        FormKind.OPINION: _opinion,
        FormKind.REPLACEMENT: _replacement,
        FormKind.LEAVE: _leave,
        FormKind.PAUSE: _pause,
    }
    return makers[form](state)


def _pledge(state: Evaluation) -> list[Block]:
    words = state.ruleset.words
    names = list(dict.fromkeys(bid.bidder for lot in state.lots.values() for bid in lot.lot.bids))
    rows = [[str(number), name, "", ""] for number, name in enumerate(names, start=1)]
    heads = ["序号", words["bidder"], "无利害关系（打√）", "有，须回避（打√）"]
    return [
        _text(state.ruleset.pledge),
        _table(heads, rows, f"与{words['bidder']}的利害关系"),
        _lines("有利害关系的，说明", 2),
        _signs("成员签名", "日期和时间", "场内管理", "见证人员"),
    ]


def _review(state: Evaluation, lot: Lot) -> list[Block]:
    words = state.ruleset.words
    rows = [[item.clause, item.name, *("[]" for _ in lot.bids)] for item in lot.review_items]
    return [
        _note(_SEALED),
        _table(["条款", "审查内容", *(bid.bidder for bid in lot.bids)], rows, share=3),
        _lines(f"{words['failed']}的，逐项写明理由和{words['bid']}页码", 6),
        _signs("成员签名", "日期和时间"),
    ]


def _marks(state: Evaluation, lot: Lot) -> list[Block]:
    words = state.ruleset.words
    tables = [_phase(state, lot, phase) for phase in lot.marking()]
    reasons = _lines(f"{words['mark']}的理由（招标文件要求写明的）", 4)
    return [_note(_SEALED), *tables, reasons, _signs("成员签名", "日期和时间")]


def _phase(state: Evaluation, lot: Lot, phase: Phase) -> Block:
    """The factors of a phase; blind files have no name at the head, only room for their code."""
    heads = ["编号＿＿" for _ in lot.bids] if phase.blind else [bid.bidder for bid in lot.bids]
    rows = [
        [f"{factor.min or '0'}–{factor.max or ''}", factor.name, *("" for _ in lot.bids)]
        for factor in lot.factors_of(phase.id)
    ]
    return _table(["分值", state.ruleset.words["factor"], *heads], rows, phase.name)


def _opinion(state: Evaluation) -> list[Block]:
    words = state.ruleset.words
    return [
        _boxes(f"对{words['report']}", "同意", f"有{words['dissent']}，理由如下"),
        _lines(f"{words['dissent']}及理由（逐字录入{words['report']}）", 10),
        _text("拒绝签字又不书面说明理由的，视为同意。"),
        _signs("成员签名", "日期和时间", "场内管理", "见证人员"),
    ]


def _replacement(state: Evaluation) -> list[Block]:
    return [
        _pairs("被更换的成员", "接替的成员", "提出时间"),
        _boxes("更换的事由", *state.ruleset.procedure.replacement_grounds.values()),
        _lines("情况说明", 4),
        _text("被更换成员作出的评审结论无效，由接替的成员重新评审。"),
        _signs("场内管理", "见证人员", state.ruleset.words["tenderee"], "日期和时间"),
    ]


def _leave(state: Evaluation) -> list[Block]:
    heads = ["序号", "事由", "离席时间", "返回时间", "成员签名", "见证人员"]
    return [_table(heads, [[str(number), "", "", "", "", ""] for number in range(1, 13)])]


def _pause(state: Evaluation) -> list[Block]:
    return [
        _boxes("暂停的事由", "系统故障", "跨日休息", "按要求暂停", "其他"),
        _lines("具体情况", 4),
        _pairs("暂停时间", "恢复时间", "暂停时已进行到", "席位锁定情况"),
        _signs("场内管理", "见证人员", state.ruleset.words["chair"], "日期和时间"),
    ]


def _of_act(act: Act) -> list[Block]:
    """The form of an act, as the screen asks for it."""
    asked = [block for field in act.fields for block in _of_field(field)]
    return [_text(act.help.zh), *asked, _signs("办理人签名", "日期和时间", "核对人签名", "日期和时间")]


def _of_field(field: Field) -> list[Block]:
    label = field.label.zh if field.needed else f"{field.label.zh}（可以不填）"
    options = [option.label.zh for option in field.options]
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return [_boxes(label if field.kind is FieldKind.CHOICE else f"{label}（可多选）", *options)]
    if field.kind is FieldKind.FLAG:
        return [_boxes(label, "是", "否")]
    if field.kind is FieldKind.TABLE:
        return [_text(label), _pairs(*options)]
    if field.kind is FieldKind.TEXT:
        return [_lines(label, 4)]
    return [_pairs(f"{label}（附原件）" if field.kind is FieldKind.PAPER else label)]
