"""People at consoles: accounts with a password (argon2id), attempts limited, every failure in the journal."""

from __future__ import annotations

import asyncio
import re

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from app.evaluation.actor import SYSTEM, Actor
from app.evaluation.room import commands as rc
from app.evaluation.room.model import DeviceKind
from app.ports.ambient import Clock
from app.ports.store import Store, User
from app.room.actors import Caller, actor_here, actor_of
from app.room.attempts import Attempts
from app.room.refusal import RoomRefusal
from app.room.streams import Page
from app.room.writer import Writer
from app.rules.model import Party

ROLES = (Party.CENTRE, Party.WITNESS, Party.REGULATOR, Party.TENDEREE, Party.AGENCY)
"""Roles that log in at a console."""

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,31}", re.ASCII)
_FAILURES, _WITHIN_S = 5, 60.0


def make_user(hasher: PasswordHasher, name: str, role: str, password: str, clock: Clock) -> User:
    """An account; `name` is not a person's but the post's, such as `centre-a`. Raises `RoomRefusal` `bad_request`."""
    if not _NAME.fullmatch(name):
        raise RoomRefusal("bad_request", "name")
    if role not in {party.value for party in ROLES}:
        raise RoomRefusal("bad_request", "role")
    if len(password) < 8:
        raise RoomRefusal("bad_request", "password")
    return User(name, role, hasher.hash(password), clock.now())


class Accounts:
    """Who has an account, and with which password."""

    def __init__(self, store: Store, hasher: PasswordHasher) -> None:
        self._store, self._hasher = store, hasher
        # An account that is not there costs as much time as one that is.
        self._nobody = hasher.hash("nobody has this password")

    def verified(self, name: str, password: str) -> User | None:
        """The account of this name and password, if it may log in."""
        user = self._store.user(name)
        try:
            self._hasher.verify(user.password_hash if user else self._nobody, password)
        except (Argon2Error, InvalidHashError):
            return None
        return None if user is None or user.disabled else user


class Logins:
    """Log-in and log-out at a console's session."""

    def __init__(self, writer: Writer, store: Store, clock: Clock, hasher: PasswordHasher) -> None:
        self._writer = writer
        self._accounts = Accounts(store, hasher)
        self._failures = Attempts(clock, _FAILURES, _WITHIN_S)
        self._home: dict[str, str] = {}
        """Where each account was last let in: guesses made elsewhere keep nobody from the console of every day."""
        self._turns = asyncio.Semaphore(2)

    async def log_in(self, caller: Caller, name: str, password: str) -> Actor:
        """Take a post at this console; who was there before leaves."""
        if caller.kind is not DeviceKind.CONSOLE:
            raise RoomRefusal("not_a_console")
        found = await self._known(caller, name, password)
        if found is None:
            refused = Actor(Party.SYSTEM, device=caller.device)
            await self._writer.run(lambda page: page.act_room(rc.RefuseAccess("login", "bad_login"), refused))
            raise RoomRefusal("bad_login")
        self._home[name] = caller.device

        def work(page: Page) -> Actor:
            self._leave(page, caller)
            page.act_room(rc.TakePost(found.name, found.role, caller.device), SYSTEM)
            return Actor(Party(found.role), post=found.name, device=caller.device)

        return await self._writer.run(work)

    async def say_again(self, caller: Caller, password: str, command: str) -> str:
        """The post at this console, whose own password is typed afresh for a `command` that takes a second person.

        Raises `RoomRefusal` `no_post`, `wrong_password` (an entry), `too_many_attempts`."""
        actor = actor_here(self._writer.book, caller)
        post = actor.post or ""
        if await self._known(caller, post, password) is None:
            await self._writer.run(lambda page: page.act_room(rc.RefuseAccess(command, "wrong_password"), actor))
            raise RoomRefusal("wrong_password", "$.password")
        return post

    async def vouch(self, caller: Caller, name: str, password: str, command: str) -> Actor:
        """The second of two people at one console: another account, whose password is typed there for a `command`.

        Raises `RoomRefusal` `wrong_password` (an entry), `too_many_attempts`."""
        user = await self._known(caller, name, password)
        if user is None:
            actor = actor_here(self._writer.book, caller)
            await self._writer.run(lambda page: page.act_room(rc.RefuseAccess(command, "wrong_password"), actor))
            raise RoomRefusal("wrong_password", "$.password")
        return Actor(Party(user.role), post=user.name, device=caller.device)

    async def _known(self, caller: Caller, name: str, password: str) -> User | None:
        """The account, or None; guesses at a machine and at an account are counted, and have to wait."""
        self._failures.check(f"device {caller.device}")
        if self._home.get(name) != caller.device:
            self._failures.check(f"user {name}")
        async with self._turns:
            user = await asyncio.to_thread(self._accounts.verified, name, password)
        if user is None:
            self._failures.count(f"device {caller.device}", f"user {name}")
        return user

    async def log_out(self, caller: Caller) -> None:
        """Leave the post at this console."""
        await self._writer.run(lambda page: self._leave(page, caller))

    def _leave(self, page: Page, caller: Caller) -> None:
        actor = actor_of(page.book, caller)
        if caller.kind is DeviceKind.CONSOLE and actor is not None and actor.post is not None:
            page.act_room(rc.LeavePost(actor.post, caller.device), SYSTEM)
