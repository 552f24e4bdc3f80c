"""What an evidence package is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.journal import Entry, SealedFor, Signer


@dataclass(frozen=True)
class EvidenceParts:
    """Everything that the room hands over for one lot; the rest of the package is derived from it.

    `entries` is the evaluation's whole stream, its last one `EvaluationClosed`, and `checkpoint` the signed note
    of exactly that many. `room_entries` is the room's stream from its first entry on, as far as `room_checkpoint`
    reaches; only what concerns this evaluation's draws and keys goes into the package. `report` is the PDF as
    issued. `names` is the list of names and the signature page, sealed to those entitled; `papers` are the scans
    that the journal names, by their hash, and `sealed_papers` those that may show who a member is, sealed likewise.
    `signer` holds the room's key, which signs what is sealed (nothing in the journal could vouch for it).
    """

    lot: str
    entries: Sequence[Entry]
    checkpoint: str
    room_entries: Sequence[Entry]
    room_checkpoint: str
    report: bytes
    names: SealedFor
    signer: Signer = field(repr=False)
    papers: Mapping[str, bytes] = field(default_factory=dict)
    sealed_papers: Mapping[str, SealedFor] = field(default_factory=dict)
    signed: bytes | None = None
    """The report as the committee signed it, where it was laid open for electronic signatures."""
    exports: Mapping[str, bytes] = field(default_factory=dict)
    """What a platform exported of the lot, by hash."""
    recordings: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    """The lists of what seats recorded, by alias and machine, as far as the journal has noted them."""
