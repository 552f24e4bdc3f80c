"""Checkpoints and co-signatures: the formats of C2SP, against what others made, and against bending."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal import (
    CheckpointFault,
    Ed25519Signer,
    Origin,
    cosign,
    make_checkpoint,
    parse_checkpoint,
    parse_origin,
    parse_verifier_key,
    root_of,
)
from app.journal.keys import SignatureType, key_id
from app.journal.note import NoteSignature, SignedNote, parse_note

ROOM = Ed25519Signer(b"\x01" * 32)
SEAT = Ed25519Signer(b"\x02" * 32)
KIOSK = Ed25519Signer(b"\x03" * 32)
ORIGIN = Origin("minle-3", "evaluation/ev1", rehearsal=False)
SEAT_NAME = "kawei.device/seat-A01"

# A checkpoint published by a public Certificate Transparency log, with its witnesses' co-signatures. The log
# signed twice: once as RFC 6962 does, a type to be ignored here, and once as a note.
PUBLIC = """\
arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
"""  # noqa: E501
LOG_KEY = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
WITNESS_KEYS = [
    "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
]


def test_verifies_a_public_log_and_its_witnesses() -> None:
    signed = parse_checkpoint(PUBLIC)
    _, log_key, _ = parse_verifier_key(LOG_KEY)
    assert signed.checkpoint.size == 1432088532
    assert signed.is_signed_by(log_key)
    for line in WITNESS_KEYS:
        name, key, kind = parse_verifier_key(line)
        assert kind is SignatureType.COSIGNATURE
        assert signed.cosigned_at(name, key) == 0x6A122120
    assert signed.text() == PUBLIC


def test_a_changed_public_checkpoint_is_signed_by_nobody() -> None:
    signed = parse_checkpoint(PUBLIC.replace("1432088532", "1432088533"))
    assert not signed.is_signed_by(parse_verifier_key(LOG_KEY)[1])
    for line in WITNESS_KEYS:
        name, key, _ = parse_verifier_key(line)
        assert signed.cosigned_at(name, key) is None


def test_signs_a_note_to_the_letter() -> None:
    # Key, text and signature of golang.org/x/mod/sumdb/note's tests.
    seed = bytes.fromhex("810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173")
    signer = Ed25519Signer(seed)
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    kid = key_id("PeterNeumann", signer.public_key, SignatureType.NOTE)
    note = SignedNote(text, (NoteSignature("PeterNeumann", kid, signer.sign(text.encode())),))
    assert note.encode() == (
        text + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
        "KE6RyyBwJnAM=\n"
    )
    assert parse_note(note.encode().encode()) == note


def test_the_text_of_a_checkpoint() -> None:
    signed = make_checkpoint(ORIGIN, 3, root_of([b"a", b"b", b"c"]), ROOM)
    lines = signed.text().split("\n")
    assert lines[:4] == [
        "kawei/minle-3/evaluation/ev1",
        "3",
        "NmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=",
        "",
    ]
    assert lines[4].startswith("— kawei/minle-3/evaluation/ev1 ")
    assert parse_checkpoint(signed.text()) == signed
    assert signed.is_signed_by(ROOM.public_key)
    assert not signed.is_signed_by(SEAT.public_key)


def test_a_rehearsal_says_so_in_its_origin() -> None:
    origin = Origin("minle-3", "evaluation/ev1", rehearsal=True)
    signed = make_checkpoint(origin, 0, root_of([]), ROOM)
    assert signed.text().startswith("REHEARSAL.kawei/minle-3/evaluation/ev1\n0\n")
    assert parse_origin(signed.checkpoint.origin) == origin
    live = replace(signed.checkpoint, origin=str(ORIGIN))
    assert not replace(signed, checkpoint=live).is_signed_by(ROOM.public_key)


@pytest.mark.parametrize("text", ["", "kawei", "kawei/room", "kawei/a b/room", "kawei//room", "other/a/room"])
def test_refuses_foreign_origins(text: str) -> None:
    with pytest.raises(CheckpointFault) as refused:
        make_checkpoint(text, 1, b"\0" * 32, ROOM)
    assert refused.value.code == "bad_origin"
    assert refused.value.where == refused.value.detail


def test_refuses_a_room_that_would_blur_the_stream() -> None:
    with pytest.raises(CheckpointFault):
        Origin("a/b", "room", rehearsal=False)


@pytest.mark.parametrize(("size", "root"), [(-1, b"\0" * 32), (1, b"\0" * 31), (2**63, b"\0" * 32)])
def test_refuses_impossible_heads(size: int, root: bytes) -> None:
    with pytest.raises(CheckpointFault) as refused:
        make_checkpoint(ORIGIN, size, root, ROOM)
    assert refused.value.code == "bad_checkpoint"


def test_devices_cosign_and_the_newest_of_a_device_stands() -> None:
    signed = make_checkpoint(str(ORIGIN), 7, b"\x07" * 32, ROOM)
    once = signed.cosign(SEAT_NAME, 1_700_000_000, SEAT)
    twice = cosign(cosign(once, "kawei.device/kiosk", 1_700_000_005, KIOSK), SEAT_NAME, 1_700_000_010, SEAT)
    read = parse_checkpoint(twice.text().encode())
    assert read.is_signed_by(ROOM.public_key)
    assert read.cosigned_at(SEAT_NAME, SEAT.public_key) == 1_700_000_010
    assert read.cosigned_at("kawei.device/kiosk", KIOSK.public_key) == 1_700_000_005
    assert read.cosigned_at("kawei.device/kiosk", SEAT.public_key) is None
    assert read.cosigned_at("kawei.device/seat-A02", SEAT.public_key) is None
    assert signed.cosigned_at(SEAT_NAME, SEAT.public_key) is None
    assert len(read.signatures) == 3


@pytest.mark.parametrize(("name", "time"), [("seat A01", 1), (SEAT_NAME, -1), (SEAT_NAME, 2**63)])
def test_refuses_impossible_cosignatures(name: str, time: int) -> None:
    with pytest.raises(CheckpointFault):
        make_checkpoint(ORIGIN, 1, b"\0" * 32, ROOM).cosign(name, time, SEAT)


def test_one_false_line_of_a_key_spoils_the_true_one() -> None:
    good = make_checkpoint(ORIGIN, 1, b"\0" * 32, ROOM).cosign(SEAT_NAME, 5, SEAT)
    false = tuple(replace(s, blob=s.blob[:-1] + bytes([s.blob[-1] ^ 1])) for s in good.signatures)
    both = replace(good, signatures=good.signatures + false)
    assert not both.is_signed_by(ROOM.public_key)
    assert both.cosigned_at(SEAT_NAME, SEAT.public_key) is None
    kid = key_id(SEAT_NAME, SEAT.public_key, SignatureType.COSIGNATURE)
    late = replace(good, signatures=(NoteSignature(SEAT_NAME, kid, b"\xff" * 72),))
    assert late.cosigned_at(SEAT_NAME, SEAT.public_key) is None


TEXT = (
    make_checkpoint(Origin("民乐", "room", rehearsal=True), 12345, b"\x5a" * 32, ROOM)
    .cosign(SEAT_NAME, 1_700_000_000, SEAT)
    .text()
    .encode()
)


@given(st.integers(0, 8 * len(TEXT) - 1))
def test_any_changed_bit_is_refused_or_unsigned(bit: int) -> None:
    changed = bytearray(TEXT)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        read = parse_checkpoint(bytes(changed))
    except CheckpointFault:
        return
    signed_by_room = read.is_signed_by(ROOM.public_key)
    cosigned = read.cosigned_at(SEAT_NAME, SEAT.public_key)
    assert not (signed_by_room and cosigned is not None)


LINE = "— a AAAAAAE=\n"


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\n\n" + LINE.encode(),
        "\ud800\n\n" + LINE,
        "a\tb\n\n" + LINE,
        "text\n",
        "text\n\n",
        "text\n\n" + LINE.removesuffix("\n"),
        "text\n\n" + LINE + "Unexpected line.\n",
        "text\n\n- a AAAAAAE=\n",
        "text\n\n— a b AAAAAAE=\n",
        "text\n\n— a+b AAAAAAE=\n",
        "text\n\n—  AAAAAAE=\n",
        "text\n\n— a AAAAAA==\n",
        "text\n\n— a AAAAAAF=\n",
        "text\n\n— a 签名\n",
        "text\n\n" + LINE * 101,
    ],
)
def test_refuses_malformed_notes(text: str | bytes) -> None:
    for read in (parse_note, parse_checkpoint):
        with pytest.raises(CheckpointFault) as refused:
            read(text)
        assert refused.value.code == "bad_note"


ROOT = "NmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE="


@pytest.mark.parametrize(
    "body",
    [
        f"o\n3\n{ROOT}\nextension\n",
        "o\n3\n",
        f"\n3\n{ROOT}\n",
        f"o\n03\n{ROOT}\n",
        f"o\n٣\n{ROOT}\n",
        f"o\n-3\n{ROOT}\n",
        "o\n3\nAAAA\n",
        "o\n3\n根\n",
        "o\n3\nNmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsF=\n",  # bits that base64 throws away: 32 bytes all the same
    ],
)
def test_refuses_malformed_checkpoints(body: str) -> None:
    assert parse_note(f"o\n3\n{ROOT}\n\n{LINE}").text == f"o\n3\n{ROOT}\n"
    assert parse_checkpoint(f"o\n3\n{ROOT}\n\n{LINE}").checkpoint.size == 3
    with pytest.raises(CheckpointFault) as refused:
        parse_checkpoint(f"{body}\n{LINE}")
    assert refused.value.code == "bad_checkpoint"
