"""What a refusal says about leaving the seat and coming back."""

from __future__ import annotations

LEAVE: dict[str, tuple[str, str]] = {
    "on_leave": (
        "您正在离席，席位已锁定；请先在本席位刷脸返回，或请工作人员核验",
        "you are on leave and the seat is locked; show your face at the seat first, or call staff",
    ),
    "not_on_leave": ("没有正在进行的离席", "this member is not on leave"),
    "nobody_at_seats": ("没有在席的成员", "nobody is at a seat"),
}
