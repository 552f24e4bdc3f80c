"""Who may find what, and from when until when: the whole law of secrecy of a room in one table."""

from __future__ import annotations

STAGES = (
    "imported",
    "drawn",
    "arriving",
    "constituted",
    "balloting",
    "reviewing",
    "reviewed",
    "marking",
    "opened",
    "checking",
    "confirming",
    "reported",
    "left",
    "closed",
)
"""The moments at which everyone asks for everything; each stands for all that follows until the next."""

CONSOLES = ("centre", "witness", "regulator", "tenderee", "agency")
STAFF = ("centre", "witness", "regulator")
FINDERS = frozenset(
    {
        *CONSOLES,
        "nobody",  # a console where nobody is logged in
        "stranger",  # a program without a session
        "board",
        "kiosk",
        "seat",  # a seat's machine without a member
        "awaited",  # a seat that waits for its member's face
        "seated",  # the member sits, and has not read the discipline yet
        "briefed",  # the discipline is read, the committee does not stand yet
        "member",  # of the committee
        "disk",
        "log",
    }
)

Span = tuple[str, str]
"""First and last stage."""


def always(*finders: str) -> dict[str, Span]:
    return dict.fromkeys(finders, (STAGES[0], STAGES[-1]))


def since(stage: str, *finders: str) -> dict[str, Span]:
    return dict.fromkeys(finders, (stage, STAGES[-1]))


def during(first: str, last: str, *finders: str) -> dict[str, Span]:
    return dict.fromkeys(finders, (first, last))


_NEVER: dict[str, Span] = {}
_PROJECT = (
    always(*CONSOLES, "disk") | during("arriving", "arriving", "briefed") | during("constituted", "reported", "member")
)
_WATCHING = ("witness", "regulator", "disk")
_MARKS_IN_REPORT = since("reported", "centre", "tenderee") | since("checking", "agency")
"""The report shows to every console; before it, in ZC, those who check the tables see the opened sheets."""

_ZC: dict[str, dict[str, Span]] = {
    # persons: sealed in the vault, opened for the one look that needs them
    "name": _NEVER,
    "document number": _NEVER,
    "phone number": _NEVER,
    "employer": _NEVER,
    "face template": during("imported", "arriving", "kiosk") | during("arriving", "arriving", "own"),
    "portrait": during("imported", "arriving", "kiosk") | during("arriving", "arriving", "own"),
    # what opens doors
    "password": _NEVER,
    "token": _NEVER,
    "one-time code": _NEVER,
    "key of the room": _NEVER,
    "key in memory": _NEVER,
    "key of a sheet": _NEVER,
    "ticket": always("kiosk"),
    # the project: for consoles, and for a member once the discipline is read
    "project": _PROJECT,
    "bidder": _PROJECT,
    "price": _PROJECT,
    "bid file": always("disk") | during("reviewing", "reported", "member") | since("closed", *STAFF),
    # who sits where: drawn and sealed before anybody arrives
    "nonce": since("constituted", *STAFF, "disk"),
    "seating": since("constituted", *STAFF, "disk"),
    "reference": always(*STAFF, "disk") | during("arriving", "reported", "own"),
    # work done alone
    "draft": during("marking", "marking", "own", "disk"),
    "ballot": since("reviewing", "disk") | since("closed", *STAFF),
    "verdict": during("reviewed", "reported", "member")
    | since("reviewed", *_WATCHING)
    | since("checking", "agency")
    | since("closed", "centre"),
    "mark": during("opened", "reported", "member") | since("opened", *_WATCHING) | _MARKS_IN_REPORT,
    "reason of a mark": during("opened", "reported", "member")
    | since("opened", *_WATCHING)
    | since("checking", "agency")
    | since("closed", "centre"),
    # work done together
    "finding": during("checking", "reported", "member") | since("checking", *_WATCHING) | _MARKS_IN_REPORT,
    "dissent": during("confirming", "reported", "member")
    | since("confirming", *STAFF, "disk")
    | since("reported", "tenderee", "agency"),
    # what is said on the way
    "call for help": during("reviewing", "reported", "own") | since("reviewing", *STAFF, "disk"),
    "remark": since("constituted", *STAFF, "disk")
    | during("reported", "reported", "member")
    | since("reported", "tenderee", "agency"),
}


def _in_gc(spans: dict[str, Span]) -> dict[str, Span]:
    """In GC nobody checks the tables: that stage is left out, and the agency knows what the tenderee knows."""
    first_of = {"checking": "confirming"}
    moved = {who: (first_of.get(first, first), last) for who, (first, last) in spans.items() if who != "agency"}
    return moved | ({"agency": moved["tenderee"]} if "tenderee" in moved else {})


MAY = {"ZC": _ZC, "GC": {secret: _in_gc(spans) for secret, spans in _ZC.items()}}
"""By track and secret: who or what may know it, in which stages. Whoever is not named may not, ever."""


def may(track: str, secret: str, finder: str, now: str, *, own: bool = False) -> bool:
    """Whether a finder may know a secret at a stage; `own`: it is the finder's own."""
    spans = [span for who, span in MAY[track][secret].items() if who == finder or (own and who == "own")]
    return any(STAGES.index(first) <= STAGES.index(now) <= STAGES.index(last) for first, last in spans)
