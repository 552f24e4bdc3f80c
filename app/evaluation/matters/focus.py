"""Focus (焦点): something else than the seat's own window had the keyboard; that it did is an entry, no verdict.

On a seat nothing else shall ever have it: the session of its machine holds one program and no key that leads out. So
a loss says that the lock of the machine has a hole or that somebody looks for one. The seat tells at most once a
minute, with how often; what it was, the seat cannot know.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.decisions import guards
from app.evaluation.events import Event
from app.evaluation.matter import Line, Matter, Words
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.stages import AT_WORK
from app.evaluation.telling import Told, by_role
from app.rules.model import Party

MOST = 999
"""A seat that counts more says so many."""


@dataclass(frozen=True)
class FocusLost(Event):
    """The window of this member's seat lost the keyboard so many times since it last said so."""

    alias: str
    times: int


@dataclass(frozen=True)
class NoteFocusLoss(Command):
    """The own seat lost the keyboard so many times, from 1 to `MOST`."""

    times: int


@dataclass(frozen=True)
class Losses:
    """By alias: when the first loss was told, and how many there were."""

    of: dict[str, tuple[str, int]] = field(default_factory=dict)


def _note(state: Evaluation, command: NoteFocusLoss, actor: Actor, at: str) -> list[Event]:
    """The word of an enrolled machine about itself."""
    member = guards.acting(state, actor, *AT_WORK)
    if not 1 <= command.times <= MOST:
        raise Refused("bad_value", "$.times")
    return [FocusLost(member.alias or "", command.times)]


def _folded(state: Evaluation, event: FocusLost, actor: Actor, at: str) -> Evaluation:
    memory = state.memory(Losses)
    first, times = memory.of.get(event.alias, (at, 0))
    return state.remembering(replace(memory, of=memory.of | {event.alias: (first, times + event.times)}))


def report(state: Evaluation, lot: str) -> list[Line]:
    """A line for each member whose seat lost the keyboard: how often. Facts only; they concern every lot."""
    return [
        Line(first, "席位焦点", f"{alias}席位窗口失去键盘焦点 {times} 次。")
        for alias, (first, times) in state.memory(Losses).of.items()
    ]


FOCUS = Matter(
    name="focus",
    decisions={NoteFocusLoss: _note},
    permits={NoteFocusLoss: frozenset({Party.MEMBER})},
    starts={FocusLost: NoteFocusLoss},
    folds={FocusLost: _folded},
    told={FocusLost: by_role(staff=Told.WHOLE, own=Told.WHOLE)},
    entries={
        FocusLost: Words(
            "{alias}席位窗口失去键盘焦点（{times} 次）",
            "{alias}'s seat lost the keyboard to something else ({times} x)",
        )
    },
    report=report,
)
