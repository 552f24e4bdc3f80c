"""What `kawei doctor` looks at of the relay servers (TURN): each is asked for an allocation, which is given back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.errors import Fault
from app.cli.finding import Finding, Level

if TYPE_CHECKING:
    from app.cli.turn import TurnSettings

_SAID = {
    "unreachable": ("连不上，请核对地址、端口和防火墙", "cannot be reached; check address, port and firewall"),
    "silent": (
        "没有应答，请核对地址、端口、传输方式和防火墙",
        "does not answer; check address, port, transport, firewall",
    ),
    "not_turn": ("不是中继服务器（TURN），请核对地址和端口", "is no TURN server; check address and port"),
    "open": ("不验证身份即可使用，请在服务器上启用长期凭据", "serves anybody; switch on its long-term credentials"),
    "401": ("不认这个账号或密钥，请核对 user 和密钥文件", "does not know this user or secret; check both"),
    "441": ("不认这个账号或密钥，请核对 user 和密钥文件", "does not know this user or secret; check both"),
    "403": ("不许本机使用，请核对服务器的限制", "does not let this machine in; check its restrictions"),
    "486": ("该账号的中继已用完，请提高服务器的限额", "has no more allocations for this user; raise its quota"),
    "508": ("已无空闲的中继端口，请扩大端口范围", "has no more relay ports; widen their range"),
}


def relays(servers: Sequence[TurnSettings], folder: Path) -> Finding:
    """The first server that does not serve, with what to do; else that all do."""
    from app.cli.turn import relays_of
    from app.cli.turn_trial import TurnFault, allocate

    if not servers:
        return Finding(
            Level.OK, "未设置中继服务器：各席位须能直接互通", "none set: seats must reach each other directly"
        )
    try:
        found = relays_of(servers, folder)
    except Fault as fault:
        return Finding(Level.FAILED, fault.message("zh"), fault.message("en"))
    for relay in found:
        try:
            allocate(relay.url, relay.user, relay.secret)
        except TurnFault as fault:
            zh, en = _SAID.get(fault.code, (f"拒绝了申请（{fault.code}）", f"refuses ({fault.code})"))
            level = Level.WARNING if fault.code == "open" else Level.FAILED
            return Finding(level, f"{relay.url} {zh}。", f"{relay.url} {en}.")
    listed = ", ".join(relay.url for relay in found)
    return Finding(Level.OK, f"可以中继：{listed}", f"relays for this machine: {listed}")
