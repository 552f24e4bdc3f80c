"""What `kawei doctor` looks at of a room's database server: whether it is reached, and keeps what it acknowledges."""

from __future__ import annotations

from app.cli.finding import Finding, Level

_PATIENCE_S = 5.0
_SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""Settings of PostgreSQL without which an acknowledged mark may be lost; stronger words than `on` are as good."""
_STRONGER = frozenset({"remote_write", "remote_apply"})


def database(url: str) -> Finding:
    """Connect, ask for its version and settings, change nothing."""
    from app.ports.store import StoreFault
    from app.storage import ask_server

    try:
        version, settings = ask_server(url, tuple(_SAFE), patience_s=_PATIENCE_S)
    except StoreFault as fault:
        return Finding(Level.FAILED, f"{fault.message('zh')}。", f"{fault.message('en')}.")
    unsafe = [name for name, value in settings.items() if value not in (_SAFE[name], *_STRONGER)]
    if unsafe:
        named = ", ".join(unsafe)
        return Finding(
            Level.FAILED,
            f"{version}：{named} 未打开，断电会丢失已确认的内容；请在服务器配置中设为 on。",
            f"{version}: {named} is off, a power cut would lose acknowledged work; set it to on in its configuration.",
        )
    return Finding(Level.OK, version, version)
