"""What a face at the door or at a seat is compared with: the enrolled template first, else the list's portrait."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from app.evaluation.actor import Actor
from app.evaluation.room import commands as rc
from app.evaluation.room.model import FaceStage
from app.ports.face import Template
from app.room.register import FaceRegister
from app.room.streams import Book, Page
from app.room.vault import PORTRAIT, Vault

TEMPLATE = "template"


@dataclass(frozen=True)
class Reads:
    """The templates that a machine's matcher can compare with."""

    model: str
    version: int


@dataclass(frozen=True)
class Reference:
    """A template or a picture; exactly one of them."""

    template: Template | None = None
    picture: bytes | None = None

    @property
    def kind(self) -> str:
        """The purpose under which the look at it is entered."""
        return PORTRAIT if self.template is None else TEMPLATE

    def answer(self) -> dict[str, Any]:
        """As it goes to the machine that compares."""
        template = self.template and {
            "model": self.template.model,
            "version": self.template.version,
            "data": base64.b64encode(self.template.data).decode(),
        }
        return {"image": self.picture and base64.b64encode(self.picture).decode(), "template": template}


NOTHING: dict[str, Any] = {"image": None, "template": None}
"""The answer where there is no reference: two people decide."""


class References:
    """Finds the reference of a member on a list; never both, so that no picture goes where numbers are enough."""

    def __init__(self, vault: Vault, register: FaceRegister) -> None:
        self._vault = vault
        self._register = register

    def of(self, book: Book, ref: str, reads: Reads | None) -> Reference | None:
        """The template that `reads` can compare with, else the portrait, else nothing."""
        template = None if reads is None else self._template(book, ref, reads)
        if template is not None:
            return Reference(template=template)
        picture = self._vault.paper(ref, PORTRAIT)
        return None if picture is None else Reference(picture=picture)

    def handed_out(self, page: Page, stream: str, ref: str, reads: Reads | None, actor: Actor) -> Reference | None:
        """The same for a machine that asks, with the entry of the look."""
        found = self.of(page.book, ref, reads)
        if found is not None:
            page.act_room(rc.LookAtNames(stream, ref, found.kind), actor)
        return found

    def _template(self, book: Book, ref: str, reads: Reads) -> Template | None:
        person = self._vault.person(ref)
        if person is None:
            return None
        for expert in self._register.experts_of(self._vault.digest_of(person.document)):
            face = book.room.faces.get(expert)
            if face is not None and face.stage is FaceStage.ENROLLED:
                found = self._register.template(expert, reads.model, reads.version)
                if found is not None:
                    return found
        return None
