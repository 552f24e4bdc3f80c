"""The register of enrolled experts: templates sealed to a reference, found by the keyed hash of a document number."""

from __future__ import annotations

from collections.abc import Sequence

from app.ports.face import Template, TemplateVault
from app.ports.store import Store, Transaction
from app.room.refusal import RoomRefusal
from app.room.streams import Page
from app.room.vault import Vault

_KIND = "expert"


class FaceRegister:
    """Keeps no name, no number and no picture: a reference by chance, a keyed hash, a template, each sealed.

    Templates are sealed under a key of their own, bound to reference, model and version; whom a reference stands for
    is sealed under the vault's key. Both keys lie beside the database, never in it. Who is enrolled is known in memory
    by hash; raises `RoomRefusal` `key_differs` at the start where the keys are not those of the data.
    """

    def __init__(self, store: Store, vault: Vault, templates: TemplateVault) -> None:
        self._store = store
        self._vault = vault
        self._templates = templates
        self._hashes: dict[str, bytes] = {}
        for expert in store.experts():
            self._hashes[expert.ref] = vault.unseal(expert.sealed, expert.ref, _KIND)
            for kept in store.templates(expert.ref):
                self._opened(expert.ref, kept.model, kept.version, kept.sealed)

    def put(self, page: Page, expert: str, digest: bytes, template: Template) -> None:
        """Keep an expert's template, in the transaction of its entry."""

        def effect(tx: Transaction) -> None:
            tx.put_expert(expert, self._vault.seal(digest, expert, _KIND))
            tx.put_template(expert, template.model, template.version, self._templates.seal(expert, template))

        page.also(effect)
        page.afterwards(lambda: self._hashes.__setitem__(expert, digest))

    def drop(self, page: Page, expert: str) -> None:
        """Delete an expert's template and all that led to the person, in the transaction of its entry."""
        page.also(lambda tx: tx.delete_expert(expert))
        page.afterwards(lambda: self._hashes.pop(expert, None))

    def digest_of(self, expert: str) -> bytes | None:
        """The keyed hash of the document that was shown; None for a reference that is not in the register."""
        return self._hashes.get(expert)

    def experts_of(self, digest: bytes) -> Sequence[str]:
        """The references enrolled under a document, in no order that means anything."""
        return tuple(expert for expert, kept in self._hashes.items() if kept == digest)

    def template(self, expert: str, model: str, version: int) -> Template | None:
        """An expert's template of this model and version. Whoever asks writes the look into the journal."""
        found = [t for t in self._store.templates(expert) if (t.model, t.version) == (model, version)]
        return self._opened(expert, model, version, found[0].sealed) if found else None

    def _opened(self, expert: str, model: str, version: int, sealed: bytes) -> Template:
        try:
            return self._templates.open(expert, model, version, sealed)
        except ValueError:
            raise RoomRefusal("key_differs", "faces") from None
