"""What a refusal says about the time on duty."""

from __future__ import annotations

DUTY: dict[str, tuple[str, str]] = {
    "minutes_open": (
        "评审尚未结束，时长还不能确认",
        "the evaluation is not over; the minutes can be confirmed once it is",
    ),
    "minutes_differ": (
        "时长现为 {minutes} 分钟，请核对后再确认",
        "the minutes are {minutes} now; look at them again, then confirm",
    ),
}
