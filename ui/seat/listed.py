"""Which files can be read at this seat, and what they are called here."""

from __future__ import annotations

from dataclasses import dataclass

from ui.seat.steps import Json


@dataclass(frozen=True)
class Listed:
    """A file that can be read: its hash, how it is called here, and whose bid it belongs to ('' = the tender's)."""

    sha256: str
    title: str
    bid: str = ""


def listed(lot: Json, documents_word: str) -> tuple[Listed, ...]:
    """The files of a lot: the tender's first, then bid by bid."""
    tender = [Listed(file["sha256"], f"{documents_word} · {file['title']}") for file in lot["documents"]]
    paper = (lot.get("qualification") or {}).get("paper")
    if paper:
        tender.append(Listed(paper["sha256"], paper["title"]))
    bids = [
        Listed(file["sha256"], _titled(bid["bidder"], file["title"]), bid["id"])
        for bid in lot["bids"]
        for file in bid["files"]
    ]
    return (*tender, *bids)


def _titled(bidder: str, title: str) -> str:
    """A bid's file with its bidder before it, once."""
    return title if bidder in title else f"{bidder} · {title}"


def first_of(files: tuple[Listed, ...], live: set[str]) -> Listed | None:
    """What is read first: the first live bid, else the tender's first file."""
    return next((file for file in files if file.bid in live), next(iter(files), None))
