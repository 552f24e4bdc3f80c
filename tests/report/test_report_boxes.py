"""The places for signatures: one a member, on the page of signatures, apart from each other and inside the page."""

from __future__ import annotations

from evaluation_case import ruleset_json
from evaluation_factory import Play, play

from app.report import make_report, pages_of, report_data, signature_boxes
from app.report.people import ELECTRONIC, ON_PAPER


class Electronic(Play):
    """A play whose rule set asks for electronic signatures."""

    def import_package(self, *args, **named) -> None:
        rules = ruleset_json(self.track)
        rules["procedure"] = rules["procedure"] | {"electronic_signatures": True}
        super().import_package(*args, **named | {"rules": rules})


def data_of(it: Play):
    return report_data(
        it.it, "1", room_name="三室", key_fingerprint="ab", journal=(10, "00"), issued_at="2026-03-02T12:00:00+08:00"
    )


def test_every_member_has_a_place_of_its_own_on_one_page() -> None:
    it = play("ZC", members=7)
    data = data_of(it)
    boxes = signature_boxes(data)
    assert [box.alias for box in boxes] == sorted(it.it.committee)
    assert {box.page for box in boxes} == {boxes[0].page}
    assert boxes[0].page < pages_of(make_report(data))
    for one in boxes:
        assert 0 < one.left < one.left + one.width < 595.3
        assert 0 < one.bottom < one.bottom + one.height < 841.9
        assert (one.width > 150, one.height > 30) == (True, True)
        for other in boxes:
            apart_x = abs(one.left - other.left) >= one.width
            assert other is one or apart_x or abs(one.bottom - other.bottom) >= one.height


def test_the_page_says_how_it_is_signed() -> None:
    for kind, words in ((Play, ON_PAPER), (Electronic, ELECTRONIC)):
        it = kind("ZC")
        it.open_room()
        it.import_package(5, delegates=1)
        assert it.it.ruleset.procedure.electronic_signatures is (words == ELECTRONIC)
    made = data_of(play("ZC"))
    assert any(ON_PAPER in str(section) for section in made["sections"])
