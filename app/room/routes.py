"""The table of all requests: the server's routes and the OpenAPI document are both made from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from app.room import bodies as b
from app.room import handlers as h
from app.room.call import Call
from app.room.door import CommandRequest
from app.room.signals import SignalRequest

API = "/api/v1"
JSON, PDF, ZIP, SOCKET = "application/json", "application/pdf", "application/zip", "websocket"
FILM = "video/x-matroska"
BYTES = "application/octet-stream"

Handler = Callable[[Call], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Operation:
    """One request. `body` and `gives` are dataclasses of `bodies`, or a media type of opaque bytes."""

    method: str
    path: str
    name: str
    handler: Handler
    summary: str
    gives: type | str
    body: type | str | None = None
    secured: bool = True
    query: tuple[tuple[str, str], ...] = ()
    refusals: tuple[int, ...] = ()


OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/health", "health", h.health, "Whether the room takes commands", b.Health, secured=False),
    Operation("GET", "/openapi.json", "openapi", h.openapi, "This document", JSON, secured=False),
    Operation(
        "POST",
        "/enrol",
        "enrol",
        h.enrol,
        "A new machine shows its one-time code and its key",
        b.Enrolled,
        b.EnrolRequest,
        secured=False,
        refusals=(401, 409, 429),
    ),
    Operation(
        "POST",
        "/challenge",
        "challenge",
        h.challenge,
        "Bytes that the machine has to sign",
        b.Challenge,
        b.ChallengeRequest,
        secured=False,
    ),
    Operation(
        "POST",
        "/session",
        "openSession",
        h.open_session,
        "A session for a machine that signed its challenge",
        b.SessionToken,
        b.SessionRequest,
        secured=False,
        refusals=(401,),
    ),
    Operation(
        "POST",
        "/login",
        "login",
        h.login,
        "Take a post at a console",
        b.LoggedIn,
        b.LoginRequest,
        refusals=(403, 429),
    ),
    Operation("POST", "/logout", "logout", h.logout, "Leave the post at a console", b.Nothing),
    Operation(
        "POST",
        "/commands",
        "command",
        h.command,
        "The one door: a command, once by its id",
        b.CommandAnswer,
        CommandRequest,
        refusals=(403, 404, 409),
    ),
    Operation("GET", "/view", "view", h.view, "Everything that the session may see now", b.View),
    Operation(
        "GET",
        "/stream",
        "stream",
        h.stream,
        'A websocket: missed messages behind `after`, then live ones, each a `Message`; `{"signal": ...}` of a call; '
        '`{"bye": reason}` ends it',
        SOCKET,
        query=(("after", "position of the last message that the client has seen"),),
    ),
    Operation(
        "PUT",
        "/drafts/{stream}/{lot}/{kind}/{round}",
        "putDraft",
        h.put_draft,
        "Keep the own draft; answered when it is on the disk",
        b.DraftKept,
        b.DraftRequest,
        refusals=(404, 409),
    ),
    Operation(
        "GET",
        "/drafts/{stream}/{lot}/{kind}/{round}",
        "getDraft",
        h.get_draft,
        "The own draft",
        b.DraftRequest,
        refusals=(404,),
    ),
    Operation(
        "GET",
        "/files/{sha256}",
        "file",
        h.get_file,
        "A tender or bid file, for a sitting member of that evaluation",
        PDF,
        refusals=(404,),
    ),
    Operation(
        "GET",
        "/seat/reference",
        "reference",
        h.reference,
        "The template or picture of the one member for whom this seat waits; each look is an entry",
        b.Reference,
        query=(
            ("model", "whose templates the seat's matcher reads; without it the answer is a portrait"),
            ("version", "of that model"),
        ),
        refusals=(404,),
    ),
    Operation(
        "POST",
        "/kiosk/lookup",
        "lookup",
        h.lookup,
        "Find a person by document number, or ask again by ticket",
        b.LookupAnswer,
        b.LookupRequest,
        refusals=(403, 409),
    ),
    Operation(
        "POST",
        "/kiosk/doubt",
        "showDoubt",
        h.show_doubt,
        "What the kiosk saw, for the two who decide; in memory, never on the disk",
        b.Nothing,
        b.DoubtShown,
        refusals=(403, 409),
    ),
    Operation(
        "GET",
        "/doubts/{stream}/{what}/{member}",
        "doubt",
        h.doubt,
        "The face before the kiosk beside its reference, while two people decide; each look is an entry",
        b.DoubtPictures,
        refusals=(403, 404),
    ),
    Operation(
    Operation(
        "POST",
        "/kiosk/search",
        "searchExpected",
        h.search_expected,
        "Seek the face of somebody without a readable document among those expected today; two people decide",
        b.SearchTicket,
        b.FaceShown,
        refusals=(403, 409, 429),
    ),
        "POST",
        "/packages",
        "importPackage",
        h.import_package,
        "Import an evaluation, or a supplementary list of members; of a refused one nothing is kept",
        b.Imported,
        ZIP,
        refusals=(403, 409),
    ),
    Operation(
        "POST",
        "/papers",
        "keepPaper",
        h.keep_paper,
        "Bring a scanned paper (PDF, JPEG or PNG); a command may name it afterwards",
        b.KeptPaper,
        BYTES,
        refusals=(403, 409),
    ),
    Operation(
        "GET",
        "/papers/{sha256}",
        "paper",
        h.get_paper,
        "A scanned paper, for those who see an entry that names it",
        BYTES,
        refusals=(404,),
    ),
    Operation(
        "POST",
        "/platform/{stream}/{lot}",
        "sendPlatform",
        h.send_platform,
        "Send what a platform exported of a lot (JSON, XLSX, or a zip of CSV tables); it is checked and entered",
        b.PlatformChecked,
        BYTES,
        refusals=(403, 404, 409),
    ),
    Operation(
        "POST",
        "/forms/{stream}",
        "printForm",
        h.print_form,
        "Blank forms to be filled in by hand; every copy is counted in the journal",
        PDF,
        b.FormRequest,
        refusals=(403, 404, 409),
    ),
    Operation(
        "GET",
        "/reports/{stream}/{lot}",
        "report",
        h.report,
        "The issued report of a lot",
        PDF,
        refusals=(403, 404),
    ),
    Operation(
        "GET",
        "/evidence/{stream}/{lot}",
        "evidence",
        h.evidence,
        "The evidence package of a closed evaluation's lot",
        ZIP,
        query=(("session", "of an earlier session; without it the newest"),),
        refusals=(403, 404),
    ),
    Operation(
        "POST",
        "/enrolments",
        "issueEnrolment",
        h.issue_enrolment,
        "A one-time code for a new machine",
        b.EnrolmentCode,
        b.EnrolmentRequest,
        refusals=(403,),
    ),
    Operation(
        "GET",
        "/faces/consent",
        "consentText",
        h.consent,
        "The words that an expert reads before a face is enrolled",
        b.ConsentText,
        refusals=(403,),
    ),
    Operation(
        "POST",
        "/faces/find",
        "findFace",
        h.find_face,
        "Whether the holder of a document is enrolled; what is found is an entry",
        b.FaceFound,
        b.FaceSought,
        refusals=(403,),
    ),
    Operation(
        "POST",
        "/faces",
        "proposeFace",
        h.propose_face,
        "Enrol a face: the first of two people, with consent and chip photo",
        b.FaceKept,
        b.FaceProposal,
        refusals=(403, 409),
    ),
    Operation(
        "POST",
        "/faces/confirm",
        "confirmFace",
        h.confirm_face,
        "Enrol a face: the second of two people, who was shown the same document",
        b.FaceKept,
        b.FaceConfirmation,
        refusals=(403, 409),
    ),
    Operation(
        "POST",
        "/faces/forget",
        "forgetFace",
        h.forget_face,
        "Delete a face at its owner's wish, or because the second person does not confirm it",
        b.Nothing,
        b.FaceForgotten,
        refusals=(403, 409),
    ),
    Operation(
        "GET",
        "/checkpoints/{stream}",
        "checkpoint",
        h.checkpoint,
        "The newest signed checkpoint, and the proof that it extends an earlier one",
        b.CheckpointAnswer,
        query=(("from", "size of the earlier checkpoint"),),
        refusals=(404,),
    ),
    Operation(
        "POST",
        "/cosign",
        "cosign",
        h.cosign,
        "Add this machine's co-signature to a checkpoint",
        b.Nothing,
        b.CosignRequest,
        refusals=(404,),
    ),
    Operation(
        "POST",
        "/signals/{stream}",
        "signal",
        h.signal,
        'Hand a message of a call\'s engine to a partner in the same call; it comes there as `{"signal": ...}`',
        b.Nothing,
        SignalRequest,
        refusals=(403, 404, 409),
    ),
    Operation(
        "GET",
        "/recordings/{stream}/{party}/mine",
        "recordingHeld",
        h.recording_held,
        "How far the room has what this seat recorded of a member",
        b.RecordingHeld,
        refusals=(403, 404, 409),
    ),
    Operation(
        "POST",
        "/recordings/{stream}/{party}/mine",
        "takeRecording",
        h.take_recording,
        "Hand in lines of the list of a recording; they are bound into the journal, once",
        b.RecordingHeld,
        b.RecordingSent,
        refusals=(403, 404, 409),
    ),
    Operation(
        "PUT",
        "/recordings/{stream}/{party}/mine/{seq}",
        "takeSegment",
        h.take_segment,
        "Hand in the next piece of the next segment, at most 1 MiB; the whole is checked against its line",
        b.RecordingHeld,
        BYTES,
        query=(("offset", "how many bytes of the segment the room has"),),
        refusals=(403, 404, 409),
    ),
    Operation(
        "GET",
        "/recordings/{stream}",
        "recordings",
        h.recordings,
        "What was recorded of an evaluation, when, and what of it the room has",
        b.RecordingsListed,
        refusals=(403, 404),
    ),
    Operation(
        "GET",
        "/recordings/{stream}/{party}/{device}/{seq}",
        "segment",
        h.segment,
        "A segment in clear, once the evaluation has closed or two people opened the recording; each look is an entry",
        FILM,
        refusals=(403, 404, 409),
    ),
)
