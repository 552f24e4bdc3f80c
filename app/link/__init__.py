"""A client's way to the room: session, commands, live stream, drafts, and what a machine keeps while the line is away.

Law: no Qt, no server code, no device drivers; requests and a websocket below, plain callbacks above. The window
above sees frozen messages (`app.link.messages`) and nothing else.
"""

from app.link.client import RoomClient, enrol
from app.link.faults import LinkFault, RoomRefused
from app.link.identity import Identity, load, save
from app.link.messages import (
    Answered,
    Failed,
    Happened,
    JournalProved,
    LineChanged,
    LinkMessage,
    SessionEnded,
    Signalled,
    StreamProof,
    Trouble,
    ViewChanged,
    WritingChanged,
)
from app.link.room_link import RoomLink

__all__ = [
    "Answered",
    "Failed",
    "Happened",
    "Identity",
    "JournalProved",
    "LineChanged",
    "LinkFault",
    "LinkMessage",
    "RoomClient",
    "RoomLink",
    "RoomRefused",
    "SessionEnded",
    "Signalled",
    "StreamProof",
    "Trouble",
    "ViewChanged",
    "WritingChanged",
    "enrol",
    "load",
    "save",
]
