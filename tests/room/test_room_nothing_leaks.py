"""Every role at every stage, every answer, stream message, log line and file on disk: who may not know, does not.

A search that finds nothing proves nothing unless it can find something: each channel first finds a planted secret.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from room_packages import NAMES, document, package
from room_play import STREAM, Play
from room_world import PASSWORD, Machine, Refusal, Room, Seat, a_room

REVIEW_WORD, MARK_WORD, DRAFT_WORD = "审查暗语七星", "打分暗语九州", "草稿暗语三江"
STAGES = ("imported", "drawn", "seated", "gathered", "reviewing", "reviewed", "marking", "opened", "reported", "closed")
STAFF = frozenset({"centre", "witness", "regulator", "tenderee", "agency"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Secret:
    """Words that must not be met: who may know them at which stage, and whether the server's disk may hold them."""

    name: str
    words: tuple[str, ...]
    roles: Callable[[str], frozenset[str]]
    on_disk: Callable[[str], bool]


def since(stage: str, now: str) -> bool:
    return STAGES.index(now) >= STAGES.index(stage)


def project_roles(now: str) -> frozenset[str]:
    return STAFF | (frozenset({"member"}) if since("gathered", now) and not since("closed", now) else NOBODY)


def opened_roles(stage: str) -> Callable[[str], frozenset[str]]:
    def roles(now: str) -> frozenset[str]:
        if not since(stage, now):
            return NOBODY
        members = NOBODY if since("closed", now) else frozenset({"member"})
        return members | {"witness", "regulator"}

    return roles


def mark_roles(now: str) -> frozenset[str]:
    """A mark may also stand in a published mean: whoever may see the result meets it there."""
    return opened_roles("opened")(now) | (STAFF if since("reported", now) else NOBODY)


def secrets_of(play: Play, project: str, bidders: tuple[str, ...], codes: tuple[str, ...]) -> list[Secret]:
    people = tuple(word for k in range(1, 6) for word in (NAMES[k - 1], document(k), f"秘密单位{k}", f"1380000000{k}"))
    keys = (PASSWORD, *codes, *(machine.token for machine in play.machines if machine.token))
    nonces = tuple(nonce.hex() for party in (play.centre, play.kiosk) for nonce in party.nonces.values())
    return [
        Secret("people", people, lambda now: NOBODY, lambda now: False),
        Secret("keys", keys, lambda now: NOBODY, lambda now: False),
        Secret("project", (project, *bidders), project_roles, lambda now: True),
        Secret(
            "seating",
            ('"seating"', *nonces),
            lambda now: STAFF if since("gathered", now) else NOBODY,
            lambda now: since("gathered", now),
        ),
        Secret("review", (REVIEW_WORD,), opened_roles("reviewed"), lambda now: since("reviewed", now)),
        Secret("marks", (MARK_WORD,), opened_roles("opened"), lambda now: since("opened", now)),
        Secret("mark", ('"7.77"',), mark_roles, lambda now: since("opened", now)),
        Secret("draft", (DRAFT_WORD,), lambda now: NOBODY, lambda now: False),
    ]


class Stranger(Machine):
    """A machine that the room has never seen."""


def answers(machine: Machine) -> Iterator[tuple[str, str]]:
    """Everything that a machine gets when it asks for everything, the stream from its beginning included."""
    place = "evaluation~ev1"
    paths = ["/health", "/openapi.json", "/view", "/seat/reference", f"/reports/{place}/1", f"/evidence/{place}/1"]
    paths += [f"/drafts/{place}/1/marks/1", f"/drafts/{place}/1/review/1"]
    for path in paths:
        yield path, told(lambda path=path: machine.ask("GET", path))
    for body in ({"document": "510107197001010990"}, {"ticket": "guessed"}):
        yield "/kiosk/lookup", told(lambda body=body: machine.ask("POST", "/kiosk/lookup", body))
    yield "/enrolments", told(lambda: machine.ask("POST", "/packages", data=b"no zip"))
    yield (
        "/commands",
        told(lambda: machine.do(STREAM, "OpenSheets", {"lot": "1", "kind": "marks", "round": 1, "sheets": {}})),
    )
    if machine.token:
        position = int(machine.ask("GET", "/health")["position"])
        stream = machine.stream(0)
        try:
            yield "/stream", json.dumps(stream.up_to(position, silent=True), ensure_ascii=False)
        finally:
            stream.close()


