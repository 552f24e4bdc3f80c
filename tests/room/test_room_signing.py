"""Members sign the issued report at their seats, with files, tokens and SM2, and the package is verified; what is
refused leaves nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from evaluation_case import ruleset_json
from room_packages import NAMES
from room_play import STREAM, Play, ready
from room_world import Refusal, Room, a_room
from signing_ground import LIBRARY, Authority, Sm2Authority, soft_token

from app.ports.signer import SigningKey
from app.verification import Outcome, verify
from devices.signer import EncryptedFileKey, Pkcs12Key, TokenKey

PIN, WHERE = "731942", "/signatures/evaluation~ev1/1"
HAND = [[1000, 2000, 5000, 9000, 9000, 3000], [3000, 5000]]


class Signers:
    """A committee whose report is issued, and the key of each."""

    def __init__(self, play: Play, folder: Path, authority: Authority, sm2: Sm2Authority) -> None:
        self.play, self.authority, self.folder = play, authority, folder
        kinds = {1: "P-256", 2: "RSA", 4: "P-256", 5: "RSA"}
        self.keys: dict[int, SigningKey] = {3: EncryptedFileKey(sm2.key_file(folder, NAMES[2], PIN))}
        for number, kind in kinds.items():
            self.keys[number] = self.token(number, kind) if number > 3 and LIBRARY else self.file(number, kind)

    def file(self, number: int, kind: str = "P-256") -> SigningKey:
        return Pkcs12Key(self.authority.p12(self.folder, NAMES[number - 1], PIN, kind))

    def token(self, number: int, kind: str) -> SigningKey:
        return TokenKey(LIBRARY or "", soft_token(self.folder, self.authority, NAMES[number - 1], PIN, kind))

    def asked(self, key: SigningKey, **changed: Any) -> dict[str, Any]:
        own = key.certificate()
        body = {"certificate": own.own.hex(), "above": [one.hex() for one in own.above], "strokes": HAND}
        return body | changed

    def prepare(self, number: int, key: SigningKey | None = None, **changed: Any) -> Any:
        asked = self.asked(key or self.keys[number], **changed)
        return self.play.at[number].ask("POST", WHERE, asked)

    def give(self, number: int, ticket: str, signature: bytes) -> Any:
        return self.play.at[number].ask("POST", f"{WHERE}/mine", {"ticket": ticket, "signature": signature.hex()})

    def sign(self, number: int) -> None:
        due = self.prepare(number)
        self.give(number, due["ticket"], self.keys[number].sign(bytes.fromhex(due["to_sign"]), PIN))


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signers]:
    folder = tmp_path_factory.mktemp("signers")
    authority, sm2 = Authority.made(), Sm2Authority.made()
    rules = ruleset_json("ZC")
    rules["procedure"] = rules["procedure"] | {"electronic_signatures": True}
    signing = {"authorities": [authority.der.hex(), sm2.der.hex()]}
    with a_room(folder / "data", signing=signing) as room:
        play = ready(room, folder, rules=rules)
        play.gather()
        play.choose_chair()
        play.review("1")
        play.mark("1")
        play.conclude("1")
        play.centre.until(lambda v: v["evaluations"][0]["matters"].get("signatures"), "for the report to be open")
        yield Signers(play, folder, authority, sm2)
        play.disconnect()


def status(call: Any, *args: Any, **options: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        call(*args, **options)
    return refused.value.status, refused.value.code


def entries(signers: Signers, stream: str = STREAM) -> list[Any]:
    room = signers.play.room
    assert isinstance(room, Room)
    return [json.loads(row.body) for row in room.store.entries(stream)]


def test_what_is_refused_leaves_nothing(signers: Signers) -> None:
    before = len(entries(signers))
    other = Authority.made("Another CA")
    for key, code in (
        (signers.file(2), "certificate_not_yours"),
        (Pkcs12Key(other.p12(signers.folder, NAMES[0], PIN)), "certificate_unknown"),
    ):
        assert status(signers.prepare, 1, key) == (409, code)
    for changed, code in (
        ({"certificate": "zz"}, "bad_request"),
        ({"certificate": "00"}, "certificate_unknown"),
        ({"above": ["00"] * 7}, "bad_request"),
        ({"strokes": [[1]]}, "bad_request"),
        ({"strokes": [[0, 10001]]}, "bad_request"),
    ):
        assert status(signers.prepare, 1, **changed)[1] == code
    due = signers.prepare(1)
    wrong = signers.keys[2].sign(bytes.fromhex(due["to_sign"]), PIN)
    assert status(signers.give, 1, due["ticket"], wrong) == (409, "signature_wrong")
    assert status(signers.give, 1, "00", b"") == (409, "signature_expired")
    assert status(signers.give, 2, due["ticket"], b"") == (409, "signature_expired")
    centre = signers.play.centre
    assert status(centre.ask, "POST", WHERE, signers.asked(signers.keys[1])) == (403, "not_permitted")
    assert status(signers.play.at[1].do, STREAM, "SignOnPaper", {"lot": "1"}) == (403, "not_permitted")
    new = [one["type"] for one in entries(signers)[before:]]
    assert set(new) <= {"CommandRefused", "AccessRefused"}
    looks = [one["data"]["purpose"] for one in entries(signers, "room") if one["type"] == "NamesLooked"]
    assert looks.count("signature") >= 2  # also of the one that was refused


def test_all_sign_one_upon_another_and_the_package_is_verified(signers: Signers, tmp_path: Path) -> None:
    play = signers.play
    late = signers.prepare(2)
    signers.sign(1)
    overtaken = signers.keys[2].sign(bytes.fromhex(late["to_sign"]), PIN)
    assert status(signers.give, 2, late["ticket"], overtaken) == (409, "signature_overtaken")
    assert play.at[1].mine()["next"]["code"] == "wipe_seat"
    for number in (5, 4, 3, 2):
        assert play.at[number].mine()["next"]["code"] == "sign_report"
        signers.sign(number)
    shown = play.centre.ask("GET", "/reports/evaluation~ev1/1")
    assert not any(name.encode() in shown for name in NAMES[:5])  # on screens the report has no certificates
    play.leave()
    play.close()
    with zipfile.ZipFile(io.BytesIO(play.evidence())) as package:
        package.extractall(tmp_path)
    bag = tmp_path / "evidence"
    signed = (bag / "data/report-signed.pdf").read_bytes()
    assert signed.startswith((bag / "data/report.pdf").read_bytes())
    verdict = verify(bag)
    assert verdict.failed is None
    assert {check.code: check.outcome for check in verdict.checks}["signatures"] is Outcome.PASS
    journal = (bag / "data/journal.jsonl").read_text("utf-8")
    assert not any(name in journal for name in NAMES[:5])
    for place in (len(signed) // 2, len(signed) - 9000):
        flipped = bytearray(signed)
        flipped[place] ^= 1
        (bag / "data/report-signed.pdf").write_bytes(bytes(flipped))
        codes = {check.code: check for check in verify(bag).checks}
        assert codes["signatures"].outcome is Outcome.FAILED
    (bag / "data/report-signed.pdf").unlink()
    assert {check.code: check for check in verify(bag).checks}["signatures"].outcome is Outcome.FAILED
