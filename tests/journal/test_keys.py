"""Keys: signatures, verifier key lines as others write them, fingerprints as people type them."""

from __future__ import annotations

import contextlib
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal import (
    CheckpointFault,
    Ed25519Signer,
    fingerprint,
    parse_fingerprint,
    parse_verifier_key,
    verify_signature,
)
from app.journal.keys import SignatureType, is_key_name, verifier_key

SIGNER = Ed25519Signer(bytes(range(32)))


def test_signs_as_rfc_8032_says() -> None:
    # RFC 8032, 7.1, test 2.
    signer = Ed25519Signer(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    signature = signer.sign(b"\x72")
    assert signer.public_key.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert signature.hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify_signature(signer.public_key, b"\x72", signature)
    assert not verify_signature(signer.public_key, b"\x73", signature)
    assert not verify_signature(signer.public_key, b"\x72", signature[:-1])
    assert not verify_signature(b"short", b"\x72", signature)


def test_the_private_key_does_not_show() -> None:
    assert bytes(range(32)).hex() not in repr(SIGNER)
    assert "\\x01\\x02" not in repr(SIGNER)
    with pytest.raises(CheckpointFault) as refused:
        Ed25519Signer(b"short")
    assert refused.value.code == "bad_key"


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [  # from the tests of golang.org/x/mod/sumdb/note and of a public witness
        ("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann", "NOTE"),
        ("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop", "EnochRoot", "NOTE"),
        (
            "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
            "remora.n621.de",
            "COSIGNATURE",
        ),
    ],
)
def test_reads_and_writes_verifier_keys_as_others_do(line: str, name: str, kind: str) -> None:
    found, public_key, found_kind = parse_verifier_key(line)
    assert (found, found_kind) == (name, SignatureType[kind])
    assert verifier_key(found, public_key, found_kind) == line


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a3+!!!!",
        "PeterNeumann+c74f20a3+密钥",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    ],
)
def test_refuses_bent_verifier_keys(line: str) -> None:
    with pytest.raises(CheckpointFault) as refused:
        parse_verifier_key(line)
    assert refused.value.code == "bad_key"


def test_key_names() -> None:
    assert is_key_name("kawei/民乐-3/room")
    for name in ("", "a b", "a\u3000b", "a+b", "a\nb", "a\x7fb", "a\u200bb"):
        assert not is_key_name(name), name
    with pytest.raises(CheckpointFault):
        verifier_key("a b", SIGNER.public_key)


def test_a_fingerprint_is_grouped_base32_of_sha256() -> None:
    printed = fingerprint(SIGNER.public_key)
    prefix, _, groups = printed.partition(":")
    assert prefix == "kawei-ed25519"
    assert [len(group) for group in groups.split("-")] == [4] * 13
    bits = "".join(f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.index(c):05b}" for c in groups.replace("-", ""))
    assert int(bits[:256], 2) == int(hashlib.sha256(SIGNER.public_key).hexdigest(), 16)
    assert bits[256:] == "0000"
    with pytest.raises(CheckpointFault):
        fingerprint(b"short")


def test_a_fingerprint_typed_by_hand_is_spelt_as_it_is_printed() -> None:
    # SHA-256 of the key of RFC 8032, 7.1, test 2, by another program (sha256sum, base32).
    printed = "kawei-ed25519:HH3R-HUFG-IQST-6BCS-SQQ3-T5I3-TMEJ-PHII-FFMV-TRHT-TEHO-MF7V-COPQ"
    assert fingerprint(bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")) == printed
    assert parse_fingerprint(printed) == printed
    typed = "Kawei-Ed25519: " + printed.removeprefix("kawei-ed25519:").replace("-", " ").lower()
    assert parse_fingerprint(f" {typed}\n") == printed
    assert parse_fingerprint(printed.replace(":", "：").replace("-", "－")) == printed
    assert parse_fingerprint(printed.replace("HH3R", "HH3S")) == printed.replace("HH3R", "HH3S") != printed
    with pytest.raises(CheckpointFault) as refused:  # 52 letters hold 260 bits: the last four are nought
        parse_fingerprint(printed[:-1] + "R")
    assert refused.value.code == "bad_fingerprint"


@given(st.binary(min_size=32, max_size=32))
def test_a_fingerprint_is_read_however_it_is_typed(public_key: bytes) -> None:
    printed = fingerprint(public_key)
    prefix, _, groups = printed.partition(":")
    for typed in (
        printed,
        printed.upper(),
        printed.lower(),
        f"  {prefix}: {groups.replace('-', ' ')}\n",
        f"{prefix}:{groups.replace('-', '')}",
        printed.replace(":", "：").replace("-", "－"),
    ):
        assert parse_fingerprint(typed) == printed


@given(st.binary(min_size=32, max_size=32), st.data())
def test_a_mistyped_fingerprint_never_reads_as_the_right_one(public_key: bytes, data: st.DataObject) -> None:
    printed = fingerprint(public_key)
    at = data.draw(st.integers(len("kawei-ed25519:"), len(printed) - 1))
    wrong = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").filter(lambda c: c != printed[at]))
    typed = printed[:at] + wrong + printed[at + 1 :]
    read = ""
    with contextlib.suppress(CheckpointFault):
        read = parse_fingerprint(typed)
    assert read != printed


@pytest.mark.parametrize(
    "text", ["", "kawei-ed25519:", "kawei-ed25519:ABCD", "kawei-sm2:" + "A" * 52, "A" * 52, "kawei-ed25519:指纹"]
)
def test_refuses_what_is_no_fingerprint(text: str) -> None:
    with pytest.raises(CheckpointFault) as refused:
        parse_fingerprint(text)
    assert refused.value.code == "bad_fingerprint"
    assert "签条" in refused.value.message("zh")
