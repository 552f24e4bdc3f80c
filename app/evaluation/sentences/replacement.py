"""What a refusal says about the replacement of members."""

from __future__ import annotations

REPLACEMENT: dict[str, tuple[str, str]] = {
    "already_reporting": (
        "评审报告已在签署，不能再更换成员；确有必要的，按重新评审办理",
        "the report is being signed; members are not replaced any more, ask for a re-evaluation",
    ),
    "nothing_vacant": ("没有空缺的成员席位", "no place in the committee is vacant"),
    "no_slot_left": (
        "备用席位只剩 {slots} 个，不够补抽的人数；请减少补抽人数或终止评审",
        "only {slots} spare slots are left for supplementary members",
    ),
    "committee_incomplete": (
        "有成员被更换，须补齐并重新组成后才能进行汇总环节；您可以继续独立评审",
        "a member was replaced; the group goes on once the committee is composed again",
    ),
}
