"""The room's signing key is changed in the middle of an evaluation: its package holds under the old and the new one."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from resting_door import BOTH, door
from room_play import ready
from room_world import PASSWORD, Room

from app.cli import main
from app.journal import fingerprint
from app.room.keys import finish_rotation, load_keys, prepare_rotation, rotation_is_open
from devices.ambient import SystemRandomness


def test_a_package_that_spans_a_rotation_is_verified_under_either_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    play = ready(Room(data), tmp_path)
    try:
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        play.disconnect()
        play.room.stop()
        before = (data / "keys" / "sign.key").read_text()
        for both, passwords, why in (((), None, "usage"), (BOTH, f"{PASSWORD}\nguessed\n", "bad_login")):
            told = door(capsys, "--data", str(data), "--rotate-key", *both, typed=passwords)[1]
            assert told["error"]["code"] == why
            assert ((data / "keys" / "sign.key").read_text(), rotation_is_open(data / "keys")) == (before, False)
        code, told = door(capsys, "--data", str(data), "--rotate-key", *BOTH)
        assert code == 0
        after = (data / "keys" / "sign.key").read_text()
        assert after != before
        assert before.strip() not in "".join(path.read_text() for path in (data / "keys").glob("*"))

        play.move_to(Room(data))
        room = play.witness.view()["room"]
        assert (room["key"], len(room["key_rotations"])) == (told["key"], 1)
        play.conclude("1")
        play.leave()
        play.close()
        zipfile.ZipFile(io.BytesIO(play.evidence())).extractall(tmp_path)
        alone = [sys.executable, str(tmp_path / "evidence" / "verify.py")]
        for key in (told["before"], told["key"]):
            assert main(["verify", str(tmp_path / "evidence"), "--key", key]) == 0, key
            assert subprocess.run([*alone, "--key", key], check=False, capture_output=True).returncode == 0, key
        assert main(["verify", str(tmp_path / "evidence"), "--key", fingerprint(bytes(32))]) == 1

        # A package whose rotation is left out, or says another key, is none.
        listed = tmp_path / "evidence" / "data" / "room" / "entries.jsonl"
        lines = listed.read_bytes().splitlines(keepends=True)
        rotated = next(line for line in lines if b"SigningKeyRotated" in line)
        for forged in (b"", rotated.replace(b'"signature":"', b'"signature":"00')):
            listed.write_bytes(b"".join(forged if line is rotated else line for line in lines))
            assert main(["verify", str(tmp_path / "evidence")]) == 1
    finally:
        play.disconnect()
        play.room.stop()


def test_what_is_cut_off_in_between_is_finished_or_never_was(tmp_path: Path) -> None:
    chance = SystemRandomness()
    old = load_keys(tmp_path, chance).signer.public_key.hex()
    fresh = prepare_rotation(tmp_path, chance).public_key.hex()
    assert (tmp_path / "sign.next").stat().st_mode & 0o777 == 0o600
    finish_rotation(tmp_path, old)  # the entry was never written
    assert (load_keys(tmp_path, chance).signer.public_key.hex(), rotation_is_open(tmp_path)) == (old, False)
    finish_rotation(tmp_path, old)
    fresh = prepare_rotation(tmp_path, chance).public_key.hex()
    finish_rotation(tmp_path, fresh)  # it was, and the power failed behind it
    assert (load_keys(tmp_path, chance).signer.public_key.hex(), rotation_is_open(tmp_path)) == (fresh, False)
    assert fresh != old
