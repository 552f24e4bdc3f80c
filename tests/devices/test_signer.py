"""Every key that signs, real or scripted, answers the same contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import gmssl_pyx
import pkcs11
import pytest
from asn1crypto import x509
from cryptography import x509 as cx
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256
from signing_ground import LIBRARY, Authority, Sm2Authority, needs_softhsm, soft_token

from app.ports.signer import SignerError, SignerFault, SigningKey
from devices.signer import BadKeySetting, EncryptedFileKey, Pkcs12Key, ScriptedKey, TokenKey, open_key

PIN, MESSAGE = "731942", b"what is to be signed"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signer")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.made()


def _token(folder: Path, authority: Authority, kind: str) -> SigningKey:
    return TokenKey(LIBRARY or "", soft_token(folder, authority, "张三", PIN, kind))


MAKERS: dict[str, Callable[[Path, Authority], SigningKey]] = {
    "p12 P-256": lambda folder, ca: Pkcs12Key(ca.p12(folder, "张三", PIN)),
    "p12 RSA": lambda folder, ca: Pkcs12Key(ca.p12(folder, "张三", PIN, "RSA")),
    "SM2 file": lambda folder, ca: EncryptedFileKey(Sm2Authority.made().key_file(folder, "张三", PIN)),
    "scripted": lambda folder, ca: ScriptedKey(Pkcs12Key(ca.p12(folder, "张三", PIN)), PIN),
    "token P-256": lambda folder, ca: _token(folder, ca, "P-256"),
    "token RSA": lambda folder, ca: _token(folder, ca, "RSA"),
}


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=needs_softhsm if "token" in name else ()) for name in MAKERS]
)
def key(request: pytest.FixtureRequest, folder: Path, authority: Authority) -> SigningKey:
    return MAKERS[request.param](folder, authority)


def check(certificate: bytes, signature: bytes, message: bytes) -> None:
    public_info = x509.Certificate.load(certificate).public_key
    if public_info.algorithm == "ec" and public_info.curve[1] == "sm2p256v1":
        assert gmssl_pyx.sm2_verify(bytes(public_info["public_key"])[1:], message, signature)
        return
    public = cx.load_der_x509_certificate(certificate).public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(signature, message, ec.ECDSA(SHA256()))
    else:
        public.verify(signature, message, padding.PKCS1v15(), SHA256())


def test_signs_what_the_certificate_verifies(key: SigningKey) -> None:
    check(key.certificate().own, key.sign(MESSAGE, PIN), MESSAGE)


def test_a_wrong_pin_signs_nothing_and_is_not_the_end(key: SigningKey) -> None:
    with pytest.raises(SignerError) as wrong:
        key.sign(MESSAGE, "000000")
    assert wrong.value.fault is SignerFault.WRONG_PIN
    assert PIN not in str(wrong.value)
    check(key.certificate().own, key.sign(MESSAGE, PIN), MESSAGE)


def scripted(folder: Path, authority: Authority) -> ScriptedKey:
    return ScriptedKey(Pkcs12Key(authority.p12(folder, "李四", PIN)), PIN, tries=2)


def test_wrong_pins_are_counted_until_the_token_is_locked(folder: Path, authority: Authority) -> None:
    key = scripted(folder, authority)
    found = []
    for pin in ("1", "2", PIN):
        with pytest.raises(SignerError) as refused:
            key.sign(MESSAGE, pin)
        found.append((refused.value.fault, refused.value.tries_left))
    assert found == [(SignerFault.WRONG_PIN, 1), (SignerFault.LOCKED, None), (SignerFault.LOCKED, None)]


def test_a_token_pulled_while_it_signs_is_missed_until_it_is_back(folder: Path, authority: Authority) -> None:
    key = scripted(folder, authority)
    key.pull_while_signing()
    for fault in (SignerFault.PULLED, SignerFault.NO_TOKEN):
        with pytest.raises(SignerError) as refused:
            key.sign(MESSAGE, PIN)
        assert refused.value.fault is fault
    with pytest.raises(SignerError):
        key.certificate()
    key.plug(True)
    assert key.sign(MESSAGE, PIN)


@needs_softhsm
@pytest.mark.parametrize(
    ("raised", "fault"),
    [
        (pkcs11.exceptions.PinLocked, SignerFault.LOCKED),
        (pkcs11.exceptions.DeviceRemoved, SignerFault.PULLED),
        (pkcs11.exceptions.MechanismInvalid, SignerFault.UNSUPPORTED),
        (pkcs11.exceptions.GeneralError, SignerFault.BROKEN),
    ],
)
def test_what_a_token_says_is_told_in_the_ports_words(
    folder: Path, authority: Authority, raised: type[Exception], fault: SignerFault
) -> None:
    key = MAKERS["token P-256"](folder, authority)
    with patch.object(TokenKey, "_signed", side_effect=raised()), pytest.raises(SignerError) as refused:
        key.sign(MESSAGE, PIN)
    assert refused.value.fault is fault


@needs_softhsm
def test_a_token_that_is_not_plugged_in_and_a_library_that_is_none() -> None:
    with pytest.raises(SignerError) as absent:
        TokenKey(LIBRARY or "", "no such token").certificate()
    with pytest.raises(SignerError) as broken:
        TokenKey("/no/such/library.so").certificate()
    assert (absent.value.fault, broken.value.fault) == (SignerFault.NO_TOKEN, SignerFault.BROKEN)


def test_files_that_are_missing_broken_or_not_each_others(folder: Path, authority: Authority) -> None:
    first, second = (authority.p12(folder, name, PIN) for name in ("王五", "赵六"))
    first.with_suffix(".pem").write_bytes(second.with_suffix(".pem").read_bytes())
    second.write_bytes(b"nothing")
    empty = folder / "empty.pem"
    empty.write_bytes(b"")
    found = []
    for key in (Pkcs12Key(first), Pkcs12Key(second), EncryptedFileKey(folder / "none.pem"), EncryptedFileKey(empty)):
        with pytest.raises(SignerError) as refused:
            key.sign(MESSAGE, PIN)
        found.append(refused.value.fault)
    assert found == [SignerFault.NO_KEY, SignerFault.BROKEN, SignerFault.NO_TOKEN, SignerFault.BROKEN]


def test_a_setting_names_library_and_token_or_a_file(folder: Path) -> None:
    assert isinstance(open_key("pkcs11:/usr/lib/x.so#mine"), TokenKey)
    assert isinstance(open_key("file:/k/a.p12"), Pkcs12Key)
    assert isinstance(open_key("file:/k/a.pem"), EncryptedFileKey)
    with pytest.raises(BadKeySetting):
        open_key("usb")
