"""The load of `bench room`: 200 seats that type, committees that are told something, everybody listening."""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from _room_house import CONSOLES, EACH, SEATS, stream_of

RATES = (200, 1000)
OF_TEN = 1
"""Of ten events so many are commands, entered and told to a committee and the consoles; the others are drafts."""
_PATIENCE = 3
"""So many times as long as the events take to come, they may take to be answered."""
SEALED = "x" * 11_000
"""As long as a sealed draft of a usual sheet."""


@dataclass
class Measured:
    """Seconds of each acknowledgement and each message told; CPU and memory of the server's process."""

    acks: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    faults: int = 0
    given_up: int = 0
    """Seats and committees whose events were not all answered in the end."""
    cpu_s: float = 0.0
    rss_mb: float = 0.0

    def at(self, share: float, what: str = "acks") -> float:
        """A percentile in milliseconds."""
        found = sorted(getattr(self, what))
        return round(found[min(len(found) - 1, int(len(found) * share))] * 1000, 1) if found else float("nan")


class House:
    """One server in a process of its own, with everybody connected."""

    def __init__(self, kind: str, folder: Path, url: str, certificate: str) -> None:
        script = str(Path(__file__).with_name("_room_house.py"))
        command = [sys.executable, script, kind, str(folder), url, certificate]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self.tokens, self.round = told["tokens"], told["round"]
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{told['port']}"
        self.tls: ssl.SSLContext | bool = ssl.create_default_context(cafile=certificate) if certificate else True
        self.measured: dict[int, Measured] = {}
        self.versions = [0] * SEATS
        self.broadcasting = [False] * (SEATS // EACH)

    def cpu_s(self) -> float:
        """CPU time of the server's process so far."""
        numbers = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def rss_mb(self) -> float:
        """Memory of the server's process now."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text("ascii").splitlines()
        return round(int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024, 1)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(30)
        assert self._process.stdout is not None
        self._process.stdout.close()

    # --- under load

    async def load(self, rate: int, seconds: float) -> None:
        """Everybody listens, and so many events a second come at their moments, whether the last is answered or not."""
        found = self.measured.setdefault(rate, Measured())
        connector = aiohttp.TCPConnector(limit=0, ssl=self.tls)
        async with aiohttp.ClientSession(self.url, connector=connector) as client:
            machines = [(f"seat-s{k:03}", stream_of(k // EACH)) for k in range(SEATS)]
            machines += [(role, "consoles") for role in CONSOLES]
            after, there = await self._position(client), [asyncio.Event() for _ in machines]
            listening = [
                asyncio.create_task(self._hear(client, *one, after, event, found.told))
                for one, event in zip(machines, there, strict=True)
            ]
            await asyncio.gather(*(event.wait() for event in there))
            await self._quiet(client)
            begun, cpu = time.perf_counter(), self.cpu_s()
            seats, groups = rate * (10 - OF_TEN) / 10 / SEATS, rate * OF_TEN / 10 / len(self.broadcasting)
            ways = [self._seat(client, k, begun, seats, seconds, found) for k in range(SEATS)]
            ways += [self._group(client, k, begun, groups, seconds, found) for k in range(len(self.broadcasting))]
            # A server that cannot follow is not waited for without end: what it has not answered by then is counted.
            _, late = await asyncio.wait([asyncio.create_task(way) for way in ways], timeout=seconds * _PATIENCE)
            found.given_up += len(late)
            for one in late:
                one.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            found.cpu_s += self.cpu_s() - cpu
            found.rss_mb = max(found.rss_mb, self.rss_mb())
            await asyncio.sleep(0.2)
            for one in listening:
                one.cancel()
            await asyncio.gather(*listening, return_exceptions=True)

    def _headers(self, device: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens.get(device, '')}"}

    async def _hear(
        self,
        client: aiohttp.ClientSession,
        device: str,
        group: str,
        after: int,
        there: asyncio.Event,
        told: list[float],
    ) -> None:
        query = {"after": str(after), "group": group}
        async with client.ws_connect("/api/v1/stream", params=query, headers=self._headers(device)) as socket:
            there.set()
            async for message in socket:
                at, now = message.data.find('"text": "t='), time.perf_counter()
                if at >= 0:
                    told.append(now - float(message.data[at + 11 : at + 29].partition('"')[0]))

    async def _position(self, client: aiohttp.ClientSession) -> int:
        async with client.get("/api/v1/health") as answer:
            return int((await answer.json())["position"])

    async def _quiet(self, client: aiohttp.ClientSession) -> None:
        """Until everybody's coming is written and told."""
        before = -1
        while before != (before := await self._position(client)):
            await asyncio.sleep(0.5)

    async def _seat(
        self, client: aiohttp.ClientSession, k: int, begun: float, a_second: float, seconds: float, found: Measured
    ) -> None:
        place = f"/api/v1/drafts/{stream_of(k // EACH).replace('/', '~')}/1/marks/{self.round}"
        headers = self._headers(f"seat-s{k:03}")
        for due in _moments(begun, a_second, seconds, k / SEATS):
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self.versions[k] += 1
            body = {"version": self.versions[k], "sealed": SEALED}
            async with client.put(place, json=body, headers=headers) as answer:
                await answer.read()
                found.faults += answer.status != 200
            found.acks.append(time.perf_counter() - due)

    async def _group(
        self, client: aiohttp.ClientSession, k: int, begun: float, a_second: float, seconds: float, found: Measured
    ) -> None:
        headers = self._headers("centre")
        for due in _moments(begun, a_second, seconds, k / len(self.broadcasting)):
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            kind = "EndBroadcast" if self.broadcasting[k] else "Broadcast"
            data = {} if self.broadcasting[k] else {"text": f"t={time.perf_counter():.6f}", "spoken": False}
            body = {"id": str(uuid.uuid4()), "stream": stream_of(k), "type": kind, "data": data}
            async with client.post("/api/v1/commands", json=body, headers=headers) as answer:
                await answer.read()
                found.faults += answer.status != 200
            self.broadcasting[k] = not self.broadcasting[k]
            found.acks.append(time.perf_counter() - due)


def _moments(begun: float, a_second: float, seconds: float, phase: float) -> Iterator[float]:
    for number in range(int(a_second * seconds)):
        yield begun + (number + phase) / a_second
