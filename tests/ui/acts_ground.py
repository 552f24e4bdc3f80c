"""Acts and notices as a matter might offer them, planted into the views of seats and consoles under test."""

from __future__ import annotations

from typing import Any

from app.evaluation import codec
from app.evaluation.matter import Act, Field, FieldKind, Notice, Option, Words

LEAVE = Act(
    "RequestLeave",
    Words("申请暂离席位", "Ask to leave the seat for a while"),
    Words(
        "向场内管理申请。同意后锁定席位，回来须重新核验身份；已填写的内容都会保留。",
        "The centre is asked. Once it agrees, the seat is locked, and your identity is checked when you are back.",
    ),
    (
        Field("minutes", Words("预计几分钟", "For how many minutes"), FieldKind.COUNT),
        Field(
            "why",
            Words("事由", "Why"),
            FieldKind.CHOICE,
            (
                Option("toilet", Words("如厕", "Toilet")),
                Option("meal", Words("用餐", "Meal")),
                Option("health", Words("身体不适", "Health")),
            ),
        ),
        Field("reason", Words("需要说明的情况", "What else there is to say"), needed=False),
    ),
)
VOTE = Act(
    "VoteOnLowPrice",
    Words("请表态：第二工程咨询公司的报价是否可能影响质量", "Say whether the price may harm the work"),
    Words("提交后其他成员看不到您的意见，直到全体成员都已表态。", "Nobody sees what you say until all have answered."),
    (
        Field(
            "finding",
            Words("您的意见", "What you find"),
            FieldKind.CHOICE,
            (
                Option("accept", Words("说明合理，继续评审", "Accept")),
                Option("reject", Words("不能合理说明", "Reject")),
            ),
        ),
        Field("reason", Words("理由", "Reason")),
    ),
    {"lot": "1", "bid": "B"},
    urgent=True,
)
STOP = Act(
    "ProposeTermination",
    Words("提议终止评审", "Propose to end the evaluation"),
    Words(
        "须由另一岗位的人员批准。批准后本次评审不再继续。",
        "Someone of another duty has to agree. Nothing goes on then.",
    ),
    (Field("reason", Words("理由", "Reason")),),
    grave=True,
)
SCAN = Act(
    "EnterPaper",
    Words("登记纸质材料", "Register a paper"),
    Words(
        "席位不能使用时，成员在纸上办理的环节由两人录入：您登记，见证人员核对。",
        "Two people enter what was done on paper.",
    ),
    (
        Field(
            "what",
            Words("办理的环节", "What was done"),
            FieldKind.CHOICE,
            (
                Option("pledge", Words("评审承诺书", "Pledge")),
                Option("confirm", Words("确认评审结果", "Confirmation")),
            ),
        ),
        Field("paper", Words("扫描件", "Scan"), FieldKind.PAPER),
        Field("reason", Words("为什么用纸", "Why on paper")),
    ),
)
PAUSED = Notice(
    Words("评审暂停：系统维护", "The evaluation is paused"),
    "2026-03-02T14:05:00.000000+08:00",
    "2026-03-02T14:35:00.000000+08:00",
    urgent=True,
)
RENEWED = Notice(Words("已有一名成员暂离席位", "One member is away from the seat"), "2026-03-02T14:01:00.000000+08:00")


def plant(view: dict[str, Any], *acts: Act, notices: tuple[Notice, ...] = ()) -> dict[str, Any]:
    """Put acts and notices into the first evaluation of a view."""
    mine = view["evaluations"][0]
    mine["acts"] = [codec.to_json(act) for act in acts]
    mine["matters"] = {"planted": {"notices": [codec.to_json(one) for one in notices]}} if notices else {}
    return view
