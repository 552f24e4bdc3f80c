"""The command's front door: help, languages, unknown doors, and every way in which a door may fail."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import cli
from app.cli import errors


def last_line(text: str) -> dict[str, str]:
    return json.loads(text.rstrip("\n").rsplit("\n", 1)[-1])["error"]


def test_help_lists_every_door_in_both_languages(capsys):
    assert cli.main(["--help"]) == 0
    chinese = capsys.readouterr().out
    assert cli.main(["--lang", "en", "--help"]) == 0
    english = capsys.readouterr().out
    for door, zh, en in cli.DOORS:
        assert f"  {door} " in chinese
        assert zh in chinese
        assert en in english
    assert "DOOR" in english
    assert "用法" in chinese


def test_version_is_the_distribution_s(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kawei ")


@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        ([], "usage", "命令"),
        (["--lang", "en"], "usage", "door"),
        (["nix"], "unknown_door", "没有"),
        (["nix", "--lang", "en"], "unknown_door", "no door"),
        (["--lang=en", "nix"], "unknown_door", "no door"),
    ],
)
def test_bad_usage_ends_with_the_json_line_and_2(argv, code, word, capsys):
    assert cli.main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert last_line(err)["code"] == code
    assert word in last_line(err)["message"]


def test_a_door_gets_the_language_given_before_it(monkeypatch):
    seen: list[list[str]] = []
    monkeypatch.setattr(cli, "_load", lambda name: lambda argv: seen.append([name, *argv]) or 0)
    assert cli.main(["--lang", "en", "score", "x.json"]) == 0
    assert cli.main(["--lang=en", "verify-draw"]) == 0
    assert seen == [["score", "--lang", "en", "x.json"], ["verify-draw", "--lang=en"]]


@pytest.mark.parametrize(
    ("missing", "code"), [("app.cli.verify_draw", "door_missing"), ("cryptography", "component_missing")]
)
def test_what_is_not_installed_is_said_not_thrown(monkeypatch, capsys, missing, code):
    def absent(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setattr(cli.importlib, "import_module", absent)
    assert cli.main(["verify-draw"]) == 2
    assert last_line(capsys.readouterr().err)["code"] == code


class Refused(Exception):
    code = "not_seated"
    where = "seats[0]"

    def message(self, lang: str) -> str:
        return {"zh": "未入座。", "en": "Not seated."}[lang]


def failing(raised: BaseException):
    def door() -> int:
        raise raised

    return door


def test_a_core_s_refusal_is_told_in_the_language_asked_for(capsys):
    assert errors.guarded(failing(Refused()), "en") == 2
    assert last_line(capsys.readouterr().err) == {
        "code": "not_seated",
        "message": "Not seated.",
        "where": "seats[0]",
    }


@pytest.mark.parametrize("known", sorted(errors._WORLD))
def test_faults_of_the_world_have_a_code_a_place_and_two_languages(known, capsys):
    for lang in ("zh", "en"):
        assert errors.guarded(failing(OSError(known, os.strerror(known), "/there")), lang) == 2
        told = last_line(capsys.readouterr().err)
        assert told["where"] == "/there"
        assert told["message"].isascii() == (lang == "en")


def test_an_unlisted_fault_of_the_system_says_its_own_words(capsys):
    assert errors.guarded(failing(OSError(errno.EIO, "I/O error")), "zh") == 2
    told = last_line(capsys.readouterr().err)
    assert (told["code"], told["where"]) == ("system_error", "")
    assert "I/O error" in told["message"]
    assert errors.guarded(failing(TimeoutError()), "en") == 2
    assert "TimeoutError" in last_line(capsys.readouterr().err)["message"]


def test_a_bug_leaves_a_file_without_the_error_s_words_and_no_traceback(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(errors.tempfile, "tempdir", str(tmp_path))
    assert errors.guarded(failing(ValueError("the mark is 8.5")), "en") == 70
    err = capsys.readouterr().err
    told = last_line(err)
    assert "Traceback" not in err
    assert told["code"] == "internal_error"
    kept = Path(told["where"]).read_text(encoding="utf-8")
    assert "ValueError" in kept
    assert "failing" in kept or "door" in kept
    assert "8.5" not in kept.splitlines()[0]
    monkeypatch.setattr(errors.tempfile, "tempdir", str(tmp_path / "gone"))
    assert errors.guarded(failing(ValueError("x")), "zh") == 70
    assert last_line(capsys.readouterr().err)["where"] == "ValueError"


def test_ctrl_c_and_leaving_early_keep_their_codes(capsys):
    assert errors.guarded(failing(KeyboardInterrupt()), "zh") == 130
    assert errors.guarded(failing(SystemExit(0)), "zh") == 0
    assert errors.guarded(failing(SystemExit(1)), "zh") == 1
    assert errors.guarded(failing(SystemExit()), "zh") == 0
    assert errors.guarded(failing(SystemExit("no")), "zh") == 2
    assert capsys.readouterr().err == ""


def test_a_reader_that_goes_away_ends_the_command_quietly():
    program = (
        "import sys; from app.cli import errors\n"
        "def door():\n"
        "    for _ in range(100000): sys.stdout.write('x' * 80 + '\\n')\n"
        "    return 0\n"
        "sys.exit(errors.guarded(door, 'zh'))"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait(timeout=30) == 141


def test_the_error_line_is_utf8_json_even_for_half_characters(capfdbinary):
    assert errors.guarded(failing(errors.Fault("x", "半\ud800", "中文", "English")), "zh") == 2
    err = capfdbinary.readouterr().err
    assert json.loads(err.decode("utf-8"))["error"]["where"] == "半\ud800"


def test_a_build_without_a_console_still_returns_the_code(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert errors.guarded(failing(errors.Fault("x", "y", "中文", "English")), "zh") == 2


def test_a_text_only_stderr_gets_the_line_too(monkeypatch):
    class Text:
        said = ""

        def write(self, text: str) -> None:
            self.said += text

        def flush(self) -> None: ...

    spy = Text()
    monkeypatch.setattr(sys, "stderr", spy)
    assert errors.guarded(failing(errors.Fault("x", "y", "中文", "English")), "en") == 2
    assert last_line(spy.said)["message"] == "English"


def test_a_parser_refuses_with_a_fault_and_knows_the_language():
    parser = errors.Parser("kawei score", "what")
    assert parser.parse_args(["--lang", "en"]).lang == "en"
    with pytest.raises(errors.Fault) as refused:
        parser.parse_args(["--nix"])
    assert refused.value.code == "usage"
    assert "--nix" in refused.value.message("en")
    assert errors.language(["--lang"]) == "zh"


def test_python_dash_m_app_is_the_same_command():
    done = subprocess.run(
        [sys.executable, "-m", "app", "--help"],
        capture_output=True,
        timeout=60,
        check=False,
        cwd=Path(cli.__file__).parents[2],
    )
    assert done.returncode == 0
    assert b"verify-draw" in done.stdout
