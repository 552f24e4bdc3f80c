"""What someone may ask of the room itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.evaluation import codec
from app.evaluation.refusal import Refused
from app.evaluation.room import events


@dataclass(frozen=True)
class RoomCommand:
    """A request to the room's stream; the class name is its `type` on the wire."""


@dataclass(frozen=True)
class OpenRoom(RoomCommand):
    """First start."""

    rehearsal: bool
    room: str
    name: str
    seats: tuple[dict[str, Any], ...]
    public_key: str


@dataclass(frozen=True)
class EnrolDevice(RoomCommand):
    """A machine showed a one-time code and its key."""

    device: str
    kind: str
    seat: str | None
    public_key: str


@dataclass(frozen=True)
class RevokeDevice(RoomCommand):
    """Shut a machine out."""

    device: str
    reason: str


@dataclass(frozen=True)
class ConnectDevice(RoomCommand):
    """The live stream began."""

    device: str


@dataclass(frozen=True)
class DisconnectDevice(RoomCommand):
    """The live stream ended."""

    device: str


@dataclass(frozen=True)
class TakePost(RoomCommand):
    """Logged in with account and password."""

    post: str
    role: str
    device: str


@dataclass(frozen=True)
class LeavePost(RoomCommand):
    """Logged out."""

    post: str
    device: str


@dataclass(frozen=True)
class ImportEvaluation(RoomCommand):
    """A package was checked and begins a stream."""

    stream: str
    package: str


@dataclass(frozen=True)
class CallDraw(RoomCommand):
    """Call a draw. The room fills in number and request; a client gives purpose and streams."""

    draw_no: int
    purpose: str
    streams: tuple[str, ...]
    request: dict[str, Any]


@dataclass(frozen=True)
class CommitNonce(RoomCommand):
    """A party commits."""

    draw_no: int
    party: str
    device: str
    commitment: str
    signature: str


@dataclass(frozen=True)
class RevealNonce(RoomCommand):
    """A party reveals; the nonce travels beside the command and stays in the room's memory."""

    draw_no: int
    party: str
    signature: str


@dataclass(frozen=True)
class SealDraw(RoomCommand):
    """The room computed the outcome."""

    draw_no: int
    transcript_hash: str
    relaxed: int


@dataclass(frozen=True)
class AcceptDraw(RoomCommand):
    """The witness confirms a draw that dropped a rule."""

    draw_no: int
    reason: str


@dataclass(frozen=True)
class CancelDraw(RoomCommand):
    """Ask for, or agree to, cancelling a draw: two people of different roles."""

    draw_no: int
    reason: str


@dataclass(frozen=True)
class OpenDraw(RoomCommand):
    """Disclose the transcript."""

    draw_no: int
    transcript: dict[str, Any]


@dataclass(frozen=True)
class LookAtNames(RoomCommand):
    """Record a look."""

    stream: str
    member: str
    purpose: str


@dataclass(frozen=True)
class SearchExpected(RoomCommand):
    """Record that a face was sought among those expected."""

    compared: int
    found: bool
    score: str | None
    margin: str | None
    engine: str


@dataclass(frozen=True)
class LookAtRecording(RoomCommand):
    """Record a look at a segment of a recording."""

    stream: str
    party: str
    device: str
    seq: int


@dataclass(frozen=True)
class HoldRecordings(RoomCommand):
    """Keep the recordings of an evaluation beyond their term."""

    stream: str
    reason: str


@dataclass(frozen=True)
class FreeRecordings(RoomCommand):
    """Let their term count again, as another role."""

    stream: str
    reason: str


@dataclass(frozen=True)
class ExpireRecording(RoomCommand):
    """Record that the segments of a recording are deleted, their term being over; the room knows both people."""

    stream: str
    party: str
    device: str
    seq: int
    sha256: str
    until: str
    article: str
    second: str


@dataclass(frozen=True)
class OpenSession(RoomCommand):
    """A closed evaluation was opened again: its seats are drawn anew."""

    stream: str
    session: int


