"""What requests and answers hold: frozen dataclasses, read strictly and described in the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.evaluation.matter import Notice
from app.evaluation.room.model import KeyRotation
from app.room.evaluation_bodies import ConsoleView, MemberView


@dataclass(frozen=True)
class Health:
    """`state` is `ok`, or the code of the fault that keeps the room from writing."""

    state: str
    version: str
    rehearsal: bool
    position: int


@dataclass(frozen=True)
class EnrolRequest:
    """A one-time code, the machine's chosen name, its raw Ed25519 public key in hex."""

    code: str
    device: str
    public_key: str


@dataclass(frozen=True)
class RoomKey:
    """The room's name and its key's fingerprint."""

    key: str
    name: str


@dataclass(frozen=True)
class Enrolled:
    """What the machine is from now on; its certificate (PEM) where the room's line is encrypted."""

    device: str
    kind: str
    seat: str | None
    room: RoomKey
    certificate: str | None = None


@dataclass(frozen=True)
class AuthorityTold:
    """The certificate (PEM) of the room's authority."""

    authority: str


@dataclass(frozen=True)
class Certificate:
    """A machine's certificate (PEM)."""

    certificate: str


@dataclass(frozen=True)
class ChallengeRequest:
    """Which machine wants a session."""

    device: str


@dataclass(frozen=True)
class Challenge:
    """32 bytes (hex) to be signed within 30 s."""

    challenge: str


@dataclass(frozen=True)
class SessionRequest:
    """The signature (hex) over `"kawei/session/1" || challenge`."""

    device: str
    challenge: str
    signature: str


@dataclass(frozen=True)
class SessionToken:
    """Sent as `Authorization: Bearer TOKEN` from here on."""

    token: str
    expires_at: str


@dataclass(frozen=True)
class LoginRequest:
    """An account of a console."""

    user: str
    password: str


@dataclass(frozen=True)
class LoggedIn:
    """Who the console is from now on."""

    role: str
    post: str


@dataclass(frozen=True)
class Nothing:
    """An empty object."""


@dataclass(frozen=True)
class CommandAnswer:
    """Position of the command's last entry, and the names of its events."""

    id: str
    position: int
    events: tuple[str, ...]


@dataclass(frozen=True)
class DraftRequest:
    """A draft, sealed with a key that never leaves the seat; a higher version replaces a lower one."""

    version: int
    sealed: str


@dataclass(frozen=True)
class DraftKept:
    """The version that is on the disk."""

    version: int


@dataclass(frozen=True)
class FaceTemplate:
    """A face as numbers of one model: base64 of what only that model in that version understands."""

    model: str
    version: int
    data: str


@dataclass(frozen=True)
class Reference:
    """The reference of the member for whom a seat waits: an enrolled template that the asking machine reads, else a
    portrait (base64 of JPEG or PNG); `kind` is `template` or `portrait`. Without either two people open the seat."""

    member: str
    kind: str
    image: str | None
    template: FaceTemplate | None


@dataclass(frozen=True)
class TakeOverRequest:
    """A seat to which a member was moved: its fresh X25519 public key (hex), to which the answer is sealed."""

    public: str


@dataclass(frozen=True)
class TakenOver:
    """Sealed to the machine that asked: keys of drafts, and of sheets whose round is not opened yet."""

    stream: str
    alias: str
    box: dict[str, Any]


@dataclass(frozen=True)
class LookupRequest:
    """A document number, or the ticket of an earlier look-up; exactly one of them. `model` and `version` say which
    templates the kiosk's matcher reads; without them it gets a portrait."""

    document: str | None = None
    ticket: str | None = None
    model: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class KioskSeat:
    """The seat to go to, the way in words, the draw's slip code; its room where there is more than one."""

    id: str
    way: str
    code: str
    room: str | None


@dataclass(frozen=True)
class LookupAnswer:
    """What a kiosk may know of a person: never a project, a bidder or another person."""

    ticket: str | None
    state: str
    stage: str | None
    greeting: str | None
    image: str | None
    template: FaceTemplate | None
    seat: KioskSeat | None
    locker: str | None
    door: str | None
    next: str


@dataclass(frozen=True)
class DoubtShown:
    """What a kiosk saw (JPEG, PNG or BMP in base64) of someone about whom two people decide: in memory until then.
    `what` is what was asked for; `chip` the photo of the document's chip, where it gave one."""

    ticket: str
    what: str
    live: str
    chip: str | None = None


@dataclass(frozen=True)
class FaceShown:
    """The face (JPEG, PNG or BMP in base64) of somebody who brought no readable document, and the kiosk's sentences
    for the journal: why it is sought, and what to add where the one who is found comes late."""

    live: str
    reason: str
    late: str


