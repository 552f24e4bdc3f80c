"""What a refusal says about a member who stays away."""

from __future__ import annotations

WALK_OUT: dict[str, tuple[str, str]] = {
    "walked_out": (
        "该成员已记录为擅离职守；须办理更换，或经中心和见证两人撤销记录",
        "this member is recorded as having walked out; replace the member, or two people excuse the absence",
    ),
    "not_absent": ("该成员没有未归的离席", "this member is not away"),
    "absence_too_short": (
        "到 {until} 仍未返回的才能记录擅离职守",
        "this counts as walking out from {until} on; wait until then",
    ),
}
