"""Which machine a connection is, by the certificate it showed; a machine that is shut out loses its connections."""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import NameOID

from app.evaluation.room.events import DeviceRevoked
from app.room.refusal import RoomRefusal
from app.room.streams import Line
from app.room.writer import Writer


class Peers:
    """Every encrypted connection with its machine. A certificate counts only over the key that the journal knows."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._known: WeakKeyDictionary[asyncio.BaseTransport, tuple[str, str]] = WeakKeyDictionary()
        writer.listeners.append(self._arrived)

    def machine(self, request: web.Request) -> str | None:
        """The machine that speaks; None where the line is plain or may be a stranger's.

        Raises `RoomRefusal` `no_session` for a machine that was shut out, or whose key is another."""
        transport = request.transport
        tls = transport.get_extra_info("ssl_object") if transport is not None else None
        der = tls.getpeercert(binary_form=True) if tls is not None else None
        if transport is None or not der:
            return None
        if transport not in self._known:
            self._known[transport] = _told(x509.load_der_x509_certificate(der))
        device, key = self._known[transport]
        found = self._writer.book.room.devices.get(device)
        if found is None or found.revoked or found.public_key != key:
            raise RoomRefusal("no_session")
        return device

    def _arrived(self, lines: list[Line]) -> None:
        gone = {line.event.device for line in lines if isinstance(line.event, DeviceRevoked)}
        for transport, (device, _) in list(self._known.items()) if gone else ():
            if device in gone and isinstance(transport, asyncio.Transport):
                transport.abort()


def _told(certificate: x509.Certificate) -> tuple[str, str]:
    """Name and public key (hex) of a certificate that the authority signed."""
    name = str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    key = certificate.public_key()
    return name, key.public_bytes_raw().hex() if isinstance(key, Ed25519PublicKey) else ""
