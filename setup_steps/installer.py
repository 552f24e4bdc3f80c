"""Makes the Debian package of the program: freezes it, lays out what an installation has beside it, packs it.

`python -m setup_steps.installer [--frozen DIR] [--version V] [--out DIR] [--compression zstd|gzip]`; `make installer`
runs it. With `--frozen` a build that is there is packed again, as the tests of upgrade and way back do.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from setup_steps.paths import RESOURCES, ROOT
from setup_steps.settings_page import explained

PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
LIMIT = 350 * 10**6
"""A package larger than this is no longer carried on a stick with everything else."""

CONTROL = """Package: kawei
Version: {version}
Architecture: {architecture}
Maintainer: Kawei <kawei@localhost>
Installed-Size: {size}
Depends: libc6 (>= {glibc})
Recommends: xserver-xorg, xinit, openbox, x11-xkb-utils, x11-xserver-utils, alsa-utils, cups-client
Section: misc
Priority: optional
Description: the program of a Chinese bid-evaluation room (卡位)
 Room server, experts' seats, check-in, consoles and wall display of a bid-evaluation room, with everything they need:
 Python, Qt, fonts, face models. Needs no network. A seat, kiosk or board also wants the recommended packages.
"""


def main() -> int:
    """Make the package and print its name, size, and sizes by part as JSON; exit status 0."""
    options = _options()
    frozen = options.frozen or _freeze()
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    _lay_out(tree, frozen, options.version)
    conffiles = sorted(f"/{file.relative_to(tree)}" for file in (tree / "etc").rglob("*") if file.is_file())
    _control(tree, conffiles, options.version)
    options.out.mkdir(parents=True, exist_ok=True)
    made = options.out / f"kawei_{options.version}_{_architecture()}.deb"
    pack = [
        "/usr/bin/dpkg-deb",
        "--root-owner-group",
        f"-Z{options.compression}",
        f"-z{options.level}",
        "--build",
        str(tree),
        str(made),
    ]
    subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
    size = made.stat().st_size
    parts = _sizes(tree / "usr/lib/kawei/_internal")
    sys.stdout.write(json.dumps({"package": str(made), "bytes": size, "installed_mb": parts}, indent=1) + "\n")
    if size > LIMIT:
        raise SystemExit(f"installer: {size} bytes are more than {LIMIT}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frozen", metavar="DIR", type=Path, help="a build that is there")
    parser.add_argument("--version", default=version("kawei"))
    parser.add_argument("--out", metavar="DIR", type=Path, default=ROOT / "dist")
    parser.add_argument("--compression", choices=("zstd", "gzip"), default="zstd")
    parser.add_argument("--level", default="9", help="of compression; more takes minutes and gains nothing")
    return parser.parse_args()


def _freeze() -> Path:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(BUILD / "dist"), "--workpath", str(BUILD / "work"), str(ROOT / "build.spec")]
    subprocess.run(command, check=True, cwd=ROOT)
    return BUILD / "dist" / "kawei"


def _lay_out(tree: Path, frozen: Path, number: str) -> None:
    """Everything that the package installs, below `tree`; files are linked, not copied, where the disk lets us."""
    shutil.copytree(frozen, tree / "usr/lib/kawei", symlinks=True, copy_function=_link)
    shutil.copytree(PACKAGING / "root", tree, symlinks=True, dirs_exist_ok=True)
    settings = tree / "etc/kawei/kawei.toml"
    settings.parent.mkdir(parents=True)
    shutil.copyfile(RESOURCES / "config" / "kawei.toml", settings)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/kawei").symlink_to("../lib/kawei/kawei")
    _zipped(tree / "usr/share/man/man1/kawei.1.gz", manual(number))
    _zipped(tree / "usr/share/man/man8/kawei-machine.8.gz", ".so man1/kawei.1\n")
    about = tree / "usr/share/doc/kawei"
    _zipped(about / "changelog.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    (about / "copyright").write_text(_copyright(frozen / "_internal"), "utf-8")
    for path in tree.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
        elif not path.is_symlink() and not path.is_relative_to(tree / "usr/lib/kawei"):
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _zipped(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def manual(number: str) -> str:
    """The page of `man kawei`: the doors from the program, the keys from the settings file."""
    from app.cli import DOORS

    def plain(text: str) -> str:
        return text.replace("\\", "\\e").replace("-", "\\-")

    doors = "\n".join(f".TP\n.B {plain(name)}\n{plain(en)} ({zh})" for name, zh, en in DOORS)
    keys, section = "", ""
    for key in explained():
        if key.section != section:
            section = key.section
            keys += f".SS [{section}]\n"
        keys += f".TP\n.B {key.name}\n{plain(key.en)} ({key.zh})\n"
    page = (PACKAGING / "kawei.1").read_text("utf-8")
    return page.replace("@VERSION@", number).replace("@DOORS@", doors).replace("@KEYS@", keys.rstrip())


def _copyright(internal: Path) -> str:
    """What everything in the package is licensed under: our list, and the notices of the system's libraries."""
    text = (ROOT / "LICENCES.md").read_text("utf-8")
    for package in system_packages(internal):
        notice = Path("/usr/share/doc") / package / "copyright"
        if notice.is_file():
            text += (
                f"\n\n{'=' * 100}\nLibraries of Debian's package {package}\n\n{notice.read_text('utf-8', 'replace')}"
            )
    return text


