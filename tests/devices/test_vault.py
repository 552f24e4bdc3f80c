"""A sealed template opens for its own person, model, version and key alone; clock and chance behave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ports.face import Template
from devices.ambient import ScriptedClock, ScriptedRandomness, SystemClock, SystemRandomness
from devices.face.vault import AesGcmVault

KEY = bytes(range(32))
TEMPLATE = Template("sface", 1, bytes(range(256)) * 2)


def _vault(key: bytes = KEY) -> AesGcmVault:
    return AesGcmVault(key, ScriptedRandomness(b"vault"))


def test_a_template_comes_back_and_takes_28_bytes_more() -> None:
    sealed = _vault().seal("expert-1", TEMPLATE)
    assert len(sealed) == 512 + 28
    assert TEMPLATE.data[:16] not in sealed
    assert _vault().open("expert-1", "sface", 1, sealed) == TEMPLATE


def test_the_same_template_never_looks_the_same() -> None:
    vault = _vault()
    assert vault.seal("expert-1", TEMPLATE) != vault.seal("expert-1", TEMPLATE)


@pytest.mark.parametrize(
    ("key", "expert", "model", "version"),
    [
        (KEY, "expert-2", "sface", 1),
        (KEY, "expert-1", "dlib", 1),
        (KEY, "expert-1", "sface", 2),
        (KEY, 'expert-1","sface', "", 1),
        (bytes(32), "expert-1", "sface", 1),
    ],
)
def test_it_opens_for_nobody_else(key: bytes, expert: str, model: str, version: int) -> None:
    sealed = _vault().seal("expert-1", TEMPLATE)
    with pytest.raises(ValueError, match="does not belong"):
        _vault(key).open(expert, model, version, sealed)


@given(st.integers(0, 8 * 540 - 1))
def test_every_flipped_bit_is_noticed(bit: int) -> None:
    sealed = bytearray(_vault().seal("expert-1", TEMPLATE))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(ValueError, match="does not belong"):
        _vault().open("expert-1", "sface", 1, bytes(sealed))


def test_what_is_too_short_and_what_is_no_key() -> None:
    with pytest.raises(ValueError, match="too short"):
        _vault().open("expert-1", "sface", 1, b"")
    with pytest.raises(ValueError, match="32 bytes"):
        _vault(b"short")


def test_the_machines_clock_knows_its_offset_and_only_grows() -> None:
    clock = SystemClock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now().utcoffset() is not None
    assert clock.monotonic() <= clock.monotonic()


def test_a_scripted_clock_moves_when_it_is_moved() -> None:
    start = datetime(2026, 11, 24, 9, tzinfo=UTC)
    clock = ScriptedClock(start)
    assert (clock.now(), clock.monotonic()) == (start, 0.0)
    clock.advance(90.5)
    assert (clock.now() - start, clock.monotonic()) == (timedelta(seconds=90.5), 90.5)
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="offset"):
        ScriptedClock(datetime(2026, 11, 24))


def test_chance() -> None:
    assert len(SystemRandomness().token_bytes(33)) == 33
    assert SystemRandomness().token_bytes(16) != SystemRandomness().token_bytes(16)
    one, again, other = (ScriptedRandomness(seed) for seed in (b"1", b"1", b"2"))
    first = one.token_bytes(40)
    assert again.token_bytes(40) == first != other.token_bytes(40)
    assert len(first) == 40
    assert one.token_bytes(40) != first
