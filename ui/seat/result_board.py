"""The opened result as the whole committee sees it: ranks and points, the working of a bid, findings, differences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from ui.models.results import ResultColumn, ResultRow
from ui.seat.findings_words import differences, finding_lines, mark_lines
from ui.seat.names import Name
from ui.seat.steps import Json, Sight
from ui.seat.words import bidders, factors, items, member_name, yuan
from ui.theme import Role, Space, Tone
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.card import Card
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.result_table import ResultTable
from ui.widgets.text import Text

_EXTREME, _WIDEST = "sheets left out (extreme totals)", "sheet left out (widest spread)"
"""How the scoring core begins the two lines of working that name members."""

_SIGNS = {" x ": " × ", " / ": " ÷ ", " -> ": " → "}
"""Signs that the scoring core types in plain characters, and how people write them."""

_ALIAS = re.compile(r"\bM\d+\b")
"""Members in a line of working."""


def result_columns(lot: Json, words: Mapping[str, str]) -> tuple[ResultColumn, ...]:
    """Rank, price, each group's points, price points, total."""
    translate = QCoreApplication.translate
    groups = dict.fromkeys(factor["group"] for factor in lot["factors"] if factor["kind"] != "pass_fail")
    return (
        ResultColumn(translate("ResultBoard", "Rank"), strong=True),
        ResultColumn(translate("ResultBoard", "Total"), strong=True),
        *(ResultColumn(group_name(group)) for group in groups),
        ResultColumn(words.get("price_score", "")),
        ResultColumn(words.get("price", "")),
    )


def group_name(group: str | None) -> str:
    """A group of factors as people call it; the package's own word stays as it is."""
    translate = QCoreApplication.translate
    return {
        None: "—",
        "technical": translate("ResultBoard", "Technical"),
        "commercial": translate("ResultBoard", "Commercial"),
    }.get(group, str(group))


def result_rows(lot: Json, words: Mapping[str, str]) -> tuple[ResultRow, ...]:
    """Bids in the order of the result, with the word for candidates and for those who are out."""
    names = bidders(lot)
    groups = dict.fromkeys(factor["group"] for factor in lot["factors"] if factor["kind"] != "pass_fail")
    chosen = {row["id"]: place + 1 for place, row in enumerate(lot.get("candidates") or ())}
    status = {bid["id"]: bid for bid in lot["bids"]}
    rows = []
    for bid in lot["result"]["bids"]:
        scores = bid.get("group_scores") or {}
        figures = (
            str(bid["rank"]) if bid["rank"] is not None else "—",
            bid["total"] or "—",
            *(scores.get(group, "—") for group in groups),
            bid["price_score"] or "—",
            yuan(bid["price"]),
        )
        out = bool(bid["rejected"])
        note = ""
        if out:
            note = status[bid["id"]].get("ground") or words.get("rejected", "")
        elif bid["id"] in chosen:
            note = words.get("candidate", "")
        rows.append(ResultRow(names[bid["id"]], figures, note, out))
    return tuple(rows)


