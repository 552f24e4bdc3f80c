"""Recordings: a machine binds what it kept of its own calls, only forward; staff alone hear of it, and the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play
from evaluation_stages import at, refused

from app.evaluation.actor import Actor
from app.evaluation.matters.call import COMMITTEE, HELP, JoinCall, LeaveCall
from app.evaluation.matters.recording import (
    MOST_GAPS,
    GapReason,
    GapTrack,
    NoteRecording,
    RecordingGap,
    RecordingNoted,
    report,
)
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view
from app.rules.model import Party

HASH = "0123456789abcdef" * 4


def at_seat(alias: str, device: str = "seat-1") -> Actor:
    return Actor(Party.MEMBER, alias=alias, device=device)


def gap(seconds: str, why: GapReason, track: GapTrack = GapTrack.ALL) -> RecordingGap:
    return RecordingGap(track, "2026-11-24T08:00:00.000Z", f"2026-11-24T08:00:{seconds}Z", why)


def noted(seq: int, *gaps: RecordingGap, call: str = COMMITTEE, sha256: str = HASH) -> NoteRecording:
    return NoteRecording(call, seq, sha256, gaps)


def talking() -> tuple[Play, str]:
    it = at("reviewed")
    alias = it.it.committee[0]
    it.do(JoinCall(COMMITTEE), at_seat(alias))
    return it, alias


def seen(it: Play, viewer: Actor) -> dict[str, Any]:
    told_ = view(it.it, viewer)
    assert told_ is not None
    return dict(told_["matters"].get("recording", {}))


def test_a_machine_notes_its_own_recording_during_the_call_and_after_it() -> None:
    it, alias = talking()
    assert it.do(noted(3), at_seat(alias)) == ["RecordingNoted"]
    it.do(LeaveCall(COMMITTEE), at_seat(alias))
    it.do(noted(5, gap("04.000", GapReason.INTERRUPTED), sha256="f" * 64), at_seat(alias))
    assert seen(it, at_seat(alias)) == {"mine": {"seq": 5, "sha256": "f" * 64}}
    (kept,) = seen(it, WITNESS)["kept"]
    assert (kept["party"], kept["device"], kept["seq"]) == (alias, "seat-1", 5)
    assert kept["gaps"] == [
        {
            "track": "all",
            "start": "2026-11-24T08:00:00.000Z",
            "end": "2026-11-24T08:00:04.000Z",
            "why": "interrupted",
        }
    ]
    assert check(it.log.entries) == (it.it, None)


def test_the_centre_notes_a_help_call_of_its_own_console() -> None:
    it = at("reviewed")
    call = HELP + it.it.committee[0]
    console = replace(CENTRE, device="console-1")
    it.do(JoinCall(call), console)
    it.do(noted(1, call=call), console)
    assert seen(it, console)["mine"] == {"seq": 1, "sha256": HASH}
    assert "mine" not in seen(it, replace(CENTRE, device="console-2"))
    assert report(it.it, "1")[0].text.startswith("中心所在终端的通话录音录像共 1 段，无中断")


def test_segments_only_grow_and_another_machine_begins_anew() -> None:
    it, alias = talking()
    for seq in (0, -1):
        with refused("recording_noted"):
            it.do(noted(seq), at_seat(alias))
    it.do(noted(3), at_seat(alias))
    for seq in (3, 2):
        with refused("recording_noted"):
            it.do(noted(seq, sha256="f" * 64), at_seat(alias))
    it.do(noted(1), at_seat(alias, "seat-2"))
    assert [(one["device"], one["seq"]) for one in seen(it, WITNESS)["kept"]] == [("seat-1", 3), ("seat-2", 1)]


def test_whoever_was_not_in_a_call_has_nothing_of_it() -> None:
    it, alias = talking()
    for actor, call in (
        (at_seat(it.it.committee[1]), COMMITTEE),
        (at_seat(alias), HELP + alias),
        (CENTRE, COMMITTEE),
    ):
        with refused("not_in_call"):
            it.do(noted(1, call=call), actor)
    with refused("not_permitted"):
        it.do(noted(1), WITNESS)


@pytest.mark.parametrize(
    "wrong",
    [
        noted(1, sha256="F" * 64),
        noted(1, sha256="f" * 63),
        noted(1, *[gap("01.000", GapReason.SILENT)] * (MOST_GAPS + 1)),
        noted(1, RecordingGap(GapTrack.ALL, "2026-11-24T08:00:05Z", "2026-11-24T08:00:04Z", GapReason.DISK)),
        noted(1, RecordingGap(GapTrack.ALL, "2026-11-24T08:00:05", "2026-11-24T08:00:06Z", GapReason.DISK)),
        noted(1, RecordingGap(GapTrack.ALL, "2026-11-24T08:00:05Z", "later", GapReason.DISK)),
    ],
)
def test_what_no_recorder_says_is_refused(wrong: NoteRecording) -> None:
    it, alias = talking()
    with refused("bad_value"):
        it.do(wrong, at_seat(alias))


def test_staff_alone_hear_of_it() -> None:
    it, alias = talking()
    it.do(noted(1), at_seat(alias))
    event = RecordingNoted(COMMITTEE, alias, "seat-1", 1, HASH, ())
    viewers = (CENTRE, WITNESS, at_seat(alias), at_seat(it.it.committee[1]), AGENCY, KIOSK)
    assert [told(it.it, event, who) for who in viewers] == [Told.WHOLE, Told.WHOLE, *[Told.NOTHING] * 4]
    for who in (at_seat(it.it.committee[1]), AGENCY):
        assert HASH not in str(view(it.it, who))


def test_the_report_counts_what_failed_and_not_what_was_muted() -> None:
    it, alias = talking()
    assert report(it.it, "1") == []
    it.do(noted(2, gap("40.000", GapReason.SILENT, GapTrack.SOUND), gap("04.100", GapReason.DISK)), at_seat(alias))
    it.do(noted(4, gap("50.000", GapReason.PAUSED), gap("02.000", GapReason.INTERRUPTED)), at_seat(alias))
    (line,) = report(it.it, "1")
    assert line.head == "录音录像"
    assert line.text == f"{alias}所在终端的通话录音录像共 4 段，中断 2 处，共 7 秒；末段清单摘要 {HASH[:16]}。"
