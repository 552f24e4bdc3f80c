"""Paints every widget into PNGs, to be looked at: `python tests/ui/gallery.py FOLDER [SCENE ...]`.

Each scene is painted at 1920x1080, at 1366x768 and at 1920x1080 with the largest type.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QWidget

from ui.models.journal import JournalLine, JournalModel
from ui.models.marking import BidColumn, Factor
from ui.models.results import ResultColumn, ResultRow
from ui.models.review import Finding, ReviewItem, Verdict, VerdictWords
from ui.theme import Language, Scale, Tone, apply, install, look
from ui.widgets.boxes import Column, Page, Row, Scroll
from ui.widgets.buttons import (
    Button,
    CallButton,
    DangerButton,
    PrimaryButton,
    QuietButton,
    ScaleSwitch,
    StepButton,
)
from ui.widgets.camera_view import CameraView
from ui.widgets.card import Card
from ui.widgets.document_view import DocumentPair, DocumentSource, DocumentView
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.header import HeaderBar
from ui.widgets.incident import IncidentList
from ui.widgets.incident_card import Incident
from ui.widgets.journal_list import JournalList
from ui.widgets.key_card import KeyCard, KeyHelp
from ui.widgets.marking import MarkingMatrix
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.page_area import PageArea
from ui.widgets.pdf_worker import PageRenderer
from ui.widgets.progress import WordedProgress
from ui.widgets.rail import Stage, StageRail, StageState
from ui.widgets.reading import ReadingPane
from ui.widgets.result_table import ResultTable
from ui.widgets.review import ReviewMatrix
from ui.widgets.room_plan import Landmark, Place, RoomPlan
from ui.widgets.seat_number import DrawnSeat, SeatNumberView
from ui.widgets.seat_tile import LineQuality, SeatSight
from ui.widgets.symbols import Symbol
from ui.widgets.text import Fact, FactList

STAGES = ("身份核验", "入席", "评标纪律", "回避与承诺", "推选组长", "符合性审查", "独立评分", "评审汇总", "确认签字")


def header(seat: str = "7 号座") -> HeaderBar:
    bar = HeaderBar("民乐县城区老旧小区改造工程（二标段）施工招标", "项目编号 ML2026-GC-0087 · 综合评估法 · 7 家投标人")
    bar.set_rehearsal(True)
    bar.set_clock("10:42:08", "评标室时间")
    bar.set_facts([Fact("评委编号", "评委 3")])
    bar.set_seat(seat)
    bar.add_control(ScaleSwitch())
    return bar


def rail(now: int) -> StageRail:
    def state(at: int) -> StageState:
        return StageState.DONE if at < now else StageState.CURRENT if at == now else StageState.COMING

    return StageRail([Stage(name, state(at)) for at, name in enumerate(STAGES)])


def base() -> QWidget:
    page = Page(header(), rail(6))
    body = Row(gap=24, margin=24)
    page.add(Scroll(body), 1)
    left = body.add(Card("按钮与提示", "一个主要动作，其余安静"), 1)
    row = left.add(Row(PrimaryButton("提交评分"), Button("暂离席位"), QuietButton("目录"), DangerButton("否决该投标")))
    row.fill()
    left.add(Row(CallButton("呼叫协助")))
    waiting = left.add(StepButton("结束评分"))
    waiting.block("还有 14 个分值没有填写。")
    left.add(NoticeLine(Notice(Tone.INFO, "直接敲数字，按回车跳到下一项。")))
    left.add(NoticeLine(Notice(Tone.OK, "全部分值已填写。")))
    left.add(NoticeLine(Notice(Tone.ATTENTION, "网络中断 12 秒，已填分值保存在本机，恢复后自动续传。")))
    left.add(
        NoticeLine(Notice(Tone.ERROR, "“项目经理资格与业绩”只能打 0 到 10 分，最多一位小数；请改正后再结束评分。"))
    )
    pills = left.add(Row())
    pills.add(StatusPill("进行中", Tone.INFO, Symbol.PROGRESS))
    pills.add(StatusPill("已结束", Tone.OK))
    pills.add(StatusPill("呼叫协助", Tone.ATTENTION, Symbol.CALL))
    pills.add(StatusPill("断线", Tone.ERROR, Symbol.OFFLINE))
    pills.add(StatusPill("远程", Tone.REMOTE, Symbol.AWAY))
    pills.add(StatusPill("空闲", Tone.QUIET, Symbol.EMPTY))
    pills.add(StatusPill("已封存", Tone.OK, Symbol.SEALED))
    pills.fill()
    progress = left.add(WordedProgress())
    progress.report("正在导出证据包：第 31 个文件，共 45 个", 31, 45, "约 20 秒")
    left.add(WordedProgress("正在等待另一位见证人员确认"))
    left.fill()
    right = body.add(Column(gap=16), 1)
    form = right.add(Card("填写"))
    form.add(Field("证件号码", "刷身份证，或输入号码后按回车"))
    wrong = form.add(Field("页码"))
    wrong.line.setText("0")
    wrong.fault("页码从 1 开始，请填写投标文件中的页码。")
    form.add(
        ChoiceList(
            "推选组长", [Choice("a", "评委 1"), Choice("b", "评委 2"), Choice("c", "评委 5", "采购人代表不得担任")]
        )
    )
    facts = right.add(Card("席位"))
    facts.add(
        FactList([Fact("评委编号", "评委 3"), Fact("席位", "7 号座，进门右手第二排"), Fact("专业", "市政公用工程")])
    )
    right.fill()
    return page


def reading() -> QWidget:
    page = Page(header(), rail(2))
    body = page.add(Column(margin=24), 1)
    card = body.add(Card("评标纪律", "请从头读到尾"), 1)
    duty = (
        "评标委员会成员应当客观、公正地履行职责，遵守职业道德，对所提出的评审意见承担个人责任；"
        "不得与任何投标人私下接触，不得收受财物或者其他好处，不得透露评审情况。"
    )
    text = "\n\n".join(f"{number}. {duty}" for number in range(1, 24))
    card.add(ReadingPane("discipline", text, "我已读完，继续"), 1)
    return page


def sights() -> dict[str, SeatSight]:
    good = LineQuality.GOOD
    return {
        "1": SeatSight("1", "进行中", Tone.INFO, Symbol.PROGRESS, "评委 4", "", "9:58 起", good),
        "2": SeatSight("2", "已结束", Tone.OK, Symbol.DONE, "评委 1", "", "10:40", good),
        "3": SeatSight("3", "呼叫协助", Tone.ATTENTION, Symbol.CALL, "评委 2", "看不清图纸", "1 分 20 秒", good),
        "4": SeatSight("4", "进行中", Tone.INFO, Symbol.PROGRESS, "评委 5", "", "9:58 起", LineQuality.WEAK),
        "5": SeatSight("5", "空闲"),
        "6": SeatSight("6", "空闲"),
        "7": SeatSight("7", "进行中", Tone.INFO, Symbol.PROGRESS, "评委 3", "组长", "9:58 起", good),
        "8": SeatSight("8", "断线", Tone.ERROR, Symbol.OFFLINE, "评委 6", "已存 22 项", "42 秒", LineQuality.LOST),
        "9": SeatSight("9", "远程", Tone.REMOTE, Symbol.AWAY, "评委 7", "副场：山丹", "9:58 起", good),
        "10": SeatSight("10", "暂离", Tone.QUIET, Symbol.PAUSED, "评委 8", "准假 10 分钟", "6 分钟", good),
    }


def console() -> QWidget:
    bar = HeaderBar("见证与场内管理台", "民乐县公共资源交易中心 · 评标室 2")
    bar.set_facts([Fact("待处理", "2"), Fact("在席 / 席位", "8 / 10")])
    bar.set_clock("10:42:08", "2026年11月24日 星期二")
    bar.set_rehearsal(True)
    page = Page(bar)
    body = page.add(Row(gap=16, margin=16), 1)
    left = body.add(Card("评标室 2", "独立评分 · 分数对所有人封存"), 5)
    places = [
        Place(str(n), x, y)
        for n, (x, y) in enumerate([(0, 0), (1, 0), (3, 0), (4, 0), (0, 1), (1, 1), (3, 1), (4, 1), (0, 3), (1, 3)], 1)
    ]
    plan = left.add(RoomPlan(places, [Landmark("门", 4, 3)]), 1)
    plan.set_sights(sights())
    right = body.add(Column(gap=16), 3)
    top = right.add(Card("需要处理"))
    top.add_beside_title(StatusPill("2 项", Tone.ERROR))
    incidents = top.add(IncidentList())
    incidents.set_incidents(
        [
            Incident(
                "b",
                Tone.ATTENTION,
                "呼叫协助",
                "3 号座呼叫协助",
                "评委 2：“看不清第 37 页的图纸”",
                "1 分 20 秒",
                "应答",
                Symbol.CALL,
            ),
            Incident(
                "a",
                Tone.ERROR,
                "断线",
                "8 号座断线",
                "已填分值存在该席位，接通后自动续传",
                "42 秒",
                "查看",
                Symbol.OFFLINE,
            ),
        ]
    )
    log = right.add(Card("事件记录", "实时"), 1)
    model = JournalModel()
    model.setParent(page)
    model.extend(
        [
            JournalLine(n, f"10:{n:02d}:05", text, text.startswith("8"))
            for n, text in enumerate(
                [
                    "见证人员登录管理台",
                    "评标纪律宣读完毕",
                    "评委编号抽取完成，抽取码 8F3A-21C7",
                    "3 号座进入评审",
                    "独立评分开始",
                    "2 号座结束评分",
                    "山丹副场线路抖动 310 毫秒，已自动恢复，未影响评审",
                    "8 号座断线",
                    "3 号座呼叫协助",
                ],
                10,
            )
        ]
    )
    log.add(JournalList(model), 1)
    return page


def picture() -> tuple[int, int, bytes]:
    image = QImage(960, 720, QImage.Format.Format_RGB888)
    image.fill(QColor("#3B4A5C"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#9FB3C8"))
    painter.drawEllipse(340, 150, 280, 360)
    painter.drawEllipse(180, 500, 600, 500)
    painter.end()
    return 960, 720, bytes(image.constBits())


def kiosk() -> QWidget:
    bar = HeaderBar("民乐县公共资源交易中心", "评标区入口")
    bar.set_clock("09:26", "2026年11月24日 星期二")
    page = Page(bar)
    body = page.add(Row(gap=24, margin=24), 1)
    camera = body.add(CameraView(), 3)
    camera.show_frame(*picture())
    camera.instruct("请正对屏幕，摘下口罩", Tone.OK)
    side = body.add(Card("核验身份"), 2)
    side.add(Field("证件号码", "刷身份证，或输入号码后按回车", large=True))
    small = CameraView()
    small.instruct("请稍候")
    side.add(small)
    side.fill()
    side.add(CallButton("呼叫工作人员"))
    return page


def seat_number() -> QWidget:
    bar = HeaderBar("民乐县公共资源交易中心", "评标区入口")
    bar.set_clock("09:28", "2026年11月24日 星期二")
    bar.set_rehearsal(True)
    page = Page(bar)
    page.add(SeatNumberView(DrawnSeat("12", "进门右手第二排，靠窗", "8F3A-21C7", "kawei:draw:8F3A21C7D0")), 1)
    return page


def keys() -> QWidget:
    page = base()
    card = KeyCard(
        page,
        "按键",
        [
            KeyHelp(("0", "–", "9"), "填写分值"),
            KeyHelp(("Enter",), "下一项"),
            KeyHelp(("Shift", "Enter"), "上一项"),
            KeyHelp(("↑", "↓", "←", "→"), "移动"),
            KeyHelp(("Ctrl", "Z"), "撤销"),
            KeyHelp(("F1",), "呼叫协助"),
        ],
    )
    card.toggle()
    return page


FACTORS = [
    Factor(
        "f1",
        "施工方案与技术措施",
        "0–12 分",
        "方案完整、针对性强、措施可行的得 9–12 分；方案较完整、基本可行的得 5–8.9 分；方案一般的得 0–4.9 分。"
        "工期、质量、安全三项措施缺一项的，最高得 6 分；与招标文件要求不符的不得分。评委应在页码栏注明依据所在页。",
        "施工组织设计",
    ),
    Factor("f2", "质量管理体系与措施", "0–8 分", "体系健全 6–8 分，一般 3–5.9 分，缺失 0 分。", "施工组织设计"),
    Factor("f3", "安全文明施工措施", "0–8 分", "", "施工组织设计"),
    Factor("f4", "工程进度计划", "0–8 分", "", "施工组织设计"),
    Factor(
        "f5", "项目经理资格与业绩", "0–10 分", "一级建造师得 4 分；每项类似业绩加 2 分，最高 6 分。", "项目管理机构"
    ),
    Factor("f6", "技术负责人资格与业绩（须附社保缴纳证明与聘用合同）", "0–6 分", "", "项目管理机构"),
    Factor("f7", "其他主要人员配备", "0–4 分", "", "项目管理机构"),
    Factor("f8", "类似项目业绩", "0–8 分", "", "其他评分因素"),
    Factor("f9", "企业信誉与履约", "0–6 分", "", "其他评分因素"),
]
BIDS = [
    BidColumn("b1", "甘肃华锐建设有限公司"),
    BidColumn("b2", "张掖市宏远市政工程公司"),
    BidColumn("b3", "兰州中泰建筑工程集团"),
    BidColumn("b4", "民乐县恒通建设公司"),
    BidColumn("b5", "酒泉路桥工程有限公司"),
    BidColumn("b6", "武威建工集团", "已否决"),
    BidColumn("b7", "中国建筑第八工程局有限公司联合体"),
]


def judge(factor_id: str, text: str) -> str | None:
    factor = next(f for f in FACTORS if f.id == factor_id)
    most = Decimal(factor.span.split("–")[1].split(" ")[0])
    try:
        mark = Decimal(text)
    except InvalidOperation:
        return "要填一个数，例如 8.5。"
    return None if 0 <= mark <= most else f"只能打 0 到 {most} 分，最多一位小数。"


def filled() -> dict[tuple[str, str], str]:
    marks = {}
    for c, bid in enumerate(BIDS[:4]):
        for r, factor in enumerate(FACTORS):
            if c < 3 or r < 5:
                marks[factor.id, bid.id] = str((r * 3 + c) % 4 + 0.5 * (c % 2))
    marks["f5", "b4"] = "12"
    return marks


@cache
def pdf() -> bytes:
    """A document of 40 pages with text, written by Qt."""
    device = QBuffer()
    device.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(96)
    painter = QPainter(writer)
    for page in range(40):
        if page:
            writer.newPage()
        painter.setFont(look().sized(26, bold=True))
        painter.drawText(40, 60, f"第 {page + 1} 章 施工组织设计")
        painter.setFont(look().sized(15, bold=False))
        for line in range(40):
            painter.drawText(
                40, 110 + line * 22, "本工程严格按照施工方案组织实施，项目经理常驻现场，质量安全措施落实到人。"
            )
    painter.end()
    return bytes(device.data().data())


def scoring() -> QWidget:
    page = Page(header(), rail(6))
    body = page.add(Row(gap=12, margin=12), 1)
    renderer = PageRenderer()
    renderer.setParent(page)
    left = body.add(Card(margin=12), 5)
    pair = left.add(DocumentPair(renderer), 1)
    content = pdf()
    pair.left.open(DocumentSource("b1", "甘肃华锐建设有限公司 技术标", content), 2)
    pair.right.open(DocumentSource("b4", "民乐县恒通建设公司 技术标", content), 12)
    pair.show_both(True)
    right = body.add(Card("独立评分", "按评分因素逐项打分"), 6)
    matrix = right.add(MarkingMatrix(FACTORS, BIDS, judge, caption="小计（满分 70 分）"), 1)
    matrix.set_marks(filled())
    matrix.go_to("f6", "b4")
    matrix.table.setFocus()
    end = matrix.add_action(PrimaryButton("结束评分"))
    end.setEnabled(False)
    matrix.add_action(CallButton())
    wait_for(lambda: pair.left.area.count() and pair.right.area.count())
    return page


def marking() -> QWidget:
    page = Page(header(), rail(6))
    body = page.add(Row(gap=12, margin=12), 1)
    right = body.add(Card("独立评分"), 1)
    matrix = right.add(MarkingMatrix(FACTORS, BIDS, judge, caption="小计（满分 70 分）"), 1)
    matrix.set_marks(filled())
    matrix.go_to("f5", "b4")
    matrix.table.setFocus()
    return page


def document() -> QWidget:
    page = Page(header())
    renderer = PageRenderer()
    renderer.setParent(page)
    card = page.add(Card(margin=12), 1)
    view = card.add(DocumentView(renderer), 1)
    view.open(DocumentSource("b1", "甘肃华锐建设有限公司 技术标", pdf()), 2)
    wait_for(lambda: view.area.count() > 0)
    view.contents_button.setChecked(True)
    view.find_button.setChecked(True)
    view.words.setText("项目经理")
    view.words.textEdited.emit("项目经理")
    wait_for(lambda: "页" in view._found.text() or "page" in view._found.text())
    return page


def review_scene(fail: bool) -> QWidget:
    page = Page(header(), rail(5))
    body = page.add(Row(gap=12, margin=12), 1)
    card = body.add(Card("符合性审查", "逐项对照采购文件"), 1)
    items = [
        ReviewItem("i1", "投标函签字盖章", "投标函由法定代表人或其授权代表签字并加盖单位公章。", "形式"),
        ReviewItem("i2", "投标有效期", "不少于提交投标文件截止之日起 90 日。", "响应性"),
        ReviewItem("i3", "投标保证金", "人民币 20 万元，于截止时间前到账，或提交合格的保函。", "响应性"),
        ReviewItem("i4", "工期", "不超过 180 日历天。", "响应性"),
        ReviewItem("i5", "实质性条款无负偏离（★号条款）", "全部★号条款逐条响应。", "响应性"),
    ]
    matrix = card.add(ReviewMatrix(items, BIDS, VerdictWords("符合", "不符合")), 1)
    P, F = Verdict.PASS, Verdict.FAIL
    found = {(f"i{r}", f"b{c}"): Finding(P) for r in range(1, 6) for c in range(1, 4)}
    found["i2", "b2"] = Finding(F, "有效期写为 60 日", "12")
    found["i3", "b4"] = Finding(F)
    matrix.set_findings(found)
    matrix.go_to("i3" if fail else "i2", "b4")
    (matrix.reason if fail else matrix.table).setFocus()
    return page


def review() -> QWidget:
    return review_scene(False)


def review_fail() -> QWidget:
    return review_scene(True)


def result() -> QWidget:
    page = Page(header(), rail(7))
    body = page.add(Row(gap=12, margin=12), 1)
    card = body.add(Card("评审汇总", "得分与排序"), 1)
    columns = [
        ResultColumn("排名", True),
        ResultColumn("投标报价（元）"),
        ResultColumn("技术平均分"),
        ResultColumn("商务平均分"),
        ResultColumn("价格分"),
        ResultColumn("总分", True),
    ]
    rows = [
        ResultRow("兰州中泰建筑工程集团", ("1", "24,310,560.00", "48.20", "15.40", "29.70", "93.30"), "第一中标候选人"),
        ResultRow("甘肃华锐建设有限公司", ("2", "25,002,118.36", "36.10", "11.00", "21.68", "68.78"), "第二中标候选人"),
        ResultRow(
            "张掖市宏远市政工程公司", ("3", "23,998,000.00", "30.20", "10.37", "25.00", "65.57"), "第三中标候选人"
        ),
        ResultRow("武威建工集团", ("—", "22,870,000.00", "—", "—", "—", "—"), "投标被否决：工期不响应", True),
    ]
    card.add(ResultTable(columns, rows), 1)
    sheet = body.add(Card("本人评分", "已公布，只读"), 1)
    matrix = sheet.add(MarkingMatrix(FACTORS, BIDS, judge), 1)
    matrix.set_marks(filled())
    matrix.set_read_only(True)
    return page


def wait_for(ready: Callable[[], object]) -> None:
    """Let Qt work until `ready`, at most ten seconds."""
    deadline = QDeadlineTimer(10_000)
    while not ready() and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


SCENES: dict[str, Callable[[], QWidget]] = {
    "base": base,
    "reading": reading,
    "console": console,
    "kiosk": kiosk,
    "seat-number": seat_number,
    "keys": keys,
    "scoring": scoring,
    "marking": marking,
    "document": document,
    "review": review,
    "review-fail": review_fail,
    "result": result,
}
SIZES = ((QSize(1920, 1080), Scale.NORMAL), (QSize(1366, 768), Scale.NORMAL), (QSize(1920, 1080), Scale.LARGEST))


def show(name: str, size: QSize, scale: Scale) -> QWidget:
    """Build a scene and let it settle on the (virtual) screen."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply(app, scale)
    widget = SCENES[name]()
    widget.resize(size)
    widget.show()
    widget.activateWindow()
    app.processEvents()
    areas = widget.findChildren(PageArea)
    wait_for(lambda: all(area.sharp() for area in areas if area.isVisible()))
    app.processEvents()
    return widget


def paint(folder: Path, names: list[str]) -> None:
    """Paint the named scenes (all, if none is named) into `folder`."""
    app = QApplication([])
    install(app, Language.ZH)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        for size, scale in SIZES:
            widget = show(name, size, scale)
            if widget.size() != size:
                print(
                    f"{name}: wants {widget.width()}x{widget.height()} at {size.width()}x{size.height()} x{scale.value}"
                )
            widget.grab().save(str(folder / f"{name}-{size.width()}-{scale.value}.png"))
            widget.close()
            widget.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    paint(Path(sys.argv[1]), sys.argv[2:])
