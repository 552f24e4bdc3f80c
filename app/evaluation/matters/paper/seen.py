"""What people see of papers: words, acts, views, lines of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.evaluation import codec
from app.evaluation import visibility as may
from app.evaluation.actor import Actor
from app.evaluation.matter import Act, Field, FieldKind, Line, Option, Words
from app.evaluation.matters.paper.records import (
    Entry,
    Found,
    Papers,
    Step,
)
from app.evaluation.matters.signatures import due as signatures_due
from app.evaluation.model import Evaluation, Round, SheetKind
from app.evaluation.moments import clock
from app.evaluation.stages import AT_THE_SEAT, LotStage, MemberStage
from app.rules.model import Party


def step_words(state: Evaluation, what: Step) -> Words:
    """What a paper is, in the track's own words."""
    own = state.ruleset.words
    return {
        Step.DISCIPLINE: Words(f"已阅读{own['discipline']}", "Discipline read"),
        Step.PLEDGE: Words(own["pledge"], "Pledge"),
        Step.CONFIRM: Words(f"同意{own['report']}", "Agreement to the result"),
        Step.DISSENT: Words(own["dissent"], "Dissent"),
        Step.SIGNATURE: Words(f"{own['report']}上的签字", "Signature on the report"),
        Step.SIGN_IN: Words("签到", "Sign-in"),
        Step.OTHER: Words("其他材料", "Other paper"),
        Step.BALLOT: Words(f"推选{own['chair']}的选票", "Ballot"),
        Step.REVIEW: Words(f"{own['preliminary']}表", "Review sheet"),
        Step.MARKS: Words(f"{own['mark']}表", "Marks sheet"),
    }[what]


def acts(state: Evaluation, viewer: Actor) -> list[Act]:
    """The centre enters, the witness checks."""
    if viewer.role is Party.CENTRE:
        return list(_centres_acts(state))
    if viewer.role is Party.WITNESS:
        waiting = [one for one in state.memory(Papers).entries if one.found is Found.WAITING]
        return [act for one in waiting for act in _checks(state, one)]
    return []


def _centres_acts(state: Evaluation) -> Iterator[Act]:
    """One form for each kind of paper that may be entered now, with the members whom it may be of."""
    members = sorted(
        (m for m in state.members.values() if m.alias and m.stage in AT_THE_SEAT), key=lambda m: m.alias or ""
    )
    here = [m.alias for m in members if m.alias]
    for what in (Step.DISCIPLINE, Step.PLEDGE):
        yield from _entering(state, what, "", [alias for alias in here if _due(state, what, alias, "")])
    for key in state.lots:
        for what in (Step.CONFIRM, Step.DISSENT, Step.SIGNATURE):
            yield from _entering(state, what, key, [a for a in state.committee if _due(state, what, a, key)])
    for what in (Step.SIGN_IN, Step.OTHER):
        yield from _entering(state, what, "", here)
    if state.ballots and not state.ballots[-1].opened:
        yield from _sealing(state, Step.BALLOT, "", state.ballots[-1])
    for lot in state.lots.values():
        if lot.stage is LotStage.REVIEWING and lot.reviews:
            yield from _sealing(state, Step.REVIEW, lot.lot.id, lot.reviews[-1])
        elif lot.stage is LotStage.MARKING and (current := lot.current(SheetKind.MARKS)) is not None:
            yield from _sealing(state, Step.MARKS, lot.lot.id, current)


def _due(state: Evaluation, what: Step, alias: str, lot: str) -> bool:
    """Whether the member has this step still to take, so that a paper may stand for it."""
    member = state.by_alias(alias)
    if what in (Step.DISCIPLINE, Step.PLEDGE):
        stage = MemberStage.SEATED if what is Step.DISCIPLINE else MemberStage.BRIEFED
        return member is not None and member.stage is stage
    if what is Step.SIGNATURE:
        return alias in signatures_due(state, lot)
    if what in (Step.CONFIRM, Step.DISSENT):
        found = state.lots[lot]
        return found.stage is LotStage.CONFIRMING and alias in state.committee and alias not in found.opinions
    return True


def _entering(state: Evaluation, what: Step, lot: str, aliases: list[str]) -> Iterator[Act]:
    if not aliases:
        return
    fields = [_of(aliases)]
    if what is Step.DISSENT:
        fields.append(Field("words", Words("不同意见的全文，一字不改", "The dissent, word by word")))
    elif what is Step.OTHER:
        fields.append(Field("words", Words("材料的内容", "What it says")))
    fields.append(Field("paper", Words("扫描件", "Scan"), FieldKind.PAPER))
    fields.append(Field("reason", Words("为什么用纸", "Why on paper")))
    data = {"what": what.value, "lot": lot} | ({} if what in (Step.DISSENT, Step.OTHER) else {"words": ""})
    help_ = Words(
        "席位不能用、成员在纸上办理的，由您录入并附扫描件，见证人员对照原件核对后生效。",
        "Enter what a member did on paper, with its scan; it counts once the witness has compared it.",
    )
    yield Act("EnterPaper", _title(state, "登记纸质材料", "Enter a paper", what, lot), help_, tuple(fields), data)


