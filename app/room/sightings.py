"""Pictures of a doubt: the face before a kiosk and the chip's photo, for the two who decide, as long as they decide.

Law: in memory only. No picture and no hash of one reaches journal, log or disk: a hash proves nothing where nobody
keeps what was hashed, and would itself be drawn from a face. Whoever looks makes an entry; once it is decided, and
after a quarter of an hour at the latest, the pictures are gone.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

from app.evaluation.decisions.releasing import RELEASERS
from app.evaluation.refusal import Refused
from app.evaluation.room import commands as rc
from app.ports.ambient import Clock
from app.room.actors import Caller, actor_here
from app.room.refusal import RoomRefusal
from app.room.streams import Book, Page
from app.room.vault import PORTRAIT, Vault
from app.room.writer import Writer

Subject = tuple[str, str, str]
"""Stream, what is to be released, the member's reference."""

LIFE_S = 900.0
MOST_BYTES = 256 << 10
"""A picture of 640 x 480 as JPEG is a fifth of it."""
_JPEG, _PNG, _BMP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM"


@dataclass(frozen=True)
class Sighting:
    """What a kiosk saw: the face before it, the photo of the document's chip where there was one."""

    live: bytes = field(repr=False)
    chip: bytes | None = field(repr=False)
    until: float = 0.0


def read_picture(text: str, where: str) -> bytes:
    """The picture in base64, or a refusal."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("bad_value", where) from None
    if len(content) > MOST_BYTES or not content.startswith((_JPEG, _PNG, _BMP)):
        raise Refused("bad_value", where)
    return content


class Sightings:
    """By what is to be decided; the newest counts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[Subject, Sighting] = {}

    def keep(self, subject: Subject, live: bytes, chip: bytes | None) -> None:
        """Keep the pictures of a doubt that is about to be brought before two people."""
        self._drop_old()
        self._kept[subject] = Sighting(live, chip, self._clock.monotonic() + LIFE_S)

    def of(self, subject: Subject) -> Sighting | None:
        """The pictures, as long as they are kept."""
        self._drop_old()
        return self._kept.get(subject)

    def forget(self, subject: Subject) -> None:
        """They are of no use any more."""
        self._kept.pop(subject, None)

    def forget_decided(self, book: Book) -> None:
        """Drop what nobody decides about any more; asked after every command."""
        for stream, what, member in list(self._kept):
            state = book.evaluations.get(stream)
            if state is None or (what, member) not in state.releases:
                self.forget((stream, what, member))

    def _drop_old(self) -> None:
        now = self._clock.monotonic()
        for subject in [subject for subject, one in self._kept.items() if one.until <= now]:
            del self._kept[subject]


async def doubt_for(
    writer: Writer, vault: Vault, sightings: Sightings, caller: Caller, subject: Subject
) -> dict[str, Any]:
    """The face before a kiosk beside its reference: the chip's photo where there was one, else the list's portrait.
    Only for the two who decide, only while they do; each look is an entry."""

    def work(page: Page) -> dict[str, Any]:
        stream, what, member = subject
        actor = actor_here(page.book, caller, stream)
        if actor.role not in RELEASERS:
            raise RoomRefusal("not_permitted", "doubt", denied=True)
        state, seen = page.book.evaluations.get(stream), sightings.of(subject)
        if state is None or seen is None or (what, member) not in state.releases:
            raise RoomRefusal("not_found", "doubt")
        page.act_room(rc.LookAtNames(stream, member, "live"), actor)
        reference = seen.chip or vault.paper(member, PORTRAIT)
        kind = "chip" if seen.chip else PORTRAIT if reference else "none"
        if reference is not None:
            page.act_room(rc.LookAtNames(stream, member, kind), actor)
        return {"live": _base64(seen.live), "reference": reference and _base64(reference), "kind": kind}

    return await writer.run(work)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
