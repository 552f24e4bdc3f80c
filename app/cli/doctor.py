"""`kawei doctor`: is this machine fit for the room? One line for each thing looked at, with what to do next."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.errors import Fault, Parser, language
from app.cli.finding import Finding, Level

if TYPE_CHECKING:
    from app.cli.machine import Machine

GIB = 1024**3
# Beyond this a person at a seat wonders; the room's own time counts in any case.
CLOCK_S = 5.0


def run(argv: list[str]) -> int:
    """Look at everything and print a line each; 0 where nothing failed, else 1."""
    arguments = parser().parse_args(argv)
    lang = language(argv)
    machine = _machine(arguments)
    if arguments.enrol_camera:
        machine = _enrolled(machine, arguments.state, lang)
    return report(_checks(arguments, machine, lang), lang)


def found(argv: list[str]) -> Iterator[tuple[str, Finding]]:
    """What is found of everything that `argv` names, one after another."""
    arguments = parser().parse_args(argv)
    return findings(_checks(arguments, _machine(arguments), language(argv)))


def parser() -> Parser:
    """What this door takes."""
    made = Parser("kawei doctor", "本机自检 / self-test of this machine")
    made.add_argument("--room", metavar="URL", help="服务器地址 / the room server's address")
    made.add_argument("--data", metavar="DIR", type=Path, default=Path(), help="数据目录 / the data folder")
    made.add_argument("--keys", metavar="DIR", type=Path, help="机房的密钥目录 / a room's key folder")
    made.add_argument("--database", metavar="URL", help="机房的数据库服务器 / a room's database server")
    made.add_argument("--plan", metavar="FILE", type=Path, help="与 --keys 同用：布局 / with --keys: the room plan")
    made.add_argument(
        "--state", metavar="DIR", type=Path, help="席位、签到机的数据目录 / the folder of a seat or kiosk"
    )
    made.add_argument("--camera", metavar="0|FILE|URL", help="摄像头 / the camera to try")
    made.add_argument("--door", metavar="URL", help="门禁继电器 / the relay of the door")
    made.add_argument("--locker", nargs=2, metavar=("OPEN_URL", "STATE_URL"), help="储物柜 / the phone cabinet")
    made.add_argument("--printer", metavar="QUEUE", help="席位条打印队列 / the queue of the slip printer")
    made.add_argument("--sound", action="store_true", help="播放测试音并试听 / play a tone and listen for it")
    made.add_argument(
        "--enrol-camera",
        action="store_true",
        help="登记此摄像头供正式评标使用 (与 --state 同用) / take this camera in live rooms (with --state)",
    )
    return made


def _machine(arguments: argparse.Namespace) -> Machine:
    """The settings in `--state`, and what the options name in their place."""
    from app.cli.machine import Machine, read_machine, with_options

    machine = Machine() if arguments.state is None else read_machine(arguments.state)
    return with_options(
        machine,
        camera=arguments.camera,
        locker=arguments.locker,
        door=arguments.door,
        printer=arguments.printer,
    )


def _enrolled(machine: Machine, state: Path | None, lang: str) -> Machine:
    from app.cli.machine import enrol_camera, write_machine

    if state is None:
        raise Fault(
            "usage",
            "--enrol-camera",
            "登记摄像头还需要 --state。",
            "Enrolling a camera also needs --state.",
        )
    machine, name = enrol_camera(machine, machine.camera.source)
    write_machine(machine, state)
    sys.stdout.write(f"camera enrolled: {name}\n" if lang == "en" else f"已登记摄像头：{name}\n")
    return machine


def _checks(arguments: argparse.Namespace, machine: Machine, lang: str) -> list[tuple[str, Callable[[], Finding]]]:
    from app.cli import doctor_database as bases
    from app.cli import doctor_devices as hardware
    from app.cli import doctor_keys as secrets
    from app.cli import doctor_recording as recording
    from app.cli import doctor_sound as hearing
    from app.cli import doctor_turn as relay

    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("settings", settings),
        ("python", python),
        ("qt", qt),
        ("fonts", fonts),
        ("typst", typst),
        ("face models", face_models),
        ("face mesh", hardware.face_mesh),
        ("second opinion", second_opinion),
        ("camera", lambda: hardware.camera(machine)),
        ("card reader", lambda: hardware.reader(machine)),
        ("microphone", lambda: hearing.devices(machine)[0]),
        ("speaker", lambda: hearing.devices(machine)[1]),
        ("voice", lambda: hardware.voice(machine, lang)),
        ("door", lambda: hardware.door(machine)),
        ("locker", lambda: hardware.locker(machine)),
        ("slip printer", lambda: hardware.printer(machine)),
        ("disk", lambda: disk(arguments.data)),
        ("clock", lambda: clock(arguments.room)),
    ]
    if arguments.sound:
        checks.append(("sound", lambda: hearing.heard_itself(hearing.choice_of(machine))))
    if arguments.state:
        checks.append(("face thresholds", lambda: face_thresholds(arguments.state)))
        checks.append(("identity", lambda: secrets.identity(arguments.state)))
        checks.append(("recording", lambda: recording.hours_left(arguments.state)))
        checks.append(("relay", lambda: relay.relays(machine.turn, arguments.state)))
    elif (arguments.data / "face.json").exists():
        checks.append(("face thresholds", lambda: face_thresholds(arguments.data)))
    if arguments.keys:
        checks.append(("keys", lambda: secrets.room_keys(arguments.keys)))
        checks.append(("recording", lambda: recording.room_hours(arguments.data, arguments.plan)))
    if arguments.database:
        checks.append(("database", lambda: bases.database(arguments.database)))
    if arguments.room:
        checks.append(("certificate", lambda: secrets.certificate(arguments.room)))
        checks.append(("room", lambda: room(arguments.room, arguments.state)))
    return checks


def report(checks: Sequence[tuple[str, Callable[[], Finding]]], lang: str) -> int:
    """Run the checks and print a line each; 1 where one failed, else 0."""
    failed = False
    for name, finding in findings(checks):
        failed |= finding.level is Level.FAILED
        text = finding.en if lang == "en" else finding.zh
        sys.stdout.write(f"{finding.level.value:<8} {name:<15} {text}\n")
        sys.stdout.flush()
    return 1 if failed else 0


def findings(checks: Sequence[tuple[str, Callable[[], Finding]]]) -> Iterator[tuple[str, Finding]]:
    """Run the checks; one that breaks is itself a failure, and the others go on."""
    for name, check in checks:
        try:
            yield name, check()
        except Exception as error:
            yield (
                name,
                Finding(
                    Level.FAILED,
                    f"检查本身出错 ({type(error).__name__}), 请重新安装后再试。",
                    f"The check itself broke ({type(error).__name__}); install again and retry.",
                ),
            )


def settings() -> Finding:
    """The settings file, where this program reads one, has no mistake in any section."""
    from app.cli.config import check, file_in_force

    file = file_in_force()
    if file is None:
        return Finding(Level.OK, "没有 kawei.toml，仅用命令行选项", "no kawei.toml, options alone")
    try:
        check(file)
    except Fault as fault:
        return Finding(Level.FAILED, fault.message("zh"), fault.message("en"))
    except OSError as error:
        return Finding(
            Level.FAILED,
            f"{file} 无法读取（{error.strerror}），请核对路径和权限。",
            f"{file} cannot be read ({error.strerror}); check path and permissions.",
        )
    return Finding(Level.OK, str(file), str(file))


def python() -> Finding:
    """Python 3.11 or 3.12, which everything was measured on."""
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 12):
        return Finding(Level.OK, f"Python {version}", f"Python {version}")
    return Finding(
        Level.FAILED,
        f"Python {version} 未经验证, 请安装 3.11 或 3.12。",
        f"Python {version} is untested; install 3.11 or 3.12.",
    )


def qt() -> Finding:
    """Qt loads with the libraries of the system, in the version that keeps its references (6.12.0 does not)."""
    try:
        import PySide6.QtWidgets
        from PySide6.QtCore import qVersion
    except ImportError as error:
        return Finding(
            Level.FAILED,
            f"界面库无法载入 ({error}), 请重新安装 (源码目录中以管理员身份运行 make system)。",
            f"The window library does not load ({error}); install again (in a source tree: make system as root).",
        )
    found, binding = qVersion(), PySide6.__version__
    if binding == "6.12.0" and sys.version_info[:2] == (3, 11):
        return Finding(
            Level.FAILED,
            "PySide6 6.12.0 在 Python 3.11 上会崩溃, 请运行 make setup 换回锁定的版本。",
            "PySide6 6.12.0 crashes on Python 3.11; run make setup to get the pinned version.",
        )
    return Finding(Level.OK, f"Qt {found}, PySide6 {binding}", f"Qt {found}, PySide6 {binding}")


def fonts() -> Finding:
    """Both faces of the Chinese font lie where windows and papers look for them."""
    import resources

    missing = [
        name
        for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
        if not resources.path("fonts", name).is_file()
    ]
    if missing:
        names = ", ".join(missing)
        return Finding(
            Level.FAILED,
            f"缺少字体 {names}, 请运行 make setup 或重新安装。",
            f"Fonts are missing ({names}); run make setup or install again.",
        )
    return Finding(Level.OK, "思源黑体 (Noto Sans SC)", "Noto Sans SC")


def typst() -> Finding:
    """A page can be set, with the program's own fonts."""
    from app.ports.gate import Slip
    from devices.slip.pdf import set_slip

    if set_slip(Slip("评标室", "1", "0" * 24, "kawei")).startswith(b"%PDF"):
        return Finding(Level.OK, "可以排版报告", "papers can be set")
    return Finding(Level.FAILED, "排版没有产生 PDF, 请重新安装。", "Setting a page gave no PDF; install again.")