def told(ask: Callable[[], Any]) -> str:
    """An answer or a refusal as text; a PDF or zip only by its being there."""
    try:
        found = ask()
    except Refusal as refusal:
        return json.dumps(refusal.error, ensure_ascii=False)
    return json.dumps(found, ensure_ascii=False) if not isinstance(found, bytes) else f"{len(found)} bytes"


def role_of(machine: Machine, play: Play, posts: dict[str, str], now: str) -> str:
    if machine.device in posts:
        return posts[machine.device]
    if isinstance(machine, Seat):
        return "member" if machine in getattr(play, "sitting", ()) else "seat"
    return machine.device.split("-", maxsplit=1)[0]


class Walk:
    """Goes through the stages and looks into every channel at each."""

    def __init__(self, play: Play, folder: Path, log: Callable[[], str], extra: dict[str, Machine]) -> None:
        self.play, self.folder, self.log = play, folder, log
        self.posts = {
            name: post.split("-")[0]
            for name, post in {"console-1": "centre-a", "console-2": "witness-a", "console-3": "agency-a"}.items()
        }
        self.posts |= {machine.device: role for role, machine in extra.items()}
        self.machines = [*play.machines, *extra.values()]
        self.codes: tuple[str, ...] = ()
        self.project, self.bidders = "", ()
        self.found: list[str] = []
        self.met: set[tuple[str, str]] = set()
        """(channel, secret) pairs that were met where they may be: the search works there."""

    def look(self, now: str) -> None:
        known = secrets_of(self.play, self.project, self.bidders, self.codes)
        for machine in self.machines:
            role = role_of(machine, self.play, self.posts, now)
            for path, text in answers(machine):
                channel = "stream" if path == "/stream" else "answer"
                self._search(
                    known,
                    text,
                    channel,
                    f"{now}: {role} {machine.device} {path}",
                    lambda s, role=role: role in s.roles(now),
                )
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and "keys" not in p.parts):
            text = path.read_bytes().decode("utf-8", "replace") + path.name
            self._search(known, text, "disk", f"{now}: {path.name}", lambda s: s.on_disk(now))
        self._search(known, self.log(), "log", f"{now}: log", lambda s: False)

    def _search(self, known: list[Secret], text: str, channel: str, where: str, may: Callable[[Secret], bool]) -> None:
        for secret in known:
            for word in secret.words:
                if word not in text and json.dumps(word)[1:-1] not in text:
                    continue
                # A machine's own password or token never comes back either.
                if may(secret):
                    self.met.add((channel, secret.name))
                else:
                    self.found.append(f"{where}: {secret.name}")


def with_words(sheet: dict[str, Any], word: str) -> dict[str, Any]:
    """The first mark 7.77 and a reason with the word, where the sheet is one of marks."""
    bid, row = next(iter(sheet["marks"].items()))
    factor = next(iter(row))
    return {"marks": sheet["marks"] | {bid: row | {factor: "7.77"}}, "reasons": {bid: {factor: word}}}


def failing(sheet: dict[str, Any], word: str) -> dict[str, Any]:
    bid, row = next(iter(sheet["bids"].items()))
    item = next(iter(row))
    return {"bids": sheet["bids"] | {bid: row | {item: {"pass": False, "reason": word, "page": "37"}}}}


def seal_all(walk: Walk, kind: str, make: Callable[[Seat], dict[str, Any]], middle: str) -> None:
    """All members end one after another; a look when two are left."""
    play = walk.play
    number = play.lot("1")["round"]["number"]
    for k, seat in enumerate(play.sitting):
        if k == 3:
            walk.look(middle)
        seat.seal("1", kind, number, make(seat))


