"""While marks are blind everyone asks for everything, and nobody finds whose code is whose, nor any price."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "room"))
sys.path.insert(0, str(Path(__file__).parent))

from leak_questions import Known, answers, replays
from leak_search import Content, Search, keys, numbers, on_disk, words
from phased import blind, tender
from room_packages import package
from room_play import STREAM, Play
from room_world import Machine, Room, a_room

from app.room.importing import files_of

PRICES = ("880000", "905000", "861000.50", "899000")
NAMES = ("第一监理有限公司", "第二工程咨询公司", "第三监理公司", "第四建设咨询有限公司")


def at_the_blind_phase(room: Room, folder: Path) -> Play:
    """A committee with its chair, in front of bids without names."""
    play = Play(room)
    play.import_package(package(folder, "GC", delegates=0, tender=tender(blind)))
    play.draw()
    play.gather()
    play.sitting[0].until(lambda v: room.services.seeds.of(STREAM), "for the codes")
    play.choose_chair()
    play.wait_stage("1", "marking")
    return play


def without_pledge(content: Content) -> Content:
    """What is told, but for the list of names that every member declared to have no interest in."""
    try:
        found = json.loads(content.raw)
    except ValueError:
        return content
    for evaluation in found.get("evaluations", ()) if isinstance(found, dict) else ():
        evaluation.pop("bidders", None)
    return Content(content.where, json.dumps(found, ensure_ascii=False).encode())


def test_nobody_finds_whose_code_is_whose(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        play = at_the_blind_phase(room, tmp_path)
        book = room.services.writer.book
        seed = room.services.seeds.of(STREAM)["1"]
        bids = book.evaluations[STREAM].tender.lots[0].bids
        named = [file.sha256 for bid in bids for file in bid.files if not file.blind]
        dark = [file.sha256 for bid in bids for file in bid.files if file.blind]
        roles = {"console-1": "centre", "console-2": "witness", "console-3": "agency", "kiosk-1": "kiosk"}
        known = Known([file.sha256 for file in files_of(book.evaluations[STREAM].tender)])
        at_seats = Search(
            [*keys("seed", seed), *words("name", *NAMES), *numbers("price", *PRICES), *words("file", *named)]
        )
        elsewhere = Search([*keys("seed", seed), *words("blind file", *dark)])
        machines: list[Machine] = play.machines
        for machine in machines:
            sits = machine in play.sitting
            search = at_seats if sits else elsewhere
            for content in answers(machine, roles.get(machine.device, "seat"), known):
                where = f"{machine.device} {content.where}"
                # A path names the file that was asked for, and the refusal may say it again.
                asked = content.where if any(digest in content.where for digest in known.digests) else ""
                met = {(n.secret, n.shown) for n in search.met(without_pledge(content)) if n.shown not in asked}
                assert not met, where
        for device, content in replays(machines, room.store.last_position()).items():
            assert not list(elsewhere.met(content)), device
        for content in on_disk(room.folder, apart="keys"):
            assert not list(Search(keys("seed", seed)).met(content)), content.where
        at_the_centre = [met for content in answers(play.centre, "centre", known) for met in at_seats.met(content)]
        assert {needle.secret for needle in at_the_centre} >= {"name", "price"}  # the search finds what is there
        first = [bid["files"][0]["sha256"] for bid in play.lot("1", play.sitting[0])["bids"]]
        assert sorted(first) == sorted(dark)  # what could have leaked is there
