"""Plays brought to a stage of the way, each made once and copied for every test that goes on from there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from evaluation_factory import AGENCY, Play, member

from app.evaluation import commands as c
from app.evaluation.refusal import Refused
from app.evaluation.sentences import SENTENCES
from app.journal import Ed25519Signer

STAGES = (
    "opened",
    "drawn",
    "arrived",
    "pledged",
    "constituted",
    "reviewing",
    "reviewed",
    "marking",
    "marked",
    "checking",
    "confirming",
    "reporting",
    "reported",
    "left",
    "closed",
)


def _step(play: Play, stage: str) -> None:
    lots = list(play.it.lots) if play.state else []
    if stage == "opened":
        play.open_room()
        play.import_package(delegates=1)
    elif stage == "drawn":
        play.draw_slots()
    elif stage == "arrived":
        for k in range(1, 6):
            play.arrive(f"p{k}")
    elif stage == "pledged":
        for m in list(play.it.members.values()):
            play.pledge(m.alias or "")
    elif stage == "constituted":
        play.constitute()
    elif stage == "reviewing":
        play.choose_chair()
    elif stage == "reviewed":
        for lot in lots:
            play.review(lot)
    elif stage == "marking":
        for lot in lots:
            play.conclude(lot)
    elif stage == "marked":
        for lot in lots:
            play.mark(lot)
    elif stage == "checking":
        play.do(c.NoteFindings("1", "已核对"), member(play.it.chair or ""))
    elif stage == "confirming":
        if play.track == "ZC":
            play.do(c.CheckTables("1", True, ""), AGENCY)
    elif stage == "reporting":
        for alias in play.it.committee:
            play.do(c.ConfirmResult("1"), member(alias))
    elif stage == "reported":
        play.issue("1", b"report", 1)
    elif stage == "left":
        play.leave()
    elif stage == "closed":
        play.close()


@cache
def _made(stage: str, track: str) -> Play:
    before = STAGES.index(stage) - 1
    play = at(STAGES[before], track) if before >= 0 else Play(track)
    _step(play, stage)
    return play


def at(stage: str, track: str = "ZC") -> Play:
    """A play that has just reached a stage; GC passes `checking` by."""
    return _forked(_made(stage, track))


def _forked(play: Play) -> Play:
    """States and entries are immutable, so only the containers are copied."""
    fork = copy.copy(play)
    fork.log, fork.room_log = copy.copy(play.log), copy.copy(play.room_log)
    fork.log.entries, fork.room_log.entries = list(play.log.entries), list(play.room_log.entries)
    fork.transcripts = dict(play.transcripts)
    fork.signer = Ed25519Signer(play.signer.seed)
    return fork


@contextmanager
def refused(code: str, where: str | None = None) -> Iterator[Any]:
    """The block is refused with this code, and its sentences can be said."""
    with pytest.raises(Refused) as caught:
        yield caught
    error = caught.value
    assert (error.code, error.where if where is not None else None) == (code, where)
    for lang in ("zh", "en"):
        said = error.message(lang)
        assert said
        assert "{" not in said
    assert error.code in SENTENCES
