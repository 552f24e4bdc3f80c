"""What is held back at the moment: every matter may stop commands of others while it is on."""

from __future__ import annotations

from app.evaluation.actor import Actor
from app.evaluation.commands import Command
from app.evaluation.matter import Act
from app.evaluation.matters import MATTERS
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.evaluation.registry import COMMANDS

_GATES = tuple(matter.gate for matter in MATTERS if matter.gate is not None)
_IN_PLACE = {kind.__name__: matter.in_place for matter in MATTERS for kind in matter.decisions}


def pass_gates(state: Evaluation, command: Command, actor: Actor) -> None:
    """Refuse a command that some matter holds back."""
    for gate in _GATES:
        gate(state, command, actor)


def is_held(state: Evaluation, act: Act, actor: Actor) -> bool:
    """Whether an act, however it is filled in, would only be refused now."""
    kind = COMMANDS[act.command]
    command = kind(**{name: act.data.get(name, "") for name in kind.__dataclass_fields__})
    if not _passes(state, command, actor):
        return True
    in_place = _IN_PLACE.get(act.command)
    steps = [] if in_place is None else in_place(state, act)
    return bool(steps) and not any(_passes(state, step.command, step.actor) for step in steps)


def _passes(state: Evaluation, command: Command, actor: Actor) -> bool:
    try:
        pass_gates(state, command, actor)
    except Refused:
        return False
    return True
