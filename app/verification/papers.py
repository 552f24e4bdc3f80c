"""The report of a package: as issued, showing the result, and set again from the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from app.evaluation.model import Evaluation
from app.evaluation.replay import fold
from app.evaluation.stages import LotStage
from app.evaluation.tally import result_bytes
from app.journal import Entry, Tree, fingerprint
from app.report import (
    Unreadable,
    attached,
    expected_result,
    make_report,
    origin_of,
    pages_of,
    printed_result,
    report_data,
    setting_name,
)
from app.verification.checks import CLOCK_STEP, Failed, Outcome

REPORT = "data/report.pdf"


def check_report(pdf: bytes, state: Evaluation, lot: str, case: bytes | None) -> Outcome:
    """Fail where the report is not the one issued, or what it shows or carries is not the result of `case`."""
    issued = state.lots[lot].report
    if issued is None or (hashlib.sha256(pdf).hexdigest(), len(pdf)) != (issued.sha256, issued.bytes):
        raise Failed("report_hash", REPORT)
    try:
        if pages_of(pdf) != issued.pages:
            raise Failed("report_part", REPORT, part="pages")
        if case is not None:
            made = result_bytes(case)
            expected = expected_result(state, lot, json.loads(made))
            _compare(printed_result(pdf, expected), expected.rows)
            due = {"scoring-case.json": case, "result.json": made}
            if found := {name for name, file in attached(pdf).items() if due.get(name) != file}:
                raise Failed("report_attached", REPORT, file=min(found))
    except Unreadable as unreadable:
        raise Failed("report_part", REPORT, part=unreadable.part) from None
    return Outcome.PASS


def _compare(printed: str, rows: Sequence[str]) -> None:
    rest = printed
    for row in rows:
        if not rest.startswith(row):
            raise Failed("report_table", REPORT, row=row)
        rest = rest.removeprefix(row)
    if rest:
        raise Failed("report_table", REPORT, row=rest[:40])


def check_typeset(
    pdf: bytes, entries: Sequence[Entry], tree: Tree, lot: str, room_name: str, room_keys: Sequence[bytes]
) -> Outcome:
    """Set the report again from the entries it says it was made from, with the fingerprint of one of the room's keys.

    Not due where it was set by another version of the program; then only its hash and table are checked.
    """
    try:
        origin = origin_of(pdf)
    except Unreadable as unreadable:
        raise Failed("report_part", REPORT, part=unreadable.part) from None
    if origin is None:
        raise Failed("report_origin", REPORT)
    name, size, issued_at = origin
    state = fold(entries[:size])
    reports = [entry for entry in entries if entry.type == "ReportIssued" and entry.data["lot"] == lot]
    issued = reports[-1] if reports else None  # each session issues its own, and a package holds the last
    if state is None or issued is None or not size < issued.seq or state.lots[lot].stage is not LotStage.REPORTING:
        raise Failed("report_origin", REPORT)
    earliest, latest = _moment(entries[size - 1]) - CLOCK_STEP, _moment(issued) + CLOCK_STEP
    if not earliest <= datetime.fromisoformat(issued_at) <= latest:
        raise Failed("report_origin", REPORT)
    if name != setting_name():
        return Outcome.NOT_DUE
    journal = (size, tree.root(size).hex())

    def again(key: bytes) -> bytes:
        key_fingerprint = fingerprint(key)
        data = report_data(
            state, lot, room_name=room_name, key_fingerprint=key_fingerprint, journal=journal, issued_at=issued_at
        )
        return make_report(data)

    if not any(again(key) == pdf for key in reversed(room_keys)):
        raise Failed("report_bytes", REPORT)
    return Outcome.PASS


def _moment(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.at)
