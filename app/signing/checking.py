"""Checking a signed report without network or clock: every revision, every signature, at the time the journal gives."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.errors import ValidationError

from app.signing.certificates import context_of, fingerprint_of


class BadSignature(Exception):
    """A signed report is not what the journal says; `part` is what is wrong, `field` whose signature."""

    def __init__(self, part: str, field: str = "") -> None:
        super().__init__(part, field)
        self.part, self.field = part, field


@dataclass(frozen=True)
class Revision:
    """One signature as the journal has it: the field, the report's bytes with it, the certificate, the time."""

    field: str
    sha256: str
    bytes: int
    fingerprint: str
    at: datetime


def check(
    signed: bytes,
    issued: tuple[str, int],
    opened: tuple[str, int],
    revisions: Sequence[Revision],
    authorities: Sequence[bytes],
    *,
    revocation: bool = False,
) -> None:
    """Raise `BadSignature` unless `signed` is the issued report, opened for signing and signed by all of `revisions`.

    With `revocation` each certificate has to be told good by a list that lies in the report itself. `issued` and
    `opened` are SHA-256 (hex) and length of the report before and with its fields. Runs its own event
    loop: not for a thread that has one.
    """
    for part, (digest, size) in (("issued", issued), ("fields", opened)):
        _begins(signed, digest, size, part)
    for one in revisions:
        _begins(signed, one.sha256, one.bytes, "revision", one.field)
    last = revisions[-1].bytes if revisions else opened[1]
    if len(signed) != last:
        raise BadSignature("appended")
    try:
        reader = PdfFileReader(io.BytesIO(signed))
        found = reader.embedded_regular_signatures
        crls = _lists(reader) if revocation else ()
    except (PdfError, ValueError):
        raise BadSignature("pdf") from None
    if [one.field_name for one in found] != [one.field for one in revisions]:
        raise BadSignature("fields")
    for signature, one in zip(found, revisions, strict=True):
        asyncio.run(_valid(signature, one, authorities, crls))


def _lists(reader: PdfFileReader) -> tuple[bytes, ...]:
    """The revocation lists in the report; where none is there, nothing tells of its certificates."""
    try:
        lists = DocumentSecurityStore.read_dss(reader).crls
    except NoDSSFoundError:
        raise BadSignature("revocation") from None
    return tuple(one.get_object().data for one in lists)


def _begins(signed: bytes, digest: str, size: int, part: str, field: str = "") -> None:
    if len(signed) < size or hashlib.sha256(signed[:size]).hexdigest() != digest:
        raise BadSignature(part, field)


async def _valid(
    signature: EmbeddedPdfSignature, one: Revision, authorities: Sequence[bytes], crls: Sequence[bytes]
) -> None:
    own = signature.signer_cert
    if own is None or fingerprint_of(own.dump()) != one.fingerprint:
        raise BadSignature("certificate", one.field)
    context = context_of(authorities, [cert.dump() for cert in signature.other_embedded_certs], one.at, crls)
    try:
        status = await async_validate_pdf_signature(signature, context, context)
    except (SignatureValidationError, ValidationError, PdfError, ValueError):
        raise BadSignature("signature", one.field) from None
    if not status.intact or not status.valid:
        raise BadSignature("signature", one.field)
    if not status.trusted:
        raise BadSignature("chain", one.field)
    if not status.bottom_line:
        raise BadSignature("changed", one.field)
