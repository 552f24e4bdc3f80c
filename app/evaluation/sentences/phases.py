"""What a refusal in marking by phases says: unsealing, demonstrations, codes, second envelopes, coefficients."""

from __future__ import annotations

PHASES: dict[str, tuple[str, str]] = {
    "nothing_to_unseal": (
        "现在没有等待开启的评分阶段",
        "no phase of marking waits to be opened now",
    ),
    "nothing_held_now": (
        "当前阶段没有演示或样品展示需要登记",
        "no demonstration or sample belongs to the present phase",
    ),
    "already_held": ("这一家已经登记过", "this bid's demonstration is recorded already"),
    "held_out_of_order": (
        "时间不对：开始不能晚于结束，结束不能晚于现在；请核对",
        "the times are wrong: it begins before it ends, and it ended before now",
    ),
    "order_due": (
        "次序还没有抽取；请见证人员先启动抽取",
        "the order is not drawn yet; the witness has it drawn first",
    ),
    "not_its_turn": ("按抽取的次序，现在应当是 {bid}", "by the order drawn it is the turn of {bid}"),
    "demonstration_missing": (
        "{bids} 的{what}还没有登记，登记后才能封存；请稍候，可继续评分",
        "bids {bids} have not been shown yet; go on marking, seal when all are recorded",
    ),
    "codes_not_dealt": (
        "暗标编号正在生成，请过几秒再试",
        "the codes for blind marks are being dealt; try again in a few seconds",
    ),
    "blind_now": (
        "暗标阶段不能指名投标；请在编号揭示后提出，或呼叫工作人员",
        "no bid can be named while marks are blind; ask when the codes are open, or call the staff",
    ),
    "second_opening_due": (
        "第二信封的开标记录还没有录入；请由代理机构先录入",
        "the second opening record is due; the agency enters it first",
    ),
    "not_the_opened_bids": (
        "报价应当恰好是通过第一信封的各家：{bids}；请核对",
        "prices are due for exactly the bids that passed the first envelope: {bids}",
    ),
    "not_the_coefficients": (
        "系数应当恰好是 {ids}，并且是招标文件列出的值；请核对",
        "coefficients are due for exactly {ids}, each one of the document's values",
    ),
    "not_drawn_now": (
        "现在不能抽取这个系数；请按招标文件规定的时间抽取",
        "this coefficient cannot be drawn now; draw it when the document says so",
    ),
    "unknown_coefficient": ("没有这个系数", "there is no such coefficient"),
}
