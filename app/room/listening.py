"""One live stream: tells a machine what it missed, then what comes, until its session or the room ends."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import WSMsgType, web

from app.evaluation.room.model import DeviceKind
from app.room.call import Call, dumps
from app.room.feed import Listener
from app.room.writing import OK

_LOOK_S = 10.0
"""So often a stream with nothing to tell looks whether its session has run out."""


async def listen(call: Call, socket: web.WebSocketResponse, position: int, heard: int) -> None:
    """Tell from behind `position` of the journal and number `heard` of the signals."""
    feed = call.services.feed
    listener = feed.join(call.here, position)
    hearing = asyncio.create_task(_hear(socket))
    hearing.add_done_callback(lambda _: listener.bell.set())
    try:
        await _tell(call, socket, hearing, listener, heard)
    finally:
        feed.leave(listener)
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)


async def _tell(
    call: Call, socket: web.WebSocketResponse, hearing: asyncio.Task[None], listener: Listener, heard: int
) -> None:
    feed, signals, device = call.services.feed, call.services.signals, call.here.device
    told, console = OK, call.here.kind is DeviceKind.CONSOLE
    while not hearing.done():
        listener.bell.clear()
        reason = _reason_to_end(call)
        if reason is not None:
            await socket.send_str(dumps({"bye": reason}))
            await socket.close()
            return
        lines = await feed.after(listener.position)
        for line in lines:
            text = feed.text(call.here, line)
            if text is not None:
                await socket.send_str(text)
            listener.position = line.position
        if console and (state := call.services.writing.state) != told:
            await socket.send_str(dumps({"writing": state}))
            told = state
        said = signals.after(device, heard)
        for number, signal in said:
            await socket.send_str(dumps({"signal": signal}))
            heard = number
        if not lines and not said and not listener.bell.is_set():
            listener.idle = True
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_S):
                    await listener.bell.wait()
            listener.idle = False


def _reason_to_end(call: Call) -> str | None:
    if call.closing.is_set():
        return "closing"
    return None if call.services.sessions.is_live(call.token) else "session_ended"


async def _hear(socket: web.WebSocketResponse) -> None:
    """Read until the machine closes; it has nothing to say here."""
    async for message in socket:
        if message.type is WSMsgType.ERROR:
            return
