"""Restarts: the state is the fold of the journal; what lived in memory is given again, nothing acknowledged is lost."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from room_packages import package
from room_play import KNOWN, STREAM, Play, ready
from room_world import PASSWORD, PLAN, Refusal, Room, a_room

from app.room.refusal import RoomRefusal


def restarted(play: Play, folder: Path) -> Room:
    """End the room and start another over the same folder; its memory is gone."""
    play.disconnect()
    play.room.stop()
    room = Room(folder)
    play.move_to(room)
    return room


def test_a_restart_in_the_middle_of_marking(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play = ready(Room(folder), tmp_path)
    try:
        play.gather()
        play.choose_chair()
        play.review("1")
        number = play.lot("1")["round"]["number"]
        first, second, *others = play.sitting
        for seat in (first, second):
            seat.seal("1", "marks", number, play.marks_sheet(seat, "1"))
        draft = f"/drafts/evaluation~ev1/1/marks/{number}"
        others[0].ask("PUT", draft, {"version": 3, "sealed": "only mine"})
        before = play.witness.evaluation()
        old_key = first.mine()["sealing_key"]["id"]

        restarted(play, folder)
        assert play.witness.evaluation() == before
        first.until(lambda v: v["evaluations"][0]["sealing_key"]["id"] != old_key, "for a fresh key")
        assert others[0].ask("GET", draft) == {"version": 3, "sealed": "only mine"}
        for seat in others:
            seat.seal("1", "marks", number, play.marks_sheet(seat, "1"))
        assert play.lot("1")["stage"] == "marking"  # two keys are still missing
        assert first.give_keys_again() == 1
        assert first.give_keys_again() == 0
        assert play.lot("1")["stage"] == "marking"
        assert second.give_keys_again() == 1
        play.wait_stage("1", "opened")
        assert play.room.store.drafts(STREAM) == []
        play.conclude("1")
        play.leave()
        play.close()
        assert play.evidence().startswith(b"PK")
    finally:
        play.disconnect()
        play.room.stop()


def test_a_key_that_opens_another_sheet_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play = ready(Room(folder), tmp_path)
    try:
        play.gather()
        play.choose_chair()
        seat = play.sitting[0]
        seat.seal("1", "review", 1, play.review_sheet(seat, "1"))
        restarted(play, folder)
        seat.until(lambda v: len(v["evaluations"][0]["lots"][0]["round"]["mine"]["keys"]) == 1)
        commitment = seat.mine()["lots"][0]["round"]["mine"]["commitment"]
        good = seat.keys[commitment]
        seat.keys[commitment] = b"\x07" * 32
        with pytest.raises(Refusal) as refused:
            seat.give_keys_again()
        assert refused.value.code == "sheet_not_opened"
        seat.keys[commitment] = good
        assert seat.give_keys_again() == 1
    finally:
        play.disconnect()
        play.room.stop()


def test_a_restart_between_the_draw_and_the_arrival(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play = ready(Room(folder), tmp_path)
    try:
        codes = [draw["code"] for draw in play.centre.view()["room"]["draws"]]
        restarted(play, folder)
        draws = play.centre.view()["room"]["draws"]
        assert [sorted(draw["needs_nonce"]) for draw in draws] == [["centre", "kiosk"], ["centre", "kiosk"]]
        found = play.look_up(1)
        play.kiosk.do("kiosk", "CheckIn", {"ticket": found["ticket"], **KNOWN})
        play.kiosk.do("kiosk", "StorePhone", {"ticket": found["ticket"], "locker": "01"})
        with pytest.raises(Refusal) as early:
            play.kiosk.do("kiosk", "TakeSlot", {"ticket": found["ticket"]})
        assert early.value.code == "nonces_needed"
        size = play.room.store.head("room")
        assert play.centre.take_part()
        assert play.kiosk.take_part()
        after = play.room.store.head("room")
        assert size == after  # the memory is refilled, no entry is made
        play.centre.until(lambda v: all(not d["needs_nonce"] for d in v["room"]["draws"]))

        def taken(_: Any) -> bool:
            try:
                play.kiosk.do("kiosk", "TakeSlot", {"ticket": found["ticket"]})
            except Refusal as refused:
                assert refused.code == "nonces_needed"  # noqa: PT017 - either answer is looked at
                return False
            return True

        play.centre.until(taken)
        place = play.ask_again(found["ticket"])
        assert place["seat"]["code"] == codes[0]
        assert [draw["code"] for draw in play.centre.view()["room"]["draws"]] == codes
    finally:
        play.disconnect()
        play.room.stop()


def test_a_restart_in_the_middle_of_a_draw(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play = Play(Room(folder))
    try:
        play.import_package(package(tmp_path))
        play.centre.do("room", "CallDraw", {"purpose": "slots", "streams": [STREAM]})
        assert play.centre.take_part()
        assert play.kiosk.take_part()
        assert play.centre.take_part()  # the centre has revealed, the kiosk has not
        restarted(play, folder)
        draw = play.centre.view()["room"]["draws"][0]
        assert (draw["stage"], draw["revealed"], draw["needs_nonce"]) == ("revealing", ["centre"], ["centre"])
        play.settle_draws(lambda: play.centre.evaluation()["slots_allotted"])
    finally:
        play.disconnect()
        play.room.stop()


def test_other_keys_or_another_plan_do_not_open_these_data(tmp_path: Path) -> None:
    with a_room(tmp_path):
        pass
    with pytest.raises(RoomRefusal) as plan:
        Room(tmp_path, seats=PLAN["seats"][:3])  # type: ignore[index]
    assert plan.value.code == "plan_differs"
    with pytest.raises(RoomRefusal) as live:
        Room(tmp_path, rehearsal=False)
    assert live.value.code == "plan_differs"
    for name, code in (("vault", None), ("sign", "key_differs")):
        key = tmp_path / "keys" / f"{name}.key"
        kept = key.read_text()
        key.write_text("ab" * 32)
        if code is None:
            with a_room(tmp_path):  # an empty vault opens with any key
                pass
        else:
            with pytest.raises(RoomRefusal) as other:
                Room(tmp_path)
            assert other.value.code == code
        key.write_text(kept)


def test_a_vault_sealed_by_another_key_is_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play = ready(Room(folder), tmp_path)
    play.disconnect()
    play.room.stop()
    (folder / "keys" / "vault.key").write_text("ab" * 32)
    with pytest.raises(RoomRefusal) as refused:
        Room(folder)
    assert (refused.value.code, refused.value.where) == ("key_differs", "vault")


# --- the real process, killed


class Process:
    """`kawei room` as a child."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        arguments = ["room", "--data", str(folder / "data"), "--rehearsal", "--port", str(port)]
        arguments += ["--plan", str(folder / "plan.json"), "--provision", str(folder / "provision.json")]
        self.log = (folder / "room.log").open("ab")
        self.child = subprocess.Popen(
            [sys.executable, "-m", "app", *arguments], stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        assert self.child.stdout is not None
        self.told = json.loads(self.child.stdout.readline())
        self.url = self.told["listening"]

    def kill(self) -> None:
        self.child.send_signal(signal.SIGKILL)
        self._over()

    def end(self) -> int:
        self.child.send_signal(signal.SIGTERM)
        return self._over()

    def _over(self) -> int:
        code = self.child.wait(20)
        assert self.child.stdout is not None
        self.child.stdout.close()
        self.log.close()
        return code


class ProcessRoom:
    """What `Play` needs of a room, of one in another process whose codes and accounts are provided."""

    def __init__(self, process: Process) -> None:
        self.process, self.url = process, process.url

    def add_users(self, *names: str) -> None:
        pass

    def code(self, kind: str, seat: str | None = None) -> str:
        self.consoles = getattr(self, "consoles", 0) + (kind == "console")
        return f"{kind}-{seat or self.consoles}" if kind == "console" else f"{kind}-{seat}"


def provide(folder: Path) -> None:
    users = [
        {"name": f"{role}-a", "role": role, "password": PASSWORD}
        for role in ("centre", "witness", "agency", "regulator", "tenderee")
    ]
    codes = [{"code": f"console-{k}", "kind": "console"} for k in (1, 2, 3)]
    codes += [{"code": "kiosk-None", "kind": "kiosk"}]
    codes += [{"code": f"seat-{seat['id']}", "kind": "seat", "seat": seat["id"]} for seat in PLAN["seats"]]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_text(json.dumps(PLAN), "utf-8")
    (folder / "provision.json").write_text(json.dumps({"users": users, "enrolments": codes}), "utf-8")


def test_kill_9_in_the_middle_of_marking(tmp_path: Path) -> None:
    provide(tmp_path)
    process = Process(tmp_path)
    port = int(process.url.rsplit(":", 1)[1])
    try:
        play = Play(ProcessRoom(process))  # type: ignore[arg-type]
        assert play.import_package(package(tmp_path)) == STREAM
        play.draw()
        play.gather()
        play.choose_chair()
        play.review("1")
        number = play.lot("1")["round"]["number"]
        draft = f"/drafts/evaluation~ev1/1/marks/{number}"
        for k, seat in enumerate(play.sitting):
            seat.ask("PUT", draft, {"version": 1, "sealed": f"draft {k}"})
        for seat in play.sitting[:3]:
            seat.seal("1", "marks", number, play.marks_sheet(seat, "1"))
        before, key = play.witness.evaluation(), process.told["key"]
        process.kill()
        play.disconnect()
        process = Process(tmp_path, port)
        assert (process.told["key"], process.url) == (key, play.room.url)
        play.move_to(ProcessRoom(process))  # type: ignore[arg-type]
        after = play.witness.evaluation()
        assert after == before
        for k, seat in enumerate(play.sitting[3:], start=3):
            assert seat.ask("GET", draft) == {"version": 1, "sealed": f"draft {k}"}
        for seat in play.sitting[3:]:
            seat.seal("1", "marks", number, play.marks_sheet(seat, "1"))
        assert [seat.give_keys_again() for seat in play.sitting] == [1, 1, 1, 0, 0]
        play.wait_stage("1", "opened")
        play.disconnect()
        assert process.end() == 0
    finally:
        if process.child.poll() is None:
            process.kill()
    log = (tmp_path / "room.log").read_text()
    assert "Traceback" not in log
    assert "bug in" not in log
