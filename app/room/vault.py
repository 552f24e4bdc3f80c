"""The list of members: names, document numbers, portraits, sealed under the vault's key, found by keyed hash."""

from __future__ import annotations

import hmac
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.ports.ambient import Randomness
from app.ports.store import SealedPerson, Store, Transaction
from app.room.refusal import RoomRefusal

PORTRAIT, AUTHORISATION = "portrait", "authorisation"
"""Papers of a person, each sealed by itself, so that a look at the name opens no picture."""

_NONCE_BYTES = 12


@dataclass(frozen=True)
class Person:
    """What the list says of one member of one evaluation. No repr: it must never reach a log."""

    stream: str
    ref: str
    name: str = field(repr=False)
    document: str = field(repr=False)
    employer: str = field(repr=False)
    specialities: tuple[str, ...] = field(repr=False)
    phone: str | None = field(repr=False)

    @property
    def greeting(self) -> str:
        """The family name and two stars, as a public screen may show it."""
        return self.name[:1] + "**"


class Vault:
    """Persons of the evaluations, by reference or by their document number's keyed hash (in memory only)."""

    def __init__(self, store: Store, vault_key: bytes, lookup_key: bytes, randomness: Randomness) -> None:
        self._store = store
        self._box = AESGCM(vault_key)
        self._lookup_key = lookup_key
        self._randomness = randomness
        self._index: dict[bytes, list[tuple[str, str]]] = {}
        for sealed in store.persons():
            self.add_to_index(self._opened(sealed))

    def add_to_index(self, person: Person) -> None:
        """Make a person findable; called once the person is on the disk."""
        self._index.setdefault(self._hash(person.document), []).append((person.stream, person.ref))

    def put(self, tx: Transaction, person: Person, papers: dict[str, bytes]) -> None:
        """Seal a person and papers into the store, within the transaction of the import."""
        content = json.dumps(asdict(person), ensure_ascii=False).encode()
        tx.put_person(person.ref, self._seal(content, person.ref, "person"))
        for kind, data in papers.items():
            tx.put_template(person.ref, kind, 1, self._seal(data, person.ref, kind))

    def find(self, document: str) -> Sequence[tuple[str, str]]:
        """Stream and reference of everyone with this document number."""
        return tuple(self._index.get(self._hash(document), ()))

    def person(self, ref: str) -> Person | None:
        """One person. Whoever asks writes the look into the journal."""
        sealed = self._store.person(ref)
        return None if sealed is None else self._opened(sealed)

    def persons(self, stream: str) -> list[Person]:
        """Everyone of an evaluation, by reference."""
        everyone = (self._opened(sealed) for sealed in self._store.persons())
        return [person for person in everyone if person.stream == stream]

    def paper(self, ref: str, kind: str) -> bytes | None:
        """A person's portrait or letter of authorisation. Whoever asks writes the look into the journal."""
        found = next((t for t in self._store.templates(ref) if t.model == kind), None)
        return None if found is None else self._unseal(found.sealed, ref, kind)

    def seal_secret(self, content: bytes, name: str) -> str:
        """A secret of the room that has to outlive a restart, sealed for a setting of this name."""
        return self._seal(content, name, "secret").hex()

    def unseal_secret(self, sealed: str, name: str) -> bytes:
        """The secret. Raises `RoomRefusal` `key_differs` where it was sealed under another key or name."""
        return self._unseal(bytes.fromhex(sealed), name, "secret")

    def _opened(self, sealed: SealedPerson) -> Person:
        found = json.loads(self._unseal(sealed.sealed, sealed.ref, "person"))
        return Person(**found | {"specialities": tuple(found["specialities"])})

    def _hash(self, document: str) -> bytes:
        plain = "".join(unicodedata.normalize("NFKC", document).split()).upper()
        return hmac.digest(self._lookup_key, b"kawei/document/1" + plain.encode(), "sha256")

    def _seal(self, content: bytes, ref: str, kind: str) -> bytes:
        nonce = self._randomness.token_bytes(_NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, content, _bound(ref, kind))

    def _unseal(self, sealed: bytes, ref: str, kind: str) -> bytes:
        try:
            return self._box.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(ref, kind))
        except InvalidTag:
            raise RoomRefusal("key_differs", "vault") from None


def _bound(ref: str, kind: str) -> bytes:
    return f"kawei/vault/1 {kind} {ref}".encode()
