"""Cards: one contract for both readers, and what a wedge reader types in all the ways makers chose."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ports.card import Card, CardFault, DocumentKind, KeyboardFed, is_resident_id
from app.ports.device import DeviceFault, DeviceState, DeviceStatus
from devices.card.keyboard import KeyboardWedgeReader
from devices.card.readings import Readings
from devices.card.scripted import ScriptedCardReader
from devices.card.text import card_from_text

# The example of GB 11643-1999 itself.
NUMBER = "11010519491231002X"


class Heard:
    """What a reader told."""

    def __init__(self, reader: Readings) -> None:
        self.cards: list[Card] = []
        self.faults: list[CardFault] = []
        self.states: list[DeviceStatus] = []
        reader.watch(self.states.append)
        self.leave = reader.subscribe(self.cards.append, self.faults.append)


@pytest.fixture(params=[KeyboardWedgeReader, ScriptedCardReader])
def reader(request: pytest.FixtureRequest) -> Readings:
    made: Readings = request.param()
    return made


def _lay(reader: Readings, text: str) -> None:
    """Lay a card on either reader."""
    if isinstance(reader, KeyboardWedgeReader):
        reader.type(text + "\r")
        return
    assert isinstance(reader, ScriptedCardReader)
    read = card_from_text(text)
    if isinstance(read, Card):
        reader.lay(read)
    else:
        reader.lay_unreadable(read)


class TestEveryReader:
    """The contract of app.ports.card."""

    def test_it_tells_each_card_while_it_runs(self, reader: Readings) -> None:
        heard = Heard(reader)
        _lay(reader, NUMBER)
        assert reader.status.state is DeviceState.STOPPED
        reader.start()
        reader.start()
        _lay(reader, NUMBER)
        _lay(reader, NUMBER)
        reader.stop()
        _lay(reader, NUMBER)
        assert reader.join(0)
        assert heard.cards == [Card(DocumentKind.RESIDENT_ID, NUMBER)] * 2
        assert [s.state for s in heard.states] == [DeviceState.RUNNING, DeviceState.STOPPED]

    def test_it_tells_what_it_could_not_read(self, reader: Readings) -> None:
        heard = Heard(reader)
        reader.start()
        _lay(reader, "110105194912310021")
        _lay(reader, "???")
        assert heard.faults == [CardFault.CHECK_FAILED, CardFault.UNREADABLE]
        assert heard.cards == []

    def test_a_number_may_be_entered_by_hand(self, reader: Readings) -> None:
        heard = Heard(reader)
        reader.start()
        reader.enter(NUMBER.lower())
        reader.enter("E12345678")
        assert [card.kind for card in heard.cards] == [DocumentKind.RESIDENT_ID, DocumentKind.OTHER]

    def test_who_leaves_hears_no_more(self, reader: Readings) -> None:
        heard = Heard(reader)
        reader.start()
        heard.leave()
        heard.leave()
        _lay(reader, NUMBER)
        _lay(reader, "???")
        assert (heard.cards, heard.faults) == ([], [])


def test_nothing_personal_shows_in_a_log() -> None:
    card = Card(DocumentKind.RESIDENT_ID, NUMBER, "张三", b"photo")
    assert NUMBER not in repr(card)
    assert "张三" not in repr(card)
    assert "photo" not in repr(card).replace("chip_photo", "")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (NUMBER, None),
        (f"张三|男|汉|19491231|北京市朝阳区|{NUMBER}|北京市公安局", "张三"),
        (f"{NUMBER},张三", "张三"),
        (f"男\t买买提·吐尔逊\t{NUMBER.lower()}", "买买提·吐尔逊"),
        (f" {NUMBER} ; 𬱖𠮷 ", "𬱖𠮷"),
        (f"姓名:张三 性别:男 民族:汉 公民身份号码:{NUMBER}", "张三"),
        (f"姓名：张三｜性别：男｜公民身份号码：{NUMBER}", "张三"),
        (f"张三 男 汉 19491231 {NUMBER}", "张三"),
        ("１１０１０５１９４９１２３１００２Ｘ", None),
        ("张三，男，１１０１０５１９４９１２３１００２ｘ", "张三"),
        (f"张三、{NUMBER}", "张三"),
    ],
)
def test_lines_of_different_makers(line: str, name: str | None) -> None:
    assert card_from_text(line) == Card(DocumentKind.RESIDENT_ID, NUMBER, name)


@pytest.mark.parametrize("line", ["", "   ", "|||", "abc", "A" * 21, "AB 12345", "张三", "1234", "E1234567,張三"])
def test_what_is_no_card(line: str) -> None:
    assert card_from_text(line) is CardFault.UNREADABLE


@given(st.text(max_size=80))
def test_any_text_is_a_card_or_a_fault(text: str) -> None:
    assert isinstance(card_from_text(text), Card | CardFault)


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(at: int, by: int) -> None:
    digits = [int(c) for c in NUMBER[:17]]
    digits[at] = (digits[at] + by) % 10
    assert not is_resident_id("".join(map(str, digits)) + "X")


@pytest.mark.parametrize("number", ["110105194913310020", "11010519490229002X", "010105194912310020", NUMBER[:-1]])
def test_impossible_numbers(number: str) -> None:
    assert not is_resident_id(number)


class TestWedge:
    """What only the keyboard kind does."""

    def _reader(self) -> tuple[KeyboardWedgeReader, list[float], Heard]:
        now = [0.0]
        reader = KeyboardWedgeReader(monotonic=lambda: now[0])
        reader.start()
        return reader, now, Heard(reader)

    def test_it_wants_the_windows_keys(self) -> None:
        assert isinstance(KeyboardWedgeReader(), KeyboardFed)
        assert not isinstance(ScriptedCardReader(), KeyboardFed)

    def test_key_by_key(self) -> None:
        reader, now, heard = self._reader()
        for character in NUMBER + "\r\n":
            reader.type(character)
            now[0] += 0.005
        assert [card.number for card in heard.cards] == [NUMBER]
        assert heard.faults == []

    def test_a_stray_key_before_the_card_is_dropped(self) -> None:
        reader, now, heard = self._reader()
        reader.type("7")
        now[0] += 1.0
        reader.type(NUMBER + "\n")
        assert [card.number for card in heard.cards] == [NUMBER]

    def test_an_endless_line_is_no_card_and_takes_no_room(self) -> None:
        reader, _, heard = self._reader()
        reader.type("9" * 100_000 + "\n")
        reader.type(NUMBER + "\n")
        assert heard.faults == [CardFault.UNREADABLE]
        assert [card.number for card in heard.cards] == [NUMBER]

    def test_half_a_card_that_stays_half_is_not_joined_to_the_next(self) -> None:
        """The card was lifted, or the cable slipped, in the middle of the line."""
        reader, now, heard = self._reader()
        reader.type(NUMBER[:11])
        now[0] += 0.5
        reader.type("\n")
        reader.type(NUMBER + "\n")
        assert heard.faults == []
        assert [card.number for card in heard.cards] == [NUMBER]

    def test_half_a_line_that_is_closed_at_once_is_unreadable(self) -> None:
        reader, _, heard = self._reader()
        reader.type("张三|男|110105194\n")
        assert heard.faults == [CardFault.UNREADABLE]

    def test_two_cards_one_after_the_other_stay_two(self) -> None:
        reader, _, heard = self._reader()
        reader.type(f"{NUMBER}\r\n{NUMBER}\r\n")
        assert len(heard.cards) == 2

    def test_a_reader_that_is_pulled_out_is_noticed_and_returns(self, tmp_path: Path) -> None:
        plug = tmp_path / "usb-Reader-event-kbd"
        plug.touch()
        reader = KeyboardWedgeReader(plug=plug, look_s=0.005)
        heard = Heard(reader)

        def until(status: DeviceStatus) -> None:
            deadline = time.monotonic() + 10
            while reader.status != status:
                assert time.monotonic() < deadline
                time.sleep(0.002)

        reader.start()
        reader.start()
        until(DeviceStatus(DeviceState.RUNNING))
        plug.unlink()
        until(DeviceStatus(DeviceState.STARTING, DeviceFault.LOST, plug.name))
        reader.enter(NUMBER)  # a person's own typing goes on
        assert [card.number for card in heard.cards] == [NUMBER]
        plug.touch()
        until(DeviceStatus(DeviceState.RUNNING))
        reader.stop()
        assert reader.join(10)
        assert reader.status.state is DeviceState.STOPPED

    def test_half_a_card_is_forgotten_at_the_stop(self) -> None:
        reader, _, heard = self._reader()
        reader.type(NUMBER[:9])
        reader.stop()
        reader.start()
        reader.type(NUMBER[9:] + "\n")
        assert heard.cards == [Card(DocumentKind.OTHER, NUMBER[9:])]


def test_a_scripted_reader_can_fail_and_start_again() -> None:
    reader = ScriptedCardReader()
    heard = Heard(reader)
    reader.start()
    reader.fail(DeviceFault.LOST)
    reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER))
    assert reader.status.fault is DeviceFault.LOST
    assert heard.cards == []
    reader.enter(NUMBER)  # a person's typing is heard all the same
    assert len(heard.cards) == 1
    heard.cards.clear()
    reader.start()
    reader.lay(Card(DocumentKind.RESIDENT_ID, NUMBER))
    assert len(heard.cards) == 1
