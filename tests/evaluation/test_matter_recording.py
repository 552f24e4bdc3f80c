"""Recordings: the room binds what seats handed in, only forward; two people open one; staff alone hear of it."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_factory import AGENCY, CENTRE, KIOSK, WITNESS, Play, member
from evaluation_stages import at, refused
from matter_acts import filled, offered

from app.evaluation.actor import SYSTEM
from app.evaluation.matters.recording.decisions import MOST_CAMERAS, MOST_GAPS, may_look
from app.evaluation.matters.recording.records import (
    MOST_NAME,
    AskRecording,
    GapReason,
    GapTrack,
    NoteRecording,
    OpenRecording,
    RecordingAsked,
    RecordingGap,
    RecordingNoted,
    RecordingOpened,
    RecordingRefused,
    RecordingState,
    RecordingTold,
    RefuseRecording,
    TellRecording,
    camera_party,
    well_named,
)
from app.evaluation.matters.recording.seen import report
from app.evaluation.redaction import told
from app.evaluation.replay import check
from app.evaluation.telling import Told
from app.evaluation.views import view

HASH = "0123456789abcdef" * 4


def gap(seconds: str, why: GapReason, track: GapTrack = GapTrack.ALL) -> RecordingGap:
    return RecordingGap(track, "2026-11-24T08:00:00.000Z", f"2026-11-24T08:00:{seconds}Z", why)


def sitting(stage: str = "constituted") -> tuple[Play, str]:
    it = at(stage)
    return it, it.it.committee[0]


def noted(alias: str, seq: int, *gaps: RecordingGap, sha256: str = HASH, device: str = "seat-1") -> NoteRecording:
    return NoteRecording(alias, device, seq, sha256, gaps)


def seen(it: Play, viewer: Any) -> dict[str, Any]:
    found = view(it.it, viewer)
    assert found is not None
    return dict(found["matters"].get("recording", {}))


def sound(it: Play) -> None:
    assert check(it.log.entries) == (it.it, None)


def test_the_room_notes_what_a_seat_handed_in() -> None:
    it, alias = sitting()
    assert it.do(noted(alias, 3), SYSTEM) == ["RecordingNoted"]
    it.do(noted(alias, 5, gap("04.000", GapReason.INTERRUPTED), sha256="f" * 64), SYSTEM)
    (kept,) = seen(it, WITNESS)["kept"]
    assert (kept["party"], kept["device"], kept["seq"], kept["sha256"]) == (alias, "seat-1", 5, "f" * 64)
    assert [one["why"] for one in kept["gaps"]] == ["interrupted"]
    sound(it)


def test_segments_only_grow_and_another_machine_begins_anew() -> None:
    it, alias = sitting()
    for seq in (0, -1):
        with refused("recording_noted"):
            it.do(noted(alias, seq), SYSTEM)
    it.do(noted(alias, 3), SYSTEM)
    for seq in (3, 2):
        with refused("recording_noted"):
            it.do(noted(alias, seq, sha256="f" * 64), SYSTEM)
    it.do(noted(alias, 1, device="seat-2"), SYSTEM)
    assert [(one["device"], one["seq"]) for one in seen(it, WITNESS)["kept"]] == [("seat-1", 3), ("seat-2", 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "F" * 64},
        {"sha256": "f" * 63},
        {"gaps": (gap("01.000", GapReason.SILENT),) * (MOST_GAPS + 1)},
        {"gaps": (RecordingGap(GapTrack.ALL, "2026-11-24T08:00:05Z", "2026-11-24T08:00:04Z", GapReason.DISK),)},
        {"gaps": (RecordingGap(GapTrack.ALL, "2026-11-24T08:00:05", "2026-11-24T08:00:06Z", GapReason.DISK),)},
        {"gaps": (RecordingGap(GapTrack.ALL, "2026-11-24T08:00:05Z", "later", GapReason.DISK),)},
        {"party": "E99"},
    ],
)
def test_what_no_recorder_says_is_refused(wrong: dict[str, Any]) -> None:
    it, alias = sitting()
    with refused("bad_value"):
        it.do(NoteRecording(**vars(noted(alias, 1)) | wrong), SYSTEM)
    with refused("not_permitted"):
        it.do(noted(alias, 1), member(alias))


def test_trouble_shows_to_staff_until_it_is_over() -> None:
    it, alias = sitting()
    for state in (RecordingState.LOW, RecordingState.DISK, RecordingState.BROKEN):
        it.do(TellRecording(alias, "seat-1", state, 2), SYSTEM)
        with refused("nothing_new"):
            it.do(TellRecording(alias, "seat-1", state, 1), SYSTEM)
        (notice,) = seen(it, CENTRE)["notices"]
        assert alias in notice["text"]["zh"]
        assert notice["urgent"]
        assert seen(it, member(alias)) == {}
    it.do(TellRecording(alias, "seat-1", RecordingState.RUNNING, 90), SYSTEM)
    assert "notices" not in seen(it, CENTRE)
    with refused("bad_value"):
        it.do(TellRecording("E99", "seat-1", RecordingState.LOW, 2), SYSTEM)
    sound(it)


def test_two_people_of_different_roles_open_a_recording() -> None:
    it, alias = sitting()
    it.do(noted(alias, 1), SYSTEM)
    assert not may_look(it.it, CENTRE, alias)
    it.do(filled(offered(it, CENTRE, "AskRecording")[0]), CENTRE)
    assert offered(it, CENTRE, "AskRecording", "OpenRecording") == []
    for again in (OpenRecording(alias, "好"), RefuseRecording(alias, "好")):
        with refused("already_approved"):
            it.do(again, CENTRE)
    with refused("already_requested"):
        it.do(AskRecording(alias, "再问"), WITNESS)
    with refused("reason_needed"):
        it.do(OpenRecording(alias, " "), WITNESS)
    it.do(filled(offered(it, WITNESS, "OpenRecording")[0]), WITNESS)
    assert seen(it, CENTRE)["open"] == [alias]
    assert may_look(it.it, WITNESS, alias)
    assert not may_look(it.it, member(alias), alias)
    assert not may_look(it.it, AGENCY, alias)
    assert offered(it, CENTRE, "AskRecording") == []
    with refused("already_requested"):
        it.do(AskRecording(alias, "再问"), WITNESS)
    sound(it)


def test_one_no_is_enough_and_it_can_be_asked_again() -> None:
    it, alias = sitting()
    it.do(noted(alias, 1), SYSTEM)
    with refused("nothing_requested"):
        it.do(OpenRecording(alias, "好"), WITNESS)
    it.do(AskRecording(alias, "有人举报"), CENTRE)
    it.do(filled(offered(it, WITNESS, "RefuseRecording")[0]), WITNESS)
    assert not may_look(it.it, CENTRE, alias)
    assert [line.text for line in report(it.it, "1")][1:] == [
        f"申请调阅{alias}的录音录像：有人举报",
        f"不同意调阅{alias}的录音录像：写明的理由",
    ]
    assert len(offered(it, CENTRE, "AskRecording")) == 1
    sound(it)


def test_nobody_opens_or_sees_anything_while_members_work_alone() -> None:
    it, alias = sitting()
    it.do(noted(alias, 1), SYSTEM)
    it.do(AskRecording(alias, "有人举报"), CENTRE)
    it.do(OpenRecording(alias, "同意"), WITNESS)
    assert may_look(it.it, CENTRE, alias)
    it.choose_chair()
    assert not may_look(it.it, CENTRE, alias)
    assert "open" not in seen(it, CENTRE)
    other = it.it.committee[1]
    it.do(noted(other, 1), SYSTEM)
    with refused("recording_sealed"):
        it.do(AskRecording(other, "有人举报"), CENTRE)
    assert offered(it, CENTRE, "AskRecording") == []


def test_what_was_never_recorded_cannot_be_asked_for() -> None:
    it, alias = sitting()
    with refused("no_recording"):
        it.do(AskRecording(alias, "有人举报"), CENTRE)
    with refused("not_permitted"):
        it.do(AskRecording(alias, "有人举报"), member(alias))


def test_staff_alone_hear_of_it() -> None:
    it, alias = sitting()
    it.do(noted(alias, 1), SYSTEM)
    viewers = (CENTRE, WITNESS, member(alias), member(it.it.committee[1]), AGENCY, KIOSK)
    for event in (
        RecordingNoted(alias, "seat-1", 1, HASH, ()),
        RecordingTold(alias, "seat-1", RecordingState.LOW, 2),
        RecordingAsked(alias, "因"),
        RecordingOpened(alias, "因"),
        RecordingRefused(alias, "因"),
    ):
        assert [told(it.it, event, who) for who in viewers] == [Told.WHOLE, Told.WHOLE, *[Told.NOTHING] * 4]
    for who in (member(it.it.committee[1]), AGENCY):
        assert HASH not in str(view(it.it, who))


def test_the_report_counts_what_failed_and_not_what_was_muted() -> None:
    it, alias = sitting()
    assert report(it.it, "1") == []
    it.do(noted(alias, 2, gap("40.000", GapReason.SILENT, GapTrack.SOUND), gap("04.100", GapReason.DISK)), SYSTEM)
    it.do(noted(alias, 4, gap("50.000", GapReason.PAUSED), gap("02.000", GapReason.INTERRUPTED)), SYSTEM)
    (line,) = report(it.it, "1")
    assert line.head == "录音录像"
    assert line.text == f"{alias}席位的录音录像共 4 段，中断 2 处，共 7 秒；末段清单摘要 {HASH[:16]}。"


def test_a_camera_of_the_room_is_recorded_in_the_place_of_a_member() -> None:
    it, alias = sitting()
    wall = camera_party("北墙全景")
    it.do(noted(wall, 2, gap("04.000", GapReason.INTERRUPTED), device="console-1"), SYSTEM)
    it.do(noted(alias, 1), SYSTEM)
    it.do(TellRecording(wall, "console-1", RecordingState.DISK, 0), SYSTEM)
    assert [one["party"] for one in seen(it, WITNESS)["kept"]] == [wall, alias]
    assert "北墙全景" in seen(it, WITNESS)["notices"][0]["text"]["en"]
    it.do(filled(offered(it, CENTRE, "AskRecording")[0]), CENTRE)
    it.do(filled(offered(it, WITNESS, "OpenRecording")[0]), WITNESS)
    assert may_look(it.it, CENTRE, wall)
    assert not may_look(it.it, CENTRE, alias)
    assert "@北墙全景（场地摄像机）的录音录像共 2 段，中断 1 处" in report(it.it, "1")[0].text
    sound(it)


def test_one_machine_has_few_cameras_each_named_as_a_folder_can_be() -> None:
    it, _ = sitting()
    for number in range(MOST_CAMERAS):
        it.do(noted(camera_party(f"墙 {number}"), 1, device="console-1"), SYSTEM)
    with refused("bad_value"):
        it.do(noted(camera_party("再一台"), 1, device="console-1"), SYSTEM)
    it.do(noted(camera_party("墙 0"), 2, device="console-1"), SYSTEM)
    it.do(noted(camera_party("再一台"), 1, device="console-2"), SYSTEM)
    for name in ("", " 墙", "..", "墙.", "a/b", "a\\b", "c:", "墙\n", "墙" * (MOST_NAME + 1)):
        assert not well_named(name)
        with refused("bad_value"):
            it.do(noted(camera_party(name), 1, device="console-3"), SYSTEM)
