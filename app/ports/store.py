"""What the room keeps on disk: frozen records, the store with its one transaction, and files by their hash.

Everything here is opaque to the store: bodies of entries are canonical JSON, drafts and the vault are sealed
by their owner's key before they come. Moments are aware `datetime`s; an entry's `at` is the text hashed.
Any call may raise `StoreFault`; nothing of the transaction in which it happened is then kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


class StoreFault(Exception):
    """Something around the store is wrong: disk, rights, another program, another version.

    `code` is stable and English, `where` the file, table key or address; `str()` never shows what was stored.
    """

    def __init__(self, code: str, where: str, chinese: str, english: str) -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where
        self._chinese = chinese
        self._english = english

    def message(self, lang: str = "zh") -> str:
        """One sentence for a person with what to do next, Chinese unless `lang` is `"en"`."""
        return self._english if lang == "en" else self._chinese


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the journal; `position` counts the lines of all streams together, from 1, without a gap."""

    position: int
    stream: str
    seq: int
    type: str
    at: str
    hash: str
    body: str


@dataclass(frozen=True, slots=True)
class CheckpointNote:
    """A signed note over the first `size` entries of a stream; a later note may carry more co-signatures."""

    stream: str
    size: int
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command was answered; `digest` tells a repeated command from another under the same id."""

    command_id: str
    actor: str
    digest: str
    answer_json: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The latest sealed draft of one member at one stage; a lower or equal `version` never replaces it."""

    stream: str
    lot: str
    stage: str
    round: int
    alias: str
    version: int
    sealed: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SealedPerson:
    """A person's name and papers as ciphertext under a random reference."""

    ref: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class SealedExpert:
    """Whose face a reference of the register stands for, as ciphertext."""

    ref: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class SealedTemplate:
    """A face template as ciphertext: whose (`ref`), by which model, in which version."""

    ref: str
    model: str
    version: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class User:
    """Someone who logs in by name and password; `password_hash` is argon2's own text."""

    name: str
    role: str
    password_hash: str
    created_at: datetime
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A one-time code by which a device may enrol; only the code's hash is kept."""

    code_hash: str
    device_kind: str
    seat: str | None
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Someone present at a device; `subject` is JSON naming user or alias; only the token's hash is kept."""

    token_hash: str
    device: str
    subject: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether it may still be used at `now`."""
        return self.revoked_at is None and now < self.expires_at


class Reading(Protocol):
    """The questions that may be asked; lists come in the order named, absent things are `None`."""

    # the journal
    def entries(self, stream: str, after_seq: int = 0, limit: int | None = None) -> Sequence[Row]:
        """The entries of one stream behind `after_seq`, in order."""

    def entries_after(self, position: int, limit: int | None = None) -> Sequence[Row]:
        """The entries of all streams behind `position`, in the order in which they were written."""

    def streams(self) -> Sequence[str]:
        """The names of all streams that have an entry, sorted."""

    def head(self, stream: str) -> Row | None:
        """The last entry of a stream."""

    def last_position(self) -> int:
        """The position of the last entry of all, 0 for an empty journal."""

    def recall(self, command_id: str) -> Answer | None:
        """What this command was answered, if it was."""

    def checkpoints(self, stream: str, after_size: int = 0) -> Sequence[CheckpointNote]:
        """The notes of a stream beyond `after_size`, as they came."""

    def last_checkpoint(self, stream: str, size: int | None = None) -> CheckpointNote | None:
        """The newest note of the greatest size, or of exactly `size`."""

    # drafts and the vault
    def draft(self, stream: str, lot: str, stage: str, round: int, alias: str) -> Draft | None:
        """One member's draft."""

    def drafts(self, stream: str) -> Sequence[Draft]:
        """All drafts of a stream, by lot, stage, round, alias."""

    def person(self, ref: str) -> SealedPerson | None:
        """One person of the vault."""

    def persons(self) -> Sequence[SealedPerson]:
        """All persons of the vault, by reference."""

    def templates(self, ref: str) -> Sequence[SealedTemplate]:
        """A person's templates, by model and version."""

    def experts(self) -> Sequence[SealedExpert]:
        """Everyone in the register of enrolled experts, by reference."""

    # who may enter
    def user(self, name: str) -> User | None:
        """One user."""

    def users(self) -> Sequence[User]:
        """All users, by name."""

    def enrolment(self, code_hash: str) -> Enrolment | None:
        """One enrolment code, used or not."""

    def enrolments(self) -> Sequence[Enrolment]:
        """All enrolment codes, by expiry."""

    def session(self, token_hash: str) -> Session | None:
        """One session, live or not."""

    def sessions(self) -> Sequence[Session]:
        """All sessions kept, by creation."""

    # settings
    def setting(self, key: str) -> str | None:
        """One setting."""

    def settings(self) -> dict[str, str]:
        """All settings."""


