"""What a machine keeps on its own disk while it must: small JSON values, each in its own encrypted file."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.journal import SealedValue, SealingFault, open_value, seal_value
from app.link.disk import private_folder, write_private

_PURPOSE = "device-safe"
_NAME = b"kawei/safe/name/1"
_SUFFIX = ".sealed"
_ASIDE = ".unreadable"


class Safe:
    """A folder of encrypted values by name. File names are keyed hashes, so that a finder of the disk learns none."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """`key` is one of the machine's own 32-byte keys."""
        self._folder = folder
        self._key = key
        private_folder(folder)

    def put(self, name: str, value: Any) -> None:
        """Keep a value in place of an older one; on the disk when this returns. Raises `OSError`."""
        path = self._path(name)
        sealed = seal_value(
            self._key, secrets.token_bytes(12), _PURPOSE, {"file": path.stem}, {"name": name, "value": value}
        )
        write_private(path, json.dumps(sealed.to_json()).encode())

    def get(self, name: str) -> Any:
        """The value kept under `name`, or None; a damaged file counts as absent."""
        found = self._read(self._path(name))
        return None if found is None else found["value"]

    def drop(self, name: str) -> None:
        """Forget a value."""
        self._path(name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything, what cannot be read included."""
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every value that can be read, with its name, in no order."""
        for path in self._files():
            found = self._read(path)
            if found is not None:
                yield found["name"], found["value"]

    def set_aside(self) -> int:
        """Rename files that cannot be read (damaged, or of another secret), so that they are told of once and not
        lost; returns how many there were."""
        unreadable = [path for path in self._files() if self._read(path) is None]
        for path in unreadable:
            path.rename(path.with_suffix(_ASIDE))
        return len(unreadable)

    def __len__(self) -> int:
        return len(self._files())

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{_SUFFIX}"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{hmac.digest(self._key, _NAME + name.encode(), 'sha256').hex()[:32]}{_SUFFIX}"

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            sealed = SealedValue.from_json(json.loads(path.read_bytes()))
            found = open_value(self._key, sealed, _PURPOSE, {"file": path.stem})
        except (OSError, ValueError, SealingFault):
            return None
        return found if isinstance(found, dict) else None
