"""Who sat on the committee, by alias: composition, chair, withdrawals, signatures, the witness's times."""

from __future__ import annotations

from app.evaluation.matters.pause.records import Pauses
from app.report import wording as say
from app.report.blocks import Block, column, signatures, table, text
from app.report.source import Source
from app.rules.model import MemberKind

ELECTRONIC = (
    "成员以本人数字证书在各自栏内依次电子签名；没有证书的，在打印的本报告上签字，扫描件经两人核对后以哈希入档。"
    "首个电子签名之后的任何改动都使签名失效，可用 kawei verify 或通用 PDF 阅读器核验。"
)
ON_PAPER = "本报告不采用电子签名：成员在打印的本报告上签字，扫描件经两人核对后以哈希入档。"


def committee(of: Source) -> list[Block]:
    """The committee by aliases, its chair, who withdrew, how seats were drawn."""
    rows = [
        (
            alias,
            m.seat or "—",
            of.word(m.kind.value),
            say.MEANS.get(m.means or "", "—"),
            of.step(m, "MemberCheckedIn"),
            of.step(m, "SeatOpened"),
            of.step(m, "PledgeGiven"),
            of.word("chair") if alias == of.state.chair else "成员",
        )
        for alias in of.aliases
        for m in (of.member(alias),)
    ]
    heads = (of.word("alias"), of.word("seat"), "类别", "签到方式", "签到", "入座", "承诺", "职务")
    experts = sum(of.member(alias).kind is MemberKind.EXPERT for alias in of.aliases)
    shares = (0, 0, 0, 0, 0, 0, 0, 1)
    return [
        text(
            f"{of.word('committee')}由 {len(rows)} 人组成，其中{of.word('expert')} {experts} 人、"
            f"{of.word('delegate')} {len(rows) - experts} 人。本报告只列{of.word('alias')}，"
            "姓名见另行密封的名单，依法公布结果时开启。"
        ),
        table(
            [column(h, share=s) for h, s in zip(heads, shares, strict=True)],
            rows,
            after=of.table_clock_note,
        ),
        text(_chair_words(of), *_ballots(of), *recusals(of), _seats_words(of)),
    ]


def _chair_words(of: Source) -> str:
    means = say.CHAIR_MEANS.get(of.state.chair_means or "", "—")
    return f"{of.word('chair')}：{of.state.chair or '—'}，产生方式：{means}。"


def _ballots(of: Source) -> list[str]:
    return [
        f"第 {number} 轮无记名投票：" + "，".join(f"{alias} 得 {count} 票" for alias, count in votes.items()) + "。"
        for number, votes in enumerate(of.state.votes, start=1)
    ]


def recusals(of: Source) -> list[str]:
    """Who withdrew because of an interest (回避), one sentence each."""
    gone = [m for m in of.state.members.values() if m.recused]
    if not gone:
        return [f"{of.word('recusal')}：无。"]
    return [f"{of.word('recusal')}：{m.alias}，与“{m.recused}”存在利害关系，已退出。" for m in gone]


def replacements(of: Source) -> str:
    """Who was replaced and why (更换成员), in one sentence."""
    grounds = of.state.ruleset.procedure.replacement_grounds
    gone = [f"{m.alias}，{grounds.get(m.replaced, m.replaced)}" for m in of.state.members.values() if m.replaced]
    return f"{of.word('committee')}成员更换：{'；'.join(gone) or '无'}。"


def pauses(of: Source) -> str:
    """How often the evaluation was paused; when and why is told in the course."""
    memory = of.state.memory(Pauses)
    count = len(memory.past) + (memory.now is not None)
    where = of.state.ruleset.words.get("section.course")
    told = f"{count} 次" + (f"，见“{where}”" if where else "")
    return f"{of.word('evaluation')}暂停：{told if count else '无'}。"


def _seats_words(of: Source) -> str:
    words = of.state.ruleset.words
    parties = "、".join(words.get(party.value) or say.PARTIES[party.value] for party in of.state.ruleset.draw_parties)
    return f"席位与{of.word('alias')}由{parties}共同抽取，任何人可凭抽取抄本复算；抽签码见“规则集与重新计算的依据”。"


def sign(of: Source) -> list[Block]:
    """The signature page."""
    cells = [
        {
            "who": alias,
            "duty": of.word("chair") if alias == of.state.chair else of.word(of.member(alias).kind.value),
            "seat": of.member(alias).seat or "—",
            "opinion": "同意" if of.lot.opinions.get(alias) is None else f"有{of.word('dissent')}，理由见前",
        }
        for alias in of.aliases
    ]
    how = ELECTRONIC if of.state.ruleset.procedure.electronic_signatures else ON_PAPER
    return [text(f"{of.word('committee')}全体成员对本报告的意见如下。{how}"), signatures(cells)]


def witness(of: Source) -> list[Block]:
    """Appendix: what the witness's ledger says in short."""
    heads = (of.word("alias"), "签到", "存放通讯工具", "入座", "阅读纪律", "承诺或回避")
    rows = []
    drawn = [m for m in of.state.members.values() if m.alias]
    here = sorted(drawn, key=lambda m: (len(m.alias or ""), m.alias or ""))
    for m in here:
        last = "MemberRecused" if m.recused else "PledgeGiven"
        steps = ("MemberCheckedIn", "PhoneStored", "SeatOpened", "DisciplineRead", last)
        rows.append([m.alias or "", *(of.step(m, step) for step in steps)])
    released = [m.alias or "" for m in here if m.means in ("two_person", "found")]
    remarks = [f"{of.clock(remark['at'])}　{say.sentence(remark['text'])}" for remark in of.state.remarks]
    return [
        table(
            [column(h, share=1) for h in heads],
            rows,
            caption="到场与入座时刻",
            after=of.table_clock_note,
        ),
        text(
            f"两人核验放行：{'、'.join(released) or '无'}。{pauses(of)}被拒绝并留痕的操作：{of.state.refusals} 次。",
            "见证记录：" + ("" if remarks else "无。"),
            *remarks,
            "逐项明细见档案包 ledger.json（见证台账）。",
        ),
    ]
