"""Raw signatures by keys that lie in memory: RSA, P-256, SM2."""

from __future__ import annotations

import gmssl_pyx
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from app.ports.signer import SignerError, SignerFault


def sign_plain(key: object, message: bytes) -> bytes:
    """Sign with an RSA or P-256 key of `cryptography`; any other is `UNSUPPORTED`."""
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 2048:
        return key.sign(message, padding.PKCS1v15(), SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key.sign(message, ec.ECDSA(SHA256()))
    raise SignerError(SignerFault.UNSUPPORTED)


def sign_sm2(private: bytes, public: bytes, message: bytes) -> bytes:
    """Sign with SM2 over SM3: `private` 32 bytes, `public` the 64 of the point."""
    return bytes(gmssl_pyx.sm2_sign(private, public, message))
