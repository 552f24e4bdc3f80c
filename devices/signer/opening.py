"""A key from what a machine's settings say: `pkcs11:LIBRARY[#TOKEN]`, or in rehearsals `file:PATH`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.ports.signer import SignerError, SignerFault, SigningCertificate, SigningKey
from devices.signer.files import EncryptedFileKey, Pkcs12Key
from devices.signer.token import TokenKey


class BadKeySetting(ValueError):
    """The setting names no kind of key."""


def is_file(setting: str) -> bool:
    """Whether the key lies in a file: such a one signs in rehearsals alone."""
    return setting.startswith("file:")


def open_key(setting: str) -> SigningKey:
    """Make the key that a setting names; it is looked for only when it is used."""
    kind, _, rest = setting.partition(":")
    if kind == "pkcs11" and rest:
        library, _, token = rest.partition("#")
        return TokenKey(library, token or None)
    if kind == "file" and rest:
        path = Path(rest)
        return Pkcs12Key(path) if path.suffix in (".p12", ".pfx") else EncryptedFileKey(path)
    raise BadKeySetting(setting)


class RehearsalKey:
    """A key in a file, which signs only while the room is known to be a rehearsal; else there is no token."""

    def __init__(self, inner: SigningKey, rehearsal: Callable[[], bool | None]) -> None:
        self._inner, self._rehearsal = inner, rehearsal

    def certificate(self) -> SigningCertificate:
        """The file's."""
        return self._checked().certificate()

    def sign(self, message: bytes, pin: str) -> bytes:
        """By the file's key."""
        return self._checked().sign(message, pin)

    def _checked(self) -> SigningKey:
        if self._rehearsal() is not True:
            raise SignerError(SignerFault.NO_TOKEN)
        return self._inner
