"""The pages of a console and the object names of everything that a person uses there."""

from __future__ import annotations

from enum import StrEnum


class PageName(StrEnum):
    """Which page is shown; `ConsoleWindow.page_name` says it."""

    LOGIN = "login"
    ROOM = "room"
    SEAT = "seat"
    EVALUATIONS = "evaluations"
    CHECK_IN = "check_in"
    DRAWS = "draws"
    IMPORT = "import"
    MACHINES = "machines"
    JOURNAL = "journal"
    LEDGER = "ledger"
    RELEASE = "release"
    TABLES = "tables"
    RESULT = "result"
    REPORT = "report"
    ACTS = "acts"
    FORMS = "forms"
    SCAN = "scan"
    FACES = "faces"
    PLATFORM = "platform"
    GALLERY = "gallery"
    BROADCAST = "broadcast"
    REPLAY = "replay"
    KEEPING = "keeping"


class Name(StrEnum):
    """objectName of a control; those that come several times have `part` put a key behind the name."""

    # log-in
    USER = "console.login.user"
    PASSWORD = "console.login.password"  # noqa: S105 - the name of a field
    LOG_IN = "console.login.enter"
    LOG_OUT = "console.logout"
    # always there
    SCALE = "console.scale"
    CONTRAST = "console.contrast"
    NAV = "console.nav"  # .room .evaluations .acts .check_in .draws .import .machines .journal .ledger
    INCIDENT = "console.incident"  # .release .release_waiting .help .seat_lost .machine_lost .draw_relaxed ...
    TODO = "console.todo"  # .import_package .call_draw .constitute_committee .check_tables .close_evaluation
    # the room and a seat
    PLAN = "console.room.plan"
    BACK = "console.back"
    HELP_ANSWER = "console.help.answer"
    HELP_SEND = "console.help.send"
    CALL_SEAT = "console.seat.call"
    CALL_LINE = "console.call"
    CALL_HANG_UP = "console.call.hang_up"
    CALL_HOLD = "console.call.hold"
    CALL_HAND_OVER = "console.call.hand_over"  # .centre .witness .regulator
    CALL_QUEUE = "console.queue"
    CALL_ANSWER = "console.queue.answer"  # .SEAT
    CALL_WRITE = "console.queue.write"  # .SEAT
    CALL_SILENCE = "console.queue.silence"
    BROADCAST = "console.room.broadcast"
    BROADCAST_TEXT = "console.broadcast.text"
    BROADCAST_VOICE = "console.broadcast.voice"
    BROADCAST_WRITE = "console.broadcast.write"
    BROADCAST_OVER = "console.broadcast.over"
    BROADCAST_LINE = "console.on_air"
    BROADCAST_SPEAK = "console.on_air.speak"
    BROADCAST_END = "console.on_air.end"
    ASKED_LINE = "console.asked"
    ASKED_JOIN = "console.asked.join"
    ASKED_SPEAK = "console.asked.speak"
    ASKED_LEAVE = "console.asked.leave"
    ASKED_READ = "console.asked.read"
    GALLERY = "console.gallery"
    GALLERY_SIZE = "console.gallery.size"  # .4 .9 .16
    GALLERY_LARGE = "console.gallery.large"
    GALLERY_BACK = "console.gallery.back"
    GALLERY_SEAT = "console.gallery.seat"
    REPLAY = "console.replay.picture"
    REPLAY_OF = "console.replay.of"  # .ALIAS
    REPLAY_BAR = "console.replay.bar"
    REPLAY_PLAY = "console.replay.play"
    REPLAY_BACK = "console.replay.back"
    REPLAY_ON = "console.replay.on"
    REPLAY_BEFORE = "console.replay.before"
    REPLAY_NEXT = "console.replay.next"
    REPLAY_MUTE = "console.replay.mute"
    KEEPING = "console.keeping"
    KEEPING_REASON = "console.keeping.reason"
    KEEPING_HOLD = "console.keeping.hold"
    KEEPING_FREE = "console.keeping.free"
    KEEPING_SECOND = "console.keeping.second"
    KEEPING_PASSWORD = "console.keeping.password"  # noqa: S105 - the name of a field
    KEEPING_DELETE = "console.keeping.delete"
    REPLAY_ASK = "console.replay.ask"
    REVOKE_REASON = "console.machine.reason"
    MOVE = "console.seat.move"  # .0 .1 .2
    MOVE_REASON = "console.seat.move_reason"
    REVOKE = "console.machine.revoke"
    ENROL_KIND = "console.machine.kind"  # .seat .console .kiosk .board
    ENROL_SEAT = "console.machine.seat"
    ENROL = "console.machine.enrol"
    ENROL_CODE = "console.machine.code"
    # a release
    DOUBT_LIVE = "console.release.live"
    DOUBT_REFERENCE = "console.release.reference"
    RELEASE_REASON = "console.release.reason"
    RELEASE_READY = "console.release.ready"  # .0 .1: sentences that are often said
    RELEASE_APPROVE = "console.release.approve"
    RELEASE_REFUSE = "console.release.refuse"
    # evaluations; .LOT behind each
    RESULT = "console.evaluations.result"
    REPORT = "console.evaluations.report"
    EVIDENCE = "console.evaluations.evidence"
    SAVE_REPORT = "console.report.save"
    FORMS = "console.evaluations.forms"  # .STREAM
    FORM_KIND = "console.form.kind"  # .pledge .review .marks .opinion .replacement .leave .pause
    FORM_LOT = "console.form.lot"  # .LOT
    FORM_WHOM = "console.form.whom"  # .members .nobody
    FORM_COPIES = "console.form.copies"
    FORM_PRINT = "console.form.print"
    SCAN_BACK = "console.scan.back"
    FORM_SAVE = "console.form.save"
    RESULT_TABLE = "console.result.table"
    CHECK_IN_TABLE = "console.check_in.table"  # .STREAM
    # import
    IMPORT_PATH = "console.import.path"
    IMPORT_LIST = "console.import.list"
    IMPORT_UPLOAD = "console.import.upload"
    # what a platform exported
    PLATFORM = "console.evaluations.platform"  # .LOT
    PLATFORM_PATH = "console.platform.path"
    PLATFORM_LIST = "console.platform.list"
    PLATFORM_SEND = "console.platform.send"
    # draws
    DRAW_REASON = "console.draw.reason"
    DRAW_ACCEPT = "console.draw.accept"
    DRAW_CANCEL = "console.draw.cancel"
    DRAW_SHOW = "console.draw.show"
    CEREMONY_SKIP = "console.ceremony.skip"
    CEREMONY_AGAIN = "console.ceremony.again"
    # the check of the tables
    TABLES_BID = "console.tables.bid"  # .BID
    TABLES_REMARKS = "console.tables.remarks"
    TABLES_IN_ORDER = "console.tables.in_order"
    TABLES_RAISE = "console.tables.raise"
    # enrolled faces
    FACE_DOCUMENT = "console.face.document"
    FACE_FIND = "console.face.find"
    FACE_REASON = "console.face.reason"
    FACE_READY = "console.face.ready"  # .0 .1: sentences that are often said
    FACE_ENROL = "console.face.enrol"
    FACE_CONFIRM = "console.face.confirm"
    FACE_REFUSE = "console.face.refuse"
    FACE_FORGET = "console.face.forget"
    FACE_CONSENT = "console.face.consent"
    FACE_PAPER = "console.face.paper"
    FACE_DECLINE = "console.face.decline"
    FACE_PHOTO = "console.face.photo"
    FACE_SUBMIT = "console.face.submit"
    FACE_NOT_SAME = "console.face.not_same"
    FACE_BACK = "console.face.back"
    # journal and ledger
    JOURNAL_FIND = "console.journal.find"
    JOURNAL_RECORDED = "console.journal.recorded"
    JOURNAL_ONLY = "console.journal.only"
    JOURNAL_MORE = "console.journal.more"
    JOURNAL_ABOUT = "console.journal.about"
    JOURNAL_SINCE = "console.journal.since"
    JOURNAL_UNTIL = "console.journal.until"
    JOURNAL_KIND = "console.journal.kind"  # .arrival .draw .work .matter .room .refusal
    JOURNAL_PROOF = "console.journal.proof"
    LEDGER_TEXT = "console.ledger.text"
    LEDGER_ADD = "console.ledger.add"
    LEDGER_DISSUADE = "console.ledger.dissuade"
    LEDGER_RESULT = "console.ledger.result"
    LEDGER_FILE = "console.ledger.file"
    LEDGER_PRINT = "console.ledger.print"
    LEDGER_SAVE = "console.ledger.save"


def part(name: Name, key: str) -> str:
    """The name of one of several like controls: `part(Name.TODO, "call_draw")`."""
    return f"{name.value}.{key}"
