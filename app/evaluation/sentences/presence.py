"""What a refusal says about a seat that locked itself."""

from __future__ import annotations

PRESENCE: dict[str, tuple[str, str]] = {
    "presence_locked": (
        "席位已锁定；请在本席位刷脸解锁，或请工作人员核验",
        "the seat is locked; show your face at the seat, or call staff",
    ),
    "not_locked": ("席位没有锁定", "the seat is not locked"),
    "lock_too_soon": (
        "未持续 {seconds} 秒，席位不锁定",
        "a seat locks only after {seconds} seconds of it",
    ),
}
