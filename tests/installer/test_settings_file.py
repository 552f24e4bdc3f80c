"""`kawei.toml`: its words reach the doors, what is wrong is named with its line, the page tells of every key."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import resources
from app.cli import config, main
from app.cli.errors import Fault
from setup_steps import settings_page

SHIPPED = resources.path("config", "kawei.toml")


def written(folder: Path, text: str) -> Path:
    file = folder / "kawei.toml"
    file.write_text(text, "utf-8")
    return file


def test_what_is_shipped_is_right() -> None:
    config.check(SHIPPED)


def test_every_key_is_documented_and_every_documented_key_is_one() -> None:
    told: dict[str, tuple[str, ...]] = {}
    for key in settings_page.explained():
        told[key.section] = (*told.get(key.section, ()), key.name)
    assert {door: set(names) for door, names in told.items()} == {d: set(n) for d, n in config.KEYS.items()}


def test_a_default_that_is_told_is_the_default() -> None:
    for key in settings_page.explained():
        default = config.parser_of(key.section).options[key.name].default
        if not key.is_set and default not in (None, Path()):
            assert str(tomllib.loads(f"x = {key.value}")["x"]) == str(default), key


def test_the_page_is_the_file() -> None:
    assert settings_page.PAGE.read_text("utf-8") == settings_page.document()


def test_what_is_typed_goes_before_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, '[room]\ndata = "/srv/kawei"\nport = 9000\ntls = true\nrehearsal = false\n')
    options = config.configured("room", file)
    told = config.parser_of("room").parse_args([*options, "--port", "0"])
    assert (told.data, told.port, told.tls, told.rehearsal) == ("/srv/kawei", 0, True, False)


def test_a_cabinet_has_two_addresses(tmp_path: Path) -> None:
    file = written(tmp_path, '[kiosk]\nstate = "k"\nlocker = ["http://a/{box}", "http://b/{box}"]\nscale = 1.5\n')
    told = config.parser_of("kiosk").parse_args(config.configured("kiosk", file))
    assert told.locker == ["http://a/{box}", "http://b/{box}"]
    assert told.scale == "1.5"


def test_a_door_without_settings_reads_none(tmp_path: Path) -> None:
    assert config.configured("score", written(tmp_path, "[nonsense\n")) == []


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("[room]\n\n# so\nprot = 8765\n", 4, "'port' may be meant"),
        ('[seat]\nstate = "s"\nroom = "192.168.1.10:8765"\n', 3, "takes an address such as https://"),
        ('[seat]\nroom = "https://:99999"\n', 2, "takes an address"),
        ('[seet]\nstate = "s"\n', 1, "'seat' may be meant"),
        ('state = "s"\n', 1, "there is no section 'state'"),
        ('[seat]\nscale = "2"\n', 2, "takes one of 1.0, 1.25, 1.5"),
        ('[seat]\nstate = "s\nscale = "1.0"\n', 2, "write key = value, text in quotes"),
        ('[room]\ndata = "d"\n[room]\ndata = "e"\n', 3, "it is no TOML"),
        ('[room]\nplan = "/no/such/room.json"\n', 2, "names a file that is not there"),
        ('[room]\nport = "http"\n', 2, "takes a whole number"),
        ("[room]\nport = 70000\n", 2, "takes 0 to 65535"),
        ("[room]\nport = true\n", 2, "takes 1 value(s)"),
        ('[room]\ntls = "yes"\n', 2, "takes true or false"),
        ('[kiosk]\nlocker = ["http://a"]\n', 2, "takes 2 value(s)"),
        ('[kiosk]\ndoor = "ftp://a"\n', 2, "takes an address"),
        ("[room]\ndata = { a = 1 }\n", 2, "takes 1 value(s)"),
        ('[room]\n"enrol" = "x"\n', 2, "has no key 'enrol'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_a_remedy(text: str, line: int, remedy: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    with pytest.raises(Fault) as raised:
        config.check(file)
    assert raised.value.code == "bad_config"
    assert raised.value.where == f"{file}:{line}"
    assert remedy in raised.value.message("en")
    assert f"第 {line} 行" in raised.value.message("zh")


def test_a_door_does_not_start_with_a_wrong_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(config.VARIABLE, str(written(tmp_path, "[board]\nscale = 7\n")))
    assert main(["board", "--state", str(tmp_path / "none")]) == 2
    told = json.loads(capsys.readouterr().err.splitlines()[-1])["error"]
    assert (told["code"], told["where"]) == ("bad_config", f"{tmp_path / 'kawei.toml'}:2")
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_named_must_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(config.VARIABLE, str(tmp_path / "none.toml"))
    assert main(["board"]) == 2
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["error"]["code"] == "not_found"


def test_a_source_tree_reads_none_and_an_empty_name_is_none() -> None:
    assert config.file_in_force({}) is None
    assert config.file_in_force({config.VARIABLE: ""}) is None
    assert config.file_in_force({config.VARIABLE: "/a/b"}) == Path("/a/b")
