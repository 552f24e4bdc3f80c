"""`kawei room` with an act of two people, at a room that is not running; the passwords are typed."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from room_clients import PASSWORD

from app.cli import main

BOTH = ("--by", "centre-a", "--second", "witness-a")


def door(capsys: pytest.CaptureFixture[str], *arguments: str, typed: str | None = None) -> tuple[int, Any]:
    """Its answer or its error; `typed` are lines of stdin, by default the password of both."""
    before, sys.stdin = sys.stdin, io.StringIO(f"{PASSWORD}\n{PASSWORD}\n" if typed is None else typed)
    try:
        code = main(["room", *arguments])
    finally:
        sys.stdin = before
    told = capsys.readouterr()
    return code, json.loads((told.out if code == 0 else told.err).splitlines()[-1])