@pytest.fixture
def walk(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Walk]:
    caplog.set_level(logging.DEBUG, "app")
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        extra = {role: console(room, k, role) for k, role in enumerate(("regulator", "tenderee", "nobody"), 4)}
        extra["board"] = enrolled(room, "board-1", "board")
        extra["stranger"] = Stranger(room.url, "stranger-1")
        found = Walk(play, tmp_path / "data", lambda: caplog.text, extra)
        found.codes = (room.code("console"),)
        yield found
        play.disconnect()


def console(room: Room, number: int, role: str) -> Machine:
    machine = enrolled(room, f"console-{number}", "console")
    return machine if role == "nobody" else machine.login(f"{role}-a")


def enrolled(room: Room, name: str, kind: str) -> Machine:
    machine = Machine(room.url, name)
    machine.enrol(room.code(kind))
    return machine.open()


@pytest.mark.slow
@pytest.mark.leaves("logs", reason="refused questions are logged as warnings, and that is what is looked at")
def test_nobody_learns_what_is_not_theirs(walk: Walk, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    play = walk.play
    play.import_package(package(tmp_path, "GC"))
    project = play.centre.evaluation()
    walk.project = project["project"]["name"]
    walk.bidders = tuple(bid["bidder"] for lot in project["lots"] for bid in lot["bids"])
    walk.look("imported")
    play.draw()
    walk.look("drawn")
    look_when_seated(walk)
    play.gather()
    walk.look("gathered")
    play.choose_chair()
    seal_all(walk, "review", lambda seat: failing(play.review_sheet(seat, "1"), REVIEW_WORD), "reviewing")
    play.wait_stage("1", "reviewed")
    walk.look("reviewed")
    failing_bid = play.lot("1")["verdict"]["failing"]
    left = len(play.lot("1")["bids"]) - len(failing_bid)
    competition = None if left >= 3 else "其余投标仍有竞争性"
    play.chair.do(STREAM, "ConcludeReview", {"lot": "1", "rejections": failing_bid, "competition": competition})
    for seat in play.sitting:
        sealed = json.dumps({"ciphertext": "sealed by the seat, so the word is not in it"})
        seat.ask("PUT", "/drafts/evaluation~ev1/1/marks/1", {"version": 1, "sealed": sealed})
    seal_all(walk, "marks", lambda seat: with_words(play.marks_sheet(seat, "1"), MARK_WORD), "marking")
    play.wait_stage("1", "opened")
    walk.look("opened")
    play.conclude("1")
    walk.look("reported")
    play.leave()
    play.close()
    play.evidence()
    walk.look("closed")
    assert walk.found == []
    # The search works in every channel, on every secret that is ever anybody's to know.
    for channel in ("answer", "stream", "disk"):
        assert {(channel, "project"), (channel, "review"), (channel, "marks")} <= walk.met, channel
    assert ("answer", "seating") in walk.met or ("stream", "seating") in walk.met
    assert ("disk", "seating") in walk.met
    logging.getLogger("app.room").info("planted: %s", NAMES[0])
    walk.look("closed")
    assert walk.found == ["closed: log: people"]
    walk.found.clear()
    (walk.folder / "files" / "planted").write_text(DRAFT_WORD, "utf-8")
    walk.look("closed")
    assert sorted(set(walk.found)) == ["closed: log: people", "closed: planted: draft"]


def look_when_seated(walk: Walk) -> None:
    """Between the seat's opening and the discipline its member knows neither project nor bidder."""
    play = walk.play
    for seat in play.seats.values():
        real = seat.do

        def do(stream: str, kind: str, data: Any = None, id: str | None = None, real: Any = real) -> Any:
            if kind == "ReadDiscipline" and "seated" not in walk.__dict__:
                walk.__dict__["seated"] = True
                walk.look("seated")
            return real(stream, kind, data, id)

        seat.do = do  # type: ignore[method-assign]
