"""The list of members: names, document numbers, portraits, sealed under the vault's key, found by keyed hash."""

from __future__ import annotations

import hmac
import json
import unicodedata
from collections.abc import Mapping, Sequence
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
        self._with_portraits: dict[str, frozenset[str]] = {}
        for sealed in store.persons():
            person = self._opened(sealed)
            self.add_to_index(person, portrait=any(paper.model == PORTRAIT for paper in store.templates(person.ref)))

    def add_to_index(self, person: Person, *, portrait: bool) -> None:
        """Make a person findable; called once the person is on the disk."""
        self._index.setdefault(self.digest_of(person.document), []).append((person.stream, person.ref))
        if portrait:
            known = self._with_portraits.get(person.stream, frozenset())
            self._with_portraits[person.stream] = known | {person.ref}

    def put(self, tx: Transaction, person: Person, papers: dict[str, bytes]) -> None:
        """Seal a person and papers into the store, within the transaction of the import."""
        content = json.dumps(asdict(person), ensure_ascii=False).encode()
        tx.put_person(person.ref, self.seal(content, person.ref, "person"))
        for kind, data in papers.items():
            tx.put_template(person.ref, kind, 1, self.seal(data, person.ref, kind))

    def find(self, document: str) -> Sequence[tuple[str, str]]:
        """Stream and reference of everyone with this document number."""
        return self.found(self.digest_of(document))

    def found(self, digest: bytes) -> Sequence[tuple[str, str]]:
        """The same by the document number's keyed hash."""
        return tuple(self._index.get(digest, ()))

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
        return None if found is None else self.unseal(found.sealed, ref, kind)

    def with_portraits(self) -> Mapping[str, frozenset[str]]:
        """By evaluation, the members of its list whose portraits are on the disk."""
        return self._with_portraits

    def forget_portraits(self, tx: Transaction, refs: frozenset[str]) -> None:
        """Delete portraits, within the transaction of the entry that tells of it."""
        for ref in sorted(refs):
            tx.delete_template(ref, PORTRAIT)

    def without_portraits(self, stream: str) -> None:
        """An evaluation's portraits are gone; called once they are."""
        self._with_portraits = {other: refs for other, refs in self._with_portraits.items() if other != stream}

    def seal_secret(self, content: bytes, name: str) -> str:
        """A secret of the room that has to outlive a restart, sealed for a setting of this name."""
        return self.seal(content, name, "secret").hex()

    def unseal_secret(self, sealed: str, name: str) -> bytes:
        """The secret. Raises `RoomRefusal` `key_differs` where it was sealed under another key or name."""
        return self.unseal(bytes.fromhex(sealed), name, "secret")

    def _opened(self, sealed: SealedPerson) -> Person:
        found = json.loads(self.unseal(sealed.sealed, sealed.ref, "person"))
        return Person(**found | {"specialities": tuple(found["specialities"])})

    def digest_of(self, document: str) -> bytes:
        """The keyed hash of a document number, however it was typed."""
        plain = "".join(unicodedata.normalize("NFKC", document).split()).upper()
        return hmac.digest(self._lookup_key, b"kawei/document/1" + plain.encode(), "sha256")

    def seal(self, content: bytes, ref: str, kind: str) -> bytes:
        """Seal something of a person, bound to the reference and to what it is."""
        nonce = self._randomness.token_bytes(_NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, content, _bound(ref, kind))

    def unseal(self, sealed: bytes, ref: str, kind: str) -> bytes:
        """It again; raises `RoomRefusal` `key_differs` where key, reference, kind or a single bit is not the one."""
        try:
            return self._box.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(ref, kind))
        except InvalidTag:
            raise RoomRefusal("key_differs", "vault") from None


def _bound(ref: str, kind: str) -> bytes:
    return f"kawei/vault/1 {kind} {ref}".encode()