def system_packages(internal: Path) -> list[str]:
    """Debian's packages whose libraries are in the build; none where it was not made on a Debian system."""
    if not Path("/usr/bin/dpkg-query").exists():
        return []
    names = sorted({file.name for file in internal.glob("lib*.so*")})
    command = ["/usr/bin/dpkg-query", "-S", *(f"*/{name}" for name in names)]
    asked = subprocess.run(command, check=False, capture_output=True, text=True)  # 1: some are of no package
    return sorted({line.split(":")[0] for line in asked.stdout.splitlines() if not line.startswith("diversion")})


def _control(tree: Path, conffiles: list[str], number: str) -> None:
    control = tree / "DEBIAN"
    shutil.copytree(PACKAGING / "deb", control)
    for script in control.iterdir():
        script.chmod(0o755)
    files = [file for file in sorted(tree.rglob("*")) if file.is_file() and not file.is_symlink()]
    files = [file for file in files if not file.is_relative_to(control)]
    size = sum(file.stat().st_size for file in files) // 1024
    told = {"version": number, "architecture": _architecture(), "size": size, "glibc": _glibc()}
    (control / "control").write_text(CONTROL.format(**told), "utf-8")
    (control / "conffiles").write_text("".join(f"{name}\n" for name in conffiles), "utf-8")
    sums = (
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree)}\n"
        for file in files
    )
    (control / "md5sums").write_text("".join(sums), "utf-8")
    control.chmod(0o755)


def _architecture() -> str:
    asked = subprocess.run(["/usr/bin/dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return asked.stdout.strip()


def _glibc() -> str:
    """The C library that was built against: an older one lacks what was linked."""
    return re.sub(r"[^0-9.]", "", os.confstr("CS_GNU_LIBC_VERSION") or "2.28")


def _sizes(internal: Path) -> dict[str, int]:
    """Megabytes of each part of the build, largest first; what is under 10 is one."""
    sizes: dict[str, int] = {}
    for entry in internal.iterdir():
        files = [entry] if entry.is_file() else [file for file in entry.rglob("*") if file.is_file()]
        name = entry.name.split(".")[0]
        sizes[name] = sizes.get(name, 0) + sum(file.stat().st_size for file in files if not file.is_symlink())
    large = {name: size // 10**6 for name, size in sizes.items() if size >= 10 * 10**6}
    rest = sum(size for size in sizes.values() if size < 10 * 10**6) // 10**6
    return dict(sorted(large.items(), key=lambda one: -one[1])) | {"all else": rest}


if __name__ == "__main__":
    raise SystemExit(main())
