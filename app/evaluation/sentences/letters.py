"""What a refusal says about letters to bidders, clarification and corrected prices."""

from __future__ import annotations

LETTERS: dict[str, tuple[str, str]] = {
    "no_such_letter": (
        "没有这一函件，不能录入没有要求的答复",
        "there is no such letter; unasked answers are not taken",
    ),
    "letter_closed": ("这一函件已经了结", "this letter is closed"),
    "already_passed": ("这一函件已经转交", "this letter was passed on already"),
    "not_passed": ("请先转交这一函件", "pass the letter on first"),
    "letter_answered": ("这一函件已有答复或者已登记没有答复", "this letter is answered, or known to stay unanswered"),
    "nothing_answered": ("还没有答复，请先录入答复", "there is no answer yet; enter it first"),
    "names_bidder": (
        "文字里有投标人（供应商）名称，请改用投标代号",
        "the text names a bidder; write the bid's code instead",
    ),
    "time_left": (
        "答复期限是 {until}，期限未到；对方明确拒绝的请选“拒绝答复”",
        "the time runs until {until}; only a refusal can be recorded before",
    ),
    "original_needed": (
        "暗标阶段的答复必须附原件，见证人员要对照",
        "while bids have codes the original is needed: the witness compares it",
    ),
    "nothing_to_compare": ("没有待核对的答复", "no answer waits to be compared"),
    "masked_letter_open": (
        "第 {letter} 号澄清函还没有了结，请先认定或者撤回，再结束暗标阶段",
        "letter {letter} is still open; judge or withdraw it before the blind phase is closed",
    ),
    "unknown_code": ("没有这个暗标编号，请用您自己看到的编号", "there is no such code; use one of your own"),
    "not_masked": (
        "现在不能按编号提问：编号没有生成，或者已经揭示",
        "nothing is asked by code now: codes are not dealt, or opened already",
    ),
    "nothing_late": ("没有待议的迟到答复", "no late answer waits to be judged"),
    "letter_open": (
        "第 {letter} 号函（{bid}）还没有了结，请先认定或者撤回",
        "letter {letter} ({bid}) is still open; judge or withdraw it first",
    ),
    "letter_waiting": (
        "{bid} 还有一份同类函件没有了结，请等它了结",
        "a letter of this kind to {bid} is still open; wait for it",
    ),
    "letter_unsettled": (
        "还没有答复，或者迟到的答复还没有议定，请稍候",
        "there is no answer yet, or a late one is not judged; wait",
    ),
    "too_little_time": ("答复时间不得少于 {minutes} 分钟", "the bidder has at least {minutes} minutes"),
    "unknown_bid": ("没有这个投标，或者它已不在评审之中", "there is no such bid, or it is out already"),
    "no_such_draft": ("没有这一待发的问题", "there is no such draft"),
    "finding_does_not_fit": (
        "没有可以采用的答复，只能认定为拒绝或者未按要求答复",
        "there is no answer to go by; only 'refused' is possible",
    ),
    # corrected prices
    "correction_waiting": (
        "{bid} 的算术修正还没有了结，请先认定或者撤回",
        "the correction of {bid} is still open; settle or withdraw it",
    ),
    "kind_not_in_rules": ("规则集没有这一修正情形", "the rule set has no such kind of correction"),
    "wrong_correction_order": (
        "修正须按法定顺序：{order}；请清除后按顺序重新登记",
        "corrections follow the legal order: {order}; clear them and note them again",
    ),
    "no_difference": ("两个数相同，没有差异", "the two figures are the same"),
    "nothing_noted": ("还没有登记差异，请先逐项登记", "no difference is noted yet"),
    "not_the_opened_price": (
        "开标一览表的数应为 {price}",
        "the opening list's figure is {price}",
    ),
    "not_a_shift": (
        "不是小数点错位：两个数须相差 10 的整数次倍",
        "not a misplaced point: the figures must differ by a power of ten",
    ),
    "not_the_corrected_price": (
        "按所列差异修正后的报价应为 {price}",
        "by the differences noted the corrected price is {price}",
    ),
}
