"""The room's own certificate authority: made at the first start, it names the server and every enrolled machine.

A machine's certificate is over the very key by which the journal knows it, so it says no more than the journal does:
name, key, until when. Nothing of an expert, a seat or an evaluation stands in it.
"""

from __future__ import annotations

import base64
import hashlib
import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.ports.ambient import Clock
from app.room.keys import expect_private
from app.room.refusal import RoomRefusal

SERVER_NAME = "room.kawei"
"""The name that the server's certificate has, whatever its address is today; machines ask for it."""

AUTHORITY_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=397)
MACHINE_LIFE = timedelta(days=90)
_SLACK = timedelta(minutes=10)
"""Seats' clocks are never trusted, nor are they exact."""

_FINGERPRINT_BYTES = 10
_AUTHORITY, _SERVER = "authority.pem", "server.pem"

PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


@dataclass(frozen=True)
class Contexts:
    """How the two doors of an encrypted room are opened."""

    machines: ssl.SSLContext
    """Nobody gets through without a certificate of this authority."""
    strangers: ssl.SSLContext
    """For a machine that has none yet: it may enrol, nothing else."""


class Authority:
    """Issues certificates; its key lies in the room's key folder and leaves it never."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Make what is not there. Raises `RoomRefusal` `bad_key_file`, `key_file_open`."""
        self._folder, self._clock = folder, clock
        if not (folder / _AUTHORITY).exists():
            self._make()
        self._key, self._certificate = _read(folder / _AUTHORITY)
        self.contexts = Contexts(self._context(ssl.CERT_REQUIRED), self._context(ssl.CERT_NONE))
        self.renew()

    @property
    def pem(self) -> str:
        """The authority's own certificate, which is no secret."""
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def mark(self) -> str:
        """What a one-time code carries of the authority, so that a new machine knows whom it talks to: 80 bits of the
        certificate's hash in groups of four letters."""
        letters = base64.b32encode(hashlib.sha256(_der(self._certificate)).digest()[:_FINGERPRINT_BYTES]).decode()
        return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))

    def issue(self, device: str, public_key: str) -> str:
        """A machine's certificate (PEM) over its enrolled Ed25519 key (hex)."""
        key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        made = self._signed(device, key, MACHINE_LIFE, ExtendedKeyUsageOID.CLIENT_AUTH)
        return made.public_bytes(serialization.Encoding.PEM).decode()

    def renew(self) -> bool:
        """Make the server's certificate anew once a third of its life is over; connections that are open stay so."""
        path, now = self._folder / _SERVER, self._clock.now()
        if path.exists():
            _, found = _read(path)
            ours = found.issuer == self._certificate.subject and _is_signed_by(found, self._certificate)
            if ours and found.not_valid_before_utc <= now < found.not_valid_after_utc - SERVER_LIFE * 2 / 3:
                self._load(path)
                return False
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._signed(SERVER_NAME, key.public_key(), SERVER_LIFE, ExtendedKeyUsageOID.SERVER_AUTH)
        _write(path, key, made)
        self._load(path)
        return True

    def _load(self, path: Path) -> None:
        for context in (self.contexts.machines, self.contexts.strangers):
            context.load_cert_chain(path)

    def _context(self, verify: ssl.VerifyMode) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.verify_mode = verify
        # A ticket would let a machine come back without its certificate being looked at again.
        context.num_tickets = 0
        context.load_verify_locations(cadata=self.pem)
        return context

    def _make(self) -> None:
        key, now = ec.generate_private_key(ec.SECP256R1()), self._clock.now()
        name = _name(f"Kawei room {os.urandom(4).hex()}")
        usage = x509.KeyUsage(
            digital_signature=False,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=True,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        made = (
            _begun(name, name, key.public_key(), now, AUTHORITY_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        _write(self._folder / _AUTHORITY, key, made)

    def _signed(self, common: str, key: PublicKey, life: timedelta, purpose: x509.ObjectIdentifier) -> x509.Certificate:
        issuer = self._certificate
        return (
            _begun(_name(common), issuer.subject, key, self._clock.now(), life)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(common)]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: PublicKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SLACK)
        .not_valid_after(now + life)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _is_signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _read(path: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    expect_private(path)
    try:
        content = path.read_bytes()
        key = serialization.load_pem_private_key(content, None)
        certificate = x509.load_pem_x509_certificate(content)
    except ValueError:
        raise RoomRefusal("bad_key_file", path.name) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise RoomRefusal("bad_key_file", path.name)
    return key, certificate


def _write(path: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    """Whole or not at all, and for the owner alone."""
    pem = serialization.Encoding.PEM
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(certificate.public_bytes(pem) + kept)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
