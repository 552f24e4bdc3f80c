"""What a refusal on the main way says to a person: code -> (Chinese, English)."""

from __future__ import annotations

WAY: dict[str, tuple[str, str]] = {
    # the shape of a request
    "unknown_key": ("有不认识的字段", "there is an unknown key"),
    "missing_key": ("缺少必需的字段", "a required key is missing"),
    "bad_value": ("这个值不符合要求", "this value is not allowed here"),
    "bad_number": ("请输入数字，例如 8.5", "enter a number such as 8.5"),
    "unknown_type": ("不认识的记录类型：{type}", "unknown entry type: {type}"),
    "unknown_command": ("不认识的命令：{type}", "unknown command: {type}"),
    "wrong_hash": ("内容与其校验值不符，请重新导入", "the content does not match its hash; import it again"),
    "wrong_track": ("规则集与项目的法律轨道不一致", "rule set and tender belong to different legal tracks"),
    # who and when
    "not_permitted": ("您的角色无权进行这一操作", "your role may not do this"),
    "not_open": ("评审尚未导入", "the evaluation has not been imported"),
    "already_open": ("该评审已经导入", "this evaluation is already imported"),
    "closed": ("评审已结束归档，不能再更改", "the evaluation is closed; nothing can change any more"),
    "wrong_stage": (
        "当前环节（{stage}）不能进行这一操作",
        "this cannot be done at the present stage ({stage})",
    ),
    "wrong_member_stage": (
        "您当前的步骤（{stage}）还不能这样做",
        "this is not possible at your present step ({stage})",
    ),
    "not_seated": ("请先在本席位核验入座", "open this seat with your face first"),
    "not_in_committee": ("您不在本次评审委员会中", "you are not in this committee"),
    "not_the_chair": ("只有组长（负责人）可以进行这一操作", "only the chair may do this"),
    "unknown_member": ("名单中没有此人", "this person is not on the list"),
    "unknown_lot": ("没有这个标段（包）", "there is no such lot"),
    "unknown_bidder": ("没有这个投标人（供应商）", "there is no such bidder"),
    "not_in_table": (
        "该项不能给这个分值，只能给评分标准列出的分值",
        "this mark is not among those that the factor's rule allows",
    ),
    "basis_needed": ("请指明投标文件中作为依据的页", "name the page of the bid on which this rests"),
    "reason_needed": ("请填写理由（否决的还要写明页码）", "give a reason (and the page, for a failing item)"),
    # the room and its draws
    "unknown_device": ("本机未登记或已停用，请联系管理员", "this machine is not enrolled, or was shut out"),
    "draw_running": ("上一次抽签还没有完成", "another draw is still running"),
    "already_drawn": ("已经抽过，重抽须两人同意撤销", "this is drawn already; two people must cancel it first"),
    "no_such_draw": ("没有这一次抽签，或其步骤已过", "there is no such draw, or it is past this step"),
    "not_a_party": ("本机不是这次抽签的参与方", "this machine is no party to the draw"),
    "already_committed": ("本方已经提交", "this party has done so already"),
    "bad_signature": ("签名核验不通过", "the signature does not verify"),
    # arriving
    "not_drawn_yet": ("席位尚未抽取，请稍候", "the seats have not been drawn yet; please wait"),
    "late": (
        "已超过报到时限（{minutes} 分钟），请到工作台，由两名工作人员决定是否准予进入",
        "it is past the time limit of {minutes} minutes; two members of staff decide about your admission",
    ),
    "liveness_needed": (
        "未能确认镜头前是本人实时影像，请由两名工作人员核验",
        "it was not shown that a living person stood before the camera; two members of staff have to check",
    ),
    "slots_in_use": (
        "已有专家取得席位，不能再换抽签结果",
        "a seat has been taken; the draw cannot be replaced",
    ),
    "too_few_seats": (
        "可用席位 {seats} 个，少于专家 {people} 人；请开启更多席位",
        "{seats} seats are ready for {people} members; switch more seats on",
    ),
    "too_few_slots": ("抽出的席位少于专家人数", "fewer slots were drawn than there are members"),
    "already_requested": ("已经呼叫，工作人员正在处理", "this was requested already; staff are on it"),
    "already_approved": (
        "您已同意，需要另一角色的人员确认",
        "you have approved; someone of the other role must confirm",
    ),
    "same_role": ("须由另一角色的人员同意", "someone of another role has to agree"),
    "password_needed": (
        "请由第二人当面输入本人密码确认",
        "the second person confirms with the own password, typed afresh",
    ),
    "nothing_requested": ("没有待处理的请求", "nothing is waiting for an answer"),
    "locker_in_use": ("该储物柜已被占用，请换一个", "this locker is in use; take another one"),
    "not_the_next_slot": ("席位只能依次领取", "slots are taken in their order"),
    "seat_taken": ("该席位已被领取", "this seat is taken"),
    "interest_open": ("请对每一家投标人（供应商）作出声明", "state your interest for every bidder"),
    # composing
    "already_constituted": ("评审委员会已经成立", "the committee is already constituted"),
    "members_missing": (
        "还有 {count} 名成员未完成入座、承诺或回避",
        "{count} members have not pledged or recused yet",
    ),
    "committee_too_small": (
        "成员 {count} 人，少于规定的 {minimum} 人，请补抽专家",
        "{count} members, fewer than the {minimum} required; draw more experts",
    ),
    "committee_even": ("成员 {count} 人，应为单数，请补抽专家", "{count} members; the number must be odd"),
    "too_few_experts": (
        "专家 {count} 人，不足成员总数 {total} 人的三分之二",
        "{count} experts are fewer than two thirds of {total} members",
    ),
    "not_authorised": ("代表缺少授权书", "the delegate's authorisation letter is missing"),
    "chair_chosen": ("组长（负责人）已经产生", "the chair is already chosen"),
    "already_proposed": ("已有人被推荐，请先表态", "someone is proposed already; answer that first"),
    "not_eligible": ("此人不能担任组长（负责人）", "this member may not chair"),
    "nothing_proposed": ("还没有人被推荐", "nobody has been proposed"),
    "already_agreed": ("您已经同意", "you have agreed already"),
    "not_a_candidate": ("此人不是本轮候选人", "this member is no candidate of this ballot"),
    "nothing_to_draw": ("没有需要抽签决定的事项", "there is nothing to draw lots for"),
    "bad_transcript": ("抽签记录核验不通过", "the draw's transcript does not verify"),
    # working alone
    "no_such_round": ("这一轮还没有开始", "this round has not begun"),
    "round_over": ("这一轮已经结束", "this round is over"),
    "already_sealed": ("您已提交并封存，不能再改", "you have sealed this; it cannot be changed"),
    "nothing_sealed": ("您还没有提交", "you have not sealed anything yet"),
    "old_key": ("机房密钥已更新，正在重新提交", "the room's key has changed; sealing again"),
    "holds_other_share": (
        "本控制台已保管另一角色的密钥份额，不能兼任，请换一台控制台登录",
        "this console holds the other role's share of keys; log in at another one",
    ),
    "no_committee": ("评审委员会尚未成立", "the committee is not constituted yet"),
    "nothing_missing": (
        "没有缺少该席位的密钥：须全体已结束，且该席位交存过份额",
        "this seat's key is not what is missing: all must have ended, and the seat must have kept its shares",
    ),
    "seat_there": ("该席位在线，会自动交回密钥，请稍候", "this seat is connected and gives its key by itself; wait"),
    "bound_elsewhere": ("封存内容与当前环节不符", "the sealed sheet belongs to another place"),
    "not_all_ended": ("还有成员未结束", "not all members have ended"),
    "sheet_not_opened": (
        "提交的内容无法核对，请重新提交",
        "what was sealed cannot be opened for the check; seal it again",
    ),
    "wrong_commitment": ("开启的内容与封存承诺不符", "the opened sheet is not the one committed to"),
    "absent_verdict": ("还有未评审的项目", "an item has no verdict yet"),
    "absent_mark": ("还有未打分的项目", "a factor has no mark yet"),
    "out_of_range": ("分值超出允许范围", "the mark is out of its range"),
    "too_many_decimals": ("小数位数太多", "too many decimals"),
    # together
    "verdicts_differ": (
        "“{item}”意见不一致（{bid}），请组长发起重新评审",
        "members differ on '{item}' ({bid}); the chair must have it repeated",
    ),
    "not_the_verdicts": ("所列否决与评审意见不符", "the rejections named are not what the verdicts say"),
    "unknown_ground": ("没有这一否决依据", "there is no such rejection ground"),
    "no_lawful_ground": ("法律不允许以此为由", "the law does not allow this for that reason"),
    "competition_open": (
        "有效投标不足三家，请说明是否仍有竞争性",
        "fewer than three bids are left; state whether there is still competition",
    ),
    "objective_mismatch": (
        "客观分不一致（{place}），须由组长发起重新评审后再继续",
        "objective marks differ ({place}); the chair must have marking repeated first",
    ),
    "not_scorable": (
        "无法计算得分（{reason}），请联系管理员",
        "the scores cannot be computed ({reason}); call the staff",
    ),
    "earlier_lot_first": (
        "本项目兼投不兼中，请先完成第 {lot} 标段（包）的签署",
        "one bidder cannot win every lot here: sign lot {lot} first",
    ),
    "already_answered": ("您已经表态", "you have answered already"),
    "unknown_phase": (
        "这一阶段还没有开启的评分，不能重新进行；请选已开启的阶段",
        "this phase has no open marks to do again; choose one that has",
    ),
    "nothing_marked": (
        "这里不评分，没有可以重新进行的评分；请核对报价与资料",
        "nothing is marked here, so there is no marking to repeat; check prices and papers",
    ),
    # leaving
    "report_missing": ("评审报告尚未完成", "the report is not finished"),
    "members_inside": ("还有成员未离场", "members are still inside"),
}