@dataclass(frozen=True)
class SearchTicket:
    """To ask again with. It says the same whether anyone was found, until two people have admitted whoever was."""

    ticket: str


@dataclass(frozen=True)
class DoubtPictures:
    """The face before the kiosk beside its reference; `kind` says which: `portrait`, `chip`, or `none`."""

    live: str
    reference: str | None
    kind: str


@dataclass(frozen=True)
class Imported:
    """The stream that was begun or added to; `what` is `evaluation` or `members`."""

    stream: str
    position: int
    what: str


@dataclass(frozen=True)
class SignatureAsked:
    """A member is about to sign: the own certificate, those above it (DER, hex, nearest first), and the handwriting as
    lines, each `x, y, x, y, ...` in ten-thousandths of the cell, x to the right and y upwards."""

    certificate: str
    above: tuple[str, ...]
    strokes: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class SignaturePrepared:
    """What the key has to sign (hex), and the ticket to come back with."""

    ticket: str
    to_sign: str


@dataclass(frozen=True)
class SignatureGiven:
    """The key's own signature (hex)."""

    ticket: str
    signature: str


@dataclass(frozen=True)
class KeptPaper:
    """A scan as the room keeps it: SHA-256 (hex) and size."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class PlatformChecked:
    """An export as the room keeps it, SHA-256 (hex) and size, and how many faults and hints its check found."""

    sha256: str
    bytes: int
    faults: int
    hints: int


@dataclass(frozen=True)
class FormRequest:
    """Which blank form, of which lot ('' = none), for which members (one copy each; [] = `copies` without a name);
    `act` is the command whose form it is where `form` is `act`, else ''. The form `ledger` is the witness ledger of
    `lot`, `copies` of it, as it stands."""

    form: str
    lot: str
    aliases: tuple[str, ...]
    act: str
    copies: int


@dataclass(frozen=True)
class EnrolmentRequest:
    """A new machine's kind (`seat`, `console`, `kiosk`, `board`), and its seat where it is one."""

    kind: str
    seat: str | None = None


@dataclass(frozen=True)
class EnrolmentCode:
    """A one-time code."""

    code: str
    expires_at: str


@dataclass(frozen=True)
class ConsentText:
    """The words that an expert reads before a face is enrolled; the journal keeps version and hash (hex, of UTF-8).
    `days` is how long a template is kept, 0 for the close of the evaluation."""

    version: str
    sha256: str
    text: str
    days: int


@dataclass(frozen=True)
class Consented:
    """To which words the expert said yes."""

    version: str
    sha256: str


@dataclass(frozen=True)
class FaceSought:
    """The number of the document that was laid down."""

    document: str


@dataclass(frozen=True)
class FaceFound:
    """The references under which its holder is enrolled; `expected`: an open evaluation has the person on its list."""

    experts: tuple[str, ...]
    expected: bool


@dataclass(frozen=True)
class FaceProposal:
    """A live face's template, how it compared with the document's chip photo (`verdict` must be `confirm`), and to
    what the expert consented. No picture comes with it."""

    document: str
    template: FaceTemplate
    verdict: str
    score: str
    engine: str
    consent: Consented


@dataclass(frozen=True)
class FaceConfirmation:
    """A second person's word: the document is shown again."""

    expert: str
    document: str
    reason: str


@dataclass(frozen=True)
class FaceForgotten:
    """A template to be deleted; `why` is `request` or `refused`."""

    expert: str
    why: str
    reason: str


@dataclass(frozen=True)
class FaceKept:
    """An enrolment, and when it is forgotten at the latest: a moment, or '' for the close of the evaluation."""

    expert: str
    until: str


@dataclass(frozen=True)
class FaceView:
    """An enrolled face: a reference by chance, never a name; `stage` is `proposed` or `enrolled`."""

    expert: str
    stage: str
    model: str
    version: int
    until: str
    proposed_by: str
    proposed_at: str
    confirmed_by: str
    confirmed_at: str


@dataclass(frozen=True)
class CheckpointAnswer:
    """The newest signed checkpoint of a stream, and the proof (hex) that it extends an earlier size."""

    stream: str
    size: int
    note: str
    proof: tuple[str, ...]


@dataclass(frozen=True)
class CosignRequest:
    """A checkpoint's note with this machine's co-signature line added."""

    stream: str
    size: int
    note: str


@dataclass(frozen=True)
class ErrorBody:
    """Stable code, one sentence in the language asked for, and the place; never a value."""

    code: str
    message: str
    where: str


@dataclass(frozen=True)
class ErrorAnswer:
    """Every refusal."""

    error: ErrorBody


