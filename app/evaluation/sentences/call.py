"""What a refusal says about calls."""

from __future__ import annotations

CALL: dict[str, tuple[str, str]] = {
    "call_closed": (
        "独立评审期间会商关闭；各成员结束后会自动开放",
        "the committee's call is closed while members work alone; it opens by itself when all have ended",
    ),
    "seat_locked": ("席位已锁定，解锁后再加入会商", "the seat is locked; unlock it first"),
    "not_in_committee": (
        "只有在席的评审委员会成员可以加入会商",
        "only sitting members of the committee join its call",
    ),
    "no_such_call": ("没有这个通话；请从本机的通话栏加入", "there is no such call; join from the call strip"),
    "already_in_call": ("已在通话中", "already in this call"),
    "not_in_call": ("不在通话中，请先加入", "not in the call; join it first"),
    "line_not_open": (
        "询问未开通，请等待中心开通",
        "the line is not open; wait until the centre opens it",
    ),
    "line_not_allowed": (
        "规则集不允许询问该方；请以书面澄清等方式处理",
        "the rule set does not let the committee ask this party; use written clarification",
    ),
    "line_asked": ("已有一条询问线路；请先结束", "there is a line already; end it first"),
    "line_open": ("询问线路已开通", "the line is open already"),
    "no_line": ("没有请求过询问；由组长先提出", "no line was asked for; the chair asks first"),
    "committee_not_whole": (
        "不得由部分成员询问：{alias}不在会商中；全体成员加入后再开通",
        "no part of the committee may ask: {alias} is not in the call; open it when all have joined",
    ),
    "recording_off": (
        "{alias}的录音录像未在进行，不得开通询问；恢复录音录像后再开通",
        "{alias} is not recorded, so the line stays closed; open it when the recording is on",
    ),
    "call_held": ("该通话已在保持中", "this call is on hold already"),
    "call_not_held": ("该通话未在保持中", "this call is not on hold"),
    "no_such_taker": (
        "规则集不允许转接给该角色；请转给中心的另一台控制台或者规则集允许的角色",
        "the rule set lets nobody of this role take the call; hand it to another console of the centre or to who may",
    ),
    "broadcast_on": ("正在广播，请先结束", "a broadcast is on; end it first"),
    "no_broadcast": ("没有正在进行的广播", "no broadcast is on"),
    "word_asked": ("您已请求发言或正在发言", "you have asked for the word, or have it"),
    "recording_noted": (
        "录音录像清单的这一段已登记；请登记更后的一段",
        "this segment of the recording's list is noted already; note a later one",
    ),
    "recording_sealed": (
        "独立评审期间任何人不得调阅录音录像；评审结束后再申请",
        "nobody looks at a recording while members work alone; ask again when they have ended",
    ),
    "recordings_held": (
        "该项目有未了结的异议或投诉，录音录像不得删除；了结后由另一角色解除保留",
        "an objection or a complaint is open, so nothing of it is deleted; another role frees it when that is over",
    ),
    "no_recording": ("该席位还没有录音录像", "there is no recording of that seat yet"),
    "nothing_new": ("没有新的情况需要登记", "there is nothing new to be noted"),
    "no_call_to_close": ("没有需要关闭的通话", "no call has to be closed"),
}