@dataclass(frozen=True)
class KeepPaper(RoomCommand):
    """Record a scan that lies on the room's disk."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class DropPaper(RoomCommand):
    """A scan that nobody named is deleted."""

    sha256: str


@dataclass(frozen=True)
class ProposeFace(RoomCommand):
    """An expert stood before the enrolment desk and consented; the template lies sealed in the register."""

    expert: str
    model: str
    version: int
    score: str
    engine: str
    consent: str
    consent_sha256: str
    until: str


@dataclass(frozen=True)
class ConfirmFace(RoomCommand):
    """A second person has seen expert and card."""

    expert: str
    reason: str


@dataclass(frozen=True)
class LookAtFace(RoomCommand):
    """Record that the desk asked whether somebody is enrolled."""

    expert: str
    purpose: str


@dataclass(frozen=True)
class ForgetFace(RoomCommand):
    """Delete a template."""

    expert: str
    why: str
    reason: str


@dataclass(frozen=True)
class RecoverJournal(RoomCommand):
    """The room starts over a restored database, by the two posts who restored it."""

    position: int
    made_at: str
    first: str = ""
    second: str = ""


@dataclass(frozen=True)
class ExportJournal(RoomCommand):
    """Write everything to a file; the room knows both people."""

    second: str


@dataclass(frozen=True)
class RotateSigningKey(RoomCommand):
    """Sign with a new key, which the old one has signed; the room knows both people."""

    public_key: str
    signature: str
    second: str


@dataclass(frozen=True)
class ForgetPortraits(RoomCommand):
    """The pictures that came with an evaluation's list are of no use any more."""

    stream: str
    count: int


@dataclass(frozen=True)
class NoteHead(RoomCommand):
    """Record another stream's head."""

    stream: str
    size: int
    root: str


@dataclass(frozen=True)
class RefuseAccess(RoomCommand):
    """Record a refused access."""

    what: str
    code: str


TYPES: dict[str, type[RoomCommand]] = {kind.__name__: kind for kind in RoomCommand.__subclasses__()}

OF_EVENT: dict[type[events.RoomEvent], type[RoomCommand]] = {
    events.RoomOpened: OpenRoom,
    events.DeviceEnrolled: EnrolDevice,
    events.DeviceRevoked: RevokeDevice,
    events.DeviceConnected: ConnectDevice,
    events.DeviceDisconnected: DisconnectDevice,
    events.PostTaken: TakePost,
    events.PostLeft: LeavePost,
    events.EvaluationImported: ImportEvaluation,
    events.DrawCalled: CallDraw,
    events.NonceCommitted: CommitNonce,
    events.NonceRevealed: RevealNonce,
    events.DrawSealed: SealDraw,
    events.DrawAccepted: AcceptDraw,
    events.CancelRequested: CancelDraw,
    events.DrawOpened: OpenDraw,
    events.NamesLooked: LookAtNames,
    events.ExpectedSearched: SearchExpected,
    events.RecordingLooked: LookAtRecording,
    events.RecordingsHeld: HoldRecordings,
    events.RecordingsFreed: FreeRecordings,
    events.RecordingExpired: ExpireRecording,
    events.SessionOpened: OpenSession,
    events.PaperKept: KeepPaper,
    events.PaperDropped: DropPaper,
    events.FaceProposed: ProposeFace,
    events.FaceEnrolled: ConfirmFace,
    events.FaceLooked: LookAtFace,
    events.TemplateForgotten: ForgetFace,
    events.PortraitsForgotten: ForgetPortraits,
    events.JournalRecovered: RecoverJournal,
    events.JournalExported: ExportJournal,
    events.SigningKeyRotated: RotateSigningKey,
    events.StreamHead: NoteHead,
    events.AccessRefused: RefuseAccess,
}


def read_room_command(kind: str, data: object, where: str = "$") -> RoomCommand:
    """Decode a command's `type` and `data`, strictly."""
    if kind not in TYPES:
        raise Refused("unknown_command", where, type=kind)
    return codec.from_json(TYPES[kind], data, f"{where}.data")
