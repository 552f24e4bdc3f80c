"""Papers instead of steps: scans brought, entered and checked by two; envelopes; blank forms that are counted."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from pytest_bdd import parsers, step, then
from room_clients import Refusal

from stories.stage.cast import WHO
from stories.stage.world import World
from stories.steps.acting import LOT, WHY

STEPS = {"确认": "confirm", "不同意见": "dissent", "评分表": "marks", "审查表": "review"}
_PAPER = rf'{LOT}(?P<who>{WHO})登记(?P<whom>{WHO})的纸质(?P<what>确认|不同意见|评分表)(?: "(?P<words>[^"]+)")?'


def scan(who: str, what: str) -> bytes:
    """A scan of its own for each paper."""
    return b"%PDF-1.7\n% " + f"{who} {what}".encode() + b"\n%%EOF\n"


def _enter(world: World, who: str, whom: str, what: str, words: str | None, why: str, lot: str | None) -> None:
    content = scan(whom, what)
    paper = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "title": f"{what}原件"}
    data: dict[str, Any] = {"what": STEPS[what], "alias": world.cast.alias(whom), "lot": lot or "1"}
    world.cast.do(who, "EnterPaper", **data, words=words or "", paper=paper, reason=why)


@step(parsers.re(_PAPER + "，没有上传扫描件" + WHY))
def enters_without_scan(
    world: World, who: str, whom: str, what: str, words: str | None, why: str, lot: str | None
) -> None:
    """A paper that nobody has brought."""
    _enter(world, who, whom, what, words, why, lot)


@step(parsers.re(_PAPER + WHY))
def enters(world: World, who: str, whom: str, what: str, words: str | None, why: str, lot: str | None) -> None:
    """The scan goes to the room, then it is entered."""
    world.cast.machine(who).ask("POST", "/papers", data=scan(whom, what))
    _enter(world, who, whom, what, words, why, lot)


@step(parsers.re(rf'{LOT}(?P<who>{WHO})登记(?P<whom>{WHO})的(?P<what>评分表|审查表)信封 "(?P<label>[^"]+)"{WHY}'))
def keeps_envelope(world: World, who: str, whom: str, what: str, label: str, why: str, lot: str | None) -> None:
    """Only the number on the sealed envelope."""
    data = {"what": STEPS[what], "alias": world.cast.alias(whom), "lot": lot or "1"}
    world.cast.do(who, "KeepEnvelope", **data, label=label, reason=why)


@step(parsers.re(rf"(?P<who>{WHO})核对最近一份纸质材料(?:一致|不符{WHY})"))
def checks(world: World, who: str, why: str | None) -> None:
    """The witness has the scan before the eyes, where there is one, and says whether it is so."""
    last = world.cast.matter(who, "paper")["entries"][-1]
    if last["paper"] is not None:
        digest = last["paper"]["sha256"]
        content = world.cast.machine(who).ask("GET", f"/papers/{digest}")
        assert hashlib.sha256(content).hexdigest() == digest
    if why is None:
        seen = last["label"] if last["paper"] is None else last["paper"]["sha256"]
        world.cast.do(who, "ConfirmPaper", number=last["number"], seen=seen)
    else:
        world.cast.do(who, "RejectPaper", number=last["number"], reason=why)


@step(parsers.re(rf'(?P<who>{WHO})印制空白表 "(?P<form>\w+)" ?(?P<copies>\d+) ?份'))
def prints(world: World, who: str, form: str, copies: str) -> None:
    """Blank forms without a member's name."""
    stream = world.cast.stream.replace("/", "~")
    body = {"form": form, "lot": "1" if form in ("review", "marks", "opinion") else "", "aliases": [], "act": ""}
    made = world.cast.machine(who).ask("POST", f"/forms/{stream}", body | {"copies": int(copies)})
    assert made.startswith(b"%PDF-")


@then("没有人能取到评分表的扫描件")
def no_scan(world: World) -> None:
    """The scan that somebody brought belongs to no entry, so nobody gets it."""
    digest = hashlib.sha256(scan("专家二", "评分表")).hexdigest()
    for who in ("中心", "见证人", "专家一"):
        with pytest.raises(Refusal) as refused:
            world.cast.machine(who).ask("GET", f"/papers/{digest}")
        assert refused.value.code == "not_found"
