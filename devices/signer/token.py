"""Tokens (UKey) through the PKCS #11 library of their maker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pkcs11
from asn1crypto import x509
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from pkcs11 import Attribute, Mechanism, ObjectClass, PKCS11Error, TokenFlag
from pkcs11 import exceptions as fault
from pkcs11.util.ec import encode_ecdsa_signature

from app.ports.signer import SignerError, SignerFault, SigningCertificate

_GONE = (fault.DeviceRemoved, fault.TokenNotPresent, fault.SessionHandleInvalid, fault.SessionClosed, fault.DeviceError)


class TokenKey:
    """A SigningKey on a token: the one key that has a certificate, or the one of this label."""

    def __init__(self, library: str, token: str | None = None, label: str | None = None) -> None:
        """`library`: path of the PKCS #11 library; `token`: the token's label where several may be plugged in."""
        self._library, self._token, self._label = library, token, label

    def certificate(self) -> SigningCertificate:
        """Read it from the token; no PIN."""
        with _told(), self._found().open() as session:
            return SigningCertificate(self._certificate(session)[0])

    def sign(self, message: bytes, pin: str) -> bytes:
        """Log in, sign, log out."""
        token = self._found()
        try:
            with _told(), token.open(user_pin=pin) as session:
                own, number = self._certificate(session)
                return self._signed(session, x509.Certificate.load(own), number, message)
        except SignerError as error:
            if error.fault is SignerFault.WRONG_PIN:
                raise self._wrong_pin() from None
            raise

    def _wrong_pin(self) -> SignerError:
        """How many tries are left: a token tells only few, low, last and none."""
        flags = self._found().flags
        if flags & TokenFlag.USER_PIN_LOCKED:
            return SignerError(SignerFault.LOCKED)
        return SignerError(SignerFault.WRONG_PIN, 1 if flags & TokenFlag.USER_PIN_FINAL_TRY else None)

    def _found(self) -> pkcs11.Token:
        """The token that is plugged in; looked for afresh each time."""
        try:
            library = pkcs11.lib(self._library)
        except (PKCS11Error, RuntimeError, OSError):
            raise SignerError(SignerFault.BROKEN) from None
        with _told():
            library.reinitialize()
            found = list(library.get_tokens(token_label=self._token) if self._token else library.get_tokens())
        usable = [token for token in found if token.flags & TokenFlag.TOKEN_INITIALIZED]
        if len(usable) != 1:
            raise SignerError(SignerFault.NO_TOKEN)
        return usable[0]

    def _certificate(self, session: pkcs11.Session) -> tuple[bytes, bytes]:
        """The certificate's bytes and the number under which its key lies."""
        wanted: dict[Attribute, object] = {Attribute.CLASS: ObjectClass.CERTIFICATE}
        if self._label:
            wanted[Attribute.LABEL] = self._label
        found = list(session.get_objects(wanted))
        if len(found) != 1:
            raise SignerError(SignerFault.NO_KEY)
        return bytes(found[0][Attribute.VALUE]), bytes(found[0][Attribute.ID])

    def _signed(self, session: pkcs11.Session, own: x509.Certificate, number: bytes, message: bytes) -> bytes:
        keys: list[Any] = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: number}))
        if len(keys) != 1:
            raise SignerError(SignerFault.NO_KEY)
        kind = own.public_key.algorithm
        if kind == "rsa":
            return bytes(keys[0].sign(message, mechanism=Mechanism.SHA256_RSA_PKCS))
        if kind == "ec" and own.public_key.curve[1] == "secp256r1":
            digest = Hash(SHA256())
            digest.update(message)
            return bytes(encode_ecdsa_signature(keys[0].sign(digest.finalize(), mechanism=Mechanism.ECDSA)))
        raise SignerError(SignerFault.UNSUPPORTED)


@contextmanager
def _told() -> Iterator[None]:
    """What the library raises, as the port's errors."""
    try:
        yield
    except (fault.PinIncorrect, fault.PinInvalid, fault.PinLenRange, fault.ArgumentsBad):
        raise SignerError(SignerFault.WRONG_PIN) from None
    except fault.PinLocked:
        raise SignerError(SignerFault.LOCKED) from None
    except _GONE:
        raise SignerError(SignerFault.PULLED) from None
    except (fault.MechanismInvalid, fault.FunctionNotSupported):
        raise SignerError(SignerFault.UNSUPPORTED) from None
    except PKCS11Error:
        raise SignerError(SignerFault.BROKEN) from None
