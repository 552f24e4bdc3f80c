"""A desk follows the view: in the call that it lists, with whom it lists, and in none else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from call_ground import STREAM, Machine, Room, ScriptedSound, frame
from pytestqt.qtbot import QtBot

from app.ports.call import LinkState
from app.ports.device import DeviceState
from app.ports.sound import SoundDevices
from devices.sound.scripted import ScriptedSound as LoopSound
from ui.call.desk import CallDesk
from ui.call.seen import CallSeen, MaskSeen, committee_call, help_call, word_of

LOUD, OTHER = b"\x00\x40" * 480, b"\x00\x30" * 480


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room()
    yield made
    for machine in made.machines.values():
        machine.desk.close()


def states(machine: Machine) -> dict[str, LinkState]:
    return {partner.party: partner.state for partner in machine.desk.partners}


def test_two_whom_the_view_joins_are_live(room: Room, qtbot: QtBot) -> None:
    one, other = Machine(room, "A"), Machine(room, "B")
    one.see("B")
    other.see("A")
    qtbot.waitUntil(lambda: states(one) == {"B": LinkState.LIVE} and states(other) == {"A": LinkState.LIVE})


def test_who_is_not_listed_any_more_is_dropped_and_leaving_ends_all(room: Room, qtbot: QtBot) -> None:
    one, other, third = (Machine(room, name) for name in "ABC")
    one.see("B", "C")
    other.see("A", "C")
    third.see("A", "B")
    qtbot.waitUntil(lambda: set(states(one).values()) == {LinkState.LIVE})
    one.see("C")
    other.see(inside=False, obstacle="call_closed")
    assert set(states(one)) == {"C"}
    assert states(other) == {}
    assert other.made[0].status.state is DeviceState.STOPPED
    one.desk.follow(None)
    assert (one.desk.partners, one.made[0].status.state) == ((), DeviceState.STOPPED)


def test_a_window_that_starts_again_is_back_in_its_call(room: Room, qtbot: QtBot) -> None:
    one, other = Machine(room, "A"), Machine(room, "B")
    one.see("B")
    other.see("A")
    qtbot.waitUntil(lambda: states(one) == {"B": LinkState.LIVE})
    other.desk.close()
    qtbot.waitUntil(lambda: states(one) == {"B": LinkState.GONE})
    again = Machine(room, "B")
    again.see("A")
    qtbot.waitUntil(lambda: states(one) == {"B": LinkState.LIVE} and states(again) == {"A": LinkState.LIVE})


def test_a_stay_begins_mute_and_what_is_said_goes_out_changed(room: Room, qtbot: QtBot) -> None:
    sound, ears = ScriptedSound(), ScriptedSound()
    one = Machine(room, "A", sound=sound, voice=lambda _: OTHER)
    other = Machine(room, "B", sound=ears)
    one.see("B")
    other.see("A")
    qtbot.waitUntil(lambda: states(one) == {"B": LinkState.LIVE})
    sound.say(LOUD)
    assert not one.desk.speaking
    assert ears.played == []
    one.desk.open_mouth(speaking=True)
    sound.say(LOUD)
    assert ears.played == [("A", OTHER)]
    qtbot.waitUntil(lambda: other.desk.partners[0].speaks)
    qtbot.waitUntil(lambda: not other.desk.partners[0].speaks)
    one.see("B", inside=False)
    assert sound.ears == []
    one.see("B")
    assert not one.desk.speaking


def test_the_microphone_is_open_during_a_stay_alone_and_changed_only_while_one_speaks(room: Room) -> None:
    changed: list[bytes] = []
    sound = ScriptedSound()
    one = Machine(room, "A", sound=sound, voice=lambda block: changed.append(block) or block)
    one.see("B", inside=False)
    assert sound.status.state is DeviceState.STOPPED
    one.see("B")
    assert sound.status.state is DeviceState.RUNNING
    sound.say(LOUD)
    assert changed == []
    one.desk.open_mouth(speaking=True)
    sound.say(LOUD)
    assert changed == [LOUD]
    one.see("B", inside=False)
    assert sound.status.state is DeviceState.STOPPED


def test_a_headset_that_is_pulled_shows_and_comes_back(room: Room, qtbot: QtBot) -> None:
    sound = LoopSound()
    one = Machine(room, "A", sound=sound)  # type: ignore[arg-type]
    one.see("B")
    assert one.desk.has_voice
    with qtbot.waitSignal(one.desk.changed):
        sound.plug(SoundDevices((), ("headset",)))
    assert not one.desk.has_voice
    with qtbot.waitSignal(one.desk.changed):
        sound.plug(SoundDevices(("headset",), ("headset",)))
    assert one.desk.has_voice


def test_the_sound_of_two_calls_is_on_until_both_are_over(room: Room, qtbot: QtBot) -> None:
    sound = ScriptedSound()
    one = Machine(room, "A", sound=sound)
    second = CallDesk(one, one.signalled, replace(one.equipment, voice=None))  # type: ignore[arg-type]
    one.see("B")
    second.follow(CallSeen(STREAM, "help/A", "A", inside=True, obstacle="", partners=()))
    assert sound.status.state is DeviceState.RUNNING
    second.close()
    assert sound.status.state is DeviceState.RUNNING
    second.close()
    one.see("B", inside=False)
    assert sound.status.state is DeviceState.STOPPED
    assert sound.ears == []


def test_no_picture_leaves_a_seat_that_masks_by_drawing(room: Room, qtbot: QtBot) -> None:
    drawn, squares = Machine(room, "A"), Machine(room, "B", picture=lambda _: frame(9, 5.0))
    drawn.see("B")
    squares.see("A")
    qtbot.waitUntil(lambda: states(drawn) == {"B": LinkState.LIVE})
    drawn.desk.show(frame(200))
    squares.desk.show(frame(200))
    qtbot.waitUntil(lambda: drawn.desk.partners[0].picture is not None)
    assert squares.desk.partners[0].picture is None
    shown = drawn.desk.partners[0].picture
    assert shown is not None
    assert shown.rgb == frame(9).rgb


def test_what_the_rule_set_masks_goes_out_masked_or_not_at_all(room: Room, qtbot: QtBot) -> None:
    sound, ears = ScriptedSound(), ScriptedSound()
    one, other = Machine(room, "A", sound=sound, picture=lambda _: frame(9, 5.0)), Machine(room, "B", sound=ears)
    one.mask = MaskSeen("changed", "none")
    one.see("B")
    other.see("A")
    qtbot.waitUntil(lambda: states(other) == {"A": LinkState.LIVE})
    one.desk.open_mouth(speaking=True)
    sound.say(LOUD)
    one.desk.show(frame(200))
    assert (sound.ears, ears.played, other.desk.partners[0].picture) == ([], [], None)
    one.see("B", inside=False)
    one.mask = MaskSeen("plain", "blurred")
    one.see("B")
    qtbot.waitUntil(lambda: states(other) == {"A": LinkState.LIVE})
    one.desk.open_mouth(speaking=True)
    sound.say(LOUD)
    one.desk.show(frame(200, 2.0))
    qtbot.waitUntil(lambda: other.desk.partners[0].picture is not None)
    assert ears.played[-1] == ("A", LOUD)


def test_a_mask_that_a_machine_does_not_have_is_no_picture(room: Room, qtbot: QtBot) -> None:
    one, other = Machine(room, "A", picture=lambda picture: picture), Machine(room, "B")
    one.mask = MaskSeen("plain", "pixels")
    one.see("B")
    other.see("A")
    qtbot.waitUntil(lambda: states(other) == {"A": LinkState.LIVE})
    assert not one.desk.shows
    one.desk.show(frame(200))
    assert other.desk.partners[0].picture is None


def test_a_view_names_the_mask_and_without_it_the_strictest_holds() -> None:
    told = {"call": "committee", "party": "A", "inside": True, "peers": []}
    mask = {"voice": "plain", "picture": "drawn", "reason": "本级规定"}
    assert [committee_call(STREAM, {"committee": one}) for one in (told, {**told, "mask": mask})] == [
        CallSeen(STREAM, "committee", "A", True, "", (), MaskSeen("changed", "none")),
        CallSeen(STREAM, "committee", "A", True, "", (), MaskSeen("plain", "drawn", "本级规定")),
    ]
    held = help_call(STREAM, {"help": {**told, "call": "help/A"}})
    assert held is not None
    assert held.mask.voice == "plain"


def test_own_pictures_are_thinned_out(room: Room, qtbot: QtBot) -> None:
    seen: list[float] = []

    def change(picture: object) -> object:
        seen.append(1.0)
        return frame(1)

    one = Machine(room, "A", picture=change)  # type: ignore[arg-type]
    one.see("B")
    for at_s in (1.0, 1.04, 1.08, 1.12, 1.2):
        one.desk.show(frame(1, at_s))
    assert len(seen) == 2


def test_a_lost_engine_shows_until_it_is_back(room: Room, qtbot: QtBot) -> None:
    one, other = Machine(room, "A"), Machine(room, "B")
    one.see("B")
    other.see("A")
    qtbot.waitUntil(lambda: states(one) == {"B": LinkState.LIVE})
    told: list[dict[str, LinkState]] = []
    one.desk.changed.connect(lambda: told.append(states(one)))
    one.made[0].lose_engine()
    qtbot.waitUntil(lambda: {"B": LinkState.STALE} in told and states(one) == {"B": LinkState.LIVE})


def test_another_call_is_another_stay(room: Room, qtbot: QtBot) -> None:
    one = Machine(room, "A")
    one.see("B")
    one.desk.follow(help_call("evaluation/e1", {"help": {"call": "help/A", "party": "A", "inside": True, "peers": []}}))
    assert len(one.made) == 2
    assert one.made[0].status.state is DeviceState.STOPPED


def test_what_a_view_says_of_calls() -> None:
    told = {
        "committee": {
            "open": False,
            "obstacle": "call_closed",
            "call": "committee",
            "party": "A",
            "inside": False,
            "peers": [],
        },
        "word": "B",
        "asked": ["C"],
    }
    seen = committee_call("evaluation/e1", told)
    assert seen is not None
    assert (seen.obstacle, seen.inside, seen.partners) == ("call_closed", False, ())
    assert help_call("evaluation/e1", told) is None
    assert committee_call("evaluation/e1", {}) is None
    assert (word_of(told).holder, word_of(told).asked) == ("B", ("C",))