class ResultBoard(Row):
    """The table at the left, and beside it findings, differences and the working of the bid one is at."""

    def __init__(self, lot: str, table: Name = Name.FINDINGS_TABLE) -> None:
        super().__init__(gap=Space.PAGE)
        self._lot_id = lot
        self._shown: object = None
        self._name = table
        self._left = self.add(Card(), 7)
        self._right = self.add(Card(), 4)
        self.table: ResultTable | None = None
        self._side = self._right.add(Column(gap=Space.GAP))
        self._lines: list[QWidget] = []
        self._working_title = Text("", Role.STRONG)
        self._working = Text("")
        self._working.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._list = Column(gap=Space.SMALL, margin=(0, 0, Space.SMALL, 0))
        self._right.add(Scroll(self._list), 1)

    def show_view(self, sight: Sight) -> None:
        """Show the lot as it stands; nothing is built anew where nothing changed."""
        lot = sight.lot(self._lot_id)
        shown = (lot.get("result"), lot.get("finding_note"), lot.get("check_remarks"), lot.get("failed"))
        if shown == self._shown:
            return
        self._shown = shown
        words = sight.words
        if lot.get("result"):
            self._show_table(lot, words)
        else:
            self._left.set_title(failed_title(lot, words))
            if self.table is None and not self._left.findChildren(Text, "seat.failed"):
                told = self._left.add(Text(failed_text(lot, words), Role.STRONG))
                told.setObjectName("seat.failed")
                self._left.fill()
        self._show_side(lot, words)

    def _show_table(self, lot: Json, words: Mapping[str, str]) -> None:
        rows = result_rows(lot, words)
        if self.table is None:
            self._left.set_title(words.get("ranking", ""))
            chosen = len(lot.get("candidates") or ())
            self.table = self._left.add(ResultTable(result_columns(lot, words), highlighted=min(1, chosen)), 1)
            self.table.table.setObjectName(self._name)
            # Many narrow figures: a rank and eight columns of points stay in sight together.
            self.table.table.header_share, self.table.table.narrowest = 0.26, 76
            self.table.table.lay_out()
            self.table.table.selectionModel().currentChanged.connect(self._show_working)
        self._result = lot["result"]
        self._names = _names(lot, words)
        self.table.set_rows(rows)

    def _show_side(self, lot: Json, words: Mapping[str, str]) -> None:
        for old in self._lines:
            self._list.drop(old)
        self._lines = []
        if lot.get("check_remarks"):
            told = QCoreApplication.translate("ResultBoard", "The organising staff remark: {remarks}")
            self._line(NoticeLine(Notice(Tone.ATTENTION, told.format(remarks=lot["check_remarks"]))))
        if lot.get("result"):
            # Differences come first: nothing goes on before they are settled.
            self._show_differences(lot)
            self._heading(QCoreApplication.translate("ResultBoard", "Findings"))
            found = finding_lines(lot)
            for line in found:
                self._line(NoticeLine(Notice(line.tone, line.text, _word(line.tone))))
            if not found:
                nothing = QCoreApplication.translate("ResultBoard", "Nothing stands out.")
                self._line(NoticeLine(Notice(Tone.OK, nothing)))
        if lot.get("finding_note"):
            self._heading(QCoreApplication.translate("ResultBoard", "What the committee says"))
            self._line(Text(lot["finding_note"]))
        if lot.get("result"):
            self._line(self._make_working())

    def _show_differences(self, lot: Json) -> None:
        found = differences(lot)
        if not found:
            return
        self._heading(QCoreApplication.translate("ResultBoard", "Where members differ on objective factors"))
        for difference in found:
            self._line(Text(f"{difference.factor} · {difference.bid}", Role.BODY_STRONG))
            for line in mark_lines(difference):
                self._line(Text(line, Role.STRONG))

    def _make_working(self) -> Column:
        """How the first bid came to its points; another row of the table shows another bid's."""
        self._working_title = Text("", Role.STRONG)
        self._working = Text("", Role.BODY)
        made = Column(self._working_title, self._working, gap=Space.HAIR)
        self._tell_working(0)
        return made

    def _show_working(self) -> None:
        here = self.table.table.here() if self.table is not None else None
        if here is not None:
            self._tell_working(here[0])

    def _tell_working(self, row: int) -> None:
        bids = self._result["bids"]
        if row >= len(bids) or self.table is None:
            return
        title = QCoreApplication.translate("ResultBoard", "Working of {bid}")
        self._working_title.setText(title.format(bid=self.table.model.row(row).name))
        self._working.setText("\n".join(_named(line, self._names) for line in bids[row]["working"]))

    def _heading(self, text: str) -> None:
        self._line(Text(text, Role.STRONG))

    def _line(self, widget: QWidget) -> None:
        self._lines.append(self._list.add(widget))


def _names(lot: Json, words: Mapping[str, str]) -> dict[str, str]:
    """What the first word of a line of working stands for."""
    translate = QCoreApplication.translate
    groups = {factor["group"]: factor["group"] for factor in lot["factors"] if factor["group"]}
    return (
        groups
        | factors(lot)
        | {
            "price": words.get("price_score", ""),
            "total": translate("ResultBoard", "Total"),
            "experts": translate("ResultBoard", "Members' totals"),
            _EXTREME: translate("ResultBoard", "Sheets left out, their totals being extreme"),
            _WIDEST: translate("ResultBoard", "Sheet left out, its totals spreading most"),
        }
    )


def _named(line: str, names: Mapping[str, str]) -> str:
    """A line of working with names in place of ids and aliases; the core's arithmetic, in the signs of print."""
    key, found, rest = line.partition(": ")
    if not found or key not in names:
        return _printed(line)
    if key in {_EXTREME, _WIDEST}:
        rest = QCoreApplication.translate("FindingWords", ", ").join(rest.split(", "))
    return QCoreApplication.translate("ResultBoard", "{name}: {working}").format(
        name=names[key], working=_printed(rest)
    )


