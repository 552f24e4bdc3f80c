"""What the centre may do in calls from the page of matters: tell every seat something in writing, and take it away."""

from __future__ import annotations

from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, Words
from app.evaluation.matters.call.decisions import announcement
from app.evaluation.model import Evaluation
from app.rules.model import Party


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """A broadcast in writing, one at a time; it stands above every page of every seat until it is taken away."""
    if viewer.role is not Party.CENTRE:
        return []
    if announcement(state) is not None:
        over = Words("各席位不再显示该广播。", "The seats show it no more.")
        return [Act("EndBroadcast", Words("结束广播", "Take the broadcast away"), over)]
    told = Words(
        "所有席位（含已锁定的）在页面上方看到，直到结束；写入日志和评审报告。",
        "Every seat, locked ones too, shows it above its page until it is taken away; journal and report keep it.",
    )
    words = Field("text", Words("告知各席位的内容", "What every seat is told"))
    return [Act("Broadcast", Words("文字广播", "Tell every seat"), told, (words,), data={"spoken": False})]
