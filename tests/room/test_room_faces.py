"""Enrolled faces in a running room: two people, consent, what kiosk and seat get, and what is forgotten when."""

import base64
import io
import json
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from string import Formatter
from typing import Any

import pypdfium2
import pytest
from faces_ground import CARD, MODEL, VERSION, confirm, consent, enrol, faces, proposal, propose, template_of
from room_packages import NAMES, document, package, portrait_of
from room_play import STREAM, Play, ready
from room_world import PLAN, Machine, Refusal, Room, a_room

import resources
from app.evaluation.refusal import Refused
from app.journal import parse_checkpoint
from app.room import read_plan
from devices.ambient import ScriptedClock

BEIJING = timezone(timedelta(hours=8))
READS = {"model": MODEL, "version": VERSION}


def of_faces(room: Room) -> list[tuple[str, Any]]:
    kinds = ("FaceProposed", "FaceEnrolled", "FaceLooked", "TemplateForgotten", "PortraitsForgotten")
    rows = [row for row in room.store.entries("room") if row.type in kinds]
    return [(row.type, json.loads(row.body)) for row in rows]


def second_of_the_centre(room: Room) -> Machine:
    room.add_users("centre-z")
    other = Machine(room.url, "console-z")
    other.enrol(room.code("console"))
    other.open()
    return other.login("centre-z")


def looked_up(play: Play, number: int, **reads: Any) -> Any:
    return play.kiosk.ask("POST", "/kiosk/lookup", {"document": document(number), **reads})


