"""How long the report takes to be set, how large it is, and how long a stranger checks its package."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))  # the tests are no part of what is installed

from evaluation_case import bid, lot_json, tender_json
from evaluation_factory import Play
from evidence_factory import pack, real_report

from app.evaluation.room import commands as rc
from app.journal import canonical
from app.report import pages_of, report_data
from app.verification import inspect

BIDS, FACTORS, MEMBERS = 30, 60, 9
MOST = 5
"""Points of one factor; a third of all are objective."""


class Large(Play):
    """A room with a seat for each of nine members and two to spare."""

    def open_room(self) -> None:
        """Twelve seats, four in a row."""
        seats = tuple({"id": f"A{k:02}", "x": 2 * (k % 4), "y": 2 * (k // 4)} for k in range(1, 13))
        self.do_room(rc.OpenRoom(self.rehearsal, self.room_id, "岷乐评标三室", seats, self.signer.public_key.hex()))
        for device, signer in self.devices.items():
            kind = device.split("-", maxsplit=1)[0]
            self.do_room(rc.EnrolDevice(device, kind, None, signer.public_key.hex()))
            self.do_room(rc.ConnectDevice(device))
        self.do_room(rc.TakePost("centre-a", "centre", "console-1"))


def large_tender() -> dict[str, Any]:
    """A tender of one lot with thirty bids and sixty factors, its names as long as they come."""
    dice = random.Random(20261125)  # noqa: S311 - reproducible sample data
    bids = [
        bid(f"B{n:02}", f"岷乐市第{n}市政公用工程建设集团有限责任公司（联合体）", str(dice.randint(880_000, 1_150_000)))
        for n in range(1, BIDS + 1)
    ]
    factors = [
        {
            "id": f"T{n}",
            "group": "technical" if n <= FACTORS // 2 else "commercial",
            "kind": "objective" if n % 3 == 0 else "subjective",
            "name": f"第{n}项：施工组织设计的针对性与可行性",
            "rule": "内容完整、措施具体、针对本工程特点的得 5-4 分，基本完整的得 3-2 分，一般的得 1-0 分",
            "min": "0",
            "max": str(MOST),
        }
        for n in range(1, FACTORS + 1)
    ]
    lot = lot_json("GC") | {"bids": bids, "factors": factors}
    return tender_json("GC") | {"lots": [lot]}


def mark(alias: str, bid_id: str, factor: str) -> str:
    """Objective ones agree; the others lie up to a point apart, which is far from the mean of a low mark."""
    level = (int(bid_id[1:]) * 7 + int(factor[1:])) % (2 * MOST - 1)
    own = 0 if int(factor[1:]) % 3 == 0 else int(alias[1:]) % 3
    return f"{(level + own) / 2:.1f}"


def played() -> Play:
    """The whole evaluation but for its report."""
    it = Large("GC")
    it.open_room()
    it.import_package(MEMBERS, delegates=0, tender=large_tender())
    it.draw_slots()
    for found in list(it.it.members.values()):
        it.pledge(it.arrive(found.ref))
    it.constitute()
    it.choose_chair()
    it.review("1")
    it.conclude("1")
    it.mark("1", mark)
    it.finish_lot("1")
    return it


def issued(it: Play) -> bytes:
    """The report of the lot, entered in the journal, and the evaluation closed."""
    pdf, pages = real_report(it, "1")
    it.issue("1", pdf, pages)
    it.leave()
    it.close()
    return pdf


def run() -> dict[str, Any]:
    """Seconds, bytes and pages for thirty bids, sixty factors and nine members.

    `data_s` is what the report says, `set_s` the rest up to its PDF; `verify_s` all checks of its package, `ratio` of
    that to setting the report once more, which is one of them.
    """
    it = played()
    begun = time.perf_counter()
    data = report_data(
        it.it, "1", room_name="岷乐评标三室", key_fingerprint="", journal=(1, "0" * 64), issued_at=it.tick()
    )
    data_s = time.perf_counter() - begun
    begun = time.perf_counter()
    pdf = issued(it)
    whole_s = time.perf_counter() - begun
    found = pack(it, {"1": pdf})
    begun = time.perf_counter()
    verdict = inspect(found.folder(), found.key)
    verify_s = time.perf_counter() - begun
    return {
        "bids": BIDS,
        "factors": FACTORS,
        "members": MEMBERS,
        "pages": pages_of(pdf),
        "kilobytes": len(pdf) // 1024,
        "data_s": round(data_s, 2),
        "set_s": round(whole_s - data_s, 2),
        "json_kilobytes": len(canonical(data)) // 1024,
        "verified": verdict.good,
        "verify_s": round(verify_s, 2),
        "ratio": round(verify_s / whole_s, 2),
    }
