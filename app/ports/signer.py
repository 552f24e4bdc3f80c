"""A person's own key for electronic signatures (电子签名): on a token (UKey) or, in rehearsals, in a file.

The key never leaves where it lies, and neither key nor PIN is ever handed to the room.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class SignerFault(Enum):
    """Why a key did not sign; each has its own words for the person at the seat."""

    NO_TOKEN = "no_token"  # noqa: S105 - nothing is plugged in, or the file is not there
    NO_KEY = "no_key"  # the token holds no key with a certificate, or several and nobody said which
    WRONG_PIN = "wrong_pin"  # `tries_left` says how often it may still be tried, where the token tells
    LOCKED = "locked"  # too many wrong PINs: only whoever issued the token can open it
    PULLED = "pulled"  # gone while it was at work: nothing was signed
    UNSUPPORTED = "unsupported"  # a kind of key that this program does not sign with
    BROKEN = "broken"  # driver or file cannot be read


class SignerError(Exception):
    """A key did not sign. Its text is for logs and holds neither PIN nor name."""

    def __init__(self, fault: SignerFault, tries_left: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault, self.tries_left = fault, tries_left


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A person's certificate (X.509, DER) and those above it that lie beside it, nearest first."""

    own: bytes
    above: tuple[bytes, ...] = ()


class SigningKey(Protocol):
    """A key with its certificate. Calls may take seconds: never make one on a window's thread."""

    def certificate(self) -> SigningCertificate:
        """Read the certificate, for which no PIN is asked. Raises `SignerError`."""
        ...

    def sign(self, message: bytes, pin: str) -> bytes:
        """Sign a message by the certificate's algorithm.

        RSA gives PKCS #1 v1.5 with SHA-256, P-256 and SM2 a DER pair of numbers, over SHA-256 and SM3 (with the
        default identity of GB/T 35276). Raises `SignerError`; after an error nothing was signed.
        """
        ...