def _sealing(state: Evaluation, what: Step, lot: str, found: Round) -> Iterator[Act]:
    aliases = [alias for alias in state.committee if alias not in found.ended]
    if not aliases:
        return
    number = Field("label", Words("信封编号", "The envelope's number"), FieldKind.LINE)
    fields = (_of(aliases), number, Field("reason", Words("为什么用纸", "Why on paper")))
    help_ = Words(
        "成员当面把纸装入信封密封，只登记信封编号，任何人不拆开、不扫描、不代录；成员另到备用席位录入。",
        "The sheet stays in its sealed envelope; only its number goes on record. The member fills in at a spare seat.",
    )
    title = _title(state, "登记密封信封", "Put an envelope on record", what, lot)
    yield Act("KeepEnvelope", title, help_, fields, {"what": what.value, "lot": lot})


def _of(aliases: Iterable[str]) -> Field:
    options = tuple(Option(alias, Words(f"{alias[1:]} 号评委", f"Member {alias[1:]}")) for alias in aliases)
    return Field("alias", Words("哪位成员", "Member"), FieldKind.CHOICE, options)


def _title(state: Evaluation, zh: str, en: str, what: Step, lot: str) -> Words:
    words, where = step_words(state, what), f"{state.ruleset.words['lot']} {lot}" if lot else ""
    return Words("　".join(one for one in (f"{zh}：{words.zh}", where) if one), f"{en}: {words.en} {lot}".rstrip())


def _checks(state: Evaluation, entry: Entry) -> Iterator[Act]:
    """The witness's two answers to one entry."""
    what, told = step_words(state, entry.what), _told_of(state, entry)
    title = Words(f"核对纸质材料：{entry.alias}　{what.zh}", f"Check a paper: {entry.alias} {what.en}")
    seen = entry.seen if entry.paper is None else f"SHA-256 {entry.seen}"
    help_ = Words(
        f"{told}。登记的是：{seen}。请对照原件：一致才确认，确认后等同成员本人办理。",
        f"Entered: {seen}. Compare it with the paper itself; once confirmed it stands for the member's own step.",
    )
    data, paper = {"number": entry.number}, None if entry.paper is None else dict(codec.to_json(entry.paper))
    if _due(state, entry.what, entry.alias, entry.lot):  # else the seat was faster, or the step is over
        yield Act("ConfirmPaper", title, help_, (), data | {"seen": entry.seen}, urgent=True, grave=True, paper=paper)
    no = Words(f"纸质材料与登记不符：{entry.alias}　{what.zh}", f"Paper and entry differ: {entry.alias} {what.en}")
    after = Words("这次登记作废，可以重新登记。", "The entry counts for nothing; it can be entered again.")
    yield Act("RejectPaper", no, after, (Field("reason", Words("哪里不符", "What differs")),), data)


def _told_of(state: Evaluation, entry: Entry) -> str:
    """One entry in a Chinese sentence, without a stop."""
    lot = f"，{state.ruleset.words['lot']} {entry.lot}" if entry.lot else ""
    words = f"，全文“{entry.words}”" if entry.words else ""
    kept = f"密封信封 {entry.label}" if entry.paper is None else f"《{entry.paper.title}》"
    return f"{entry.alias or '场内'}的{step_words(state, entry.what).zh}{lot}{words}，{kept}，用纸原因：{entry.reason}"


def view(state: Evaluation, viewer: Actor) -> dict[str, Any]:
    """Every entry for staff, the own ones for a member."""
    entries = state.memory(Papers).entries
    if viewer.role not in may.STAFF:
        member = may.own(state, viewer)
        entries = tuple(one for one in entries if member is not None and one.alias == member.alias)
    return {"entries": [codec.to_json(one) for one in entries]} if entries else {}


def report(state: Evaluation, lot: str) -> list[Line]:
    """Every entry that was settled."""
    lines = []
    for one in state.memory(Papers).entries:
        if one.lot not in ("", lot) or one.found is Found.WAITING:
            continue
        scan = "" if one.paper is None else f"，扫描件 SHA-256：{one.paper.sha256}"
        if one.found is Found.CONFIRMED:
            ended = f"经见证人员于 {clock(one.settled_at)} 对照原件确认{scan}"
        else:
            ended = f"经见证人员核对不符，未予采用（{one.why}）"
        lines.append(Line(one.at, "纸质办理", f"{_told_of(state, one)}，{ended}。"))
    return lines
