"""A lot among tied bids."""

from __future__ import annotations

from pytest_bdd import parsers, step, then

from stories.stage.cast import WHO
from stories.stage.world import World


@step(parsers.re(r'全体评委给 "(?P<one>\w+)" 和 "(?P<other>\w+)" 打一样的分'))
def same_marks(world: World, one: str, other: str) -> None:
    """Full marks, from everybody."""
    for who in world.committee():
        for bid in (one, other):
            for factor in world.cast.lot(who, "1")["factors"]:
                world.wills.marks[who, "1", bid, factor["id"]] = factor["max"]


@step(parsers.re(rf"(?P<who>{WHO})启动并列抽签"))
def calls_tie(world: World, who: str) -> None:
    """Among the bids that are tied."""
    offered = [act["data"] for act in world.acts("见证人") if act["command"] == "CallTie"]
    world.cast.do(who, "CallTie", **(offered[0] if offered else {"lot": "1", "bids": []}))


@step("两方完成并列抽签")
def draws_tie(world: World) -> None:
    """The parties commit and reveal; the room draws."""
    world.play.settle_draws(lambda: any(entry.type == "TieDrawn" for entry in world.entries()))


def order_of(world: World) -> list[str]:
    """The order that was drawn."""
    entry = next(entry for entry in world.entries() if entry.type == "TieDrawn")
    return [str(bid) for bid in entry.data["transcript"]["order"]]


@then(parsers.re(r'"(?P<one>\w+)" 和 "(?P<other>\w+)" 的推荐次序就是抽出的次序'))
def recommended_in_order(world: World, one: str, other: str) -> None:
    """Both are recommended, one behind the other."""
    ranks = {row["id"]: row["rank"] for row in world.cast.lot("组长", "1")["candidates"]}
    first, second = order_of(world)
    assert {first, second} == {one, other}
    assert ranks[second] == ranks[first] + 1


@then(parsers.re(r'"(?P<one>\w+)" 和 "(?P<other>\w+)" 之中只推荐抽中的一家'))
def one_is_recommended(world: World, one: str, other: str) -> None:
    """The other is passed over."""
    found = {row["id"] for row in world.cast.lot("组长", "1")["candidates"]}
    first, second = order_of(world)
    assert {first, second} == {one, other}
    assert first in found
    assert second not in found
