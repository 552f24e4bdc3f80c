"""A call between venues that cannot reach each other, over the TURN server that their settings name."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.line.conversation import conversation, mesh
from tests.line.participant import WHOLE, Task
from tests.line.relayed import relayed_venues, why_not

pytestmark = pytest.mark.slow

ALONE_S, LIVE_S = 1.0, 30.0


def test_a_call_goes_over_the_relay_of_the_settings_and_not_without_it(tmp_path: Path) -> None:
    if (reason := why_not()) is not None:
        pytest.skip(reason)
    with relayed_venues(tmp_path) as venues:

        def start(number: int, command: Sequence[str]) -> subprocess.Popen[bytes]:
            return venues.start(number % 2, command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def with_settings(number: int, task: Task) -> Task:
            return replace(task, settings=str(venues.settings(number % 2)))

        small = {"width": 320, "height": 180, "rate": 10}
        lone = mesh(["first", "second"], **small)
        led = [with_settings(number, task) for number, task in enumerate(mesh(["third", "fourth"], **small))]
        with conversation([*lone, *led], start) as held:  # the first two are the control: they try as long
            assert held.until_live(LIVE_S, of=led)
            assert held.until_whole(LIVE_S, of=led)
            assert not held.until_live(ALONE_S, of=lone[:1])
    for task in led:
        (peer,) = task.peers
        assert len(held.notes[task.name]["seen"][peer]) >= WHOLE[0]
        assert len(held.notes[task.name]["heard"][peer]) >= WHOLE[1]
    for task in lone:
        assert held.notes[task.name]["seen"] == {peer: [] for peer in task.peers}
