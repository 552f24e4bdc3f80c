"""`kawei doctor`: is this machine fit for the room? One line for each thing looked at, with what to do next."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from app.cli.errors import Parser, language

GIB = 1024**3
FIRST_FRAME_S = 6.0
# Beyond this a person at a seat wonders; the room's own time counts in any case.
CLOCK_S = 5.0


class Level(Enum):
    """How a check came out; the value is printed in either language."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


class Finding(NamedTuple):
    """The outcome of one check in Chinese and English, with what to do where it is not OK."""

    level: Level
    zh: str
    en: str


def run(argv: list[str]) -> int:
    """Look at everything and print a line each; 0 where nothing failed, else 1."""
    parser = Parser("kawei doctor", "本机自检 / self-test of this machine")
    parser.add_argument("--room", metavar="URL", help="服务器地址 / the room server's address")
    parser.add_argument("--camera", metavar="0|FILE|URL", default="0", help="摄像头 / the camera to try")
    parser.add_argument("--data", metavar="DIR", type=Path, default=Path(), help="数据目录 / the data folder")
    arguments = parser.parse_args(argv)
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("python", python),
        ("qt", qt),
        ("fonts", fonts),
        ("typst", typst),
        ("face models", face_models),
        ("second opinion", second_opinion),
        ("camera", lambda: camera(arguments.camera)),
        ("microphone", lambda: sound("c")),
        ("speaker", lambda: sound("p")),
        ("disk", lambda: disk(arguments.data)),
        ("clock", lambda: clock(arguments.room)),
    ]
    if arguments.room:
        checks.append(("room", lambda: room(arguments.room)))
    return report(checks, language(argv))


def report(checks: Sequence[tuple[str, Callable[[], Finding]]], lang: str) -> int:
    """Run the checks and print a line each; a check that breaks is itself a failure, and the others go on."""
    failed = False
    for name, check in checks:
        try:
            finding = check()
        except Exception as error:
            finding = Finding(
                Level.FAILED,
                f"检查本身出错 ({type(error).__name__}), 请重新安装后再试。",
                f"The check itself broke ({type(error).__name__}); install again and retry.",
            )
        failed |= finding.level is Level.FAILED
        text = finding.en if lang == "en" else finding.zh
        sys.stdout.write(f"{finding.level.value:<8} {name:<15} {text}\n")
        sys.stdout.flush()
    return 1 if failed else 0


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
            f"界面库无法载入 ({error}), 请以管理员身份运行 make system。",
            f"The window library does not load ({error}); run make system as root.",
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


def camera(source: str) -> Finding:
    """The camera gives a picture within a few seconds."""
    import threading

    from app.ports.device import DeviceState
    from devices.camera.opencv import OpenCvCamera, Patience

    device = OpenCvCamera(source, patience=Patience(total_s=0.0))
    settled = threading.Event()
    device.subscribe(lambda _frame: settled.set())
    device.watch(lambda status: settled.set() if status.state is DeviceState.FAILED else None)
    device.start()
    settled.wait(FIRST_FRAME_S)
    frame, status = device.latest, device.status
    device.stop()
    device.join(FIRST_FRAME_S)
    if frame is not None:
        size = f"{frame.width} x {frame.height}"
        return Finding(Level.OK, size, size)
    reason = status.fault.value if status.fault is not None else "no picture"
    return Finding(
        Level.WARNING,
        f"摄像头 {source} 没有画面 ({reason}); 请检查连线与权限, 否则只能凭证件由两人核准入场。",
        f"Camera {source} gives no picture ({reason}); check cable and permission, else two people admit.",
    )


def sound(direction: str, folder: Path = Path("/dev/snd")) -> Finding:
    """The system offers a device for recording (`c`) or playing (`p`); it is not tried out."""
    if not sys.platform.startswith("linux"):
        return Finding(Level.WARNING, "此系统上未检查, 请自行试听。", "Not checked on this system; try it yourself.")
    found = sorted(device.name for device in folder.glob(f"pcmC*D*{direction}")) if folder.is_dir() else []
    if found:
        return Finding(Level.OK, ", ".join(found), ", ".join(found))
    return Finding(
        Level.WARNING,
        "没有找到设备; 需要通话时请接上耳麦。",
        "No device was found; plug in a headset where calls are wanted.",
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


def room(url: str) -> Finding:
    """The room server answers and is well."""
    import requests

    try:
        answer = requests.get(url.rstrip("/") + "/api/v1/health", timeout=5)
        told = answer.json() if answer.ok else {}
    except requests.exceptions.SSLError:
        return Finding(
            Level.FAILED,
            f"{url} 的证书不受信任, 请安装中心的根证书。",
            f"The certificate of {url} is not trusted; install the centre's root certificate.",
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


def _date_of(url: str) -> datetime | None:
    import requests

    try:
        header = requests.head(url, timeout=5, allow_redirects=False).headers.get("Date")
        return parsedate_to_datetime(header).astimezone(UTC) if header else None
    except (requests.RequestException, ValueError):
        return None
