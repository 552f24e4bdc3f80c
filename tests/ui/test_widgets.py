"""The smaller parts: what they show, what they say to a screen reader, and the one thing they emit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.models.journal import KEPT, JournalLine, JournalModel
from ui.models.results import ResultColumn, ResultModel, ResultRow
from ui.theme import Scale, Tone, apply, look
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import CallButton, PrimaryButton, ScaleSwitch, StepButton
from ui.widgets.camera_view import CameraView
from ui.widgets.card import Card
from ui.widgets.forms import Choice, ChoiceList, Chosen, Field, FieldEntered
from ui.widgets.header import HeaderBar
from ui.widgets.incident import IncidentList
from ui.widgets.incident_card import Incident, IncidentAnswered
from ui.widgets.journal_list import JournalList
from ui.widgets.key_card import KeyCard, KeyHelp
from ui.widgets.notice import Notice, NoticeLine, StatusPill
from ui.widgets.progress import WordedProgress
from ui.widgets.rail import Stage, StageRail, StageState
from ui.widgets.result_table import ResultTable
from ui.widgets.room_plan import Landmark, Place, RoomPlan
from ui.widgets.seat_number import DrawnSeat, QrCode, SeatNumberView
from ui.widgets.seat_tile import LineQuality, SeatChosen, SeatSight, SeatTile
from ui.widgets.symbols import Symbol
from ui.widgets.text import ElidedText, Fact, FactList, Text


@pytest.fixture
def shown(qtbot):
    """Put a widget into an active window of a given size."""

    def show(widget: QWidget, width: int = 800, height: int = 400) -> QWidget:
        window = Column(widget)
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        widget.window_ = window
        return widget

    return show


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {f"#{pixel & 0xFFFFFF:06X}" for pixel in set(memoryview(image.constBits()).cast("I"))}


# Buttons


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_return_enter_and_space(qtbot, shown, key):
    button = shown(PrimaryButton("提交"))
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_the_focus_ring_is_amber_and_only_on_the_one_that_has_the_focus(qtbot, shown):
    first, second = PrimaryButton("一"), PrimaryButton("二")
    shown(Row(first, second))
    first.setFocus()
    assert "#F0A500" in colours(first)
    assert "#F0A500" not in colours(second)


def test_f1_calls_for_help_from_anywhere_in_the_window(qtbot, shown):
    call, line = CallButton(), Field("页码")
    shown(Column(line, call))
    line.line.setFocus()
    with qtbot.waitSignal(call.clicked):
        qtbot.keyClick(line.line, Qt.Key.Key_F1)
    assert call.accessibleName() == "Call for help"


def test_an_ampersand_in_a_caption_is_a_character(qtbot):
    button = PrimaryButton("A&B")
    qtbot.addWidget(button)
    assert button.text() == "A&&B"


def test_a_step_that_cannot_be_taken_says_why(qtbot, shown):
    step = shown(StepButton("结束"))
    pressed = []
    step.pressed.connect(lambda: pressed.append(1))
    step.block("还有 2 个分值没有填写。")
    qtbot.mouseClick(step.button, Qt.MouseButton.LeftButton)
    assert pressed == []
    assert step.button.accessibleDescription() == "还有 2 个分值没有填写。"
    assert any(text.text() == "还有 2 个分值没有填写。" for text in step.findChildren(Text) if text.isVisible())
    step.allow()
    qtbot.mouseClick(step.button, Qt.MouseButton.LeftButton)
    assert pressed == [1]


def test_the_scale_switch_tells_the_step(qtbot, shown):
    switch = shown(ScaleSwitch())
    with qtbot.waitSignal(switch.chosen) as heard:
        qtbot.mouseClick(switch._buttons[Scale.LARGEST], Qt.MouseButton.LeftButton)
    assert heard.args == [Scale.LARGEST]
    assert switch._buttons[Scale.LARGEST].accessibleName() == "Largest type"


# Header, rail, notices


def test_the_header_shows_what_it_is_given_and_nothing_else(qtbot, shown):
    bar = shown(HeaderBar("评标区", "入口"))
    assert not bar._rehearsal.isVisible()
    assert not bar._seat.isVisible()
    assert not bar._clock.isVisible()
    bar.set_rehearsal(True)
    bar.set_seat("7 号座")
    bar.set_clock("10:42:08", "时间")
    bar.set_facts([Fact("评委编号", "评委 3")])
    assert bar._rehearsal.text() == "REHEARSAL"
    assert bar._rehearsal.isVisible()
    assert bar._seat.accessibleName() == "7 号座"
    assert bar._clock.accessibleName() == "时间 10:42:08"
    assert "#F2B93B" in colours(bar)
    bar.set_facts([])
    bar.set_seat("")
    assert not bar._seat.isVisible()
    assert not bar._facts.isVisible()


def test_a_long_title_is_elided_and_told_whole(qtbot, shown):
    text = ElidedText("民乐县城区老旧小区改造工程（二标段）施工招标" * 3)
    shown(Row(text), 200, 80)
    text.grab()
    assert text.toolTip() == text.text()


def test_the_rail_says_where_one_is(shown):
    rail = shown(
        StageRail([Stage("一", StageState.DONE), Stage("二", StageState.CURRENT), Stage("三", StageState.COMING)])
    )
    assert rail.accessibleName() == "Stage 2 of 3: 二"
    rail.set_stages([Stage("一", StageState.DONE)])
    assert rail.accessibleName() == "Stages"


def test_names_on_a_narrow_rail_wrap_instead_of_running_into_each_other(shown):
    names = ["资格与符合性审查"] * 8
    wide = StageRail([Stage(name, StageState.COMING) for name in names])
    narrow = StageRail([Stage(name, StageState.COMING) for name in names])
    shown(wide, 1900, 900)
    shown(narrow, 700, 900)
    assert narrow.sizeHint().height() > wide.sizeHint().height()


def test_a_low_window_keeps_the_current_name_only(shown):
    rail = StageRail([Stage("审查", StageState.DONE), Stage("评分", StageState.CURRENT)])
    shown(rail, 900, 500)
    low = rail.sizeHint().height()
    rail.window_.resize(900, 1000)
    assert low < rail.sizeHint().height()


def test_a_notice_says_its_word_and_keeps_its_place(shown):
    line = NoticeLine()
    empty = line.sizeHint().height()
    shown(line, 900, 200)
    line.tell(Notice(Tone.ERROR, "只能打 0 到 10 分"))
    assert line.accessibleName() == "Error: 只能打 0 到 10 分"
    assert line.sizeHint().height() == empty
    assert {"#8E1A11", "#FDE9E7"} <= colours(line)
    line.tell(Notice(Tone.ATTENTION, "断线", word="网络"))
    assert line.accessibleName() == "网络: 断线"
    line.tell(None)
    assert line.accessibleName() == ""


def test_a_long_notice_grows(shown):
    line = NoticeLine(Notice(Tone.INFO, "很长的一句话，" * 30))
    assert line.heightForWidth(400) > line.heightForWidth(4000)


def test_a_pill_carries_symbol_and_word(shown):
    pill = StatusPill("断线", Tone.ERROR, Symbol.OFFLINE)
    assert pill.accessibleName() == "断线"
    before = pill.sizeHint().width()
    pill.show_state("线路已经中断", Tone.ERROR)
    assert pill.sizeHint().width() > before


@pytest.mark.parametrize("symbol", Symbol)
def test_every_symbol_paints_something(qtbot, symbol):
    pill = StatusPill("x", Tone.ERROR, symbol)
    qtbot.addWidget(pill)
    assert Tone.ERROR.ink.value in colours(pill)


# Incidents


def incident(key: str, tone: Tone = Tone.ATTENTION, title: str = "呼叫") -> Incident:
    return Incident(key, tone, "呼叫协助", title, "", "1 分", "应答")


def test_incidents_are_sorted_answered_and_leave(qtbot, shown):
    incidents = shown(IncidentList())
    heard = []
    incidents.answered.connect(heard.append)
    incidents.set_incidents([incident("call"), incident("lost", Tone.ERROR)])
    assert [card.incident().key for card in incidents.cards()] == ["lost", "call"]
    qtbot.mouseClick(incidents.cards()[1]._button, Qt.MouseButton.LeftButton)
    assert heard == [IncidentAnswered("call")]
    incidents.set_incidents([])
    assert incidents.cards() == []
    assert incidents._quiet.isVisible()


def test_the_focus_stays_with_its_incident_when_others_come(qtbot, shown):
    incidents = shown(IncidentList())
    incidents.set_incidents([incident("call")])
    button = incidents.cards()[0]._button
    button.setFocus()
    incidents.set_incidents([incident("lost", Tone.ERROR), incident("call", title="再次呼叫")])
    assert button.hasFocus()
    assert "再次呼叫" in button.accessibleName()


# Seats and the room


SIGHT = SeatSight("8", "断线", Tone.ERROR, Symbol.OFFLINE, "评委 6", "已存 22 项", "42 秒", LineQuality.LOST)


def test_a_tile_tells_everything_and_is_chosen_by_key_and_click(qtbot, shown):
    tile = shown(SeatTile(SIGHT), 300, 200)
    assert tile.accessibleName() == "Seat 8, 评委 6, 断线, 已存 22 项, Line lost, 42 秒"
    heard = []
    tile.chosen.connect(heard.append)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert heard == [SeatChosen("8")] * 3


PLACES = [Place("1", 0, 0), Place("2", 1, 0), Place("3", 3, 0), Place("4", 0, 1), Place("5", 3, 2)]


def test_seats_stand_in_their_places(shown):
    plan = shown(RoomPlan(PLACES, [Landmark("门", 1, 2)]), 1200, 700)
    boxes = {place.number: plan.tile(place.number).geometry() for place in PLACES}
    assert boxes["1"].top() == boxes["2"].top() == boxes["3"].top()
    assert boxes["1"].left() == boxes["4"].left()
    # An aisle lies between 2 and 3, none between 1 and 2.
    assert boxes["3"].left() - boxes["2"].right() > 2 * (boxes["2"].left() - boxes["1"].right())
    assert not any(a.intersects(b) for a in boxes.values() for b in boxes.values() if a is not b)
    assert all(plan.rect().contains(box) for box in boxes.values())


def test_arrows_walk_to_the_neighbour(qtbot, shown):
    plan = shown(RoomPlan(PLACES), 1200, 700)
    heard = []
    plan.chosen.connect(heard.append)
    plan.tile("1").setFocus()
    for key, number in ((Qt.Key.Key_Right, "2"), (Qt.Key.Key_Right, "3"), (Qt.Key.Key_Down, "5"), (Qt.Key.Key_Up, "3")):
        qtbot.keyClick(plan.focusWidget(), key)
        assert plan.tile(number).hasFocus()
    qtbot.keyClick(plan.tile("3"), Qt.Key.Key_Right)
    assert plan.tile("3").hasFocus()
    qtbot.keyClick(plan.tile("3"), Qt.Key.Key_Return)
    assert heard == [SeatChosen("3")]


def test_sights_change_only_the_seats_named(shown):
    plan = shown(RoomPlan(PLACES), 1200, 700)
    plan.set_sights({"2": SeatSight("2", "已结束", Tone.OK, Symbol.DONE), "99": SeatSight("99", "x")})
    assert plan.tile("2").sight().word == "已结束"
    assert plan.tile("1").sight().word == ""


# Journal, progress, keys


def test_the_journal_runs_newest_first_and_is_cut(qapp):
    model = JournalModel()
    model.extend([JournalLine(n, "10:00:00", f"entry {n}") for n in range(5)])
    model.extend([JournalLine(4, "10:00:00", "again"), JournalLine(5, "10:00:01", "new")])
    assert [model.line(row).position for row in range(model.rowCount())] == [5, 4, 3, 2, 1, 0]
    assert model.line(1).text == "entry 4"
    model.extend([JournalLine(n, "", "") for n in range(6, KEPT + 50)])
    assert model.rowCount() == KEPT
    assert model.line(0).position == KEPT + 49
    model.clear()
    assert model.rowCount() == 0


def test_who_reads_further_down_is_not_moved(qtbot, shown):
    model = JournalModel()
    model.extend([JournalLine(n, "10:00:00", f"entry {n} " * 12) for n in range(60)])
    view = shown(JournalList(model), 400, 300)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    before = view.indexAt(view.viewport().rect().center()).data()
    model.extend([JournalLine(60, "10:01:00", "one more"), JournalLine(61, "10:01:01", "and one")])
    assert view.indexAt(view.viewport().rect().center()).data() == before
    bar.setValue(0)
    model.extend([JournalLine(62, "10:01:02", "newest")])
    assert view.indexAt(view.viewport().rect().topLeft()).data() == "10:01:02 newest"


def test_progress_tells_words_share_and_rest(shown):
    progress = shown(WordedProgress())
    progress.report("正在导出", 31, 45, "约 20 秒")
    assert progress.accessibleName() == "正在导出 68 % 约 20 秒"
    progress.report("正在等待", 0, None)
    assert progress.accessibleName() == "正在等待"


def test_the_key_card_lies_in_the_corner_and_takes_no_focus(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    lines = QVBoxLayout(window)
    field = Field("页码")
    lines.addWidget(field)
    window.resize(900, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.line.setFocus()
    card = KeyCard(window, "Keys", [KeyHelp(("Enter",), "next"), KeyHelp(("F1",), "help")])
    card.toggle()
    assert card.isVisible()
    assert field.line.hasFocus()
    assert card.accessibleName() == "Keys; Enter: next; F1: help"
    window.resize(1200, 800)
    assert window.rect().contains(card.geometry())
    assert card.geometry().right() > 1100
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert not card.isVisible()


# Camera, seat number


def test_a_frame_is_shown_mirrored(shown):
    view = shown(CameraView(), 400, 300)
    view.hide_guide()
    red, blue = b"\xff\x00\x00", b"\x00\x00\xff"
    view.show_frame(40, 30, (red * 20 + blue * 20) * 30)
    image = view.grab().toImage()
    assert image.pixelColor(40, 150).blue() > 200
    assert image.pixelColor(image.width() - 40, 150).red() > 200
    view.instruct("请靠近一点", Tone.ATTENTION)
    assert view.accessibleDescription() == "请靠近一点"


def test_a_frame_of_the_wrong_length_is_refused(qtbot):
    view = CameraView()
    qtbot.addWidget(view)
    with pytest.raises(ValueError, match="12 bytes"):
        view.show_frame(2, 2, b"123")


def test_no_picture_is_not_the_last_picture(shown):
    view = shown(CameraView(mirrored=False), 400, 300)
    view.show_frame(2, 2, b"\x00\xff\x00" * 4)
    assert "#00FF00" in colours(view)
    view.show_nothing()
    assert "#00FF00" not in colours(view)


def test_the_qr_code_holds_the_content(qtbot):
    import cv2
    import numpy

    code = QrCode("kawei:draw:8F3A21C7D0", "QR", 240)
    qtbot.addWidget(code)
    code.resize(code.sizeHint())
    image = code.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), image.bytesPerLine())
    text, _points, _straight = cv2.QRCodeDetector().detectAndDecode(pixels[:, : image.width()].copy())
    assert text == "kawei:draw:8F3A21C7D0"


def test_the_drawn_seat_is_large_and_leaves_no_trace(shown):
    view = shown(SeatNumberView(), 1366, 690)
    view.show_seat(DrawnSeat("12", "进门右手第二排", "8F3A-21C7", "kawei:1"))
    assert view._number._font().pixelSize() >= 240
    assert "#F2B93B" in colours(view)
    view.clear()
    assert "#F2B93B" not in colours(view)
    assert not any("进门" in text.text() for text in view.findChildren(Text))


# Forms, texts, results


def test_a_field_gives_its_text_by_return_and_says_what_is_wrong(qtbot, shown):
    field = shown(Field("页码", "从 1 开始"))
    with qtbot.waitSignal(field.entered) as heard:
        qtbot.keyClicks(field.line, " 12 ")
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert heard.args == [FieldEntered("12")]
    field.fault("页码从 1 开始。")
    assert field.line.accessibleDescription() == "页码从 1 开始。"
    assert field._below.text() == "✕ 页码从 1 开始。"
    qtbot.keyClicks(field.line, "3")
    assert field._below.text() == "从 1 开始"


def test_one_choice_or_several(qtbot, shown):
    choices = [Choice("a", "评委 1"), Choice("b", "评委 2 & 3"), Choice("c", "评委 5", "采购人代表")]
    one, many = ChoiceList("组长", choices), ChoiceList("回避", choices, several=True)
    shown(Column(one, many))
    heard = []
    one.changed.connect(heard.append)
    many.changed.connect(heard.append)
    one.choose("a")
    one.choose("b")
    many.choose("b")
    many.choose("a")
    many.choose("b", on=False)
    assert heard == [Chosen(("a",)), Chosen(("b",)), Chosen(("b",)), Chosen(("a", "b")), Chosen(("a",))]
    assert not one.button("c").isEnabled()
    assert one.button("c").accessibleName() == "评委 5 (采购人代表)"
    qtbot.mouseClick(one.button("a"), Qt.MouseButton.LeftButton)
    assert one.chosen() == ("a",)


def test_text_from_outside_is_never_markup(qtbot):
    text = Text("<h1>甲公司</h1>")
    qtbot.addWidget(text)
    assert text.textFormat() is Qt.TextFormat.PlainText


def test_facts_and_cards_replace_what_they_showed(qtbot, shown):
    facts, card = FactList([Fact("姓名", "甲")]), Card("标题", "说明")
    shown(Column(card, facts))
    facts.set_facts([Fact("席位", "7 号座")])
    qtbot.waitUntil(lambda: [t.text() for t in facts.findChildren(Text) if t.isVisible()] == ["席位", "7 号座"])
    card.set_title("")
    assert not card._head.isVisible()


def test_a_result_is_as_given_and_ragged_rows_are_refused(qtbot, shown):
    columns = [ResultColumn("排名", strong=True), ResultColumn("总分", strong=True)]
    table = ResultTable(
        columns, [ResultRow("甲", ("1", "93.30"), "第一候选人"), ResultRow("乙", ("—", "—"), "否决", True)]
    )
    shown(table)
    cell = table.model.index(0, 1)
    assert table.model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "甲, 总分: 93.30"
    with pytest.raises(ValueError, match="乙"):
        ResultModel(columns).set_rows([ResultRow("乙", ("1",))])


def test_long_figures_are_never_cut(shown):
    table = ResultTable(
        [ResultColumn("投标报价（元）")], [ResultRow("甲", ("1,234,567,890,123.45",)), ResultRow("乙", ("1",))]
    )
    shown(table, 420, 300)
    assert table.table.columns.sectionSize(0) > table.fontMetrics().horizontalAdvance("1,234,567,890,123.45")


# A change of the look reaches what is there already


def test_a_larger_type_reaches_widgets_that_exist(qapp, qtbot, shown):
    button, line = PrimaryButton("提交"), NoticeLine(Notice(Tone.INFO, "提示"))
    box = Column(button, line, gap=12)
    shown(box)
    before = (button.sizeHint().height(), line.sizeHint().height(), box.layout().spacing())
    apply(qapp, Scale.LARGEST)
    after = (button.sizeHint().height(), line.sizeHint().height(), box.layout().spacing())
    assert look().scale is Scale.LARGEST
    assert all(new >= old * 1.4 for old, new in zip(before, after, strict=True))
