"""Certificates of people and of those who issue them: read, named, checked against the authorities trusted here."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import crl, pem, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from app.signing.algorithms import Unsupported, Validator, mechanism_of


class BadCertificate(Exception):
    """A certificate that does not serve; `part` says why: form, algorithm, chain, time, revoked, use."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def read_certificates(data: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) of a file, PEM or a single DER one. Raises `BadCertificate`."""
    try:
        blocks = list(pem.unarmor(data, multiple=True)) if pem.detect(data) else [("CERTIFICATE", {}, data)]
        found = tuple(der for kind, _, der in blocks if kind == "CERTIFICATE")
        for der in found:
            mechanism_of(x509.Certificate.load(der, strict=True))
    except Unsupported:
        raise BadCertificate("algorithm") from None
    except (ValueError, TypeError, KeyError):
        raise BadCertificate("form") from None
    if not found:
        raise BadCertificate("form")
    return found


def is_revocation_list(text: str) -> bool:
    """Whether this is a list of revoked certificates (DER) in hex."""
    try:
        return bool(crl.CertificateList.load(bytes.fromhex(text), strict=True).issuer.dump())
    except (ValueError, TypeError, KeyError):
        return False


def fingerprint_of(certificate: bytes) -> str:
    """SHA-256 of a certificate's DER bytes, hex."""
    return hashlib.sha256(certificate).hexdigest()


def common_name(certificate: bytes) -> str:
    """Whom a certificate names, as it is written there; empty where it names nobody."""
    named = x509.Certificate.load(certificate).subject.native.get("common_name", "")
    return named if isinstance(named, str) else ""


def context_of(
    authorities: Sequence[bytes], others: Sequence[bytes], moment: datetime, crls: Sequence[bytes]
) -> ValidationContext:
    """What validation trusts, at which moment; where revocation lists are given, each authority needs one."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in authorities],
        other_certs=[x509.Certificate.load(der) for der in others],
        moment=moment,
        crls=list(crls),
        allow_fetching=False,
        revocation_mode="require" if crls else "soft-fail",
        retroactive_revinfo=True,
        signature_validator=Validator(),
    )


def trusted(
    certificate: bytes, above: Sequence[bytes], authorities: Sequence[bytes], moment: datetime, crls: Sequence[bytes]
) -> None:
    """Raise `BadCertificate` unless the certificate is for signing, in force, not revoked, and under an authority.

    Runs its own event loop: not for a thread that has one.
    """
    context = context_of(authorities, above, moment, crls)
    made = CertificateValidator(x509.Certificate.load(certificate), validation_context=context)
    try:
        asyncio.run(made.async_validate_usage({"digital_signature"}))
    except (PathError, ValidationError) as failed:
        raise BadCertificate(_part(failed)) from None


def _part(failed: Exception) -> str:
    kinds = (("Revoked", "revoked"), ("Expired", "time"), ("NotYetValid", "time"), ("InvalidCertificate", "use"))
    name = type(failed).__name__
    return next((part for kind, part in kinds if name.startswith(kind)), "chain")
