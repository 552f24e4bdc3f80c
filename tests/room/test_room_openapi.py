"""The OpenAPI document: valid, complete in both directions, and what the server really answers."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from faces_ground import CARD, confirm, propose
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from room_packages import document as document_number
from room_play import STREAM, Play, ready
from room_world import Machine, Refusal, Room, a_room

from app.evaluation.permits import PERMITTED
from app.evaluation.registry import EVENTS
from app.evaluation.room import events as re_
from app.evaluation.room.decide import PERMITTED as ROOM_PERMITTED
from app.room.by_ticket import BY_TICKET
from app.room.door import INSIDE
from app.room.openapi import document
from app.room.routes import API, OPERATIONS
from app.rules.model import Party


def test_the_document_is_openapi_3_1() -> None:
    validate(json.loads(json.dumps(document())))
    assert document()["openapi"].startswith("3.1")


def test_every_route_is_in_it_and_nothing_else(room: Room) -> None:
    served = Machine(room.url, "x").ask("GET", "/openapi.json")
    assert served == json.loads(json.dumps(document()))
    described = {(method.upper(), path) for path, item in served["paths"].items() for method in item}
    assert described == {(one.method, API + one.path) for one in OPERATIONS}
    for method, path in described:
        concrete = path.replace("{stream}", "x~y").replace("{lot}", "1").replace("{kind}", "k").replace("{round}", "1")
        concrete = (
            concrete.replace("{sha256}", "00").replace("{what}", "entry").replace("{member}", "m").removeprefix(API)
        )
        concrete = concrete.replace("{party}", "M1").replace("{device}", "seat-1").replace("{seq}", "1")
        body = {"json": {}} if method in ("POST", "PUT") else {}
        headers = {"Connection": "close"}
        answer = requests.request(method, f"{room.url}{API}{concrete}", headers=headers, timeout=20, **body)
        # A route that were not there would answer 404 to a stranger, before any session is asked for.
        assert answer.status_code in (200, 400, 401, 409), (method, path)


def test_every_command_and_entry_is_described() -> None:
    variants = document()["components"]["schemas"]["CommandRequest"]["oneOf"]
    titles = {one["title"] for one in variants}
    clients = frozenset(Party) - {Party.SYSTEM}
    expected = {f"{k.__name__} (evaluation)" for k, who in PERMITTED.items() if who & clients - {Party.KIOSK}}
    expected |= {f"{k.__name__} (room)" for k, who in ROOM_PERMITTED.items() if who & clients}
    expected -= {f"{name} ({stream})" for name in INSIDE for stream in ("evaluation", "room")}
    expected |= {f"{name} (kiosk)" for name in BY_TICKET}
    assert titles == expected
    entries = {one["title"] for one in document()["components"]["schemas"]["Message"]["oneOf"]}
    assert entries == {*EVENTS, *re_.TYPES}
    assert all(one.get("description") for one in document()["components"]["schemas"].values())


def validator(name: str) -> Any:
    schemas = document()["components"]
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": schemas})


def test_what_is_answered_is_what_is_described(marking: Play) -> None:
    seat = marking.sitting[0]
    marking.centre.do(STREAM, "AnswerHelp", _called(seat))
    stream = marking.witness.stream(0)
    messages = stream.up_to(marking.room.store.last_position())
    stream.close()
    checks = [
        ("Health", seat.ask("GET", "/health")),
        ("LookupAnswer", marking.look_up(1)),
        ("LookupAnswer", marking.kiosk.ask("POST", "/kiosk/lookup", {"document": document_number(6)})),
        ("CheckpointAnswer", marking.centre.ask("GET", f"/checkpoints/{STREAM.replace('/', '~')}?from=3")),
        *(("View", machine.view()) for machine in marking.machines),
        *(("Message", message) for message in messages),
    ]
    for name, value in checks:
        assert [error.message for error in validator(name).iter_errors(value)] == [], name
    with pytest.raises(Refusal) as refused:
        marking.agency.do(STREAM, "ConstituteCommittee")
    assert not list(validator("ErrorAnswer").iter_errors({"error": refused.value.error}))


def _called(seat: Machine) -> dict[str, str]:
    seat.do(STREAM, "CallHelp", {"text": "请来"})
    return {"alias": seat.view()["alias"], "text": "来了"}


class Watch:
    """Holds every request and answer that passes against the document."""

    def __init__(self) -> None:
        self.send = requests.request
        self.seen: set[str] = set()
        self._paths = [
            (method.upper(), re.compile(re.sub(r"{\w+}", "[^/]+", path)), one)
            for path, item in document()["paths"].items()
            for method, one in item.items()
        ]

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        answer = self.send(method, url, **options)
        path = urlsplit(url).path
        operation = next(one for verb, form, one in self._paths if verb == method and form.fullmatch(path))
        self.seen.add(operation["operationId"])
        described = operation["responses"][str(answer.status_code)]["content"]
        kind = answer.headers["Content-Type"].partition(";")[0]
        if kind == "application/json":
            self._check(answer.json(), described[kind]["schema"])
            if answer.ok and "json" in options:
                self._check(options["json"], operation["requestBody"]["content"][kind]["schema"])
        else:
            assert kind in described
        return answer

    def _check(self, value: Any, schema: Any) -> None:
        check = Draft202012Validator(schema | {"components": document()["components"]})
        assert [error.message for error in check.iter_errors(value)] == []


def test_a_whole_evaluation_is_as_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(requests, "request", watch.request)
    with a_room(tmp_path / "data", privacy={"face_days": 1}) as room:
        play = ready(room, tmp_path)
        draft = "/drafts/evaluation~ev1/1/review/1"
        for step in (
            play.gather,
            play.choose_chair,
            lambda: play.sitting[0].ask("PUT", draft, {"version": 1, "sealed": "x"}),
            lambda: play.sitting[0].ask("GET", draft),
            lambda: play.review("1"),
            lambda: play.mark("1"),
        ):
            step()
            for machine in play.machines:
                machine.view()
        seat, place = play.sitting[0], STREAM.replace("/", "~")
        paper = play.centre.ask("POST", "/papers", data=b"%PDF-1.7")
        entry = {
            "what": "other",
            "alias": "",
            "lot": "",
            "paper": paper | {"title": "说明"},
            "words": "x",
            "reason": "x",
        }
        play.centre.do(STREAM, "EnterPaper", entry)
        play.centre.ask("GET", f"/papers/{paper['sha256']}")
        form = {"form": "pledge", "lot": "", "aliases": [], "act": "", "copies": 1}
        play.centre.ask("POST", f"/forms/{place}", form)
        play.conclude("1")
        recorded = f"/recordings/{place}/{seat.mine()['alias']}/mine"
        seat.ask("GET", recorded)
        seat.ask("POST", recorded, {"lines": [], "state": "disk", "hours_left": 1})
        play.centre.ask("GET", f"/recordings/{place}")
        seat.ask("GET", f"/reports/{place}/1")
        seat.ask("GET", f"/files/{play.lot('1')['bids'][0]['files'][0]['sha256']}")
        play.leave()
        play.close()
        play.evidence()
        play.centre.ask("GET", f"/evidence/{place}/1")
        play.centre.ask("GET", f"/checkpoints/{place}?from=3")
        play.centre.ask("POST", "/enrolments", {"kind": "seat", "seat": "A01"})
        play.centre.ask("GET", "/faces/consent/form")
        expert = propose(play.centre, 1, card=CARD)
        confirm(play.witness, expert, 1, card=CARD)
        play.witness.ask("POST", "/faces/find", {"document": CARD})
        play.centre.ask("POST", "/faces/forget", {"expert": expert, "why": "request", "reason": "本人要求"})
        for refused in (("GET", "/authority"), ("POST", "/certificate")):
            with pytest.raises(Refusal, match="not_encrypted"):
                play.kiosk.ask(*refused)
        for path in ("/health", "/openapi.json"):
            play.kiosk.ask("GET", path)
        play.agency.ask("POST", "/logout")
        for machine in play.machines:
            machine.view()
        play.disconnect()
    elsewhere = {"stream", "cosign", "signal", "searchExpected", "sendPlatform", "takeSegment", "segment", "takeOver"}
    elsewhere |= {"prepareSignature", "giveSignature", "kept", "expireRecording"}
    assert {one.name for one in OPERATIONS} - watch.seen == elsewhere


def test_a_command_that_the_document_does_not_know_is_not_valid() -> None:
    good = {"id": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "stream": "room", "type": "CallDraw"}
    good["data"] = {"purpose": "slots", "streams": [STREAM]}  # type: ignore[assignment]
    check = validator("CommandRequest")
    assert check.is_valid(good)
    for change in ({"type": "SealDraw2"}, {"data": {}}, {"data": {**good["data"], "draw_no": 1}}, {"more": 1}):  # type: ignore[dict-item]
        assert not check.is_valid(good | change)
