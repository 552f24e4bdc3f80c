"""Every device of a check-in in every way of failing: which test plays it, or why there is nothing to play."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

DEVICES = ("camera", "reader", "locker", "door", "printer")
WAYS = ("pulled", "frozen", "black", "wrong format")
HERE, DRIVERS = "ui/kiosk/test_kiosk_faults.py", "devices/"
NO_PICTURE = "it gives no picture that could be black"

TABLE: dict[tuple[str, str], tuple[str, ...] | str] = {
    ("camera", "pulled"): (
        f"{HERE}::test_a_camera_that_breaks_in_the_middle",
        f"{HERE}::test_a_camera_that_was_pulled_and_comes_back",
        "ui/kiosk/test_kiosk_search.py::test_without_a_clear_look_nobody_is_sought",
        f"{DRIVERS}test_camera_faults.py::test_a_camera_on_the_network_that_is_killed_and_comes_back",
    ),
    ("camera", "frozen"): (
        f"{HERE}::test_a_camera_that_breaks_in_the_middle",
        f"{DRIVERS}test_camera_faults.py::test_a_camera_that_freezes_is_withheld_within_two_seconds_and_serves_again",
        f"{DRIVERS}test_camera_faults.py::test_a_system_that_keeps_a_picture_back_is_noticed_meanwhile",
    ),
    ("camera", "black"): (
        f"{HERE}::test_a_camera_that_breaks_in_the_middle",
        f"{DRIVERS}test_camera_faults.py::test_black_is_told_and_handed_on",
    ),
    ("camera", "wrong format"): (
        f"{HERE}::test_frames_of_a_wrong_format_are_a_crash_that_is_told",
        f"{DRIVERS}test_camera_faults.py::test_wrong_picture",
    ),
    ("reader", "pulled"): (
        f"{HERE}::test_a_reader_that_breaks_in_the_middle_holds_nobody_who_laid_the_card",
        f"{HERE}::test_without_the_reader_the_number_is_typed",
        f"{DRIVERS}test_card.py::test_a_reader_that_is_pulled_out_is_noticed_and_returns",
    ),
    ("reader", "frozen"): (
        f"{HERE}::test_a_reader_that_says_nothing_is_done_without",
        f"{DRIVERS}test_card.py::test_half_a_card_that_stays_half_is_not_joined_to_the_next",
    ),
    ("reader", "black"): NO_PICTURE,
    ("reader", "wrong format"): (
        f"{HERE}::test_a_card_of_an_unknown_form_is_said_and_in_the_middle_of_a_check_disturbs_nobody",
        f"{DRIVERS}test_card.py::test_what_is_no_card",
    ),
    ("locker", "pulled"): (
        f"{HERE}::test_a_locker_that_refuses",
        f"{DRIVERS}test_gate.py::test_nobody_there",
    ),
    ("locker", "frozen"): (
        f"{HERE}::test_a_locker_that_never_answers",
        f"{HERE}::test_a_sensor_that_never_answers_stops_nobody",
        f"{DRIVERS}test_gate.py::test_a_controller_that_takes_the_line_and_says_nothing",
    ),
    ("locker", "black"): NO_PICTURE,
    ("locker", "wrong format"): (
        f"{HERE}::test_a_locker_that_refuses",
        f"{DRIVERS}test_gate.py::test_an_answer_it_does_not_know",
    ),
    ("door", "pulled"): (
        f"{HERE}::test_a_door_that_refuses",
        f"{DRIVERS}test_gate.py::test_nobody_there",
    ),
    ("door", "frozen"): (
        f"{HERE}::test_a_door_that_never_answers",
        f"{HERE}::test_an_answer_that_comes_too_late_reaches_nobody",
        f"{DRIVERS}test_gate.py::test_a_controller_that_takes_the_line_and_says_nothing",
    ),
    ("door", "black"): NO_PICTURE,
    ("door", "wrong format"): (
        f"{HERE}::test_a_door_that_refuses",
        f"{DRIVERS}test_gate.py::test_a_controller_that_does_not_speak_the_protocol",
    ),
    ("printer", "pulled"): (
        f"{HERE}::test_a_printer_that_refuses_neither_hides_the_seat_nor_holds_the_door",
        f"{DRIVERS}test_slip.py::test_a_queue_that_is_not_there",
    ),
    ("printer", "frozen"): (f"{HERE}::test_a_printer_that_never_answers_holds_neither_door_nor_locker",),
    ("printer", "black"): NO_PICTURE,
    ("printer", "wrong format"): (
        f"{HERE}::test_a_printer_that_refuses_neither_hides_the_seat_nor_holds_the_door",
        f"{DRIVERS}test_slip.py::test_without_paper_the_slip_is_kept",
    ),
}


def names_in(file: Path) -> set[str]:
    """The names of a file's tests, in classes or not."""
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_cell_is_named() -> None:
    assert set(TABLE) == {(device, way) for device in DEVICES for way in WAYS}


@pytest.mark.parametrize("device", DEVICES)
def test_what_a_cell_names_is_there(device: str) -> None:
    root = Path(__file__).parents[2]
    for (of, way), cell in TABLE.items():
        if of != device or isinstance(cell, str):
            continue
        for named in cell:
            file, _, test = named.partition("::")
            assert test in names_in(root / file), f"{of}, {way}: {named}"
