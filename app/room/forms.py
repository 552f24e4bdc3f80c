"""Printing blank forms: the entry first, then the paper, so that no copy exists that is not counted."""

from __future__ import annotations

import asyncio

from app.evaluation import codec, views
from app.evaluation.actor import Actor
from app.evaluation.matter import Act
from app.evaluation.matters.forms import FormKind, FormPrinted, Forms, PrintForm
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.journal import timestamp
from app.ports.ambient import Clock
from app.report.forms import form_data, make_form
from app.room.actors import Caller, actor_here
from app.room.bodies import FormRequest
from app.room.streams import Page
from app.room.writer import Writer


async def print_form(writer: Writer, clock: Clock, caller: Caller, stream: str, asked: FormRequest) -> bytes:
    """Enter a printing and return its copies as PDF; refused as the procedure refuses."""

    def work(page: Page) -> tuple[Evaluation, FormPrinted, Act | None]:
        actor = actor_here(page.book, caller, stream)
        act = _offered(page.evaluation(stream), actor, asked.act) if asked.form == FormKind.ACT else None
        page.act(stream, PrintForm(asked.form, asked.lot, asked.aliases, asked.act, asked.copies), actor)
        state = page.evaluation(stream)
        return state, state.memory(Forms).printed[-1].event, act

    state, printed, act = await writer.run(work)
    room_name, at = writer.book.room.name, timestamp(clock.now())
    data = form_data(state, printed, act, room_name=room_name, printed_at=at)
    return await asyncio.to_thread(make_form, data)


def _offered(state: Evaluation, actor: Actor, command: str) -> Act:
    """The first act of this command that the one who prints is offered now."""
    found = next((act for act in views.acts(state, actor) if act["command"] == command), None)
    if found is None:
        raise Refused("no_such_form", "$.act")
    return codec.from_json(Act, found)
