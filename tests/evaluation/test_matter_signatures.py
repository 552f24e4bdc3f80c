"""Electronic signatures: opened by the room, one upon another, on paper where there is no key, missed after a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from acts_filled import PAPER, all_are_taken, take
from evaluation_case import ruleset_json, secret
from evaluation_factory import AGENCY, CENTRE, WITNESS, Play, member
from evaluation_stages import STAGES, _forked, _step, at, refused
from hypothesis import given, settings
from hypothesis import strategies as st

from app.evaluation import commands as c
from app.evaluation.matters.paper.records import ConfirmPaper
from app.evaluation.matters.signatures import (
    OpenSigning,
    RecordMissedSignature,
    Signatures,
    SignOnPaper,
    SignReport,
    due,
    signing_of,
    to_open,
)
from app.evaluation.matters.signing import RecordRefusalToSign
from app.evaluation.replay import check
from app.evaluation.steps import member_step
from app.evaluation.views import acts, view
from app.rules import read_ruleset, ruleset_to_json


@cache
def _reported(track: str) -> Play:
    rules = ruleset_json(track)
    rules["procedure"] = rules["procedure"] | {"electronic_signatures": True}
    it = Play(track)
    it.open_room()
    it.import_package(rules=rules, delegates=1)
    for stage in STAGES[1 : STAGES.index("reported") + 1]:
        _step(it, stage)
    return it


def reported(track: str = "ZC") -> Play:
    return _forked(_reported(track))


def opening(it: Play, **changed: Any) -> OpenSigning:
    issued = it.it.lots["1"].report
    assert issued is not None
    data = {"sha256": secret("fields").hex(), "bytes": issued.bytes + 100, "authorities": ("30",), "revocation": False}
    return OpenSigning("1", **data | changed)


def opened(track: str = "ZC") -> Play:
    it = reported(track)
    it.do(opening(it))
    return it


def signature(it: Play, alias: str, **changed: Any) -> SignReport:
    found = signing_of(it.it, "1")
    assert found is not None
    sha256, size = found.head
    own = {"base": sha256, "sha256": secret(f"by {alias}").hex(), "bytes": size + 9, "algorithm": "sm2_sm3"}
    return SignReport("1", **own | {"certificate": secret(f"certificate of {alias}").hex()} | changed)


def sign(it: Play, alias: str) -> None:
    it.do(signature(it, alias), member(alias))


def sound(it: Play) -> None:
    assert check(it.log.entries) == (it.it, None)


def test_a_rule_set_says_whether_signatures_are_due_and_keeps_its_bytes_where_not() -> None:
    it = reported()
    told = ruleset_to_json(it.it.ruleset)
    assert told["procedure"]["electronic_signatures"] is True
    assert read_ruleset(told) == it.it.ruleset
    plain = at("reported", "ZC")
    assert "electronic_signatures" not in ruleset_to_json(plain.it.ruleset)["procedure"]
    assert (to_open(it.it), to_open(plain.it)) == (("1",), ())
    with refused("signing_not_due"):
        plain.do(opening(plain))


@pytest.mark.parametrize("track", ["ZC", "GC"])
def test_all_sign_in_any_order_and_then_everybody_may_go(track: str) -> None:
    it = opened(track)
    for alias in reversed(it.it.committee):
        found = it.it.by_alias(alias)
        assert found is not None
        assert member_step(it.it, found).code == "wipe_seat"  # the main way; the matter comes first:
        assert view(it.it, member(alias))["next"] == {"code": "sign_report", "lot": "1", "act": True}
        with refused("signature_due"):
            it.do(c.WipeSeat(found.seat or ""), member(alias))
        sign(it, alias)
    assert (due(it.it, "1"), to_open(it.it)) == ((), ())
    seen = view(it.it, WITNESS)["matters"]["signatures"]["lots"]["1"]
    assert seen == {"signed": list(reversed(it.it.committee)), "on_paper": [], "missed": [], "due": []}
    it.leave()
    it.close()
    assert due(it.it, "1") == ()
    sound(it)


def test_who_has_no_key_signs_on_paper_by_two_people_and_who_does_not_sign_is_written_down() -> None:
    it = opened()
    first, second, *rest = it.it.committee
    assert take(it, CENTRE, "EnterPaper", what="signature", alias=first)[-1] == "PaperEntered"
    entered = it.log.entries[-1].data
    assert (entered["what"], entered["alias"]) == ("signature", first)
    it.do(ConfirmPaper(1, PAPER["sha256"]), WITNESS)
    assert first not in due(it.it, "1")
    with refused("time_to_sign"):
        it.do(RecordMissedSignature("1", second, "证书过期"), WITNESS)
    it.now += timedelta(minutes=31)
    with refused("reason_needed", "$.account"):
        it.do(RecordMissedSignature("1", second, " "), WITNESS)
    with refused("already_answered"):
        it.do(RecordMissedSignature("1", first, "证书过期"), WITNESS)
    it.do(RecordMissedSignature("1", second, "证书过期"), WITNESS)
    for alias in rest:
        sign(it, alias)
    seen = view(it.it, WITNESS)["matters"]["signatures"]["lots"]["1"]
    assert seen == {"signed": rest, "on_paper": [first], "missed": [second], "due": []}
    it.leave()
    it.close()
    sound(it)


def test_who_refused_before_is_not_waited_for() -> None:
    rules = ruleset_json("ZC")
    rules["procedure"] = rules["procedure"] | {"electronic_signatures": True}
    it = Play("ZC")
    it.open_room()
    it.import_package(rules=rules, delegates=1)
    for stage in STAGES[1 : STAGES.index("confirming") + 1]:
        _step(it, stage)
    silent = next(one for one in it.it.committee if one != it.it.chair)
    for alias in it.it.committee:
        if alias != silent:
            it.do(c.ConfirmResult("1"), member(alias))
    it.now += timedelta(minutes=31)
    it.do(RecordRefusalToSign("1", silent, "拒绝"), member(it.it.chair or ""))
    it.issue("1", b"report", 1)
    it.do(opening(it))
    assert silent not in due(it.it, "1")


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        ({"base": secret("another").hex()}, "signature_overtaken", "1"),
        ({"sha256": "00"}, "bad_value", "$.sha256"),
        ({"certificate": "AB" * 32}, "bad_value", "$.certificate"),
        ({"bytes": 1}, "bad_value", "$.bytes"),
        ({"algorithm": "md5_rsa"}, "bad_value", "$.algorithm"),
    ],
)
def test_a_signature_extends_the_newest_revision(changed: dict[str, Any], code: str, where: str) -> None:
    it = opened()
    alias = it.it.committee[0]
    with refused(code, where):
        it.do(signature(it, alias, **changed), member(alias))


def test_nobody_signs_twice_or_with_anothers_certificate() -> None:
    it = opened()
    first, second, *_ = it.it.committee
    sign(it, first)
    with refused("already_answered", first):
        sign(it, first)
    with refused("certificate_used", "$.certificate"):
        it.do(signature(it, second, certificate=secret(f"certificate of {first}").hex()), member(second))
    with refused("signature_due"):
        it.do(c.CloseEvaluation(it.it.size + 1), CENTRE)


@pytest.mark.parametrize(
    ("changed", "where"),
    [({"sha256": "x"}, "$.sha256"), ({"bytes": 1}, "$.bytes"), ({"authorities": ()}, "$.authorities")],
)
def test_the_room_opens_a_report_once(changed: dict[str, Any], where: str) -> None:
    it = reported()
    with refused("bad_value", where):
        it.do(opening(it, **changed))
    alias = it.it.committee[0]
    with refused("signing_not_due"):
        it.do(SignOnPaper("1"), member(alias))
    it.do(opening(it))
    with refused("signing_not_due"):
        it.do(opening(it))


def test_who_may() -> None:
    it = opened()
    alias = it.it.committee[0]
    for command, actor in (
        (opening(it), CENTRE),
        (signature(it, alias), WITNESS),
        (RecordMissedSignature("1", alias, "x"), CENTRE),
        (RecordMissedSignature("1", alias, "x"), member(alias)),
    ):
        with refused("not_permitted"):
            it.do(command, actor)
    assert "RecordMissedSignature" not in {act["command"] for act in acts(it.it, CENTRE)}
    it.now += timedelta(minutes=31)
    assert all_are_taken(it, "RecordMissedSignature") == len(it.it.committee)


def test_others_than_staff_and_committee_hear_only_that_somebody_signed() -> None:
    it = opened()
    agency = view(it.it, AGENCY)
    assert agency is not None
    assert "signatures" not in agency["matters"]


def test_a_report_issued_anew_is_opened_anew() -> None:
    it = opened()
    again = replace(it.it.memory(Signatures).lots["1"], report="00" * 32)
    state = it.it.remembering(Signatures({"1": again}))
    assert signing_of(state, "1") is None
    assert to_open(state) == ("1",)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from(["sign", "again", "miss"]), max_size=6), st.randoms(use_true_random=False))
def test_in_whatever_order_each_is_settled_once_and_revisions_only_grow(steps: list[str], chance: Any) -> None:
    it = opened()
    it.now += timedelta(minutes=31)
    for step in steps:
        alias = chance.choice(it.it.committee)
        waited, (_, size) = due(it.it, "1"), signing_of(it.it, "1").head  # type: ignore[union-attr]
        command: c.Command = RecordMissedSignature("1", alias, "未签") if step == "miss" else signature(it, alias)
        actor = WITNESS if step == "miss" else member(alias)
        if alias not in waited:
            with refused("already_answered"):
                it.do(command, actor)
            continue
        it.do(command, actor)
        assert set(due(it.it, "1")) == set(waited) - {alias}
        assert signing_of(it.it, "1").head[1] == size + (0 if step == "miss" else 9)  # type: ignore[union-attr]
    sound(it)
