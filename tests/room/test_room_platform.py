"""What a platform exported, sent over HTTP: checked, entered, kept, packed; and of a refused one nothing."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import requests
from accompanied_play import rules
from platform_export import export, wrong_total
from room_play import STREAM, Play, ready
from room_world import Refusal, Room, a_room
from test_room_openapi import Watch

from app.room import platform
from app.verification import inspect
from app.verification.folder import Folder

PLACE = "/platform/evaluation~ev1/1"


def send(machine: Any, content: bytes, path: str = PLACE) -> Any:
    return machine.ask("POST", path, data=content)


def status(*args: Any, **options: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        send(*args, **options)
    return refused.value.status, refused.value.code


def state(room: Room) -> Any:
    return room.services.writer.book.evaluations[STREAM]


def entries(room: Room, kind: str) -> list[Any]:
    return [json.loads(row.body) for row in room.store.entries(STREAM) if row.type == kind]


def left_over(room: Room) -> list[str]:
    folders = (room.folder / "platform", room.folder / "scratch")
    return [path.name for folder in folders if folder.is_dir() for path in folder.iterdir()]


def test_from_the_chair_to_the_evidence_beside_a_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(requests, "request", watch.request)
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path, rules=rules("ZC"))
        early = status(play.agency, b"{}")
        play.gather()
        play.choose_chair()
        assert early == (409, "wrong_stage")
        wrong, right = export(state(room), change=wrong_total), export(state(room))
        refused_ones(room, play, wrong)
        found = send(play.agency, wrong)
        assert (found["faults"], found["bytes"]) == (1, len(wrong))
        assert status(play.centre, wrong) == (409, "same_export")
        assert play.lot("1")["stage"] == "accompanying"
        play.chair.do(STREAM, "AskPlatformCorrection", {"lot": "1", "reason": "B 的总得分"})
        assert send(play.centre, right)["faults"] == 0
        assert [one["actor"]["role"] for one in entries(room, "PlatformChecked")] == ["agency", "centre"]
        for machine in play.machines:
            machine.view()
        play.chair.do(STREAM, "NotePlatform", {"lot": "1", "note": "", "failed": False})
        for seat in play.sitting:
            seat.do(STREAM, "ConfirmResult", {"lot": "1"})
        play.wait_stage("1", "reported")
        play.leave()
        play.close()
        files = unpacked(play.evidence())
        assert files["data/platform/1.json"] == wrong
        assert files["data/platform/2.json"] == right
        verdict = inspect(Folder(files, ()))
        assert verdict.good, verdict.failed
        assert left_over(room) == []
        play.disconnect()
    assert "sendPlatform" in watch.seen


def refused_ones(room: Room, play: Play, wrong: bytes) -> None:
    """Whoever may not, and whatever cannot be taken, leaves nothing behind but what the journal has to keep."""
    kept = len(room.services.blobs.digests())
    for machine in (play.witness, play.kiosk, play.sitting[0]):
        assert status(machine, wrong) == (403, "not_permitted")
    assert status(play.agency, wrong, path="/platform/evaluation~ev9/1") == (404, "not_found")
    assert status(play.agency, wrong, path="/platform/evaluation~ev1/9")[1] == "unknown_lot"
    assert status(play.agency, b"[]")[0] == 400
    named = json.loads(wrong)
    named["case"]["experts"][0] = "张三"
    named["case"]["sheets"]["张三"] = named["case"]["sheets"].pop("评委1")
    assert status(play.agency, json.dumps(named).encode()) == (400, "not_an_alias")
    assert len(room.services.blobs.digests()) == kept
    assert entries(room, "PlatformChecked") == []
    assert left_over(room) == []


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of a package by path below the bag."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        found = {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")}
    root = next(name for name in found if name.endswith("bagit.txt")).removesuffix("bagit.txt")
    return {name.removeprefix(root): data for name, data in found.items()}


def test_what_is_too_large_is_refused_and_a_lot_that_changed_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path, rules=rules("ZC"))
        play.gather()
        play.choose_chair()
        data = export(state(room))
        monkeypatch.setattr(platform, "MOST_BYTES", 100)
        assert status(play.agency, data) == (413, "too_large")
        monkeypatch.undo()
        looked: list[int] = []
        examine = platform.examine

        def slow(*args: Any) -> Any:
            """The first time somebody else is faster."""
            looked.append(1)
            if len(looked) == 1:
                monkeypatch.setattr(platform, "examine", examine)
                send(play.centre, export(state(room), change=wrong_total))
                monkeypatch.setattr(platform, "examine", slow)
            return examine(*args)

        monkeypatch.setattr(platform, "examine", slow)
        assert send(play.agency, data)["faults"] == 0
        assert len(looked) == 2
        assert [one["actor"]["role"] for one in entries(room, "PlatformChecked")] == ["centre", "agency"]
        play.disconnect()
