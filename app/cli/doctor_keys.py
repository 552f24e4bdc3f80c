"""What `kawei doctor` looks at of keys, this machine's identity and the room's certificate."""

from __future__ import annotations

import ssl
import stat
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from app.cli.finding import Finding, Level, fine

KEY_BYTES = 32
SOON_DAYS = 30
SIGNING_DAYS = 3 * 365
"""A signing key that is older should be changed; for the others there is the table of `docs/running.md`."""


def identity(state: Path) -> Finding:
    """This machine is enrolled, and its secret is for its owner alone."""
    from app.link import LinkFault, load

    try:
        found = load(state)
    except LinkFault as fault:
        level = Level.WARNING if fault.code == "not_enrolled" else Level.FAILED
        return Finding(level, fault.message("zh"), fault.message("en"))
    return _open_to_others(state.glob("*.json")) or fine(f"{found.kind} {found.device}")


def room_keys(folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Finding:
    """The room's keys are whole, for its owner alone, and not too old; a room that never ran has none yet."""
    files = sorted(folder.glob("*.key")) if folder.is_dir() else []
    if not files:
        return Finding(
            Level.WARNING,
            f"{folder} 中没有密钥；机房首次启动时会生成，此后请另行备份。",
            f"No keys in {folder}; the room makes them when it first starts: then keep a copy elsewhere.",
        )
    broken = [file.name for file in files if not _whole(file)]
    if broken:
        return Finding(
            Level.FAILED,
            f"密钥 {broken[0]} 不完整，请从备份恢复；切勿删除重建，否则已密封的内容无法打开。",
            f"The key {broken[0]} is not whole; restore it from its copy: a new one opens nothing sealed before.",
        )
    days = {file.stem: max(0, int((now().timestamp() - file.stat().st_mtime) // 86400)) for file in files}
    told = "; ".join(f"{name} {age} d" for name, age in days.items())
    if days.get("sign", 0) > SIGNING_DAYS:
        return _open_to_others(files) or Finding(
            Level.WARNING,
            f"签名密钥已用 {days['sign']} 天，请停机后由两人运行 kawei room --rotate-key 更换（{told}）。",
            f"The signing key is {days['sign']} days old: let two people run kawei room --rotate-key ({told}).",
        )
    return _open_to_others(files) or fine(told)


def _whole(file: Path) -> bool:
    """A key is kept as hex, in one line."""
    try:
        return len(bytes.fromhex(file.read_text("ascii").strip())) == KEY_BYTES
    except (OSError, ValueError):
        return False


def _open_to_others(files: Iterable[Path]) -> Finding | None:
    for file in files:
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return Finding(
                Level.FAILED,
                f"{file} 其他账户也能读取，请运行 chmod 600 {file}。",
                f"Other accounts can read {file}; run chmod 600 {file}.",
            )
    return None


def certificate(
    url: str,
    fetch: Callable[[tuple[str, int]], str] = lambda address: ssl.get_server_certificate(address, timeout=5),
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Finding:
    """The certificate at an https address lasts; whether it is trusted shows where the room is asked."""
    from cryptography import x509

    parts = urlsplit(url)
    if parts.scheme != "https":
        return Finding(Level.OK, "内网 http，无证书", "plain http, no certificate")
    try:
        found = x509.load_pem_x509_certificate(fetch((parts.hostname or "", parts.port or 443)).encode())
    except (OSError, ValueError):
        return Finding(
            Level.FAILED,
            f"{url} 没有给出证书，请检查地址以及服务器是否在运行。",
            f"{url} gives no certificate; check the address and whether the server runs.",
        )
    until = found.not_valid_after_utc
    left = (until - now()).days
    if left < 0:
        return Finding(
            Level.FAILED,
            f"证书已于 {until:%Y-%m-%d} 到期，请更换。",
            f"The certificate ended on {until:%Y-%m-%d}; renew it.",
        )
    if left < SOON_DAYS:
        return Finding(
            Level.WARNING,
            f"证书将于 {until:%Y-%m-%d} 到期，请尽快更换。",
            f"The certificate ends on {until:%Y-%m-%d}; renew it soon.",
        )
    return Finding(Level.OK, f"有效期至 {until:%Y-%m-%d}", f"valid until {until:%Y-%m-%d}")
