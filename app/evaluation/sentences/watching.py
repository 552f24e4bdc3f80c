"""What a refusal says about watching."""

from __future__ import annotations

WATCHING: dict[str, tuple[str, str]] = {
    "watching_not_allowed": (
        "按本项目规则集，本岗位不监看席位影像",
        "the rule set of this evaluation does not let this post watch the seats' cameras",
    ),
    "watching_closed": (
        "独立评审期间本岗位不监看席位影像；各成员结束后会自动开放",
        "this post does not watch the seats' cameras while members work alone; it may again when all have ended",
    ),
    "nobody_at_seat": ("该席位现在没有人", "nobody sits at this seat now"),
    "already_watching": ("已在监看这些席位", "these seats are watched already"),
    "not_watching": ("没有在监看", "nothing is watched here"),
    "no_watching_to_close": ("没有需要关闭的监看", "no watching has to be closed"),
}
