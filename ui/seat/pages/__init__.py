"""One page a step. Law: a page is made for a place, is shown views of it, and sends commands through the desk only.

No page knows another one, the window or the link; what it may show is what the view of its own place holds.
"""

from __future__ import annotations

from ui.seat.page import Fittings, SeatPage
from ui.seat.pages.acts import ActsPage
from ui.seat.pages.arriving import OpeningPage, ReleasePage, WaitingPage
from ui.seat.pages.chairing import AnswerPage, BallotPage, ProposePage
from ui.seat.pages.concluding import ConcludePage
from ui.seat.pages.confirming import ConfirmPage
from ui.seat.pages.devices import DevicesPage
from ui.seat.pages.discipline import DisciplinePage
from ui.seat.pages.findings import FindingsPage
from ui.seat.pages.leaving import GoodbyePage, ReportPage, WipePage
from ui.seat.pages.marks import MarksPage
from ui.seat.pages.pledge import PledgePage
from ui.seat.pages.review import ReviewPage
from ui.seat.pages.signing import SignPage
from ui.seat.pages.waits import WaitPage
from ui.seat.steps import PageCode, Place

PAGES: dict[PageCode, type[SeatPage]] = {
    PageCode.WAITING: WaitingPage,
    PageCode.OPEN_SEAT: OpeningPage,
    PageCode.RETURN: OpeningPage,
    PageCode.VERIFY_PRESENCE: OpeningPage,
    PageCode.UNLOCK: OpeningPage,
    PageCode.WAIT_RELEASE: ReleasePage,
    PageCode.READ_DISCIPLINE: DisciplinePage,
    PageCode.GIVE_PLEDGE: PledgePage,
    PageCode.PROPOSE_CHAIR: ProposePage,
    PageCode.ANSWER_PROPOSAL: AnswerPage,
    PageCode.BALLOT: BallotPage,
    PageCode.REVIEW: ReviewPage,
    PageCode.CONCLUDE_REVIEW: ConcludePage,
    PageCode.MARKS: MarksPage,
    PageCode.NOTE_FINDINGS: FindingsPage,
    PageCode.CONFIRM: ConfirmPage,
    PageCode.REPORT: ReportPage,
    PageCode.SIGN_REPORT: SignPage,
    PageCode.WIPE_SEAT: WipePage,
    PageCode.GOODBYE: GoodbyePage,
    PageCode.DEVICES: DevicesPage,
    PageCode.ACTS: ActsPage,
}
"""Who serves which step; every other step is one of waiting."""


def make(fittings: Fittings, place: Place) -> SeatPage:
    """The page of a place."""
    return PAGES.get(place.code, WaitPage)(fittings, place)
