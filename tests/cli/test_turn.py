"""The relay servers of calls as a machine's settings name them: addresses looked at, secrets in files of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import machine
from app.cli.errors import Fault
from app.cli.turn import relays_of
from app.ports.call import RelayServer

GOOD = {"url": "turn:10.0.0.5:3478?transport=udp", "user": "seat", "secret_file": "turn.secret"}


def read(folder: Path, *servers: dict[str, Any]) -> machine.Machine:
    (folder / machine.FILE).write_text(json.dumps({"turn": servers}), "utf-8")
    return machine.read_machine(folder)


def test_a_server_is_read_with_its_secret(tmp_path: Path) -> None:
    secret = tmp_path / "turn.secret"
    secret.write_text("only here\n", "utf-8")
    secret.chmod(0o600)
    second = {"url": "turns:relay.centre.example", "user": "seat", "secret_file": str(secret)}
    found = relays_of(read(tmp_path, GOOD, second).turn, tmp_path)
    assert found == (
        RelayServer("turn:10.0.0.5:3478?transport=udp", "seat", "only here"),
        RelayServer("turns:relay.centre.example", "seat", "only here"),
    )
    assert "only here" not in repr(found)
    assert relays_of(read(tmp_path).turn, tmp_path) == ()


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"url": "stun:10.0.0.5"}, "$.turn[1].url"),
        ({"url": "turn:10.0.0.5:99x"}, "$.turn[1].url"),
        ({"url": "turn:10.0.0.5?transport=sctp"}, "$.turn[1].url"),
        ({"url": "turn:10.0.0.5 turn:10.0.0.6"}, "$.turn[1].url"),
        ({"user": " "}, "$.turn[1].user"),
        ({"secret_file": ""}, "$.turn[1].secret_file"),
        ({"secret": "in the settings"}, "$.turn[1].secret"),
    ],
)
def test_what_is_no_server_is_refused_with_its_place(tmp_path: Path, wrong: dict[str, str], place: str) -> None:
    with pytest.raises(Fault) as refused:
        read(tmp_path, GOOD, GOOD | wrong)
    assert (refused.value.code, refused.value.where) == ("bad_settings", f"{tmp_path / machine.FILE}:{place}")


def test_five_servers_are_too_many(tmp_path: Path) -> None:
    with pytest.raises(Fault) as refused:
        read(tmp_path, *[GOOD] * 5)
    assert refused.value.where.endswith(":$.turn")


@pytest.mark.parametrize(
    ("rights", "content", "code"), [(0o640, "x", "secret_in_the_open"), (0o600, "\n", "no_secret")]
)
def test_a_secret_that_others_read_or_that_is_none_is_refused(
    tmp_path: Path, rights: int, content: str, code: str
) -> None:
    secret = tmp_path / "turn.secret"
    secret.write_text(content, "utf-8")
    secret.chmod(rights)
    with pytest.raises(Fault) as refused:
        relays_of(read(tmp_path, GOOD).turn, tmp_path)
    assert (refused.value.code, refused.value.where) == (code, str(secret))


def test_a_secret_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(Fault) as refused:
        relays_of(read(tmp_path, GOOD).turn, tmp_path)
    assert refused.value.code == "no_secret"
