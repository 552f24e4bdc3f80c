"""The seeds of blind marks: drawn by the room, sealed in its vault, shown to nobody, opened behind the marks."""

from __future__ import annotations

from app import drawing
from app.evaluation.actor import SYSTEM
from app.evaluation.matters.blind import DealCodes, OpenCodes, to_deal, to_open
from app.ports.ambient import Randomness
from app.ports.store import Store
from app.room.streams import Page
from app.room.vault import Vault
from app.room.writer import Writer

_SETTING = "codes "


class Seeds:
    """A seed is on the disk, sealed, in the same transaction as the entry that commits to it; so it is there after
    every restart. Views are made with it, and no answer of the room ever holds it before it is opened."""

    def __init__(self, writer: Writer, store: Store, vault: Vault, randomness: Randomness) -> None:
        self._writer, self._vault, self._randomness = writer, vault, randomness
        self._known: dict[tuple[str, str], bytes] = {}
        for key, sealed in store.settings().items():
            if key.startswith(_SETTING):
                stream, lot = key.removeprefix(_SETTING).split(" ", maxsplit=1)
                self._known[stream, lot] = vault.unseal_secret(sealed, key)

    def of(self, stream: str) -> dict[str, bytes]:
        """The seeds of an evaluation's lots whose codes are dealt and not opened."""
        return {lot: seed for (of, lot), seed in self._known.items() if of == stream}

    async def deal(self, stream: str, lot: str) -> None:
        """Deal the codes of a lot."""
        seed = self._randomness.token_bytes(drawing.SEED_BYTES)
        key = f"{_SETTING}{stream} {lot}"
        sealed = self._vault.seal_secret(seed, key)

        def work(page: Page) -> None:
            if lot not in to_deal(page.evaluation(stream)):
                return
            page.act(stream, DealCodes(lot, drawing.codes_commitment(stream, lot, seed)), SYSTEM)
            page.also(lambda tx: tx.put_setting(key, sealed))
            page.afterwards(lambda: self._known.__setitem__((stream, lot), seed))

        await self._writer.run(work)

    async def open(self, stream: str, lot: str) -> None:
        """Open them, one way; from here on the seed stands in the journal."""
        seed = self._known[stream, lot]

        def work(page: Page) -> None:
            if lot not in to_open(page.evaluation(stream)):
                return
            page.act(stream, OpenCodes(lot, seed.hex()), SYSTEM)
            page.also(lambda tx: tx.delete_setting(f"{_SETTING}{stream} {lot}"))
            page.afterwards(lambda: self._known.pop((stream, lot), None))

        await self._writer.run(work)
