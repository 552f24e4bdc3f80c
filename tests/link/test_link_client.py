"""The room's routes: sessions renewed by themselves, refusals as the room says them, nothing secret in any text."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from app.link import LinkFault, RoomClient, RoomRefused, enrol
from app.link.identity import new_secret
from app.ports.face import TemplateKind
from tests.link.link_ground import QUICK, SECRET, identity, until
from tests.link.link_room import STREAM, FakeRoom, Refusal, sha


@pytest.fixture
def client(room: FakeRoom) -> Iterator[RoomClient]:
    room.public_key = identity("").signer.public_key.hex()
    made = RoomClient(identity(room.url), "en", QUICK)
    yield made
    made.close()


def test_a_machine_enrols_and_opens_sessions_with_its_key(room: FakeRoom) -> None:
    found = enrol(room.url + "/", "CODE", "machine-1")
    assert (found.device, found.kind, found.seat, found.url, found.room_key) == (
        "machine-1",
        "seat",
        "A01",
        room.url,
        "K",
    )
    client = RoomClient(found, timing=QUICK)
    assert client.view()["position"] == 0
    client.close()
    with pytest.raises(RoomRefused) as caught:
        enrol(room.url, "WRONG", "machine-1")
    assert (caught.value.code, caught.value.status) == ("unknown_code", 401)


def test_every_route_carries_what_it_was_given(room: FakeRoom, client: RoomClient) -> None:
    content = b"%PDF"
    room.files[sha(content)] = content
    assert client.file(sha(content)) == content
    assert client.report(STREAM, "lot/1") == b"report reports/evaluation~ev1/lot/1"
    assert client.evidence(STREAM, "1") == b"evidence evidence/evaluation~ev1/1"
    assert client.upload_package(b"zip") == {"stream": STREAM, "position": 3}
    assert client.lookup({"document": "1"}) == {"asked": {"document": "1"}}
    assert client.seat_reference()["member"] == "m1"
    assert client.enrolment("seat", "A02")["asked"] == {"kind": "seat", "seat": "A02"}
    assert client.login("centre-a", "right") == {"role": "centre", "post": "centre-a"}
    assert client.logout() == {}
    assert client.draft("evaluation~ev1/1/marks/1") is None
    client.put_draft("evaluation~ev1/1/marks/1", 3, "sealed")
    assert client.draft("evaluation~ev1/1/marks/1") == {"version": 3, "sealed": "sealed"}
    assert room.tried["session"] == 1


def test_a_dead_session_is_renewed_once(room: FakeRoom, client: RoomClient) -> None:
    client.view()
    room.tokens.clear()
    client.view()
    assert room.tried["session"] == 2
    room.refusals.append(Refusal("view", 401, "no_session", times=9))
    with pytest.raises(RoomRefused, match="no_session"):
        client.view()
    assert room.tried["session"] == 3


def test_a_wrong_password_is_tried_once_and_ends_no_session(room: FakeRoom, client: RoomClient) -> None:
    client.view()
    with pytest.raises(RoomRefused) as caught:
        client.login("centre-a", "wrong")
    assert caught.value.code == "bad_login"
    assert caught.value.message("zh") == "sentence of bad_login"
    assert room.logins == [("centre-a", "wrong")]
    assert room.tried["session"] == 1


def test_a_machine_with_another_key_is_refused(room: FakeRoom, client: RoomClient) -> None:
    stranger = RoomClient(identity(room.url, secret=new_secret()), timing=QUICK)
    with pytest.raises(RoomRefused, match="bad_challenge"):
        stranger.view()
    stranger.close()


def test_only_the_room_that_forgot_a_token_makes_it_be_forgotten(client: RoomClient) -> None:
    token = client.token()
    client.forget_session("another")
    assert client.token() == token


@pytest.mark.parametrize(
    ("status", "code"),
    [(502, "room_away"), (503, "room_away"), (500, "bad_answer"), (404, "bad_answer"), (302, "bad_answer")],
)
def test_what_the_room_would_not_say_is_told_apart(room: FakeRoom, client: RoomClient, status: int, code: str) -> None:
    room.refusals.append(Refusal("view", status, None))
    with pytest.raises(LinkFault) as caught:
        client.view()
    assert caught.value.code == code


@pytest.mark.parametrize(("path", "kind"), [("challenge", "strange"), ("session", "strange"), ("view", "logout")])
def test_an_answer_of_another_form_is_no_crash(
    room: FakeRoom, client: RoomClient, path: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, f"_do_{path}", getattr(room, f"_do_{kind}"))
    with pytest.raises(LinkFault) as caught:
        client.view()
    assert caught.value.code == "bad_answer"


def test_answers_without_what_is_due_are_no_crash(
    room: FakeRoom, client: RoomClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_do_challenge", room._do_logout)
    with pytest.raises(LinkFault, match="bad_answer"):
        client.view()
    monkeypatch.setattr(room, "_do_enrol", room._do_logout)
    with pytest.raises(LinkFault, match="bad_answer"):
        enrol(room.url, "CODE", "machine-1")


def test_a_file_that_is_not_what_was_asked_for_is_discarded(room: FakeRoom, client: RoomClient) -> None:
    room.files[sha(b"good")] = b"bad"
    with pytest.raises(LinkFault, match="wrong_content"):
        client.file(sha(b"good"))


def test_a_draft_that_may_not_be_seen_is_a_refusal_not_an_empty_page(room: FakeRoom, client: RoomClient) -> None:
    room.refusals.append(Refusal("drafts", 403, "not_permitted"))
    with pytest.raises(RoomRefused, match="not_permitted"):
        client.draft("evaluation~ev1/1/marks/1")


def test_a_room_that_is_not_there_says_what_happens_next(room: FakeRoom) -> None:
    room.kill()
    client = RoomClient(identity(room.url), "zh", QUICK)
    with pytest.raises(LinkFault) as caught:
        client.view()
    assert caught.value.message() == "连接不到机房服务器，正在自动重连，已填内容不会丢失"
    assert "reconnecting" in caught.value.message("en")
    client.close()


def test_nothing_secret_is_in_any_text(room: FakeRoom, client: RoomClient) -> None:
    token = client.token()
    room.refusals += [Refusal("login", 401, "bad_login"), Refusal("SubmitSheet", 409, "out_of_range")]
    texts = [repr(client), repr(client.identity), str(client.identity)]
    for ask in (
        lambda: client.login("centre-a", "p4ssword"),
        lambda: client.command("i", STREAM, "SubmitSheet", {"mark": "p4ssword"}),
        lambda: (room.kill(), client.lookup({"document": "p4ssword"})),
    ):
        with pytest.raises((LinkFault, RoomRefused)) as caught:
            ask()
        texts += [repr(caught.value), str(caught.value), caught.value.where, repr(caught.value.__cause__)]
        assert caught.value.__suppress_context__ or isinstance(caught.value, RoomRefused)
    for text in texts:
        assert not [word for word in (token, "p4ssword", SECRET.hex(), repr(SECRET)) if word in text]


def test_closing_cuts_a_request_that_hangs(room: FakeRoom, client: RoomClient) -> None:
    room.hanging.add("view")
    faults: list[str] = []

    def ask() -> None:
        try:
            client.view()
        except LinkFault as fault:
            faults.append(fault.code)

    asking = threading.Thread(target=ask)
    asking.start()
    until(lambda: room.tried["view"])
    begun = time.monotonic()
    client.close()
    asking.join(5)
    assert faults == ["room_away"]
    assert time.monotonic() - begun < 2
    with pytest.raises(LinkFault, match="room_away"):
        client.view()


def test_no_proxy_of_the_environment_gets_in_between(room: FakeRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    client = RoomClient(identity(room.url), timing=QUICK)
    assert client.view()["position"] == 0
    client.close()


@pytest.mark.parametrize("way", ["https", "wss"])
def test_a_server_with_an_unknown_certificate_is_not_spoken_to(way: str) -> None:
    """Nothing but a handshake reaches a port that only claims to be the room."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        got: list[bytes] = []

        def serve() -> None:
            peer, _ = server.accept()
            with peer:
                got.append(peer.recv(4096))
                peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

        serving = threading.Thread(target=serve)
        serving.start()
        client = RoomClient(identity(f"https://127.0.0.1:{port}"), timing=QUICK)
        if way == "https":
            with pytest.raises(LinkFault, match="room_away"):
                client.view()
        else:
            with pytest.raises(OSError, match=r"(?i)ssl|cert"):
                client.sockets.connect(f"wss://127.0.0.1:{port}", 1.0, 1.0)
        client.close()
        serving.join(5)
    assert got[0][:1] == b"\x16"  # a TLS hello


def test_a_desk_asks_about_faces_by_requests_of_its_own(client: RoomClient) -> None:
    proposal = {"document": "1", "score": "0.5"}
    assert client.consent_text() == {"asked": {}, "path": "faces/consent"}
    assert client.find_face("1") == {"asked": {"document": "1"}, "path": "faces/find"}
    assert client.propose_face(proposal) == {"asked": proposal, "path": "faces"}
    confirmed = {"expert": "x", "document": "1", "reason": "原件已核对"}
    assert client.confirm_face(*confirmed.values()) == {"asked": confirmed, "path": "faces/confirm"}
    forgotten = {"expert": "x", "why": "request", "reason": "本人要求"}
    assert client.forget_face(*forgotten.values()) == {"asked": forgotten, "path": "faces/forget"}


def test_kiosk_and_seat_say_which_templates_they_read(client: RoomClient) -> None:
    reads = TemplateKind("sface", 2)
    assert client.lookup({"document": "1"}, reads)["asked"] == {"document": "1", "model": "sface", "version": 2}
    assert client.lookup({"ticket": "t"})["asked"] == {"ticket": "t"}
    assert client.seat_reference(reads)["member"] == "m1"
