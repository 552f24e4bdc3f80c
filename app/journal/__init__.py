"""The journal's proofs: canonical entries, hash chain, Merkle tree, signed checkpoints, sealed content.

Law of this package: it belongs to the ground storey. Plain Python, `rfc8785`'s canonical form and
`cryptography`; no Qt, SQL, network, clock or randomness: times, keys, nonces and salts are handed in. What an
entry's `data` means is not its business. Every algorithm is named in the data that it made (`alg`, `v`).
"""

from app.journal.canonical import JsonValue, canonical, plain
from app.journal.checkpoint import (
    Checkpoint,
    Origin,
    SignedCheckpoint,
    cosign,
    make_checkpoint,
    parse_checkpoint,
    parse_origin,
)
from app.journal.entry import (
    VERSION,
    ZERO,
    Entry,
    check_chain,
    entry_bytes,
    entry_hash,
    entry_line,
    make_entry,
    read_line,
    read_lines,
    timestamp,
)
from app.journal.faults import CheckpointFault, Fault, JournalFault, NotCanonical, SealingFault
from app.journal.keys import (
    Ed25519Signer,
    Signer,
    fingerprint,
    parse_fingerprint,
    parse_verifier_key,
    verify_signature,
)
from app.journal.merkle import (
    Frontier,
    Tree,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from app.journal.recipients import SealedFor, open_with, seal_to
from app.journal.sealing import (
    OpenedSheet,
    SealedSheet,
    SealedValue,
    check_commitment,
    commit,
    open_sealed,
    open_value,
    seal,
    seal_value,
)
from app.journal.shares import join_shares, share_digest, split_key

__all__ = [
    "VERSION",
    "ZERO",
    "Checkpoint",
    "CheckpointFault",
    "Ed25519Signer",
    "Entry",
    "Fault",
    "Frontier",
    "JournalFault",
    "JsonValue",
    "NotCanonical",
    "OpenedSheet",
    "Origin",
    "SealedFor",
    "SealedSheet",
    "SealedValue",
    "SealingFault",
    "SignedCheckpoint",
    "Signer",
    "Tree",
    "canonical",
    "check_chain",
    "check_commitment",
    "commit",
    "cosign",
    "entry_bytes",
    "entry_hash",
    "entry_line",
    "fingerprint",
    "join_shares",
    "leaf_hash",
    "make_checkpoint",
    "make_entry",
    "open_sealed",
    "open_value",
    "open_with",
    "parse_checkpoint",
    "parse_fingerprint",
    "parse_origin",
    "parse_verifier_key",
    "plain",
    "read_line",
    "read_lines",
    "root_of",
    "seal",
    "seal_to",
    "seal_value",
    "share_digest",
    "split_key",
    "timestamp",
    "verify_consistency",
    "verify_inclusion",
    "verify_signature",
]
