"""Paints every widget into PNGs, to be looked at: `python tests/ui/gallery.py FOLDER [SCENE ...]`.

Each scene is painted at 1920x1080, at 1366x768 and at 1920x1080 with the largest type.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from ui.models.journal import JournalLine, JournalModel
from ui.theme import Language, Role, Scale, Tone, apply, install
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
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.header import HeaderBar
from ui.widgets.incident import Incident, IncidentList
from ui.widgets.journal_list import JournalList
from ui.widgets.key_card import KeyCard, KeyHelp
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.progress import WordedProgress
from ui.widgets.rail import Stage, StageRail, StageState
from ui.widgets.reading import ReadingPane
from ui.widgets.room_plan import Landmark, Place, RoomPlan
from ui.widgets.seat_number import DrawnSeat, SeatNumberView
from ui.widgets.seat_tile import LineQuality, SeatSight
from ui.widgets.symbols import Symbol
from ui.widgets.text import Fact, FactList, Text

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
    body = page.add(Row(gap=24, margin=24), 1)
    left = body.add(Card("按钮与提示", "一个主要动作，其余安静"), 1)
    row = left.add(Row(PrimaryButton("提交评分"), Button("暂离席位"), QuietButton("目录"), DangerButton("否决该投标")))
    row.fill()
    left.add(Row(CallButton("呼叫协助")))
    waiting = left.add(StepButton("结束评分"))
    waiting.block("还有 14 个分值没有填写。")
    left.add(NoticeLine(Notice(Tone.INFO, "直接敲数字，按回车跳到下一项。")))
    left.add(NoticeLine(Notice(Tone.OK, "全部分值已填写。")))
    left.add(NoticeLine(Notice(Tone.ATTENTION, "网络中断 12 秒，已填分值保存在本机，恢复后自动续传。")))
    left.add(NoticeLine(Notice(Tone.ERROR, "“项目经理资格与业绩”只能打 0 到 10 分，最多一位小数；请改正后再结束评分。")))
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
    form.add(ChoiceList("推选组长", [Choice("a", "评委 1"), Choice("b", "评委 2"), Choice("c", "评委 5", "采购人代表不得担任")]))
    facts = right.add(Card("席位"))
    facts.add(FactList([Fact("评委编号", "评委 3"), Fact("席位", "7 号座，进门右手第二排"), Fact("专业", "市政公用工程")]))
    right.fill()
    return page


def reading() -> QWidget:
    page = Page(header(), rail(2))
    body = page.add(Column(margin=24), 1)
    card = body.add(Card("评标纪律", "请从头读到尾"), 1)
    text = "\n\n".join(f"{number}. 评标委员会成员应当客观、公正地履行职责，遵守职业道德，对所提出的评审意见承担个人责任；不得与任何投标人私下接触，不得收受财物或者其他好处，不得透露评审情况。" for number in range(1, 24))
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
    places = [Place(str(n), x, y) for n, (x, y) in enumerate([(0, 0), (1, 0), (3, 0), (4, 0), (0, 1), (1, 1), (3, 1), (4, 1), (0, 3), (1, 3)], 1)]
    plan = left.add(RoomPlan(places, [Landmark("▯ 门", 4, 3)]), 1)
    plan.set_sights(sights())
    if True:
        face = QImage(160, 160, QImage.Format.Format_RGB888)
        face.fill(QColor("#9FB3C8"))
        plan.tile("1").set_face(face)
    right = body.add(Column(gap=16), 3)
    top = right.add(Card("需要处理"))
    top.add_beside_title(StatusPill("2 项", Tone.ERROR))
    incidents = top.add(IncidentList())
    incidents.set_incidents([
        Incident("b", Tone.ATTENTION, "呼叫协助", "3 号座呼叫协助", "评委 2：“看不清第 37 页的图纸”", "1 分 20 秒", "应答", Symbol.CALL),
        Incident("a", Tone.ERROR, "断线", "8 号座断线", "已填分值存在该席位，接通后自动续传", "42 秒", "查看", Symbol.OFFLINE),
    ])
    log = right.add(Card("事件记录", "实时"), 1)
    model = JournalModel()
    model.setParent(page)
    model.extend([
        JournalLine(n, f"10:{n:02d}:05", text, text.startswith("8"))
        for n, text in enumerate(["见证人员登录管理台", "评标纪律宣读完毕", "评委编号抽取完成，抽取码 8F3A-21C7", "3 号座进入评审", "独立评分开始", "2 号座结束评分", "山丹副场线路抖动 310 毫秒，已自动恢复，未影响评审", "8 号座断线", "3 号座呼叫协助"], 10)
    ])
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
    card = KeyCard(page, "按键", [
        KeyHelp(("0", "–", "9"), "填写分值"),
        KeyHelp(("Enter",), "下一项"),
        KeyHelp(("Shift", "Enter"), "上一项"),
        KeyHelp(("↑", "↓", "←", "→"), "移动"),
        KeyHelp(("Ctrl", "Z"), "撤销"),
        KeyHelp(("F1",), "呼叫协助"),
    ])
    card.toggle()
    return page


SCENES: dict[str, Callable[[], QWidget]] = {
    "base": base,
    "reading": reading,
    "console": console,
    "kiosk": kiosk,
    "seat-number": seat_number,
    "keys": keys,
}
SIZES = ((QSize(1920, 1080), Scale.NORMAL), (QSize(1366, 768), Scale.NORMAL), (QSize(1920, 1080), Scale.LARGEST))


def paint(folder: Path, names: list[str]) -> None:
    """Paint the named scenes (all, if none is named) into `folder`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install(app, Language.ZH)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or SCENES:
        for size, scale in SIZES:
            apply(app, scale)
            widget = SCENES[name]()
            widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            widget.resize(size)
            widget.show()
            for _ in range(5):
                app.processEvents()
            if widget.size() != size:
                print(f"{name}: wants {widget.width()}x{widget.height()} at {size.width()}x{size.height()} x{scale.value}")
            widget.grab().save(str(folder / f"{name}-{size.width()}-{scale.value}.png"))
            widget.close()
            widget.deleteLater()
            app.processEvents()


if __name__ == "__main__":
    paint(Path(sys.argv[1]), sys.argv[2:])
