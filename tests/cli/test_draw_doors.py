"""`kawei draw` and `kawei verify-draw`: files in, JSON and exit codes out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli import main

VECTORS = json.loads((Path(__file__).parents[1] / "drawing" / "vectors.json").read_text("utf-8"))
ORDER = VECTORS[2]


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(value: object) -> str:
        path = tmp_path / "输入.json"
        path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
        return str(path)

    return write


def drawn(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    assert main(["draw", *argv]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.endswith("}\n")
    return json.loads(out)


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, str]:
    assert main(list(argv)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    error: dict[str, str] = json.loads(err.splitlines()[-1])["error"]
    return error


def feed(monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(value).encode())))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_draws_the_published_vectors_and_verifies_them(
    vector: dict[str, Any], written: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    found = drawn(capsys, written(vector["request"]))
    assert {key: found[key] for key in vector["expected"]} == vector["expected"]
    assert main(["verify-draw", written(found)]) == 0
    assert capsys.readouterr().out.startswith("无误")


def test_takes_nonces_from_the_operating_system_where_none_are_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    request = {key: value for key, value in ORDER["request"].items() if key != "nonces"}
    request["nonces"] = {"kiosk": "ab" * 32}
    transcripts = []
    for _ in range(2):
        feed(monkeypatch, request)
        transcripts.append(drawn(capsys, "-"))
    first, second = transcripts
    assert first["nonces"]["kiosk"] == second["nonces"]["kiosk"] == "ab" * 32
    assert first["nonces"]["centre"] != second["nonces"]["centre"]
    feed(monkeypatch, first)
    assert main(["verify-draw", "-", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("correct, code ")


def test_the_first_wrong_thing_is_on_stdout_with_exit_code_1(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = drawn(capsys, written(ORDER["request"]))
    found["order"].reverse()
    path = written(found)
    assert main(["verify-draw", path]) == 1
    assert capsys.readouterr() == (
        '$.order[0]: 次序不是抽出的次序：应为 "0.95"，抄本写作 "0.96"\n',
        "",
    )
    assert main(["--lang", "en", "verify-draw", path]) == 1
    assert capsys.readouterr().out.startswith("$.order[0]: the order is not the one drawn")


def test_a_half_surrogate_in_a_transcript_is_named_too(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    found = drawn(capsys, written(ORDER["request"]))
    assert main(["verify-draw", written({**found, "\ud800": 1})]) == 1
    assert "\\ud800" in capsys.readouterr().out


def test_refusals_end_in_a_json_line_and_exit_code_2(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {**ORDER["request"], "surprise": 1}
    error = refused(capsys, "draw", written(bad))
    assert (error["code"], error["where"]) == ("unknown_key", "$.surprise")
    assert "未知" in error["message"]
    error = refused(capsys, "draw", written(bad), "--lang", "en")
    assert error["message"] == "Unknown key 'surprise'; remove or correct it."
    for door in ("draw", "verify-draw"):
        assert refused(capsys, door, written("{"))["code"] == "bad_json"
        assert refused(capsys, door, written("[1]"))["code"] == "bad_value"
        assert refused(capsys, door, "/nowhere.json")["code"] == "not_found"
        assert refused(capsys, door)["code"] == "usage"


def test_the_doors_open_without_heavy_imports() -> None:
    script = (
        "import sys\n"
        "import app.cli.draw, app.cli.verify_draw\n"
        "heavy = {'PySide6', 'cv2', 'numpy', 'aiohttp', 'sqlalchemy', 'cryptography', 'app.journal'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
