"""What can have happened in the room, besides its evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation import codec
from app.evaluation.refusal import Refused


@dataclass(frozen=True)
class RoomEvent:
    """A fact of the room's stream; the class name is the entry's `type`."""

    def data(self) -> dict[str, Any]:
        """Return the entry's `data`."""
        return dict(codec.to_json(self))


@dataclass(frozen=True)
class RoomOpened(RoomEvent):
    """The first entry: the room's name, its seats in their places, its public key (hex)."""

    rehearsal: bool
    room: str
    name: str
    seats: tuple[dict[str, Any], ...]
    public_key: str


@dataclass(frozen=True)
class DeviceEnrolled(RoomEvent):
    """A machine of the room with its own Ed25519 key (hex); `seat` only for a seat."""

    device: str
    kind: str
    seat: str | None
    public_key: str


@dataclass(frozen=True)
class DeviceRevoked(RoomEvent):
    """From now on the machine is a stranger."""

    device: str
    reason: str


@dataclass(frozen=True)
class DeviceConnected(RoomEvent):
    """The machine's live stream is there."""

    device: str


@dataclass(frozen=True)
class DeviceDisconnected(RoomEvent):
    """The machine's live stream is gone."""

    device: str


@dataclass(frozen=True)
class PostTaken(RoomEvent):
    """Someone logged in at a console: the account, its role, the machine."""

    post: str
    role: str
    device: str


@dataclass(frozen=True)
class PostLeft(RoomEvent):
    """The one at the console logged out."""

    post: str
    device: str


@dataclass(frozen=True)
class EvaluationImported(RoomEvent):
    """A stream was begun from this package (SHA-256)."""

    stream: str
    package: str


@dataclass(frozen=True)
class DrawCalled(RoomEvent):
    """A draw begins; `request` is its core as the parties compute its context from."""

    draw_no: int
    purpose: str
    streams: tuple[str, ...]
    request: dict[str, Any]


@dataclass(frozen=True)
class NonceCommitted(RoomEvent):
    """A party's commitment (hex), signed with its own key."""

    draw_no: int
    party: str
    device: str
    commitment: str
    signature: str


@dataclass(frozen=True)
class NonceRevealed(RoomEvent):
    """A party revealed its nonce to the room; the nonce itself stays sealed until the draw is opened, only the
    party's signature over it stands here."""

    draw_no: int
    party: str
    signature: str


@dataclass(frozen=True)
class DrawSealed(RoomEvent):
    """The outcome is fixed and sealed: its transcript's hash; `relaxed` counts the rules that had to be dropped."""

    draw_no: int
    transcript_hash: str
    relaxed: int


@dataclass(frozen=True)
class DrawAccepted(RoomEvent):
    """The witness confirmed a draw that had to drop a rule."""

    draw_no: int
    reason: str


@dataclass(frozen=True)
class CancelRequested(RoomEvent):
    """One of two people asks for a draw to be cancelled."""

    draw_no: int
    reason: str


@dataclass(frozen=True)
class DrawCancelled(RoomEvent):
    """Two people agreed; the next draw has the next number. The transcript stays, where there is one."""

    draw_no: int
    reason: str


@dataclass(frozen=True)
class DrawOpened(RoomEvent):
    """The transcript whole, once its secrets are of no use any more."""

    draw_no: int
    transcript: dict[str, Any]


@dataclass(frozen=True)
class NamesLooked(RoomEvent):
    """Somebody saw a name: whose (opaque reference), in which evaluation, for what."""

    stream: str
    member: str
    purpose: str


@dataclass(frozen=True)
class ExpectedSearched(RoomEvent):
    """Somebody without a readable document was sought by face among the `compared` members expected today: whether one
    was found, the best score and its lead over the next (text), engine and thresholds. Who it was stands in the
    request to release."""

    compared: int
    found: bool
    score: str | None
    margin: str | None
    engine: str


@dataclass(frozen=True)
class RecordingLooked(RoomEvent):
    """Somebody looked at a segment of a member's recording, made by a seat's machine, in an evaluation."""

    stream: str
    party: str
    device: str
    seq: int


