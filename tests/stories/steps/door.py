"""At the kiosk: the document, the living face, two people in doubt, the key, and the door of the room."""

from __future__ import annotations

from typing import Any

from pytest_bdd import parsers, step, then
from room_clients import Refusal
from room_play import KNOWN, LIVE

from stories.stage.cast import WHO
from stories.stage.world import World


def _kiosk(world: World, who: str, command: str, **data: Any) -> None:
    ticket = world.noted[f"ticket of {who}"]
    world.cast.attempt(lambda: world.play.kiosk.do("kiosk", command, {"ticket": ticket, **data}))


@step(parsers.re(rf"(?P<who>{WHO})(?:再次)?出示证件"))
def shows_document(world: World, who: str) -> None:
    """A visit begins."""
    world.noted[f"ticket of {who}"] = world.play.look_up(world.cast.people[who])["ticket"]


@step(parsers.re(rf"(?P<who>{WHO})刷脸，(?P<how>按要求转头|画面有翻拍迹象)"))
def shows_face(world: World, who: str, how: str) -> None:
    """Alive beyond doubt, or with a cue that a person has to look at."""
    alive = KNOWN["liveness"] | ({"cues": ["replay"]} if how != "按要求转头" else {})  # type: ignore[operator]
    _kiosk(world, who, "CheckIn", **KNOWN | {"liveness": alive})


@step(parsers.re(rf"签到机为(?P<who>{WHO})请两人(?P<what>核验，并附上现场画面|开门)"))
def calls_two(world: World, who: str, what: str) -> None:
    """The machine asks; what it saw goes into the room's memory."""
    asked = "entry" if what == "开门" else "admission"
    _kiosk(world, who, "RequestRelease", what=asked, reason="摄像头未能判定")
    world.cast.settle()
    release = next(one for one in world.cast.view("中心")["releases"] if one["what"] == asked)
    world.noted[f"reference of {who}"], world.noted[f"asked for {who}"] = release["member"], asked
    if asked == "admission":
        shown = {"ticket": world.noted[f"ticket of {who}"], "what": asked, "live": LIVE}
        world.play.kiosk.ask("POST", "/kiosk/doubt", shown)


@step(parsers.re(rf"中心和见证人放行(?P<who>{WHO})"))
def two_release(world: World, who: str) -> None:
    """Two people of different duties."""
    data = {"what": world.noted[f"asked for {who}"], "member": world.noted[f"reference of {who}"]}
    for by in ("中心", "见证人"):
        world.cast.do(by, "ApproveRelease", **data, reason="核对证件原件一致")


@then(parsers.re(rf"(?P<viewers>中心和见证人|代理机构|谁也)(?P<sees>看得到|看不到)(?P<who>{WHO})的现场画面"))
def sees_the_doubt(world: World, viewers: str, sees: str, who: str) -> None:
    """The picture before the kiosk."""
    place = f"/doubts/{world.cast.stream.replace('/', '~')}/admission/{world.noted[f'reference of {who}']}"
    names = {"谁也": ("中心", "见证人", "代理机构"), "代理机构": ("代理机构",)}.get(viewers, ("中心", "见证人"))
    for viewer in names:
        try:
            live = world.cast.machine(viewer).ask("GET", place)["live"]
        except Refusal as refusal:
            live = None if refusal.status in (403, 404) else refusal.code
        assert (live == LIVE) == (sees == "看得到"), viewer


@step(parsers.re(rf"(?P<who>{WHO})存好手机，按键领取席位"))
def takes_a_seat(world: World, who: str) -> None:
    """The phone into the box, one key."""
    ticket = world.noted[f"ticket of {who}"]
    _kiosk(world, who, "StorePhone", locker=world.play.ask_again(ticket)["locker"])
    _kiosk(world, who, "TakeSlot")
    world.cast.settle()
    seat = world.play.ask_again(ticket)["seat"]["id"]
    world.play.at[world.cast.people[who]] = world.play.seats[seat]


@step(parsers.re(rf"(?P<who>{WHO})(?P<how>随即开门进入|刷脸开门)"))
def opens_the_door(world: World, who: str, how: str) -> None:
    """In the same visit without another look, else by the face."""
    _kiosk(world, who, "EnterRoom", **({} if how == "随即开门进入" else KNOWN))


@step(parsers.re(rf"(?P<who>{WHO})入座并承诺"))
def sits_down(world: World, who: str) -> None:
    """The seat knows its member."""
    seat = world.cast.seat(who)
    seat.do(world.cast.stream, "OpenSeat", {"score": "0.64", "engine": "sface-1"})
    seat.do(world.cast.stream, "ReadDiscipline", {"read_s": 90})
    mine = seat.mine()
    seat.do(world.cast.stream, "GivePledge", {"pledge_hash": mine["pledge"]["hash"], "no_interest": mine["bidders"]})
