"""A seat that no longer sees its member: it locks itself, a face or two people open it again."""

from __future__ import annotations

from pytest_bdd import parsers, step, then

from stories.stage.cast import SEVERAL, WHO
from stories.stage.world import World

FACE = {"score": "0.66", "engine": "sface-1"}


@step(parsers.re(rf'(?P<who>{WHO})的席位看到 "(?P<kind>[^"]+)" 已 ?(?P<seconds>\d+) ?秒'))
def seat_sees(world: World, who: str, kind: str, seconds: str) -> None:
    """The seat's machine asks to be locked."""
    world.cast.do(who, "LockSeat", kind=kind, seconds=int(seconds))


@step(parsers.re(rf"(?P<who>{SEVERAL})刷脸解锁席位"))
def unlocks(world: World, who: str) -> None:
    """The seat knows its member again."""
    for one in world.cast.several(who, "unlock"):
        world.cast.do(one, "UnlockSeat", **FACE)


@step(parsers.re(rf"(?P<who>{WHO})未被识别，由中心和见证人核验解锁"))
def unlocked_by_two(world: World, who: str) -> None:
    """The seat asks, two people of different duties release."""
    release = {"what": "unlock", "member": world.cast.ref(who)}
    world.cast.do(who, "RequestRelease", **release, reason="人脸未识别")
    for by in ("中心", "见证人"):
        world.cast.do(by, "ApproveRelease", **release, reason="核对证件一致")


@then(parsers.re(rf"(?P<who>{WHO})(?P<sees>看得到|看不到)哪个席位锁定"))
def sees_locks(world: World, who: str, sees: str) -> None:
    """Only those who watch over the room, and the member."""
    assert bool(world.cast.matter(who, "presence").get("locked")) == (sees == "看得到")
