"""The room's signing key: replaced by two people and by itself, followed by whoever trusts an earlier one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_factory import CENTRE, ROOM_SEED, Play, secret

from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.evaluation.room.model import Room
from app.evaluation.room.rotation import follow, rotation_message
from app.journal import Ed25519Signer


def signer(name: str) -> Ed25519Signer:
    return Ed25519Signer(secret(name))


def room(play: Play) -> Room:
    assert play.room is not None
    return play.room


def rotation(play: Play, old: Ed25519Signer, new: Ed25519Signer, second: str = "witness-a") -> rc.RotateSigningKey:
    known, public = room(play), new.public_key.hex()
    return rc.RotateSigningKey(public, old.sign(rotation_message(known.room, known.public_key, public)).hex(), second)


@pytest.fixture
def play() -> Play:
    made = Play()
    made.open_room()
    return made


def test_each_key_is_signed_by_the_one_before(play: Play) -> None:
    first, second, third = Ed25519Signer(ROOM_SEED), signer("second"), signer("third")
    keys = [one.public_key.hex() for one in (first, second, third)]
    assert room(play).keys == (keys[0],)
    play.do_room(rotation(play, first, second), CENTRE)
    play.do_room(rotation(play, second, third), CENTRE)
    assert room(play).keys == tuple(keys)
    assert room(play).public_key == keys[2]
    chain = room(play).rotations
    for at, trusted in enumerate(keys):
        assert follow(room(play).room, trusted, chain) == tuple(keys[at:])
    stranger = signer("stranger").public_key.hex()
    assert follow(room(play).room, stranger, chain) == (stranger,)
    assert follow("another room", keys[0], chain) == (keys[0],)
    for forged in (replace(chain[0], signature=chain[1].signature), replace(chain[0], signature="none")):
        assert follow(room(play).room, keys[0], (forged, chain[1])) == (keys[0],)


def test_what_is_refused(play: Play) -> None:
    first, second = Ed25519Signer(ROOM_SEED), signer("second")
    good = rotation(play, first, second)
    for command, code in (
        (replace(good, second=""), "second_person"),
        (replace(good, second="centre-a"), "second_person"),
        (replace(good, public_key="none"), "bad_value"),
        (rotation(play, first, first), "bad_value"),
        (rotation(play, second, second), "bad_signature"),
        (replace(good, signature="none"), "bad_signature"),
    ):
        with pytest.raises(Refused, match=code):
            play.do_room(command, CENTRE)
    play.do_room(good, CENTRE)
    with pytest.raises(Refused, match="bad_value"):
        play.do_room(good, CENTRE)
