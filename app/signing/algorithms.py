"""What certificates sign with: RSA, P-256, and SM2 with SM3 (GB/T 32918, 32905; GM/T 0009), unknown to pyHanko.

Numbers of GM/T 0006 are made known to asn1crypto once, by `register`.
"""

from __future__ import annotations

from typing import Any

import gmssl_pyx
from asn1crypto import algos, keys, x509
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator, SignatureValidationContext, SignatureValidator

_NUMBERS = (
    (algos.DigestAlgorithmId, "1.2.156.10197.1.401", "sm3"),
    (algos.SignedDigestAlgorithmId, "1.2.156.10197.1.501", "sm2_sm3"),
    (keys.NamedCurve, "1.2.156.10197.1.301", "sm2p256v1"),
)
_SIZES = {"sm2p256v1": 32}


class Unsupported(Exception):
    """The certificate's key is of a kind that is not signed with here."""


def register() -> None:
    """Make SM2 and SM3 known; again is no harm."""
    for kind, number, name in _NUMBERS:
        kind._map[number] = name
        if kind._reverse_map is not None:
            kind._reverse_map[name] = number
        if name in _SIZES:
            keys.NamedCurve._key_sizes[number] = _SIZES[name]


def mechanism_of(certificate: x509.Certificate) -> tuple[str, str]:
    """Signature algorithm and digest of a certificate's key, by asn1crypto's names. Raises `Unsupported`."""
    key = certificate.public_key
    if key.algorithm == "rsa" and key.bit_size >= 2048:
        return "sha256_rsa", "sha256"
    if key.algorithm == "ec" and key.curve[0] == "named":
        found = {"secp256r1": ("sha256_ecdsa", "sha256"), "sm2p256v1": ("sm2_sm3", "sm3")}.get(key.curve[1])
        if found is not None:
            return found
    raise Unsupported(key.algorithm)


def mechanism(certificate: bytes) -> str:
    """The signature algorithm of a certificate's key (DER). Raises `Unsupported`."""
    return mechanism_of(x509.Certificate.load(certificate))[0]


class Validator(SignatureValidator):
    """Checks SM2 signatures itself and leaves all others to the library."""

    _rest = DefaultSignatureValidator()

    def validate_signature(
        self, signature: bytes, signed_data: bytes, public_key_info: Any, signature_algorithm: Any, context: Any = None
    ) -> None:
        """Raise InvalidSignature where the signature is none of this key over these data."""
        if signature_algorithm["algorithm"].native != "sm2_sm3":
            given = context or SignatureValidationContext(None, prehashed=False)
            self._rest.validate_signature(signature, signed_data, public_key_info, signature_algorithm, given)
            return
        public = bytes(public_key_info["public_key"])[1:]
        prehashed = context is not None and context.prehashed
        check = gmssl_pyx.sm2_verify_sm3_digest if prehashed else gmssl_pyx.sm2_verify
        try:
            good = check(public, signed_data, signature)
        except (ValueError, gmssl_pyx.GmsslInnerError, gmssl_pyx.InvalidValueError):
            good = False
        if not good:
            raise InvalidSignature


register()
