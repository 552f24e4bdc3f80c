"""The small parts: worker, teller, questions, watch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.link import Answered, Failed, Happened, LinkFault, LinkMessage, RoomRefused, ViewChanged
from app.link.questions import MOST_WAITING, Questions
from app.link.teller import MOST_WAITING as MOST_TOLD
from app.link.teller import Teller
from app.link.worker import Worker
from tests.link.link_ground import until


@pytest.fixture
def ending() -> Iterator[Callable[[Worker], Worker]]:
    made: list[Worker] = []

    def add(worker: Worker) -> Worker:
        made.append(worker)
        return worker

    yield add
    for worker in made:
        worker.stop()
        assert worker.join(5)


# --- worker


def test_a_ring_during_a_step_is_not_lost(ending: Callable[[Worker], Worker]) -> None:
    inside, go = threading.Semaphore(0), threading.Semaphore(0)
    steps: list[int] = []

    def step() -> None:
        steps.append(len(steps))
        inside.release()
        assert go.acquire(timeout=5)

    worker = ending(Worker("test", step))
    worker.start()
    assert inside.acquire(timeout=5)
    worker.ring()
    go.release()
    assert inside.acquire(timeout=5)
    go.release(3)
    assert steps == [0, 1]


def test_a_bug_in_a_step_is_logged_and_the_thread_goes_on(ending: Callable[[Worker], Worker], expects_log: Any) -> None:
    steps: list[int] = []

    def step() -> None:
        steps.append(1)
        if len(steps) == 1:
            raise KeyError("position")

    with expects_log("app.link.worker: kawei-test failed", reason="a bug is never silent"):
        worker = ending(Worker("test", step))
        worker.start()
        until(lambda: steps)
        worker.ring()
        until(lambda: len(steps) == 2)


def test_a_worker_that_never_began_or_is_oneself_is_not_waited_for(ending: Callable[[Worker], Worker]) -> None:
    assert Worker("never", lambda: None).join(5)
    found: list[bool] = []
    worker = ending(Worker("test", lambda: found.append(worker.join(5))))
    worker.start()
    until(lambda: found == [True])


def test_a_hanging_step_is_reported_as_such(ending: Callable[[Worker], Worker]) -> None:
    go = threading.Event()
    worker = ending(Worker("test", lambda: go.wait(5) and None))
    worker.start()
    worker.stop()
    assert not worker.join(0.01)
    go.set()


# --- teller


def test_messages_come_in_order_one_at_a_time_and_only_the_newest_view(ending: Callable[[Worker], Worker]) -> None:
    told: list[LinkMessage] = []
    gate = threading.Event()
    teller = Teller(lambda message: (gate.wait(5), told.append(message)))
    ending(teller.worker).start()
    teller.tell(Happened({"k": 0}))
    until(lambda: not teller._waiting)
    for k in range(100):
        teller.tell(ViewChanged({"k": k}))
        if k % 50 == 0:
            teller.tell(Happened({"k": k + 1}))
    gate.set()
    until(lambda: len(told) == 4)
    assert told == [Happened({"k": 0}), Happened({"k": 1}), Happened({"k": 51}), ViewChanged({"k": 99})]


def test_a_listener_far_behind_holds_up_the_journal_and_nothing_else(ending: Callable[[Worker], Worker]) -> None:
    gate, told = threading.Event(), list[LinkMessage]()
    teller = Teller(lambda message: (gate.wait(5), told.append(message)))
    ending(teller.worker).start()
    passed: list[int] = []

    def read() -> None:
        for k in range(MOST_TOLD + 50):
            teller.tell_patiently(Happened({"k": k}))
            passed.append(k)

    reader = threading.Thread(target=read)
    reader.start()
    until(lambda: len(passed) >= MOST_TOLD)
    begun = time.monotonic()
    teller.tell(Answered("r", "k", None))
    assert time.monotonic() - begun < 1
    assert len(passed) <= MOST_TOLD + 2
    gate.set()
    reader.join(5)
    until(lambda: len(told) == MOST_TOLD + 51)


def test_a_journal_told_from_its_beginning_drops_what_waits_of_it(ending: Callable[[Worker], Worker]) -> None:
    told: list[LinkMessage] = []
    teller = Teller(told.append)
    for message in (Happened({"k": 1}), ViewChanged({}), Happened({"k": 2}), Answered("r", "k", None)):
        teller.tell(message)
    teller.forget_journal()
    ending(teller.worker).start()
    until(lambda: len(told) == 2)
    assert told == [ViewChanged({}), Answered("r", "k", None)]


def test_stopping_lets_go_of_whoever_waits_and_tells_nothing_more(ending: Callable[[Worker], Worker]) -> None:
    told: list[LinkMessage] = []
    teller = Teller(told.append)  # never started: a listener that hangs for ever
    for k in range(MOST_TOLD):
        teller.tell(Happened({"k": k}))
    reader = threading.Thread(target=lambda: teller.tell_patiently(Happened({})))
    reader.start()
    teller.stop()
    reader.join(5)
    assert not reader.is_alive()
    ending(teller.worker).start()
    assert teller.worker.join(5)
    assert told == []


# --- questions


class Asking:
    def __init__(self) -> None:
        self.told: list[LinkMessage] = []
        self.questions = Questions("test", object(), self.told.append, "en")  # type: ignore[arg-type]


def test_each_question_gets_its_answer_or_failure_in_order(ending: Callable[[Worker], Worker]) -> None:
    asking = Asking()

    def fails(fault: Exception) -> Callable[[Any], Any]:
        def question(_: Any) -> Any:
            raise fault

        return question

    ask = asking.questions.ask
    ids = [
        ask("a", lambda _: 1),
        ask("b", fails(RoomRefused("not_found", "There is no such thing.", "$.x", 404))),
        ask("c", fails(LinkFault("room_away", "ConnectTimeout"))),
        ask("d", lambda _: 2),
    ]
    ending(asking.questions.worker).start()
    until(lambda: len(asking.told) == 4)
    assert asking.told == [
        Answered(ids[0], "a", 1),
        Failed(ids[1], "b", "not_found", "There is no such thing.", "$.x"),
        Failed(ids[2], "c", "room_away", LinkFault("room_away").message("en"), "ConnectTimeout"),
        Answered(ids[3], "d", 2),
    ]


def test_a_bug_in_a_question_fails_it_without_its_content(ending: Callable[[Worker], Worker], expects_log: Any) -> None:
    asking = Asking()
    with expects_log("a question of kind a failed: KeyError", reason="a bug is never silent") as records:
        asking.questions.ask("a", lambda _: {"name": "Li"}["Wang"])
        ending(asking.questions.worker).start()
        until(lambda: asking.told)
    assert [message.code for message in asking.told if isinstance(message, Failed)] == ["bad_answer"]
    assert "Wang" not in records[0].getMessage()
    assert records[0].exc_info is None


def test_too_many_questions_fail_at_once() -> None:
    asking = Asking()
    for _ in range(MOST_WAITING):
        asking.questions.ask("a", lambda _: 1)
    assert asking.told == []
    request = asking.questions.ask("b", lambda _: 1)
    [failed] = asking.told
    assert isinstance(failed, Failed)
    assert (failed.request, failed.code) == (request, "too_many")
