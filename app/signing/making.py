"""One signature: what a key somewhere else is to sign, and the report with it put in."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, x509
from cryptography.exceptions import InvalidSignature
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import ExternalSigner, PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.signing.algorithms import Validator, mechanism_of
from app.signing.certificates import context_of
from app.signing.drawing import Strokes

_LONGEST_SIGNATURE = 520
"""Bytes kept free for a raw signature: RSA of 4096 bits."""

_FILL = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins())
"""Handwriting fills its cell: it was made to the cell's measure."""


class SigningRefused(Exception):
    """The signature was not put in; `part` says why: field, signature, time_stamp."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True)
class Prepared:
    """A report with room for one signature, and what its key has to sign."""

    to_sign: bytes
    """The signed attributes (CMS, DER): digest of the report, certificate, time."""
    certificate: bytes
    digest: str
    output: bytes
    place: Any
    attributes: cms.CMSAttributes
    after: Any
    context: Any
    stamper: TimeStamper | None


def prepare(
    base: bytes,
    field: str,
    certificate: bytes,
    above: Sequence[bytes],
    authorities: Sequence[bytes],
    *,
    at: datetime,
    strokes: Strokes,
    crls: Sequence[bytes] = (),
    stamp_url: str | None = None,
    stamper: TimeStamper | None = None,
) -> Prepared:
    """Make ready for a signature in `field` at the room's time `at`.

    Runs its own event loop and takes up to a second: not for a thread that has one. Raises `SigningRefused` for a
    field that is not there or is signed already, and where the time stamp's authority does not answer.
    """
    box = _empty_field(base, field)
    own = x509.Certificate.load(certificate)
    mechanism, digest = mechanism_of(own)
    stamper = HTTPTimeStamper(stamp_url, timeout=10) if stamp_url else stamper
    signer = _signer(certificate, (*above, *authorities), mechanism, _LONGEST_SIGNATURE)
    context = context_of(authorities, above, at, crls)
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=bool(crls),
        validation_context=context,
        use_pades_lta=False,
    )
    content = RawContent(strokes.drawn(*box), box=BoxConstraints(*box))
    style = StaticStampStyle(background=content, background_layout=_FILL, border_width=0, background_opacity=1.0)
    made = PdfSigner(meta, signer, timestamper=stamper, stamp_style=style)
    return asyncio.run(_prepared(made, signer, base, own, digest, at, context, stamper))


async def _prepared(
    made: PdfSigner,
    signer: ExternalSigner,
    base: bytes,
    own: x509.Certificate,
    digest: str,
    at: datetime,
    context: Any,
    stamper: TimeStamper | None,
) -> Prepared:
    output = io.BytesIO()
    try:
        place, document, _ = await made.async_digest_doc_for_signing(
            IncrementalPdfFileWriter(io.BytesIO(base)), existing_fields_only=True, output=output
        )
    except (TimestampRequestError, OSError):
        raise SigningRefused("time_stamp") from None
    attributes = await signer.signed_attrs(
        place.document_digest, digest, attr_settings=PdfCMSSignedAttributes(signing_time=at), use_pades=True
    )
    return Prepared(
        attributes.dump(),
        own.dump(),
        digest,
        output.getvalue(),
        place,
        attributes,
        document.post_sign_instructions,
        context,
        stamper,
    )


def complete(prepared: Prepared, signature: bytes) -> bytes:
    """The report with the signature in it; it begins with exactly the bytes that were signed upon.

    Raises `SigningRefused` where the signature is not by the certificate's key over what was prepared.
    """
    own = x509.Certificate.load(prepared.certificate)
    mechanism, _ = mechanism_of(own)
    algorithm = algos.SignedDigestAlgorithm({"algorithm": mechanism})
    try:
        Validator().validate_signature(signature, prepared.to_sign, own.public_key, algorithm)
    except (InvalidSignature, ValueError):
        raise SigningRefused("signature") from None
    return asyncio.run(_completed(prepared, signature, mechanism))


async def _completed(prepared: Prepared, signature: bytes, mechanism: str) -> bytes:
    others = [cert.dump() for cert in prepared.context.certificate_registry]
    signer = _signer(prepared.certificate, others, mechanism, signature)
    output = io.BytesIO(prepared.output)
    try:
        made = await signer.async_sign_prescribed_attributes(
            prepared.digest, signed_attrs=prepared.attributes, timestamper=prepared.stamper
        )
    except (TimestampRequestError, OSError):
        raise SigningRefused("time_stamp") from None
    await PdfTBSDocument.async_finish_signing(
        output, prepared.place, made, post_sign_instr=prepared.after, validation_context=prepared.context
    )
    return output.getvalue()


def _signer(certificate: bytes, others: Sequence[bytes], mechanism: str, value: bytes | int) -> ExternalSigner:
    store = SimpleCertificateStore()
    store.register_multiple([x509.Certificate.load(der) for der in (*others, certificate)])
    return ExternalSigner(
        x509.Certificate.load(certificate),
        store,
        signature_value=value,
        signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": mechanism}),
    )


def _empty_field(base: bytes, name: str) -> tuple[float, float]:
    """Width and height of the field, which has to be there and empty."""
    for found, value, reference in enumerate_sig_fields(PdfFileReader(io.BytesIO(base))):
        if found == name and value is None:
            left, bottom, right, top = (float(edge) for edge in reference.get_object()["/Rect"])
            return right - left, top - bottom
    raise SigningRefused("field")
