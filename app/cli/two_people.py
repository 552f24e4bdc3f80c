"""Two people at the room's own machine, for what touches the whole room: each by account and password, typed now."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.cli.errors import Fault

if TYPE_CHECKING:
    from app.evaluation.actor import Actor
    from app.ports.store import Store, User

Verified = Callable[[str, str], "User | None"]
"""From name and password to the account, or None."""


@dataclass(frozen=True)
class TwoPeople:
    """The posts of both, whose roles differ."""

    first: Actor
    second: Actor


def add_two_people(parser: argparse.ArgumentParser) -> None:
    """`--by` and `--second`."""
    parser.add_argument(
        "--by", metavar="NAME", help="第一人账号，密码从标准输入读一行 / account, its password from stdin"
    )
    parser.add_argument("--second", metavar="NAME", help="第二人账号，另一角色 / the second person's, of another role")


def two_people(verified: Verified, first: str | None, second: str | None) -> TwoPeople:
    """Both, asked in this order. Raises `Fault`: `usage`, `bad_login`, `second_person`."""
    found = TwoPeople(one_person(verified, first), one_person(verified, second))
    if found.first.role is found.second.role:
        told = ("两人须属于不同角色。", "The two people must be of different roles.")
        raise Fault("second_person", "--second", *told)
    return found


def one_person(verified: Verified, name: str | None) -> Actor:
    """One of them. Raises `Fault`: `usage`, `bad_login`."""
    from app.evaluation.actor import Actor
    from app.rules.model import Party

    if name is None:
        raise Fault("usage", "--by", "请给出两人的账号：--by 和 --second。", "Name both people: --by and --second.")
    user = verified(name, password_of(name))
    if user is None:
        raise Fault("bad_login", name, f"账号 {name} 或其密码不对。", f"The account {name} or its password is wrong.")
    return Actor(Party(user.role), post=user.name, device="room")


def password_of(name: str) -> str:
    """Typed unseen, or a line of stdin."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{name}: ")
    return sys.stdin.readline().rstrip("\r\n")


def accounts_of(store: Store) -> Verified:
    """How the accounts of a database are verified."""
    from argon2 import PasswordHasher

    from app.room.logins import Accounts

    return Accounts(store, PasswordHasher()).verified
