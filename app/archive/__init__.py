"""The evidence package (档案包): a BagIt bag of one lot with its whole journal, as anyone may check it for ever.

Law of this package: pure functions from entries, report and checkpoints to bytes; only `writing` touches the
disk. Whatever can be derived from the journal is derived, here and in `kawei verify` by the same functions, so
that a package has exactly one form: no clock, no chance, no machine's name in it.
"""

from app.archive.bag import bag_files
from app.archive.contents import derived_files, journal_bytes, payload
from app.archive.extract import Extract, extract_of
from app.archive.names import NamesFault, read_names, sign_names, version_of
from app.archive.papers import PaperFault, named
from app.archive.parts import EvidenceParts
from app.archive.platform import exports
from app.archive.seal import SealFault, check_seal, sealed_files, tools
from app.archive.writing import build_evidence, zip_of

__all__ = [
    "EvidenceParts",
    "Extract",
    "NamesFault",
    "PaperFault",
    "SealFault",
    "bag_files",
    "build_evidence",
    "check_seal",
    "derived_files",
    "exports",
    "extract_of",
    "journal_bytes",
    "named",
    "payload",
    "read_names",
    "sealed_files",
    "sign_names",
    "tools",
    "version_of",
    "zip_of",
]
