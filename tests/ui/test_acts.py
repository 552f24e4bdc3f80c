"""Acts beside the main way: read from a view, filled in, checked, made into data; and the one form for all, by keys."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "evaluation"))

import pytest
from acts_filled import filled, offered, viewers
from evaluation_stages import at
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.evaluation import codec
from app.evaluation.matter import Act, Field, FieldKind, Notice, Option, Words
from app.evaluation.registry import COMMANDS
from app.room.door import FROM_CLIENT
from ui.models.acts import Fault, FieldFault, Offer, data, field_named, offers, read
from ui.models.notices import countdown, notices
from ui.theme import Scale, apply
from ui.widgets.act_desk import ActDesk, Filled, Listed
from ui.widgets.act_fields import PaperEditor
from ui.widgets.act_form import ActForm, Upload
from ui.widgets.boxes import Column
from ui.widgets.notice import NoticeLine
from ui.widgets.standing import StandingStrip

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=CHINA)
STREAM = "evaluation/ev1"


def words(text: str) -> Words:
    return Words(f"中文 {text}", text)


def asked(kind: FieldKind, name: str = "it", needed: bool = True, options: tuple[str, ...] = ()) -> Field:
    return Field(name, words(name), kind, tuple(Option(key, words(f"option {key}")) for key in options), needed)


def act(*fields: Field, command: str = "AddRemark", **more: Any) -> Act:
    return Act(command, words("Title"), words("Help."), fields, **more)


# --- reading and filling


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.TEXT, "  两行\n字 ", "两行\n字"),
        (FieldKind.LINE, "12.3", "12.3"),
        (FieldKind.LINE, "   ", None),
        (FieldKind.CHOICE, ("a",), "a"),
        (FieldKind.CHOICE, (), None),
        (FieldKind.CHOICES, ("a", "b"), ["a", "b"]),
        (FieldKind.NUMBER, "１，２５０.５０", "1250.50"),
        (FieldKind.NUMBER, "1,250,000", "1250000"),
        (FieldKind.COUNT, "１２", 12),
        (FieldKind.COUNT, "", None),
        (FieldKind.FLAG, False, False),
        (FieldKind.FLAG, None, None),
        (FieldKind.MOMENT, "2026-03-02 09:30", "2026-03-02T09:30:00+08:00"),
        (FieldKind.MOMENT, "2026/3/2  9：05", "2026-03-02T09:05:00+08:00"),
        (FieldKind.TABLE, {"a": " 1 ", "b": ""}, {"a": "1"}),
        (FieldKind.PAPER, {"sha256": "ab", "bytes": 3, "title": "t"}, {"sha256": "ab", "bytes": 3, "title": "t"}),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_wire(kind, typed, value):
    assert read(asked(kind, needed=False), typed, CHINA) == value


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        (FieldKind.TEXT, " ", Fault.MISSING),
        (FieldKind.FLAG, None, Fault.MISSING),
        (FieldKind.CHOICES, (), Fault.MISSING),
        (FieldKind.NUMBER, "twelve", Fault.NO_NUMBER),
        (FieldKind.NUMBER, "NaN", Fault.NO_NUMBER),
        (FieldKind.COUNT, "1.5", Fault.NO_COUNT),
        (FieldKind.COUNT, "-1", Fault.NO_COUNT),
        (FieldKind.MOMENT, "tomorrow", Fault.NO_MOMENT),
        (FieldKind.PAPER, {"title": "t"}, Fault.NO_PAPER),
    ],
)
def test_what_cannot_be_sent_says_why(kind, typed, fault):
    with pytest.raises(FieldFault) as found:
        read(asked(kind), typed, CHINA)
    assert found.value.fault is fault


def test_without_the_rooms_time_a_moment_is_taken_as_utc():
    assert (
        read(asked(FieldKind.MOMENT), "2026-03-02 09:30", None) == datetime(2026, 3, 2, 9, 30, tzinfo=UTC).isoformat()
    )


def test_the_data_hold_what_is_fixed_and_what_was_filled_in():
    made = data(act(asked(FieldKind.TEXT, "text"), data={"lot": "1"}), {"text": "words"})
    assert made == {"lot": "1", "text": "words"}


def test_what_stays_empty_goes_as_the_command_wants_it():
    competition = asked(FieldKind.TEXT, "competition", needed=False)  # str | None in the command
    rejections = asked(FieldKind.TABLE, "rejections", needed=False, options=("A",))
    made = data(act(competition, rejections, command="ConcludeReview"), {"competition": None, "rejections": None})
    assert made == {"competition": None, "rejections": {}}
    assert data(act(asked(FieldKind.TEXT, "text", needed=False)), {"text": None}) == {"text": ""}


@pytest.mark.parametrize(
    ("where", "name"),
    [("$.data.reason", "reason"), ("$.reason", "reason"), ("$.data.prices.A", "prices"), ("reason[0]", "reason"),
     ("$.data.other", None), ("", None), ("1", None)],
)  # fmt: skip
def test_a_refusals_place_names_its_field(where, name):
    found = act(asked(FieldKind.TEXT, "reason"), asked(FieldKind.TABLE, "prices", options=("A",)))
    assert field_named(where, found) == name


def test_offers_come_from_a_view_and_keep_their_name_while_words_change():
    before, after = act(data={"number": 1}), Act("AddRemark", words("Other"), words("Help"), data={"number": 1})
    one, two, other = (
        offers({"stream": STREAM, "acts": [codec.to_json(found)]})[0]
        for found in (before, after, act(data={"number": 2}))
    )
    assert one.act == before
    assert one.key == two.key != other.key


def test_notices_count_down_by_the_rooms_time():
    until = (NOW + timedelta(minutes=15)).isoformat()
    quiet, loud = Notice(words("quiet")), Notice(words("loud"), NOW.isoformat(), until, urgent=True)
    found = notices(
        {"matters": {"pause": {"notices": [codec.to_json(quiet)]}, "leave": {"notices": [codec.to_json(loud)]}}}
    )
    assert found == (loud, quiet)
    assert str(countdown(loud, NOW + timedelta(seconds=51))) == "14:09"
    late = countdown(loud, NOW + timedelta(hours=2))
    assert late is not None
    assert (late.over, str(late)) == (True, "1:45:00")
    assert countdown(loud, None) is countdown(quiet, NOW) is None


# --- the form


Show = Callable[..., ActForm]


@pytest.fixture
def shown(qtbot, tmp_path) -> Show:
    def show(found: Act, folder: Path = tmp_path, now: datetime | None = NOW) -> ActForm:
        form = ActForm(Offer(STREAM, found), folder, now)
        window = Column(form)
        qtbot.addWidget(window)
        window.resize(900, 700)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        form.window_ = window
        form.first_focus().setFocus()
        return form

    return show


def find(root: QWidget, name: str) -> Any:
    found = [one for one in root.findChildren(QWidget, name) if one.isVisible()]
    assert found, f"{name} is not in sight"
    return found[0]


def text(root: QWidget) -> str:
    found = [one.text() for one in root.findChildren(QLabel) if one.isVisible()]
    found += [one.accessibleName() for one in root.findChildren(NoticeLine) if one.isVisible()]
    return "\n".join(found)


def key(form: QWidget, pressed: Qt.Key) -> None:
    QTest.keyClick(form.window().focusWidget() or form, pressed)


def typing(form: QWidget, written: str) -> None:
    QTest.keyClicks(form.window().focusWidget(), written)


EVERY = (
    asked(FieldKind.TEXT, "text"),
    asked(FieldKind.LINE, "line"),
    asked(FieldKind.CHOICE, "choice", options=("a", "b")),
    asked(FieldKind.CHOICES, "choices", options=("a", "b", "c")),
    asked(FieldKind.NUMBER, "number"),
    asked(FieldKind.COUNT, "count"),
    asked(FieldKind.FLAG, "flag"),
    asked(FieldKind.MOMENT, "moment"),
    asked(FieldKind.TABLE, "table", options=("A", "B")),
)


def test_every_kind_of_field_is_filled_in_by_keys_alone(qtbot, shown):
    form = shown(act(*EVERY))
    typing(form, "why")
    key(form, Qt.Key.Key_Tab)
    typing(form, "12.3")
    key(form, Qt.Key.Key_Return)
    key(form, Qt.Key.Key_Down)
    key(form, Qt.Key.Key_Space)
    key(form, Qt.Key.Key_Tab)
    key(form, Qt.Key.Key_Space)
    key(form, Qt.Key.Key_Tab)
    key(form, Qt.Key.Key_Tab)
    key(form, Qt.Key.Key_Space)
    key(form, Qt.Key.Key_Tab)
    typing(form, "8.50")
    key(form, Qt.Key.Key_Return)
    typing(form, "3")
    key(form, Qt.Key.Key_Return)
    key(form, Qt.Key.Key_Space)
    key(form, Qt.Key.Key_Tab)
    key(form, Qt.Key.Key_Return)
    typing(form, "1")
    key(form, Qt.Key.Key_Return)
    typing(form, "2")
    key(form, Qt.Key.Key_Return)
    with qtbot.waitSignal(form.sent) as sent:
        key(form, Qt.Key.Key_Return)
    assert sent.args == [
        {
            "text": "why",
            "line": "12.3",
            "choice": "b",
            "choices": ["a", "c"],
            "number": "8.50",
            "count": 3,
            "flag": True,
            "moment": "2026-03-02T09:30:00+08:00",
            "table": {"A": "1", "B": "2"},
        }
    ]
    assert not find(form, "act.send").isEnabled()


def test_what_is_missing_is_said_at_its_field_and_the_first_one_has_the_keyboard(qtbot, shown):
    form = shown(act(*EVERY))
    with qtbot.assertNotEmitted(form.sent):
        find(form, "act.send").click()
    assert text(form).count("Please fill this in.") == 8  # the moment begins with the room's time
    assert form.window().focusWidget() is find(form, "act.field.text")


def test_a_refusal_is_said_at_the_field_that_it_means(shown):
    form = shown(act(asked(FieldKind.LINE, "line"), asked(FieldKind.TEXT, "reason", needed=False)))
    assert "may stay empty" in text(form)
    typing(form, "1")
    find(form, "act.send").click()
    form.refused("$.data.reason", "Say why.")
    assert "✕ Say why." in text(form)
    assert form.window().focusWidget() is find(form, "act.field.reason")
    assert find(form, "act.send").isEnabled()
    form.refused("$.stream", "Not now.")
    assert "Error: Not now." in text(form)


def test_a_grave_act_asks_once_more_in_words(qtbot, shown):
    form = shown(act(asked(FieldKind.LINE, "line"), grave=True))
    typing(form, "1")
    send = find(form, "act.send")
    with qtbot.assertNotEmitted(form.sent):
        send.click()
    assert "cannot be taken back" in text(form)
    assert send.text() == "Yes, I am sure"
    find(form, "act.field.line").setFocus()
    typing(form, "2")  # another thing is asked again
    assert send.text() == "Submit"
    send.click()
    with qtbot.waitSignal(form.sent) as sent:
        send.click()
    assert sent.args == [{"line": "12"}]


def test_a_second_person_types_the_password_and_it_stays_nowhere(qtbot, shown):
    form = shown(act(asked(FieldKind.LINE, "line"), second=True))
    typing(form, "1")
    with qtbot.assertNotEmitted(form.sent):
        find(form, "act.send").click()
    line = find(form, "act.password")
    assert form.window().focusWidget() is line
    assert line.echoMode() is QLineEdit.EchoMode.Password
    key(form, "x")
    key(form, Qt.Key.Key_Return)
    assert form.window().focusWidget() is find(form, "act.send")
    with qtbot.waitSignal(form.sent) as sent:
        key(form, Qt.Key.Key_Return)
    assert sent.args == [{"line": "1"}]
    assert form.typed() == {"line": "1"}
    assert form.take_password() == "x"
    assert (form.take_password(), line.text()) == ("", "")
    form.refused("$.password", "Wrong.")
    assert "✕ Wrong." in text(form)
    assert form.window().focusWidget() is line
    assert shown(act(asked(FieldKind.LINE, "line"))).take_password() is None


def test_escape_goes_back(qtbot, shown):
    form = shown(act(asked(FieldKind.LINE, "line")))
    with qtbot.waitSignal(form.closed):
        key(form, Qt.Key.Key_Escape)


def test_a_scan_is_sent_as_soon_as_it_is_chosen(qtbot, shown, tmp_path):
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(b"%PDF-1.4")
    (tmp_path / "notes.txt").write_text("no scan")
    form = shown(act(asked(FieldKind.PAPER, "paper")))
    find(form, "act.send").click()
    assert "Please fill this in." in text(form)
    path = find(form, "act.field.paper.path")
    listing = find(form, "act.field.paper.list")
    assert [listing.item(row).text() for row in range(listing.count())] == ["↑", "letter.pdf"]
    path.setFocus()
    typing(form, str(tmp_path / "none.pdf"))
    key(form, Qt.Key.Key_Return)
    assert "There is no such file." in text(form)
    path.setText(str(scan))
    with qtbot.waitSignal(form.upload) as sent:
        key(form, Qt.Key.Key_Return)
    assert sent.args == [Upload("paper", scan)]
    find(form, "act.send").click()
    assert "wait until the room has it" in text(form)
    form.not_uploaded("paper", "Too large.")
    assert "✕ Too large." in text(form)
    form.uploaded("paper", {"sha256": "ab" * 32, "bytes": 8})
    assert "ab" * 32 in text(form)
    with qtbot.waitSignal(form.sent) as sent:
        find(form, "act.send").click()
    assert sent.args == [{"paper": {"sha256": "ab" * 32, "bytes": 8, "title": "letter"}}]
    path.setText(str(tmp_path / "other.pdf"))  # another file is another paper
    assert form.findChild(PaperEditor).typed() == {"title": "letter"}


@pytest.mark.parametrize("scale", list(Scale))
def test_the_form_can_be_painted_in_all_sizes_and_each_control_has_a_name(shown, scale):
    form = shown(act(*EVERY, asked(FieldKind.PAPER, "paper")))
    apply(QApplication.instance(), scale)
    picture = form.window().grab().toImage()
    assert len({picture.pixelColor(x, y).name() for x in range(0, 900, 20) for y in range(0, 700, 20)}) > 3
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
        for control in form.findChildren(kind):
            if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert control.accessibleName(), control.objectName()


# --- the list and the form together


@pytest.fixture
def desk(qtbot, tmp_path) -> ActDesk:
    made = ActDesk(tmp_path)
    made.tell_time(NOW)
    window = Column(made)
    qtbot.addWidget(window)
    window.resize(900, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.window_ = window
    return made


def listed(*found: Act) -> list[Listed]:
    return [Listed(Offer(STREAM, one)) for one in found]


LEAVE = act(asked(FieldKind.LINE, "text"), command="AddRemark")
VOTE = act(asked(FieldKind.CHOICE, "text", options=("yes", "no")), command="CallHelp", urgent=True)


def test_what_somebody_waits_for_comes_first_and_is_opened_by_return(qtbot, desk):
    desk.show_offers(listed(LEAVE, VOTE))
    first = desk.focused()
    assert first is find(desk, "act.open.CallHelp")
    first.setFocus()
    key(desk, Qt.Key.Key_Return)
    assert desk.form is not None
    key(desk, Qt.Key.Key_Down)
    key(desk, Qt.Key.Key_Space)
    find(desk, "act.send").setFocus()
    with qtbot.waitSignal(desk.sent) as sent:
        key(desk, Qt.Key.Key_Return)
    assert sent.args == [Filled(STREAM, "CallHelp", {"text": "no"})]
    desk.accepted()
    assert desk.form is None
    assert "Done, and entered in the journal: Title" in text(desk)
    desk.show_offers(listed(LEAVE))
    assert not [one for one in desk.findChildren(QWidget, "act.open.CallHelp") if one.isVisible()]


def test_what_was_filled_in_is_there_again(desk):
    desk.show_offers(listed(LEAVE))
    assert desk.open(Offer(STREAM, LEAVE).key)
    typing(desk, "half a sen")
    key(desk, Qt.Key.Key_Escape)
    assert desk.form is None
    desk.open(Offer(STREAM, LEAVE).key)
    assert find(desk, "act.field.text").text() == "half a sen"
    desk.accepted()
    desk.open(Offer(STREAM, LEAVE).key)
    assert find(desk, "act.field.text").text() == ""
    desk.forget()
    assert not desk.open(Offer(STREAM, LEAVE).key)


def test_a_form_that_is_open_follows_the_view(desk):
    desk.show_offers(listed(VOTE))
    desk.open(Offer(STREAM, VOTE).key)
    key(desk, Qt.Key.Key_Space)
    more = act(asked(FieldKind.CHOICE, "text", options=("yes", "no", "later")), command="CallHelp", urgent=True)
    desk.show_offers(listed(more))
    assert find(desk, "act.field.text.yes").isChecked()
    assert find(desk, "act.field.text.later")
    desk.show_offers([])
    assert "any more" in text(desk)
    assert not find(desk, "act.send").isEnabled()


def test_how_things_stand_is_told_above_every_page(qtbot):
    strip = StandingStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    until = (NOW + timedelta(minutes=15)).isoformat()
    strip.show_standing([Notice(words("Paused"), NOW.isoformat(), until, urgent=True)], NOW)
    assert not strip.isHidden()
    line = strip.findChild(NoticeLine)
    assert line.notice().text == "Paused, since 09:30; 15:00 left"
    strip.tick(NOW + timedelta(minutes=16))
    assert line.notice().text == "Paused, since 09:30; late by 01:00"
    strip.show_standing([], NOW)
    assert strip.isHidden()


# --- the acts that the matters really offer


@pytest.mark.parametrize("track", ["ZC", "GC"])
@pytest.mark.parametrize(
    "stage", ["arrived", "constituted", "reviewing", "reviewed", "marking", "marked", "confirming"]
)
def test_the_form_of_every_act_that_is_offered_makes_a_command(stage, track, tmp_path, qtbot):
    it = at(stage, track)
    seen = 0
    for viewer in viewers(it):
        for offer in offers({"stream": STREAM, "acts": offered(it, viewer)}):
            form = ActForm(offer, tmp_path, NOW)
            qtbot.addWidget(form)
            whole = filled(codec.to_json(offer.act))
            for needed_only in (True, False):
                names = [f.name for f in offer.act.fields if f.needed or not needed_only]
                made = data(offer.act, {name: whole[name] for name in names})
                sent = FROM_CLIENT.get(offer.act.command) or COMMANDS[offer.act.command]
                assert codec.from_json(sent, made)
            assert set(form.typed()) == {f.name for f in offer.act.fields}
            seen += 1
    assert seen
