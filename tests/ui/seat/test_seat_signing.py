"""The page of the signature: by keyboard alone, with every fault in words, by hand on the pad."""

from __future__ import annotations

import pytest
from evaluation_case import ruleset_json, secret
from evaluation_factory import member
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from seat_ground import Seat

from app.evaluation import commands as c
from app.evaluation.matters.signatures import OpenSigning
from app.link import Answered, Failed, RoomRefused
from app.ports.signer import SignerError, SignerFault, SigningCertificate
from ui.seat.names import Name
from ui.seat.signature import NotSigned, sentence
from ui.seat.steps import PageCode


class Key:
    """Signs by turning round; the PIN is 1234."""

    def certificate(self) -> SigningCertificate:
        return SigningCertificate(b"own", (b"above",))

    def sign(self, message: bytes, pin: str) -> bytes:
        if pin != "1234":
            raise SignerError(SignerFault.WRONG_PIN, 2)
        return message[::-1]


class Client:
    """A room that takes signatures, the first `busy` times saying that another member was faster."""

    def __init__(self, busy: int = 0) -> None:
        self.busy, self.given = busy, []

    def prepare_signature(self, stream, lot, certificate, above, strokes):
        self.asked = (stream, lot, certificate, above, strokes)
        return {"ticket": "t", "to_sign": b"abc".hex()}

    def give_signature(self, stream, lot, ticket, signature) -> None:
        if self.busy:
            self.busy -= 1
            raise RoomRefused("signature_overtaken", "again", "1", 409)
        self.given.append((ticket, bytes.fromhex(signature)))


def reported(signer=None, lang="en") -> Seat:
    rules = ruleset_json("ZC")
    rules["procedure"] = rules["procedure"] | {"electronic_signatures": True}
    seat = Seat(rules=rules, lang=lang, signer=signer)
    seat.to_marks()
    it = seat.play
    it.mark("1")
    it.finish_lot("1")
    it.issue("1", b"report", 1)
    it.do(OpenSigning("1", secret("fields").hex(), 106, ("30",), False))
    seat.show()
    return seat


@pytest.fixture
def seat(qtbot):
    made = reported(Key())
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.window._renderer.shutdown()


def test_signed_by_keyboard_alone_and_the_pin_is_forgotten(seat):
    assert seat.window._place.code is PageCode.SIGN_REPORT
    pin = seat.find(Name.SIGN_PIN)
    QTest.keyClick(pin, Qt.Key.Key_Return)
    assert seat.bridge.link.asked == [] or seat.bridge.link.asked[-1].kind != "signature"
    QTest.keyClicks(pin, "1234")
    QTest.keyClick(pin, Qt.Key.Key_Return)
    asked = seat.bridge.link.asked[-1]
    assert (asked.kind, pin.text()) == ("signature", "")
    assert not seat.find(Name.SIGN_DONE).isEnabled()
    client = Client(busy=2)
    assert asked.question(client) is None
    assert client.given == [("t", b"cba")]
    assert client.asked[1:4] == ("1", b"own".hex(), [b"above".hex()])
    seat.bridge.answered.emit(Answered(asked.id, "signature", None))


def test_a_wrong_pin_is_told_with_the_tries_left_and_can_be_typed_again(seat):
    pin = seat.find(Name.SIGN_PIN)
    QTest.keyClicks(pin, "1")
    seat.find(Name.SIGN_DONE).click()
    asked = seat.bridge.link.asked[-1]
    found = asked.question(Client())
    assert found == NotSigned(SignerFault.WRONG_PIN, 2)
    seat.bridge.answered.emit(Answered(asked.id, "signature", found))
    assert "2 more tries" in seat.window.page.notice.accessibleName()
    assert seat.find(Name.SIGN_DONE).isEnabled()
    QTest.keyClicks(pin, "1234")
    seat.find(Name.SIGN_DONE).click()
    again = seat.bridge.link.asked[-1]
    with pytest.raises(RoomRefused):  # the others are faster every time: the room's sentence is told
        again.question(Client(busy=99))


def test_what_the_room_refuses_is_told_in_its_words(seat):
    QTest.keyClicks(seat.find(Name.SIGN_PIN), "1234")
    seat.find(Name.SIGN_DONE).click()
    asked = seat.bridge.link.asked[-1]
    seat.bridge.failed.emit(Failed(asked.id, "signature", "certificate_not_yours", "Another person's.", "certificate"))
    assert "Another person's." in seat.window.page.notice.accessibleName()
    assert seat.find(Name.SIGN_DONE).isEnabled()


def test_handwriting_goes_with_it_and_can_be_cleared_by_key(seat):
    pad = seat.find(Name.SIGN_PAD)
    middle = QPoint(pad.width() // 2, pad.height() // 2)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(pad, QPoint(pad.width() * 2, -5))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=middle)
    line = pad.strokes[0]
    assert abs(line[0] - 5000) < 50
    assert abs(line[1] - 5000) < 100
    assert all(0 <= value <= 10_000 for value in line)
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.strokes == ()


def test_without_a_reader_the_page_points_to_paper(qtbot):
    made = reported()
    qtbot.addWidget(made.window)
    made.window.show()
    assert not made.find(Name.SIGN_DONE).isEnabled()
    assert "printed report" in made.window.page.notice.accessibleName()
    made.window._renderer.shutdown()


def test_once_it_is_signed_the_seat_may_be_wiped(seat):
    from app.evaluation.matters.signatures import SignReport, signing_of

    sha256, size = signing_of(seat.play.it, "1").head
    data = (secret("signed").hex(), size + 5, "sm2_sm3", secret("certificate").hex())
    seat.play.do(SignReport("1", sha256, *data), member(seat.alias))
    seat.show()
    assert seat.window._place.code is PageCode.WIPE_SEAT
    seat.play.do(c.WipeSeat(seat.play.it.members[seat.ref].seat), member(seat.alias))


@pytest.mark.parametrize("fault", list(SignerFault))
def test_every_fault_of_a_key_has_a_sentence(fault, qapp):
    assert sentence(NotSigned(fault, None)).endswith(".")
