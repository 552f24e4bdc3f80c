"""Who does something in the room, as a journal entry names it: role, alias, device; never a person's name."""

from __future__ import annotations

from dataclasses import dataclass

from app.rules.model import Party


@dataclass(frozen=True)
class Actor:
    """`role` always; `alias` for a member (评委编号); `post` for a person logged in at a console (an account
    such as `centre-a`, no name); `device` for the enrolled machine that sent the command."""

    role: Party
    alias: str | None = None
    post: str | None = None
    device: str | None = None


SYSTEM = Actor(Party.SYSTEM)
