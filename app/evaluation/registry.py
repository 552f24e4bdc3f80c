"""Every command and every event there is, by name: those of the main way and those of the matters beside it."""

from __future__ import annotations

from app.evaluation import codec, commands, events
from app.evaluation.matters import MATTERS
from app.evaluation.refusal import Refused

EVENTS: dict[str, type[events.Event]] = {kind.__name__: kind for kind in events.Event.__subclasses__()}
"""Every entry type of an evaluation's stream."""

COMMANDS: dict[str, type[commands.Command]] = {kind.__name__: kind for kind in commands.Command.__subclasses__()}

SECONDS: frozenset[str] = frozenset(kind.__name__ for matter in MATTERS for kind in matter.seconds)
"""What a second person says with the own password, typed afresh."""

OF_EVENT: dict[type[events.Event], type[commands.Command]] = {
    **commands.OF_EVENT,
    **{event: command for matter in MATTERS for event, command in matter.starts.items()},
}
"""The command whose first event is this one. Events that are missing here only follow from others."""


def read_event(kind: str, data: object, where: str = "$") -> events.Event:
    """Decode one entry's `type` and `data`, strictly."""
    if kind not in EVENTS:
        raise Refused("unknown_type", where, type=kind)
    return codec.from_json(EVENTS[kind], data, f"{where}.data")


def read_command(kind: str, data: object, where: str = "$") -> commands.Command:
    """Decode a command's `type` and `data`, strictly."""
    if kind not in COMMANDS:
        raise Refused("unknown_command", where, type=kind)
    return codec.from_json(COMMANDS[kind], data, f"{where}.data")


def command_of(event: events.Event) -> commands.Command | None:
    """Return the command whose first event is `event`, or None where the event only follows from another."""
    kind = OF_EVENT.get(type(event))
    if kind is None:
        return None
    wanted = kind.__dataclass_fields__
    return kind(**{name: value for name, value in vars(event).items() if name in wanted})
