"""What a machine keeps on its own disk while it must: small JSON values, each in its own encrypted file."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.journal import SealedValue, SealingFault, open_value, seal_value
from app.link.identity import write_private

_PURPOSE = "device-safe"


class Safe:
    """A folder of encrypted values by name. Names are hashed, so that a finder learns none of them."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """`key` is one of the machine's own 32-byte keys."""
        self._folder = folder
        self._key = key
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, name: str, value: Any) -> None:
        """Keep a value in place of an older one; on the disk when this returns."""
        bound = {"name": name}
        sealed = seal_value(self._key, secrets.token_bytes(12), _PURPOSE, bound, {"name": name, "value": value})
        content = json.dumps({"name": self._hidden(name), **sealed.to_json()}).encode()
        write_private(self._path(name), content)

    def get(self, name: str) -> Any:
        """The value kept under `name`, or None; a damaged file counts as absent."""
        return self._read(self._path(name), name)

    def drop(self, name: str) -> None:
        """Forget a value."""
        self._path(name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything."""
        for path in self._folder.iterdir():
            path.unlink(missing_ok=True)

    def __len__(self) -> int:
        return sum(1 for _ in self._folder.glob("*.sealed"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{self._hidden(name)}.sealed"

    def _hidden(self, name: str) -> str:
        return hashlib.sha256(self._key + name.encode()).hexdigest()[:32]

    def _read(self, path: Path, name: str) -> Any:
        try:
            data = json.loads(path.read_bytes())
            data.pop("name")
            sealed = SealedValue.from_json(data)
            found = open_value(self._key, sealed, _PURPOSE, {"name": name})
        except (OSError, ValueError, KeyError, SealingFault):
            return None
        return found["value"] if isinstance(found, dict) else None


class Outbox:
    """Commands and drafts that the room has not acknowledged yet, oldest first; survives a power cut."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._lock = threading.RLock()
        """The window adds while the link's thread takes out."""
        self._index: list[str] = list(safe.get("index") or [])

    def add(self, name: str, value: dict[str, Any]) -> None:
        """Keep a value under `name`; a value that has the name already is replaced and keeps its turn."""
        with self._lock:
            self._safe.put(f"item/{name}", value)
            if name not in self._index:
                self._index.append(name)
                self._safe.put("index", self._index)

    def done(self, name: str, sent: dict[str, Any]) -> bool:
        """The room has what was `sent`; False where a newer value took its place meanwhile, which still waits."""
        with self._lock:
            if self.get(name) not in (sent, None):
                return False
            if name in self._index:
                self._index.remove(name)
                self._safe.put("index", self._index)
            self._safe.drop(f"item/{name}")
            return True

    def get(self, name: str) -> dict[str, Any] | None:
        """One value that still waits."""
        return self._safe.get(f"item/{name}") if name in self._index else None

    def waiting(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What still waits, oldest first."""
        for name in tuple(self._index):
            value = self._safe.get(f"item/{name}")
            if value is not None:
                yield name, value

    def __len__(self) -> int:
        return len(self._index)
