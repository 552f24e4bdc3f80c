"""What a letter offers to whom, what each may see of it, and what the report says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Line, Notice, Option, Words
from app.evaluation.matters.letters.decisions import at_work, clock, office
from app.evaluation.matters.letters.records import Letter, LetterKind, Letters, Outcome
from app.evaluation.model import Evaluation
from app.evaluation.stages import LotStage
from app.rules.model import Party

OUTCOMES = {
    Outcome.ACCEPTED: Words("采纳", "accepted"),
    Outcome.CHANGES_SUBSTANCE: Words("改变投标文件的实质性内容，不予采纳", "would change the substance; disregarded"),
    Outcome.REFUSED: Words("拒绝或者未按要求答复", "refused or not answered as asked"),
    Outcome.CONFIRMED: Words("确认修正后的报价", "corrected price confirmed"),
    Outcome.UNCONFIRMED: Words("不确认修正后的报价", "corrected price not confirmed"),
    Outcome.JUSTIFIED: Words("能够证明报价合理", "price shown to be sound"),
    Outcome.NOT_JUSTIFIED: Words("不能证明报价合理", "price not shown to be sound"),
    Outcome.WITHDRAWN: Words("撤回", "withdrawn"),
}

REASON = Field("reason", Words("理由", "Reason"))


def bid_field(bids: tuple[str, ...]) -> Field:
    """The choice among bids, by their codes."""
    return Field("bid", Words("投标代号", "Bid"), FieldKind.CHOICE, tuple(Option(b, Words(b, b)) for b in bids))


def minutes_field(least: int) -> Field:
    """How long the bidder has."""
    return Field("minutes", Words(f"答复时间（分钟，不少于 {least}）", f"Minutes, {least} or more"), FieldKind.COUNT)


def kind_words(state: Evaluation, kind: LetterKind) -> Words:
    """What a letter of this kind is called."""
    return {
        LetterKind.CLARIFICATION: Words(f"{state.ruleset.words['clarification']}函", "clarification"),
        LetterKind.CORRECTION: Words("算术修正确认函", "price correction"),
        LetterKind.LOW_PRICE: Words("异常低价说明函", "low price inquiry"),
    }[kind]


def name_of(state: Evaluation, letter: Letter) -> Words:
    """A letter by number, kind and bid."""
    kind = kind_words(state, letter.kind)
    zh = f"第 {letter.number} 号{kind.zh}（{about(letter)}）"
    return Words(zh, f"letter {letter.number}, {kind.en} ({letter.bid or 'coded bid'})")


def about(letter: Letter) -> str:
    """The bid that a letter is about; while bids have codes the reader's own one, or that it is one of them."""
    if letter.bid is not None or letter.mask is None:
        return letter.bid or ""
    return f"暗标{letter.mask.code}号" if letter.mask.code else "暗标"


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """For the office what lies with it, for the chair what only the committee can say."""
    open_letters = [letter for lot in state.lots for letter in at_work(state, lot)]
    if viewer.role is office(state):
        return [act for letter in open_letters for act in _of_office(state, letter)]
    if viewer.role is Party.WITNESS:
        return [_comparing(state, letter) for letter in open_letters if letter.to_compare]
    if may.sits(state, viewer) and viewer.alias == state.chair:
        return [act for letter in open_letters for act in _of_chair(state, letter)]
    return []


def _of_office(state: Evaluation, letter: Letter) -> Iterator[Act]:
    data: dict[str, Any] = {"letter": letter.number}
    name = name_of(state, letter)
    if letter.passed_at is None:
        title = Words(f"转交{name.zh}", f"Pass on {name.en}")
        zh = f"请现在通过平台把下文发给{_to_whom(state, letter)}，发出后按此键，{letter.minutes} 分钟从此刻起算。"
        yield Act("PassLetter", title, Words(f"{zh}\n{letter.text}", letter.text), (), data, urgent=True)
        return
    needed = letter.answer is not None or letter.mask is not None
    paper = Field("paper", Words("答复原件", "The answer as received"), FieldKind.PAPER, needed=needed)
    if letter.answer is not None and not letter.to_enter:
        if letter.mask is not None and not letter.to_compare:
            return
        title = Words(f"补充附件：{name.zh}", f"Add a paper: {name.en}")
        help_ = Words(
            "答复还有附件的，在此逐件上传；过了期限的会注明迟到。", "One paper at a time; late ones are marked."
        )
        yield Act("AttachPaper", title, help_, (paper,), data)
        return
    if not letter.to_enter:
        return
    until = clock(letter.deadline or "")
    fields = [Field("text", Words("答复内容", "Answer"), needed=letter.mask is not None), paper]
    if letter.kind is LetterKind.CORRECTION:
        fields.append(Field("confirms", Words("书面确认修正后的报价", "Confirms the corrected price"), FieldKind.FLAG))
    else:
        data = data | {"confirms": None}
    title = Words(f"录入答复：{name.zh}", f"Enter the answer: {name.en}")
    zh = f"期限 {until}。文字和原件至少有一样；文字里不要写{state.ruleset.words['bidder']}名称，只用代号。"
    if letter.mask is not None:
        zh = _plainly(state, letter, until)
    yield Act(
        "EnterAnswer", title, Words(zh, f"Due {until}. Text or paper; no names."), tuple(fields), data, urgent=True
    )
    if letter.answer is not None:
        return
    refused = Field("refused", Words("对方明确拒绝答复", "An answer is refused"), FieldKind.FLAG)
    title = Words(f"没有答复：{name.zh}", f"No answer: {name.en}")
    help_ = Words(f"对方拒绝的随时可以登记；没有音讯的，过了 {until} 才能登记。", f"Silence only after {until}.")
    yield Act("EnterNoAnswer", title, help_, (refused, REASON), {"letter": letter.number})


