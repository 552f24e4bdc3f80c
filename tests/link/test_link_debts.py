"""What a machine owes without a person: nonces of draws, committed and revealed exactly when due; keys of sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import drawing
from app.evaluation.matters.lost_seat.decisions import given_purpose
from app.evaluation.model import SheetKind
from app.evaluation.room.decide import commit_message, context_of, reveal_message
from app.evaluation.room.model import Draw
from app.journal import (
    SealedFor,
    SealedSheet,
    join_shares,
    open_sealed,
    open_with,
    share_digest,
    verify_signature,
)
from app.journal.recipients import public_key_of
from app.link.debts import Debts
from app.link.faults import LinkFault, RoomRefused
from app.link.party import DrawParty
from app.link.safe import Safe
from app.link.shares import ShareHolder
from app.link.sheets import SheetKeeper, SheetPlace
from app.link.timing import Timing
from tests.link.link_ground import identity

KEY = bytes(range(32))
SHARES = bytes(range(1, 33))
PARTIES = ["witness", "centre", "regulator"]
SIGNER = identity("u").signer
ROOM_KEY = {"id": "k1", "public": SIGNER.public_key.hex()}
PLACE = SheetPlace("evaluation/ev1", "lot1", SheetKind.MARKS, 1, "M1")


def draw(stage: str, committed: Any = (), revealed: Any = (), needs: Any = (), number: int = 1) -> dict[str, Any]:
    """A draw as the room's view shows it."""
    binding = {"stream": "room", "draw_no": number, "root": f"{number:064x}"}
    return {
        "number": number,
        "purpose": "aliases",
        "stage": stage,
        "parties": PARTIES,
        "committed": list(committed),
        "revealed": list(revealed),
        "needs_nonce": list(needs),
        "request": {"kind": "order", "items": ["M1", "M2"], "parties": PARTIES, "binding": binding},
    }


def of(shown: dict[str, Any]) -> Draw:
    return Draw(shown["number"], shown["purpose"], (), shown["request"])


