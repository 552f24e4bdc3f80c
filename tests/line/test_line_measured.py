"""A call of the product's engine between two venues, measured: bounds twice the goals of `benches/call.py`, since the
machine may be busy; what is not late must also be whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.line.measured import LAN, LOSSY, two_talk, two_talk_here
from tests.line.venues import why_not

pytestmark = pytest.mark.slow


def test_sound_and_picture_come_in_time_on_a_good_line_and_on_a_long_lossy_one() -> None:
    if (reason := why_not()) is not None:
        pytest.skip(reason)
    found = two_talk("product", [replace(LAN, seconds=9.0), replace(LOSSY, seconds=13.0)])
    good, lossy = found["lan"], found["rtt100_loss5"]
    assert good["picture_p95_ms"] < 50
    assert good["sound_p95_ms"] < 160
    assert good["fewest_pictures_one_way"] > 0.9
    assert good["fewest_bursts_one_way"] > 0.9
    assert lossy["picture_p95_ms"] < 400
    assert lossy["sound_p95_ms"] < 300
    assert lossy["concealed"] < 0.16
    assert lossy["fewest_pictures_one_way"] > 0.7
    assert lossy["fewest_bursts_one_way"] > 0.8


def test_sound_and_picture_come_in_time_on_one_computer() -> None:
    found = two_talk_here("product", replace(LAN, seconds=9.0))["lan"]
    assert found["picture_p95_ms"] < 50
    assert found["sound_p95_ms"] < 160
    assert min(found["fewest_pictures_one_way"], found["fewest_bursts_one_way"]) > 0.9