def _to_whom(state: Evaluation, letter: Letter) -> str:
    """Whoever passes a letter of the blind stage on has to be told whom it goes to, and no code."""
    bids = state.lots[letter.lot].lot.bids
    name = next((bid.bidder for bid in bids if bid.id == letter.bid), None) if letter.mask is not None else None
    return f"“{name}”（暗标阶段：不得让评委知道发给了谁）" if name else str(state.ruleset.words["bidder"])


def _plainly(state: Evaluation, letter: Letter, until: str) -> str:
    """How an answer of the blind stage is put down."""
    back = letter.answer.looked if letter.answer is not None else None
    sent_back = "" if back is None else f"见证人员退回：{back.reason}\n"
    return (
        f"{sent_back}期限 {until}。暗标阶段：原件必须上传，评委看不到。请用您自己的话平实转述答复，"
        "不照抄原句，不写名称、人名、地名、业绩、品牌等能认出是谁的内容；见证人员对照原件核对后才给评委。"
    )


def _comparing(state: Evaluation, letter: Letter) -> Act:
    name, answer = name_of(state, letter), letter.answer
    title = Words(f"核对{name.zh}的答复", f"Compare the answer to {name.en}")
    zh = (
        f"转述：{answer.text if answer is not None else ''}\n请对照原件：意思相符，不照抄原句，"
        "也没有能认出是谁的内容的，通过后评委即可看到；否则退回并写明哪里要改。"
    )
    fields = (
        Field("in_order", Words("相符，可以给评委", "In order"), FieldKind.FLAG),
        Field("reason", Words("退回的理由", "What is to be mended"), needed=False),
    )
    data, paper = {"letter": letter.number}, scan_of(letter)
    return Act("CompareAnswer", title, Words(zh, zh), fields, data, urgent=True, paper=paper)


def _of_chair(state: Evaluation, letter: Letter) -> Iterator[Act]:
    name, data = name_of(state, letter), {"letter": letter.number}
    if letter.waiting:
        title = Words(f"撤回{name.zh}", f"Withdraw {name.en}")
        help_ = Words(
            "还没有答复，可以撤回；撤回的理由写入报告。", "Possible until it is answered; the reason is reported."
        )
        yield Act("WithdrawLetter", title, help_, (REASON,), data)
    elif letter.given is not None and letter.given.late and letter.given.taken is None:
        taken = Field("taken", Words("接受这份迟到的答复", "Take the late answer"), FieldKind.FLAG)
        title = Words(f"答复迟到：{name.zh}", f"Answered late: {name.en}")
        late = clock(letter.given.at)
        zh = f"答复 {late} 到，期限为 {clock(letter.deadline or '')}。请商定是否接受，并写明理由。"
        yield Act("JudgeLateAnswer", title, Words(zh, f"It came at {late}."), (taken, REASON), data, urgent=True)


# --- what is seen


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """The letters: to those who watch whole, to the committee without what tells who wrote, to the office its part."""
    sent = state.memory(Letters).sent.values()
    if not sent:
        return {}
    if viewer.role in may.STAFF:
        return {"letters": [_for_staff(viewer, one) for one in sent], "notices": _notices(state, viewer)}
    if may.sits(state, viewer):
        return {"letters": [_masked(one) for one in sent], "notices": _notices(state, viewer)}
    if viewer.role is office(state):
        return {"letters": [_for_office(state, one) for one in sent], "notices": _notices(state, viewer)}
    return {}


def scan_of(letter: Letter) -> dict[str, Any] | None:
    """The first paper of an answer, for whoever judges it, by a title that does not tell whose it is."""
    papers = letter.answer.papers if letter.answer is not None else ()
    return {**codec.to_json(papers[0]), "title": "答复原件 1"} if papers else None


def _plain(letter: Letter) -> dict[str, Any]:
    """A letter without the code that it went by: whose code that was nobody is told, not even when all are open."""
    seen: dict[str, Any] = codec.to_json(letter)
    return {key: value for key, value in seen.items() if key != "mask"}


