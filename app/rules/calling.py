"""What a rule set says of calls and watching: masks among members, the line to the agency, who may take a seat's call
over, who may watch the cameras of seats."""

from __future__ import annotations

from typing import Any

from app.rules.model import AgencyLine, CallMask, Party, PictureMask, VoiceMask, Watch
from app.rules.reading import Node, unique

ASKED = (Party.AGENCY, Party.TENDEREE)
"""Whom a committee may ask over a recorded line: they know the documents, and give no mark."""
HELPERS = (Party.WITNESS, Party.REGULATOR)
"""Who may talk with one seat beside the centre: they watch over the procedure, and have no part in it."""

WATCHERS = (Party.CENTRE, Party.WITNESS, Party.REGULATOR)
"""Who may watch at all: those who run and watch the room."""


def read_call_mask(node: Node) -> CallMask:
    """Read the masks of the committee's call."""
    f = node.fields(("voice", "picture", "reason"))
    return CallMask(f["voice"].choice(VoiceMask), f["picture"].choice(PictureMask), f["reason"].text())


def read_agency_line(node: Node) -> AgencyLine:
    """Read whom the committee may ask; a reason is given in either case."""
    f = node.fields(("parties", "reason"))
    return AgencyLine(read_some(f["parties"], ASKED), f["reason"].text())


def read_help_by(node: Node) -> tuple[Party, ...]:
    """Read who may take a seat's call over from the centre."""
    return read_some(node, HELPERS)


def read_watching(node: Node) -> dict[Party, Watch]:
    """Read which staff may watch the cameras of seats, and when."""
    found = node.fields((), tuple(party.value for party in WATCHERS))
    return {party: found[party.value].choice(Watch) for party in WATCHERS if party.value in found}


def read_some(node: Node, allowed: tuple[Party, ...]) -> tuple[Party, ...]:
    """Read some of the allowed parties, each once."""
    found = node.each(lambda n: Party(n.one_of([party.value for party in allowed])))
    unique((party.value, f"{node.where}[{i}]") for i, party in enumerate(found))
    return found


def call_mask_to_json(mask: CallMask) -> dict[str, Any]:
    """Return what `read_call_mask` reads back."""
    return {"voice": mask.voice.value, "picture": mask.picture.value, "reason": mask.reason}


def agency_line_to_json(line: AgencyLine) -> dict[str, Any]:
    """Return what `read_agency_line` reads back."""
    return {"parties": [party.value for party in line.parties], "reason": line.reason}
