"""Watching: who sees whose camera, what a seat knows of it, and what the engines may hand each other."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step, then

from stories.stage.cast import SEVERAL, WHO
from stories.stage.world import World


def _seen(world: World, who: str) -> list[str]:
    """By which posts this member's seat is watched, as the seat knows it."""
    return list(world.cast.matter(who, "watching")["by"])


def _signal(world: World, who: str, to: str) -> Any:
    """What the engine of one would hand the engine of another."""
    body = {"call": "watching", "to": to, "message": {"kind": "hello"}}
    path = f"/signals/{world.cast.stream.replace('/', '~')}"
    return world.cast.attempt(lambda: world.cast.machine(who).ask("POST", path, body))


@step(parsers.re(rf"(?P<by>{WHO})监看(?P<who>{SEVERAL})(?:，放大(?P<large>{WHO}))?"))
def watches(world: World, by: str, who: str, large: str | None) -> None:
    """These and no others, one of them large."""
    aliases = [world.cast.alias(one) for one in world.cast.several(who)]
    world.cast.do(by, "WatchSeats", aliases=aliases, large=world.cast.alias(large) if large else "", cameras=[])


@step(parsers.re(rf"(?P<by>{WHO})停止监看"))
def stops(world: World, by: str) -> None:
    """Nothing more."""
    world.cast.do(by, "StopWatching")


@then(parsers.re(rf'(?P<who>{WHO})的席位知道 "(?P<roles>[^"]+)" 在监看(?P<large>，并被放大)?'))
def seat_knows(world: World, who: str, roles: str, large: str | None) -> None:
    """By which posts, and whether somebody looks closely."""
    world.wait(lambda: _seen(world, who) == roles.split("、"))
    assert world.cast.matter(who, "watching")["large"] == bool(large)


@then(parsers.re(rf"(?P<who>{WHO})的席位知道没有(?P<by>人|中心在)监看"))
def seat_is_not_watched(world: World, who: str, by: str) -> None:
    """By nobody, or not by the centre: the room may still be closing it."""
    world.wait(lambda: "centre" not in _seen(world, who) if by == "中心在" else not _seen(world, who))


@step(parsers.re(rf"(?P<who>{WHO})的席位向(?P<to>{WHO})的(?:台子|席位)送影像"))
def seat_sends(world: World, who: str, to: str) -> None:
    """To a console that watches it, and to nobody else."""
    console = {"见证人": "witness", "中心": "centre", "监督人": "regulator"}.get(to)
    _signal(world, who, world.cast.alias(to) if console is None else f"{console}/{world.cast.machine(to).device}")


@step(parsers.re(rf"(?P<by>{WHO})的台子向(?P<who>{WHO})的席位要影像"))
def console_asks(world: World, by: str, who: str) -> None:
    """Of a seat that it watches."""
    _signal(world, by, world.cast.alias(who))
