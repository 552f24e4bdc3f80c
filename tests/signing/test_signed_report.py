"""Signatures on a report: seven in turn, each visible, checked years later, refused after one flipped bit."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typst
from cryptography import x509 as cx
from pyhanko.sign.timestamps import DummyTimeStamper
from signing_ground import LIBRARY, Authority, Sm2Authority, soft_token

from app.ports.signer import SigningKey
from app.signing import (
    BadCertificate,
    BadHandwriting,
    BadSignature,
    Box,
    Revision,
    SigningRefused,
    Strokes,
    check,
    common_name,
    complete,
    fingerprint_of,
    open_for_signing,
    prepare,
    read_certificates,
    trusted,
)
from devices.signer import EncryptedFileKey, Pkcs12Key, TokenKey

PIN, NOON = "731942", datetime(2026, 6, 1, 4, tzinfo=UTC)
HAND = Strokes((((0.1, 0.2), (0.5, 0.9), (0.9, 0.3)), ((0.3, 0.5),)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(scope="module")
def authorities() -> tuple[Authority, Sm2Authority]:
    return Authority.made(), Sm2Authority.made()


@pytest.fixture(scope="module")
def issued() -> bytes:
    made = typst.compile(b"#for i in range(2) { page[Report] }", format="pdf", pdf_standards=["a-3b"])
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def signed(
    folder: Path, authorities: tuple[Authority, Sm2Authority], issued: bytes
) -> tuple[bytes, bytes, list[Revision]]:
    """The report opened for signing, the signed one, and what a journal would say of each signature."""
    one, sm2 = authorities
    people: list[SigningKey] = [
        *(Pkcs12Key(one.p12(folder, f"成员{n}", PIN, kind)) for n, kind in ((1, "P-256"), (2, "RSA"))),
        *(EncryptedFileKey(sm2.key_file(folder, f"成员{n}", PIN)) for n in (3, 4)),
    ]
    if LIBRARY:
        people += [TokenKey(LIBRARY, soft_token(folder, one, f"成员{n}", PIN, kind)) for n, kind in TOKENS]
    opened = open_for_signing(issued, [box(n) for n in range(1, len(people) + 1)])
    report, revisions = opened, []
    for number, key in enumerate(people, start=1):
        own, at = key.certificate(), NOON + timedelta(minutes=number)
        due = prepare(report, f"M{number}", own.own, own.above, roots(authorities), at=at, strokes=HAND)
        report = complete(due, key.sign(due.to_sign, PIN))
        revisions.append(
            Revision(f"M{number}", hashlib.sha256(report).hexdigest(), len(report), fingerprint_of(own.own), at)
        )
    return opened, report, revisions


TOKENS = ((5, "P-256"), (6, "RSA"), (7, "P-256"))


def box(number: int) -> Box:
    return Box(f"M{number}", 1, 60, 40 + 100 * number, 200, 60)


def roots(authorities: tuple[Authority, Sm2Authority]) -> tuple[bytes, ...]:
    return tuple(one.der for one in authorities)


def head(data: bytes) -> tuple[str, int]:
    return hashlib.sha256(data).hexdigest(), len(data)


def test_every_revision_extends_the_issued_bytes_and_is_accepted_at_any_time(signed, issued, authorities) -> None:
    opened, report, revisions = signed
    assert opened.startswith(issued)
    check(report, head(issued), head(opened), revisions, roots(authorities))


def test_it_is_accepted_two_years_later_when_the_certificates_are_expired(signed, issued, authorities) -> None:
    opened, report, revisions = signed
    own = next(iter(_certificates(report)))
    with pytest.raises(BadCertificate) as expired:
        trusted(own, (), roots(authorities), NOON + timedelta(days=730), ())
    assert expired.value.part == "time"
    check(report, head(issued), head(opened), revisions, roots(authorities))
    # The journal's time counts: said to be signed two years later, it is refused.
    late = [replace(one, at=one.at + timedelta(days=730)) for one in revisions]
    with pytest.raises(BadSignature) as refused:
        check(report, head(issued), head(opened), late, roots(authorities))
    assert (refused.value.part, refused.value.field) == ("chain", "M1")


def test_one_flipped_bit_anywhere_is_found(signed, issued, authorities) -> None:
    opened, report, revisions = signed
    for place in (100, len(issued) + 50, revisions[0].bytes - 200, revisions[2].bytes + 300, len(report) - 5):
        flipped = bytearray(report)
        flipped[place] ^= 1
        with pytest.raises(BadSignature):
            check(bytes(flipped), head(issued), head(opened), revisions, roots(authorities))


def test_a_forged_journal_does_not_help(signed, issued, authorities) -> None:
    """Whoever rewrites the hashes of the revisions, too, is found by the signature itself."""
    opened, report, revisions = signed
    flipped = bytearray(report)
    flipped[100] ^= 1
    bent = bytes(flipped)
    told = [replace(one, sha256=hashlib.sha256(bent[: one.bytes]).hexdigest()) for one in revisions]
    with pytest.raises(BadSignature) as found:
        check(bent, head(bent[: len(issued)]), head(bent[: len(opened)]), told, roots(authorities))
    assert (found.value.part, found.value.field) == ("signature", "M1")


@pytest.mark.parametrize("part", ["appended", "missing", "swapped", "certificate", "chain"])
def test_what_else_is_not_as_the_journal_says(signed, issued, authorities, part: str) -> None:
    opened, report, revisions = signed
    trusted_here, expected = roots(authorities), part
    if part == "appended":
        report += b"\n% more\n"
    elif part == "missing":
        report, expected = report[: revisions[-2].bytes], "revision"
    elif part == "swapped":
        revisions, expected = [replace(revisions[0], field="M2"), *revisions[1:]], "fields"
    elif part == "certificate":
        revisions = [replace(revisions[0], fingerprint=revisions[1].fingerprint), *revisions[1:]]
    else:
        trusted_here = (Authority.made().der,)
    with pytest.raises(BadSignature) as found:
        check(report, head(issued), head(opened), revisions, trusted_here)
    assert found.value.part == expected


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_poppler_agrees_on_rsa_and_p256(signed, folder) -> None:
    path = folder / "signed.pdf"
    path.write_bytes(signed[1])
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    valid = told.count("Signature is Valid.")
    assert valid == len(signed[2]) - 2, told  # it knows no SM2


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(signed, folder) -> None:
    path = folder / "checked.pdf"
    path.write_bytes(signed[1])
    told = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_time_stamp_and_a_revocation_list_lie_in_the_report(folder, authorities, issued) -> None:
    ca = authorities[0]
    key = Pkcs12Key(ca.p12(folder, "张三", PIN))
    opened, crl, own = open_for_signing(issued, [box(1), box(2)]), ca.crl(), key.certificate()
    due = prepare(opened, "M1", own.own, (), (ca.der,), at=NOON, strokes=Strokes(), crls=(crl,), stamper=stamper_of(ca))
    report = complete(due, key.sign(due.to_sign, PIN))
    told = Revision("M1", *head(report), fingerprint_of(own.own), NOON)
    check(report, head(issued), head(opened), [told], (ca.der,), revocation=True)
    assert b"/DSS" in report


def stamper_of(ca: Authority) -> DummyTimeStamper:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = rsa.generate_private_key(65537, 2048)
    own = ca.certify("Time", key.public_key(), stamps=True).public_bytes(Encoding.DER)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        x509.Certificate.load(own), keys.PrivateKeyInfo.load(private), fixed_dt=NOON, include_nonce=True
    )


def test_whose_certificate_serves(folder, authorities) -> None:
    one, sm2 = authorities
    path = one.p12(folder, "张三", PIN)
    own = read_certificates(path.with_suffix(".pem").read_bytes())[0]
    assert common_name(own) == "张三"
    trusted(own, (), (one.der,), NOON, (one.crl(),))
    revoked = one.crl(cx.load_der_x509_certificate(own))
    for roots_here, at, crls, part in (
        ((one.der,), NOON, (revoked,), "revoked"),
        ((sm2.der,), NOON, (), "chain"),
        ((one.der,), NOON - timedelta(days=400), (), "time"),
    ):
        with pytest.raises(BadCertificate) as refused:
            trusted(own, (), roots_here, at, crls)
        assert refused.value.part == part
    sm2_own = EncryptedFileKey(sm2.key_file(folder, "李四", PIN)).certificate().own
    trusted(sm2_own, (), (sm2.der,), NOON, ())


@pytest.mark.parametrize("data", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate(data: bytes) -> None:
    with pytest.raises(BadCertificate):
        read_certificates(data)


def test_a_signature_of_another_key_or_in_a_signed_field_is_refused(signed, folder, authorities) -> None:
    opened, report, _ = signed
    one = authorities[0]
    mine, other = (Pkcs12Key(one.p12(folder, "张三", PIN)) for _ in range(2))
    own = mine.certificate()
    due = prepare(opened, "M1", own.own, (), (one.der,), at=NOON, strokes=HAND)
    for signature in (other.sign(due.to_sign, PIN), b"", b"\x00" * 70):
        with pytest.raises(SigningRefused) as refused:
            complete(due, signature)
        assert refused.value.part == "signature"
    for field in ("M1", "M99"):
        with pytest.raises(SigningRefused) as refused:
            prepare(report, field, own.own, (), (one.der,), at=NOON, strokes=HAND)
        assert refused.value.part == "field"


@pytest.mark.parametrize("lines", [(((0.1, 1.2),),), ((),), tuple(((0.1, 0.1),) for _ in range(201))])
def test_what_no_hand_writes(lines) -> None:
    with pytest.raises(BadHandwriting):
        Strokes(lines)


def _certificates(report: bytes) -> Iterator[bytes]:
    import io

    from pyhanko.pdf_utils.reader import PdfFileReader

    for found in PdfFileReader(io.BytesIO(report)).embedded_regular_signatures:
        yield found.signer_cert.dump()
