"""A face enrolled by two with consent, what kiosk and seat get of it, and its deletion on request."""

from __future__ import annotations

import base64
from typing import Any

from pytest_bdd import parsers, step, then
from room_packages import document

from app.journal import parse_checkpoint
from stories.stage.cast import WHO
from stories.stage.world import World

READS = {"model": "sface-story", "version": 1}
TEMPLATE = bytes(range(256)) * 2


@step(parsers.re(rf"(?P<who>{WHO})阅读告知书后同意，由中心登记人脸"))
def consents(world: World, who: str) -> None:
    """The first of two people; the words of the room go along with their hash."""
    text = world.play.centre.ask("GET", "/faces/consent")
    proposal = {
        "document": document(world.cast.people[who]),
        "template": {**READS, "data": base64.b64encode(TEMPLATE).decode()},
        "verdict": "confirm",
        "score": "0.4312",
        "engine": "sface",
        "consent": {"version": text["version"], "sha256": text["sha256"]},
    }
    world.noted[f"face of {who}"] = world.play.centre.ask("POST", "/faces", proposal)["expert"]


@step(parsers.re(rf"(?P<by>中心自己|见证人看过证件和本人，)确认(?P<who>{WHO})的登记"))
def confirms(world: World, by: str, who: str) -> None:
    """The second one, who has to be another."""
    machine = world.cast.machine("见证人" if by.startswith("见证人") else "中心")
    asked = {"expert": world.noted[f"face of {who}"], "document": document(world.cast.people[who])}
    world.cast.attempt(lambda: machine.ask("POST", "/faces/confirm", asked | {"reason": "本人持身份证到场"}))


@step(parsers.re(rf"见证人应(?P<who>{WHO})要求删除人脸"))
def forgets(world: World, who: str) -> None:
    """One member of staff is enough."""
    asked = {"expert": world.noted[f"face of {who}"], "why": "request", "reason": "本人要求"}
    world.cast.attempt(lambda: world.cast.machine("见证人").ask("POST", "/faces/forget", asked))


@then(parsers.re(rf"(?P<where>签到机|席位)(?P<gets>拿得到|拿不到)(?P<who>{WHO})的人脸模板"))
def gets_the_template(world: World, where: str, gets: str, who: str) -> None:
    """Its very numbers, or none."""
    number = world.cast.people[who]
    found: Any
    if where == "签到机":
        found = world.play.kiosk.ask("POST", "/kiosk/lookup", {"document": document(number), **READS})["template"]
    else:
        place = "/seat/reference?model={model}&version={version}".format(**READS)
        found = world.cast.seat(who).ask("GET", place)["template"]
    if gets == "拿得到":
        assert base64.b64decode(found["data"]) == TEMPLATE
    else:
        assert found is None


@then(parsers.re(rf"登记处查不到(?P<who>{WHO})的人脸"))
def is_not_enrolled(world: World, who: str) -> None:
    """The card finds nothing, and no console lists it."""
    found = world.play.centre.ask("POST", "/faces/find", {"document": document(world.cast.people[who])})
    assert found["experts"] == []
    assert world.play.centre.view()["room"]["faces"] == []


@then("删除的留痕已经签名")
def deletion_is_signed(world: World) -> None:
    """The newest checkpoint of the room's stream was made with it, and covers it."""
    of_room = [entry.type for entry in world.entries() if entry.stream == "room"]
    deleted = len(of_room) - of_room[::-1].index("TemplateForgotten")
    note = world.play.centre.ask("GET", "/checkpoints/room")["note"]
    assert parse_checkpoint(note).checkpoint.size >= deleted
