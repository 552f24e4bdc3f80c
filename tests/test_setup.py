"""What set-up lays out is there and is what it says: fonts, models, pinned packages, their licences."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import resources
from setup_steps import licences, mediapipe

ROOT = Path(__file__).resolve().parent.parent


def test_licences_names_every_package_the_product_runs_on() -> None:
    """`make licences` writes it again; a package not yet looked at must not slip in."""
    assert (ROOT / "LICENCES.md").read_text("utf-8") == licences.document()


def test_no_package_is_under_a_licence_we_cannot_ship() -> None:
    for name, package in licences.closure().items():
        told = licences.licence(name, package)
        assert told != "not stated", name
        assert "AGPL" not in told, name
        assert not re.match(r"GPL|GNU General", told), name


def test_every_required_package_is_pinned_and_installed_in_that_version() -> None:
    pinned = {
        canonicalize_name(requirement.name): next(iter(requirement.specifier)).version
        for requirement in map(Requirement, (ROOT / "constraints.txt").read_text().split())
    }
    for name, package in licences.closure().items():
        assert pinned.get(name) == package.version, name
    for line in (ROOT / "requirements-sound.txt").read_text().splitlines():
        assert line.startswith("#") or canonicalize_name(line) in pinned, line
    for line in (ROOT / "requirements-dev.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name = canonicalize_name(line)
            assert pinned.get(name) == metadata.version(name), name


def test_no_pin_names_a_host() -> None:
    for name in ("constraints.txt", "requirements.txt", "requirements-sound.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text()


@pytest.mark.parametrize(("style", "weight"), [("Regular", 400), ("Bold", 700)])
def test_fonts_are_static_chinese_and_listed_by_qt(style: str, weight: int, qapp: object) -> None:
    from fontTools.ttLib import TTFont
    from PySide6.QtGui import QFontDatabase

    path = resources.path("fonts", f"NotoSansSC-{style}.ttf")
    with TTFont(path) as font:
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == weight
        assert {ord(c) for c in "评标席位卡专家，。；：“”（）￥"} <= set(font.getBestCmap())
    number = QFontDatabase.addApplicationFont(str(path))
    assert QFontDatabase.applicationFontFamilies(number) == ["Noto Sans SC"]
    assert style in QFontDatabase.styles("Noto Sans SC")
    assert resources.path("fonts", "OFL.txt").read_text("utf-8").count("SIL OPEN FONT LICENSE") > 0


def test_sface_takes_the_picture_alone() -> None:
    import onnx

    model = onnx.load(resources.path("models", "sface.onnx"))
    assert [value.name for value in model.graph.input] == ["data"]
    assert {file.name for file in resources.path("models", "LICENSES").iterdir()} >= {
        "models.txt",
        "apache-2.0.txt",
    }


def test_a_model_that_is_not_the_published_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(command: tuple[str, ...], **_: object) -> subprocess.CompletedProcess[bytes]:
        with zipfile.ZipFile(Path(command[command.index("--dest") + 1], "mediapipe.whl"), "w") as wheel:
            wheel.writestr(mediapipe.PERSON, b"another model")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", fetched)
    with pytest.raises(SystemExit, match="is not the published file"):
        mediapipe.models(mediapipe.PERSON)
    monkeypatch.setitem(mediapipe.SHA256, mediapipe.PERSON, hashlib.sha256(b"another model").hexdigest())
    assert mediapipe.models(mediapipe.PERSON) == {mediapipe.PERSON: b"another model"}


def test_make_lists_its_targets() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = re.findall(r"^  make (\S+) +\S", told, re.M)
    assert {"setup", "demo", "test", "test-slow", "lint", "bench"} <= set(names)


def test_ci_fails_when_either_part_fails(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci" / "run"
    script.write_text((ROOT / ".ci" / "run").read_text())
    stub = tmp_path / "make"
    stub.write_text('#!/bin/sh\necho "$1" >> told\n[ "$1" != "$FAIL" ]\n')
    stub.chmod(0o755)
    codes = []
    for fail in ("", "test", "test-slow"):
        env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "FAIL": fail}
        codes.append(subprocess.run(["bash", str(script)], env=env, check=False).returncode)
    assert codes == [0, 1, 1]
    assert (tmp_path / "told").read_text().split() == ["test", "test-slow"] * 3


def test_system_packages_are_asked_for_where_they_are_missing(tmp_path: Path) -> None:
    """As a person without root one line to run is printed, and set-up stops only for what is really needed."""
    script = ROOT / "setup_steps" / "system.sh"
    for name, text in (
        ("dpkg-query", '#!/bin/sh\ncase "$*" in *"$LACKS"*) exit 1;; *) echo "install ok installed";; esac\n'),
        ("id", "#!/bin/sh\necho 1000\n"),
        ("python", "#!/bin/sh\nexit 0\n"),
    ):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)

    def run(lacks: str) -> tuple[int, str]:
        env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "LACKS": lacks}
        done = subprocess.run(["sh", str(script), "python"], env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    assert run("nothing") == (0, "")
    code, told = run("libegl1")
    assert code == 1
    assert "sudo apt-get install -y --no-install-recommends libegl1 \n" in told
    code, told = run("libxcb-cursor0")
    assert code == 0
    assert "libxcb-cursor0" in told
