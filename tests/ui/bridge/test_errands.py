"""Errands beside the window: in their order, told in the window's thread, faults of the world apart from bugs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ports.device import DeviceError, DeviceFault
from ui.bridge.errands import Errands

ExpectsLog = Callable[..., Any]


@pytest.fixture
def errands(qapp: QApplication) -> Iterator[Errands]:
    made = Errands("test")
    yield made
    made.stop()


def never(outcome: Any) -> None:
    raise AssertionError(outcome)


def test_errands_are_done_in_their_order_elsewhere_and_told_here(errands: Errands, qtbot: QtBot) -> None:
    told: list[tuple[int, bool]] = []
    here = threading.get_ident()

    def done(made: tuple[int, int]) -> None:
        number, where = made
        told.append((number, where != here and threading.get_ident() == here))

    for number in range(5):
        errands.run(lambda number=number: (number, threading.get_ident()), done, never)
    qtbot.waitUntil(lambda: len(told) == 5)
    assert told == [(number, True) for number in range(5)]


@pytest.mark.parametrize("fault", [DeviceError(DeviceFault.NO_PAPER, "slip"), OSError("away"), ValueError("crooked")])
def test_a_fault_of_the_world_is_told_and_the_next_errand_done(
    errands: Errands, qtbot: QtBot, fault: Exception
) -> None:
    told: list[Any] = []

    def work() -> None:
        raise fault

    errands.run(work, never, told.append)
    errands.run(lambda: "next", told.append, never)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [fault, "next"]


def test_a_bug_is_told_and_logged(errands: Errands, qtbot: QtBot, expects_log: ExpectsLog) -> None:
    told: list[Any] = []
    with expects_log("ui.bridge.errands: an errand of test failed", reason="a bug must be seen"):
        errands.run(lambda: {}["nothing"], never, told.append)
        qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], KeyError)


def test_the_end_waits_for_what_was_begun(errands: Errands, qtbot: QtBot) -> None:
    began, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        may_end.wait(5)
        ended.set()

    errands.run(work, lambda _: None, never)
    assert began.wait(5)
    threading.Timer(0.05, may_end.set).start()
    errands.stop()
    assert ended.is_set()
    errands.stop()  # and once more is no fault