def face_models() -> Finding:
    """The models load and look at a picture."""
    from app.ports.camera import Frame
    from devices.face.engines import Engines

    try:
        started = time.monotonic()
        Engines().find(Frame(320, 240, bytes(3 * 320 * 240)))
    except FileNotFoundError as error:
        return Finding(
            Level.FAILED,
            f"缺少人脸模型 {error.filename}, 请运行 make setup 或重新安装。",
            f"A face model is missing ({error.filename}); run make setup or install again.",
        )
    took_ms = round(1000 * (time.monotonic() - started))
    return Finding(Level.OK, f"YuNet, SFace ({took_ms} ms)", f"YuNet, SFace ({took_ms} ms)")


def face_thresholds(folder: Path) -> Finding:
    """Which thresholds decide about faces here, whose they are, and their hash, as the journal has it."""
    from app.cli.errors import Fault
    from app.cli.thresholds import FILE, thresholds_in
    from devices.face.settings import thresholds_hash

    try:
        at = thresholds_in(folder)
    except Fault as fault:
        return Finding(Level.FAILED, fault.message("zh"), fault.message("en"))
    own = (folder / FILE).exists()
    told = f"{at.live:g}, {at.chip:g}, {at.one_to_many:g} (+{at.margin:g}); {thresholds_hash(at)}"
    return Finding(
        Level.OK,
        f"{'本中心的 face.json' if own else '程序自带'}：现场、芯片照片、应到人员中查找 {told}",
        f"{'the face.json of this centre' if own else 'built in'}: live, chip, among those expected {told}",
    )


