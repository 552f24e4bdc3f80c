"""`kawei bench`: found by their files, run one by one, refused by name."""

from __future__ import annotations

import json

import pytest

from app.cli import bench, main


def error(capsys):
    return json.loads(capsys.readouterr().err.rstrip("\n"))["error"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "one.py").write_text("def run():\n    return {'seconds': 0.5}\n", encoding="utf-8")
    (tmp_path / "two.py").write_text("def run():\n    return {'bids': 3}\n", encoding="utf-8")
    (tmp_path / "_parts.py").write_text("raise SystemError\n", encoding="utf-8")
    monkeypatch.setattr(bench, "BENCHES", tmp_path)
    return tmp_path


def test_all_or_one(folder, capsys):
    assert main(["bench"]) == 0
    assert json.loads(capsys.readouterr().out) == {"one": {"seconds": 0.5}, "two": {"bids": 3}}
    assert main(["bench", "two"]) == 0
    assert json.loads(capsys.readouterr().out) == {"two": {"bids": 3}}


def test_a_name_that_is_none_is_told_with_the_names_there_are(folder, capsys):
    assert main(["bench", "three", "--lang", "en"]) == 2
    told = error(capsys)
    assert (told["code"], told["where"]) == ("unknown_bench", "three")
    assert "one, two" in told["message"]


def test_an_installed_program_says_that_it_has_none(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "BENCHES", tmp_path / "none")
    assert main(["bench"]) == 2
    assert error(capsys)["code"] == "no_benches"


def test_a_file_of_another_kind_is_no_benchmark(tmp_path):
    with pytest.raises(bench.Fault) as refused:
        bench.measure(tmp_path / "notes.txt")
    assert refused.value.code == "not_a_bench"


def test_the_scoring_benchmark_keeps_its_promise():
    figures = bench.measure(bench.BENCHES / "scoring.py")
    assert figures["tally"]["marks"] == 161 * 9 * 40
    assert figures["tally"]["seconds"] < 1
    assert figures["prices"]["seconds"] < 1
