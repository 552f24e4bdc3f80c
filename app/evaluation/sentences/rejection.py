"""What a refusal says about rejections after the review and about abnormally low prices."""

from __future__ import annotations

REJECTION: dict[str, tuple[str, str]] = {
    "rejection_waiting": (
        "{bid} 已有一项否决在表决，请先完成表决",
        "a rejection of {bid} is being voted on; finish it first",
    ),
    "low_price_first": (
        "{bid} 的异常低价还没有认定，请先认定或者撤回",
        "the low price of {bid} is still open; decide or withdraw it first",
    ),
    "nothing_to_vote": ("没有待表决的事项", "nothing is put to the vote"),
    "rejection_open": (
        "否决 {bid} 的表决还没有结束，请全体成员先表决",
        "the vote on rejecting {bid} is not over; all members have to vote first",
    ),
    "competition_not_due": ("现在不需要认定竞争性", "the competition need not be stated now"),
    "competition_unsaid": (
        "有效投标不足三家，请组长先认定是否仍有竞争性",
        "too few bids are left; the chair has to state the competition first",
    ),
    # abnormally low prices
    "low_price_untreated": (
        "{bid} 的报价触发异常低价情形，须先要求说明并作出认定",
        "the price of {bid} is abnormally low by the rules; ask for an explanation and decide first",
    ),
    "no_such_trigger": (
        "{bid} 没有触发这一情形，请改选“专业判断”并写明理由",
        "{bid} is not below that threshold; choose 'judgement' and give the reason",
    ),
    "time_not_over": (
        "还没有说明，期限 {until} 未到，现在不能表决",
        "there is no explanation yet and the time runs until {until}; vote then",
    ),
}
