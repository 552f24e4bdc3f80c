"""Authorities and people with keys for tests of signatures: RSA, P-256 and SM2, in files and on SoftHSM tokens."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import gmssl_pyx
import pytest
from asn1crypto import algos, core, keys, pem, x509
from cryptography import x509 as cx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.signing import algorithms

FROM = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = FROM + timedelta(days=365)
"""Of people's certificates: a validation two years later finds them long expired."""
LIBRARY = next((path for path in ("/usr/lib/softhsm/libsofthsm2.so",) if Path(path).is_file()), None)
needs_softhsm = pytest.mark.skipif(LIBRARY is None, reason="softhsm2 is not installed")

algorithms.register()


def name_of(common: str) -> cx.Name:
    return cx.Name([cx.NameAttribute(NameOID.COUNTRY_NAME, "CN"), cx.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class Authority:
    """An authority for RSA and P-256; its own key is P-256."""

    key: ec.EllipticCurvePrivateKey
    certificate: cx.Certificate

    @classmethod
    def made(cls, name: str = "Kawei Test CA") -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        return cls(key, _certificate(name_of(name), name_of(name), key.public_key(), key, FROM + timedelta(days=3650)))

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def certify(
        self, name: str, public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, stamps: bool = False
    ) -> cx.Certificate:
        return _certificate(name_of(name), self.certificate.subject, public, self.key, UNTIL, self.certificate, stamps)

    def crl(self, *revoked: cx.Certificate, at: datetime = FROM) -> bytes:
        made = cx.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        made = made.last_update(at).next_update(at + timedelta(days=3650))
        made = made.add_extension(cx.CRLNumber(1), critical=False)
        for one in revoked:
            entry = cx.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(at).build()
            made = made.add_revoked_certificate(entry)
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def p12(self, folder: Path, name: str, pin: str, kind: str = "P-256") -> Path:
        """A person's key as a PKCS #12 file with the certificate beside it; the path of the first."""
        key = ec.generate_private_key(ec.SECP256R1()) if kind == "P-256" else rsa.generate_private_key(65537, 2048)
        own = self.certify(name, key.public_key())
        path = folder / f"{secrets.token_hex(4)}.p12"
        sealing = BestAvailableEncryption(pin.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", key, own, [self.certificate], sealing))
        path.with_suffix(".pem").write_bytes(own.public_bytes(Encoding.PEM))
        return path


def _certificate(subject, issuer, public, signer, until, above=None, stamps=False):
    made = cx.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    made = made.serial_number(cx.random_serial_number()).not_valid_before(FROM).not_valid_after(until)
    made = made.add_extension(cx.BasicConstraints(above is None, None), critical=True)
    usage = dict.fromkeys(("data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False)
    made = made.add_extension(
        cx.KeyUsage(
            digital_signature=above is not None,
            content_commitment=above is not None,
            key_encipherment=False,
            key_cert_sign=above is None,
            crl_sign=above is None,
            **usage,
        ),
        critical=True,
    )
    made = made.add_extension(cx.SubjectKeyIdentifier.from_public_key(public), critical=False)
    if stamps:
        made = made.add_extension(cx.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    of_issuer = cx.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return made.add_extension(of_issuer, critical=False).sign(signer, hashes.SHA256())


@dataclass(frozen=True)
class Sm2Authority:
    """An authority whose key, and whose people's keys, are SM2."""

    private: bytes
    certificate: x509.Certificate

    @classmethod
    def made(cls, name: str = "Kawei Test SM2 CA") -> Sm2Authority:
        public, private = gmssl_pyx.sm2_key_generate()
        public = bytes(public)[-64:]
        return cls(bytes(private), _sm2_certificate(name, name, public, (bytes(private), public), authority=True))

    @property
    def der(self) -> bytes:
        return self.certificate.dump()

    def key_file(self, folder: Path, name: str, pin: str) -> Path:
        """A person's key as a PEM file: certificate, authority, encrypted key."""
        public, private = (bytes(part) for part in gmssl_pyx.sm2_key_generate())
        mine = (self.private, bytes(self.certificate.public_key["public_key"])[1:])
        own = _sm2_certificate(name, self.certificate.subject.native["common_name"], public[-64:], mine)
        path = folder / f"{secrets.token_hex(4)}.pem"
        sealed = pem.armor("ENCRYPTED PRIVATE KEY", _sealed(private, pin))
        path.write_bytes(pem.armor("CERTIFICATE", own.dump()) + pem.armor("CERTIFICATE", self.der) + sealed)
        return path


def _sm2_certificate(name, issuer, public, signer, authority=False) -> x509.Certificate:
    algorithm = algos.SignedDigestAlgorithm({"algorithm": "sm2_sm3"})
    spki = {
        "algorithm": {"algorithm": "ec", "parameters": keys.ECDomainParameters("named", "sm2p256v1")},
        "public_key": keys.ECPointBitString(b"\x04" + public),
    }
    usage = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature", "non_repudiation"}
    tbs = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(secrets.token_bytes(8), "big") >> 1,
            "signature": algorithm,
            "issuer": x509.Name.build({"common_name": issuer, "country_name": "CN"}),
            "validity": {
                "not_before": x509.UTCTime(FROM),
                "not_after": x509.UTCTime(FROM + timedelta(days=3650) if authority else UNTIL),
            },
            "subject": x509.Name.build({"common_name": name, "country_name": "CN"}),
            "subject_public_key_info": spki,
            "extensions": [
                {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": authority}},
                {"extn_id": "key_usage", "critical": True, "extn_value": usage},
            ],
        }
    )
    signature = bytes(gmssl_pyx.sm2_sign(*signer, tbs.dump()))
    made = {"tbs_certificate": tbs, "signature_algorithm": algorithm, "signature_value": signature}
    return x509.Certificate.load(x509.Certificate(made).dump())


def _sealed(private: bytes, pin: str) -> bytes:
    number = keys.ECPrivateKey({"version": 1, "private_key": int.from_bytes(private, "big")})
    inner = {"algorithm": "ec", "parameters": keys.ECDomainParameters("named", "sm2p256v1")}
    plain = keys.PrivateKeyInfo({"version": 0, "private_key_algorithm": inner, "private_key": number}).dump()
    salt, iv = secrets.token_bytes(16), secrets.token_bytes(16)
    key = PBKDF2HMAC(hashes.SHA256(), 32, salt, 1000).derive(pin.encode())
    pad, seal = PKCS7(128).padder(), Cipher(AES(key), modes.CBC(iv)).encryptor()
    text = seal.update(pad.update(plain) + pad.finalize()) + seal.finalize()
    kdf = {
        "salt": algos.Pbkdf2Salt("specified", core.OctetString(salt)),
        "iteration_count": 1000,
        "key_length": 32,
        "prf": {"algorithm": "sha256"},
    }
    parameters = {
        "key_derivation_func": {"algorithm": "pbkdf2", "parameters": kdf},
        "encryption_scheme": {"algorithm": "aes256_cbc", "parameters": iv},
    }
    algorithm = {"algorithm": "pbes2", "parameters": parameters}
    return keys.EncryptedPrivateKeyInfo({"encryption_algorithm": algorithm, "encrypted_data": text}).dump()


def soft_token(folder: Path, authority: Authority, name: str, pin: str, kind: str = "P-256") -> str:
    """A SoftHSM token of its own with a key and its certificate; returns the token's label.

    The library reads SOFTHSM2_CONF once in a process, so the first folder serves every test of it.
    """
    if "SOFTHSM2_CONF" not in os.environ:
        home = folder / "softhsm"
        (home / "tokens").mkdir(parents=True)
        (home / "softhsm2.conf").write_text(f"directories.tokendir = {home / 'tokens'}\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(home / "softhsm2.conf")
    label = f"kawei-{secrets.token_hex(4)}"
    tool = shutil.which("softhsm2-util") or "softhsm2-util"
    _run(tool, "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", pin)
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "P-256" else rsa.generate_private_key(65537, 2048)
    file = folder / f"{label}.key"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _run(tool, "--import", str(file), "--token", label, "--label", "sign", "--id", "A1", "--pin", pin)
    _put_certificate(label, pin, authority.certify(name, key.public_key()))
    return label


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _put_certificate(label: str, pin: str, own: cx.Certificate) -> None:
    import pkcs11

    library = pkcs11.lib(LIBRARY)
    library.reinitialize()
    with library.get_token(token_label=label).open(rw=True, user_pin=pin) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.PRIVATE: False,
                pkcs11.Attribute.LABEL: "sign",
                pkcs11.Attribute.ID: b"\xa1",
                pkcs11.Attribute.SUBJECT: own.subject.public_bytes(),
                pkcs11.Attribute.VALUE: own.public_bytes(Encoding.DER),
            }
        )
