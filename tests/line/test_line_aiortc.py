"""The engine and a stranger's implementation of the same standard in one call: each hears and sees the other."""

from __future__ import annotations

import numpy as np
import pytest

from app.ports.call import SOUND_RATE, LinkState
from devices.call.process import EngineCall
from tests.devices.call_ground import TONE_HZ, Ear, Post, Table, Talker, eventually
from tests.line.aiortc_call import AiortcCall

COLOURS = ((200, 40, 40), (40, 40, 200))


@pytest.mark.parametrize("stranger_offers", [False, True])
def test_engine_and_aiortc_hear_and_see_each_other(stranger_offers: bool) -> None:
    table: Table = {}
    ours, stranger = EngineCall(Post("ours", table), loopback=True), AiortcCall(Post("stranger", table))
    ears = Ear(), Ear()
    talkers: list[Talker] = []
    try:
        for call, ear in zip((ours, stranger), ears, strict=True):
            call.subscribe(ear.take)
            call.start()
        ours.connect("stranger", offers=not stranger_offers)
        stranger.connect("ours", offers=stranger_offers)
        assert all(ear.until(lambda ear=ear: ear.state() is LinkState.LIVE) for ear in ears)
        talkers = [Talker(call, colour) for call, colour in zip((ours, stranger), COLOURS, strict=True)]
        for ear, colour in zip(ears, reversed(COLOURS), strict=True):
            assert ear.until(lambda ear=ear: len(ear.pictures) >= 10)
            last = ear.pictures[-1]
            middle = np.frombuffer(last.rgb, np.uint8).reshape(last.height, last.width, 3)[90, 160].astype(int)
            assert abs(middle - colour).max() < 30
            assert eventually(lambda ear=ear: hears_the_tone(ear))
    finally:
        for talker in talkers:
            talker.end()
        for call in (ours, stranger):
            call.stop()
    assert all(call.join(10) for call in (ours, stranger))


def hears_the_tone(ear: Ear) -> bool:
    """Whether the last second that was heard is the talker's tone."""
    heard = np.frombuffer(b"".join(ear.sounds[-100:]), "<i2").astype(float)
    if len(heard) < SOUND_RATE or np.abs(heard).max() < 4000:
        return False
    return abs(np.argmax(np.abs(np.fft.rfft(heard))) * SOUND_RATE / len(heard) - TONE_HZ) < 5
