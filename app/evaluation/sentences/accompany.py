"""What a refusal says beside a platform."""

from __future__ import annotations

ACCOMPANY: dict[str, tuple[str, str]] = {
    "same_export": (
        "这份导出数据刚刚核验过；请在平台更正并重新导出后再发送",
        "this export was checked just now; send it again when it was corrected and exported anew",
    ),
    "nothing_checked": (
        "还没有可供处理的平台数据；请等代理机构或中心发送平台导出的数据",
        "nothing of the platform has been checked yet; wait until its export is sent",
    ),
    "correction_awaited": (
        "已要求平台更正；请等新导出的数据核验之后再记录说明",
        "a correction is awaited; note it when the new export has been checked",
    ),
}
