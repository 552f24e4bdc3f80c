"""Questions while bids have codes: who learns what of whom."""

from __future__ import annotations

import json
from typing import Any

from pytest_bdd import parsers, step, then

from app import drawing
from stories.stage.cast import WHO
from stories.stage.world import World
from stories.steps.acting import WHY
from stories.steps.letters import LETTER

_CODE = r"(?P<whose>专家.)的暗标 ?(?P<code>\d+) ?号"


def letter_of(world: World, who: str, letter: str) -> dict[str, Any]:
    """A letter as this person sees it."""
    return dict(world.cast.matter(who, "letters")["letters"][int(letter) - 1])


@step(parsers.re(rf'(?P<who>{WHO})就自己的暗标 ?(?P<code>\d+) ?号提出问题 "(?P<question>[^"]+)"'))
def drafts_masked(world: World, who: str, code: str, question: str) -> None:
    """By the own code."""
    world.cast.do(who, "DraftMaskedQuestion", lot="1", code=code, question=question)


@step(parsers.re(rf"组长发出(?P<who>{WHO})就暗标提出的问题，限 ?(?P<minutes>\d+) ?分钟"))
def sends_masked(world: World, who: str, minutes: str) -> None:
    """The chair knows who drafted it, and the bid by the own code."""
    waiting = world.cast.matter("组长", "clarification")["drafts"]
    one = next(draft for draft in waiting if draft["alias"] == world.cast.alias(who))
    world.cast.do("组长", "SendMaskedQuestion", draft=one["number"], minutes=int(minutes))


@step(parsers.re(rf"(?P<who>{WHO})(?P<how>通过|退回){LETTER}的转述(?:{WHY})?"))
def compares(world: World, who: str, how: str, letter: str, why: str | None) -> None:
    """The witness holds the words against the original."""
    world.cast.do(who, "CompareAnswer", letter=int(letter), in_order=how == "通过", reason=why or "")


@then(parsers.re(rf"(?P<who>{WHO})知道{LETTER}寄给{_CODE}，看不到编号"))
def knows_bidder(world: World, who: str, letter: str, whose: str, code: str) -> None:
    """The bidder behind the code: its number of the code is kept until the codes are opened."""
    found = letter_of(world, who, letter)
    assert found["bidder"]
    assert not {"code", "mask"} & set(found)
    world.noted[f"letter {letter}"] = found["bid"]


@then(parsers.re(rf"(?P<who>{WHO})看不出{LETTER}寄给谁"))
def knows_nothing(world: World, who: str, letter: str) -> None:
    """Neither bid nor code."""
    found = letter_of(world, who, letter)
    assert found["bid"] is None
    assert not {"code", "mask", "bidder"} & set(found)


@then(parsers.re(rf"(?P<who>{WHO})还没有读到{LETTER}的答复"))
def not_yet_read(world: World, who: str, letter: str) -> None:
    """Not before the witness let it pass."""
    assert letter_of(world, who, letter)["answer"] is None


@then(parsers.re(rf"全体评委按各自的编号读到{LETTER}的答复，看不到原件"))
def all_read(world: World, letter: str) -> None:
    """Words, and no paper; the codes differ among members."""
    for who in world.committee():
        found = letter_of(world, who, letter)
        assert found["answer"]["text"]
        assert found["answer"]["papers"] == []
        assert found["bid"] is None
        notices = world.cast.matter(who, "letters")["notices"]
        assert any(f"暗标{found['code']}号" in json.dumps(one, ensure_ascii=False) for one in notices)


@then(parsers.re(rf"{LETTER}是寄给{_CODE}的"))
def was_sent_right(world: World, letter: str, whose: str, code: str) -> None:
    """From the seed that stands in the journal now anyone finds the bid behind the code: it is the one addressed."""
    world.wait(lambda: any(entry.type == "CodesOpened" for entry in world.entries()))
    opened = next(entry for entry in world.entries() if entry.type == "CodesOpened")
    stream = str(world.cast.view("组长")["stream"])
    bids = [bid["id"] for bid in world.cast.lot("组长", "1")["bids"]]
    alias = world.cast.alias(whose)
    made = drawing.coded_bids(stream, "1", bytes.fromhex(opened.data["seed"]), alias, bids)
    assert made[code] == letter_of(world, "组长", letter)["bid"] == world.noted[f"letter {letter}"]