def _for_staff(viewer: Actor, letter: Letter) -> dict[str, Any]:
    """Whole; while bids have codes only the witness, who compares, sees the original and whose it is."""
    seen = _plain(letter)
    if letter.mask is not None and viewer.role is not Party.WITNESS and letter.bid is None:
        seen["answer"] = None
    return seen


def _masked(letter: Letter) -> dict[str, Any]:
    """A paper's title may tell whose it is, so the committee gets a plain one."""
    seen = _plain(letter) | {"code": letter.mask.code if letter.mask is not None and letter.bid is None else None}
    for number, paper in enumerate((seen["answer"] or {}).get("papers", ()), start=1):
        paper["title"] = f"答复原件 {number}"
    return seen


def _for_office(state: Evaluation, letter: Letter) -> dict[str, Any]:
    """Who must get it and by when, what was entered; not how the committee sees it."""
    bidder = next((bid.bidder for bid in state.lots[letter.lot].lot.bids if bid.id == letter.bid), None)
    seen = _plain(letter)
    hidden = ("outcome", "reason", "closed_at")
    return {key: value for key, value in seen.items() if key not in hidden} | {"bidder": bidder, "open": letter.open}


def _notices(state: Evaluation, viewer: Actor) -> list[Any]:
    told = [
        Notice(_waits(state, one), one.passed_at or one.asked_at, one.deadline)
        for lot in state.lots
        for one in at_work(state, lot)
        if one.waiting
    ]
    if viewer.role is Party.MEMBER:
        told += [Notice(_read(state, one)) for one in state.memory(Letters).sent.values() if _is_news(state, one)]
    return [codec.to_json(notice) for notice in told]


def _is_news(state: Evaluation, letter: Letter) -> bool:
    """Every member reads at the own seat what a coded bidder answered, for as long as blind marks are given."""
    return letter.given is not None and letter.bid is None and state.lots[letter.lot].stage is LotStage.MARKING


def _read(state: Evaluation, letter: Letter) -> Words:
    name = name_of(state, letter)
    return Words(
        f"{name.zh}问：{letter.text} {answer_words(letter)}", f"{name.en}: {letter.text} {answer_words(letter)}"
    )


def _waits(state: Evaluation, letter: Letter) -> Words:
    name = name_of(state, letter)
    if letter.passed_at is None:
        return Words(f"{name.zh}待转交。", f"{name.en}: to be passed on.")
    return Words(f"{name.zh}等待答复。", f"{name.en}: waiting for the answer.")


# --- what is reported


def report(state: Evaluation, lot: str) -> list[Line]:
    """Each letter from the question to the finding."""
    return [line for letter in state.memory(Letters).of(lot) for line in _lines(state, letter)]


def _lines(state: Evaluation, letter: Letter) -> Iterator[Line]:
    head, name = kind_words(state, letter.kind).zh, f"第 {letter.number} 号（{about(letter)}）"
    yield Line(letter.asked_at, head, f"发出{name}：{letter.text}")
    if letter.passed_at is not None:
        yield Line(letter.passed_at, head, f"{name}已转交，答复期限 {clock(letter.deadline or '')}。")
    if letter.answer is not None:
        yield Line(letter.answer.at, head, f"{name}{answer_words(letter)}")
        last = () if letter.answer.looked is None else (letter.answer.looked,)
        for looked in (*letter.sent_back, *last):
            found = "核对转述与原件相符、不含身份信息，交评委" if looked.in_order else f"退回转述：{looked.reason}"
            yield Line(looked.at, head, f"{name}见证人员{found}。")
    if letter.silence is not None:
        yield Line(letter.silence.at, head, f"{name}{answer_words(letter)}")
    if letter.outcome is not None and letter.closed_at is not None:
        reason = f"，理由：{letter.reason}" if letter.reason else "。"
        yield Line(letter.closed_at, head, f"{name}认定：{OUTCOMES[letter.outcome].zh}{reason}")


def answer_words(letter: Letter) -> str:
    """What became of the answer: in time or late, in which form, what it says."""
    answer = letter.answer
    if letter.silence is not None:
        said = "拒绝答复" if letter.silence.refused else "期限届满未答复"
        return f"{said}：{letter.silence.reason}" if letter.silence.reason else said
    if answer is None:
        return "未答复"
    how = "逾期答复" if answer.late else "答复"
    papers = f"（附原件 {len(answer.papers)} 件）" if answer.papers else ""
    confirms = {None: "", True: "确认修正后的报价；", False: "不确认修正后的报价；"}[answer.confirms]
    taken = {None: "", True: f"；经商定接受：{answer.why}", False: f"；经商定不予接受：{answer.why}"}[answer.taken]
    text = answer.text.strip().rstrip("。；;.") or "见原件"
    return f"{how}{papers}：{confirms}{text}{taken}"
