"""Which camera a source is, whatever number the system gave it today, and whether it is one at all."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SYSFS = Path("/sys/class/video4linux")
BY_ID = Path("/dev/v4l/by-id")

# What software cameras call themselves; none of these words is a maker of real ones.
_VIRTUAL_NAMES = re.compile(
    r"dummy video|v4l2 ?loopback|loopback|virtual|obs[ -]?(cam|studio)|manycam|droidcam|iriun|ivcam|epoccam|xsplit"
    r"|snap ?camera|e2esoft|vcam|akvcam|mmhmm|camo\b|ndi ?(video|webcam)|splitcam|webcamoid|chromacam|fake|vivid",
    re.IGNORECASE,
)


def source_of(named: int | str | Path) -> int | str:
    """A camera's number (which may come as text from a command line), or a path or address."""
    if isinstance(named, str) and named.isascii() and named.isdigit():
        return int(named)
    return named if isinstance(named, int) else str(named)


def is_address(source: int | str) -> bool:
    """Whether the source is a stream on the network."""
    return isinstance(source, str) and "://" in source


def is_film(source: int | str) -> bool:
    """Whether the source is a file."""
    return isinstance(source, str) and "://" not in source


def is_virtual(index: int, root: Path = SYSFS) -> bool:
    """Whether camera `index` is made by software.

    Linux knows: v4l2loopback and its like are no child of a bus, or their name tells. Elsewhere a camera's name is
    not to be had through OpenCV, so that only its behaviour and the enrolment speak.
    """
    if not sys.platform.startswith("linux"):
        return False
    device = root / f"video{index}"
    if not device.exists():
        return False
    return "/devices/virtual/" in device.resolve().as_posix() + "/" or is_virtual_name(_name(device))


def is_virtual_name(name: str) -> bool:
    """Whether a camera of this name is a program."""
    return _VIRTUAL_NAMES.search(name) is not None


def identity_of(source: int | str, root: Path = SYSFS, by_id: Path = BY_ID) -> str | None:
    """The name by which a camera is enrolled: it stays over restarts, and another camera has another.

    A stream is its host (`net:10.0.0.9`), a local camera the name that udev made of maker, model and serial number
    (`usb-...`), else its place on the bus and its own name (`bus:1-3 HD Webcam`); a file is only its path. None where
    no camera is there; on a system that tells nothing the number is all there is (`number:0`).
    """
    if isinstance(source, str):
        return f"net:{urlsplit(source).hostname or ''}" if is_address(source) else f"film:{Path(source).resolve()}"
    device = root / f"video{source}"
    if not device.exists():
        return None if sys.platform.startswith("linux") else f"number:{source}"
    for link in sorted(by_id.glob("*")) if by_id.is_dir() else ():
        if link.resolve().name == device.name:
            return link.name
    bus = (device / "device").resolve().name
    return f"bus:{bus} {_name(device)}"


def _name(device: Path) -> str:
    try:
        return (device / "name").read_text("utf-8", "replace").strip()
    except OSError:
        return ""


@dataclass(frozen=True)
class Plugged:
    """A camera that is plugged in: its number today, what it calls itself, and the name that it is enrolled by."""

    number: int
    name: str
    identity: str


def plugged(root: Path = SYSFS, by_id: Path = BY_ID) -> tuple[Plugged, ...]:
    """The real cameras that the system tells of, in the order of their numbers; none where it tells of none.

    A camera often has a second device that gives data about its pictures and no pictures: that one is left out.
    """
    found = []
    for device in root.glob("video*") if root.is_dir() else ():
        number = device.name.removeprefix("video")
        if not number.isdigit() or is_virtual(int(number), root) or _second(device):
            continue
        identity = identity_of(int(number), root, by_id)
        if identity is not None:
            found.append(Plugged(int(number), _name(device) or device.name, identity))
    return tuple(sorted(found, key=lambda one: one.number))


def _second(device: Path) -> bool:
    try:
        return (device / "index").read_text("ascii", "replace").strip() not in ("", "0")
    except OSError:
        return False
