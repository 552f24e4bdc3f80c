"""What the scoring core found, in sentences; and where members differ on objective factors, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.seat.steps import Json
from ui.seat.words import bidders, factors, member_name, yuan
from ui.theme import Tone


@dataclass(frozen=True)
class FindingLine:
    """A finding in one sentence; ERROR where it must be settled, ATTENTION where the committee only looks at it."""

    tone: Tone
    text: str


@dataclass(frozen=True)
class Difference:
    """An objective factor of a bid on which members differ, with what each found, by alias."""

    factor: str
    bid: str
    marks: Mapping[str, str]


def finding_lines(lot: Json) -> tuple[FindingLine, ...]:
    """All findings of a lot's opened result, those to be settled first."""
    result = lot.get("result")
    if not result:
        return ()
    lines = [_line(finding, lot) for finding in _grouped(result["findings"])]
    lines += [_low(entry, lot) for entry in result["abnormally_low"]]
    return tuple(sorted(lines, key=lambda line: line.tone is not Tone.ERROR))


def differences(lot: Json) -> tuple[Difference, ...]:
    """Objective factors only: what members think of subjective ones is not discussed."""
    result = lot.get("result")
    if not result:
        return ()
    kinds = {factor["id"]: factor["kind"] for factor in lot["factors"]}
    sheets = lot.get("marks") or {}
    return tuple(
        Difference(
            factors(lot)[found["factor"]],
            bidders(lot)[found["bid"]],
            {alias: _mark(sheet, found["bid"], found["factor"]) for alias, sheet in sorted(sheets.items())},
        )
        for found in result["findings"]
        if found["code"] == "objective_mismatch" and kinds.get(found["factor"]) == "objective"
    )


def mark_lines(found: Difference) -> tuple[str, ...]:
    """Who gave which mark, the mark that most members gave first: '20: Member 1, Member 3'."""
    by_mark: dict[str, list[str]] = {}
    for alias, mark in found.marks.items():
        by_mark.setdefault(mark, []).append(member_name(alias))
    told = QCoreApplication.translate("FindingWords", "{mark}: {members}")
    groups = sorted(by_mark.items(), key=lambda group: -len(group[1]))
    return tuple(told.format(mark=mark, members=_and(members)) for mark, members in groups)


def _grouped(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The same, with pairs of identical sheets told as groups: four alike are one clue, not six."""
    told: list[Mapping[str, Any]] = []
    groups: list[list[str]] = []
    for finding in findings:
        if finding["code"] != "identical_sheets":
            told.append(finding)
            continue
        one, other = finding["experts"]
        group = next((group for group in groups if one in group or other in group), None)
        if group is None:
            groups.append([one, other])
        else:
            group += [expert for expert in (one, other) if expert not in group]
    return [*told, *({"code": "identical_sheets", "experts": sorted(group)} for group in groups)]


def _mark(sheet: Json, bid: str, factor: str) -> str:
    return str(sheet["marks"].get(bid, {}).get(factor, "—"))


def _line(finding: Mapping[str, Any], lot: Json) -> FindingLine:
    translate = QCoreApplication.translate
    bid = bidders(lot).get(finding.get("bid", ""), "")
    factor = factors(lot).get(finding.get("factor", ""), "")
    code = finding["code"]
    if code == "objective_mismatch":
        told = translate("FindingWords", "{factor}, {bid}: members differ on an objective factor.")
        return FindingLine(Tone.ERROR, told.format(factor=factor, bid=bid))
    if code == "deviation":
        told = translate(
            "FindingWords", "{factor}, {bid}: {member} gave {mark}, more than 30 % from the mean of {mean}."
        )
        who, mean = member_name(finding["expert"]), _short(finding["mean"])
        return FindingLine(
            Tone.ATTENTION, told.format(factor=factor, bid=bid, member=who, mark=finding["mark"], mean=mean)
        )
    who = _and(member_name(expert) for expert in finding.get("experts", ()))
    if code == "identical_sheets":
        told = translate("FindingWords", "{members}: their marks on all subjective factors are the same.")
        return FindingLine(Tone.ATTENTION, told.format(members=who))
    if code == "tie":
        names = _and(bidders(lot).get(bid, bid) for bid in finding.get("bids", ()))
        told = translate("FindingWords", "{bids} share rank {rank}.")
        return FindingLine(Tone.ATTENTION, told.format(bids=names, rank=finding["rank"]))
    if code == "too_few_bids":
        return FindingLine(Tone.ATTENTION, translate("FindingWords", "Fewer bids are left than the rules ask for."))
    return FindingLine(Tone.ATTENTION, code)


def _low(entry: Mapping[str, Any], lot: Json) -> FindingLine:
    translate = QCoreApplication.translate
    told = translate("FindingWords", "{bid}: the price {price} lies below {threshold} and may be abnormally low.")
    return FindingLine(
        Tone.ATTENTION,
        told.format(
            bid=bidders(lot).get(entry["id"], entry["id"]),
            price=yuan(entry["price"]),
            threshold=yuan(_short(entry["threshold"])),
        ),
    )


def _and(names: Any) -> str:
    return QCoreApplication.translate("FindingWords", ", ").join(names)


def _short(exact: str) -> str:
    """An exact value cut to four decimals for reading; the report has all of it."""
    whole, point, rest = exact.partition(".")
    return f"{whole}{point}{rest[:4]}".rstrip("0").rstrip(".") if point else whole
