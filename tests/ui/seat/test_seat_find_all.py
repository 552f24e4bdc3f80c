"""Words through all documents of a lot: hits as they come, the place they stand at, unreadable files, giving up."""

from __future__ import annotations

import pytest
import typst
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.link import Answered, Failed
from ui.seat.hunt import MOST, Hunt, Progress
from ui.seat.names import Name


def document(bid: str) -> bytes:
    pages = [f"cover of {bid}", f"the seal of {bid}", "a plan", f"Seal {bid} again"]
    return typst.compile("\n#pagebreak()\n".join(pages).encode())


@pytest.fixture
def marking(seat):
    seat.to_marks()
    seat.show()
    seat.bridge.draft()
    seat.window.show()
    yield seat
    seat.window._renderer.shutdown()


def answer_files(seat, answers):
    """Bring the files that are asked for; returns once none is under way."""
    link, done = seat.bridge.link, set()

    def bring() -> None:
        for asked in [one for one in link.asked if one.kind == "file" and one.id not in done]:
            done.add(asked.id)
            answers(asked)

    return bring


def test_hits_come_from_every_bid_and_a_hit_shows_its_place(marking, qtbot):
    desk = marking.window.page.documents
    steps: list[Progress] = []
    desk.hunt.went.connect(steps.append)
    bring = answer_files(marking, lambda asked: marking.bridge.answered.emit(Answered(asked.id, "file", document("x"))))
    desk.find_all.open()
    line = marking.find(Name.DOCUMENT_FIND_ALL)
    QTest.keyClicks(line, "seal")
    QTest.keyClick(line, Qt.Key.Key_Return)

    def ended() -> bool:
        bring()
        return bool(steps) and steps[-1].ended

    qtbot.waitUntil(ended, timeout=30_000)
    assert steps[-1].hits == 2 * len(desk._files) == desk.find_all.hits.count()
    assert steps[-1].unread == ()
    assert not desk.hunt.running()
    assert "the seal of" in desk.find_all.hits.item(0).text()
    QTest.keyClick(line, Qt.Key.Key_Down)
    hits = desk.find_all.hits
    at = next(row for row in range(hits.count()) if hits.item(row).data(Qt.ItemDataRole.UserRole)[0].bid == "C")
    hits.setCurrentRow(at + 1)
    QTest.keyClick(hits, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (bring(), desk.page_of("C"))[1] == 4, timeout=10_000)
    assert desk.left.view.area._marks.keys() == {3}
    QTest.keyClick(hits, Qt.Key.Key_Escape)
    assert not desk.find_all.isVisible()


def test_what_cannot_be_read_or_fetched_is_named_and_the_others_are_searched(marking, qtbot):
    desk = marking.window.page.documents
    bad, gone = desk._files[0].sha256, desk._files[1].sha256

    def answer(asked):
        sha256 = next(sha for sha, fetch in desk.hunt._shelf._fetches.items() if fetch.waiting)
        if sha256 == gone:
            marking.bridge.failed.emit(Failed(asked.id, "file", "not_found", "The file is not there.", ""))
        else:
            marking.bridge.answered.emit(Answered(asked.id, "file", b"" if sha256 == bad else document("x")))

    bring = answer_files(marking, answer)
    bring()
    steps: list[Progress] = []
    desk.hunt.went.connect(steps.append)
    desk.hunt.begin("seal", desk._files)
    qtbot.waitUntil(lambda: (bring(), steps[-1].ended)[1], timeout=30_000)
    assert steps[-1].unread == (desk._files[0].title, desk._files[1].title)
    assert steps[-1].hits == 2 * (len(desk._files) - 2)
    assert desk._files[0].title in desk.find_all._told.text()


def test_a_hunt_given_up_tells_nothing_more(marking, qtbot):
    desk = marking.window.page.documents
    hunt: Hunt = desk.hunt
    found: list[object] = []
    hunt.found.connect(found.append)
    hunt.begin("seal", desk._files)
    hunt.stop()
    assert not hunt.running()
    answer_files(marking, lambda asked: marking.bridge.answered.emit(Answered(asked.id, "file", document("x"))))()
    hunt.begin("  ", desk._files)
    assert not hunt.running()
    assert found == []
    assert MOST >= 1_000
