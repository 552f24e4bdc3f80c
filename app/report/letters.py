"""Letters to bidders as the report shows them: the question, its times, the answer, and what the committee found."""

from __future__ import annotations

from app.evaluation.matters.letters.acts import OUTCOMES, about, answer_words, kind_words
from app.evaluation.matters.letters.records import Letter, LetterKind, Letters, Outcome
from app.evaluation.matters.low_price.records import TRIGGERS, LowPrices
from app.report import wording as say
from app.report.blocks import Block, column, table, text
from app.report.source import Source


def minutes(of: Source) -> list[Block]:
    """澄清、说明、补正事项纪要: every letter of the lot, or that there was none."""
    sent = of.state.memory(Letters).of(of.lot.lot.id)
    if not sent:
        return [text(f"{of.word('clarification')}：无。")]
    rows = [(str(one.number), about(one), _asked(of, one), _answer(of, one), _found(one)) for one in sent]
    heads = [column("函号"), column("代号"), column("函件内容与时间", "left", 5), column("答复", "left", 4)]
    caption = f"{of.word('clarification')}一览表"
    return [text(of.clock_note), table([*heads, column("认定", "left", 4)], rows, caption=caption)]


def _asked(of: Source, letter: Letter) -> str:
    kind = kind_words(of.state, letter.kind).zh
    times = f"{of.clock(letter.asked_at)} 发出"
    if letter.passed_at is not None:
        times += f"，{of.clock(letter.passed_at)} 转交，期限 {of.clock(letter.deadline)}"
    return f"{kind}：{say.sentence(letter.text)}\n{times}。"


def _answer(of: Source, letter: Letter) -> str:
    if letter.answer is not None:
        return f"{of.clock(letter.answer.at)} {say.sentence(answer_words(letter))}"
    if letter.silence is not None:
        return f"{of.clock(letter.silence.at)} {say.sentence(answer_words(letter))}"
    return "—"


def _found(letter: Letter) -> str:
    if letter.outcome is None:
        return "未认定（评审已先行结束或者该投标已先行否决）。"
    reason = f"。理由：{letter.reason}" if letter.reason else ""
    return say.sentence(f"{OUTCOMES[letter.outcome].zh}{reason}")


def low_prices(of: Source) -> list[Block]:
    """Each inquiry into a low price: why it was asked, what was looked up, and how the vote went."""
    inquiries = of.state.memory(LowPrices).inquiries
    told = []
    for letter in of.state.memory(Letters).of(of.lot.lot.id, LetterKind.LOW_PRICE):
        if letter.outcome in (None, Outcome.WITHDRAWN):
            continue
        inquiry = inquiries[letter.number]
        looked = "、".join(f"{one.title}（{one.url}）" for one in inquiry.lookups)
        asked = f"{TRIGGERS[inquiry.trigger].zh}，{say.clause(inquiry.reason)}"
        why = f"{letter.bid}（{of.bidder(letter.known_bid)}）：{asked}"
        lookups = f"；查询：{looked}" if looked else ""
        told.append(f"{why}；{say.clause(answer_words(letter))}{lookups}；{_found(letter)}")
    return [text("异常低价的处理：", *told)] if told else []
