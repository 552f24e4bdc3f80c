"""The room server: one door for commands, one journal, one view a role, one stream.

Law: decides nothing (`app.evaluation` does) and stores nothing itself (the store port does); it carries commands
from sessions to `decide`, entries to the disk, and what a role may see back out. Time, chance, store and blobs are
handed in. Nothing is acknowledged or published before it is on the disk. Neither log line nor error text holds a
name, a document number, a mark, a token or a password.
"""

from app.room.authority import Authority
from app.room.keys import RoomKeys, load_keys
from app.room.plan import RoomPlan, SeatPlace, read_plan
from app.room.server import RoomServer
from app.room.services import Services, open_services

__all__ = [
    "Authority",
    "RoomKeys",
    "RoomPlan",
    "RoomServer",
    "SeatPlace",
    "Services",
    "load_keys",
    "open_services",
    "read_plan",
]
