"""What a refusal says while an evaluation is paused, and about going on."""

from __future__ import annotations

PAUSE: dict[str, tuple[str, str]] = {
    "paused": (
        "评审已暂停，请等候恢复；已填写的内容都已保存，有事请呼叫工作人员",
        "the evaluation is paused; what you typed is kept, wait until it goes on, or call staff",
    ),
    "not_paused": ("评审没有暂停", "the evaluation is not paused"),
    "already_paused": ("评审已经暂停", "the evaluation is paused already"),
    "nothing_to_pause": (
        "已全部进入报告环节，没有可暂停的",
        "all lots have come to their reports; there is nothing to pause",
    ),
    "presence_not_called": (
        "尚未召集核验，请等候工作人员通知",
        "presence was not called yet; wait until the staff calls",
    ),
    "already_verified": ("您已核验，请等候恢复", "you are verified already; wait until it goes on"),
    "presence_missing": (
        "还有成员未重新核验（{who}）；请先召集核验，全部核验后才能恢复",
        "not verified again yet: {who}; call everybody first, then go on",
    ),
    "night_changed": (
        "留痕与封存时的根不一致，不能恢复；请保持现状并立即报告行政监督部门",
        "the journal no longer begins with the root of the evening; leave all as it is and report it to the regulator",
    ),
    "fault_not_over": ("故障时限到 {until} 才满，届时再决定", "the fault's limit ends at {until}; decide then"),
    "nothing_to_decide": (
        "没有需要决定的事项：只有开始前的系统故障超过时限才由您决定",
        "there is nothing to decide: only a fault before the start that lasts too long is yours to decide",
    ),
    "already_decided": ("已经作出决定", "this was decided already"),
    "tenderee_decides": (
        "开始前的故障已超过时限，须由招标人（采购人）决定是否继续",
        "the fault before the start has lasted too long; the tenderee (purchaser) decides whether to go on",
    ),
    "postponed": (
        "招标人（采购人）已决定延期，不能恢复；请以“系统故障”办理终止，封存资料后另行组织",
        "the tenderee (purchaser) postponed it; end the evaluation on the ground of a fault, and begin anew later",
    ),
    "fault_too_long": (
        "评审中的故障已超过时限，不能恢复；请以“系统故障”办理终止，由重新组建的评审委员会评审",
        "the fault has lasted too long; end the evaluation on the ground of a fault, a new committee evaluates anew",
    ),
}
