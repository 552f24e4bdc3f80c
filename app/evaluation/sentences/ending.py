"""What a refusal says about choosing a chair by name, opinions, signing, ending and going back."""

from __future__ import annotations

ENDING: dict[str, tuple[str, str]] = {
    "chair_is_elected": ("规则集规定由成员推举，不能指定", "by the rules the members choose the chair"),
    "no_opinion_asked": ("本标段（包）不需要出具专家意见", "no opinion is asked for this lot"),
    "opinion_needed": (
        "请先出具不足三家的专家意见，再签署报告",
        "state your opinion on the tender first, then sign",
    ),
    "time_to_sign": (
        "请给成员至少 {minutes} 分钟签署或书面说明，时间未到",
        "members have {minutes} minutes to sign or to write down their reasons; it is too early",
    ),
    "signing_not_due": ("现在没有需要签名的报告", "no report is to be signed now"),
    "signature_due": (
        "请先在报告上签名；不能电子签名的，在打印的报告上签字并由两人录入",
        "sign the report first; who cannot signs the printed one, which two people enter",
    ),
    "signature_overtaken": (
        "另一位成员刚刚签名，请再签一次",
        "another member has just signed; sign once more",
    ),
    "certificate_used": (
        "这张证书已用于另一位成员的签名，请插入您本人的证书",
        "this certificate has served another member; plug in your own",
    ),
    "back_step_forbidden": (
        "规则集规定流程不得回退；确需改正的，按重新评审或复核办理",
        "the rules forbid going back; use a repeat of the stage instead",
    ),
    "back_step_open": (
        "已申请流程回退，请等批准或驳回后再继续",
        "a back-step waits for approval; go on after it is decided",
    ),
    "not_for_discussion": (
        "主观评审因素不得协商；只能对客观事项说明意见",
        "subjective factors are not discussed; only facts are",
    ),
    "not_closed": (
        "评审尚未结束；签署前的改正按复核办理",
        "the evaluation is not closed; before signature put it right by a check",
    ),
    "unknown_item": ("没有这一评审项目", "there is no such item"),
    "nothing_disputed": ("各成员对此项意见已经一致", "the members agree on this item"),
    "no_change": ("与您原来的意见相同；维持原意见请选“维持”", "this is your position already; choose to keep it"),
}
