"""The parts of `kawei recordings` that go by a room: opened through it, and what becomes of it at the end of a term."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.errors import Fault
from app.cli.resting import Resting, plan_in, resting
from app.cli.two_people import one_person, password_of

if TYPE_CHECKING:
    from app.room.expiry import Due, Expiry

KEEPING = ("expire", "hold", "free")


def add_keeping(acts: Any) -> None:
    """The doors of a room that is not running."""
    for name, help_text in (
        ("expire", "到期的：先列出，加 --apply 由两人删除 / over its term: listed, deleted with --apply"),
        ("hold", "有异议或投诉：到期也不删除 / kept beyond its term while an objection is open"),
        ("free", "由另一角色解除保留 / another role ends that"),
    ):
        door = acts.add_parser(name, help=help_text)
        if name == "expire":
            door.add_argument("--apply", action="store_true", help="删除 / delete")
            door.add_argument("--second", metavar="NAME", help="第二人账号 / the second person's account")
        else:
            door.add_argument("stream", metavar="STREAM", help="项目，如 evaluation/ID / the evaluation")
            door.add_argument("--reason", metavar="TEXT", required=True, help="理由 / why")
        door.add_argument("--by", metavar="NAME", help="账号，密码从标准输入读一行 / account, its password from stdin")
        door.add_argument("--data", metavar="DIR", type=Path, required=True, help="机房数据目录 / the data folder")
        door.add_argument("--database", metavar="URL", help="数据库地址 / the database")
        door.add_argument("--keys", metavar="DIR", type=Path, help="密钥目录 / the key folder")
        door.add_argument("--plan", metavar="FILE", type=Path, help="布局 room.json / the room plan")


# --- through the running room


def open_through_room(arguments: argparse.Namespace, lang: str) -> int:
    """The room decides, and makes an entry of each segment before it gives it."""
    from app.cli.seat import identify
    from app.link.client import RoomClient
    from app.recordings.joining import write_film
    from app.recordings.manifest import place_of

    name, parts = str(arguments.folder), arguments.folder.parts
    if len(parts) != 3 or arguments.user is None:
        raise Fault(
            "usage",
            name,
            "向机房调阅时写 项目/代号/机器，并给出 --user。",
            "Through the room write STREAM/ALIAS/MACHINE, and give --user.",
        )
    stream, party, device = parts[0].replace("~", "/", 1), parts[1], parts[2]
    client = RoomClient(identify(arguments.state, None, None, None, lang), lang)
    try:
        client.login(arguments.user, password_of(arguments.user))
        found = client.recordings(stream)["recordings"]
        one = next((r for r in found if (r["party"], r["device"]) == (party, device)), None)
        segments = [_Told(s) for s in one["segments"]] if one else []
        if arguments.at is not None:
            there = place_of(segments, arguments.at)
            segments = [there[0]] if there else []
        wanted = [s for s in segments if arguments.segment in (None, s.seq)]
        if not wanted:
            raise Fault("no_recording", name, f"{name} 没有这段录音录像。", f"There is no such segment of {name}.")
        begin = datetime.fromisoformat(wanted[0].start)
        with arguments.out.open("xb") as film:
            arguments.out.chmod(0o600)
            write_film(film, ((s.after_ms(begin), client.segment(stream, party, device, s.seq)) for s in wanted))
        client.logout()
    finally:
        client.close()
    return 0


class _Told:
    """A segment as the room lists it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.seq, self.start, self.end = int(told["seq"]), str(told["start"]), str(told["end"])

    def after_ms(self, begin: datetime) -> int:
        """Milliseconds behind the first one's beginning."""
        return round((datetime.fromisoformat(self.start) - begin).total_seconds() * 1000)


# --- the room that is not running


def keep(arguments: argparse.Namespace, *, english: bool) -> int:
    """Hold, free or expire; the room must not run meanwhile, since it alone writes its journal."""
    from app.storage import open_store, sqlite_url

    database = arguments.data / "kawei.sqlite"
    if arguments.database is None and not database.is_file():
        told = (f"{arguments.data} 不是机房的数据目录。", f"{arguments.data} is no room's data folder.")
        raise Fault("no_room", str(arguments.data), *told)
    store = open_store(arguments.database or sqlite_url(database))
    try:
        return asyncio.run(
            _keep(arguments, resting(store, arguments.keys or arguments.data / "keys", arguments.plan), english=english)
        )
    finally:
        store.close()


async def _keep(arguments: argparse.Namespace, room: Resting, *, english: bool) -> int:
    from app.evaluation.room import commands as rc
    from app.room.expiry import Expiry

    room.writer.start()
    try:
        if arguments.act == "expire":
            days, folder = plan_in(arguments.plan).recording.keep_days, arguments.data / "recordings"
            door = Expiry(room.writer, room.store, room.signer, folder, days)
            return await _expire(arguments, room, door, english=english)
        kind = rc.HoldRecordings if arguments.act == "hold" else rc.FreeRecordings
        command, actor = kind(arguments.stream, arguments.reason), one_person(room.verified, arguments.by)
        await room.writer.run(lambda page: page.act_room(command, actor))
        return 0
    finally:
        await room.writer.stop()


async def _expire(arguments: argparse.Namespace, room: Resting, door: Expiry, *, english: bool) -> int:
    due = door.due(room.clock.now().date())
    if not arguments.apply:
        for one in due:
            sys.stdout.write(f"{'/'.join(one.key)}  {_said(one, english=english)}\n")
        return 0
    first, second = one_person(room.verified, arguments.by), one_person(room.verified, arguments.second)
    for one in due:
        if not one.obstacle:
            await door.expire(one, first, second)
            sys.stdout.write(f"{'/'.join(one.key)}  {'deleted' if english else '已删除'}\n")
    return 0


_OBSTACLES = {
    "not_closed": ("评审未结束，保留", "kept: the evaluation has not ended"),
    "recordings_held": ("有异议或投诉，保留", "kept: an objection or a complaint is open"),
    "not_due": ("未到期，保留至 {until}", "kept until {until}"),
    "": ("已到期（{until}，{article}），可以删除", "its term ended {until} ({article}); it may be deleted"),
}


def _said(one: Due, *, english: bool) -> str:
    words = _OBSTACLES[one.obstacle][english].format(until=one.until, article=one.article)
    count = f"{one.segments} segments" if english else f"{one.segments} 段"
    return f"{count}, {one.bytes / 1e6:.1f} MB  {words}"
