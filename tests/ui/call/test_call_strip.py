"""The strip says whether the call is open and why not, and asks the room for what a person presses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from call_ground import Machine, Room, ScriptedSound
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ports.call import LinkState
from ui.call.desk import PartnerState
from ui.call.partner_tile import PartnerTile, state_word
from ui.call.seen import WordSeen
from ui.call.strip import Asked, CallStrip


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room()
    yield made
    for machine in made.machines.values():
        machine.desk.close()


def strip_of(machine: Machine, qtbot: QtBot) -> tuple[CallStrip, list[Asked]]:
    strip = CallStrip(machine.desk, lambda party: f"Expert {party}")
    qtbot.addWidget(strip)
    asked: list[Asked] = []
    strip.asked.connect(asked.append)
    return strip, asked


def press(button: object, qtbot: QtBot) -> None:
    qtbot.keyClick(button, Qt.Key.Key_Return)  # type: ignore[arg-type]


def said(strip: CallStrip) -> str:
    return strip.line.accessibleName()


def test_a_closed_call_says_why_and_offers_nothing(room: Room, qtbot: QtBot) -> None:
    machine = Machine(room, "A")
    strip, _ = strip_of(machine, qtbot)
    machine.desk.follow(None)
    assert strip.isHidden()
    machine.see(inside=False, obstacle="call_closed")
    assert not strip.isHidden()
    assert "works alone" in said(strip)
    assert [button.isHidden() for button in (strip.join, strip.leave, strip.speak, strip.word)] == [True] * 4
    machine.see(inside=False, obstacle="seat_locked")
    assert "locked" in said(strip)
    machine.see(inside=False, obstacle="not_in_committee")
    assert "Not open" in said(strip)


def test_joining_speaking_leaving(room: Room, qtbot: QtBot) -> None:
    machine = Machine(room, "A", sound=ScriptedSound(), voice=bytes)
    strip, asked = strip_of(machine, qtbot)
    machine.see(inside=False)
    assert "open" in said(strip)
    press(strip.join, qtbot)
    machine.see("B")
    assert "press F8" in said(strip)
    press(strip.speak, qtbot)
    assert machine.desk.speaking
    assert "hides it only weakly" in said(strip)
    press(strip.speak, qtbot)
    assert not machine.desk.speaking
    press(strip.leave, qtbot)
    assert asked == [Asked("JoinCall", {"call": "committee"}), Asked("LeaveCall", {"call": "committee"})]
    machine.desk.follow(None)
    press(strip.join, qtbot)
    assert len(asked) == 2


def test_without_a_microphone_one_still_hears(room: Room, qtbot: QtBot) -> None:
    machine = Machine(room, "A")
    strip, _ = strip_of(machine, qtbot)
    machine.see("B")
    assert "No microphone" in said(strip)
    assert not strip.speak.isEnabled()


def test_the_word_is_asked_for_and_given(room: Room, qtbot: QtBot) -> None:
    machine = Machine(room, "A", sound=ScriptedSound())
    strip, asked = strip_of(machine, qtbot)
    machine.see("B")
    press(strip.word, qtbot)
    strip.show_word(WordSeen("", ("A",)), chair=False)
    assert strip.word.isHidden()
    strip.show_word(WordSeen("A", ()), chair=False)
    assert "You have the word" in said(strip)
    strip.show_word(WordSeen("B", ()), chair=False)
    assert "Expert B has the word" in said(strip)
    strip.show_word(WordSeen("", ("B",)), chair=True)
    assert "Expert B would like to speak" in said(strip)
    press(strip.word, qtbot)
    strip.show_word(WordSeen("B", ()), chair=True)
    press(strip.word, qtbot)
    assert asked == [Asked("AskWord", {}), Asked("GiveWord", {"alias": "B"}), Asked("GiveWord", {"alias": ""})]
    strip.show_word(WordSeen("", ()), chair=True)
    assert strip.word.isHidden()


def test_partners_come_and_go(room: Room, qtbot: QtBot) -> None:
    one, other = Machine(room, "A"), Machine(room, "B")
    strip, _ = strip_of(one, qtbot)
    one.see("B")
    other.see("A")
    qtbot.waitUntil(lambda: "Expert B: connected" in [t.accessibleName() for t in strip.findChildren(PartnerTile)])
    one.see()
    assert strip.findChildren(PartnerTile) == [] or all(tile.isHidden() for tile in strip.findChildren(PartnerTile))


@pytest.mark.parametrize("state", LinkState)
def test_a_tile_says_in_words_what_it_shows(state: LinkState, qtbot: QtBot) -> None:
    tile = PartnerTile("Expert B", PartnerState("B", state))
    qtbot.addWidget(tile)
    assert tile.accessibleName() == f"Expert B: {state_word(PartnerState('B', state))}"
    tile.show_partner(PartnerState("B", state, 0.5))
    assert ("speaking" in tile.accessibleName()) == (state is LinkState.LIVE)
    assert tile.grab().toImage().width() >= tile.sizeHint().width()


def test_who_is_asked_from_outside_is_named_and_closed_with_the_call(room: Room, qtbot: QtBot) -> None:
    machine = Machine(room, "A", sound=ScriptedSound(), voice=bytes)
    strip, _ = strip_of(machine, qtbot)
    machine.see(inside=False, obstacle="call_closed")
    strip.show_outside(may_ask="the agency", hears="")
    assert "works alone, and no line to the agency either" in said(strip)
    machine.see("B", "agency")
    strip.show_outside(may_ask="the agency", hears="the agency")
    assert "the agency hears this call and is heard" in said(strip)
    strip.show_outside(may_ask="the agency", hears="")
    assert "hears this call" not in said(strip)
