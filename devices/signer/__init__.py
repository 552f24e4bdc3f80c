"""Keys that sign: tokens through PKCS #11, files for rehearsals, and a scripted one.

Law: a PIN is used and forgotten; neither it nor a certificate's name reaches a log. `open_key` reads a setting.
"""

from devices.signer.files import EncryptedFileKey, Pkcs12Key
from devices.signer.opening import BadKeySetting, RehearsalKey, is_file, open_key
from devices.signer.scripted import ScriptedKey
from devices.signer.token import TokenKey

__all__ = [
    "BadKeySetting",
    "EncryptedFileKey",
    "Pkcs12Key",
    "RehearsalKey",
    "ScriptedKey",
    "TokenKey",
    "is_file",
    "open_key",
]
