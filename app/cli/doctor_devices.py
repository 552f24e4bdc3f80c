"""What `kawei doctor` looks at of the hardware at a door or a seat; nothing is opened, switched or printed by it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from app.cli.finding import Finding, Level, fine
from app.cli.machine import PLUGS, Machine, locker_of
from app.ports.device import DeviceError, DeviceFault

FIRST_FRAME_S = 6.0
ANSWER_S = 3.0

_CAMERA: dict[DeviceFault, tuple[str, str]] = {
    DeviceFault.NOT_FOUND: ("没有找到", "is not there"),
    DeviceFault.LOST: ("没有画面", "gives no picture"),
    DeviceFault.FROZEN: ("画面静止不动，像一张照片", "stands still like a photograph"),
    DeviceFault.BLACK: ("画面全黑，请取下镜头盖或开灯", "is black: take off the lens cap or switch the light on"),
    DeviceFault.WRONG_PICTURE: ("画面格式或尺寸不可用", "gives pictures of a format or size that cannot be used"),
    DeviceFault.BAD_ANSWER: ("不是影片", "is no film"),
}


def camera(machine: Machine) -> Finding:
    """The camera gives pictures of now, and a live room would take it."""
    from devices.camera.admission import may_be_enrolled
    from devices.camera.whose import identity_of, is_film, is_virtual, source_of

    source = source_of(machine.camera.source)
    if isinstance(source, int) and is_virtual(source):
        return Finding(
            Level.FAILED,
            f"摄像头 {source} 是虚拟摄像头，正式评标不接受，请换用真实的摄像头。",
            f"Camera {source} is a program; a live room refuses it: use a real camera.",
        )
    size, fault = _picture(source)
    if fault is not None or size is None:
        zh, en = _CAMERA.get(fault or DeviceFault.LOST, _CAMERA[DeviceFault.LOST])
        return Finding(
            Level.WARNING,
            f"摄像头 {source} {zh}；请检查连线与权限，否则只能凭证件由两人核准入场。",
            f"Camera {source} {en}; check cable and permission, else two people admit.",
        )
    if is_film(source):
        return Finding(Level.OK, f"{size}，影片只能用于演练", f"{size}; a film serves in rehearsals only")
    name = identity_of(source)
    if name is None or name not in machine.camera.enrolled or not may_be_enrolled(name):
        return Finding(
            Level.WARNING,
            f"{size}，尚未登记（{name}），正式评标时会被拒绝；登记请运行 kawei doctor --state 目录 --enrol-camera。",
            f"{size}, not enrolled ({name}): a live room refuses it; kawei doctor --state DIR --enrol-camera.",
        )
    return Finding(Level.OK, f"{size}，已登记（{name}）", f"{size}, enrolled ({name})")


def _picture(source: int | str) -> tuple[str | None, DeviceFault | None]:
    """The size of the first picture that may serve, looked at as closely as in a live room, or why there is none."""
    from app.ports.device import DeviceState, DeviceStatus
    from devices.camera.liveliness import LIVE, LOOSE
    from devices.camera.opencv import OpenCvCamera, Patience
    from devices.camera.whose import is_film

    limits = LOOSE if is_film(source) else LIVE
    device = OpenCvCamera(source, admit=lambda _source: limits, patience=Patience(total_s=0.0))
    settled = threading.Event()
    told: list[DeviceFault] = []

    def hear(status: DeviceStatus) -> None:
        if status.fault is not None:
            told.append(status.fault)
        if status.state is not DeviceState.STARTING or status.fault is DeviceFault.FROZEN:
            settled.set()

    device.watch(hear)
    device.start()
    settled.wait(FIRST_FRAME_S)
    frame = device.latest
    device.stop()
    device.join(FIRST_FRAME_S)
    return (None if frame is None else f"{frame.width} x {frame.height}"), (told[-1] if told else None)


def reader(machine: Machine, folder: Path = PLUGS) -> Finding:
    """A reader that types like a keyboard shows as a keyboard; that it reads cards shows at the kiosk alone."""
    if not sys.platform.startswith("linux"):
        return Finding(Level.OK, "未检查，请在签到机上试读一张证件", "not checked; lay a card at the kiosk to try")
    found = sorted(link.name for link in folder.glob("*-event-kbd")) if folder.is_dir() else []
    named = machine.reader.device
    if named is not None and named not in found:
        return Finding(
            Level.FAILED,
            f"没有找到读卡器 {named}，请检查 USB 连线；在此之前证件号码只能由人输入。",
            f"The reader {named} is not there; check its USB cable: until then numbers are typed by people.",
        )
    if found:
        return Finding(
            Level.OK,
            f"{named or '，'.join(found)}，请在签到机上试读一张证件",
            f"{named or ', '.join(found)}; lay a card at the kiosk to try",
        )
    return Finding(
        Level.WARNING,
        "没有找到键盘类设备；读卡器请接 USB，在此之前证件号码只能由人输入。",
        "Nothing that types was found; plug the reader in by USB: until then numbers are typed by people.",
    )


def voice(machine: Machine, lang: str) -> Finding:
    """Every prompt has its clip, and the system has something to play it with."""
    import resources
    from devices.voice.clips import find_player, missing_clips

    if not machine.voice:
        return Finding(Level.OK, "设置为静音", "switched off in the settings")
    missing = missing_clips(resources.path("voice", lang))
    if missing:
        return Finding(
            Level.WARNING,
            f"缺少 {len(missing)} 段语音（{missing[0].value} …），请重新安装；在此之前签到机不出声。",
            f"{len(missing)} clips are missing ({missing[0].value} ...); install again: until then they are not said.",
        )
    player = find_player()
    if player is None:
        return Finding(
            Level.WARNING,
            "没有播放程序，签到机不出声；请安装 alsa-utils、pulseaudio-utils 或 pipewire-bin。",
            "Nothing plays sound, so the kiosk is silent; install alsa-utils, pulseaudio-utils or pipewire-bin.",
        )
    return fine(Path(player[0]).name)


def face_mesh() -> Finding:
    """The models for liveness and presence load and look at a picture."""
    import numpy as np

    from app.ports.camera import Frame
    from app.ports.face import Face
    from devices.face.bodies import Bodies
    from devices.face.mesh import FaceMesh

    frame = Frame(320, 240, bytes(3 * 320 * 240))
    eyes_nose_mouth = ((140.0, 100.0), (180.0, 100.0), (160.0, 120.0), (145.0, 145.0), (175.0, 145.0))
    try:
        FaceMesh().lay(frame, Face(110.0, 60.0, 100.0, 120.0, eyes_nose_mouth, 1.0))
        Bodies().share(np.zeros((240, 320, 3), np.uint8))
    except FileNotFoundError as error:
        return Finding(
            Level.FAILED,
            f"缺少模型 {error.filename}，无法判断活体与在席；请运行 make setup 或重新安装。",
            f"A model is missing ({error.filename}): neither liveness nor presence; run make setup or install again.",
        )
    return fine("face mesh, people")


def door(machine: Machine) -> Finding:
    """The relay's address takes connections; the door stays shut."""
    if machine.door.url is None:
        return Finding(Level.OK, "由工作人员开门", "opened by the staff")
    return _answers(machine.door.url) or fine(_host(machine.door.url))


