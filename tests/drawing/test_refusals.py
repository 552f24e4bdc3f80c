"""Everything that a request may not be is refused with its code and its place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from app.drawing import OrderRequest, Refusal, SeatingRequest, decode, draw, read_request

JSON = dict[str, Any]

SEATING: JSON = {
    "seats": [{"id": "A01", "x": 0, "y": 0}, {"id": "A02", "x": 1, "y": 0, "room": "一室"}],
    "people": [{"id": "ev1-1", "group": "ev1"}],
    "rules": [{"kind": "apart", "neighbourhood": 8}],
    "parties": ["centre", "kiosk"],
    "occupied": [{"seat": {"id": "A03", "x": 2, "y": 0}, "group": "ev2"}],
    "binding": {"stream": "room", "draw_no": 1, "root": "ab" * 32},
    "nonces": {"centre": "0" * 64, "kiosk": "F" * 64},
}
ORDER: JSON = {"kind": "order", "items": ["0.95", "0.96"], "parties": ["centre"]}


def put(*path: str | int, value: object) -> Callable[[JSON], JSON]:
    def change(request: JSON) -> JSON:
        place: Any = request
        for step in path[:-1]:
            place = place[step]
        if isinstance(place, list) and path[-1] == len(place):
            place.append(value)
        else:
            place[path[-1]] = value
        return request

    return change


def drop(*path: str | int) -> Callable[[JSON], JSON]:
    def change(request: JSON) -> JSON:
        place: Any = request
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]
        return request

    return change


SEATING_FAULTS = [
    (put("surprise", value=1), "unknown_key", "$.surprise"),
    (put("kind", value="seating"), "bad_value", "$.kind"),
    (put("seats", 0, "z", value=1), "unknown_key", "$.seats[0].z"),
    (put("people", 0, "name", value="x"), "unknown_key", "$.people[0].name"),
    (put("rules", 0, "weight", value=1), "unknown_key", "$.rules[0].weight"),
    (put("occupied", 0, "id", value="x"), "unknown_key", "$.occupied[0].id"),
    (put("occupied", 0, "seat", "z", value="x"), "unknown_key", "$.occupied[0].seat.z"),
    (put("binding", "at", value="x"), "unknown_key", "$.binding.at"),
    (drop("seats"), "missing_key", "$.seats"),
    (drop("people"), "missing_key", "$.people"),
    (drop("rules"), "missing_key", "$.rules"),
    (drop("parties"), "missing_key", "$.parties"),
    (drop("seats", 1, "y"), "missing_key", "$.seats[1].y"),
    (drop("people", 0, "group"), "missing_key", "$.people[0].group"),
    (drop("rules", 0, "kind"), "missing_key", "$.rules[0].kind"),
    (drop("occupied", 0, "group"), "missing_key", "$.occupied[0].group"),
    (drop("binding", "root"), "missing_key", "$.binding.root"),
    (put("parties", value=[]), "empty", "$.parties"),
    (put("seats", value=[]), "empty", "$.seats"),
    (put("people", value=[]), "empty", "$.people"),
    (put("parties", 1, value="centre"), "duplicate_id", "$.parties[1]"),
    (put("seats", 1, "id", value="A01"), "duplicate_id", "$.seats[1].id"),
    (put("people", 1, value={"id": "ev1-1", "group": "ev2"}), "duplicate_id", "$.people[1].id"),
    (put("occupied", 0, "seat", "id", value="A01"), "duplicate_id", "$.occupied[0].seat.id"),
    (put("seats", value=[{"id": "A01", "x": 0, "y": 0}]), None, ""),
    (put("people", value=[{"id": str(n), "group": "g"} for n in range(3)]), "too_many_people", "$.people"),
    (put("rules", value=[{"kind": "apart", "neighbourhood": 4}] * 17), "too_many_rules", "$.rules"),
    (put("rules", value=[{"kind": "apart", "neighbourhood": 4}] * 16), None, ""),
    (put("rules", value=[]), None, ""),
    (put("occupied", value=[]), None, ""),
    (drop("occupied"), None, ""),
    (drop("binding"), None, ""),
    (drop("nonces"), None, ""),
    (put("seats", value={}), "bad_value", "$.seats"),
    (put("seats", 0, value="A01"), "bad_value", "$.seats[0]"),
    (put("seats", 0, "id", value=1), "bad_value", "$.seats[0].id"),
    (put("seats", 0, "id", value=""), "bad_value", "$.seats[0].id"),
    (put("seats", 0, "id", value="\ud800"), "bad_value", "$.seats[0].id"),
    (put("seats", 0, "x", value=1.0), "bad_value", "$.seats[0].x"),
    (put("seats", 0, "x", value=True), "bad_value", "$.seats[0].x"),
    (put("seats", 0, "y", value="0"), "bad_value", "$.seats[0].y"),
    (put("seats", 0, "y", value=2**53), "bad_value", "$.seats[0].y"),
    (put("seats", 0, "y", value=-3), None, ""),
    (put("seats", 1, "room", value=None), "bad_value", "$.seats[1].room"),
    (put("people", 0, "group", value=None), "bad_value", "$.people[0].group"),
    (put("rules", 0, "kind", value="near"), "bad_value", "$.rules[0].kind"),
    (put("rules", 0, "neighbourhood", value=6), "bad_value", "$.rules[0].neighbourhood"),
    (put("parties", 0, value=7), "bad_value", "$.parties[0]"),
    (put("occupied", value=None), "bad_value", "$.occupied"),
    (put("binding", value=None), "bad_value", "$.binding"),
    (put("binding", "draw_no", value=0), "bad_value", "$.binding.draw_no"),
    (put("binding", "draw_no", value="1"), "bad_value", "$.binding.draw_no"),
    (put("binding", "root", value="AB" * 32), "bad_value", "$.binding.root"),
    (put("binding", "root", value=1), "bad_value", "$.binding.root"),
    (put("binding", "stream", value=""), "bad_value", "$.binding.stream"),
    (put("nonces", value=[]), "bad_value", "$.nonces"),
    (put("nonces", "centre", value="0" * 63), "bad_nonce", "$.nonces.centre"),
    (put("nonces", "centre", value="0" * 66), "bad_nonce", "$.nonces.centre"),
    (put("nonces", "centre", value="g" * 64), "bad_nonce", "$.nonces.centre"),
    (put("nonces", "centre", value="０" * 64), "bad_nonce", "$.nonces.centre"),
    (put("nonces", "kiosk", value=0), "bad_nonce", "$.nonces.kiosk"),
    (put("nonces", "stranger", value="0" * 64), "unknown_party", "$.nonces.stranger"),
    (drop("nonces", "kiosk"), None, ""),
]
ORDER_FAULTS = [
    (put("items", value=[]), "empty", "$.items"),
    (put("items", 1, value="0.95"), "duplicate_id", "$.items[1]"),
    (put("items", 1, value=0.95), "bad_value", "$.items[1]"),
    (put("kind", value="choice"), "bad_value", "$.kind"),
    (put("seats", value=[]), "unknown_key", "$.seats"),
    (put("rules", value=[]), "unknown_key", "$.rules"),
    (drop("items"), "missing_key", "$.items"),
    (drop("kind"), "missing_key", "$.kind"),
    (drop("parties"), "missing_key", "$.parties"),
    (put("binding", value={}), "missing_key", "$.binding.stream"),
    (put("items", value=["only"]), None, ""),
]
CASES = [(SEATING, *case) for case in SEATING_FAULTS] + [(ORDER, *case) for case in ORDER_FAULTS]


@pytest.mark.parametrize(("sound", "change", "code", "where"), CASES)
def test_refused_with_code_and_place(sound: JSON, change: Callable[[JSON], JSON], code: str | None, where: str) -> None:
    request = change(copy.deepcopy(sound))
    if code is None:
        assert read_request(request).parties
        return
    with pytest.raises(Refusal) as refused:
        read_request(request)
    assert (refused.value.code, refused.value.where) == (code, where)
    for lang, stop in (("zh", "。"), ("en", ".")):
        sentence = refused.value.message(lang)
        assert sentence.endswith(stop)
        assert "{" not in sentence
    assert where in str(refused.value)


def test_sound_requests_are_read_whole() -> None:
    seating = read_request(SEATING)
    assert isinstance(seating, SeatingRequest)
    assert seating.binding is not None
    assert (seating.binding.stream, seating.binding.draw_no) == ("room", 1)
    assert seating.seats[1].room == "一室"
    assert seating.nonces["kiosk"] == b"\xff" * 32
    assert "nonces" not in seating.core
    order = read_request(ORDER)
    assert isinstance(order, OrderRequest)
    assert order.items == ("0.95", "0.96")


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_a_request_is_an_object(value: object) -> None:
    with pytest.raises(Refusal) as refused:
        read_request(value)
    assert (refused.value.code, refused.value.where) == ("bad_value", "$")


@pytest.mark.parametrize(
    ("nonces", "code"),
    [
        ({}, "missing_nonce"),
        ({"centre": b"short"}, "bad_nonce"),
        ({"centre": bytes(32), "kiosk": bytes(32)}, "unknown_party"),
    ],
)
def test_a_draw_takes_one_nonce_of_each_party(nonces: dict[str, bytes], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        draw(read_request(ORDER), nonces)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (b"{", "bad_json", "$"),
        (b"\xff", "bad_json", "$"),
        ("[NaN]", "bad_json", "$"),
        ("[Infinity]", "bad_json", "$"),
        ("[" * 100_000, "bad_json", "$"),
        ("9" * 5000, "bad_json", "$"),
        ('{"a": {"b": 1, "b": 1}}', "duplicate_id", "b"),
    ],
)
def test_json_is_read_strictly(text: str | bytes, code: str, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        decode(text)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert decode('{"a": [1]}') == {"a": [1]}
