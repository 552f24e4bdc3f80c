"""The seat beside a platform: what is awaited, what the check found, and the last word to the record of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import platform_scene
import pytest
from accompanied_play import ask, note, rules
from evaluation_case import ruleset_json
from seat_ground import Seat, texts

from ui.models.platform import MOST_SHOWN, platform_check
from ui.seat.steps import PageCode


@pytest.fixture
def seat(qtbot) -> Seat:
    made = Seat(rules=rules("ZC"))
    qtbot.addWidget(made.window)
    made.elect()
    made.window.show()
    return made


def test_the_chair_waits_sees_the_check_and_finds_the_act(seat: Seat) -> None:
    seat.show()
    assert seat.window.place.code is PageCode.WAIT_PLATFORM
    assert "Nothing of the platform has been sent yet." in texts(seat.window)
    platform_scene.send(seat.play)
    seat.show()
    seen = texts(seat.window)
    assert "99.99" in seen
    assert "platform.json" in seen
    assert "Fault" in seen
    ask(seat.play)
    seat.show()
    assert "A correction is awaited" in texts(seat.window)
    platform_scene.send(seat.play, change=None)
    seat.show()
    assert "Faults: 0; hints: " in texts(seat.window)


def test_everyone_confirms_the_record_not_a_result(seat: Seat) -> None:
    platform_scene.send(seat.play)
    note(seat.play, "B 的总得分已在平台更正")
    seat.show()
    assert seat.window.place.code is PageCode.CONFIRM
    seen = texts(seat.window)
    assert "Do you agree with this record" in seen
    assert "B 的总得分已在平台更正" in seen
    assert "The order that the stated marks give" in seen


def test_of_many_remarks_the_worst_are_shown_and_the_rest_counted(seat: Seat) -> None:
    platform_scene.send(seat.play)

    def many(view: dict[str, Any]) -> None:
        lot = view["evaluations"][0]["matters"]["accompany"]["lots"]["1"]
        lot["found"]["remarks"] = lot["found"]["remarks"][:1] * 90
        lot["current"] |= {"faults": 90, "hints": 0}
        found = platform_check(view["evaluations"][0], "1")
        assert found is not None
        assert (len(found.remarks), found.more) == (MOST_SHOWN, 30)

    seat.show(many)
    assert "30 more" in texts(seat.window)


def test_a_lot_of_the_main_way_has_no_check() -> None:
    assert platform_check({"matters": {}}, "1") is None
    assert ruleset_json("ZC")["procedure"]["carries"] == ["review", "marks", "report"]
