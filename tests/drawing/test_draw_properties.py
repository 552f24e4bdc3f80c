"""What holds for every draw: who sits where, what names and orders may change, and that no letter can be altered."""

from __future__ import annotations

import copy
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing import OrderRequest, SeatingRequest, commitment, draw, read_request, seed, verify
from app.drawing.seating import find_seating
from app.drawing.shuffling import WordStream

from .requests import nonces, order, random_request, seating
from .second_implementation import valid

JSON = dict[str, Any]

DICE = st.integers(0, 2**32 - 1).map(Random)
SEEDS = st.binary(min_size=32, max_size=32)
some = settings(max_examples=60)


def drawn(request: JSON) -> JSON:
    read = read_request(request)
    return draw(read, read.nonces).to_json()


def seats_of(request: JSON, dice: Random) -> tuple[JSON, SeatingRequest]:
    request = {**request, "parties": ["centre", "kiosk"], "nonces": nonces(dice, ["centre", "kiosk"])}
    read = read_request(request)
    assert isinstance(read, SeatingRequest)
    return request, read


@some
@given(DICE)
def test_everyone_has_one_of_the_seats_alone_and_every_rule_not_dropped_is_kept(dice: Random) -> None:
    request, _ = seats_of(seating(dice), dice)
    found = drawn(request)
    places = {seat["id"]: seat for seat in request["seats"]}
    assert list(found["seating"]) == [person["id"] for person in request["people"]]
    assert len(set(found["seating"].values())) == len(request["people"])
    assert set(found["seating"].values()) <= set(places)
    rules = request["rules"][found["relaxed"] :]
    new = [(person["group"], places[found["seating"][person["id"]]]) for person in request["people"]]
    taken = [(one["group"], one["seat"]) for one in request.get("occupied", [])]
    assert valid(new, rules)
    assert all(valid([one, old], rules) for one in new for old in taken)
    assert found["relaxed"] == (found["attempts"] - 1) // 20_000


@some
@given(DICE, SEEDS)
def test_names_of_seats_and_slots_and_groups_play_no_part_once_the_seed_stands(dice: Random, words: bytes) -> None:
    _, read = seats_of(seating(dice), dice)
    renamed = replace(
        read,
        seats=tuple(replace(seat, id=f"新{seat.id}") for seat in read.seats),
        people=tuple(replace(slot, id=f"位{slot.id}", group=f"组{slot.group}") for slot in read.people),
        occupied=tuple(replace(one, group=f"组{one.group}") for one in read.occupied),
    )
    one, other = find_seating(read, WordStream(words)), find_seating(renamed, WordStream(words))
    assert (other.attempts, other.relaxed) == (one.attempts, one.relaxed)
    assert other.seats == {f"位{slot}": f"新{seat}" for slot, seat in one.seats.items()}


@some
@given(DICE, SEEDS)
def test_the_order_of_the_occupied_and_where_the_grid_begins_play_no_part_either(dice: Random, words: bytes) -> None:
    _, read = seats_of(seating(dice), dice)
    dx, dy = dice.randint(-50, 50), dice.randint(-50, 50)
    occupied = list(read.occupied)
    dice.shuffle(occupied)
    moved = replace(
        read,
        seats=tuple(replace(seat, x=seat.x + dx, y=seat.y + dy) for seat in read.seats),
        occupied=tuple(replace(one, seat=replace(one.seat, x=one.seat.x + dx, y=one.seat.y + dy)) for one in occupied),
    )
    assert find_seating(moved, WordStream(words)) == find_seating(read, WordStream(words))


@some
@given(DICE)
def test_seats_in_another_order_are_another_draw(dice: Random) -> None:
    request, _ = seats_of(seating(dice), dice)
    other = copy.deepcopy(request)
    other["seats"].reverse()
    assert drawn(other)["context"] != drawn(request)["context"]
    assert drawn(other)["seed"] != drawn(request)["seed"]
    assert verify(drawn(other)) is None


@some
@given(DICE)
def test_an_order_is_all_of_the_items_and_nothing_else(dice: Random) -> None:
    parties = ["centre", "监督"]
    request = {**order(dice), "parties": parties, "nonces": nonces(dice, parties)}
    assert isinstance(read_request(request), OrderRequest)
    assert sorted(drawn(request)["order"]) == sorted(request["items"])


@given(SEEDS, st.dictionaries(st.text(min_size=1, max_size=4), SEEDS, min_size=1, max_size=4), st.data())
def test_every_bit_of_every_nonce_makes_the_seed_and_the_order_of_parties_does_not(
    context: bytes, given_nonces: dict[str, bytes], data: st.DataObject
) -> None:
    made = seed(context, given_nonces)
    assert seed(context, dict(reversed(given_nonces.items()))) == made
    party = data.draw(st.sampled_from(sorted(given_nonces)))
    bit = data.draw(st.integers(0, 255))
    changed = (int.from_bytes(given_nonces[party]) ^ 1 << bit).to_bytes(32)
    assert seed(context, {**given_nonces, party: changed}) != made
    assert commitment(context, party, changed) != commitment(context, party, given_nonces[party])
    assert commitment(context, f"{party}x", given_nonces[party]) != commitment(context, party, given_nonces[party])


@given(SEEDS, st.lists(st.integers(1, 2**64 - 1), min_size=1, max_size=300))
def test_a_number_below_n_is_below_n_and_the_stream_can_be_read_again(words: bytes, limits: list[int]) -> None:
    stream, again = WordStream(words), WordStream(words)
    numbers = [stream.below(n) for n in limits]
    assert all(0 <= number < n for number, n in zip(numbers, limits, strict=True))
    assert [again.below(n) for n in limits] == numbers


@given(SEEDS, st.lists(st.integers(), max_size=40))
def test_a_shuffle_loses_nothing_and_leaves_what_it_was_given(words: bytes, items: list[int]) -> None:
    before = items[:]
    assert sorted(WordStream(words).shuffled(items)) == sorted(items)
    assert items == before


def leaves(value: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The place of every text and number in a transcript."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*way, key))]
    if isinstance(value, list):
        return [leaf for key, item in enumerate(value) for leaf in leaves(item, (*way, key))]
    return [way]


def altered(value: str | int, dice: Random) -> str | int:
    """A text with one letter changed, or a number one beside."""
    if isinstance(value, int):
        return value + dice.choice([-1, 1])
    place = dice.randrange(len(value))
    letter = dice.choice([sign for sign in "0123456789abcdefX" if sign != value[place]])
    return value[:place] + letter + value[place + 1 :]


@some
@given(DICE)
def test_every_transcript_verifies_and_no_letter_of_it_can_be_changed(dice: Random) -> None:
    found = drawn(random_request(dice))
    assert verify(found) is None
    for _ in range(5):
        bent = copy.deepcopy(found)
        *way, last = dice.choice(leaves(bent))
        target: Any = bent
        for key in way:
            target = target[key]
        target[last] = altered(target[last], dice)
        assert verify(bent) is not None, (*way, last)
