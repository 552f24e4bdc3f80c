"""The report's content as plain JSON, from the folded state."""

from __future__ import annotations

from typing import Any

from app.evaluation.model import Evaluation
from app.evaluation.tally import case_bytes, ranking_is_open, result_bytes
from app.report import wording as say
from app.report.people import witness
from app.report.sections import section
from app.report.source import Source

VERSION = 1
"""Version of the data that the template sets."""


def report_data(
    state: Evaluation,
    lot_id: str,
    *,
    room_name: str,
    key_fingerprint: str,
    journal: tuple[int, str],
    issued_at: str,
) -> dict[str, Any]:
    """The content of a lot's report.

    `journal` is size and root (hex) of the stream's tree at this moment, `issued_at` the server's time (RFC
    3339), `key_fingerprint` that of the room's key. Raises KeyError for a lot that the evaluation does not have.
    """
    of = Source(state, state.lots[lot_id], room_name, key_fingerprint, journal, issued_at)
    tender, lot = state.tender, of.lot.lot
    ruleset = state.ruleset
    return {
        "version": VERSION,
        "title": of.word("report"),
        "rehearsal": state.rehearsal,
        "failed": of.lot.failed is not None,
        "project": tender.name,
        "cover": [
            [of.word("tender_number"), tender.id],
            [of.word("lot"), f"{lot.id}　{lot.name}"],
            [of.word("tenderee"), tender.tenderee],
            [of.word("agency"), tender.agency or "—"],
            [f"{of.word('evaluation')}地点", of.room_name],
            [f"{of.word('evaluation')}日期", say.days(of.began_at, issued_at)],
        ],
        "footer": f"{tender.id}　{of.word('lot')} {lot.id}",
        "issued": say.minute(issued_at),
        "issued_at": issued_at,
        "attached": _attached(of),
        "origin": {"journal_size": journal[0], "issued_at": issued_at},
        "sections": [
            section(of, key) | {"number": say.numeral(number)}
            for number, key in enumerate(ruleset.report_sections, start=1)
        ],
        "appendix": {"key": "witness", "title": "附：见证记录摘要", "number": "", "blocks": witness(of)},
    }


def _attached(of: Source) -> dict[str, str]:
    """What a machine reads in the report, by file name: the input of `kawei score` and its output."""
    if not ranking_is_open(of.lot):
        return {}
    case = case_bytes(of.state, of.lot)
    return {"scoring-case.json": case.decode(), "result.json": result_bytes(case).decode()}
