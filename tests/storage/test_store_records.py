"""Answers, checkpoints, drafts, vault, users, codes, sessions and settings."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from storage_ground import T0, later

from app.ports.store import (
    Answer,
    CheckpointNote,
    Draft,
    Enrolment,
    SealedExpert,
    SealedPerson,
    SealedTemplate,
    Session,
    StoreFault,
    User,
)
from app.storage import SqlStore, open_store, sqlite_url

DRAFT = Draft("evaluation/ev1", "L1", "marking", 1, "M3", 1, "sealed one", T0)
ENROLMENT = Enrolment("code hash", "seat", "A05", later(600))
SESSION = Session("token hash", "seat-5", '{"alias":"M3"}', T0, later(3600))


# answers


def test_an_answer_is_remembered_once(store: SqlStore) -> None:
    answer = Answer("c-1", "M3", "ab" * 32, '{"position":7}')
    with store.transaction() as tx:
        tx.remember("c-1", "M3", "ab" * 32, '{"position":7}')
        assert tx.recall("c-1") == answer
    assert store.recall("c-1") == answer
    assert store.recall("c-2") is None
    with pytest.raises(StoreFault) as caught, store.transaction() as tx:
        tx.remember("c-1", "M4", "cd" * 32, "{}")
    assert caught.value.code == "command_repeated"
    assert store.recall("c-1") == answer


# checkpoints


def test_checkpoints_come_in_order_and_the_last_is_the_greatest_and_newest(store: SqlStore) -> None:
    with store.transaction() as tx:
        for size, note in [(1, "one"), (3, "three"), (3, "three, co-signed"), (2, "late")]:
            tx.add_checkpoint("room", size, note)
        tx.add_checkpoint("evaluation/ev1", 9, "another stream")
    assert [note.note for note in store.checkpoints("room")] == ["one", "three", "three, co-signed", "late"]
    assert [note.size for note in store.checkpoints("room", after_size=2)] == [3, 3]
    assert store.last_checkpoint("room") == CheckpointNote("room", 3, "three, co-signed")
    assert store.last_checkpoint("room", 2) == CheckpointNote("room", 2, "late")
    assert store.last_checkpoint("room", 7) is None
    assert store.last_checkpoint("nowhere") is None


# drafts


def test_only_a_higher_version_of_a_draft_is_kept(store: SqlStore) -> None:
    with store.transaction() as tx:
        assert tx.put_draft(DRAFT)
        assert not tx.put_draft(replace(DRAFT, sealed="same version"))
        assert tx.put_draft(replace(DRAFT, version=5, sealed="five", updated_at=later(1)))
        assert not tx.put_draft(replace(DRAFT, version=4, sealed="late"))
    kept = store.draft("evaluation/ev1", "L1", "marking", 1, "M3")
    assert kept == replace(DRAFT, version=5, sealed="five", updated_at=later(1))
    with store.transaction() as tx:
        assert not tx.put_draft(replace(DRAFT, version=5, sealed="five again"))
    assert store.draft("evaluation/ev1", "L1", "marking", 1, "M3") == kept


@pytest.mark.parametrize(
    "other",
    [{"stream": "evaluation/ev2"}, {"lot": "L2"}, {"stage": "review"}, {"round": 2}, {"alias": "M4"}],
)
def test_a_draft_belongs_to_its_whole_key(store: SqlStore, other: dict[str, object]) -> None:
    neighbour = replace(DRAFT, sealed="neighbour", **other)  # type: ignore[arg-type]
    with store.transaction() as tx:
        assert tx.put_draft(DRAFT)
        assert tx.put_draft(neighbour)
    assert store.draft("evaluation/ev1", "L1", "marking", 1, "M3") == DRAFT
    with store.transaction() as tx:
        assert tx.delete_drafts("evaluation/ev1", "L1", "marking", 1) == (2 if "alias" in other else 1)
        assert tx.delete_drafts("evaluation/ev1", "L1", "marking", 1) == 0
    left = [*store.drafts("evaluation/ev1"), *store.drafts("evaluation/ev2")]
    assert left == ([] if "alias" in other else [neighbour])


def test_drafts_come_by_lot_stage_round_alias(store: SqlStore) -> None:
    keys = [("L1", 2, "M1"), ("L2", 1, "M1"), ("L1", 1, "M2"), ("L1", 1, "M1")]
    with store.transaction() as tx:
        for lot, round_, alias in keys:
            tx.put_draft(replace(DRAFT, lot=lot, round=round_, alias=alias))
    assert [(d.lot, d.round, d.alias) for d in store.drafts("evaluation/ev1")] == sorted(keys)


# the vault


def test_the_vault_keeps_ciphertexts_and_forgets_them(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.put_person("r2", b"\x00two")
        tx.put_person("r1", b"old")
        tx.put_person("r1", b"\xff\x00one")
        tx.put_template("r1", "sface", 2, b"t2")
        tx.put_template("r1", "sface", 1, b"t1")
        tx.put_template("r1", "sface", 1, b"t1 again")
        tx.put_template("r1", "dlib", 3, b"t3")
        tx.put_template("r2", "sface", 1, b"other")
    assert store.person("r1") == SealedPerson("r1", b"\xff\x00one")
    assert [person.ref for person in store.persons()] == ["r1", "r2"]
    assert list(store.templates("r1")) == [
        SealedTemplate("r1", "dlib", 3, b"t3"),
        SealedTemplate("r1", "sface", 1, b"t1 again"),
        SealedTemplate("r1", "sface", 2, b"t2"),
    ]
    with store.transaction() as tx:
        assert tx.delete_templates("r2") == 1
        assert tx.delete_person("r1")
        assert not tx.delete_person("r1")
    assert store.person("r1") is None
    assert list(store.templates("r1")) == []
    assert store.person("r2") == SealedPerson("r2", b"\x00two")


def test_the_register_forgets_an_expert_with_every_template(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.put_expert("x2", b"\x00two")
        tx.put_expert("x1", b"old")
        tx.put_expert("x1", b"\xffone")
        tx.put_template("x1", "sface", 1, b"t1")
        tx.put_template("x2", "sface", 1, b"t2")
        tx.put_template("x2", "portrait", 1, b"p2")
    assert list(store.experts()) == [SealedExpert("x1", b"\xffone"), SealedExpert("x2", b"\x00two")]
    with store.transaction() as tx:
        assert tx.delete_expert("x1")
        assert not tx.delete_expert("x1")
        assert tx.delete_template("x2", "portrait")
        assert not tx.delete_template("x2", "portrait")
    assert [expert.ref for expert in store.experts()] == ["x2"]
    assert list(store.templates("x1")) == []
    assert list(store.templates("x2")) == [SealedTemplate("x2", "sface", 1, b"t2")]


def test_a_log_left_by_a_run_that_died_is_wiped_at_the_next_start(tmp_path: Path) -> None:
    needle, file = b"template of one who was forgotten", tmp_path / "room.db"
    dead = open_store(sqlite_url(file))
    with dead.transaction() as tx:
        tx.put_template("x1", "sface", 1, needle)
    copied = tmp_path / "after"
    copied.mkdir()
    with dead.transaction() as tx:
        tx.put_setting("key", "value")
    # A raw deletion, as by a run that dies between its commit and its wiping.
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("DELETE FROM templates")
    raw.close()
    for path in tmp_path.glob("room.db*"):
        (copied / path.name).write_bytes(path.read_bytes())
    dead.close()
    assert any(needle in path.read_bytes() for path in copied.iterdir())
    again = open_store(sqlite_url(copied / "room.db"))
    try:
        assert not any(needle in path.read_bytes() for path in copied.iterdir())
    finally:
        again.close()


def test_what_was_deleted_is_nowhere_in_the_files(tmp_path: Path) -> None:
    def found(needle: bytes) -> bool:
        return any(needle in path.read_bytes() for path in tmp_path.iterdir())

    store = open_store(sqlite_url(tmp_path / "room.db"))
    secrets = {kind: f"{kind} ciphertext ".encode() * 40 for kind in ("person", "template", "draft")}
    with store.transaction() as tx:
        tx.put_person("r1", secrets["person"])
        tx.put_template("r1", "sface", 1, secrets["template"])
        tx.put_draft(replace(DRAFT, sealed=secrets["draft"].decode()))
        tx.put_person("r2", b"stays " * 50)
    assert all(found(secret) for secret in secrets.values())
    with store.transaction() as tx:
        tx.delete_person("r1")
        tx.delete_drafts("evaluation/ev1", "L1", "marking", 1)
    assert found(b"stays " * 50)
    assert not any(found(secret) for secret in secrets.values())
    store.close()


def test_what_a_reader_kept_from_being_wiped_is_wiped_by_the_next_transaction(tmp_path: Path) -> None:
    database = tmp_path / "room.db"
    store = open_store(sqlite_url(database), patience_s=0.02)
    secret = b"a person's ciphertext " * 40
    with store.transaction() as tx:
        tx.put_person("r1", secret)
    reader = sqlite3.connect(database, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM persons").fetchone() == (1,)
    with store.transaction() as tx:
        tx.delete_person("r1")
    assert store.person("r1") is None
    reader.execute("ROLLBACK")
    reader.close()
    with store.transaction() as tx:
        tx.put_setting("any", "thing")
    assert not any(secret in path.read_bytes() for path in tmp_path.iterdir())
    store.close()


# who may enter


def test_users_are_replaced_by_name(store: SqlStore) -> None:
    witness = User("王见证", "witness", "$argon2id$...", T0)
    with store.transaction() as tx:
        tx.put_user(witness)
        tx.put_user(User("a", "centre", "hash", later(1)))
        tx.put_user(replace(witness, password_hash="new", disabled=True))
    assert store.user("王见证") == User("王见证", "witness", "new", T0, True)
    assert [user.name for user in store.users()] == ["a", "王见证"]
    assert store.user("nobody") is None


def test_an_enrolment_code_opens_once_and_in_time(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.put_enrolment(ENROLMENT)
        assert tx.use_enrolment("code hash", later(600)) is None
        assert tx.use_enrolment("other", T0) is None
    assert store.enrolment("code hash") == ENROLMENT
    with store.transaction() as tx:
        assert tx.use_enrolment("code hash", later(599)) == replace(ENROLMENT, used_at=later(599))
        assert tx.use_enrolment("code hash", later(599)) is None
    assert list(store.enrolments()) == [replace(ENROLMENT, used_at=later(599))]
    with pytest.raises(StoreFault) as caught, store.transaction() as tx:
        tx.put_enrolment(ENROLMENT)
    assert caught.value.code == "code_repeated"


def test_sessions_live_until_they_expire_or_are_revoked(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.put_session(SESSION)
        tx.put_session(replace(SESSION, token_hash="second", created_at=later(-1)))
        tx.put_session(replace(SESSION, token_hash="elsewhere", device="seat-6"))
        assert tx.revoke_session("token hash", later(5))
        assert not tx.revoke_session("token hash", later(6))
        assert not tx.revoke_session("unknown", later(6))
        assert tx.revoke_sessions_of("seat-5", later(7)) == 1
    revoked = store.session("token hash")
    assert revoked == replace(SESSION, revoked_at=later(5))
    assert not revoked.is_live(later(6))
    assert [s.token_hash for s in store.sessions()] == ["second", "elsewhere", "token hash"]
    live = store.session("elsewhere")
    assert live is not None
    assert live.is_live(later(3599))
    assert not live.is_live(later(3600))
    with pytest.raises(StoreFault) as caught, store.transaction() as tx:
        tx.put_session(SESSION)
    assert caught.value.code == "token_repeated"


def test_what_expired_long_ago_can_be_deleted(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.put_session(SESSION)
        tx.put_session(replace(SESSION, token_hash="young", expires_at=later(9000)))
        tx.put_enrolment(ENROLMENT)
        assert tx.delete_expired(later(600)) == 0
        assert tx.delete_expired(later(3601)) == 2
    assert [session.token_hash for session in store.sessions()] == ["young"]
    assert store.enrolment("code hash") is None


def test_a_record_without_its_parts_is_a_mistake_of_the_caller(store: SqlStore) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.put_user(User("u", None, "h", T0))  # type: ignore[arg-type]
    assert store.user("u") is None


# settings and moments


def test_settings_are_replaced_and_deleted(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.put_setting("room", "minle-3")
        tx.put_setting("room", "minle-4")
        tx.put_setting("language", "zh")
        assert tx.setting("room") == "minle-4"
        assert tx.delete_setting("language")
        assert not tx.delete_setting("language")
    assert store.settings() == {"room": "minle-4"}
    assert store.setting("language") is None


def test_moments_of_any_offset_come_back_as_the_same_moment(store: SqlStore) -> None:
    there = datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=8)))
    with store.transaction() as tx:
        tx.put_user(User("u", "centre", "h", there))
    kept = store.user("u")
    assert kept is not None
    assert kept.created_at == there
    assert kept.created_at.tzinfo is UTC
    with pytest.raises(Exception, match="offset"), store.transaction() as tx:
        tx.put_user(User("v", "centre", "h", datetime(2026, 3, 2)))
    assert store.user("v") is None
