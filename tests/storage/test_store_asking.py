"""What `kawei doctor` says of a database server: its version, and whether it keeps what it acknowledges."""

from pathlib import Path

import pytest

from app.cli.doctor_database import database
from app.cli.finding import Level
from app.ports.store import StoreFault
from app.storage import ask_server


def test_a_server_says_its_version_and_settings(server: str) -> None:
    version, settings = ask_server(server, ("fsync", "synchronous_commit"), patience_s=5.0)
    assert version.startswith("PostgreSQL ")
    assert settings == {"fsync": "off", "synchronous_commit": "on"}


def test_a_server_that_acknowledges_too_early_is_refused(server: str) -> None:
    found = database(server)  # the tests' own cuts no power, and runs without fsync
    assert found.level is Level.FAILED
    assert "fsync" in found.en
    assert "synchronous_commit" not in found.en
    assert "fsync" in found.zh


def test_a_server_that_keeps_all_is_named(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.ask_server", lambda *_, **__: ("PostgreSQL 17", {"fsync": "on"}))
    assert database(server) == (Level.OK, "PostgreSQL 17", "PostgreSQL 17")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("postgresql+psycopg://kawei@/x?host=/nowhere", "database_unreachable"),
        ("postgresql+nodriver://kawei@/x", "bad_database_url"),
        ("mysql://x", "bad_database_url"),
        ("nonsense", "bad_database_url"),
    ],
)
def test_what_cannot_be_asked_is_said_with_a_way_out(url: str, code: str) -> None:
    with pytest.raises(StoreFault) as fault:
        ask_server(url, (), patience_s=2.0)
    assert fault.value.code == code
    found = database(url)
    assert found.level is Level.FAILED
    assert found.zh.endswith("。")


def test_no_password_is_shown() -> None:
    found = database("postgresql+psycopg://kawei:secret-word@/x?host=/nowhere")
    assert "secret-word" not in found.zh + found.en


def test_an_embedded_database_needs_no_server(tmp_path: Path) -> None:
    assert database(f"sqlite:///{tmp_path / 'room.db'}").level is Level.OK
    assert not list(tmp_path.iterdir())