def locker(machine: Machine) -> Finding:
    """The cabinet's controller says how its first box is."""
    if machine.locker.state is None:
        return Finding(Level.OK, f"{machine.locker.boxes} 格，用钥匙", f"{machine.locker.boxes} boxes with keys")
    try:
        locker_of(machine).is_closed(1)
    except DeviceError as error:
        host = _host(machine.locker.state)
        return Finding(
            Level.FAILED,
            f"储物柜 {host} 没有正确应答（{error.fault.value}），请检查电源、网线和地址。",
            f"The cabinet {host} does not answer rightly ({error.fault.value}); check power, cable and address.",
        )
    return fine(f"{_host(machine.locker.state)}: {machine.locker.boxes}")


def printer(machine: Machine, run: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run) -> Finding:
    """The system has the queue and takes jobs for it."""
    queue = machine.printer.queue
    if queue is None:
        return Finding(Level.OK, "席位条只存为 PDF", "slips are kept as PDF")
    try:
        told = run(
            ["lpstat", "-p", queue],
            capture_output=True,
            timeout=ANSWER_S,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return Finding(
            Level.FAILED,
            "系统的打印服务没有应答，请安装并启动 CUPS；在此之前席位条只存为 PDF。",
            "The system's printing does not answer; install and start CUPS: until then slips are kept as PDF.",
        )
    if told.returncode != 0:
        return Finding(
            Level.FAILED,
            f"没有打印队列 {queue}，请在系统中添加或更正名称；在此之前席位条只存为 PDF。",
            f"There is no queue {queue}; add it or correct the name: until then slips are kept as PDF.",
        )
    if b"disabled" in told.stdout:
        return Finding(
            Level.WARNING,
            f"打印队列 {queue} 已停用，请检查纸张后启用（cupsenable {queue}）。",
            f"The queue {queue} is stopped; look after the paper, then cupsenable {queue}.",
        )
    return fine(queue)


def _answers(url: str) -> Finding | None:
    """None where something listens at the address."""
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), ANSWER_S).close()
    except (OSError, ValueError):
        return Finding(
            Level.FAILED,
            f"{_host(url)} 没有应答，请检查电源、网线和地址；在此之前由工作人员开门。",
            f"{_host(url)} does not answer; check power, cable and address: until then the staff open the door.",
        )
    return None


def _host(url: str) -> str:
    """The address without what may be secret in it."""
    parts = urlsplit(url)
    return parts.hostname or url
