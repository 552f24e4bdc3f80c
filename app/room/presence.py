"""Which machines are there: their live streams counted, coming and going written into the journal."""

from __future__ import annotations

from collections import Counter

from app.evaluation.actor import SYSTEM
from app.evaluation.room import commands as rc
from app.evaluation.room.model import Device
from app.ports.store import StoreFault
from app.room.streams import Page
from app.room.writer import Writer

ABSENT, CONNECTED, LOST = "absent", "connected", "lost"


class Presence:
    """A machine is `lost` when its stream broke since the room began, `absent` before its first."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._streams: Counter[str] = Counter()
        self._lost: set[str] = set()
        self._owed: set[str] = set()
        """Machines whose coming or going the disk did not take. They are served all the same, and told why."""

    async def begin(self) -> None:
        """Note that machines which were connected when the room went down are not any more."""

        def work(page: Page) -> list[str]:
            gone = [device.id for device in page.book.room.devices.values() if device.connected]
            for device in gone:
                page.act_room(rc.DisconnectDevice(device), SYSTEM)
            return gone

        self._lost |= set(await self._writer.run(work))

    async def came(self, device: str) -> None:
        """A live stream of the machine began."""
        self._streams[device] += 1
        self._lost.discard(device)
        await self._settle(device)

    async def went(self, device: str) -> None:
        """A live stream of the machine ended."""
        self._streams[device] -= 1
        if not self._streams[device]:
            self._lost.add(device)
        await self._settle(device)

    async def catch_up(self) -> None:
        """Write what is owed."""
        owed, self._owed = self._owed, set()
        for device in owed:
            await self._settle(device)

    async def _settle(self, device: str) -> None:
        """Write what is true now: of two quick changes only the last counts."""

        def work(page: Page) -> None:
            found = page.book.room.devices.get(device)
            there = self._streams[device] > 0
            if found is None or found.revoked or found.connected == there:
                return
            page.act_room(rc.ConnectDevice(device) if there else rc.DisconnectDevice(device), SYSTEM)

        try:
            await self._writer.run(work)
        except StoreFault:
            self._owed.add(device)

    def state(self, device: Device | None) -> str:
        """`absent`, `connected` or `lost`."""
        if device is None:
            return ABSENT
        if device.connected:
            return CONNECTED
        return LOST if device.id in self._lost else ABSENT
