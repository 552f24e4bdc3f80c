"""The questions of `app.ports.store.Reading` in SQL, asked over whatever connection the heir gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, Table, select
from sqlalchemy.engine import Row as SqlRow

from app.ports.store import (
    Answer,
    CheckpointNote,
    Draft,
    Enrolment,
    Row,
    SealedExpert,
    SealedPerson,
    SealedTemplate,
    Session,
    User,
)
from app.storage import hot
from app.storage import tables as t


class _Record(Protocol):
    def __init__(self, **columns: Any) -> None: ...


R = TypeVar("R", bound=_Record)
AnyRow = SqlRow[*tuple[Any, ...]]


class SqlReads(ABC):
    """Every question; the order of a list is part of the answer."""

    @abstractmethod
    def _fetch(self, statement: Select[Any], values: Mapping[str, object] | None = None) -> Sequence[AnyRow]:
        """All rows of a statement with these parameters; raises `StoreFault`."""

    def entries(self, stream: str, after_seq: int = 0, limit: int | None = None) -> Sequence[Row]:
        """The entries of one stream behind `after_seq`, in order."""
        found = select(t.journal).where(t.journal.c.stream == stream, t.journal.c.seq > after_seq)
        return self._records(Row, found.order_by(t.journal.c.seq).limit(limit))

    def entries_after(self, position: int, limit: int | None = None) -> Sequence[Row]:
        """The entries of all streams behind `position`, in the order in which they were written."""
        found = select(t.journal).where(t.journal.c.position > position)
        return self._records(Row, found.order_by(t.journal.c.position).limit(limit))

    def streams(self) -> Sequence[str]:
        """The names of all streams that have an entry, sorted."""
        # An entry with seq 1 is in every stream; sorted here, since databases differ in their alphabets.
        return sorted(row[0] for row in self._fetch(select(t.journal.c.stream).where(t.journal.c.seq == 1)))

    def head(self, stream: str) -> Row | None:
        """The last entry of a stream."""
        found = select(t.journal).where(t.journal.c.stream == stream)
        return self._record(Row, found.order_by(t.journal.c.seq.desc()).limit(1))

    def last_position(self) -> int:
        """The position of the last entry of all, 0 for an empty journal."""
        return self._number(hot.LAST_POSITION)

    def recall(self, command_id: str) -> Answer | None:
        """What this command was answered, if it was."""
        return self._record(Answer, hot.ANSWER, hot.key_of(command_id=command_id))

    def checkpoints(self, stream: str, after_size: int = 0) -> Sequence[CheckpointNote]:
        """The notes of a stream beyond `after_size`, as they came."""
        found = _notes(stream).where(t.checkpoints.c.size > after_size)
        return self._records(CheckpointNote, found.order_by(t.checkpoints.c.number))

    def last_checkpoint(self, stream: str, size: int | None = None) -> CheckpointNote | None:
        """The newest note of the greatest size, or of exactly `size`."""
        found = _notes(stream)
        if size is not None:
            found = found.where(t.checkpoints.c.size == size)
        newest = found.order_by(t.checkpoints.c.size.desc(), t.checkpoints.c.number.desc())
        return self._record(CheckpointNote, newest.limit(1))

    def draft(self, stream: str, lot: str, stage: str, round: int, alias: str) -> Draft | None:
        """One member's draft."""
        return self._record(Draft, hot.DRAFT, hot.key_of(stream=stream, lot=lot, stage=stage, round=round, alias=alias))

    def drafts(self, stream: str) -> Sequence[Draft]:
        """All drafts of a stream, by lot, stage, round, alias."""
        found = self._records(Draft, select(t.drafts).where(t.drafts.c.stream == stream))
        return sorted(found, key=lambda draft: (draft.lot, draft.stage, draft.round, draft.alias))

    def person(self, ref: str) -> SealedPerson | None:
        """One person of the vault."""
        return self._by_key(SealedPerson, t.persons, ref=ref)

    def persons(self) -> Sequence[SealedPerson]:
        """All persons of the vault, by reference."""
        return sorted(self._records(SealedPerson, select(t.persons)), key=lambda person: person.ref)

    def templates(self, ref: str) -> Sequence[SealedTemplate]:
        """A person's templates, by model and version."""
        found = self._records(SealedTemplate, select(t.templates).where(t.templates.c.ref == ref))
        return sorted(found, key=lambda template: (template.model, template.version))

    def experts(self) -> Sequence[SealedExpert]:
        """Everyone in the register of enrolled experts, by reference."""
        return sorted(self._records(SealedExpert, select(t.experts)), key=lambda expert: expert.ref)

    def user(self, name: str) -> User | None:
        """One user."""
        return self._by_key(User, t.users, name=name)

    def users(self) -> Sequence[User]:
        """All users, by name."""
        return sorted(self._records(User, select(t.users)), key=lambda user: user.name)

    def enrolment(self, code_hash: str) -> Enrolment | None:
        """One enrolment code, used or not."""
        return self._by_key(Enrolment, t.enrolments, code_hash=code_hash)

    def enrolments(self) -> Sequence[Enrolment]:
        """All enrolment codes, by expiry."""
        found = self._records(Enrolment, select(t.enrolments))
        return sorted(found, key=lambda enrolment: (enrolment.expires_at, enrolment.code_hash))

    def session(self, token_hash: str) -> Session | None:
        """One session, live or not."""
        return self._by_key(Session, t.sessions, token_hash=token_hash)

    def sessions(self) -> Sequence[Session]:
        """All sessions kept, by creation."""
        found = self._records(Session, select(t.sessions))
        return sorted(found, key=lambda session: (session.created_at, session.token_hash))

    def setting(self, key: str) -> str | None:
        """One setting."""
        found = self._fetch(select(t.settings.c.value).where(t.settings.c.key == key))
        return found[0][0] if found else None

    def settings(self) -> dict[str, str]:
        """All settings."""
        return {row[0]: row[1] for row in self._fetch(select(t.settings.c.key, t.settings.c.value))}

    def _records(self, kind: type[R], statement: Select[Any], values: Mapping[str, object] | None = None) -> list[R]:
        return [kind(**row._mapping) for row in self._fetch(statement, values)]

    def _record(self, kind: type[R], statement: Select[Any], values: Mapping[str, object] | None = None) -> R | None:
        return next(iter(self._records(kind, statement, values)), None)

    def _by_key(self, kind: type[R], table: Table, **key: object) -> R | None:
        return self._record(kind, select(table).where(*matching(table, key)))

    def _number(self, statement: Select[Any]) -> int:
        return int(self._fetch(statement)[0][0])


def matching(table: Table, key: dict[str, object]) -> list[ColumnElement[bool]]:
    """The conditions that every column named in `key` has its value."""
    return [table.c[name] == value for name, value in key.items()]


def _notes(stream: str) -> Select[Any]:
    c = t.checkpoints.c
    return select(c.stream, c.size, c.note).where(c.stream == stream)
