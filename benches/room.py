"""The room server under 200 seats: how soon it acknowledges and tells, beside a bare loop that only keeps."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "storage"))
sys.path.insert(0, str(ROOT / "benches"))

from _room_house import SEATS  # noqa: E402 - where this file lies
from _room_load import RATES, House  # noqa: E402

SLICES, LONG_S, SHORT_S = 3, 4.0, 2.0
WARM_UP = 100
"""Events a second before anything is measured: the room offers its keys and loads what it has not needed yet."""
GOAL = 1.5


def _certificate(folder: Path) -> str:
    """A certificate for this machine's own address, with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench")]), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = made.add_extension(address, critical=False).sign(key, SHA256())
    clear = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, clear)
    path = folder / "bench.pem"
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return str(path)


@contextmanager
def _databases(engine: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Addresses for the room and for the bare loop."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'kawei.sqlite'}", "sqlite"
        return
    from storage_ground import Server

    server = Server(durable=True)
    try:
        yield server.url, server.url
    finally:
        server.stop()


def _case(engine: str, encrypted: bool, seconds: float) -> dict[str, Any]:
    """Room and bare loop in turns, so that both have the same neighbours on the machine."""
    with tempfile.TemporaryDirectory(prefix="kawei-bench-") as name, ExitStack() as ends:
        folder = Path(name)
        databases = ends.enter_context(_databases(engine, folder))
        certificate = _certificate(folder) if encrypted else ""
        houses = {}
        for kind, url in zip(("room", "bare"), databases, strict=True):
            houses[kind] = House(kind, folder, url, certificate)
            ends.callback(houses[kind].stop)
        for rate in (WARM_UP, *RATES):
            for _ in range(SLICES if rate in RATES else 1):
                for house in houses.values():
                    asyncio.run(house.load(rate, seconds))
        return {str(rate): _figures(houses, rate, seconds * SLICES) for rate in RATES}


def _figures(houses: dict[str, House], rate: int, seconds: float) -> dict[str, Any]:
    ours, bare = (houses[kind].measured[rate] for kind in ("room", "bare"))
    return {
        "ack_p50_ms": ours.at(0.5),
        "ack_p99_ms": ours.at(0.99),
        "told_p99_ms": ours.at(0.99, "told"),
        "bare_ack_p50_ms": bare.at(0.5),
        "bare_ack_p99_ms": bare.at(0.99),
        "bare_told_p99_ms": bare.at(0.99, "told"),
        "ratio_p99": round(ours.at(0.99) / bare.at(0.99), 2),
        "core": round(ours.cpu_s / seconds, 2),
        "bare_core": round(bare.cpu_s / seconds, 2),
        "cpu_ms": round(ours.cpu_s * 1000 / max(1, len(ours.acks)), 2),
        "bare_cpu_ms": round(bare.cpu_s * 1000 / max(1, len(bare.acks)), 2),
        "memory_mb": ours.rss_mb,
        "events": len(ours.acks),
        "told": len(ours.told),
        "faults": ours.faults + bare.faults,
        "given_up": ours.given_up,
        "bare_given_up": bare.given_up,
    }


def run() -> dict[str, Any]:
    """For each database and line: at so many events a second the acknowledgement's percentiles and how late what is
    told arrives, of the room and of the bare loop; `ratio_p99` is the room's over the bare loop's (`goal`), `core`
    how much of a core the server's process took, `cpu_ms` how much of it an event took. The short form is SQLite
    without encryption; `KAWEI_BENCH_ROOM=long` measures all four, about a minute each. `table` has a row for each."""
    long = os.environ.get("KAWEI_BENCH_ROOM") == "long"
    cases = [(e, t) for e in ("sqlite", "postgresql") for t in (False, True)] if long else [("sqlite", False)]
    found: dict[str, Any] = {"seats": SEATS, "goal": GOAL}
    for engine, encrypted in cases:
        found[f"{engine}{' tls' if encrypted else ''}"] = _case(engine, encrypted, LONG_S if long else SHORT_S)
    return found | {"table": _table(found)}


def _table(found: dict[str, Any]) -> list[str]:
    """All cases as rows of Markdown, the room before the bare loop."""
    rows = [
        "| case | events/s | ack p50 / p99 ms | bare loop | ratio p99 | told p99 ms | CPU ms an event | MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for case, rates in found.items():
        for rate, one in rates.items() if isinstance(rates, dict) else ():
            ours, bare = (f"{one[f'{who}ack_p50_ms']} / {one[f'{who}ack_p99_ms']}" for who in ("", "bare_"))
            told, cpu = (f"{one[what]}, bare {one[f'bare_{what}']}" for what in ("told_p99_ms", "cpu_ms"))
            rows.append(
                f"| {case} | {rate} | {ours} | {bare} | {one['ratio_p99']} | {told} | {cpu} | {one['memory_mb']} |"
            )
    return rows
