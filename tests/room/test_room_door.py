"""The one door: once by id, by the session's actor, refused with code and place, recorded without content."""

import json
import uuid
from typing import Any

import pytest
import requests
from room_play import STREAM, Play
from room_world import Machine, Refusal

SECRET = "19.87"


def refusals(play: Play) -> list[Any]:
    rows = play.room.store.entries(STREAM)
    return [json.loads(row.body) for row in rows if row.type == "CommandRefused"]


def test_the_same_id_gives_the_same_answer_and_no_second_effect(marking: Play) -> None:
    seat, id = marking.sitting[0], str(uuid.uuid4())
    first = seat.do(STREAM, "CallHelp", {"text": "鼠标坏了"}, id)
    size = marking.room.store.last_position()
    assert seat.do(STREAM, "CallHelp", {"text": "鼠标坏了"}, id) == first
    assert marking.room.store.last_position() == size
    with pytest.raises(Refusal) as other:
        seat.do(STREAM, "CallHelp", {"text": "键盘坏了"}, id)
    assert (other.value.status, other.value.code) == (409, "id_reused")
    with pytest.raises(Refusal) as stolen:
        marking.sitting[1].do(STREAM, "CallHelp", {"text": "鼠标坏了"}, id)
    assert stolen.value.code == "id_reused"
    marking.centre.do(STREAM, "AnswerHelp", {"alias": seat.mine()["alias"], "text": "马上来"})


def test_a_refused_command_may_come_again_under_its_id(marking: Play) -> None:
    seat, id = marking.sitting[0], str(uuid.uuid4())
    alias = seat.mine()["alias"]
    with pytest.raises(Refusal) as early:
        marking.centre.do(STREAM, "AnswerHelp", {"alias": alias, "text": "来了"}, id)
    assert early.value.code == "nothing_requested"
    seat.do(STREAM, "CallHelp", {"text": "灯坏了"})
    assert marking.centre.do(STREAM, "AnswerHelp", {"alias": alias, "text": "来了"}, id)["events"] == ["HelpAnswered"]


def test_many_at_once_are_each_written_once(marking: Play) -> None:
    from concurrent.futures import ThreadPoolExecutor

    ids = [str(uuid.uuid4()) for _ in range(30)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda id: marking.witness.do(STREAM, "AddRemark", {"text": f"备注{id}"}, id), [*ids, *ids])
        )
    assert answers[:30] == answers[30:]
    remarks = [row for row in marking.room.store.entries(STREAM) if row.type == "RemarkAdded"]
    assert len(remarks) == 30
    assert [row.position for row in marking.room.store.entries_after(0)] == list(
        range(1, marking.room.store.last_position() + 1)
    )


def test_the_actor_comes_from_the_session(marking: Play) -> None:
    last = [json.loads(row.body) for row in marking.room.store.entries(STREAM)]
    sealed = next(entry for entry in last if entry["type"] == "PledgeGiven")
    assert sealed["actor"]["role"] == "member"
    assert sealed["actor"]["alias"].startswith("M")
    assert sealed["actor"]["device"].startswith("seat-")
    opened = next(entry for entry in last if entry["type"] == "CommitteeConstituted")
    assert opened["actor"] == {"role": "centre", "alias": None, "post": "centre-a", "device": "console-1"}


