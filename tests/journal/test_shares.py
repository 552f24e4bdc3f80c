"""A key in two shares: both together are the key, either alone is chance."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal import SealingFault, join_shares, share_digest, split_key

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS, KEYS)
def test_both_together_are_the_key(key: bytes, chance: bytes) -> None:
    first, second = split_key(key, chance)
    assert join_shares(first, second) == join_shares(second, first) == key


@given(KEYS, KEYS, KEYS)
def test_one_alone_tells_nothing(key: bytes, chance: bytes, other: bytes) -> None:
    """Whatever a share is, every key may be behind it: there is exactly one other share that leads there."""
    for share in split_key(key, chance):
        missing = join_shares(share, other)
        assert join_shares(share, missing) == other


@given(st.binary(max_size=40).filter(lambda raw: len(raw) != 32), KEYS)
def test_what_is_no_share_is_refused(raw: bytes, key: bytes) -> None:
    for call in (lambda: split_key(raw, key), lambda: split_key(key, raw), lambda: join_shares(key, raw)):
        with pytest.raises(SealingFault) as fault:
            call()
        assert fault.value.code == "bad_key"


def test_a_share_is_known_by_its_holder_too() -> None:
    share = bytes(range(32))
    made = hashlib.sha256(b"kawei/key-share/1 witness\0" + share).hexdigest()
    assert share_digest("witness", share) == made != share_digest("regulator", share)
