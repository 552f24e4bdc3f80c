"""The witness ledger on paper: what happened is on it, a draft says so, and no person's name is."""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "evaluation"))

import pypdfium2
import pytest
from evaluation_factory import CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at

from app.archive import extract_of
from app.archive.ledger import ledger
from app.evaluation import commands as c
from app.evaluation.matters.ledger import EndDissuasion, Ledger, NoteDissuasion, PrintLedger
from app.evaluation.stages import LotStage
from app.report.forms import make_form
from app.report.ledger import STAGES, ledger_data

AT = "2026-03-02T12:30:00.000000+08:00"


def paper(it: Play, copies: int = 1) -> bytes:
    """Print the ledger of the first lot."""
    it.do(PrintLedger("1", copies), WITNESS)
    whole = ledger(list(it.log.entries), "1", extract_of(it.it.stream, list(it.room_log.entries)))
    printed = it.it.memory(Ledger).printed[-1]
    return make_form(ledger_data(whole, it.it, printed, room_name="岷乐评标三室", printed_at=AT))


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_what_happened_is_on_it(track: str) -> None:
    it = at("reported", track)
    it.do(c.AddRemark("全程秩序良好"), WITNESS)
    it.do(NoteDissuasion("talk", "M1", "低声讨论报价", "提醒并请其停止"), WITNESS)
    it.do(NoteDissuasion("outsider", "", "门外有人敲窗", "请其离开"), CENTRE)
    it.do(EndDissuasion(1, "reported", "已报告监督人员"), WITNESS)
    text = text_of(paper(it, copies=2))
    for words in (
        "全程秩序良好",
        "第1次：M1，私下交换意见",
        "非评审成员",
        "已报告行政监督部门，已报告监督人员",
        "抽签码",
    ):
        assert words in text, words
    assert text.count("草稿DRAFT") >= 2
    assert text.count("不得作为见证记录签字") == 2, "on each copy"
    assert "见证人员（A岗）签名" not in text
    assert "第1次印制1/2" in text
    assert "第1次印制2/2" in text
    assert "演练REHEARSAL" in text
    it.leave()
    whole = text_of(paper(it))
    assert "草稿" not in whole
    assert "见证人员（A岗）签名" in whole
    assert "第2次印制1/1" in whole


def test_releases_calls_and_refusals_are_on_it() -> None:
    it = at("drawn")
    it.do(c.RequestRelease("admission", "p1", "没有可供比对的照片"), KIOSK)
    it.do(c.ApproveRelease("admission", "p1", "证件与本人相符"), CENTRE)
    text = text_of(paper(it))
    assert "未入座人员，放行进场，签到终端提请，没有可供比对的照片" in text
    assert "场内管理同意，证件与本人相符" in text
    later = at("reported")
    alias = later.it.committee[0]
    later.do(c.CallHelp("看不清图纸"), member(alias))
    later.do(c.AnswerHelp(alias, "马上来"), CENTRE)
    assert "场内管理答复，马上来" in text_of(paper(later))


def test_every_stage_has_a_word() -> None:
    assert set(STAGES) == {stage.value for stage in LotStage}
