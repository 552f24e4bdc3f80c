"""Keys in files, for rehearsals alone: PKCS #12, and for SM2, which that reader does not know, PEM with PKCS #8."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from app.ports.signer import SignerError, SignerFault, SigningCertificate
from devices.signer.making import sign_plain, sign_sm2

_MOST_ROUNDS = 10_000_000
"""Of the key derivation: a file that asks for more is broken, not strong."""
_PSEUDO_RANDOM: dict[str, HashAlgorithm] = {"sha1": SHA1(), "sha256": SHA256()}  # noqa: S303 - as the file names it


class Pkcs12Key:
    """A SigningKey in a PKCS #12 file (RSA or P-256). The certificate lies beside it as `NAME.pem`, readable without
    the PIN; that of the file must be the same."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def certificate(self) -> SigningCertificate:
        """Of the file `NAME.pem`."""
        return _certificates(_read(self._path.with_suffix(".pem")))

    def sign(self, message: bytes, pin: str) -> bytes:
        """Open the file with the PIN and sign."""
        data = _read(self._path)
        try:
            key, own, _ = pkcs12.load_key_and_certificates(data, pin.encode())
        except ValueError as refused:
            wrong = "password" in str(refused).lower()
            raise SignerError(SignerFault.WRONG_PIN if wrong else SignerFault.BROKEN) from None
        if own is None or own.public_bytes(Encoding.DER) != self.certificate().own:
            raise SignerError(SignerFault.NO_KEY)
        return sign_plain(key, message)


class EncryptedFileKey:
    """A SigningKey in a PEM file: certificates, nearest first, and an encrypted PKCS #8 key of SM2."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def certificate(self) -> SigningCertificate:
        """Of the file itself."""
        return _certificates(_read(self._path))

    def sign(self, message: bytes, pin: str) -> bytes:
        """Decrypt the key with the PIN and sign."""
        own = x509.Certificate.load(self.certificate().own)
        sealed = [der for kind, der in _blocks(_read(self._path)) if kind == "ENCRYPTED PRIVATE KEY"]
        if len(sealed) != 1:
            raise SignerError(SignerFault.NO_KEY)
        private = _private(_decrypted(sealed[0], pin))
        return sign_sm2(private, bytes(own.public_key["public_key"])[1:], message)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SignerError(SignerFault.NO_TOKEN) from None
    except OSError:
        raise SignerError(SignerFault.BROKEN) from None


def _blocks(data: bytes) -> list[tuple[str, bytes]]:
    try:
        return [(kind, der) for kind, _, der in pem.unarmor(data, multiple=True)]
    except ValueError:
        raise SignerError(SignerFault.BROKEN) from None


def _certificates(data: bytes) -> SigningCertificate:
    found = [der for kind, der in _blocks(data) if kind == "CERTIFICATE"]
    if not found:
        raise SignerError(SignerFault.NO_KEY)
    return SigningCertificate(found[0], tuple(found[1:]))


def _private(plain: bytes) -> bytes:
    """The 32 bytes of the private number."""
    try:
        number = keys.PrivateKeyInfo.load(plain)["private_key"].parsed["private_key"].native
        return int(number).to_bytes(32, "big")
    except (ValueError, TypeError, KeyError, OverflowError):
        raise SignerError(SignerFault.BROKEN) from None


def _decrypted(der: bytes, pin: str) -> bytes:
    """Undo PBES2 with PBKDF2 and AES-CBC; a wrong PIN shows in the padding or in what comes out."""
    try:
        sealed = keys.EncryptedPrivateKeyInfo.load(der)
        scheme = sealed["encryption_algorithm"]
        rounds, size = int(scheme.kdf_iterations), int(scheme.key_length)
        if scheme.kdf != "pbkdf2" or scheme.encryption_cipher != "aes" or rounds > _MOST_ROUNDS:
            raise SignerError(SignerFault.UNSUPPORTED)
        key = PBKDF2HMAC(_PSEUDO_RANDOM[scheme.kdf_hmac], size, scheme.kdf_salt, rounds).derive(pin.encode())
        opened = Cipher(algorithms.AES(key), modes.CBC(scheme.encryption_iv)).decryptor()
        padded = opened.update(sealed["encrypted_data"].native) + opened.finalize()
    except (ValueError, TypeError, KeyError):
        raise SignerError(SignerFault.BROKEN) from None
    try:
        undo = PKCS7(128).unpadder()
        plain = undo.update(padded) + undo.finalize()
    except ValueError:
        raise SignerError(SignerFault.WRONG_PIN) from None
    if plain[:1] != b"\x30":  # no SEQUENCE: by chance the padding was right
        raise SignerError(SignerFault.WRONG_PIN)
    return plain