def second_opinion() -> Finding:
    """face_recognition is there for the grey zone; without it doubtful faces go to two people."""
    from importlib.util import find_spec

    if all(find_spec(name) for name in ("face_recognition", "face_recognition_models", "dlib")):
        return Finding(Level.OK, "face_recognition", "face_recognition")
    return Finding(
        Level.WARNING,
        "没有 face_recognition, 存疑的人脸将全部由两人核准; 请运行 make setup。",
        "No face_recognition: every doubtful face goes to two people; run make setup.",
    )


def disk(data: Path) -> Finding:
    """The data folder can be written and has room: 1 GiB at the very least, 10 GiB in comfort."""
    place = data
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    room_left = f"{free / GIB:.1f} GiB"
    try:
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(b"kawei")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return Finding(
            Level.FAILED,
            f"{place} 无法写入 ({error.strerror}), 请检查权限或换一个目录 (--data)。",
            f"{place} cannot be written ({error.strerror}); check permissions or choose another (--data).",
        )
    if free < GIB:
        return Finding(
            Level.FAILED, f"{place} 仅剩 {room_left}, 请腾出空间。", f"{place}: only {room_left} left; make room."
        )
    if free < 10 * GIB:
        return Finding(
            Level.WARNING,
            f"{place} 剩余 {room_left}, 归档前请腾出空间。",
            f"{place}: {room_left} left; make room before archiving.",
        )
    return Finding(Level.OK, f"{place.resolve()}: {room_left}", f"{place.resolve()}: {room_left}")


