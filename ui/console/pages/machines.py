"""The enrolled machines, and one-time codes for further ones."""

from __future__ import annotations

from app.link import Failed
from ui.console.desk import Desk, DeskPage, sentence_of
from ui.console.names import Name, PageName, part
from ui.console.sight import Json, Sight
from ui.console.words import role_word
from ui.models.results import ResultColumn, ResultRow
from ui.models.room_time import to_the_second
from ui.theme import Role, Space, Tone, look
from ui.widgets.boxes import Column, Row, Scroll
from ui.widgets.buttons import PrimaryButton
from ui.widgets.card import Card
from ui.widgets.forms import Choice, ChoiceList, Field
from ui.widgets.notice import Notice, NoticeLine
from ui.widgets.result_table import ResultTable
from ui.widgets.text import Text

_KINDS = ("seat", "console", "kiosk", "board")


class MachinesPage(DeskPage):
    """For the centre: who is connected, and how another machine comes in."""

    page = PageName.MACHINES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        whole = Column(gap=Space.WIDE)
        self.add(Scroll(whole), 1)
        card = whole.add(Card(self.tr("Machines of this room")), 1)
        titles = (self.tr("Kind"), self.tr("Line"), self.tr("Since"), self.tr("Seat or post"))
        columns = [ResultColumn(title) for title in titles]
        self._table = card.add(ResultTable(columns, highlighted=0), 1)
        self._table.table.header_share = 0.26
        self._table.setMinimumHeight(look().px(260))
        self._form = whole.add(Card(self.tr("Enrol another machine"), gap=Space.GAP))
        row = self._form.add(Row(gap=Space.PAGE))
        self._kind = row.add(ChoiceList(self.tr("Kind"), [Choice(kind, self._kind_word(kind)) for kind in _KINDS]), 1)
        for kind in _KINDS:
            self._kind.button(kind).setObjectName(part(Name.ENROL_KIND, kind))
        self._kind.choose("seat")
        self._kind.changed.connect(self._chosen)
        side = row.add(Column(), 1)
        self._seat = side.add(Field(self.tr("Seat number"), self.tr("For a seat only")))
        side.fill()
        self._seat.line.setObjectName(Name.ENROL_SEAT)
        self._make = self._form.add(PrimaryButton(self.tr("Make a one-time code")))
        self._make.setObjectName(Name.ENROL)
        self._make.clicked.connect(self._enrol)
        self._code = self._form.add(Text("", Role.PAGE))
        self._code.setObjectName(Name.ENROL_CODE)
        self._notice = self._form.add(NoticeLine())

    def show_sight(self, sight: Sight) -> None:
        """Show every machine that is not shut out."""
        posts = {post["device"]: post for post in sight.room.get("posts") or []}
        self._table.set_rows([self._row(device, posts) for device in sight.devices])
        self._form.setVisible(sight.role == "centre")

    def leave(self) -> None:
        """No code stays on the screen."""
        self._code.setText("")
        self._notice.tell(None)
        self._seat.clear()
        self._table.set_rows(())

    def _row(self, device: Json, posts: dict[str, Json]) -> ResultRow:
        post = posts.get(device["id"])
        where = str(device["seat"] or "")
        if post is not None:
            where = f"{role_word(post['role'])} {post['post']}"
        line = {
            "connected": self.tr("connected"),
            "lost": self.tr("lost"),
            "absent": self.tr("not there"),
        }.get(device["state"], str(device["state"]))
        figures = (self._kind_word(device["kind"]), line, to_the_second(device["since"]), where)
        return ResultRow(device["id"], figures, out=device["state"] != "connected")

    def _kind_word(self, kind: str) -> str:
        return {
            "seat": self.tr("Seat"),
            "console": self.tr("Console"),
            "kiosk": self.tr("Kiosk"),
            "board": self.tr("Wall display"),
        }.get(kind, kind)

    def _chosen(self) -> None:
        self._seat.setEnabled(self._kind.chosen() == ("seat",))

    def _enrol(self) -> None:
        kind = self._kind.chosen()[0]
        seat = self._seat.text() if kind == "seat" else None
        if kind == "seat" and not seat:
            self._seat.fault(self.tr("Which seat does the machine stand at?"))
            return
        self.desk.ask("enrolment", lambda client: client.enrolment(kind, seat), self._made, self._refused)

    def _made(self, answer: dict[str, str]) -> None:
        self._code.setText(answer["code"])
        text = self.tr("Type this code at the new machine; it works once, until {time}.")
        self._notice.tell(Notice(Tone.OK, text.format(time=to_the_second(answer["expires_at"]))))

    def _refused(self, failure: Failed) -> None:
        self._code.setText("")
        self._notice.tell(Notice(Tone.ERROR, sentence_of(failure)))
