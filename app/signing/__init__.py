"""Electronic signatures on a report (电子签名): PAdES by every member in turn, visible in the cell made for each.

Law of this package: it holds no key. `open_for_signing` makes all fields in one update; `prepare` says what a key is
to sign, `complete` puts the signature in, `check` finds every revision again: each extends the one before by a
signature and nothing else. It needs no network but for a time stamp, and checks without one, at the time that the
journal gives.
"""

import logging

from app.signing.algorithms import Unsupported, mechanism
from app.signing.certificates import (
    BadCertificate,
    common_name,
    fingerprint_of,
    is_revocation_list,
    read_certificates,
    trusted,
)
from app.signing.checking import BadSignature, Revision, check
from app.signing.drawing import BadHandwriting, Strokes
from app.signing.fields import Box, open_for_signing
from app.signing.making import Prepared, SigningRefused, complete, prepare

# What the libraries warn of is refused here, with its part; their words would name people in a log.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

__all__ = [
    "BadCertificate",
    "BadHandwriting",
    "BadSignature",
    "Box",
    "Prepared",
    "Revision",
    "SigningRefused",
    "Strokes",
    "Unsupported",
    "check",
    "common_name",
    "complete",
    "fingerprint_of",
    "is_revocation_list",
    "mechanism",
    "open_for_signing",
    "prepare",
    "read_certificates",
    "trusted",
]