def _printed(arithmetic: str) -> str:
    for typed, printed in _SIGNS.items():
        arithmetic = arithmetic.replace(typed, printed)
    return _ALIAS.sub(lambda found: member_name(found[0]), arithmetic)


class VerdictBoard(Card):
    """What the opened verdicts say: which bids fail on what, and where members differ, with everyone's grounds."""

    def __init__(self, lot: str) -> None:
        super().__init__()
        self._lot_id = lot
        self._shown: object = None
        self._lines: list[QWidget] = []
        self._list = Column(gap=Space.SMALL, margin=(0, 0, Space.SMALL, 0))
        self.add(Scroll(self._list), 1)

    def show_view(self, sight: Sight) -> None:
        """Show the lot's verdicts."""
        lot = sight.lot(self._lot_id)
        shown = (lot.get("review"), lot.get("verdict"))
        if shown == self._shown or lot.get("review") is None:
            return
        self._shown = shown
        self.set_title(sight.words.get("preliminary", ""), QCoreApplication.translate("VerdictBoard", "opened"))
        for old in self._lines:
            self._list.drop(old)
        self._lines = []
        for text, tone in verdict_lines(lot, sight.words):
            self._lines.append(self._list.add(NoticeLine(Notice(tone, text, _word(tone)))))
        for title, votes in fail_votes(lot, sight.words):
            self._lines.append(self._list.add(Text(title, Role.BODY_STRONG)))
            self._lines.append(self._list.add(Text(votes)))
        tail = Column()
        tail.fill()
        self._lines.append(self._list.add(tail, 1))


def verdict_lines(lot: Json, words: Mapping[str, str]) -> tuple[tuple[str, Tone], ...]:
    """The sum of the verdicts: who fails, or that members differ, or that all pass."""
    translate = QCoreApplication.translate
    verdict, names = lot.get("verdict") or {}, bidders(lot)
    differ = verdict.get("differ")
    if differ:
        told = translate("VerdictBoard", "Members differ on '{item}' of {bid}. This has to be reviewed again.")
        return ((told.format(item=differ["item"], bid=names.get(differ["bid"], differ["bid"])), Tone.ERROR),)
    failing = verdict.get("failing") or {}
    if not failing:
        told = translate("VerdictBoard", "All bids: {passed}.").format(passed=words.get("passed", ""))
        return ((told, Tone.OK),)
    told = translate("VerdictBoard", "{bid}: {failed}")
    return tuple(
        (told.format(bid=names.get(bid, bid), failed=words.get("failed", "")), Tone.ATTENTION) for bid in failing
    )


def fail_votes(lot: Json, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """For every cell that someone failed: its name, and what each member found, with reason and page."""
    translate = QCoreApplication.translate
    names, rows = bidders(lot), items(lot)
    sheets: Mapping[str, Any] = lot.get("review") or {}
    told = []
    for bid, bidder in names.items():
        for item, item_name in rows.items():
            votes = {a: s["bids"].get(bid, {}).get(item) for a, s in sorted(sheets.items())}
            if any(vote is not None and not vote["pass"] for vote in votes.values()):
                lines = []
                for alias, vote in votes.items():
                    if vote is None:
                        continue
                    if vote["pass"]:
                        lines.append(f"{member_name(alias)}: {words.get('passed', '')}")
                    else:
                        found = translate("VerdictBoard", "{member}: {failed}, p. {page}: {reason}")
                        lines.append(
                            found.format(
                                member=member_name(alias),
                                failed=words.get("failed", ""),
                                page=vote["page"],
                                reason=vote["reason"],
                            )
                        )
                told.append((f"{bidder} · {item_name}", "\n".join(lines)))
    return tuple(told)


def failed_title(lot: Json, words: Mapping[str, str]) -> str:
    """A lot that ends without result."""
    return words.get("too_few", "") if lot.get("failed") else ""


def failed_text(lot: Json, words: Mapping[str, str]) -> str:
    """Why a lot ends without result."""
    translate = QCoreApplication.translate
    sentences = {
        "too_few_bids": translate("ResultBoard", "Too few bids are left. This {lot} ends without a result."),
        "no_competition": translate("ResultBoard", "The bids left do not compete. This {lot} ends without a result."),
    }
    return sentences.get(str(lot.get("failed")), "").format(lot=words.get("lot", ""))


def _word(tone: Tone) -> str:
    translate = QCoreApplication.translate
    return {
        Tone.ERROR: translate("ResultBoard", "To be settled"),
        Tone.ATTENTION: translate("ResultBoard", "To be looked at"),
        Tone.OK: translate("ResultBoard", "In order"),
    }.get(tone, "")
