"""On which pages of the bids verdicts and marks rest (依据), where the rule set wants them in the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.evaluation.basis import files_of
from app.evaluation.tally import opened_marks
from app.report import wording as say
from app.report.blocks import Band, Block, banded, column
from app.report.source import Source
from app.rules.model import Basis

Bases = dict[tuple[str, str], dict[str, Mapping[str, Any]]]
"""By bid and line: each member's basis."""


def bases_of_review(of: Source) -> list[Block]:
    """The pages of the last opened review's verdicts."""
    found: Bases = {}
    for alias, sheet in of.lot.reviews[-1].contents().items():
        for bid, verdicts in sheet["bids"].items():
            for item, verdict in verdicts.items():
                if "basis" in verdict:
                    found.setdefault((bid, item), {})[alias] = verdict["basis"]
    lines = [(item.id, item.name) for item in of.lot.lot.review_items]
    return _table(of, f"{of.word('preliminary')}的依据", of.word("preliminary"), lines, found)


def bases_of_marks(of: Source) -> list[Block]:
    """The pages of the marks that count."""
    found: Bases = {}
    for alias, sheet in opened_marks(of.state, of.lot).items():
        for bid, row in sheet.get("basis", {}).items():
            for factor, basis in row.items():
                found.setdefault((bid, factor), {})[alias] = basis
    lines = [(factor.id, factor.name) for factor in of.lot.lot.factors]
    return _table(of, f"{of.word('mark')}的依据", of.word("factor"), lines, found)


def _table(of: Source, caption: str, head: str, lines: Iterable[tuple[str, str]], found: Bases) -> list[Block]:
    """One band a bid; nothing where the rule set does not ask, or nobody named a page."""
    if of.state.ruleset.procedure.basis is Basis.NONE or not found:
        return []
    lines, bands = list(lines), []
    for bid in of.lot.lot.bids:
        rows = [[id, name, _cell(of, bid.id, id, found[bid.id, id])] for id, name in lines if (bid.id, id) in found]
        if rows:
            bands.append(_band(of, bid.id, rows))
    heads = [column("序号"), column(head, "left", 2), column(f"{of.word('bid')}的页码和位置", "left", 5)]
    return [banded(heads, bands, caption=caption, small=True)]


def _band(of: Source, bid: str, rows: list[list[str]]) -> Band:
    return (f"{bid}　{of.bidder(bid)}", rows)


def _cell(of: Source, bid: str, line: str, given: Mapping[str, Mapping[str, Any]]) -> str:
    """Each place once, with the members who named it."""
    blind = any(phase.blind and line in phase.factors for phase in of.lot.lot.phases)
    titles = [file.title for file in files_of(of.lot, bid, blind)]
    said: dict[str, list[str]] = {}
    for alias in sorted(given):
        said.setdefault(_place(titles, given[alias]), []).append(alias)
    return "\n".join(f"{place}（{'、'.join(by)}）" for place, by in said.items())


def _place(titles: list[str], basis: Mapping[str, Any]) -> str:
    file = basis["file"]
    # Behind a code the seal could count one file too many: then the number stands as it was sealed.
    title = titles[file - 1] if file <= len(titles) else f"文件{file}"
    return f"{say.clause(title)}，第 {basis['page']} 页{_region(basis.get('region'))}"


def _region(region: list[int] | None) -> str:
    if region is None:
        return ""
    left, top, right, bottom = (f"{side / 10:g}" for side in region)
    return f"，自左 {left}–{right} %、自上 {top}–{bottom} %"