@dataclass(frozen=True)
class Message:
    """One entry as the stream tells it; `data` is null where only the fact may be known. `v`, `seq`, `prev` and `hash`
    come with entries of the room's own stream alone, to those who watch: they check the chain by them."""

    position: int
    stream: str
    at: str
    type: str
    actor: dict[str, Any]
    data: dict[str, Any] | None
    v: int = 1
    seq: int = 0
    prev: str = ""
    hash: str = ""


@dataclass(frozen=True)
class Goodbye:
    """The last message of a stream that the room ends: `session_ended` or `closing`."""

    bye: str


@dataclass(frozen=True)
class DrawView:
    """A draw as its parties see it."""

    number: int
    purpose: str
    stage: str
    streams: tuple[str, ...]
    parties: tuple[str, ...]
    committed: tuple[str, ...]
    revealed: tuple[str, ...]
    relaxed: int
    accepted: bool
    cancel_asked_by: str | None
    code: str | None
    request: dict[str, Any]
    needs_nonce: tuple[str, ...]


@dataclass(frozen=True)
class SeatView:
    """A seat; `stream` and `alias` only for those who watch over the room."""

    id: str
    x: int
    y: int
    room: str | None
    device_state: str
    since: str | None
    in_use: bool
    stream: str | None = None
    alias: str | None = None


@dataclass(frozen=True)
class DeviceView:
    """A machine of the room."""

    id: str
    kind: str
    seat: str | None
    state: str
    since: str
    revoked: bool


@dataclass(frozen=True)
class PostView:
    """Who is logged in where."""

    device: str
    post: str
    role: str
    since: str


@dataclass(frozen=True)
class RecordingView:
    """For machines that are to record: the raw X25519 key, in hex, to which they seal it, and when to warn.

    `streams`, to a console, are the evaluations in which its cameras of the room are to be recorded now.
    """

    key: str
    warn_hours: int
    streams: tuple[str, ...] = ()


@dataclass(frozen=True)
class DiskView:
    """For how many hours all seats of the room can be recorded at once on its disk."""

    hours: int
    seats: int


@dataclass(frozen=True)
class RoomView:
    """The room's part of a view; `devices`, `posts`, `faces`, `disk` and `notices` only for those who watch over it."""

    room: str
    name: str
    rehearsal: bool
    key: str
    key_rotations: tuple[KeyRotation, ...]
    """How `key` followed from the room's first one: each signed by the one before (hex)."""
    seats: tuple[SeatView, ...]
    draws: tuple[DrawView, ...]
    devices: tuple[DeviceView, ...] = ()
    posts: tuple[PostView, ...] = ()
    faces: tuple[FaceView, ...] = ()
    recording: RecordingView | None = None
    disk: DiskView | None = None
    notices: tuple[Notice, ...] = ()
    search: bool = False
    """To a kiosk: whether somebody without a readable document may be sought by face."""


@dataclass(frozen=True)
class View:
    """Everything that the session may see at `position`; `at` is the room's time."""

    position: int
    at: str
    role: str | None
    post: str | None
    alias: str | None
    seat: str | None
    room: RoomView
    evaluations: tuple[MemberView | ConsoleView, ...]


# --- recordings


@dataclass(frozen=True)
class RecordingSent:
    """What a machine hands in: lines of its list as they are written, in order; how it stands with the recording
    (`running`, `disk`, `broken`), and the hours that its disk lasts."""

    lines: tuple[str, ...]
    state: str
    hours_left: int


@dataclass(frozen=True)
class RecordingHeld:
    """How far the room has it: lines, whole segments from the first on, and the bytes of the next one."""

    lines: int
    segments: int
    bytes: int


@dataclass(frozen=True)
class SegmentView:
    """One segment, by the clock of the machine that recorded; `held`: the room has its content."""

    seq: int
    start: str
    end: str
    bytes: int
    held: bool
    gaps: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class RecordingListed:
    """The recording of a member or a camera by one machine; `open`: the caller may look at it now."""

    party: str
    device: str
    open: bool
    segments: tuple[SegmentView, ...]


@dataclass(frozen=True)
class KeptView:
    """A recording of which segments are here. `until` is the last day of its term, by `article`, None before the end of
    the evaluation; `obstacle` is why it stays (`not_closed`, `recordings_held`, `not_due`), empty where it may be
    deleted; `held` the role that keeps the evaluation's beyond the term."""

    stream: str
    party: str
    device: str
    segments: int
    bytes: int
    until: str | None
    article: str
    obstacle: str
    held: str | None


@dataclass(frozen=True)
class KeptListed:
    """All of them."""

    recordings: tuple[KeptView, ...]


@dataclass(frozen=True)
class ExpiringAsked:
    """Delete a recording over its term; `second` is the account of another role, with its password typed now."""

    stream: str
    party: str
    device: str
    second: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class RecordingsListed:
    """All recordings of an evaluation."""

    recordings: tuple[RecordingListed, ...]
