"""The object names of everything that a person touches at the seat, for scripted people and for tests."""

from __future__ import annotations

from enum import StrEnum


class Name(StrEnum):
    """One control each; where there is one a bidder, alias, lot or cell, `part` puts its key behind the name."""

    # always there
    HELP = "seat.help"
    HELP_ANSWER = "seat.help.answer"
    HELP_ANSWER_READ = "seat.help.answer.read"
    BROADCAST = "seat.broadcast"
    DEVICES = "seat.devices"
    DEVICES_AGAIN = "seat.devices.again"
    DEVICES_BACK = "seat.devices.back"
    DEVICES_TEST = "seat.devices.test"
    CENTRE_CALL = "seat.centre"
    CENTRE_ANSWER = "seat.centre.answer"
    CENTRE_HANG_UP = "seat.centre.hang_up"
    KEYS = "seat.keys"
    ACTS = "seat.acts"
    ACTS_URGENT = "seat.acts.urgent"
    ACTS_BACK = "seat.acts.back"
    ACTS_SCAN_BACK = "seat.acts.scan.back"
    SCALE = "seat.scale"
    CONTRAST = "seat.contrast"
    RECORDED = "seat.recorded"
    OWN_PICTURE = "seat.own_picture"
    LOT = "seat.lot"  # .LOT_ID
    # the chair is taken
    OPEN_CALL = "seat.open.call"
    OPEN_AGAIN = "seat.open.again"
    OPEN_BACK = "seat.open.back"
    DISCIPLINE_TEXT = "seat.discipline.text"
    DISCIPLINE_DONE = "seat.discipline.done"
    PLEDGE_NONE = "seat.pledge.none"  # .0 .1 .2: the bidders in the order shown
    PLEDGE_INTEREST = "seat.pledge.interest"  # .0 .1 .2
    PLEDGE_TEXT = "seat.pledge.text"
    PLEDGE_SIGN = "seat.pledge.sign"
    PLEDGE_REASON = "seat.pledge.reason"
    PLEDGE_RECUSE = "seat.pledge.recuse"
    # the chair of the committee
    CHAIR_CHOICE = "seat.chair.choice"  # .M3
    CHAIR_PROPOSE = "seat.chair.propose"
    CHAIR_AGREE = "seat.chair.agree"
    CHAIR_OBJECT = "seat.chair.object"
    BALLOT_CHOICE = "seat.ballot.choice"  # .M3
    BALLOT_SEAL = "seat.ballot.seal"
    # documents beside the work
    DOCUMENTS = "seat.documents"
    DOCUMENT = "seat.documents.choice"  # .left .right
    DOCUMENT_PAGES = "seat.documents.pages"  # .left .right
    DOCUMENT_TWO = "seat.documents.two"
    DOCUMENT_FIND_ALL = "seat.documents.find_all"
    DOCUMENT_NOTE = "seat.documents.note"
    DOCUMENT_GROUND = "seat.documents.ground"
    # the two matrices
    REVIEW_MATRIX = "seat.review.matrix"
    REVIEW_REASON = "seat.review.reason"
    REVIEW_PAGE = "seat.review.page"
    REVIEW_CHECK = "seat.review.check"
    REVIEW_BACK = "seat.review.back"
    REVIEW_GAP = "seat.review.gap"  # .0 .1 .2: what the last look lists
    REVIEW_SEAL = "seat.review.seal"
    MARKS_MATRIX = "seat.marks.matrix"
    MARKS_NOTE = "seat.marks.note"
    MARKS_RULE = "seat.marks.rule"
    MARKS_CHECK = "seat.marks.check"
    MARKS_BACK = "seat.marks.back"
    MARKS_GAP = "seat.marks.gap"  # .0 .1 .2
    MARKS_SEAL = "seat.marks.seal"
    # what the chair concludes
    CONCLUDE_GROUND = "seat.conclude.ground"  # .BID
    CONCLUDE_COMPETITION = "seat.conclude.competition"
    CONCLUDE_DONE = "seat.conclude.done"
    CONCLUDE_FAIL = "seat.conclude.fail"
    REPEAT_GROUND = "seat.repeat.ground"
    REPEAT_REASON = "seat.repeat.reason"
    REPEAT = "seat.repeat"
    FINDINGS_TABLE = "seat.findings.table"
    FINDINGS_NOTE = "seat.findings.note"
    FINDINGS_DONE = "seat.findings.done"
    # every member's last word
    CONFIRM_TABLE = "seat.confirm.table"
    CONFIRM_AGREE = "seat.confirm.agree"
    CONFIRM_REASONS = "seat.confirm.reasons"
    CONFIRM_DISSENT = "seat.confirm.dissent"
    SIGN_PAD = "seat.sign.pad"
    SIGN_CLEAR = "seat.sign.clear"
    SIGN_PIN = "seat.sign.pin"
    SIGN_DONE = "seat.sign.done"
    REPORT = "seat.report"
    WIPE = "seat.wipe"


def part(name: Name, key: str | int) -> str:
    """The name of one of several like controls: `part(Name.CHAIR_CHOICE, "M3")`."""
    return f"{name.value}.{key}"
