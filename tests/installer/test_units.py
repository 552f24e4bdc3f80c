"""The units that the package installs: systemd has nothing to say against them; they are as locked as they claim."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[2] / "packaging" / "root" / "usr" / "lib" / "systemd" / "system"
RULES = UNITS.parents[1] / "udev" / "rules.d"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize(("unit", "instance"), [("kawei-room.service", ""), ("kawei-session@.service", "seat")])
def test_systemd_has_nothing_to_say(unit: str, instance: str, tmp_path: Path) -> None:
    text = (UNITS / unit).read_text()
    for program in ("/usr/bin/kawei", "/usr/bin/xinit"):  # not installed here; everything else is as it is shipped
        text = text.replace(f"ExecStart={program}", "ExecStart=/bin/true")
    file = tmp_path / unit.replace("@", f"@{instance}")
    file.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--generators=no", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    said = [line for line in done.stderr.splitlines() if unit.partition(".")[0].partition("@")[0] in line]
    assert (done.returncode, said) == (0, [])


def test_the_session_comes_back_whatever_ends_it_and_the_room_unless_it_said_why() -> None:
    assert "Restart=always" in (UNITS / "kawei-session@.service").read_text()
    room = (UNITS / "kawei-room.service").read_text()
    assert "Restart=on-failure" in room
    assert "RestartPreventExitStatus=2" in room


def test_usb_storage_is_refused_where_a_machine_is_locked_alone() -> None:
    rules = [
        line
        for line in (RULES / "70-kawei-usb-storage.rules").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert len(rules) == 1
    for part in ('ATTR{bInterfaceClass}=="08"', 'TEST=="/etc/kawei/no-usb-storage"', 'ATTR{authorized}="0"'):
        assert part in rules[0]
