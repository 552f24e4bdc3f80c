"""What talks offer to whom: the chair leads, members stand by minutes, the purchaser confirms, the agency carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Option, Words
from app.evaluation.matters.talks.decisions import enough, going_on, is_purchaser, single_source, unequal
from app.evaluation.matters.talks.folds import round_name
from app.evaluation.matters.talks.memory import Change, LotTalks, OfferRound, Part, of_lot
from app.evaluation.matters.talks.two import is_short, may_claim
from app.evaluation.model import Evaluation, LotState
from app.evaluation.moments import clock
from app.evaluation.stages import LotStage, MemberStage
from app.rules.model import Party

_REASON = Field("reason", Words("理由", "Reason"))
PARTS = {
    Part.TECHNICAL: Words("技术要求", "Technical demands"),
    Part.SERVICE: Words("服务要求", "Service demands"),
    Part.CONTRACT: Words("合同草案条款", "Draft of the contract"),
}


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """Everything that this viewer may do about the talks of any lot now."""
    return [act for lot in state.lots.values() for act in _of_lot(state, lot, viewer)]


def _of_lot(state: Evaluation, lot: LotState, viewer: Actor) -> Iterator[Act]:
    talks = of_lot(state, lot.lot.id)
    if viewer.role is Party.AGENCY:
        yield from _papers(lot, talks)
    if viewer.role in (Party.AGENCY, Party.TENDEREE) and may_claim(state, lot):
        yield _exception(state, lot)
    member = state.by_alias(viewer.alias or "") if viewer.role is Party.MEMBER else None
    if lot.stage is not LotStage.TALKING:
        if member is not None and may.sits(state, viewer) and member.alias == state.chair and is_short(state, lot):
            yield _ending(state, lot)
        return
    if member is not None and member.stage is MemberStage.PLEDGED and member.alias in state.committee:
        yield from _of_member(state, lot, talks, member.alias or "")
        if member.alias == state.chair:
            yield from _of_chair(state, lot, talks)
    if viewer.role is Party.TENDEREE or (member is not None and is_purchaser(state, viewer)):
        yield from _of_purchaser(lot, talks)
    if viewer.role is Party.AGENCY:
        yield from _of_agency(state, lot, talks)


def _bids(lot: LotState, bids: Iterable[str]) -> tuple[Option, ...]:
    names = {bid.id: f"{bid.id}　{bid.bidder}" for bid in lot.lot.bids}
    return tuple(Option(bid, Words(names[bid], names[bid])) for bid in bids)


def _supplier(lot: LotState, bids: Iterable[str]) -> Field:
    return Field("bid", Words("供应商", "Supplier"), FieldKind.CHOICE, _bids(lot, bids))


# --- the group


def _of_member(state: Evaluation, lot: LotState, talks: LotTalks, alias: str) -> Iterator[Act]:
    word = state.ruleset.words["talk"]
    remark = Field("remark", Words("补充或者不同意见（没有就不填）", "To be added, if anything"), needed=False)
    for talk in talks.talks:
        if alias in talk.present and alias not in talk.attested:
            title = Words(
                f"确认{word}记录：{talk.bid} 第 {talk.turn} 次", f"Stand by the minutes: {talk.bid}, talk {talk.turn}"
            )
            data = {"lot": lot.lot.id, "bid": talk.bid, "turn": talk.turn}
            yield Act("AttestTalk", title, Words(talk.minutes, talk.minutes), (remark,), data, urgent=True)


def _of_chair(state: Evaluation, lot: LotState, talks: LotTalks) -> Iterator[Act]:
    found = talks.running
    if found is not None:
        yield _opening(state, lot, found)
    elif talks.closed:
        yield from _concluding(state, lot, talks)
    else:
        yield from _talking(state, lot, talks)
    few = not enough(state, talks, len(going_on(lot, talks)))
    if few or single_source(state):
        yield _ending(state, lot)


def _ending(state: Evaluation, lot: LotState) -> Act:
    title = Words(f"{state.ruleset.words['too_few']}（没有结果）", "End the talks without result")
    help_ = Words(
        "供应商不足法定家数，或者不能商定合理价格时使用；此后不能恢复。", "Too few suppliers, or no price agreed."
    )
    return Act("EndTalks", title, help_, (_REASON,), {"lot": lot.lot.id}, grave=True)


def _talking(state: Evaluation, lot: LotState, talks: LotTalks) -> Iterator[Act]:
    words, data = state.ruleset.words, {"lot": lot.lot.id}
    word = words["talk"]
    minutes = Field("minutes", Words(f"{word}记录", "Minutes"))
    help_ = Words(
        f"全体成员与这一家集中{word}后填写；每位成员都要确认。各家的次数要相同。",
        "After the whole group talked with this one; every member confirms. Equal turns for all.",
    )
    title = Words(f"记录一次{word}", "Put a talk down")
    if lot.live_bids():
        yield Act("HoldTalk", title, help_, (_supplier(lot, lot.live_bids()), minutes), data)
    if not single_source(state):
        parts = tuple(Option(part.value, told) for part, told in PARTS.items())
        what = Field("part", Words("变动什么", "What changes"), FieldKind.CHOICE, parts)
        text = Field("text", Words("变动的内容", "The change"))
        title = Words("变动采购需求", "Change the demands")
        help_ = Words(
            "只能变动技术、服务要求和合同草案条款；经采购人代表确认后，由代理机构书面同时通知全部供应商。",
            "Technical, service or contract only; the purchaser confirms, the agency tells all suppliers at once.",
        )
        yield Act("ChangeDemands", title, help_, (what, text), data)
    ready = unequal(state, lot, talks) is None and all(change.settled for change in talks.changes)
    if not ready or not lot.live_bids():
        return
    if single_source(state):
        price = Field("price", Words("商定的价格（元）", "Price agreed on (yuan)"), FieldKind.NUMBER)
        terms = Field("terms", Words("合同主要条款及价格商定情况", "Main terms, and how the price was agreed"))
        help_ = Words("价格不得超过采购预算；提交后进入全体确认。", "Within the budget; then everybody confirms.")
        yield Act("AgreePrice", Words("商定成交价格", "Agree on the price"), help_, (price, terms), data, grave=True)
    elif enough(state, talks, len(lot.live_bids())):
        final = len(talks.rounds) + 1 >= state.ruleset.procedure.offer_rounds
        name = round_name(len(talks.rounds) + 1, final, words["offer"])
        minutes = Field("minutes", Words("给予的时间（分钟）", "Time given (minutes)"), FieldKind.COUNT)
        help_ = Words(
            f"{word}结束，要求全部供应商在规定时间内提交{name}。报价由代理机构录入，封存到一并开启。",
            "Ends the talks; all suppliers offer in the given time. Offers stay sealed until opened together.",
        )
        yield Act("CallOffers", Words(f"要求提交{name}", "Ask for offers"), help_, (minutes,), data)


def _opening(state: Evaluation, lot: LotState, found: OfferRound) -> Act:
    missing = [bid for bid in lot.live_bids() if bid not in found.offers]
    name = round_name(found.number, found.final, state.ruleset.words["offer"])
    until = clock(found.deadline)
    help_ = Words(
        f"已收到 {len(found.offers)} 家。全部提交后，或者到 {until} 截止后，一并开启。"
        + ("到时没有提交最后报价的，视为退出。" if found.final and missing else ""),
        f"{len(found.offers)} received. Opened together once all are in, or after {until}.",
    )
    title = Words(f"一并开启{name}", "Open all offers")
    return Act("OpenOffers", title, help_, (), {"lot": lot.lot.id}, urgent=not missing)


def _concluding(state: Evaluation, lot: LotState, talks: LotTalks) -> Iterator[Act]:
    left = len(going_on(lot, talks))
    if not enough(state, talks, left) and left == 2 and state.ruleset.procedure.two_bids:
        return  # the agency states the exception, or the chair ends the talks
    word, out = state.ruleset.words["talk"], len(lot.live_bids()) - left
    help_ = Words(
        f"{left} 家进入下一步" + (f"，{out} 家没有报价或者超过预算（最高限价），不再进入。" if out else "。"),
        f"{left} suppliers go on; {out} do not.",
    )
    title = Words(f"结束{word}", "Conclude the talks")
    yield Act("ConcludeTalks", title, help_, (), {"lot": lot.lot.id}, urgent=True, grave=True)


# --- the purchaser


def _of_purchaser(lot: LotState, talks: LotTalks) -> Iterator[Act]:
    for change in talks.changes:
        if change.confirmed_at is None and change.refused is None:
            yield from _answers(lot, change)


def _answers(lot: LotState, change: Change) -> Iterator[Act]:
    part = PARTS[change.part]
    help_ = Words(f"{part.zh}：{change.text}", f"{part.en}: {change.text}")
    data = {"lot": lot.lot.id, "number": change.number}
    yes = Words(f"确认第 {change.number} 项变动", f"Confirm change {change.number}")
    no = Words(f"不确认第 {change.number} 项变动", f"Do not confirm change {change.number}")
    yield Act("ConfirmChange", yes, help_, (), data, urgent=True)
    yield Act("RefuseChange", no, help_, (_REASON,), data)


# --- the agency


def _of_agency(state: Evaluation, lot: LotState, talks: LotTalks) -> Iterator[Act]:
    for change in talks.changes:
        if change.confirmed_at is not None and change.passed_at is None:
            title = Words(
                f"已书面通知全部供应商：第 {change.number} 项变动", f"All suppliers were told: change {change.number}"
            )
            data = {"lot": lot.lot.id, "number": change.number}
            yield Act("PassChange", title, Words(change.text, change.text), (), data, urgent=True)
    found = talks.running
    if found is not None:
        yield from _entering(state, lot, found)
    given = found.offers if found is not None and found.final else {}
    staying = [bid for bid in lot.live_bids() if bid not in given]
    if staying and not talks.closed:
        returned = Field("deposit_returned", Words("保证金已退还", "Deposit returned"), FieldKind.FLAG, needed=False)
        help_ = Words(
            "提交最后报价之前可以退出，保证金应当退还；退出后不能恢复。",
            "Before the last offer; the deposit goes back. Not to be undone.",
        )
        fields = (_supplier(lot, staying), _REASON, returned)
        title = Words("登记供应商退出", "Record a withdrawal")
        yield Act("WithdrawSupplier", title, help_, fields, {"lot": lot.lot.id}, grave=True)


def _entering(state: Evaluation, lot: LotState, found: OfferRound) -> Iterator[Act]:
    missing = [bid for bid in lot.live_bids() if bid not in found.offers]
    if not missing:
        return
    name = round_name(found.number, found.final, state.ruleset.words["offer"])
    fields = (
        _supplier(lot, missing),
        Field("price", Words("报价（元）", "Offer (yuan)"), FieldKind.NUMBER),
        Field("reference", Words("报价单编号", "Number of the signed paper"), FieldKind.LINE),
    )
    help_ = Words(
        f"{clock(found.deadline)} 截止。提交即封存，开启前任何人都看不到，也不能更改，请核对数字。",
        f"Until {clock(found.deadline)}. Sealed at once, seen by nobody before all are opened, and final.",
    )
    title = Words(f"录入{name}", "Enter an offer")
    yield Act("EnterOffer", title, help_, fields, {"lot": lot.lot.id}, urgent=True, grave=True)


def _papers(lot: LotState, talks: LotTalks) -> Iterator[Act]:
    for found in talks.rounds:
        for bid, offer in found.offers.items() if found.opened_at is not None else ():
            if offer.paper is None:
                title = Words(f"上传报价单：{bid} 第 {found.number} 轮", f"File the paper: {bid}, round {found.number}")
                help_ = Words(
                    f"报价单编号：{offer.reference}。供应商签字盖章的原件扫描。", "The supplier's signed offer."
                )
                paper = Field("paper", Words("报价单", "Signed offer"), FieldKind.PAPER)
                data = {"lot": lot.lot.id, "bid": bid, "round": found.number}
                yield Act("FileOffer", title, help_, (paper,), data)


def _exception(state: Evaluation, lot: LotState) -> Act:
    options = tuple(Option(code, Words(text, text)) for code, text in state.ruleset.procedure.two_bids.items())
    fields = (
        Field("code", Words("法定情形", "Lawful reason"), FieldKind.CHOICE, options),
        Field("reference", Words("批准文号或者依据文件", "Approval or document"), FieldKind.LINE),
    )
    help_ = Words(
        "只剩两家。有法定情形的写明依据，可以继续；没有的，由组长终止。",
        "Two suppliers are left. With a lawful reason the procedure goes on; else the chair ends it.",
    )
    title = Words("两家继续的依据", "Why two suppliers are enough")
    return Act("ClaimTwoSuppliers", title, help_, fields, {"lot": lot.lot.id}, urgent=True)
