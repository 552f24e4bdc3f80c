"""What a refusal says about a seat that locked itself."""

from __future__ import annotations

PRESENCE: dict[str, tuple[str, str]] = {
    "presence_locked": (
        "席位已锁定；请在本席位刷脸解锁，或请工作人员核验",
        "the seat is locked; show your face at the seat, or call staff",
    ),
    "seat_not_ready": (
        "该席位的机器没有连接，请选择其他备用席位，或先开机并登记该席位",
        "the machine of that seat is not connected; choose another seat, or start and enrol it first",
    ),
    "seat_promised": (
        "该席位留给尚未抽取席位的成员，请选择其他备用席位",
        "this seat is kept for a member who has not drawn yet; choose another spare seat",
    ),
    "not_locked": ("席位没有锁定", "the seat is not locked"),
    "lock_too_soon": (
        "未持续 {seconds} 秒，席位不锁定",
        "a seat locks only after {seconds} seconds of it",
    ),
}
