"""The one writer's transaction of `app.ports.store.Transaction` in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.sql.dml import UpdateBase

from app.ports.store import Draft, Enrolment, Session, User
from app.storage import hot
from app.storage import tables as t
from app.storage.faults import told
from app.storage.reading import AnyRow, SqlReads, matching


class SqlTransaction(SqlReads):
    """What is done between `begin` and `commit`; made by `SqlStore.transaction` alone.

    Each method works at once, so that a conflict shows where it is made. Since nobody else writes meanwhile,
    a question and the change that follows it are one step without help from the database's dialect.
    """

    def __init__(self, connection: Connection, where: str) -> None:
        self._connection = connection
        self._where = where
        self._last: int | None = None
        self._open = True
        self.failure: Exception | None = None
        """What went wrong first. From then on nothing is done any more: SQLite may have undone everything by
        itself, and what came after would be kept line by line."""
        self.erased = False
        """Whether something was deleted that must not stay readable in the database's own log."""

    def end(self) -> None:
        """Refuse every further call."""
        self._open = False

    # the journal
    def append(self, stream: str, seq: int, type: str, at: str, hash: str, body: str) -> int:
        """Add the entry `seq` of `stream`; returns its position; raises `journal_conflict`."""
        last = self.last_position() if self._last is None else self._last
        row = {"stream": stream, "seq": seq, "type": type, "at": at, "hash": hash, "body": body}
        self._do(hot.NEW_ENTRY, "journal_conflict", {"position": last + 1, **row})
        self._last = last + 1
        return self._last

    def add_checkpoint(self, stream: str, size: int, note: str) -> None:
        """Add a signed note."""
        number = self._number(select(func.coalesce(func.max(t.checkpoints.c.number), 0))) + 1
        self._do(insert(t.checkpoints).values(number=number, stream=stream, size=size, note=note))

    def remember(self, command_id: str, actor: str, digest: str, answer_json: str) -> None:
        """Keep what a command was answered; raises `command_repeated`."""
        row = {"command_id": command_id, "actor": actor, "digest": digest, "answer_json": answer_json}
        self._do(hot.NEW_ANSWER, "command_repeated", row)

    # drafts and the vault
    def put_draft(self, draft: Draft) -> bool:
        """Keep a draft if its version is higher than the one kept; returns whether it was."""
        where = hot.key_of(**{name: getattr(draft, name) for name in hot.DRAFT_KEY})
        fresh = {"new_version": draft.version, "new_sealed": draft.sealed, "new_updated_at": draft.updated_at}
        if self._do(hot.NEWER_DRAFT, None, {**where, **fresh, "than": draft.version}):
            return True
        if self._fetch(hot.DRAFT, where):
            return False
        self._do(hot.NEW_DRAFT, None, {name: getattr(draft, name) for name in hot.DRAFT_COLUMNS})
        return True

    def delete_drafts(self, stream: str, lot: str, stage: str, round: int) -> int:
        """Delete the drafts of all members of one stage and round; returns how many."""
        return self._erase(t.drafts, stream=stream, lot=lot, stage=stage, round=round)

    def put_person(self, ref: str, sealed: bytes) -> None:
        """Keep a person's ciphertext, in place of an older one."""
        self._put(t.persons, {"ref": ref}, {"sealed": sealed})

    def delete_person(self, ref: str) -> bool:
        """Delete a person with all templates; returns whether there was one."""
        self.delete_templates(ref)
        return self._erase(t.persons, ref=ref) > 0

    def put_template(self, ref: str, model: str, version: int, sealed: bytes) -> None:
        """Keep a template's ciphertext, in place of an older one."""
        self._put(t.templates, {"ref": ref, "model": model, "version": version}, {"sealed": sealed})

    def delete_templates(self, ref: str) -> int:
        """Delete a person's templates; returns how many."""
        return self._erase(t.templates, ref=ref)

    def delete_template(self, ref: str, model: str) -> bool:
        """Delete what is kept of a person under one model; returns whether there was something."""
        return self._erase(t.templates, ref=ref, model=model) > 0

    def put_expert(self, ref: str, sealed: bytes) -> None:
        """Keep whose face a reference of the register stands for."""
        self._put(t.experts, {"ref": ref}, {"sealed": sealed})

    def delete_expert(self, ref: str) -> bool:
        """Delete a reference of the register with all its templates; returns whether there was one."""
        self.delete_templates(ref)
        return self._erase(t.experts, ref=ref) > 0

    # who may enter
    def put_user(self, user: User) -> None:
        """Keep a user, in place of an older one of that name."""
        value = asdict(user)
        self._put(t.users, {"name": value.pop("name")}, value)

    def put_enrolment(self, enrolment: Enrolment) -> None:
        """Keep a new enrolment code; raises `code_repeated`."""
        self._do(insert(t.enrolments).values(**asdict(enrolment)), "code_repeated")

    def use_enrolment(self, code_hash: str, at: datetime) -> Enrolment | None:
        """Use up a code; `None` if it is unknown, expired at `at`, or used before."""
        code = self.enrolment(code_hash)
        if code is None or code.used_at is not None or code.expires_at <= at:
            return None
        self._do(update(t.enrolments).where(t.enrolments.c.code_hash == code_hash).values(used_at=at))
        return replace(code, used_at=at)

    def put_session(self, session: Session) -> None:
        """Keep a new session; raises `token_repeated`."""
        self._do(insert(t.sessions).values(**asdict(session)), "token_repeated")

    def revoke_session(self, token_hash: str, at: datetime) -> bool:
        """End a session; returns whether it was open."""
        return self._revoke(t.sessions.c.token_hash == token_hash, at) > 0

    def revoke_sessions_of(self, device: str, at: datetime) -> int:
        """End all sessions of a device; returns how many were open."""
        return self._revoke(t.sessions.c.device == device, at)

    def delete_expired(self, before: datetime) -> int:
        """Delete sessions and enrolment codes that expired before a moment; returns how many."""
        return sum(self._do(delete(table).where(table.c.expires_at < before)) for table in (t.sessions, t.enrolments))

    # settings
    def put_setting(self, key: str, value: str) -> None:
        """Keep a setting, in place of an older value."""
        self._put(t.settings, {"key": key}, {"value": value})

    def delete_setting(self, key: str) -> bool:
        """Delete a setting; returns whether there was one."""
        return self._do(delete(t.settings).where(t.settings.c.key == key)) > 0

    def _fetch(self, statement: Select[Any], values: Mapping[str, object] | None = None) -> Sequence[AnyRow]:
        return self._execute(statement, None, values).all()

    def _do(
        self, statement: UpdateBase, conflict: str | None = None, values: Mapping[str, object] | None = None
    ) -> int:
        return self._execute(statement, conflict, values).rowcount

    def _execute(
        self, statement: Select[Any] | UpdateBase, conflict: str | None, values: Mapping[str, object] | None = None
    ) -> CursorResult[Any]:
        if not self._open:
            raise RuntimeError("this transaction has ended")
        if self.failure is not None:
            raise self.failure
        try:
            with told(self._where, conflict):
                return self._connection.execute(statement, values)
        except Exception as failure:
            self.failure = failure
            raise

    def _put(self, table: Table, key: dict[str, object], value: dict[str, object]) -> None:
        if not self._do(update(table).where(*matching(table, key)).values(**value)):
            self._do(insert(table).values(**key, **value))

    def _erase(self, table: Table, **key: object) -> int:
        count = self._do(delete(table).where(*matching(table, key)))
        self.erased = self.erased or count > 0
        return count

    def _revoke(self, which: ColumnElement[bool], at: datetime) -> int:
        still_open = update(t.sessions).where(which, t.sessions.c.revoked_at.is_(None))
        return self._do(still_open.values(revoked_at=at))
