"""A key from what a machine's settings say: `pkcs11:LIBRARY[#TOKEN]`, or in rehearsals `file:PATH`."""

from __future__ import annotations

from pathlib import Path

from app.ports.signer import SigningKey
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
