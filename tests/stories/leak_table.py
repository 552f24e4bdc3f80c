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


def _always(*finders: str) -> dict[str, Span]:
    return dict.fromkeys(finders, (STAGES[0], STAGES[-1]))


def _from(stage: str, *finders: str) -> dict[str, Span]:
    return dict.fromkeys(finders, (stage, STAGES[-1]))


def _while(first: str, last: str, *finders: str) -> dict[str, Span]:
    return dict.fromkeys(finders, (first, last))


_NEVER: dict[str, Span] = {}
_PROJECT = (
    _always(*CONSOLES, "disk") | _while("arriving", "arriving", "briefed") | _while("constituted", "reported", "member")
)
_WATCHING = ("witness", "regulator", "disk")
_MARKS_IN_REPORT = _from("reported", "centre", "tenderee") | _from("checking", "agency")
"""The report shows to every console; before it, in ZC, those who check the tables see the opened sheets."""

_ZC: dict[str, dict[str, Span]] = {
    # persons: sealed in the vault, opened for the one look that needs them
    "name": _NEVER,
    "document number": _NEVER,
    "phone number": _NEVER,
    "employer": _NEVER,
    "face template": _while("imported", "arriving", "kiosk") | _while("arriving", "arriving", "own"),
    "portrait": _while("imported", "arriving", "kiosk") | _while("arriving", "arriving", "own"),
    # what opens doors
    "password": _NEVER,
    "token": _NEVER,
    "one-time code": _NEVER,
    "key of the room": _NEVER,
    "key in memory": _NEVER,
    "key of a sheet": _NEVER,
    "ticket": _always("kiosk"),
    # the project: for consoles, and for a member once the discipline is read
    "project": _PROJECT,
    "bidder": _PROJECT,
    "price": _PROJECT,
    "bid file": _always("disk") | _while("reviewing", "reported", "member") | _from("closed", *STAFF),
    # who sits where: drawn and sealed before anybody arrives
    "nonce": _from("constituted", *STAFF, "disk"),
    "seating": _from("constituted", *STAFF, "disk"),
    "reference": _always(*STAFF, "disk") | _while("arriving", "reported", "own"),
    # work done alone
    "draft": _while("marking", "marking", "own", "disk"),
    "ballot": _from("reviewing", "disk") | _from("closed", *STAFF),
    "verdict": _while("reviewed", "reported", "member")
    | _from("reviewed", *_WATCHING)
    | _from("checking", "agency")
    | _from("closed", "centre"),
    "mark": _while("opened", "reported", "member") | _from("opened", *_WATCHING) | _MARKS_IN_REPORT,
    "reason of a mark": _while("opened", "reported", "member")
    | _from("opened", *_WATCHING)
    | _from("checking", "agency")
    | _from("closed", "centre"),
    # work done together
    "finding": _while("checking", "reported", "member") | _from("checking", *_WATCHING) | _MARKS_IN_REPORT,
    "dissent": _while("confirming", "reported", "member")
    | _from("confirming", *STAFF, "disk")
    | _from("reported", "tenderee", "agency"),
    # what is said on the way
    "call for help": _while("reviewing", "reported", "own") | _from("reviewing", *STAFF, "disk"),
    "remark": _from("constituted", *STAFF, "disk")
    | _while("reported", "reported", "member")
    | _from("reported", "tenderee", "agency"),
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
