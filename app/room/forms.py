"""Printing blank forms and the witness ledger: the entry first, then the paper, so that every copy is counted."""

from __future__ import annotations

import asyncio

from app.evaluation import codec, views
from app.evaluation.actor import Actor
from app.evaluation.matter import Act
from app.evaluation.matters.forms import FormKind, FormPrinted, Forms, PrintForm
from app.evaluation.matters.ledger import Ledger, LedgerPrinted, PrintLedger
from app.evaluation.model import Evaluation
from app.evaluation.refusal import Refused
from app.journal import timestamp
from app.ports.ambient import Clock
from app.report.forms import form_data, make_form
from app.report.ledger import ledger_data
from app.room.actors import Caller, actor_here
from app.room.bodies import FormRequest
from app.room.papers import Papers
from app.room.streams import Page
from app.room.writer import Writer

LEDGER = "ledger"


async def print_ledger(
    writer: Writer, papers: Papers, clock: Clock, caller: Caller, stream: str, asked: FormRequest
) -> bytes:
    """Enter a printing of a lot's witness ledger and return its copies as PDF."""

    def work(page: Page) -> tuple[Evaluation, LedgerPrinted]:
        page.act(stream, PrintLedger(asked.lot, asked.copies), actor_here(page.book, caller, stream))
        state = page.evaluation(stream)
        return state, state.memory(Ledger).printed[-1]

    state, printed = await writer.run(work)
    room, at = writer.book.room.name, timestamp(clock.now())

    def make() -> bytes:
        return make_form(ledger_data(papers.ledger(state, asked.lot), state, printed, room_name=room, printed_at=at))

    return await asyncio.to_thread(make)


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