class Client:
    """Remembers what was paid; refuses with `fault` while there is one."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, dict[str, Any]]] = []
        self.ids: set[str] = set()
        self.fault: Exception | None = None

    def command(self, command_id: str, stream: str, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        self.ids.add(command_id)
        self.sent.append((stream, kind, data))
        if self.fault is not None:
            raise self.fault
        return {}


class Machine:
    def __init__(self, folder: Path) -> None:
        self.client = Client()
        self.now = 100.0
        self.sheets = SheetKeeper(Safe(folder / "sheets", KEY), KEY, lambda: None)
        self.nonces = Safe(folder / "nonces", KEY)
        self.debts = Debts(
            self.client,  # type: ignore[arg-type]
            DrawParty(SIGNER, self.nonces),
            self.sheets,
            ShareHolder(SHARES),
            Timing(),
            lambda: self.now,
        )

    def pay(self, *draws: dict[str, Any], role: str | None = "witness", **view: Any) -> float | None:
        return self.debts.pay({"role": role, "room": {"draws": list(draws)}, "evaluations": []} | view)

    @property
    def kinds(self) -> list[str]:
        return [kind for _, kind, _ in self.client.sent]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_draw_is_committed_and_revealed_over_a_restart_of_the_machine(machine: Machine, tmp_path: Path) -> None:
    shown = draw("committing")
    machine.pay(shown)
    [(stream, kind, committed)] = machine.client.sent
    assert (stream, kind) == ("room", "CommitNonce")
    message = commit_message(of(shown), "witness", committed["commitment"])
    assert verify_signature(SIGNER.public_key, message, bytes.fromhex(committed["signature"]))

    again = Machine(tmp_path)
    again.pay(draw("revealing", PARTIES))
    [(_, kind, revealed)] = again.client.sent
    nonce = bytes.fromhex(revealed["nonce"])
    assert kind == "RevealNonce"
    assert drawing.commitment(context_of(of(shown)), "witness", nonce).hex() == committed["commitment"]
    message = reveal_message(of(shown), "witness", nonce)
    assert verify_signature(SIGNER.public_key, message, bytes.fromhex(revealed["signature"]))


def test_a_commitment_tried_again_is_the_same(machine: Machine, tmp_path: Path) -> None:
    machine.pay(draw("committing"))
    again = Machine(tmp_path)
    again.pay(draw("committing"))
    assert again.client.sent == machine.client.sent


@given(
    stage=st.sampled_from(["committing", "revealing", "computing", "sealed", "opened", "cancelled"]),
    committed=st.sets(st.sampled_from(PARTIES)),
    revealed=st.sets(st.sampled_from(PARTIES)),
    needs=st.sets(st.sampled_from(PARTIES)),
    role=st.sampled_from([*PARTIES, "agency", "member", None]),
)
def test_nothing_is_revealed_before_all_have_committed(
    tmp_path_factory: pytest.TempPathFactory,
    stage: str,
    committed: set[str],
    revealed: set[str],
    needs: set[str],
    role: str | None,
) -> None:
    """Whatever a room says, also one that lies about the stage."""
    machine = Machine(tmp_path_factory.mktemp("party"))
    machine.pay(draw("committing"), role=role)
    had_to_commit = role in PARTIES
    assert machine.kinds == (["CommitNonce"] if had_to_commit else [])
    machine.client.sent.clear()
    machine.now += 1000
    machine.pay(draw(stage, committed, revealed, needs), role=role)
    all_in = committed == set(PARTIES)
    owes = (stage == "revealing" and role not in revealed) or role in needs
    if not had_to_commit:
        expected = []
    elif stage == "committing":
        expected = [] if role in committed else ["CommitNonce"]
    else:
        expected = ["RevealNonce"] if all_in and owes else []
    if stage in ("opened", "cancelled") and expected:
        expected = machine.kinds  # not a state that a room is ever in
    assert machine.kinds == expected
    if not all_in:
        assert "RevealNonce" not in machine.kinds


def test_the_one_at_the_machine_is_the_party_and_no_other(machine: Machine) -> None:
    """Witness and centre log in at one console one after the other: each has a nonce of their own."""
    shown = draw("committing")
    machine.pay(shown, role="witness")
    machine.pay(shown, role="centre")
    first, second = (data["commitment"] for _, _, data in machine.client.sent)
    assert first != second
    machine.client.sent.clear()
    machine.pay(draw("revealing", PARTIES), role="regulator")
    assert machine.client.sent == []


def test_a_restarted_room_gets_the_nonce_again(machine: Machine) -> None:
    machine.pay(draw("committing"))
    machine.pay(draw("revealing", PARTIES))
    machine.pay(draw("sealed", PARTIES, PARTIES))
    machine.pay(draw("sealed", PARTIES, PARTIES, ["witness"]))
    assert machine.kinds == ["CommitNonce", "RevealNonce", "RevealNonce"]
    assert machine.client.sent[1] == machine.client.sent[2]
    assert len(machine.client.ids) == 3


@pytest.mark.parametrize("end", ["opened", "cancelled"])
def test_the_nonce_of_a_draw_that_is_over_is_forgotten(machine: Machine, end: str) -> None:
    machine.pay(draw("committing"))
    assert len(machine.nonces) == 1
    machine.pay(draw(end, PARTIES, PARTIES))
    machine.pay(draw(end, PARTIES, PARTIES))
    assert len(machine.nonces) == 0


def test_another_request_under_the_same_number_gets_another_nonce(machine: Machine) -> None:
    """A room that changed the request between commitment and reveal learns nothing."""
    machine.pay(draw("committing"))
    changed = draw("revealing", PARTIES)
    changed["request"]["items"] = ["M2", "M1"]
    machine.client.sent.clear()
    machine.pay(changed)
    assert machine.client.sent == []


def test_a_refused_debt_waits_longer_each_time(machine: Machine) -> None:
    machine.client.fault = RoomRefused("no_post", "", "", 403)
    pauses = []
    for _ in range(9):
        pause = machine.pay(draw("committing"))
        assert pause is not None
        pauses.append(pause)
        sent = len(machine.client.sent)
        machine.now += pause / 2
        rest = machine.pay(draw("committing"))
        assert rest == pytest.approx(pause / 2)
        assert len(machine.client.sent) == sent
        machine.now += pause
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    machine.client.fault = None
    assert machine.pay(draw("committing")) == 0
    assert machine.pay(draw("revealing", PARTIES, ["witness"])) is None


def test_a_room_that_takes_it_and_still_shows_it_is_not_asked_without_a_pause(machine: Machine) -> None:
    assert machine.pay(draw("committing")) == 0
    assert machine.pay(draw("committing")) == 1
    assert len(machine.client.sent) == 1


@pytest.mark.parametrize("fault", [LinkFault("room_away"), OSError(28, "full")])
def test_line_and_disk_may_fail(machine: Machine, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def fails(*_: object) -> None:
        raise fault

    if isinstance(fault, LinkFault):
        machine.client.fault = fault
    else:
        monkeypatch.setattr("app.link.safe.write_private", fails)
    assert machine.pay(draw("committing")) == 1
    # A nonce that is not on the disk is never committed to.
    assert len(machine.client.sent) == (1 if isinstance(fault, LinkFault) else 0)


# --- keys of sealed sheets


def member_view(found: dict[str, Any] | None, key: Any = ROOM_KEY, ballot: Any = None) -> dict[str, Any]:
    evaluation = {
        "stream": PLACE.stream,
        "alias": "M1",
        "sealing_key": key,
        "election": None if ballot is None else {"ballot": ballot},
        "lots": [{"id": "lot1", "round": found}],
    }
    return {"role": "member", "evaluations": [evaluation]}


def sealed_round(commitment: str, *, opened: bool = False, kind: str = "marks", keys: Any = ()) -> dict[str, Any]:
    return {
        "kind": kind,
        "number": 1,
        "opened": opened,
        "mine": {"commitment": commitment, "keys": list(keys)},
    }


def test_a_room_with_a_new_key_gets_the_sheets_key_sealed_to_it(machine: Machine) -> None:
    data = machine.sheets.seal(PLACE, {"marks": {}}, {"id": "k0", "public": ROOM_KEY["public"]})
    commitment = data["sealed"]["commitment"]
    machine.pay(**member_view(sealed_round(commitment, keys=["k0"])))
    [(stream, kind, given_again)] = machine.client.sent
    assert (stream, kind, given_again["key_id"]) == (PLACE.stream, "GiveSheetKey", "k1")
    assert set(given_again) == {"lot", "kind", "round", "key_id", "key"}
    machine.pay(**member_view(sealed_round(commitment, keys=["k0", "k1"])))
    assert len(machine.client.sent) == 1


def test_nothing_is_owed_for_what_is_not_sealed_here(machine: Machine) -> None:
    for view in (
        member_view(None),
        member_view({"kind": "marks", "number": 1, "opened": False, "mine": None}),
        member_view(sealed_round("0" * 64), key=None),
        member_view(sealed_round("0" * 64, keys=["k1"])),
    ):
        assert machine.pay(**view) is None
    # Sealed at another seat: nothing to give, and it is not asked for all the time.
    assert machine.pay(**member_view(sealed_round("0" * 64))) == 1
    assert machine.client.sent == []


def test_a_ballot_owes_too_and_an_opened_one_is_forgotten(machine: Machine) -> None:
    place = SheetPlace(PLACE.stream, "", SheetKind.BALLOT, 1, "M1")
    commitment = machine.sheets.seal(place, {"candidate": "M2"}, {"id": "k0", "public": ROOM_KEY["public"]})["sealed"][
        "commitment"
    ]
    machine.pay(**member_view(None, ballot=sealed_round(commitment, kind="ballot")))
    assert machine.kinds == ["GiveSheetKey"]
    machine.pay(**member_view(None, ballot=sealed_round(commitment, kind="ballot", opened=True)))
    assert machine.sheets.key_again(place, commitment, ROOM_KEY) is None


# --- shares of lost seats' keys


def holder_view(**seen: Any) -> dict[str, Any]:
    evaluation = {"stream": PLACE.stream, "matters": {"lost_seat": {"room_key": ROOM_KEY} | seen}}
    return {"role": "witness", "evaluations": [evaluation]}


def test_a_sheets_key_goes_in_two_shares_to_its_holders_and_comes_together_at_the_room(machine: Machine) -> None:
    room, other = bytes(range(2, 34)), bytes(range(3, 35))
    room_key = {"id": "k1", "public": public_key_of(room).hex()}
    machine.pay(**holder_view(owes_key=True, owes=[]))
    assert machine.client.sent.pop() == (PLACE.stream, "OfferShareKey", {"public": public_key_of(SHARES).hex()})

    sealed = machine.sheets.seal(PLACE, {"marks": {}}, room_key)["sealed"]
    owed = {"lot": "lot1", "kind": "marks", "round": 1, "alias": "M1", "commitment": sealed["commitment"]}
    keys = {"regulator": [public_key_of(other).hex()], "witness": [public_key_of(SHARES).hex()]}
    seen = member_view(None)
    seen["evaluations"][0]["matters"] = {"lost_seat": {"keys": keys, "owes": [owed, owed | {"commitment": "0" * 64}]}}
    machine.pay(**seen)
    [(_, kind, kept)] = machine.client.sent  # nothing of the sheet that was not sealed here
    assert kind == "KeepShares"
    shares = {}
    for role, private in (("witness", SHARES), ("regulator", other)):
        due = owed | {"box": kept["shares"][role]["box"]}
        assert ShareHolder(room).give(role, due, room_key) is None, "sealed to somebody else"
        given = ShareHolder(private).give(role, due, room_key)
        assert given is not None
        shares[role] = open_with(room, SealedFor.from_json(given["share"]), given_purpose(role, owed["commitment"]))
        assert share_digest(role, shares[role]) == kept["shares"][role]["digest"]
    key = join_shares(*shares.values())
    assert open_sealed(key, SealedSheet.from_json(sealed)).sheet == {"marks": {}}

    machine.client.sent.clear()
    machine.pay(**holder_view(owes_key=False, owes=[owed | {"box": kept["shares"]["witness"]["box"]}]))
    assert machine.kinds == ["GiveShare"]
    machine.pay(**holder_view(owes_key=False, owes=[owed | {"box": kept["shares"]["regulator"]["box"]}]))
    assert machine.kinds == ["GiveShare"], "another console's is not given"
