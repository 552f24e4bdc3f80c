"""How a machine and its room know each other on the line: the room's authority, the machine's certificate."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.link.faults import LinkFault
from app.link.identity import Identity

SERVER_NAME = "room.kawei"
"""The name that the certificate of every room's server has, whatever its address."""

_RENEWED_WITHIN = timedelta(days=60)
_MARK_BYTES = 10
_MOST = 1 << 16


def parts_of_code(code: str) -> tuple[str, str]:
    """The one-time code itself, and what it carries of the room's authority (empty where it carries nothing)."""
    plain, _, mark = code.partition(".")
    return plain, mark


def check_authority(pem: str, mark: str) -> None:
    """Raise `LinkFault` `other_room` unless this is the authority that the code names."""
    try:
        der = x509.load_pem_x509_certificate(pem.encode()).public_bytes(serialization.Encoding.DER)
    except ValueError:
        raise LinkFault("bad_answer", "/authority") from None
    found = base64.b32encode(hashlib.sha256(der).digest()[:_MARK_BYTES]).decode()
    if not mark or found != "".join(c for c in mark.upper() if c.isalnum()):
        raise LinkFault("other_room", "/authority")


def context_for(identity: Identity) -> ssl.SSLContext:
    """What this machine shows and asks for: TLS 1.3, one authority alone, its own certificate if it has one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_verify_locations(cadata=identity.authority)
        if identity.certificate:
            _load(context, identity)
    except (ssl.SSLError, ValueError):
        raise LinkFault("bad_state", "certificate") from None
    return context


def is_due(identity: Identity) -> bool:
    """Whether the machine's certificate is to be renewed."""
    if not identity.certificate:
        return False
    ends = x509.load_pem_x509_certificate(identity.certificate.encode()).not_valid_after_utc
    return datetime.now(UTC) > ends - _RENEWED_WITHIN


def _load(context: ssl.SSLContext, identity: Identity) -> None:
    """Python takes a key from a file only: one that lives in memory where the system has that, else for a moment."""
    key = Ed25519PrivateKey.from_private_bytes(identity.key("sign"))
    kept = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    content = identity.certificate.encode() + kept
    if hasattr(os, "memfd_create"):
        handle = os.memfd_create("kawei", os.MFD_CLOEXEC)
        try:
            os.write(handle, content)
            context.load_cert_chain(f"/proc/self/fd/{handle}")
        finally:
            os.close(handle)
        return
    with tempfile.TemporaryDirectory() as folder:  # of mode 0700
        file = Path(folder) / "machine.pem"
        file.write_bytes(content)
        context.load_cert_chain(file)


def enrolment_door(url: str) -> str:
    """Where a machine without a certificate enrols: the port behind the room's own."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"https://{host}:{(parts.port or 443) + 1}"


def authority_at(door: str, patience_s: float) -> str:
    """The authority that whoever answers at the door for strangers calls its own: to be held against the code."""
    parts = urlsplit(door)
    open_to_all = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    open_to_all.check_hostname = False
    open_to_all.verify_mode = ssl.CERT_NONE
    line = HTTPSConnection(parts.hostname or "", parts.port, timeout=patience_s, context=open_to_all)
    try:
        line.request("GET", "/api/v1/authority")
        return str(json.loads(line.getresponse().read(_MOST))["authority"])
    except (OSError, HTTPException):
        raise LinkFault("room_away", "/authority") from None
    except (ValueError, KeyError, TypeError):
        raise LinkFault("bad_answer", "/authority") from None
    finally:
        line.close()