@pytest.mark.parametrize(
    ("who", "stream", "kind", "data", "status", "code"),
    [
        ("witness", STREAM, "ConstituteCommittee", {}, 403, "not_permitted"),
        ("agency", STREAM, "AddRemark", {"text": "x"}, 403, "not_permitted"),
        ("seat", STREAM, "CloseEvaluation", {}, 403, "not_permitted"),
        ("kiosk", STREAM, "CheckIn", {"member": "x", "score": "1", "engine": "x"}, 403, "not_permitted"),
        ("seat", "kiosk", "TakeSlot", {"ticket": "x"}, 403, "not_permitted"),
        ("centre", "kiosk", "TakeSlot", {"ticket": "x"}, 403, "not_permitted"),
        ("kiosk", "kiosk", "TakeSlot", {"ticket": "x"}, 409, "no_ticket"),
        ("kiosk", "kiosk", "Nonsense", {}, 400, "unknown_command"),
        ("spare", STREAM, "CallHelp", {"text": "x"}, 404, "not_found"),
        ("seat", "evaluation/ev9", "CallHelp", {"text": "x"}, 404, "not_found"),
        ("centre", "evaluation/ev9", "ConstituteCommittee", {}, 404, "not_found"),
        ("centre", STREAM, "OpenEvaluation", {}, 403, "not_permitted"),
        ("centre", STREAM, "RecordRefusal", {"command": "x", "code": "y", "where": "z"}, 403, "not_permitted"),
        ("centre", "room", "ImportEvaluation", {"stream": "x", "package": "y"}, 403, "not_permitted"),
        ("centre", "room", "LookAtNames", {"stream": "x", "member": "y", "purpose": "z"}, 403, "not_permitted"),
        ("centre", "room", "SealDraw", {"draw_no": 1}, 403, "not_permitted"),
        ("centre", "room", "Nonsense", {}, 400, "unknown_command"),
        ("centre", STREAM, "Nonsense", {}, 400, "unknown_command"),
        ("centre", STREAM, "AddRemark", {}, 400, "missing_key"),
        ("centre", STREAM, "CloseEvaluation", {"entries": 1}, 400, "unknown_key"),
        ("centre", STREAM, "CloseEvaluation", {}, 409, "report_missing"),
        ("centre", "room", "CallDraw", {"purpose": "chair", "streams": [STREAM]}, 400, "bad_value"),
        ("centre", "room", "CallDraw", {"purpose": "slots", "streams": []}, 400, "bad_value"),
        ("centre", "room", "CallDraw", {"purpose": "slots", "streams": [STREAM]}, 409, "slots_in_use"),
        ("centre", "room", "CancelDraw", {"draw_no": 1, "reason": "重抽"}, 409, "slots_in_use"),
        ("witness", "room", "CancelDraw", {"draw_no": 9, "reason": "重抽"}, 409, "no_such_draw"),
        ("centre", "room", "CommitNonce", {"draw_no": 9, "commitment": "x", "signature": "y"}, 409, "no_such_draw"),
        ("centre", "room", "RevealNonce", {"draw_no": 9, "nonce": "x", "signature": "y"}, 409, "no_such_draw"),
        ("agency", "room", "RevealNonce", {"draw_no": 1, "nonce": "x", "signature": "y"}, 409, "no_such_draw"),
        ("centre", "room", "RevealNonce", {"draw_no": 1, "nonce": "zz", "signature": "y"}, 400, "bad_value"),
        ("centre", "room", "RevealNonce", {"draw_no": 1, "nonce": "00", "signature": "00"}, 409, "wrong_commitment"),
        ("centre", "room", "RevokeDevice", {"device": "seat-z", "reason": "坏"}, 409, "unknown_device"),
    ],
)
def test_what_is_refused(
    marking: Play, who: str, stream: str, kind: str, data: dict[str, Any], status: int, code: str
) -> None:
    machines = {"seat": marking.sitting[0], "kiosk": marking.kiosk}
    machines["spare"] = next(seat for seat in marking.seats.values() if seat not in marking.sitting)
    machine = machines.get(who) or getattr(marking, who)
    size = len([r for r in marking.room.store.entries_after(0) if r.type not in ("CommandRefused", "AccessRefused")])
    with pytest.raises(Refusal) as refused:
        machine.do(stream, kind, data)
    assert (refused.value.status, refused.value.code) == (status, code)
    assert size == len(
        [r for r in marking.room.store.entries_after(0) if r.type not in ("CommandRefused", "AccessRefused")]
    )


def test_an_impossible_sheet_is_refused_by_place_and_recorded_without_its_content(marking: Play) -> None:
    seat = marking.sitting[1]
    number = marking.lot("1")["round"]["number"]
    for bid, factor, mark, code in (
        ("B", "T1", "99.87", "out_of_range"),
        ("A", "T1", "nineteen", "bad_number"),
        ("A", "T2", "1.875", "too_many_decimals"),
    ):
        sheet = marking.marks_sheet(seat, "1")
        sheet["marks"][bid][factor] = mark
        with pytest.raises(Refusal) as refused:
            seat.seal("1", "marks", number, sheet)
        assert (refused.value.code, refused.value.where) == (code, f"$.marks.{bid}.{factor}")
        assert mark not in json.dumps(refused.value.error)
        assert refusals(marking)[-1]["data"] == {"command": "SealSheet", "code": code, "where": refused.value.where}
        assert refusals(marking)[-1]["actor"]["alias"] == seat.mine()["alias"]
    sheet = marking.marks_sheet(seat, "1")
    del sheet["marks"]["C"]["C1"]
    with pytest.raises(Refusal) as absent:
        seat.seal("1", "marks", number, sheet)
    assert (absent.value.code, absent.value.where) == ("absent_mark", "$.marks.C.C1")
    assert marking.lot("1")["round"]["ended"] == []


