"""`kawei room`: the room server."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ipaddress
import json
import logging
import os
import secrets
import signal
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from app.cli import errors, room_copies, room_keys
from app.cli.garbage import leave_out_what_stays

if TYPE_CHECKING:
    from app.ports.ambient import Clock
    from app.ports.face import FaceFinder
    from app.ports.store import Blobs, Store, Transaction, User
    from app.room import RoomPlan, RoomServer
    from app.room.streams import Book, Page
    from app.storage import SqlStore

_CODE_FILE = "first-code.txt"
_MOVED = "moved"
"""The setting by which a database says that its room lives elsewhere."""
_HAND_OVER_S = 0.0005
_FIRST_CODE_LIFE = timedelta(hours=24)


def run(argv: list[str]) -> int:
    """Serve one room until SIGTERM or SIGINT; or add an account and end. Raises what keeps the room shut."""
    options = parser().parse_args(argv)
    data = Path(options.data)
    if room_copies.asked(options):
        return room_copies.copy(options, data)
    if options.rotate_key:
        return room_keys.rotate(options, data)
    _make_private(data)
    from app.storage import FileBlobs, open_store, sqlite_url

    store = open_store(options.database or sqlite_url(data / "kawei.sqlite"))
    try:
        if options.add_user is not None:
            return _add_user(store, *options.add_user)
        if options.move_to is not None:
            return _move(store, options.move_to)
        _refuse_moved(store)
        plan = _plan(options.plan, options.rehearsal)
        provision = _provision(options.provision, plan.rehearsal)
        clock = _clock(options.clock, plan.rehearsal)
        logging.basicConfig(
            level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
        )
        return asyncio.run(_serve(options, data, plan, store, FileBlobs(data / "files"), provision, clock))
    finally:
        store.close()


def parser() -> errors.Parser:
    """What this door takes."""
    made = errors.Parser("kawei room", "评标室服务器 / the room server")
    made.add_argument("--data", metavar="DIR", required=True, help="数据目录 / the data folder")
    made.add_argument("--database", metavar="URL", help="数据库地址，默认 DIR 中的 SQLite / default: SQLite in DIR")
    made.add_argument("--keys", metavar="DIR", help="密钥目录，默认 DIR/keys / the key folder, default DIR/keys")
    made.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
    made.add_argument("--port", type=int, default=8765, help="端口，0 为任一空闲端口 / port, 0 for any free one")
    made.add_argument(
        "--tls", action="store_true", help="本机地址也加密（其他地址一律加密）/ encrypt a loopback address, too"
    )
    made.add_argument("--plan", metavar="FILE", help="评标室布局 room.json / the room plan")
    made.add_argument("--rehearsal", action="store_true", help="演练 / everything is a rehearsal")
    made.add_argument(
        "--add-user",
        nargs=2,
        metavar=("NAME", "ROLE"),
        help="增加账号，密码从标准输入读一行 / add an account, its password is one line of stdin",
    )
    made.add_argument(
        "--move-to", metavar="URL", help="把数据搬到另一个空数据库后结束 / move the data to another, empty database"
    )
    room_copies.add_copies(made)
    room_keys.add_rotation(made)
    made.add_argument(
        "--provision", metavar="FILE", help="演练用的账号和登记码 / accounts and codes, for rehearsals only"
    )
    # Not in the help: whoever practises deadlines finds it in docs/protocol.md, nobody else needs it.
    made.add_argument("--clock", metavar="FILE", help=argparse.SUPPRESS)
    return made


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o777 != 0o700:  # a disk that takes nothing is for the store to name
        folder.chmod(0o700)


def _plan(file: str | None, rehearsal: bool) -> RoomPlan:
    from app.room import read_plan

    path = Path(file) if file is not None else resources.path("room", "default.json")
    plan = read_plan(_json(path))
    return replace(plan, rehearsal=plan.rehearsal or rehearsal)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise errors.Fault(
            "bad_json", str(path), f"文件不是合法的 JSON（{error}），请检查。", f"The file is not valid JSON ({error})."
        ) from None


def _add_user(store: Store, name: str, role: str) -> int:
    from argon2 import PasswordHasher

    from app.room.logins import make_user
    from devices.ambient import SystemClock

    password = sys.stdin.readline().rstrip("\r\n")
    user = make_user(PasswordHasher(), name, role, password, SystemClock())
    with store.transaction() as tx:
        tx.put_user(user)
    return 0


def _move(store: SqlStore, url: str) -> int:
    """Move a room that is not running. The journal is folded on both sides: every chain and root is the same, or none
    has moved. The old database stays whole and is marked: no room starts over it any more, since two would go on under
    one name. From now on the room starts with `--database URL`."""
    from app.room.streams import read_book
    from app.storage import open_store, url_without_password

    _refuse_moved(store)

    def roots(book: Book) -> dict[str, dict[str, Any]]:
        return {
            stream: {"size": tail.size, "head": tail.head, "root": tail.frontier.root().hex()}
            for stream, tail in sorted(book.tails.items())
        }

    before = read_book(store)
    target = open_store(url)
    try:
        target.take_over(store)
        arrived = roots(read_book(target))
    finally:
        target.close()
    if arrived != roots(before):
        raise errors.Fault("copy_differs", "--move-to", "搬移后的留痕不一致。", "The journal that was moved differs.")
    with store.transaction() as tx:
        tx.put_setting(_MOVED, url_without_password(url))
    sys.stdout.write(json.dumps({"moved": before.position, "streams": arrived}) + "\n")
    return 0


def _refuse_moved(store: Store) -> None:
    where = store.setting(_MOVED)
    if where is not None:
        raise errors.Fault(
            "database_moved",
            where,
            "评标室已经搬到另一个数据库，请用 --database 指向它启动；这里的旧数据只供备查。",
            "This room has moved to another database: start with --database and its address; the old data are kept "
            "for reference only.",
        )


# --- rehearsals come with everything provided


@dataclass(frozen=True)
class ProvidedUser:
    """An account of a rehearsal."""

    name: str
    role: str
    password: str


@dataclass(frozen=True)
class ProvidedCode:
    """A one-time code of a rehearsal, known to the machine beforehand."""

    code: str
    kind: str
    seat: str | None = None


@dataclass(frozen=True)
class Provision:
    """What a rehearsal is given at its start."""

    users: tuple[ProvidedUser, ...] = ()
    enrolments: tuple[ProvidedCode, ...] = ()


def _provision(file: str | None, rehearsal: bool) -> Provision:
    from app.evaluation import codec

    if file is None:
        return Provision()
    if not rehearsal:
        raise errors.Fault(
            "rehearsal_only",
            "--provision",
            "预置账号和登记码只能用于演练，请加上 --rehearsal。",
            "Accounts and codes can be provided for rehearsals only; add --rehearsal.",
        )
    return codec.from_json(Provision, _json(Path(file)))


async def _provide(server: RoomServer, store: Store, provision: Provision) -> None:
    from argon2 import PasswordHasher

    from app.evaluation.room.model import DeviceKind
    from app.room.logins import make_user

    services = server.services
    # A rehearsal's passwords guard nothing, and a demo must not wait for them.
    cheap = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
    users = [make_user(cheap, u.name, u.role, u.password, services.clock) for u in provision.users]

    def work(page: Page) -> None:
        for user in users:
            page.also(partial(_put_user, user=user))

    await services.writer.run(work)
    expires_at = services.clock.now() + _FIRST_CODE_LIFE
    for code in provision.enrolments:
        await services.sessions.keep_code(code.code, DeviceKind(code.kind), code.seat, expires_at)


def _put_user(tx: Transaction, user: User) -> None:
    tx.put_user(user)


def _clock(file: str | None, rehearsal: bool) -> Clock:
    """The machine's clock; in a rehearsal perhaps ahead of it, so that deadlines can be practised."""
    from devices.ambient import PracticeClock, SystemClock

    if file is None:
        return SystemClock()
    if not rehearsal:
        raise errors.Fault(
            "rehearsal_only",
            "--clock",
            "只有演练可以拨快时钟，请加上 --rehearsal，或去掉 --clock。",
            "A clock can be put ahead in rehearsals only; add --rehearsal, or leave --clock out.",
        )
    try:
        return PracticeClock(Path(file))
    except ValueError:
        raise errors.Fault(
            "bad_value",
            "--clock",
            f"{file} 中应只有一个秒数，从 0 到一年，请改正。",
            f"{file} must hold a number of seconds alone, from 0 to a year; correct it.",
        ) from None