@dataclass(frozen=True)
class RecordingsHeld(RoomEvent):
    """The recordings of an evaluation are kept beyond their term: an objection or a complaint is open."""

    stream: str
    reason: str


@dataclass(frozen=True)
class RecordingsFreed(RoomEvent):
    """What held the recordings of an evaluation is over."""

    stream: str
    reason: str


@dataclass(frozen=True)
class RecordingExpired(RoomEvent):
    """The segments of a recording are deleted, `seq` of them, `sha256` that of the last line of their list, which
    stays: their term ended `until` (day) by `article`. Two people did it; `second` is the other's post."""

    stream: str
    party: str
    device: str
    seq: int
    sha256: str
    until: str
    article: str
    second: str


@dataclass(frozen=True)
class SessionOpened(RoomEvent):
    """A further session of an evaluation, after its re-evaluation was approved."""

    stream: str
    session: int


@dataclass(frozen=True)
class PaperKept(RoomEvent):
    """A scanned paper was brought: its SHA-256 (hex) and size. It says nothing until an entry names it."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class PaperDropped(RoomEvent):
    """A scan that no entry of any evaluation named within a day was deleted."""

    sha256: str


@dataclass(frozen=True)
class FaceProposed(RoomEvent):
    """An expert consented and was compared with the card's chip photo: by which model, how alike, to which text.

    `expert` is a reference by chance that tells nothing; `consent` names the version of the text, `consent_sha256`
    the very words (hex); `until` is when the template is forgotten at the latest, '' for the close of the
    evaluation that the expert came for.
    """

    expert: str
    model: str
    version: int
    score: str
    engine: str
    consent: str
    consent_sha256: str
    until: str


@dataclass(frozen=True)
class FaceEnrolled(RoomEvent):
    """A second person saw expert and card: from now on the template may be compared with."""

    expert: str
    reason: str


@dataclass(frozen=True)
class FaceLooked(RoomEvent):
    """The enrolment desk asked whether somebody is enrolled, and found this expert."""

    expert: str
    purpose: str


@dataclass(frozen=True)
class TemplateForgotten(RoomEvent):
    """A template was deleted from the disk, with everything that led to its person; `why` is a `Forgetting`."""

    expert: str
    why: str
    reason: str


@dataclass(frozen=True)
class JournalRecovered(RoomEvent):
    """The room was restored from a backup made at `made_at`, whose journal ended at `position`: what was written
    after that is not here, and whoever has it sends it again. `first` and `second` are the posts of the two who did
    it ('' in a journal of the time when one was enough)."""

    position: int
    made_at: str
    first: str = ""
    second: str = ""


@dataclass(frozen=True)
class JournalExported(RoomEvent):
    """Everything that the room keeps, this entry the last, was written to a file; `second` is the other's post."""

    second: str


@dataclass(frozen=True)
class SigningKeyRotated(RoomEvent):
    """The room signs with a new key (hex) from now on; `signature` (hex) is the old one's over it, `second` the post of
    the other of two people."""

    public_key: str
    signature: str
    second: str


@dataclass(frozen=True)
class PortraitsForgotten(RoomEvent):
    """The portraits of an evaluation's list were deleted from the disk, so many."""

    stream: str
    count: int


@dataclass(frozen=True)
class StreamHead(RoomEvent):
    """The head of another stream, so that the streams witness each other."""

    stream: str
    size: int
    root: str


@dataclass(frozen=True)
class AccessRefused(RoomEvent):
    """Somebody asked for what is not theirs, or failed to log in."""

    what: str
    code: str


TYPES: dict[str, type[RoomEvent]] = {kind.__name__: kind for kind in RoomEvent.__subclasses__()}


def read_room_event(kind: str, data: object, where: str = "$") -> RoomEvent:
    """Decode one entry's `type` and `data`, strictly."""
    if kind not in TYPES:
        raise Refused("unknown_type", where, type=kind)
    return codec.from_json(TYPES[kind], data, f"{where}.data")
