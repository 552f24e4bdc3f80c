"""What the person at this console may do beside the main way, of every evaluation: the list, and one form for all."""

from __future__ import annotations

from app.link import Failed
from ui.console.desk import Desk, DeskPage
from ui.console.names import PageName
from ui.console.sight import Sight, Target
from ui.models.acts import Offer, offers
from ui.models.room_time import RoomTime
from ui.widgets.act_desk import ActDesk, Filled, Listed
from ui.widgets.act_form import Upload
from ui.widgets.card import Card


class ActsPage(DeskPage):
    """A scan that a form asks for is sent to the room at once; the form is sent by the person."""

    page = PageName.ACTS

    def __init__(self, desk: Desk, role: str, time: RoomTime) -> None:
        super().__init__(desk)
        self._time = time
        self._wanted = ""
        card = self.add(Card(self.tr("Matters"), self.tr("Only what is possible now is offered here.")), 1)
        self._acts = card.add(ActDesk(desk.folder, printable=role == "centre"), 1)
        self._acts.printed.connect(self._print)
        self._acts.looked.connect(self._look)
        self._acts.sent.connect(self._send)
        self._acts.upload.connect(self._upload)
        self.setFocusProxy(self._acts)

    def open(self, target: Target) -> None:
        """The list, or the form of the act that the target names."""
        super().open(target)
        self._acts.back()
        self._wanted = target.what

    def show_sight(self, sight: Sight) -> None:
        """What is offered now, of every evaluation."""
        self._acts.tell_time(self._time.now())
        several = len(sight.evaluations) > 1
        self._acts.show_offers(
            [
                Listed(offer, sight.title(offer.stream) if several else "")
                for evaluation in sight.evaluations
                for offer in offers(evaluation)
            ]
        )
        if self._wanted:
            self._acts.open(self._wanted)
            self._wanted = ""

    def leave(self) -> None:
        """Nothing filled in stays."""
        self._acts.forget()

    def _send(self, filled: Filled) -> None:
        command = (filled.stream, filled.command, filled.data)
        if filled.password is None:
            self.desk.send(*command, self._done, self._refused)
        else:
            self.desk.confirm(*command, filled.password, self._done, self._refused)

    def _done(self, _answer: object) -> None:
        self._acts.accepted()

    def _refused(self, failure: Failed) -> None:
        self._acts.refused(failure.where, failure.sentence)

    def _print(self, offer: Offer) -> None:
        self.desk.go(Target(PageName.FORMS, offer.stream, what=offer.act.command))

    def _look(self, offer: Offer) -> None:
        paper = offer.act.paper or {}
        self.desk.go(Target(PageName.SCAN, offer.stream, what=str(paper.get("sha256", "")), member=offer.key))

    # --- scans

    def _upload(self, upload: Upload) -> None:
        form, field, path = self._acts.form, upload.field, upload.path

        def tell_fault(sentence: str) -> None:
            if form is not None and form is self._acts.form:
                form.not_uploaded(field, sentence)

        def tell_kept(answer: object) -> None:
            if form is not None and form is self._acts.form and isinstance(answer, dict):
                form.uploaded(field, answer)

        def unreadable(fault: Exception) -> None:
            tell_fault(self.tr("The file cannot be read: {why}").format(why=fault))

        def refused(failure: Failed) -> None:
            tell_fault(failure.sentence)

        def send(content: bytes) -> None:
            self.desk.ask("paper", lambda client: client.upload_paper(content), tell_kept, refused)

        self.desk.do(path.read_bytes, send, unreadable)