# --- serving


async def _serve(
    options: argparse.Namespace,
    data: Path,
    plan: RoomPlan,
    store: Store,
    blobs: Blobs,
    provision: Provision,
    clock: Clock,
) -> int:
    from app.room import Authority, RoomServer, load_keys, open_services
    from app.room.keys import finish_rotation, rotation_is_open
    from app.room.streams import read_book
    from devices.ambient import SystemRandomness
    from devices.face.vault import AesGcmVault

    # Writer and loop hand over to each other for every statement: not five milliseconds late each time.
    sys.setswitchinterval(_HAND_OVER_S)
    randomness = SystemRandomness()
    folder = Path(options.keys) if options.keys else data / "keys"
    if rotation_is_open(folder):
        book = read_book(store)
        finish_rotation(folder, "" if book.state_of_room is None else book.room.public_key)
    keys = load_keys(folder, randomness)
    templates = AesGcmVault(keys.faces, randomness)
    finder = _finder(data) if plan.privacy.search else None
    # Only what never leaves this machine may go in the clear.
    authority = Authority(folder, clock) if options.tls or not _is_loopback(options.host) else None
    services = open_services(
        plan, keys, store, blobs, clock, randomness, data, templates, finder=finder, authority=authority
    )
    server = RoomServer(services)
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows knows Ctrl+C only
            loop.add_signal_handler(number, ending.set)
    url = await server.start(options.host, options.port)
    try:
        await _provide(server, store, provision)
        if not provision.enrolments:
            await _first_code(server, data / _CODE_FILE)
        told = {"listening": url, "key": keys.fingerprint} | ({"enrolling": server.enrolling} if authority else {})
        leave_out_what_stays()
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        await ending.wait()
    finally:
        await server.stop()
    return 0


def _finder(data: Path) -> FaceFinder:
    """Loads the library of pictures, which a room that seeks nobody by face starts without."""
    from app.cli.thresholds import thresholds_in
    from devices.face.engines import Engines
    from devices.face.finder import SFaceFinder

    return SFaceFinder(Engines(), thresholds_in(data))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _first_code(server: RoomServer, path: Path) -> None:
    """Leave a code for the first console where only the owner of the data can read it."""
    from app.evaluation.room.model import DeviceKind

    devices = server.services.writer.book.room.devices.values()
    if any(device.kind is DeviceKind.CONSOLE and not device.revoked for device in devices):
        path.unlink(missing_ok=True)
        return
    code, _ = await server.services.sessions.issue_code(DeviceKind.CONSOLE, None, _FIRST_CODE_LIFE)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(code + "\n")
    fresh.replace(path)
