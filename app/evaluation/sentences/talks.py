"""What refusals about talks and offers say to a person."""

from __future__ import annotations

TALKS: dict[str, tuple[str, str]] = {
    "supplier_out": ("没有这家供应商，或者它已不参加", "there is no such supplier, or it takes part no more"),
    "bad_offer": (
        "价格须是大于零的数，例如 1566000 或 29.85",
        "a price is a number above zero, such as 1566000 or 29.85",
    ),
    "no_such_talk": ("没有这一次记录，请刷新后再试", "there is no such talk; look again"),
    "not_present": (
        "那一次您还不是成员，不能确认；须与各家重新进行",
        "you were no member at that talk; talks are held anew with everybody",
    ),
    "talks_unequal": (
        "与 {bid} 的次数少于别家，或者还有成员没有确认记录；请先补齐，给各家平等的机会",
        "{bid} was talked with less than others, or not all members stand by the minutes; make it equal first",
    ),
    "change_open": (
        "第 {number} 项变动还没有确认并通知全部供应商，请先办完",
        "change {number} is not confirmed and told to all suppliers yet; settle it first",
    ),
    "not_changeable": (
        "只能变动技术要求、服务要求和合同草案条款",
        "only technical demands, service demands and the contract's draft may change",
    ),
    "no_such_change": ("没有这一项变动，请刷新后再试", "there is no such change; look again"),
    "not_the_purchaser": (
        "须由采购人代表或者采购人确认",
        "only the purchaser's delegate or the purchaser may answer this",
    ),
    "nothing_to_pass": (
        "这一项变动还没有经采购人代表确认，或者已经通知",
        "this change is not confirmed by the purchaser yet, or was passed on already",
    ),
    "not_two_suppliers": (
        "现有 {count} 家供应商，不适用两家继续的规定",
        "there are {count} suppliers; the rule for two does not apply",
    ),
    "two_suppliers": (
        "只有两家供应商；请代理机构或者采购人写明两家继续的依据，否则由组长终止",
        "only two suppliers are left; agency or purchaser states the lawful reason, or the chair ends the talks",
    ),
    "too_few_suppliers": (
        "现有 {count} 家供应商，不足法定家数；有法定情形的由代理机构写明依据，否则由组长终止",
        "{count} suppliers are too few; the agency states the lawful reason, or the chair ends the talks",
    ),
    "price_is_agreed": ("单一来源不分轮报价，请直接商定价格", "with a single source a price is agreed on, not offered"),
    "offers_are_asked": ("这里的价格由供应商报价，不能商定", "prices are offered here, not agreed on"),
    "offers_running": (
        "本轮报价正在进行，开启后才能继续",
        "offers of a round are being entered; go on once they are opened",
    ),
    "offers_final": ("最后报价已经开启，不能再更改", "the last offers are opened; nothing changes any more"),
    "offers_missing": ("最后报价还没有开启", "the last offers are not opened yet"),
    "offers_over": ("报价时间已过，不能再提交", "the time for offers is over"),
    "offers_awaited": (
        "还有供应商没有报价，也没有到截止时间；请等候",
        "offers are still missing and the time is not over; please wait",
    ),
    "offer_given": ("{bid} 的报价已经封存，不能更改", "the offer of {bid} is sealed and final"),
    "above_limit": (
        "商定的价格超过采购预算（最高限价）；请继续协商，或者由组长终止",
        "the price is above budget or ceiling; go on talking, or the chair ends the talks",
    ),
}
