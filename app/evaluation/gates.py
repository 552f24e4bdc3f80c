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


def pass_gates(state: Evaluation, command: Command, actor: Actor) -> None:
    """Refuse a command that some matter holds back."""
    for gate in _GATES:
        gate(state, command, actor)


def is_held(state: Evaluation, act: Act, actor: Actor) -> bool:
    """Whether an act, however it is filled in, would only be refused now."""
    kind = COMMANDS[act.command]
    command = kind(**{name: act.data.get(name, "") for name in kind.__dataclass_fields__})
    try:
        pass_gates(state, command, actor)
    except Refused:
        return True
    return False