class Transaction(Reading, Protocol):
    """One writer's transaction: all of it is kept, or nothing; its own questions see what it wrote."""

    def append(self, stream: str, seq: int, type: str, at: str, hash: str, body: str) -> int:
        """Add the entry `seq` of `stream`, which must follow its head; returns its position.

        Raises `StoreFault` `journal_conflict` where the stream has gone on without the caller.
        """

    def add_checkpoint(self, stream: str, size: int, note: str) -> None:
        """Add a signed note; notes are kept for ever, as entries are."""

    def remember(self, command_id: str, actor: str, digest: str, answer_json: str) -> None:
        """Keep what a command was answered; raises `command_repeated` where it was answered before."""

    def put_draft(self, draft: Draft) -> bool:
        """Keep a draft if its version is higher than the one kept; returns whether it was."""

    def delete_drafts(self, stream: str, lot: str, stage: str, round: int) -> int:
        """Delete the drafts of all members of one stage and round; returns how many."""

    def put_person(self, ref: str, sealed: bytes) -> None:
        """Keep a person's ciphertext, in place of an older one."""

    def delete_person(self, ref: str) -> bool:
        """Delete a person with all templates; returns whether there was one."""

    def delete_template(self, ref: str, model: str) -> bool:
        """Delete what is kept of a person under one model; returns whether there was something."""

    def put_expert(self, ref: str, sealed: bytes) -> None:
        """Keep whose face a reference of the register stands for."""

    def delete_expert(self, ref: str) -> bool:
        """Delete a reference of the register with all its templates; returns whether there was one."""

    def put_template(self, ref: str, model: str, version: int, sealed: bytes) -> None:
        """Keep a template's ciphertext, in place of an older one."""

    def delete_templates(self, ref: str) -> int:
        """Delete a person's templates; returns how many."""

    def put_user(self, user: User) -> None:
        """Keep a user, in place of an older one of that name."""

    def put_enrolment(self, enrolment: Enrolment) -> None:
        """Keep a new enrolment code; raises `code_repeated`."""

    def use_enrolment(self, code_hash: str, at: datetime) -> Enrolment | None:
        """Use up a code; `None` if it is unknown, expired at `at`, or used before."""

    def put_session(self, session: Session) -> None:
        """Keep a new session; raises `token_repeated`."""

    def revoke_session(self, token_hash: str, at: datetime) -> bool:
        """End a session; returns whether it was open."""

    def revoke_sessions_of(self, device: str, at: datetime) -> int:
        """End all sessions of a device; returns how many were open."""

    def delete_expired(self, before: datetime) -> int:
        """Delete sessions and enrolment codes that expired before a moment; returns how many."""

    def put_setting(self, key: str, value: str) -> None:
        """Keep a setting, in place of an older value."""

    def delete_setting(self, key: str) -> bool:
        """Delete a setting; returns whether there was one."""


class Store(Reading, Protocol):
    """The room's memory. Questions see what is committed, from any thread; one thread at a time writes."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin the one transaction: kept on leaving the block, undone by any exception.

        When the block has been left without an exception, everything in it is on the disk, and only then may
        it be acknowledged. One transaction may carry the work of many commands (group commit). After a fault
        the writer looks at the heads again before it goes on: a line cut in the very commit leaves it open.
        """

    def close(self) -> None:
        """Let go of the database; the store cannot be used any more."""


class Blobs(Protocol):
    """Files, found by the SHA-256 of their content and by nothing else."""

    def put(self, stream: BinaryIO, limit: int | None = None) -> str:
        """Keep everything that `stream` yields; returns its SHA-256 in hex once it is on the disk.

        Raises `StoreFault` `blob_too_large` beyond `limit` bytes, with nothing kept.
        """

    def open(self, sha256: str) -> BinaryIO:
        """The content; the caller closes it. Raises `blob_missing`, `bad_digest`."""

    def check(self, sha256: str) -> int:
        """Read the content through and return its size; raises `blob_damaged` where it is not what it was."""

    def has(self, sha256: str) -> bool:
        """Whether this content is kept."""

    def size(self, sha256: str) -> int:
        """Its size in bytes; raises `blob_missing`."""

    def digests(self) -> Sequence[str]:
        """The digests of everything kept, sorted."""

    def delete(self, sha256: str) -> bool:
        """Delete a content when its retention has ended; returns whether it was there."""
