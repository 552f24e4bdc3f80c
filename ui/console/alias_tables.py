"""The tables by alias that the organising staff check: marks of a bid, and every member's total. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from ui.console.sight import Json


def aliases(lot: Json) -> list[str]:
    """The members whose sheets are opened, in the order of their numbers."""
    return sorted(lot["marks"] or {}, key=lambda alias: (len(alias), alias))


def mark(lot: Json, alias: str, bid: str, factor: str) -> str:
    """One mark as it was given; a dash where there is none."""
    return str(lot["marks"][alias]["marks"].get(bid, {}).get(factor, "—"))


def total(lot: Json, alias: str, bid: str) -> str:
    """What a member gave a bid in all, exactly; a dash for a bid without marks."""
    return exact_sum(lot["marks"][alias]["marks"].get(bid, {}).values())


def exact_sum(marks: Iterable[object]) -> str:
    """The sum of decimal texts; verdicts that are no numbers are left out, a dash where there is no number."""
    numbers = []
    for given in marks:
        try:
            numbers.append(Decimal(str(given)))
        except InvalidOperation:
            continue
    return format(sum(numbers, Decimal(0)), "f") if numbers else "—"


def live(lot: Json) -> list[Json]:
    """The bids that were marked."""
    return [bid for bid in lot["bids"] if bid["status"] == "live"]
