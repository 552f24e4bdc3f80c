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
    "word_asked": ("您已请求发言或正在发言", "you have asked for the word, or have it"),
    "recording_noted": (
        "录音录像清单的这一段已登记；请登记更后的一段",
        "this segment of the recording's list is noted already; note a later one",
    ),
    "no_call_to_close": ("没有需要关闭的通话", "no call has to be closed"),
}
