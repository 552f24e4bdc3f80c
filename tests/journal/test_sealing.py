"""Sealed content opens for its key alone, unchanged, and says nothing before."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
import rfc8785
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from app.journal import (
    OpenedSheet,
    SealedFor,
    SealedSheet,
    SealedValue,
    SealingFault,
    check_commitment,
    commit,
    open_sealed,
    open_value,
    open_with,
    seal,
    seal_to,
    seal_value,
)
from app.journal.box import pad, unpad
from app.journal.recipients import public_key_of

KEY = bytes(range(32))
NONCE = b"nonce of 12b"
SALT = bytes(range(100, 132))
SHEET = {"B1": {"F1": "8.5", "F2": None}, "B2": {"F1": "9", "F2": "10"}}
WHOSE = ("evaluation/ev1", "detailed", 1, "M3")
UNWRITABLE = (b"8.5", b"NaN", b"9007199254740992", b'"\\ud800"')  # JSON of a kind, but without a canonical form


def sealed_sheet(sheet: object = SHEET, block: int = 1024) -> SealedSheet:
    return seal(KEY, NONCE, *WHOSE, SALT, sheet, block=block)


def test_the_bytes_are_those_of_the_documentation() -> None:
    sealed = sealed_sheet()
    fields = {"stream": WHOSE[0], "stage": WHOSE[1], "round": WHOSE[2], "alias": WHOSE[3]}
    committed = b"kawei/sheet/commit/1" + rfc8785.dumps({**fields, "salt": SALT.hex(), "sheet": SHEET})
    assert sealed.commitment == commit(*WHOSE, SALT, SHEET) == hashlib.sha256(committed).hexdigest()
    bound = b"kawei/sheet/seal/1" + rfc8785.dumps({**fields, "commitment": sealed.commitment})
    content = rfc8785.dumps({"salt": SALT.hex(), "sheet": SHEET})
    padded = content + b"\x80" + b"\0" * (1023 - len(content))
    assert sealed.ciphertext == AESGCM(KEY).encrypt(NONCE, padded, bound)
    assert sealed.to_json() == {
        "alg": "AES-256-GCM",
        **fields,
        "commitment": sealed.commitment,
        "nonce": base64.b64encode(NONCE).decode(),
        "ciphertext": base64.b64encode(sealed.ciphertext).decode(),
    }


def test_a_commitment_is_fixed_for_ever() -> None:
    # Written down once: whoever changes the format makes a version 2.
    assert commit("evaluation/ev1", "detailed", 1, "M3", bytes(32), {"B1": {"F1": "8.5"}}) == (
        "a3265f51179e3cb282e9e94756dc0f85768f69bb58c7dcf00126ecaf89c09ad8"
    )


def test_opens_to_the_sheet_and_its_salt() -> None:
    opened = open_sealed(KEY, SealedSheet.from_json(sealed_sheet().to_json()))
    assert opened == OpenedSheet(SHEET, SALT)
    assert check_commitment(sealed_sheet().commitment, *WHOSE, opened)


@pytest.mark.parametrize(
    "change",
    [
        {"stream": "evaluation/ev2"},
        {"stage": "preliminary"},
        {"round": 2},
        {"alias": "M4"},
        {"commitment": "0" * 64},
        {"nonce": b"nonce of 12c"},
        {"nonce": b"short"},
        {"ciphertext": b""},
    ],
)
def test_any_changed_field_keeps_it_shut(change: dict[str, object]) -> None:
    with pytest.raises(SealingFault) as refused:
        open_sealed(KEY, replace(sealed_sheet(), **change))  # type: ignore[arg-type]
    assert refused.value.code == "not_opened"


@given(st.integers(0, 8 * (1024 + 16) - 1))
def test_any_changed_bit_keeps_it_shut(bit: int) -> None:
    sealed = sealed_sheet()
    changed = bytearray(sealed.ciphertext)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealingFault):
        open_sealed(KEY, replace(sealed, ciphertext=bytes(changed)))


def test_another_key_or_algorithm_is_refused() -> None:
    with pytest.raises(SealingFault) as refused:
        open_sealed(bytes(32), sealed_sheet())
    assert refused.value.code == "not_opened"
    with pytest.raises(SealingFault) as refused:
        open_sealed(b"short", sealed_sheet())
    assert refused.value.code == "not_opened"
    with pytest.raises(SealingFault) as refused:
        open_sealed(KEY, replace(sealed_sheet(), alg="SM4-GCM"))
    assert refused.value.code == "unknown_algorithm"
    assert "SM4-GCM" in refused.value.message("zh")


def test_a_sheet_that_is_not_the_committed_one_is_found_though_the_key_is_right() -> None:
    honest = sealed_sheet()
    other = rfc8785.dumps({"salt": SALT.hex(), "sheet": {"B1": {"F1": "1"}}})
    forged = replace(honest, ciphertext=AESGCM(KEY).encrypt(NONCE, pad(other), honest.bound()))
    with pytest.raises(SealingFault) as refused:
        open_sealed(KEY, forged)
    assert refused.value.code == "commitment_mismatch"


@pytest.mark.parametrize(
    "content",
    [b"", b"[1]", b"\xff", b'{"sheet":{}}', b'{"salt":1,"sheet":{}}', b'{"salt":"00","sheet":{}}', b"{", b"[" * 100_000]
    + [
        b'{"salt":"%s","sheet":%s}' % (b"0" * 64, sheet)
        for sheet in (b"8.5", b"NaN", b"9007199254740992", b'"\\ud800"')
    ],
)
def test_content_of_another_form_is_refused(content: bytes) -> None:
    honest = sealed_sheet()
    forged = replace(honest, ciphertext=AESGCM(KEY).encrypt(NONCE, pad(content), honest.bound()))
    with pytest.raises(SealingFault) as refused:
        open_sealed(KEY, forged)
    assert refused.value.code == "bad_sealed"


@given(st.text(max_size=50), st.text(max_size=50))
def test_no_two_readings_share_a_commitment(first: str, second: str) -> None:
    joined = commit(first + second, "", 1, "M", SALT, {})
    assert (joined == commit(first, second, 1, "M", SALT, {})) == (second == "")


def test_a_commitment_depends_on_everything_and_is_checked() -> None:
    base = commit(*WHOSE, SALT, SHEET)
    others = [
        commit("evaluation/ev2", "detailed", 1, "M3", SALT, SHEET),
        commit("evaluation/ev1", "other", 1, "M3", SALT, SHEET),
        commit("evaluation/ev1", "detailed", 2, "M3", SALT, SHEET),
        commit("evaluation/ev1", "detailed", 1, "M4", SALT, SHEET),
        commit(*WHOSE, bytes(32), SHEET),
        commit(*WHOSE, SALT, {}),
    ]
    assert len({base, *others}) == 7
    assert not check_commitment(others[0], *WHOSE, OpenedSheet(SHEET, SALT))
    assert not check_commitment("short", *WHOSE, OpenedSheet(SHEET, SALT))
    with pytest.raises(SealingFault):
        commit(*WHOSE, b"short", SHEET)


def test_the_length_says_nothing_about_how_much_is_marked() -> None:
    empty = {f"B{b}": {f"F{f}": None for f in range(16)} for b in range(7)}
    full = {f"B{b}": {f"F{f}": "12.50" for f in range(16)} for b in range(7)}
    lengths = {len(sealed_sheet(sheet, block=4096).ciphertext) for sheet in ({}, empty, full)}
    assert lengths == {4096 + 16}


@given(st.binary(max_size=3000), st.sampled_from([1024, 2048, 4096]))
def test_padding_comes_off_again(content: bytes, block: int) -> None:
    padded = pad(content, block)
    assert len(padded) % block == 0
    assert len(padded) - len(content) in range(1, block + 1)
    assert unpad(padded) == content


@pytest.mark.parametrize("padded", [b"", b"\0" * 1024, b"\x80\x01" + b"\0" * 1022, b"\x80" + b"\0" * 10])
def test_false_padding_is_refused(padded: bytes) -> None:
    with pytest.raises(SealingFault) as refused:
        unpad(padded)
    assert refused.value.code == "bad_sealed"


def test_refuses_keys_nonces_and_blocks_that_cannot_be() -> None:
    for attempt in (
        lambda: seal(b"short", NONCE, *WHOSE, SALT, SHEET),
        lambda: seal(KEY, b"short", *WHOSE, SALT, SHEET),
        lambda: sealed_sheet(block=1000),
        lambda: sealed_sheet(block=0),
        lambda: sealed_sheet(block=-1024),
    ):
        with pytest.raises(SealingFault):
            attempt()


def without(key: str) -> Callable[[dict[str, object]], object]:
    return lambda obj: {name: value for name, value in obj.items() if name != key}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda obj: [obj],
        without("alias"),
        lambda obj: {**obj, "extra": 1},
        lambda obj: {**obj, "round": "1"},
        lambda obj: {**obj, "round": True},
        lambda obj: {**obj, "round": 2**53},
        lambda obj: {**obj, "alias": "\ud800"},
        lambda obj: {**obj, "nonce": "????"},
        lambda obj: {**obj, "nonce": "密"},
        lambda obj: {**obj, "nonce": "AB=="},
    ],
)
def test_reads_strictly(spoil: Callable[[dict[str, object]], object]) -> None:
    with pytest.raises(SealingFault) as refused:
        SealedSheet.from_json(spoil(dict(sealed_sheet().to_json())))
    assert refused.value.code == "bad_sealed"


def test_values_are_bound_to_purpose_and_place() -> None:
    bound = {"stream": "evaluation/ev1", "alias": "M3"}
    sealed = seal_value(KEY, NONCE, "draft", bound, {"F1": "8"})
    read = SealedValue.from_json(sealed.to_json())
    assert read == sealed
    assert open_value(KEY, read, "draft", bound) == {"F1": "8"}
    for purpose, place in (("list", bound), ("draft", {**bound, "alias": "M4"}), ("draft", {})):
        with pytest.raises(SealingFault) as refused:
            open_value(KEY, read, purpose, place)
        assert refused.value.code == "not_opened"
    with pytest.raises(SealingFault):
        open_value(KEY, replace(read, alg="none"), "draft", bound)


PRIVATE = [bytes([n]) * 32 for n in (11, 12, 13)]
PUBLIC = [public_key_of(private) for private in PRIVATE[:2]]


def sealed_names(content: bytes = b"names") -> SealedFor:
    return seal_to(PUBLIC, b"\x21" * 32, KEY, NONCE, "names/lot-1", content)


def test_each_recipient_opens_alone_and_nobody_else() -> None:
    sealed = SealedFor.from_json(sealed_names().to_json())
    assert sealed == sealed_names()
    for private in PRIVATE[:2]:
        assert open_with(private, sealed, "names/lot-1") == b"names"
    with pytest.raises(SealingFault) as refused:
        open_with(PRIVATE[2], sealed, "names/lot-1")
    assert refused.value.code == "not_a_recipient"
    with pytest.raises(SealingFault) as refused:
        open_with(PRIVATE[0], sealed, "names/lot-2")
    assert refused.value.code == "not_opened"


def test_recipients_content_is_padded() -> None:
    assert len(sealed_names(b"").ciphertext) == len(sealed_names(b"x" * 1000).ciphertext)


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "names/lot-2"},
        {"ephemeral": public_key_of(b"\x22" * 32)},
        {"recipients": sealed_names().recipients[:1]},
        {"recipients": sealed_names().recipients[::-1]},
        {"recipients": (sealed_names().recipients[0], (PUBLIC[1], sealed_names().recipients[0][1]))},
        {"nonce": b"nonce of 12c"},
        {"ciphertext": sealed_names(b"other").ciphertext[:-1] + b"\0"},
    ],
)
def test_any_changed_field_keeps_recipients_out(change: dict[str, object]) -> None:
    with pytest.raises(SealingFault) as refused:
        open_with(PRIVATE[0], replace(sealed_names(), **change), "names/lot-1")  # type: ignore[arg-type]
    assert refused.value.code == "not_opened"


def test_refuses_unusable_recipients_and_algorithms() -> None:
    low_order = bytes(32)
    for recipients, key in (
        ([], KEY),
        ([PUBLIC[0], PUBLIC[0]], KEY),
        ([low_order], KEY),
        ([b"short"], KEY),
        (PUBLIC, b"short"),
    ):
        with pytest.raises(SealingFault) as refused:
            seal_to(recipients, b"\x21" * 32, key, NONCE, "names", b"x")
        assert refused.value.code == "bad_key"
    with pytest.raises(SealingFault):
        public_key_of(b"short")
    with pytest.raises(SealingFault) as refused:
        open_with(PRIVATE[0], replace(sealed_names(), alg="SM2"), "names/lot-1")
    assert refused.value.code == "unknown_algorithm"


@pytest.mark.parametrize(
    "change",
    [
        {"recipients": {}},
        {"purpose": "\ud800"},
        {"recipients": [1]},
        {"recipients": [{"key": "00"}]},
        {"recipients": [{"key": "0", "wrapped": "00"}]},
        {"ephemeral": "AA"},
        {"ephemeral": 1},
        {"ciphertext": "??"},
    ],
)
def test_reads_recipients_strictly(change: dict[str, object]) -> None:
    with pytest.raises(SealingFault) as refused:
        SealedFor.from_json({**sealed_names().to_json(), **change})
    assert refused.value.code == "bad_sealed"
