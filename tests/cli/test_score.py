"""`kawei score` as a person and a script meet it: bytes out, one JSON line on failure, quick."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli import main
from app.scoring import dumps, parse, score

ROOT = Path(__file__).parents[2]
CASE = {
    "track": "ZC",
    "method": "comprehensive",
    "bids": [{"id": "甲", "price": "980000"}, {"id": "乙", "price": "900000"}, {"id": "丙", "price": "950000"}],
    "price": {"full": "30", "benchmark": {"value": "lowest"}, "score": {"kind": "ratio"}},
}


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
    return path


def error(text):
    return json.loads(text.rstrip("\n").rsplit("\n", 1)[-1])["error"]


def test_a_file_gives_the_core_s_bytes(case, capfdbinary):
    assert main(["score", str(case)]) == 0
    out, err = capfdbinary.readouterr()
    assert out == dumps(score(parse(case.read_bytes())))
    assert err == b""


def test_standard_input_gives_the_same(case, capfdbinary, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(case.read_bytes())))
    assert main(["score", "-"]) == 0
    assert capfdbinary.readouterr().out == dumps(score(parse(case.read_bytes())))


@pytest.mark.parametrize(("lang", "word"), [([], "价格"), (["--lang", "zh"], "价格"), (["--lang", "en"], "price")])
def test_a_refusal_is_one_json_line_in_the_language_asked_for(tmp_path, capsys, lang, word):
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({**CASE, "bids": [{"id": "A", "price": "0"}]}), encoding="utf-8")
    assert main(["score", str(bad), *lang]) == 2
    out, err = capsys.readouterr()
    told = error(err)
    assert out == ""
    assert (told["code"], told["where"]) == ("bad_price", "bids[0].price")
    assert word in told["message"]
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"", "bad_json", "$"),
        (b"{]", "bad_json", "$"),
        (b"\x00\x01", "bad_json", "$"),
        (b'{"track": NaN}', "bad_json", "$"),
        (b'{"bids": [], "bids": []}', "duplicate_id", "bids"),
        (b"{}", "missing_key", "track"),
    ],
)
def test_files_that_are_no_case(tmp_path, capsys, content, code, where):
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    assert main(["score", str(bad)]) == 2
    told = error(capsys.readouterr().err)
    assert (told["code"], told["where"]) == (code, where)


def test_a_missing_file_a_folder_and_bad_usage(tmp_path, capsys):
    assert main(["score", str(tmp_path / "none.json")]) == 2
    told = error(capsys.readouterr().err)
    assert (told["code"], told["where"]) == ("not_found", str(tmp_path / "none.json"))
    assert main(["score", str(tmp_path)]) == 2
    assert error(capsys.readouterr().err)["code"] == "is_a_folder"
    assert main(["score"]) == 2
    assert error(capsys.readouterr().err)["code"] == "usage"
    assert main(["score", "a", "b"]) == 2
    assert error(capsys.readouterr().err)["code"] == "usage"
    assert main(["score", "a", "--lang", "fr"]) == 2
    assert error(capsys.readouterr().err)["code"] == "usage"


def test_help_ends_well(capsys):
    assert main(["score", "--help"]) == 0
    assert "CASE.json" in capsys.readouterr().out


def test_a_small_case_answers_under_four_tenths_of_a_second_and_loads_nothing_heavy(case):
    program = (
        "import sys; from app.cli import main; code = main(['score', sys.argv[1]]);"
        "heavy = {'PySide6', 'cv2', 'numpy', 'aiohttp', 'sqlalchemy', 'pydantic', 'cryptography'} & set(sys.modules);"
        "sys.exit(99 if heavy else code)"
    )
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", program, str(case)], capture_output=True, check=False, timeout=60, cwd=ROOT
        )
        spent.append(time.perf_counter() - start)
        assert done.returncode == 0
        assert done.stderr == b""
    assert json.loads(done.stdout)["bids"][0]["id"] == "乙"
    assert min(spent) < 0.4