def clock(url: str | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Finding:
    """The clock agrees with the room's; without a room, it is at least not before the program was made."""
    here = now()
    if here.year < 2026:
        return Finding(
            Level.FAILED,
            f"本机时间是 {here:%Y-%m-%d}, 请校准时钟。",
            f"This machine believes it is {here:%Y-%m-%d}; set its clock.",
        )
    shown = here.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    date = _date_of(url) if url else None
    if date is None:
        return Finding(Level.OK, f"{shown} (未与服务器比对)", f"{shown} (not compared with a room)")
    apart = (here - date).total_seconds()
    # The header counts whole seconds.
    if abs(apart) > CLOCK_S + 1:
        return Finding(
            Level.WARNING,
            f"与服务器相差 {apart:+.0f} 秒, 请打开时间同步; 记录以服务器时间为准。",
            f"{apart:+.0f} s from the room's; switch time synchronisation on. The room's time counts.",
        )
    return Finding(Level.OK, f"{shown}, 与服务器一致", f"{shown}, as the room's")


def room(url: str, state: Path | None = None) -> Finding:
    """The room server answers and is well; an encrypted one is asked with the certificate kept in `state`."""
    import requests

    try:
        told = _told_to(state) if state is not None and url.startswith("https") else None
        if told is None:
            answer = requests.get(url.rstrip("/") + "/api/v1/health", timeout=5)
            told = answer.json() if answer.ok else {}
    except requests.exceptions.SSLError:
        return Finding(
            Level.FAILED,
            f"{url} 不认本机, 或本机不认它的证书; 请用 --state 指明已登记的本机目录。",
            f"{url} and this machine do not know each other; name the folder of the enrolled machine with --state.",
        )
    except ValueError:  # also requests' own InvalidURL, and what is no JSON
        told = {}
    except requests.RequestException:
        return Finding(
            Level.FAILED,
            f"{url} 没有应答, 请检查网线、地址以及服务器是否在运行。",
            f"{url} does not answer; check cable, address, and whether the server runs.",
        )
    if not isinstance(told, dict) or told.get("state") != "ok":
        return Finding(
            Level.FAILED,
            f"{url} 有应答, 但不是正常的评标室服务器, 请核对地址。",
            f"{url} answers but is no room server in order; check the address.",
        )
    version = str(told.get("version", "?"))
    return Finding(Level.OK, f"{url} (版本 {version})", f"{url} (version {version})")


def _told_to(state: Path) -> dict[str, Any] | None:
    """What the room says of itself to an enrolled machine; None where this one has no certificate, `{}` where the
    room does not know it."""
    from app.link import LinkFault, RoomClient, RoomRefused, load

    try:
        identity = load(state)
    except LinkFault:
        return None
    if not identity.authority:
        return None
    client = RoomClient(identity)
    try:
        return client.plain("GET", "/health")
    except (LinkFault, RoomRefused):
        return {}
    finally:
        client.close()


def _date_of(url: str) -> datetime | None:
    import requests

    try:
        header = requests.head(url, timeout=5, allow_redirects=False).headers.get("Date")
        return parsedate_to_datetime(header).astimezone(UTC) if header else None
    except (requests.RequestException, ValueError):
        return None