def test_two_people_enrol_and_the_kiosk_gets_numbers_in_place_of_a_picture(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        expert = propose(play.centre, 1)
        assert faces(play.centre)[expert]["stage"] == "proposed"
        assert looked_up(play, 1, **READS)["template"] is None  # nobody has confirmed yet
        with pytest.raises(Refusal) as same:
            confirm(play.centre, expert, 1)
        assert (same.value.status, same.value.code) == (409, "second_person")
        other = second_of_the_centre(room)
        with pytest.raises(Refusal) as card:
            confirm(other, expert, 2)
        assert card.value.code == "other_card"
        tried = [json.loads(row.body)["data"] for row in room.store.entries("room") if row.type == "AccessRefused"]
        assert [one["code"] for one in tried] == ["second_person", "other_card"]
        assert confirm(other, expert, 1) == {"expert": expert, "until": ""}
        found = looked_up(play, 1, **READS)
        data = base64.b64encode(template_of(1)).decode()
        assert (found["image"], found["template"]) == (None, READS | {"data": data})
        assert looked_up(play, 2, **READS)["template"] is None
        for other_model in ({}, {"model": MODEL, "version": 2}, {"model": "another", "version": 1}):
            plain = looked_up(play, 1, **other_model)
            assert (base64.b64decode(plain["image"]), plain["template"]) == (portrait_of("m1"), None)
        purposes = [json.loads(row.body)["data"]["purpose"] for row in room.store.entries("room")[-6:]]
        assert purposes == ["greeting", "portrait"] * 3
        looks = [json.loads(row.body)["data"] for row in room.store.entries("room") if row.type == "NamesLooked"]
        assert [look["purpose"] for look in looks].count("template") == 1
        told = json.dumps(of_faces(room), ensure_ascii=False)
        for secret in (document(1), NAMES[0], data):
            assert secret not in told
        play.disconnect()


def test_the_seat_gets_the_template_too(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        enrol(play, 1)
        seat = play.to_the_seat(1)
        found = seat.ask("GET", f"/seat/reference?model={MODEL}&version={VERSION}")
        assert (found["kind"], found["image"]) == ("template", None)
        assert base64.b64decode(found["template"]["data"]) == template_of(1)
        plain = seat.ask("GET", "/seat/reference")
        assert (plain["kind"], plain["template"]) == ("portrait", None)
        with pytest.raises(Refusal) as bad:
            seat.ask("GET", f"/seat/reference?model={MODEL}&version=x")
        assert bad.value.status == 400
        play.disconnect()


def test_who_may_ask_and_what_is_refused(marking: Play) -> None:
    for machine in (marking.agency, marking.kiosk, marking.sitting[0]):
        for method, path, body in (
            ("GET", "/faces/consent", None),
            ("POST", "/faces/find", {"document": document(1)}),
            ("POST", "/faces/forget", {"expert": "x", "why": "request", "reason": "x"}),
        ):
            with pytest.raises(Refusal) as refused:
                machine.ask(method, path, body)
            assert (refused.value.status, refused.value.code) == (403, "not_permitted")
    with pytest.raises(Refusal) as witness:
        propose(marking.witness, 1)
    assert witness.value.code == "not_permitted"
    for changes, code in (
        ({"verdict": "different"}, "not_alike"),
        ({"verdict": "same"}, "not_alike"),
        ({"consent": {"version": "2026-11-24/zh", "sha256": "00" * 32}}, "consent_changed"),
        ({"document": CARD}, "on_no_list"),
        ({"document": "  "}, "bad_request"),
        ({"template": {"model": MODEL, "version": 1, "data": "%"}}, "bad_request"),
        ({"template": {"model": MODEL, "version": 0, "data": "AAAA"}}, "bad_request"),
        ({"template": {"model": MODEL, "version": 1, "data": "A" * 12_000}}, "bad_request"),
    ):
        with pytest.raises(Refusal) as refused:
            marking.centre.ask("POST", "/faces", proposal(marking.centre, 1) | changes)
        assert refused.value.code == code
    assert faces(marking.centre) == {}
    for kind in ("ProposeFace", "ConfirmFace", "LookAtFace", "ForgetFace", "ForgetPortraits"):
        with pytest.raises(Refusal) as inside:
            marking.centre.do("room", kind, {})
        assert inside.value.code == "not_permitted"


WRITTEN = {"zh": "本人签名", "en": "Second staff"}


def printed(content: bytes) -> str:
    with closing(pypdfium2.PdfDocument(io.BytesIO(content))) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_consent_names_holder_and_time_in_both_languages_also_on_paper(tmp_path: Path) -> None:
    privacy = {"holder": "岷乐公共资源交易中心", "contact": "0000-1234567", "face_days": 90}
    with a_room(tmp_path / "data", privacy=privacy) as room:
        play = Play(room)
        for lang, phrase in (("zh", "90 天"), ("en", "90 days")):
            text = play.centre.ask("GET", "/faces/consent", lang=lang)
            assert (text["version"], text["days"]) == (f"2026-11-24/{lang}", 90)
            assert phrase in text["text"]
            assert "岷乐公共资源交易中心" in text["text"]
            assert "{" not in text["text"]
            paper = "".join(printed(play.centre.ask("GET", "/faces/consent/form", lang=lang)).split())
            for words in (*text["text"].splitlines(), text["version"], text["sha256"], WRITTEN[lang], "演练"):
                assert "".join(words.split()) in paper
            body = proposal(play.centre, 1, CARD) | {"consent": {k: text[k] for k in ("version", "sha256")}}
            assert play.centre.ask("POST", "/faces", body)["until"] != ""
        play.disconnect()


def test_a_fresh_template_replaces_the_older_one(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        first = enrol(play, 1)
        lost = propose(play.centre, 1)
        second = propose(play.centre, 1)
        assert set(faces(play.centre)) == {first, second}
        assert looked_up(play, 1, **READS)["template"] is not None
        confirm(play.witness, second, 1)
        assert set(faces(play.centre)) == {second}
        gone = [body["data"] for kind, body in of_faces(room) if kind == "TemplateForgotten"]
        assert gone == [{"expert": one, "why": "replaced", "reason": ""} for one in (lost, first)]
        assert [expert.ref for expert in room.store.experts()] == [second]
        play.disconnect()


def test_a_restart_keeps_the_register_and_other_keys_do_not_open_it(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = ready(room, tmp_path)
        expert = enrol(play, 1)
        play.disconnect()
    with a_room(tmp_path / "data") as room:
        play.move_to(room)
        assert faces(play.centre)[expert]["stage"] == "enrolled"
        assert looked_up(play, 1, **READS)["template"]["model"] == MODEL
        play.disconnect()
    (tmp_path / "data" / "keys" / "faces.key").unlink()
    with pytest.raises(Exception, match="key_differs"), a_room(tmp_path / "data"):
        pass


def test_whoever_wants_is_found_by_the_card_and_forgotten_at_once(tmp_path: Path) -> None:
    with a_room(tmp_path / "data", checkpoint_s=600.0) as room:
        play = ready(room, tmp_path)
        expert = enrol(play, 1)
        found = play.witness.ask("POST", "/faces/find", {"document": document(1).lower()})
        assert found == {"experts": [expert], "expected": True}
        assert play.witness.ask("POST", "/faces/find", {"document": CARD}) == {"experts": [], "expected": False}
        assert [kind for kind, _ in of_faces(room)][-1] == "FaceLooked"
        assert play.agency.view()["room"].get("faces", []) == []
        play.centre.ask("POST", "/faces/forget", {"expert": expert, "why": "request", "reason": "本人要求"})
        kind, entry = of_faces(room)[-1]
        assert (kind, entry["data"]["why"], entry["actor"]["post"]) == ("TemplateForgotten", "request", "centre-a")
        # The record is signed at once: no checkpoint is due for ten minutes.
        note = parse_checkpoint(room.store.checkpoints("room")[-1].note)
        assert note.checkpoint.size >= entry["seq"]
        assert looked_up(play, 1, **READS)["template"] is None
        assert list(room.store.experts()) == []
        with pytest.raises(Refusal) as twice:
            play.centre.ask("POST", "/faces/forget", {"expert": expert, "why": "request", "reason": "再次"})
        assert twice.value.code == "no_such_face"
        play.disconnect()


def test_what_nobody_confirms_is_forgotten_within_the_hour(tmp_path: Path) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING))
    with a_room(tmp_path / "data", clock=clock, checkpoint_s=0.05) as room:
        play = ready(room, tmp_path)
        propose(play.centre, 1)
        kept = enrol(play, 2)
        clock.advance(29 * 60)
        assert len(faces(play.centre)) == 2
        clock.advance(60)
        play.centre.until(lambda view: [face["expert"] for face in view["room"]["faces"]] == [kept], "for forgetting")
        assert of_faces(room)[-1][1]["data"]["why"] == "unconfirmed"
        play.disconnect()


def test_a_kept_template_goes_on_its_day(tmp_path: Path) -> None:
    clock = ScriptedClock(datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING))
    with a_room(tmp_path / "data", clock=clock, checkpoint_s=0.05, privacy={"face_days": 2}) as room:
        play = Play(room)
        expert = propose(play.centre, 1, card=CARD)
        assert confirm(play.witness, expert, 1, card=CARD)["until"].startswith("2026-03-04T09:00:00")
        # Sessions end before: what the room keeps is asked inside.
        clock.advance(2 * 86400 - 1)
        assert set(room.services.writer.book.room.faces) == {expert}
        clock.advance(1)
        deadline = time.monotonic() + 10
        while room.services.writer.book.room.faces:
            assert time.monotonic() < deadline, "nobody forgets"
            threading.Event().wait(0.02)
        assert of_faces(room)[-1][1]["data"]["why"] == "expired"
        play.disconnect()


@pytest.mark.parametrize("days", [0, 3])
def test_the_close_of_the_evaluation_takes_faces_and_portraits_with_it(tmp_path: Path, days: int) -> None:
    with a_room(tmp_path / "data", checkpoint_s=0.05, privacy={"portrait_days": days}) as room:
        play = ready(room, tmp_path)
        expert = enrol(play, 1)
        refs = [person.ref for person in room.store.persons()]
        assert sum(t.model == "portrait" for ref in refs for t in room.store.templates(ref)) == 3
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        play.conclude("1")
        play.leave()
        assert set(faces(play.centre)) == {expert}
        play.close()
        play.evidence()
        play.centre.until(lambda view: view["room"]["faces"] == [], "for the close")
        if not days:
            play.centre.until(
                lambda _: any(kind == "PortraitsForgotten" for kind, _ in of_faces(room)), "for portraits"
            )
        left = [t.model for ref in refs for t in room.store.templates(ref)]
        assert ("portrait" in left) == bool(days)
        assert "authorisation" in left
        assert [body["data"].get("why") for kind, body in of_faces(room) if kind == "TemplateForgotten"] == ["closed"]
        counted = [body["data"] for kind, body in of_faces(room) if kind == "PortraitsForgotten"]
        assert counted == ([] if days else [{"stream": STREAM, "count": 3}])
        play.disconnect()


def test_consent_is_asked_for_in_the_words_of_today(tmp_path: Path) -> None:
    with a_room(tmp_path / "data") as room:
        play = Play(room)
        play.import_package(package(tmp_path))
        old = consent(play.centre)
        play.disconnect()
    with a_room(tmp_path / "data", privacy={"holder": "另一个中心"}) as room:
        play.move_to(room)
        with pytest.raises(Refusal) as changed:
            play.centre.ask("POST", "/faces", proposal(play.centre, 1) | {"consent": old})
        assert changed.value.code == "consent_changed"
        play.disconnect()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sign_at_the_door_names_what_the_consent_names(lang: str) -> None:
    def gaps(name: str) -> set[str | None]:
        text = resources.path("privacy", f"{name}.{lang}.txt").read_text("utf-8")
        return {field for _, field, _, _ in Formatter().parse(text) if field is not None}

    assert gaps("signage") == gaps("consent") == {"holder", "contact", "retention"}


@pytest.mark.parametrize("name", ["face_days", "portrait_days"])
@pytest.mark.parametrize("days", [-1, 1096])
def test_a_plan_keeps_nothing_for_ever(name: str, days: int) -> None:
    with pytest.raises(Refused) as refused:
        read_plan(PLAN | {"privacy": {name: days}})
    assert (refused.value.code, refused.value.where) == ("bad_value", f"$.privacy.{name}")
    assert getattr(read_plan(PLAN | {"privacy": {name: 1095}}).privacy, name) == 1095
    assert getattr(read_plan(PLAN).privacy, name) == 0
