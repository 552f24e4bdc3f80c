"""Beside a platform everyone asks for everything: what the platform states is the committee's and the watchers'."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "room"))
sys.path.insert(0, str(Path(__file__).parent))

from accompanied_play import rules
from leak_questions import Known, answers, replays
from leak_search import Search, numbers, words
from platform_export import export, wrong_total
from room_packages import NAMES
from room_play import STREAM, Play, ready
from room_world import a_room

PLACE = "/platform/evaluation~ev1/1"


def test_what_the_platform_states_is_found_by_committee_and_watchers_alone(tmp_path: Path) -> None:
    with a_room(tmp_path / "room") as room:
        play: Play = ready(room, tmp_path, rules=rules("ZC"))
        play.gather()
        play.choose_chair()
        state = room.services.writer.book.evaluations[STREAM]
        sent = play.agency.ask("POST", PLACE, data=export(state, change=wrong_total))
        stated = Search([*numbers("total", "99.99"), *words("remark", "总得分有误")])
        people = Search(words("name", *NAMES[:5]))
        known = Known([sent["sha256"]])
        roles = {"console-1": "centre", "console-2": "witness", "console-3": "agency", "kiosk-1": "kiosk"}
        finders = {
            machine.device
            for machine in play.machines
            for content in answers(machine, roles.get(machine.device, "seat"), known)
            if list(stated.met(content)) and not list(people.met(content))
        }
        told = replays(play.machines, room.store.last_position())
        heard = {device for device, content in told.items() if list(stated.met(content))}
        sitting = {seat.device for seat in play.sitting}
        assert finders == {"console-2", *sitting}
        assert heard == {"console-2", *sitting}
        play.disconnect()