def test_what_does_not_open_or_was_not_committed_to_is_refused(marking: Play) -> None:
    seat = marking.sitting[1]
    number = marking.lot("1")["round"]["number"]
    good = seat.sheet("1", "marks", number, marking.marks_sheet(seat, "1"))
    other = seat.sheet("1", "marks", number, marking.marks_sheet(seat, "1"))
    changed = good["sealed"]["ciphertext"]
    for data, code in (
        (good | {"key": other["key"]}, "sheet_not_opened"),
        (good | {"key": {"alg": "none"}}, "sheet_not_opened"),
        (good | {"sealed": good["sealed"] | {"ciphertext": changed[:-4] + "AAA="}}, "sheet_not_opened"),
        (good | {"key_id": "00"}, "old_key"),
        (good | {"sealed": good["sealed"] | {"alias": "M99"}}, "bound_elsewhere"),
        (good | {"sealed": good["sealed"] | {"commitment": 7}}, "bad_value"),
    ):
        with pytest.raises(Refusal) as refused:
            seat.do(STREAM, "SealSheet", data)
        assert refused.value.code == code
    with pytest.raises(Refusal) as nothing:
        seat.do(
            STREAM, "GiveSheetKey", {"lot": "1", "kind": "marks", "round": number, "key_id": "x", "key": good["key"]}
        )
    assert nothing.value.code == "nothing_sealed"


def raw(machine: Machine, body: bytes, **headers: str) -> requests.Response:
    base = {"Authorization": f"Bearer {machine.token}", "Connection": "close"}
    url = f"{machine.url}/api/v1/commands"
    return requests.post(url, data=body, headers=base | headers, timeout=20)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b"[]", 400, "bad_value"),
        (b'{"id": "x", "id": "x"}', 400, "bad_json"),
        (b'{"id": NaN}', 400, "bad_json"),
        (b"[" * 100_000, 400, "bad_json"),
        (b'{"id": "x", "stream": "room", "type": "x", "data": {}}', 400, "bad_value"),
        (b'{"id": "x"}', 400, "missing_key"),
        (b" " * (3 << 20), 413, "too_large"),
        (b"\xff\xfe", 400, "bad_json"),
    ],
)
def test_malformed_requests(marking: Play, body: bytes, status: int, code: str) -> None:
    found = raw(marking.centre, body)
    assert (found.status_code, found.json()["error"]["code"]) == (status, code)


def test_a_float_or_a_broken_text_never_reaches_the_journal(marking: Play) -> None:
    id = str(uuid.uuid4())
    for data in ('{"text": "\\ud800"}', '{"lot": "1", "sealed": {"x": 0.5}}'):
        body = f'{{"id": "{id}", "stream": "{STREAM}", "type": "AddRemark", "data": {data}}}'.encode()
        found = raw(marking.witness, body)
        assert (found.status_code, found.json()["error"]["code"]) == (400, "bad_value")


def test_sentences_come_in_the_language_asked_for(marking: Play) -> None:
    bodies = b"{"
    chinese = raw(marking.centre, bodies).json()["error"]["message"]
    english = raw(marking.centre, bodies, **{"Accept-Language": "en-GB,en;q=0.9"}).json()["error"]["message"]
    assert chinese != english
    assert english.isascii()
    with pytest.raises(Refusal) as refused:
        marking.witness.ask(
            "POST",
            "/commands",
            {"id": str(uuid.uuid4()), "stream": STREAM, "type": "ConstituteCommittee", "data": {}},
            lang="en",
        )
    assert refused.value.error["message"] == "your role may not do this"


def test_nobody_floods_the_journal_with_refusals(marking: Play) -> None:
    before = len(refusals(marking))
    for _ in range(40):
        with pytest.raises(Refusal):
            marking.agency.do(STREAM, "AddRemark", {"text": SECRET})
    recorded = refusals(marking)[before:]
    assert 0 < len(recorded) <= 30
    assert SECRET not in json.dumps(recorded)


def test_no_session_no_door(marking: Play) -> None:
    stranger = Machine(marking.room.url, "stranger")
    with pytest.raises(Refusal) as refused:
        stranger.do("room", "CallDraw", {})
    assert (refused.value.status, refused.value.code) == (401, "no_session")
    stranger.token = "x" * 43
    with pytest.raises(Refusal) as wrong:
        stranger.view()
    assert wrong.value.status == 401
    found = requests.get(f"{marking.room.url}/somewhere", headers={"Connection": "close"}, timeout=20)
    assert (found.status_code, found.json()["error"]["code"]) == (404, "not_found")
