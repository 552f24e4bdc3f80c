"""Imports: a refused package leaves nothing, neither file nor row nor entry; a good one everything at once."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from room_packages import NAMES, document, package, package_folder
from room_play import STREAM, Play
from room_world import Refusal, Room, a_room

from app.exchange.writing import build_package
from app.ports.store import StoreFault
from app.room.importing import files_of
from app.room.vault import AUTHORISATION, PORTRAIT


def traces(room: Room) -> tuple[Any, ...]:
    """Everything that an import could leave."""
    files = sorted(str(p.relative_to(room.folder)) for p in room.folder.rglob("*") if p.is_file())
    files = [name for name in files if not name.startswith("kawei.sqlite")]
    kinds = [row.type for row in room.store.entries_after(0) if row.type != "AccessRefused"]
    return files, len(room.store.persons()), room.store.streams(), kinds


def broken(folder: Path, change: Any) -> Path:
    """A package whose zip was changed afterwards."""
    good = package(folder)
    bad = folder / "bad.zip"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return bad


def without_prices(name: str, data: bytes) -> bytes:
    if name != "tender.json":
        return data
    tender = json.loads(data)
    del tender["lots"][0]["bids"][0]["price"]
    return json.dumps(tender).encode()


CHANGES: list[tuple[Any, str]] = [
    (lambda name, data: data + b" " if name.endswith("bid-A.pdf") else data, "wrong_size"),
    (lambda name, data: data.replace(b"1 0 obj", b"2 0 obj") if name.endswith("bid-A.pdf") else data, "wrong_hash"),
    (lambda name, data: None if name.endswith("bid-A.pdf") else data, "missing_file"),
    (without_prices, "wrong_size"),
    (lambda name, data: None if name == "package.json" else data, "missing_file"),
]


def test_of_a_refused_package_nothing_is_kept(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        before = traces(room)
        for number, (change, code) in enumerate(CHANGES):
            folder = tmp_path / str(number)
            folder.mkdir()
            with pytest.raises(Refusal) as refused:
                play.import_package(broken(folder, change))
            assert (refused.value.status, refused.value.code) == (400, code)
            assert refused.value.where or "package.json" in refused.value.error["message"]
            assert traces(room) == before
        for body, code in ((b"", "empty_file"), (b"not a zip", "not_a_package"), (b"PK" + b"\0" * 90, "broken_zip")):
            with pytest.raises(Refusal) as nothing:
                play.centre.ask("POST", "/packages", data=body)
            assert (nothing.value.status, nothing.value.code) == (400, code)
            assert traces(room) == before
        play.disconnect()


def test_only_the_centre_imports_and_only_real_packages_into_a_live_room(tmp_path: Path) -> None:
    with a_room(tmp_path / "data", rehearsal=False) as room:
        play = Play(room)
        path = package(tmp_path)
        before = traces(room)
        with pytest.raises(Refusal) as rehearsal:
            play.import_package(path)
        assert (rehearsal.value.status, rehearsal.value.code) == (409, "rehearsal_only")
        for machine in (play.witness, play.kiosk, play.agency):
            with pytest.raises(Refusal) as refused:
                machine.ask("POST", "/packages", data=path.read_bytes())
            assert refused.value.code == "not_permitted"
        assert traces(room) == before
        play.disconnect()


def test_a_write_that_fails_takes_the_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expects_log: Any
) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        before = traces(room)

        def full(*args: Any) -> None:
            raise StoreFault("disk_full", "disk", "磁盘已满", "the disk is full")

        path = package(tmp_path)
        with monkeypatch.context() as patch, expects_log("not written code=disk_full", reason="the staff must see it"):
            patch.setattr(room.services.vault, "put", full)
            with pytest.raises(Refusal) as refused:
                play.import_package(path)
            assert (refused.value.status, refused.value.code) == (503, "disk_full")
        assert traces(room) == before
        assert play.import_package(path) == STREAM
        play.disconnect()


def test_what_is_imported_is_sealed_and_complete(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        assert play.import_package(package(tmp_path)) == STREAM
        state = room.services.writer.book.evaluations[STREAM]
        assert all(room.services.blobs.has(file.sha256) for file in files_of(state.tender))
        refs = sorted(state.members)
        assert list(state.members) == refs
        vault = room.services.vault
        people = {person.ref: person for person in vault.persons(STREAM)}
        assert sorted(person.name for person in people.values()) == sorted(NAMES[:5])
        assert sum(vault.paper(ref, PORTRAIT) is not None for ref in refs) == 3
        assert sum(vault.paper(ref, AUTHORISATION) is not None for ref in refs) == 1
        assert vault.person("nobody") is None
        assert NAMES[0] not in repr(people)
        kept = b"".join(p.read_bytes() for p in room.folder.rglob("*") if p.is_file())
        for secret in (NAMES[0], document(1), "秘密单位1", "13800000001", "portrait portrait"):
            assert secret.encode() not in kept
        assert not list((room.folder / "incoming").iterdir())
        play.disconnect()


def test_what_a_crash_left_behind_is_swept(tmp_path: Path) -> None:
    (tmp_path / "incoming").mkdir()
    (tmp_path / "incoming" / "half.zip").write_bytes(b"names")
    with a_room(tmp_path):
        assert not list((tmp_path / "incoming").iterdir())


def test_too_few_seats_are_said_so(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        source = package_folder(tmp_path / "source", members=6, delegates=0)
        build_package(source, tmp_path / "six.zip", rehearsal=True)
        play.import_package(tmp_path / "six.zip")
        play.streams.pop("seat-a01").close()
        play.centre.until(lambda v: any(s["device_state"] == "lost" for s in v["room"]["seats"]))
        with pytest.raises(Refusal) as refused:
            play.centre.do("room", "CallDraw", {"purpose": "slots", "streams": [STREAM]})
        assert (refused.value.code, "5" in refused.value.error["message"]) == ("too_few_seats", True)
        play.disconnect()
